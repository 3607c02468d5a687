"""Notes, who is named in them, tags, watchers and who is here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.acting import UNDO_KEPT, Actor, undo
from db.case_acts import tag, untag
from db.errors import BadValue, CaseChanged
from db.mentions import mentioned
from db.models import Case, CaseEvent, MailKind, Note, StaffMail
from db.notes import (
    DELETED_KEPT,
    count_mentions,
    delete_note,
    edit_note,
    mentions_of,
    notes_of,
    restore_note,
    see_mentions,
    sweep_notes,
    write_note,
)
from db.people import Named, people_at, people_here
from db.presence import KEPT_FOR, SHOWN_FOR, beat, leave, others_at, sweep_presence
from db.roles import Access, Act, Role
from db.tags import suggested_tags, tagged, tags_of
from db.watching import unwatch, watch, watchers_of
from tests.factories import make_case, make_location, make_person, make_review, make_source

PEOPLE = [
    Named(id=1, name="Ana Peña"),
    Named(id=2, name="Ana María Sol"),
    Named(id=3, name="Ben"),
    Named(id=4, name="李明"),
]


@pytest.fixture
def ana(session: Session, now: datetime) -> Actor:
    person = make_person(session, name="Ana")
    return Actor(person_id=person.id, name=person.name, now=now)


@pytest.fixture
def ben(session: Session, now: datetime) -> Actor:
    person = make_person(session, name="Ben")
    return Actor(person_id=person.id, name=person.name, now=now)


@pytest.mark.parametrize(
    ("body", "ids", "unclear"),
    [
        ("@Ben, look", {3}, []),
        ("(@ben)", {3}, []),
        ("@ana peña: done. @Ben.", {1, 3}, []),
        ("@ANA PENA!", {1}, []),
        ("@Ana María Sol and @Ana María", {2}, ["Ana"]),
        ("@Ana", set(), ["Ana"]),
        ("mail ben@ben.example or @nobody or @ Ben", set(), []),
        ("@李明 看", {4}, []),
        ("@Bennet", set(), []),
        ("@Ben@Ben", {3}, []),
    ],
)
def test_names_after_an_at(body: str, ids: set[int], unclear: list[str]) -> None:
    """Whole names in any case, first words that fit one alone, and nothing else."""
    assert mentioned(body, PEOPLE) == (ids, unclear)


def test_note_names_somebody_until_they_have_seen_it(session: Session, ana: Actor, ben: Actor) -> None:
    """Who is named watches, is told by mail, and sees the mark until the case was open."""
    case = make_case(session)
    write_note(session, case.id, " Call her, @Ben \r\n", [ben.person_id, ana.person_id], by=ana)
    (note,) = notes_of(session, case.id, reader_id=ben.person_id)
    assert (note.body, note.is_new_for_me) == ("Call her, @Ben", True)
    assert [one.is_new_for_me for one in notes_of(session, case.id, reader_id=ana.person_id)] == [False]
    assert count_mentions(session, ben.person_id, places=None) == 1
    assert count_mentions(session, ben.person_id, places=[999]) == 0
    assert [one.name for one in watchers_of(session, case.id)] == ["Ben"]
    assert session.scalars(select(StaffMail.person_id)).all() == [ben.person_id]
    see_mentions(session, case.id, ben.person_id, now=ben.now)
    assert count_mentions(session, ben.person_id, places=None) == 0
    assert [one.seen_at for one in mentions_of(session, ben.person_id, places=None)] == [ben.now]


def test_those_who_watch_or_have_a_case_hear_of_its_notes(session: Session, ana: Actor, ben: Actor) -> None:
    """Never whoever wrote it."""
    third = make_person(session, name="Cleo")
    case = make_case(session, assignee_id=third.id)
    watch(session, case.id, ben.person_id)
    watch(session, case.id, ana.person_id)
    write_note(session, case.id, "She called.", [], by=ana)
    mails = session.execute(select(StaffMail.person_id, StaffMail.kind)).all()
    assert {tuple(row) for row in mails} == {(ben.person_id, MailKind.NOTE), (third.id, MailKind.NOTE)}
    assert unwatch(session, case.id, ben.person_id)
    assert not unwatch(session, case.id, ben.person_id)


def test_notes_are_changed_by_their_writers_alone(session: Session, ana: Actor, ben: Actor) -> None:
    """And only in the version that was shown: nobody's text is lost."""
    case = make_case(session)
    id_ = write_note(session, case.id, "She called.", [], by=ana)
    assert not edit_note(session, case.id, id_, "No.", [], by=ben, seen=0)
    assert not delete_note(session, case.id, id_, by=ben)
    assert not edit_note(session, make_case(session).id, id_, "No.", [], by=ana, seen=0)
    assert edit_note(session, case.id, id_, "She called twice.", [ben.person_id], by=ana, seen=0)
    with pytest.raises(CaseChanged, match="Both texts"):
        edit_note(session, case.id, id_, "She wrote.", [], by=ana, seen=0)
    (note,) = notes_of(session, case.id, reader_id=ben.person_id)
    assert (note.body, note.version, note.is_new_for_me) == ("She called twice.", 1, True)
    edit_note(session, case.id, id_, "She called thrice.", [], by=ana, seen=1)
    assert count_mentions(session, ben.person_id, places=None) == 0
    for body in (" ", "x" * 5000):
        with pytest.raises(BadValue):
            write_note(session, case.id, body, [], by=ana)


def test_deleted_note_comes_back_for_a_moment(session: Session, ana: Actor) -> None:
    """By its writer; later it is gone for good."""
    case = make_case(session)
    id_ = write_note(session, case.id, "She called.", [], by=ana)
    assert delete_note(session, case.id, id_, by=ana)
    assert notes_of(session, case.id, reader_id=ana.person_id) == []
    assert restore_note(session, case.id, id_, by=ana)
    assert len(notes_of(session, case.id, reader_id=ana.person_id)) == 1
    delete_note(session, case.id, id_, by=ana)
    assert not restore_note(session, case.id, id_, by=replace(ana, now=ana.now + UNDO_KEPT))
    sweep_notes(session, now=ana.now + DELETED_KEPT)
    assert session.scalars(select(Note)).all() == []


def test_one_word_is_one_tag(session: Session, ana: Actor) -> None:
    """However it is typed; it can be put on many at once, taken back, and filtered by."""
    first, second, third = make_case(session), make_case(session), make_case(session)
    assert tag(session, [first.id], " #Terraza ", by=ana).changed == 1
    done = tag(session, [first.id, second.id, 9999], "terrazá", by=ana)
    assert (done.changed, done.untouched) == (1, 2)
    assert {id_: [one.name for one in tags] for id_, tags in tags_of(session, [first.id, second.id]).items()} == {
        first.id: ["Terraza"],
        second.id: ["Terraza"],
    }
    assert set(session.scalars(select(Case.id).where(tagged(["TERRAZA", "none"])))) == {first.id, second.id}
    assert undo(session, str(done.undo), by=ana) is not None
    assert set(session.scalars(select(Case.id).where(tagged(["terraza"])))) == {first.id}
    one = tags_of(session, [first.id])[first.id][0]
    gone = untag(session, [first.id, third.id], one.id, by=ana)
    assert (gone.changed, gone.untouched) == (1, 1)
    undo(session, str(gone.undo), by=ana)
    assert tags_of(session, [first.id]) == {first.id: [one]}
    kinds = session.scalars(select(CaseEvent.kind).where(CaseEvent.case_id == first.id).order_by(CaseEvent.id)).all()
    assert list(kinds) == ["tagged", "untagged", "undone"]
    for name in ("", "#", "x" * 41):
        with pytest.raises(BadValue):
            tag(session, [first.id], name, by=ana)


def test_tags_are_suggested_at_their_place(session: Session, ana: Actor) -> None:
    """The most used first; words of another place are not told there."""
    here, there = make_location(session), make_location(session)
    cases = [make_case(session, make_review(session, make_source(session, location=here))) for _ in range(2)]
    other = make_case(session, make_review(session, make_source(session, location=there)))
    tag(session, [cases[0].id], "b", by=ana)
    tag(session, [case.id for case in cases], "c", by=ana)
    tag(session, [other.id], "secret", by=ana)
    assert suggested_tags(session, here.id) == ["c", "b"]


def test_who_is_here(session: Session, ana: Actor, ben: Actor) -> None:
    """Until the heartbeats end, and never oneself."""
    case = make_case(session)
    beat(session, case.id, ben.person_id, is_writing=False, now=ben.now)
    beat(session, case.id, ben.person_id, is_writing=True, now=ben.now + timedelta(seconds=15))
    (one,) = others_at(session, case.id, reader_id=ana.person_id, now=ben.now + SHOWN_FOR)
    assert (one.name, one.is_writing) == ("Ben", True)
    assert others_at(session, case.id, reader_id=ben.person_id, now=ben.now) == []
    assert others_at(session, case.id, reader_id=ana.person_id, now=ben.now + 2 * SHOWN_FOR) == []
    sweep_presence(session, now=ben.now + timedelta(seconds=15) + KEPT_FOR)
    beat(session, case.id, ben.person_id, is_writing=False, now=ben.now)
    leave(session, case.id, ben.person_id)
    assert others_at(session, case.id, reader_id=ana.person_id, now=ben.now) == []


def test_people_at_a_place(session: Session) -> None:
    """Those of the place and those of all, whose role allows it."""
    here, there = make_location(session), make_location(session)
    for name, access in {
        "Olga": Access(everywhere=Role.OWNER),
        "Staff": Access(at={here.id: Role.STAFF}),
        "Elsewhere": Access(at={there.id: Role.OWNER}),
        "Viewer": Access(at={here.id: Role.VIEWER}),
    }.items():
        make_person(session, name=name, access=access)
    make_person(session, name="Former").is_active = False
    both = Access(everywhere=Role.VIEWER, at={here.id: Role.APPROVER})
    make_person(session, name="Both", access=both)
    session.flush()
    found = [(one.name, role) for one, role in people_here(session, here.id)]
    assert found == [("Both", Role.APPROVER), ("Olga", Role.OWNER), ("Staff", Role.STAFF), ("Viewer", Role.VIEWER)]
    assert [one.name for one in people_at(session, Act.WORK, [here.id])] == ["Both", "Olga", "Staff"]
    assert [one.name for one in people_at(session, Act.READ, [here.id])] == ["Both", "Olga", "Staff", "Viewer"]
