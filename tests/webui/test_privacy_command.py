"""`amends privacy`: says by place what would go and what stays, in the words of the page; and does it by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from db.acting import Actor
from db.holds import place_hold
from db.keeping import NOTICE, is_run_due, keeping, months_before
from db.kept import Kept, keep, kept
from db.models import CaseStage, ErasedFor, Review
from db.session import session_scope
from tests.factories import make_case, make_location, make_person, make_review, make_source
from tests.flow.running import Home

DAY = timedelta(days=1)


@pytest.fixture
def home(database_url: str, data_dir: Path) -> Home:
    return Home(data_dir, {"AMENDS_DATABASE_URL": database_url})


@pytest.fixture
def real_now() -> datetime:
    """The commands read the clock of the machine."""
    return datetime.now(UTC)


@pytest.fixture
def old(engine: Engine, real_now: datetime) -> dict[str, int]:
    """Reviews by what becomes of them: at "Mill" one goes, one is kept and one worked on; at "Pier" one is young."""
    at = months_before(real_now, 24) - DAY
    with session_scope(engine) as session:
        here = make_source(session, location=make_location(session, name="Mill"))
        there = make_source(session, location=make_location(session, name="Pier"))
        found = {name: make_review(session, here, published_at=at) for name in ("goes", "held", "worked on")}
        found["young"] = make_review(session, there, published_at=real_now - DAY)
        make_case(session, found["goes"])
        make_case(session, found["worked on"], stage=CaseStage.WAITING)
        case = make_case(session, found["held"])
        by = Actor(person_id=make_person(session).id, name="Ana\x1b[31m", now=real_now)
        place_hold(session, case.id, "A court asks,\nwrite to ana@court.example", by=by)
        is_run_due(session, now=real_now - NOTICE - DAY)  # the first run was long ago
        return {name: review.id for name, review in found.items()}


def erased(engine: Engine) -> set[int]:
    with session_scope(engine) as session:
        return set(session.scalars(select(Review.id).where(Review.erased_for == ErasedFor.AGED)))


def test_a_look_by_place_changes_nothing(home: Home, engine: Engine, old: dict[str, int], real_now: datetime) -> None:
    """What goes when, what waits, what is held and why, without control characters or addresses."""
    looked = home.amends("privacy", "--dry-run")
    assert looked.returncode == 0, looked.stderr
    mill, pier = looked.stdout.partition("\nMill\n")[2].split("\nPier\n")
    today = f"{real_now.day} {real_now:%b %Y}"
    assert f"  1 review on {today}\n" in mill
    assert "  1 is old enough, and waits for the end of the work on it.\n" in mill
    assert "  1 is old enough, and is kept for a legal reason.\n" in mill
    assert f"review {old['held']}, since {today}, by Ana" in mill
    assert "A court asks, write to [mail]" in mill
    assert "\x1b" not in looked.stdout
    assert pier.splitlines()[0] == "  Nothing within a year."
    assert looked.stdout.startswith("24 months after publication")
    assert looked.stdout.endswith("Nothing was changed.\n")
    assert erased(engine) == set()


def test_a_run_by_hand_takes_out_what_was_told(home: Home, engine: Engine, old: dict[str, int]) -> None:
    """Once a day; what is held or worked on stays."""
    done = home.amends("privacy")
    assert (done.returncode, "taken out of 1 review;" in done.stdout) == (0, True), done.stdout + done.stderr
    assert erased(engine) == {old["goes"]}
    assert "Today's run is done." in home.amends("privacy").stdout


def test_the_notice_holds_here_too(home: Home, engine: Engine, old: dict[str, int], real_now: datetime) -> None:
    """The first run begins it; by hand nothing goes sooner."""
    with session_scope(engine) as session:
        was = kept(session, Kept.KEEPING)
        keep(session, Kept.KEEPING, {name: value for name, value in was.items() if name == "months"}, now=real_now)
    for _ in range(2):
        told = home.amends("privacy").stdout
        assert told.startswith("The two weeks of notice are not over. Nothing goes before "), told
    with session_scope(engine) as session:
        assert keeping(session).begins_on == (real_now + NOTICE).date()
    assert old
    assert erased(engine) == set()
