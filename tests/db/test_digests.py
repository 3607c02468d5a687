"""When the weekly digest goes out, to whom, and that of several workers one gives it out."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from db.digests import DueDigest, Rhythm, due_digests, issue_digest, last_week, rhythm, set_rhythm
from db.errors import BadValue
from db.kept import Kept, keep
from db.mail_wishes import set_mails_off
from db.models import DigestIssue, MailKind, StaffMail
from db.people import disable_person
from db.roles import Access, Role
from db.session import session_scope
from tests.factories import make_location, make_person

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, tzinfo=UTC)  # of week 49; the factories' people came on the Sunday eight days before


@pytest.fixture
def opened(session: Session) -> Session:
    """As on a machine that has long had this rhythm."""
    keep(session, Kept.DIGEST, {}, now=LONG_AGO)
    return session


def test_it_is_seven_on_monday_on_the_clocks_of_the_place(opened: Session) -> None:
    """In Tokyo that is Sunday in UTC, in New York noon; a minute before it nobody is."""
    for zone in ("Asia/Tokyo", "America/New_York"):
        place = make_location(opened, timezone=zone)
        person = make_person(opened, access=Access(at={place.id: Role.VIEWER}))
        at = datetime(2026, 11, 30, 7, tzinfo=ZoneInfo(zone))
        due = DueDigest(person_id=person.id, week="2026-W48")
        assert due not in due_digests(opened, now=at - timedelta(minutes=1))
        assert due in due_digests(opened, now=at)


@pytest.mark.parametrize(
    ("now", "at"),
    [
        ("2026-10-26T06:30", "2026-10-26T06:00"),  # Madrid has put its clocks back the day before
        ("2026-03-30T05:00", "2026-03-30T05:00"),  # and put them on
        ("2026-03-30T04:59", "2026-03-23T06:00"),
        ("2026-10-25T23:59", "2026-10-19T05:00"),
    ],
)
def test_clock_changes_move_the_moment_with_the_clocks(now: str, at: str) -> None:
    """Seven is seven there, whatever that is in UTC."""
    last = Rhythm().last("Europe/Madrid", now=datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert last.astimezone(UTC) == datetime.fromisoformat(at).replace(tzinfo=UTC)


def test_a_day_that_the_owner_chose_tells_of_the_week_before_it(opened: Session) -> None:
    """On whatever day: a week that still runs is nobody's digest. It counts from its next moment on."""
    place = make_location(opened, timezone="Europe/Madrid")
    person = make_person(opened, access=Access(at={place.id: Role.STAFF}))
    set_rhythm(opened, Rhythm(weekday=4, hour=18), now=MONDAY)
    assert rhythm(opened) == Rhythm(weekday=4, hour=18)
    thursday = datetime(2026, 12, 3, 18, tzinfo=ZoneInfo("Europe/Madrid"))
    assert due_digests(opened, now=thursday - timedelta(minutes=1)) == []
    assert due_digests(opened, now=thursday) == [DueDigest(person_id=person.id, week="2026-W48")]
    assert last_week(now=thursday, timezone="Europe/Madrid") == "2026-W48"
    for wrong in (Rhythm(weekday=0), Rhythm(weekday=8), Rhythm(hour=24), Rhythm(hour=-1)):
        with pytest.raises(BadValue, match="full hour"):
            set_rhythm(opened, wrong, now=MONDAY)


def test_who_has_places_in_several_zones_is_told_where_most_of_them_are(opened: Session) -> None:
    """Once, for all of them."""
    places = [make_location(opened, timezone=zone) for zone in ("America/New_York", "Asia/Tokyo", "Asia/Tokyo")]
    person = make_person(opened, access=Access(at={place.id: Role.VIEWER for place in places}))
    seven_in_tokyo = datetime(2026, 11, 30, 7, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert due_digests(opened, now=seven_in_tokyo) == [DueDigest(person_id=person.id, week="2026-W48")]
    assert issue_digest(opened, DueDigest(person_id=person.id, week="2026-W48"), now=seven_in_tokyo)
    assert due_digests(opened, now=datetime(2026, 11, 30, 23, tzinfo=UTC)) == []


def test_after_a_standstill_the_last_week_comes_and_no_other(opened: Session) -> None:
    """Five weeks late, on a Sunday: the one that would have come last, once."""
    make_location(opened)
    person = make_person(opened)
    now = datetime(2027, 1, 3, 12, tzinfo=UTC)
    (due,) = due_digests(opened, now=now)
    assert due == DueDigest(person_id=person.id, week="2026-W52")
    assert issue_digest(opened, due, now=now)
    assert due_digests(opened, now=now) == []
    assert opened.scalar(select(func.count()).select_from(StaffMail)) == 1


def test_nobody_hears_who_does_not_want_it_or_was_not_here(opened: Session) -> None:
    """Switched off, locked out, without a place, or come since that Monday; nor anybody before there is a place."""
    some = make_location(opened)
    others = make_person(opened, name="Owner")
    off = make_person(opened, name="Off")
    set_mails_off(opened, off.id, [MailKind.DIGEST])
    gone = make_person(opened, name="Gone")
    disable_person(opened, gone)
    make_person(opened, name="Nowhere", access=Access(at={}))
    late = make_person(opened, name="Late")
    late.created_at = MONDAY + timedelta(hours=8)
    opened.flush()
    assert due_digests(opened, now=MONDAY + timedelta(hours=9)) == [DueDigest(person_id=others.id, week="2026-W48")]
    opened.delete(some)
    opened.flush()
    assert due_digests(opened, now=MONDAY + timedelta(hours=9)) == []


def test_an_update_has_nobody_sent_the_week_before_it(session: Session) -> None:
    """What went by before there was a digest at all was nobody's."""
    make_location(session)
    make_person(session)
    keep(session, Kept.DIGEST, {}, now=MONDAY + timedelta(hours=8))
    assert due_digests(session, now=MONDAY + timedelta(hours=9)) == []
    assert len(due_digests(session, now=MONDAY + timedelta(days=7, hours=9))) == 1


def test_of_ten_workers_one_gives_it_out(engine: Engine) -> None:
    """All at once: one row, one mail in the outbox, and one that says it was them."""
    with session_scope(engine) as session:
        make_location(session)
        person_id = make_person(session).id
    due = DueDigest(person_id=person_id, week="2026-W48")
    gate, told = threading.Barrier(10), []

    def work() -> None:
        gate.wait()
        with session_scope(engine) as session:
            told.append(issue_digest(session, due, now=MONDAY))

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [False] * 9 + [True]
    with session_scope(engine) as session:
        mails = session.scalars(select(StaffMail)).all()
        assert [(mail.person_id, mail.kind, mail.facts) for mail in mails] == [
            (person_id, MailKind.DIGEST, {"week": "2026-W48"})
        ]
        assert session.scalar(select(func.count()).select_from(DigestIssue)) == 1
