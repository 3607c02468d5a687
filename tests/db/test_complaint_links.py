"""A complaint and the review that came anyway: found, linked so that one case goes on, and taken apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from db.acting import Actor
from db.case_acts import set_stage
from db.complaint_links import likely, likely_statement, link, links_of, unlink
from db.complaints import Noted, take_complaint
from db.errors import BadValue
from db.models import Case, CaseStage, Channel, Review
from db.queries.case_work import events_of
from tests.factories import NOW, make_case, make_location, make_person, make_review, make_source

from .plans import plan

NOTED = Noted(
    channel=Channel.TABLE, words="The mushroom risotto was burnt and the waiter laughed about it.", name="Ada Rossi"
)


@pytest.fixture
def ana(session: Session) -> Actor:
    return Actor(person_id=make_person(session).id, name="Ana", now=NOW)


def stage(session: Session, review_id: int) -> CaseStage:
    """How far the case of a review is."""
    return session.scalars(
        select(Case.stage).where(Case.review_id == review_id), execution_options={"populate_existing": True}
    ).one()


def written(session: Session, location_id: int, **columns: object) -> Review:
    """A review in public, the day after, with its case."""
    review = make_review(
        session, make_source(session, location_id=location_id), **{"published_at": NOW + timedelta(days=1)} | columns
    )
    make_case(session, review, is_flagged=True)
    return review


def test_the_likely_review_is_found_by_name_or_by_words(session: Session, ana: Actor) -> None:
    """From either side; not at another place, not long after, not by words that everybody uses."""
    place = make_location(session)
    complaint = take_complaint(session, place.id, NOTED, by=ana)
    named = written(session, place.id, author_name="Ada R.", body="Never again.")
    worded = written(session, place.id, author_name="x", body="Waiter laughed when my mushroom risotto came burnt!")
    written(session, place.id, body="The waiter was slow, and nobody told us why the kitchen needed an hour.")
    written(session, place.id, author_name="Ada Rossi", published_at=NOW + timedelta(days=90))
    written(session, make_location(session).id, author_name="Ada Rossi")
    assert [(one.review_id, one.is_same_name) for one in likely(session, complaint)] == [
        (named.id, True), (worded.id, False),
    ]  # fmt: skip
    assert [one.review_id for one in likely(session, worded.id)] == [complaint]


@pytest.mark.parametrize("is_review_kept", [True, False])
def test_one_case_goes_on_and_both_point_to_each_other(session: Session, ana: Actor, is_review_kept: bool) -> None:
    """Whichever is chosen; taken apart, the other goes on as well."""
    place = make_location(session)
    complaint, review = take_complaint(session, place.id, NOTED, by=ana), written(session, place.id).id
    kept, ended = (review, complaint) if is_review_kept else (complaint, review)
    link(session, complaint, review, goes_on=kept, by=ana)
    assert (stage(session, kept), stage(session, ended)) == (CaseStage.TODO, CaseStage.DONE)
    assert [(one.other_id, one.is_ended) for one in links_of(session, kept)] == [(ended, False)]
    assert [(one.other_id, one.is_ended) for one in links_of(session, ended)] == [(kept, True)]
    with pytest.raises(BadValue):
        link(session, complaint, written(session, place.id).id, goes_on=complaint, by=ana)
    assert not unlink(session, complaint, of=written(session, place.id).id, by=ana)
    assert unlink(session, complaint, of=kept, by=ana)
    assert not unlink(session, complaint, of=kept, by=ana)
    assert stage(session, ended) is CaseStage.TODO
    case_id = session.scalars(select(Case.id).where(Case.review_id == ended)).one()
    kinds = [event.kind for event in events_of(session, case_id)]
    assert kinds[-4:] == ["stage", "linked", "stage", "unlinked"]


def test_work_done_since_is_not_undone(session: Session, ana: Actor) -> None:
    """Who has set the ended case to something else meant it."""
    place = make_location(session)
    complaint, review = take_complaint(session, place.id, NOTED, by=ana), written(session, place.id).id
    link(session, complaint, review, goes_on=review, by=ana)
    case_id = session.scalars(select(Case.id).where(Case.review_id == complaint)).one()
    later = replace(ana, now=NOW + timedelta(days=2))
    set_stage(session, [case_id], CaseStage.WAITING, by=later, follow_up_at=NOW + timedelta(days=5))
    assert unlink(session, complaint, of=review, by=later)
    assert stage(session, complaint) is CaseStage.WAITING


def test_only_a_complaint_and_a_review_of_one_place_are_linked(session: Session, ana: Actor) -> None:
    """Not two of a kind, not across places, not with what is not there."""
    place = make_location(session)
    complaint, review = take_complaint(session, place.id, NOTED, by=ana), written(session, place.id).id
    far = written(session, make_location(session).id).id
    for one, other, on in (
        (complaint, far, far), (review, complaint, review), (complaint, complaint, complaint), (complaint, 4711, 4711),
        (complaint, review, far),
    ):  # fmt: skip
        with pytest.raises(BadValue):
            link(session, one, other, goes_on=on, by=ana)


@pytest.mark.parametrize("is_complaint", [True, False])
def test_what_is_compared_is_read_from_the_index_of_each_source(engine: Engine, is_complaint: bool) -> None:
    """What other places have published in these days is not read."""
    with Session(engine) as session:
        place = make_location(session)
        sources = [make_source(session, location=place) for _ in range(40)]
        for number in range(1200):
            make_review(session, sources[number % 40], published_at=NOW - timedelta(hours=number))
        session.commit()
        session.execute(text("ANALYZE"))
        if engine.dialect.name == "postgresql":
            for way in ("seqscan", "bitmapscan"):  # so few rows are read as fast without an index
                session.execute(text(f"SET LOCAL enable_{way} = off"))
        days = {"since": NOW - timedelta(days=60), "until": NOW + timedelta(days=2)}
        told = plan(session, likely_statement([one.id for one in sources[:2]], is_complaint=is_complaint, **days))
    assert told.count("ix_review_source_id_published_at") == 2
