"""The owner's list of causes, and the one of each case."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.acting import Actor, undo
from db.causes import (
    CAUSES_MOST,
    add_cause,
    add_starters,
    cause_counts,
    choose_cause,
    list_causes,
    merge_cause,
    move_cause,
    rename_cause,
    retire_cause,
    revive_cause,
)
from db.errors import BadValue, CaseChanged
from db.models import Case, CaseEvent, Cause
from tests.factories import make_case, make_person, make_review

WORDS = {"late": "Delivered late"}


@pytest.fixture
def ana(session: Session, now: datetime) -> Actor:
    return Actor(person_id=make_person(session, name="Ana").id, name="Ana", now=now)


def some_causes(session: Session, now: datetime, *names: str) -> list[Cause]:
    return [add_cause(session, name, words=WORDS, now=now) for name in names]


def names(session: Session, *, with_retired: bool = False) -> list[str]:
    return [cause.name or cause.key for cause in list_causes(session, with_retired=with_retired)]


def test_list_is_added_to_ordered_and_renamed(session: Session, now: datetime) -> None:
    """Moving beyond an end changes nothing; a starter list is added once."""
    one, two, _ = some_causes(session, now, "One", "  Two  ", "Three")
    move_cause(session, two.id, up=True)
    move_cause(session, two.id, up=True)
    move_cause(session, one.id, up=False)
    rename_cause(session, one.id, "First", words=WORDS)
    assert add_starters(session, ["late"], now=now) == 1
    assert add_starters(session, ["late"], now=now) == 0
    assert names(session) == ["Two", "Three", "First", "late"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "one", "ONE ", "delivered LATE"])
def test_names_are_new_and_short(session: Session, now: datetime, name: str) -> None:
    """In whatever case, and also beside the words of a starter list."""
    some_causes(session, now, "One", "Two")
    add_starters(session, ["late"], now=now)
    with pytest.raises(BadValue):
        add_cause(session, name, words=WORDS, now=now)
    with pytest.raises(BadValue):
        rename_cause(session, list_causes(session)[1].id, name, words=WORDS)
    rename_cause(session, list_causes(session)[1].id, "TWO", words=WORDS)


def test_list_stays_readable(session: Session, now: datetime) -> None:
    """There is an end to it."""
    some_causes(session, now, *(f"Cause {number}" for number in range(CAUSES_MOST)))
    with pytest.raises(BadValue, match="already"):
        add_cause(session, "One more", words=WORDS, now=now)


def test_chosen_cause_is_told_and_undone(session: Session, now: datetime, ana: Actor) -> None:
    """The timeline names it as it was called then."""
    (one,) = some_causes(session, now, "One")
    case = make_case(session)
    done = choose_cause(session, case.id, one.id, "One", by=ana, shown=None)
    assert case.cause_id == one.id
    assert session.execute(select(CaseEvent.kind, CaseEvent.facts)).all() == [
        ("cause", {"cause_id": one.id, "name": "One"})
    ]
    undo(session, str(done.undo), by=ana)
    assert case.cause_id is None


def test_two_people_do_not_overwrite_each_other(session: Session, now: datetime, ana: Actor) -> None:
    """Unless they say the same."""
    one, two = some_causes(session, now, "One", "Two")
    case = make_case(session)
    choose_cause(session, case.id, one.id, "One", by=ana, shown=None)
    with pytest.raises(CaseChanged, match="Look at it again"):
        choose_cause(session, case.id, two.id, "Two", by=ana, shown=None)
    assert choose_cause(session, case.id, one.id, "One", by=ana, shown=None).changed == 0
    choose_cause(session, case.id, two.id, "Two", by=ana, shown=one.id)
    assert case.cause_id == two.id


def test_retired_cause_is_offered_no_more_and_keeps_its_cases(session: Session, now: datetime, ana: Actor) -> None:
    """Until it is brought back, at the end of the list."""
    one, two = some_causes(session, now, "One", "Two")
    case, other = make_case(session), make_case(session)
    choose_cause(session, case.id, one.id, "One", by=ana, shown=None)
    retire_cause(session, one.id, now=now)
    assert (names(session), names(session, with_retired=True)) == (["Two"], ["Two", "One"])
    assert cause_counts(session, since=now - timedelta(days=90)) == {one.id: 1}
    with pytest.raises(BadValue, match="no more"):
        choose_cause(session, other.id, one.id, "One", by=ana, shown=None)
    revive_cause(session, one.id)
    assert names(session) == ["Two", "One"]
    assert two.retired_at is None


def test_merged_causes_are_counted_together(session: Session, now: datetime, ana: Actor) -> None:
    """All cases move, old reviews too; only what is offered can be merged into."""
    one, two = some_causes(session, now, "One", "Two")
    old = make_case(session, make_review(session, published_at=now - timedelta(days=400)))
    new = make_case(session)
    for case in (old, new):
        choose_cause(session, case.id, one.id, "One", by=ana, shown=None)
    for id_ in (one.id, 9_999):
        with pytest.raises(BadValue):
            merge_cause(session, one.id, id_, now=now)
    assert merge_cause(session, one.id, two.id, now=now) == 2
    assert set(session.scalars(select(Case.cause_id))) == {two.id}
    assert cause_counts(session, since=now - timedelta(days=90)) == {two.id: 1}
    assert names(session) == ["Two"]
    with pytest.raises(BadValue):
        merge_cause(session, two.id, one.id, now=now)
