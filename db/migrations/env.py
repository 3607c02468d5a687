"""What Alembic runs: on a connection handed over by `db.migrate`, else on the database of the settings."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from db.models import Base
from db.search import is_of_models
from db.types import UtcDateTime


def _render_item(kind: str, value: object, _context: AutogenContext) -> str | Literal[False]:
    # Migrations import nothing of ours: written ones must keep their meaning when our types change.
    if kind == "type" and isinstance(value, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(value, sa.Enum):
        return f"sa.String(length={value.length})"
    return False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,  # SQLite changes a table by making it anew
        transactional_ddl=True,  # true of SQLite too, as db.session begins its transactions
        compare_type=True,
        include_name=is_of_models,
        render_item=_render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


def _run_from_command_line() -> None:
    from db.session import MIGRATING, make_engine
    from db.settings import DbSettings

    engine = make_engine(DbSettings().database_url).execution_options(**{MIGRATING: True})
    with engine.begin() as connection:
        _run(connection)
        connection.detach()


if context.is_offline_mode():
    raise SystemExit("Migrations run on a database; SQL alone is not written.")
if (given := context.config.attributes.get("connection")) is not None:
    _run(given)
else:
    _run_from_command_line()
