"""The words of an answer are saved while they are typed, kept with who typed them, and never overwritten unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from db.acting import Actor
from db.errors import BadValue, CaseChanged
from db.models import Case, Reply, ReplyState, VersionKind
from db.replies import REPLY_MOST, SITTING, reply_of, restore, save_words, wordings
from tests.factories import NOW, make_case, make_person


@pytest.fixture
def ana(session: Session) -> Actor:
    return Actor(person_id=make_person(session, name="Ana").id, name="Ana", now=NOW)


@pytest.fixture
def ben(session: Session) -> Actor:
    return Actor(person_id=make_person(session, name="Ben").id, name="Ben", now=NOW)


@pytest.fixture
def case(session: Session) -> Case:
    return make_case(session, is_flagged=True)


def the_reply(session: Session, case: Case) -> Reply:
    found = reply_of(session, case.id)
    assert found is not None
    return found


def later(actor: Actor, by: timedelta) -> Actor:
    return replace(actor, now=actor.now + by)


def test_typing_on_makes_one_wording(session: Session, case: Case, ana: Actor) -> None:
    """Saved every two seconds for half a minute, there is one wording, with its last words."""
    seen = 0
    for second in range(0, 30, 2):
        saved = save_words(session, case.id, "I am sorry" + "." * second, seen=seen,
                           by=later(ana, timedelta(seconds=second)))  # fmt: skip
        seen = saved.version
    [only] = wordings(session, the_reply(session, case).id)
    assert only.body == "I am sorry" + "." * 28
    assert (only.begun_at, only.saved_at) == (NOW, NOW + timedelta(seconds=28))
    assert case.reply_state is ReplyState.DRAFT


def test_a_pause_or_another_hand_begins_a_new_wording(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """Each person's words, and those after a long pause, can be told apart."""
    first = save_words(session, case.id, "One", seen=0, by=ana)
    second = save_words(session, case.id, "One two", seen=first.version, by=ben)
    third = save_words(session, case.id, "One two three", seen=second.version, by=later(ben, SITTING))
    found = wordings(session, the_reply(session, case).id)
    assert [(one.number, one.person_name, one.body) for one in found] == [
        (3, "Ben", "One two three"),
        (2, "Ben", "One two"),
        (1, "Ana", "One"),
    ]
    assert third.number == 3
    assert the_reply(session, case).author_ids == [ana.person_id, ben.person_id]


def test_words_that_come_too_late_are_kept_aside(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """Whoever saves over what they have not seen is told whose words stand there; their own are kept, once."""
    opened = save_words(session, case.id, "One", seen=0, by=ana)
    save_words(session, case.id, "Ben's words", seen=opened.version, by=ben)
    for more in ("", " and more"):
        refused = save_words(session, case.id, f"Ana's words{more}", seen=opened.version, by=ana)
        assert "Ben has changed this answer" in refused.refused
    assert the_reply(session, case).body == "Ben's words"
    found = wordings(session, the_reply(session, case).id)
    assert [(one.kind, one.body) for one in found] == [
        (VersionKind.ASIDE, "Ana's words and more"),
        (VersionKind.SAVED, "Ben's words"),
        (VersionKind.SAVED, "One"),
    ]
    merged = save_words(session, case.id, "Both words", seen=refused.version, by=ana)
    assert not merged.refused
    assert merged.number == 4


def test_an_earlier_wording_comes_back_as_a_new_one(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """Restoring loses nothing: what stood there stays in the list."""
    first = save_words(session, case.id, "One", seen=0, by=ana)
    second = save_words(session, case.id, "Two", seen=first.version, by=ben)
    back = restore(session, case.id, 1, seen=second.version, by=ben)
    assert the_reply(session, case).body == "One"
    assert [one.body for one in wordings(session, the_reply(session, case).id)] == ["One", "Two", "One"]
    with pytest.raises(BadValue, match="no such wording"):
        restore(session, case.id, 9, seen=back.version, by=ben)


def test_the_same_words_change_nothing(session: Session, case: Case, ana: Actor) -> None:
    """Saving again what is there raises no version, so nobody else is told of a change."""
    saved = save_words(session, case.id, "One\r\ntwo", seen=0, by=ana)
    assert save_words(session, case.id, "One\ntwo", seen=0, by=ana) == saved


def test_words_are_bounded_and_need_a_case(session: Session, case: Case, ana: Actor) -> None:
    """A book is refused with its limit, a case that is gone with what to do."""
    with pytest.raises(BadValue, match=str(REPLY_MOST)):
        save_words(session, case.id, "x" * (REPLY_MOST + 1), seen=0, by=ana)
    with pytest.raises(CaseChanged, match="gone"):
        save_words(session, 9_999, "x", seen=0, by=ana)
    assert save_words(session, case.id, "a\x00b", seen=0, by=ana).number == 1
    assert the_reply(session, case).body == "ab"


def test_words_that_are_gone_at_once_can_be_put_back(session: Session, case: Case, ana: Actor) -> None:
    """Cleared or pasted over by a slip, and saved two seconds later: what stood there stays in the list."""
    long = "I am sorry that you waited forty minutes for a table that you had booked. "
    seen = save_words(session, case.id, long, seen=0, by=ana).version
    for body in (long * 2, long * 2 + "Elena", f"Dear Tom. {long * 2}Elena", "", "I", "I am", "Other words than these"):
        seen = save_words(session, case.id, body, seen=seen, by=ana).version
    found = [one.body for one in wordings(session, the_reply(session, case).id)]
    assert found == ["Other words than these", f"Dear Tom. {long * 2}Elena"]


def test_words_kept_aside_are_not_cleared(session: Session, case: Case, ana: Actor, ben: Actor) -> None:
    """Nor are they by whoever empties the field that could not be saved."""
    long = "I am sorry that you waited forty minutes for a table that you had booked."
    opened = save_words(session, case.id, "One", seen=0, by=ana)
    save_words(session, case.id, "Ben's words", seen=opened.version, by=ben)
    for body in (long, "", "Short"):
        assert save_words(session, case.id, body, seen=opened.version, by=ana).refused
    aside = [one.body for one in wordings(session, the_reply(session, case).id) if one.kind is VersionKind.ASIDE]
    assert aside == ["Short", long]


def test_short_words_aside_are_neither_cleared_nor_another_windows(
    session: Session, case: Case, ana: Actor, ben: Actor
) -> None:
    """A text that is typed on is one; an empty field, and what comes from a second old window, leave it as it is."""
    opened = save_words(session, case.id, "One", seen=0, by=ana)
    save_words(session, case.id, "Ben's words", seen=opened.version, by=ben)
    for body in ("I am sor", "I am sorry", "", " ", "Thank you for coming", "Thank you for calling", ""):
        assert save_words(session, case.id, body, seen=opened.version, by=ana).refused
    aside = [one.body for one in wordings(session, the_reply(session, case).id) if one.kind is VersionKind.ASIDE]
    assert aside == ["Thank you for calling", "I am sorry"]


def test_two_windows_of_one_person_do_not_name_them(session: Session, case: Case, ana: Actor) -> None:
    """They are told that it was themselves."""
    save_words(session, case.id, "One", seen=0, by=ana)
    refused = save_words(session, case.id, "Two", seen=0, by=ana).refused
    assert "another window of yours" in refused
    assert "Ana" not in refused


def test_what_steers_a_terminal_is_not_kept(session: Session, case: Case, ana: Actor) -> None:
    """Line ends and tabs are, whichever the browser sends."""
    save_words(session, case.id, "a\x07b\x1b[2J\x7f\r\nc\rd\te", seen=0, by=ana)
    assert the_reply(session, case).body == "ab[2J\nc\nd\te"
