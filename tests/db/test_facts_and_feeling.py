"""Facts and feeling: saved by version, of one wording, and gone with its text."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.acting import Actor
from db.erasing import erase
from db.errors import BadValue, CaseChanged
from db.gists import GIST_MOST, gists_of, save_gist
from db.ingest import ingest
from db.models import ErasedFor, Gist, Review
from tests.factories import an_item, make_case, make_person, make_review, make_source


@pytest.fixture
def ana(session: Session, now: datetime) -> Actor:
    return Actor(person_id=make_person(session, name="Ana").id, name="Ana", now=now)


@pytest.fixture
def ben(session: Session, now: datetime) -> Actor:
    return Actor(person_id=make_person(session, name="Ben").id, name="Ben", now=now + timedelta(minutes=1))


def a_review(session: Session) -> Review:
    review = make_review(session)
    make_case(session, review)
    return review


def save(session: Session, review: Review, facts: str, *, seen: int, by: Actor, feeling: str = "") -> int:
    return save_gist(session, review.id, facts=facts, feeling=feeling, seen_hash=review.content_hash, seen=seen, by=by)


def test_saved_words_have_a_version_and_a_name(session: Session, ana: Actor, ben: Actor) -> None:
    """The same words saved again are no new version, whoever saves them."""
    review = a_review(session)
    assert gists_of(session, review.id).present is None
    assert save(session, review, " Waited an hour. ", seen=0, by=ana, feeling="Ignored") == 1
    assert save(session, review, "Waited an hour.", seen=0, by=ben, feeling="Ignored") == 1
    assert save(session, review, "Waited an hour, outside.", seen=1, by=ben, feeling="Ignored") == 2
    found = gists_of(session, review.id).present
    assert found is not None
    assert (found.facts, found.feeling, found.person_name) == ("Waited an hour, outside.", "Ignored", "Ben")


def test_nobody_overwrites_anothers_words(session: Session, ana: Actor, ben: Actor) -> None:
    """Whoever has not seen them is told whose they are."""
    review = a_review(session)
    save(session, review, "Waited an hour.", seen=0, by=ana)
    with pytest.raises(CaseChanged, match="Ana has saved other words"):
        save(session, review, "Cold soup.", seen=0, by=ben)
    found = gists_of(session, review.id).present
    assert found is not None
    assert found.facts == "Waited an hour."
    assert save(session, review, "Waited an hour; cold soup.", seen=1, by=ben) == 2


def test_words_belong_to_one_wording(session: Session, now: datetime, ana: Actor) -> None:
    """A new one begins empty, and shows what was told of the one before."""
    source = make_source(session)
    ingest(session, source.id, [an_item()], run_id=None, now=now)
    review = session.scalars(select(Review)).one()
    save(session, review, "Waited.", seen=0, by=ana)
    old = review.content_hash
    ingest(session, source.id, [an_item(body="And the soup was cold.")], run_id=None, now=now + timedelta(hours=1))
    session.refresh(review)
    found = gists_of(session, review.id)
    assert found.present is None
    assert found.earlier is not None
    assert found.earlier.facts == "Waited."
    with pytest.raises(CaseChanged, match="has changed the review"):
        save_gist(session, review.id, facts="x", feeling="", seen_hash=old, seen=1, by=ana)


@pytest.mark.parametrize("why", list(ErasedFor))
def test_words_go_with_the_text(session: Session, now: datetime, ana: Actor, why: ErasedFor) -> None:
    """They may quote it; and of what is gone nothing new is told."""
    review = a_review(session)
    save(session, review, "Waited.", seen=0, by=ana, feeling="“Never again!”")
    erase(session, [review.id], why, now=now)
    assert session.scalars(select(Gist)).all() == []
    with pytest.raises(BadValue, match="no text"):
        save_gist(session, review.id, facts="x", feeling="", seen_hash="", seen=0, by=ana)


def test_long_words_are_refused(session: Session, ana: Actor) -> None:
    """Nothing is cut in silence."""
    review = a_review(session)
    with pytest.raises(BadValue, match=str(GIST_MOST)):
        save(session, review, "x" * (GIST_MOST + 1), seen=0, by=ana)
    assert session.scalars(select(Gist)).all() == []
