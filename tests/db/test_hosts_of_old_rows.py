"""Sources of an older version learn from the migration whom they ask."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.engine import Engine

from db.migrate import downgrade, upgrade
from db.session import session_scope
from tests.factories import make_source


def test_migration_fills_in_the_hosts(engine: Engine) -> None:
    """Each from its address; none where the address names none."""
    urls = {"https://a.example/r?p=1": "a.example:443", "http://127.0.0.1:81/r": "127.0.0.1:81", "http://[": ""}
    with session_scope(engine) as session:
        for url in urls:
            make_source(session, url=url)
    downgrade(engine, "0001")
    upgrade(engine)
    with engine.connect() as connection:
        hosts: dict[str, str] = dict(connection.execute(text("SELECT url, host FROM source")).all())
    assert hosts == urls
