"""Where the tasks lie: beside the database, at whatever address that has."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

from tests.postgres import Cluster
from webui.wiring import build_huey, build_services

ODD = "a blank, 'quotes' and 100% /@:\\"


def test_tasks_lie_in_postgresql_whatever_its_password(
    postgres: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One address serves both the tables and the tasks; blanks and signs in it are written as in any address."""
    postgres.create("odd names")
    with psycopg.connect(postgres.url("odd%20names"), autocommit=True) as server:
        server.execute(sql.SQL("CREATE ROLE {} SUPERUSER LOGIN PASSWORD {}").format(sql.Identifier(ODD), ODD))
    user = quote(ODD, safe="")
    address = f"postgresql://{user}:{user}@127.0.0.1:{postgres.port}/odd%20names?options=-c%20lock_timeout%3D7s"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AMENDS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("AMENDS_DATABASE_URL", address)
    services = build_services()
    huey = build_huey(services)
    try:
        assert huey.storage.queue_size() == 0
        assert huey.storage.sql("SHOW lock_timeout", results=True) == [("7s",)]
    finally:
        huey.storage.close()
        services.engine.dispose()
        postgres.drop("odd names")
