"""A complaint that somebody took goes the way of a review, and leaves nothing of its customer when it is erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from db.acting import UNDO_KEPT, Actor
from db.case_acts import assign
from db.clocks import set_stale
from db.complaints import Noted, complaint_of, contact_key, last_taken, take_back, take_complaint
from db.erasing import erase
from db.errors import BadValue
from db.models import Case, Channel, ErasedFor, Review, Source, Twin
from db.models import Score as Stored
from db.queries.alike import same_author
from db.queries.queue import QueueView, queue_counts, queue_page
from db.queries.reviews import review_detail
from db.queries.sources import health_counts
from db.scores import claim_unscored, store_scores
from db.search import found_by
from db.session import session_scope
from db.sources import list_sources
from db.twins import link_twins
from scoring.types import AngerLevel, Score
from tests.factories import NOW, make_location, make_person, make_review, make_source
from webui.jobs.judging import score_row

SOUP = Noted(channel=Channel.PHONE, words="The soup was cold.", name="Ada Rossi", contact="+39 010 55 66 77")


def actor(session: Session, name: str = "Sofia", *, later: timedelta = timedelta()) -> Actor:
    """Somebody who works here."""
    return Actor(person_id=make_person(session, name=name).id, name=name, now=NOW + later)


def judged(session: Session, level: AngerLevel = AngerLevel.CALM) -> None:
    """Have a model judge all that waits, as this angry."""
    texts = claim_unscored(session, "m1", limit=50, now=NOW, lease_s=60)
    score = Score(
        anger=0.1, anger_level=level, sentiment=3.0, language="en", topics=(), risks=(), sentences=(), reasons=(),
        model_version="m1",
    )  # fmt: skip
    store_scores(session, [score_row(text, score, now=NOW) for text in texts], now=NOW)
    set_stale(session, now=NOW)


def test_it_stands_in_the_queue_whatever_a_model_says(session: Session) -> None:
    """Queued and clocked at once; then judged and ranked, and still there though the words are calm."""
    by, place = actor(session), make_location(session)
    review_id = take_complaint(session, place.id, SOUP, by=by)
    [row] = queue_page(session, QueueView.NOW).rows
    assert (row.review_id, row.source_name, row.platform) == (review_id, "By phone", "byhand")
    assert row.due_at is not None
    judged(session)
    [row] = queue_page(session, QueueView.NOW).rows
    assert (row.anger_level, row.is_flagged) == ("calm", True)
    assert row.priority > 0
    assert review_id in session.scalars(found_by(session, "soup rossi")).all()  # type: ignore[arg-type]
    complaint = complaint_of(session, review_id)
    assert complaint is not None
    assert (complaint.channel, complaint.taken_by_name) == (Channel.PHONE, "Sofia")
    assert last_taken(session, by.person_id) == (place.id, Channel.PHONE)


def test_whoever_heard_it_knows_how_angry_it_was(session: Session) -> None:
    """Their word stands over the model's in the list, in filters, priority and clock."""
    by, place = actor(session), make_location(session)
    left = take_complaint(session, place.id, SOUP, by=by)
    heard = take_complaint(session, place.id, replace(SOUP, heard_level="furious"), by=by)
    judged(session)
    rows = {row.review_id: row for row in queue_page(session, QueueView.NOW).rows}
    assert (rows[left].anger_level, rows[heard].anger_level) == ("calm", "furious")
    assert rows[heard].priority > rows[left].priority
    assert (rows[heard].clock_target_min, rows[left].clock_target_min) == (2 * 60, 24 * 60)
    assert rows[left].due_at is not None
    calls = dict(session.execute(select(Stored.review_id, Stored.reaches_alert)).all())
    assert calls == {left: False, heard: True}, "whoever hears fury is asked for no threshold"


def test_one_source_a_channel_that_nobody_reads(session: Session) -> None:
    """It is made once, is on no list of sources, wakes no alarm, and is compared with nothing."""
    by, place = actor(session), make_location(session)
    read = make_source(session, location=place)
    words = "We waited an hour for a table that we had booked a week before."
    for channel in (Channel.PHONE, Channel.PHONE, Channel.COUNTER):
        take_complaint(session, place.id, replace(SOUP, words=words, channel=channel), by=by)
    make_review(session, read, body=words)
    assert session.scalar(select(func.count()).select_from(Source)) == 3
    assert [source.id for source in list_sources(session)] == [read.id]
    assert health_counts(session).total == 1
    link_twins(session, read.id, now=NOW)
    assert session.scalar(select(func.count()).select_from(Twin)) == 0


def test_customer_is_known_again_by_number_or_address(session: Session) -> None:
    """However a number is written, at whichever place and by whichever way; nothing is known of those who left none."""
    by = actor(session)
    one, other = make_location(session), make_location(session)
    first = take_complaint(session, one.id, SOUP, by=by)
    again = replace(SOUP, channel=Channel.COUNTER, name="Rossi", contact="0039 (010) 556677")
    assert contact_key(SOUP.contact) != contact_key(again.contact)  # two ways into the country are two numbers
    second = take_complaint(session, other.id, replace(again, contact="39-010-556677"), by=by)
    assert [found.review_id for found in same_author(session, first, places=None).others] == [second]
    assert contact_key("Ada@Example.ORG ") == "ada@example.org"
    assert contact_key("ring Ada") == ""


@pytest.mark.parametrize(
    "noted",
    [replace(SOUP, words=" \n"), replace(SOUP, words="x" * 10_001), replace(SOUP, contact="9" * 400),
     replace(SOUP, name="x" * 300), replace(SOUP, heard_level="livid")],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_in_words(session: Session, noted: Noted) -> None:
    """Nothing is stored then."""
    with pytest.raises(BadValue):
        take_complaint(session, make_location(session).id, noted, by=actor(session))
    assert session.scalar(select(func.count()).select_from(Review)) == 0


def test_taking_it_can_be_taken_back_by_whoever_took_it(session: Session) -> None:
    """Soon, and before anybody has worked on it; what was noted comes back."""
    by, place = actor(session), make_location(session)
    other = actor(session, "Ben")
    gone = take_complaint(session, place.id, SOUP, by=by)
    assert take_back(session, gone, by=other) is None
    assert take_back(session, gone, by=replace(by, now=NOW + UNDO_KEPT)) is None
    assert take_back(session, gone, by=by) == SOUP
    assert session.scalar(select(func.count()).select_from(Case)) == 0
    worked = take_complaint(session, place.id, SOUP, by=by)
    assign(session, [session.scalars(select(Case.id)).one()], other.person_id, by=other)
    assert take_back(session, worked, by=by) is None
    assert queue_counts(session).now == 1


def test_erased_leaves_nothing_of_its_customer(engine: Engine) -> None:
    """Name, words and contact go; that there was a complaint, by which way and when, stays."""
    with session_scope(engine) as session:
        review_id = take_complaint(session, make_location(session).id, SOUP, by=actor(session))
        erase(session, [review_id], ErasedFor.REQUEST, now=NOW)
        detail, complaint = review_detail(session, review_id), complaint_of(session, review_id)
        assert detail is not None
        assert complaint is not None
        assert (detail.body, detail.author_name, detail.author_ref, complaint.contact) == ("", "", "", "")
        assert complaint.channel is Channel.PHONE
