"""The first owner: whoever opens the pages first on this very machine, or holds the code that was printed at the start.

The code is derived from the key of the data folder: whoever can read that has everything anyway. It is void as soon as
there is a person.
"""

from __future__ import annotations

from sqlalchemy import Engine

from db.people import is_anybody
from db.session import read_scope
from db.settings import DbSettings
from db.vault import derived_key

from .settings import WebSettings


def needs_code(settings: WebSettings) -> bool:
    """Whether others than those at this machine may reach the pages: directly, or through a proxy."""
    return not settings.is_local


def setup_code(database: DbSettings) -> str:
    """Eighty bits, in groups that can be typed."""
    key = derived_key(database.data_dir, database.secret_key.get_secret_value(), "setup code of the first owner")[:20]
    return "-".join(key[at : at + 5] for at in range(0, 20, 5))


def told(engine: Engine, database: DbSettings, settings: WebSettings, address: str) -> list[str]:
    """What the start says while there is nobody yet; nothing afterwards."""
    with read_scope(engine) as session:
        if is_anybody(session):
            return []
    if not needs_code(settings):
        return ["There is no person yet: whoever opens it first becomes its owner."]
    return [f"There is no person yet. Open {address}/welcome and enter the setup code {setup_code(database)}"]
