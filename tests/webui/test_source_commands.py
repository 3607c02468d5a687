"""`amends source …` for APIs: keys are typed without echo, tried and sealed; removal says what becomes of reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from crawlers.standin import StandIn
from db.migrate import upgrade
from db.models import Review, Source
from db.session import make_engine, read_scope, session_scope
from db.vault import open_vault
from tests.factories import make_review, make_source
from webui.cli import cli


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(anchor=datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)) as running:
        yield running


@pytest.fixture
def home(tmp_path: Path, standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An installation of its own in the environment that commands read, with the stand-in for every API."""
    monkeypatch.setenv("AMENDS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("AMENDS_ENVIRONMENT", "test")
    monkeypatch.setenv("AMENDS_STANDIN_URL", standin.base_url)
    monkeypatch.setenv("AMENDS_CRAWL_ALLOW_HOSTS", f"127.0.0.1:{standin.port}")
    engine = make_engine(f"sqlite:///{tmp_path / 'amends.db'}")
    upgrade(engine)
    yield engine
    engine.dispose()


def amends(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli, ["source", *arguments], input=typed)


def test_api_is_added_with_keys_that_are_never_shown(home: Engine, standin: StandIn, tmp_path: Path) -> None:
    """The key is tried, sealed, and stands neither in the output nor in the database."""
    site = standin.api_site("foursquare")
    key = site.keys["service_key"]
    done = amends("add", "--platform", "foursquare", "--ref", site.ref, "--place", "Hotel", typed=f"{key}\n")
    assert done.exit_code == 0, done.output
    assert key not in done.output
    with read_scope(home) as session:
        source = session.query(Source).one()
    assert (source.platform, source.place_ref, source.retention) == ("foursquare", site.ref, "no_store")
    assert open_vault(tmp_path).open(source.sealed_keys) == {"service_key": key}
    assert key.encode() not in b"".join(file.read_bytes() for file in tmp_path.glob("amends.db*"))


def test_refused_key_changes_nothing(home: Engine, standin: StandIn, tmp_path: Path) -> None:
    """A new key is tried before it takes the place of the old one; an empty answer keeps that."""
    site = standin.api_site("foursquare")
    sealed = open_vault(tmp_path).seal(site.keys)
    with session_scope(home) as session:
        make_source(session, slug="tips", platform="foursquare", place_ref=site.ref, sealed_keys=sealed)
    refused = amends("set-keys", "tips", typed="wrong-key-91\n")
    kept = amends("set-keys", "tips", typed="\n")
    assert refused.exit_code == 1
    assert "Nothing is changed" in refused.output
    assert kept.exit_code == 0, kept.output
    assert "wrong-key-91" not in refused.output
    with read_scope(home) as session:
        assert open_vault(tmp_path).open(session.query(Source).one().sealed_keys) == dict(site.keys)


@pytest.mark.parametrize(("option", "left"), [([], 1), (["--with-reviews"], 0)])
def test_removal_asks_and_keeps_or_deletes(home: Engine, option: list[str], left: int) -> None:
    """Without a terminal nothing goes without --yes."""
    with session_scope(home) as session:
        make_review(session, make_source(session, slug="old"))
    assert amends("remove", "old", *option).exit_code == 1
    done = amends("remove", "old", *option, "--yes")
    assert done.exit_code == 0, done.output
    with read_scope(home) as session:
        assert session.query(Review).count() == left
    assert "no source" in amends("list").output
