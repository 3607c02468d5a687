"""The note that somebody is writing: kept by version, of one person, and gone once it was sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.acting import Actor
from db.errors import BadValue, CaseChanged
from db.models import NoteDraft
from db.note_drafts import EMPTY_KEPT, WORDS_KEPT, draft_of, end_draft, give_back, keep_draft, sweep_drafts
from db.notes import BODY_MOST
from tests.factories import make_case, make_person

DESK, PHONE = "desk", "phone"  # two pages of the same person


@pytest.fixture
def ana(session: Session, now: datetime) -> Actor:
    return Actor(person_id=make_person(session, name="Ana").id, name="Ana", now=now)


@pytest.fixture
def case_id(session: Session) -> int:
    return make_case(session).id


def words(session: Session, case_id: int, who: Actor) -> tuple[str, int]:
    draft = draft_of(session, case_id, who.person_id)
    return draft.body, draft.version


def test_draft_is_kept_for_its_writer_alone(session: Session, case_id: int, ana: Actor, now: datetime) -> None:
    """Each save is a version; line ends are as the database has them everywhere."""
    ben = Actor(person_id=make_person(session, name="Ben").id, name="Ben", now=now)
    assert words(session, case_id, ana) == ("", 0)
    assert keep_draft(session, case_id, "She\r\ncal", seen=0, page=DESK, by=ana) == 1
    assert keep_draft(session, case_id, "She\r\ncalled", seen=1, page=DESK, by=ana) == 2
    assert words(session, case_id, ana) == ("She\ncalled", 2)
    assert words(session, case_id, ben) == ("", 0)


def test_two_pages_do_not_overwrite_each_other(session: Session, case_id: int, ana: Actor) -> None:
    """Whoever has not seen the other's words is told so; a page whose last answer was lost goes on with its own."""
    keep_draft(session, case_id, "at the desk", seen=0, page=DESK, by=ana)
    with pytest.raises(CaseChanged, match="on another page"):
        keep_draft(session, case_id, "on the phone", seen=0, page=PHONE, by=ana)
    assert keep_draft(session, case_id, "at the desk", seen=0, page=PHONE, by=ana) == 1
    assert keep_draft(session, case_id, "at the desk again", seen=0, page=DESK, by=ana) == 2
    assert keep_draft(session, case_id, "on the phone", seen=2, page=PHONE, by=ana) == 3
    assert words(session, case_id, ana) == ("on the phone", 3)


def test_what_is_saved_late_does_not_come_back_after_sending(session: Session, case_id: int, ana: Actor) -> None:
    """Neither from the page that sent it nor where the note went before its first draft."""
    version = keep_draft(session, case_id, "She called.", seen=0, page=DESK, by=ana)
    end_draft(session, case_id, sent="She called.", seen=version, by=ana)
    with pytest.raises(CaseChanged):
        keep_draft(session, case_id, "She called.", seen=version, page=DESK, by=ana)
    other = make_case(session).id
    end_draft(session, other, sent="Quick.", seen=0, by=ana)
    with pytest.raises(CaseChanged):
        keep_draft(session, other, "Quick.", seen=0, page=DESK, by=ana)
    assert words(session, other, ana) == ("", 1)
    assert keep_draft(session, other, "Next.", seen=1, page=DESK, by=ana) == 2


def test_words_of_another_page_stay_when_a_note_is_sent(session: Session, case_id: int, ana: Actor) -> None:
    """They were not what was sent, and whoever sent it has not seen them."""
    keep_draft(session, case_id, "from the phone", seen=0, page=PHONE, by=ana)
    end_draft(session, case_id, sent="from the desk", seen=0, by=ana)
    assert words(session, case_id, ana) == ("from the phone", 1)
    end_draft(session, case_id, sent="from the phone", seen=0, by=ana)
    assert words(session, case_id, ana) == ("", 2)


def test_words_that_are_taken_back_fill_an_empty_field_only(session: Session, case_id: int, ana: Actor) -> None:
    """What stands there already is not overwritten."""
    assert give_back(session, case_id, "She called.", by=ana)
    assert words(session, case_id, ana) == ("She called.", 1)
    assert not give_back(session, case_id, "Older.", by=ana)
    assert words(session, case_id, ana) == ("She called.", 1)


def test_a_book_is_refused(session: Session, case_id: int, ana: Actor) -> None:
    """As it would be as a note; what was kept before stays."""
    keep_draft(session, case_id, "short", seen=0, page=DESK, by=ana)
    with pytest.raises(BadValue, match="too long"):
        keep_draft(session, case_id, "x" * (BODY_MOST + 1), seen=1, page=DESK, by=ana)
    assert words(session, case_id, ana) == ("short", 1)


def test_drafts_are_forgotten_in_time(session: Session, case_id: int, ana: Actor, now: datetime) -> None:
    """Sent ones soon, others after a quarter of a year; a page that is open still goes on."""
    end_draft(session, case_id, sent="Sent.", seen=0, by=ana)
    other = make_case(session).id
    keep_draft(session, other, "half a sent", seen=0, page=DESK, by=ana)
    sweep_drafts(session, now=now + EMPTY_KEPT)
    assert session.scalar(select(func.count()).select_from(NoteDraft)) == 1
    sweep_drafts(session, now=now + WORDS_KEPT - timedelta(seconds=1))
    assert words(session, other, ana) == ("half a sent", 1)
    sweep_drafts(session, now=now + WORDS_KEPT)
    assert words(session, other, ana) == ("", 0)
    late = replace(ana, now=now + WORDS_KEPT)
    assert keep_draft(session, other, "half a sentence", seen=1, page=DESK, by=late) == 2
