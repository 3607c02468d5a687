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
from tests.crawlers.markup import page as markup
from tests.crawlers.site import Answer, Site
from tests.crawlers.test_sitemaps import urlset
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
    assert source.host == f"127.0.0.1:{standin.port}", "the API is asked, so it is the API's turns that count"
    assert source.name == "Foursquare"
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


def test_place_is_mended_where_keys_are(home: Engine, standin: StandIn, tmp_path: Path) -> None:
    """Messages send people here for a wrong id of the place, too; before the trial none of them says where to go."""
    site = standin.api_site("foursquare")
    sealed = open_vault(tmp_path).seal(site.keys)
    with session_scope(home) as session:
        make_source(session, slug="tips", platform="foursquare", place_ref="0" * 24, sealed_keys=sealed)
    refused = amends("set-keys", "tips", typed="\n")
    mended = amends("set-keys", "tips", "--ref", site.ref, typed="\n")
    assert refused.exit_code == 1
    assert "knows no place" in refused.output
    assert "settings of this source" not in refused.output
    assert mended.exit_code == 0, mended.output
    with read_scope(home) as session:
        assert session.query(Source).one().place_ref == site.ref


def test_key_of_several_lines_comes_from_a_file(home: Engine, standin: StandIn, tmp_path: Path) -> None:
    """A prompt takes one line, a private key has several; a file that is none changes nothing."""
    site = standin.api_site("appstoreconnect")
    file = tmp_path / "AuthKey.p8"
    file.write_text(site.keys["private_key"])
    adding = ("add", "--platform", "appstoreconnect", "--ref", site.ref, "--place", "Casa")
    plain = f"{site.keys['issuer_id']}\n{site.keys['key_id']}\n"
    missing = amends(*adding, typed=f"{plain}@{tmp_path / 'nowhere.p8'}\n")
    assert missing.exit_code == 1
    assert "cannot be read" in missing.output
    done = amends(*adding, typed=f"{plain}@{file}\n")
    assert done.exit_code == 0, done.output
    with read_scope(home) as session:
        opened = open_vault(tmp_path).open(session.query(Source).one().sealed_keys)
    assert opened["private_key"] == site.keys["private_key"].strip()


def test_what_is_missing_is_said_before_keys_are_asked(home: Engine) -> None:
    """The place first; input that ends early is told in words."""
    with read_scope(home):
        no_place = amends("add", "--platform", "foursquare", "--place", "Hotel", typed="key\n")
        no_key = amends("add", "--platform", "foursquare", "--ref", "x1", "--place", "Hotel")
    assert no_place.exit_code == 2
    assert "--ref" in no_place.output
    assert "Service key" not in no_place.output
    assert no_key.exit_code == 1
    assert "ended before every key" in no_key.output


def test_removed_texts_are_gone_from_the_files(home: Engine, tmp_path: Path) -> None:
    """Neither the database nor its log holds a word of the reviews that went with their source."""
    words = "Zanzibarquark soup was cold"
    with session_scope(home) as session:
        make_review(session, make_source(session, slug="old"), body=words)
    assert amends("remove", "old", "--with-reviews", "--yes").exit_code == 0
    held = [file.name for file in tmp_path.iterdir() if file.is_file() and words.encode() in file.read_bytes()]
    assert held == []


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


def test_everything_but_keys_is_changed_by_command(home: Engine) -> None:
    """What is not named stays; without an option the command shows what there is."""
    with session_scope(home) as session:
        make_source(session, slug="alerts", platform="mentions", syntax="atom", basis_note="Mine", sealed_keys="s3al")
    shown = amends("set", "alerts")
    assert shown.exit_code == 0, shown.output
    assert "words      all" in shown.output
    assert "s3al" not in shown.output
    words = "Lanterna, ,LANTERNA pizza;#Lanterna"
    changed = amends("set", "alerts", "--words", words, "--every", "12", "--max-pages", "3")
    assert changed.exit_code == 0, changed.output
    with read_scope(home) as session:
        source = session.query(Source).one()
    assert source.options == {"words": "Lanterna, LANTERNA pizza, #Lanterna"}
    assert (source.crawl_every_s, source.max_pages, source.basis_note) == (12 * 3600, 3, "Mine")
    amends("set", "alerts", "--words", "")
    with read_scope(home) as session:
        assert session.query(Source).one().options == {}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--pages", "/reviews/"), "for sitemaps"),
        (("--words", "!!"), "a letter or a digit"),
        (("--keep", "store"), "Write down why"),
        (("--name", "  "), "name is empty"),
        (("--basis", ""), "Say why"),
    ],
)
def test_wish_that_cannot_be_had_changes_nothing(home: Engine, arguments: tuple[str, ...], words: str) -> None:
    """In words, and with nothing half done."""
    with session_scope(home) as session:
        platform = "yelp" if "--keep" in arguments else "mentions"
        make_source(session, slug="s", platform=platform, retention="24h", name="As it was", basis_note="Mine")
    refused = amends("set", "s", "--max-pages", "7", *arguments)
    assert refused.exit_code != 0
    assert words in refused.output
    with read_scope(home) as session:
        source = session.query(Source).one()
    assert (source.max_pages, source.name, source.options, source.retention) == (200, "As it was", {}, "24h")


def test_no_platform_is_read_faster_than_it_allows(home: Engine) -> None:
    """Foursquare is asked twice a day at most."""
    with session_scope(home) as session:
        make_source(session, slug="tips", platform="foursquare", crawl_every_s=12 * 3600)
    refused = amends("set", "tips", "--every", "1")
    assert "every 12 hours at most" in refused.output
    with read_scope(home) as session:
        assert session.query(Source).one().crawl_every_s == 12 * 3600


def test_sitemap_is_added_with_the_pages_that_are_wanted(home: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A choice that such a source does not have is refused before anything is stored."""
    listed = Answer(body=urlset("/guests/a", "/b"), kind="text/xml")
    with Site({"/s.xml": listed, "/guests/a": Answer(body=markup([1]))}) as site:
        monkeypatch.setenv("AMENDS_CRAWL_ALLOW_HOSTS", site.host)
        added = amends("add", site.url("/s.xml"), "--place", "Hotel", "--pages", "/guests/*")
        refused = amends("add", site.url("/guests/a"), "--place", "Hotel", "--words", "Lanterna")
    assert added.exit_code == 0, added.output
    assert f"page       {site.url('/guests/a')}" in added.output
    assert "--words is for mentions" in refused.output
    with read_scope(home) as session:
        (source,) = session.query(Source).all()
    assert (source.syntax, source.options) == ("sitemap", {"pages": "/guests/*"})


def test_edits_are_noticed_where_the_owner_says_so(home: Engine) -> None:
    """Off by default; `set` shows how it stands; switched off again the digests are gone; neither word is refused."""
    with session_scope(home) as session:
        source = make_source(session, slug="trip", platform="tripadvisor", retention="no_store", may_judge=False)
        make_review(session, source, body="", erased_for="no_store", content_hash="d" * 64)
    assert "edits      not noticed" in amends("set", "trip").output
    on = amends("edits", "trip", "--on")
    assert (on.exit_code, on.output) == (0, "Edits at trip are noticed from its next reading on.\n")
    assert "edits      noticed by keyed digests" in amends("set", "trip").output
    assert _digests(home) == ["d" * 64]
    off = amends("edits", "trip", "--off")
    assert (off.exit_code, off.output) == (0, "Edits at trip are not noticed.\n")
    assert _digests(home) == [""]
    unsaid, unknown = amends("edits", "trip"), amends("edits", "nowhere", "--on")
    assert (unsaid.exit_code, unknown.exit_code) == (2, 1)
    assert "nowhere" in f"{unknown.output}{unknown.exception}"


def _digests(home: Engine) -> list[str]:
    with read_scope(home) as session:
        return [review.content_hash for review in session.query(Review)]


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        ({"health": "healthy"}, ["health     fine", "next time  due now"]),
        ({"health": "blocked", "health_note": "robots.txt forbids \x1b[31m it."},
         ["health     not allowed: robots.txt forbids [31m it.", "next step  Ask the site for permission"]),
        ({"health": "new"}, ["health     not read yet", "next step  It has not been read yet; that"]),
        ({"is_enabled": False}, ["health     paused", "next step  Read it again: amends source enable s"]),
        ({"platform": "file"}, ["next step  amends import FILE --source s"]),
    ],
)  # fmt: skip
def test_what_a_source_has_ends_with_its_health_and_the_next_step(
    home: Engine, columns: dict[str, object], lines: list[str]
) -> None:
    """In the words of its page, and nothing in it steers a terminal."""
    with session_scope(home) as session:
        make_source(session, **{"slug": "s", **columns})
    shown = amends("set", "s").output
    assert [line for line in lines if f"  {line}" not in shown] == []
    assert "\x1b" not in shown
