"""Complaints that people take: stored as reviews of a source of the place and the channel, with what else is known.

So everything that knows reviews knows them: queue, filters, search, scores, clocks, causes, erasure. What sets them
apart: nobody reads them at a source, nobody answers them in public, and somebody thought each worth writing down. So
each stands in the queue until somebody deals with it, whatever a model makes of the words.

Functions flush and never commit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from .acting import UNDO_KEPT, Actor, record
from .cases import lock_reviews, settle
from .clocks import set_clocks
from .errors import BadValue
from .ingest import ingest
from .models import BY_HAND, Case, Channel, Complaint, Contact, Location, Review, Source
from .phrases import say
from .search import note_dropped
from .sources import add_source
from .wording import clean, cut

TAKEN: Final = "complaint_taken"  # an event of the timeline; facts: channel
WORDS_MOST: Final = 10_000  # characters: a long letter
NAME_MOST: Final = 200
CONTACT_MOST: Final = 320  # the longest mail address there may be
VISIT_OLDEST: Final = timedelta(days=2 * 366)  # longer ago it was most likely the year that was mistyped
VISIT_AHEAD: Final = timedelta(minutes=10)  # clocks of phones differ
LEVELS: Final = ("calm", "annoyed", "angry", "furious")
# What its source is called, translated where it is shown. It stands where others show the name of their platform.
CHANNEL_NAMES: Final = {
    Channel.COUNTER: "At the counter",
    Channel.TABLE: "At the table",
    Channel.PHONE: "By phone",
    Channel.MAIL: "By e-mail",
    Channel.MESSAGE: "By message",
    Channel.LETTER: "By letter",
}
_BASIS = "What customers told the business themselves, noted to make it right."


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What whoever takes a complaint writes down. It has the shape of a review that a source shows."""

    channel: Channel
    words: str
    name: str = ""
    contact: str = ""
    heard_level: str = ""  # of anger; empty: left to the model
    visited_at: datetime | None = None  # when it happened, where they say so: an aware instant


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """The same in the shape of a review; see `db.incoming.ReviewLike`."""

    external_id: str
    body: str
    author_name: str
    author_ref: str
    published_at: datetime
    visited_at: datetime | None
    id_kind: str = "platform"
    title: str = ""
    positive: str = ""
    negative: str = ""
    translation: str = ""
    rating_raw: str = ""
    rating: float | None = None
    rating_min: float | None = None
    rating_max: float | None = None
    rating_kind: str = "none"
    stars: float | None = None
    language: str = ""
    url: str = ""
    published_precision: str = "instant"
    visited_precision: str = "instant"
    edited_at: datetime | None = None
    is_verified: bool | None = None
    reply: None = None
    standing: str = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRow:
    channel: Channel
    contact: str
    heard_level: str
    taken_by_id: int | None
    taken_by_name: str
    taken_at: datetime


def take_complaint(session: Session, location_id: int, noted: Noted, *, by: Actor) -> int:
    """Store it, and give the id of its review; its case stands in the queue at once.

    Raises:
        BadValue: there are no words, something is too long, it happens tomorrow or did so years ago, or there is no
            such place.
    """
    words, name, contact = clean(noted.words).strip(), _line(noted.name), _line(noted.contact)
    if not words:
        raise BadValue(say("Write down what they said: a few words are enough."))
    if len(words) > WORDS_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=WORDS_MOST))
    if len(name) > NAME_MOST or len(contact) > CONTACT_MOST:
        raise BadValue(say("The name or the contact is too long."))
    if noted.heard_level not in ("", *LEVELS):
        raise BadValue(say("Choose how angry they were from the list."))
    if noted.visited_at is not None and not by.now - VISIT_OLDEST <= noted.visited_at <= by.now + VISIT_AHEAD:
        raise BadValue(say("When it happened must lie in the past, and not more than two years back."))
    source_id = _source_of(session, location_id, noted.channel, now=by.now)
    told = _Told(
        external_id=uuid4().hex,
        body=words,
        author_name=name,
        author_ref=contact_key(contact),
        published_at=by.now,
        visited_at=noted.visited_at,
    )
    ingest(session, source_id, [told], run_id=None, now=by.now)
    where = (Review.source_id == source_id, Review.external_id == told.external_id)
    review_id, case_id = session.execute(
        select(Review.id, Case.id).join(Case, Case.review_id == Review.id).where(*where)
    ).one()
    session.add(
        Complaint(
            review_id=review_id,
            channel=noted.channel,
            contact=contact,
            heard_level=noted.heard_level,
            taken_by_id=by.person_id,
            taken_by_name=by.name,
            taken_at=by.now,
        )
    )
    session.execute(update(Case).where(Case.id == case_id).values(is_flagged=True))
    settle(session, [review_id])
    set_clocks(session, [case_id], now=by.now)
    record(session, [case_id], TAKEN, {"channel": noted.channel.value}, by=by, now=by.now)
    session.flush()
    return int(review_id)


def complaint_of(session: Session, review_id: int) -> ComplaintRow | None:
    """What is known of a complaint beside its words; None where the review is none."""
    found = session.get(Complaint, review_id, populate_existing=True)
    if found is None:
        return None
    return ComplaintRow(
        channel=found.channel,
        contact=found.contact,
        heard_level=found.heard_level,
        taken_by_id=found.taken_by_id,
        taken_by_name=found.taken_by_name,
        taken_at=found.taken_at,
    )


def take_back(session: Session, review_id: int, *, by: Actor) -> Noted | None:
    """Undo taking one: only whoever took it, soon, and before anybody has worked on it. Gives what was noted."""
    lock_reviews(session, [review_id])
    row = session.execute(
        select(Complaint, Review.body, Review.author_name, Review.visited_at, Case.id, Case.version)
        .join(Review, Review.id == Complaint.review_id)
        .join(Case, Case.review_id == Review.id)
        .where(Complaint.review_id == review_id, Review.erased_at.is_(None))
    ).first()
    if row is None:
        return None
    complaint, body, name, visited_at, case_id, version = row
    is_touched = version or session.scalar(select(Contact.id).where(Contact.case_id == case_id).limit(1))
    if complaint.taken_by_id != by.person_id or complaint.taken_at <= by.now - UNDO_KEPT or is_touched:
        return None
    noted = Noted(
        channel=complaint.channel,
        words=body,
        name=name,
        contact=complaint.contact,
        heard_level=complaint.heard_level,
        visited_at=visited_at,
    )
    session.execute(delete(Review).where(Review.id == review_id), execution_options={"synchronize_session": False})
    session.expire_all()
    note_dropped(session, now=by.now)
    return noted


def last_taken(session: Session, person_id: int) -> tuple[int, Channel] | None:
    """Place and channel of the last complaint that somebody took: most likely those of the next."""
    row = session.execute(
        select(Source.location_id, Complaint.channel)
        .join(Review, Review.id == Complaint.review_id)
        .join(Source, Source.id == Review.source_id)
        .where(Complaint.taken_by_id == person_id)
        .order_by(Complaint.taken_at.desc())
        .limit(1)
    ).first()
    return None if row is None else (row.location_id, row.channel)


def contact_key(contact: str) -> str:
    """By what the same customer is known again: a mail address without case, the digits of a number; else nothing."""
    if "@" in contact:
        return contact.strip().lower()
    digits = re.sub(r"\D", "", contact)
    return digits if len(digits) >= 6 else ""


def _source_of(session: Session, location_id: int, channel: Channel, *, now: datetime) -> int:
    """The source of this channel, made when it is first needed."""
    # Two who take the first complaints of a channel at once would both make it: the place is held meanwhile.
    location = session.scalars(select(Location).where(Location.id == location_id).with_for_update()).one_or_none()
    if location is None:
        raise BadValue(say("Choose the place that it is about."))
    url = f"amends:by-hand/{channel.value}"
    here = select(Source.id).where(Source.location_id == location_id, Source.platform == BY_HAND, Source.url == url)
    if (found := session.scalar(here)) is not None:
        return found
    source = add_source(
        session,
        location,
        name=CHANNEL_NAMES[channel],
        platform=BY_HAND,
        syntax=channel.value,
        url=url,
        slug=f"{location.slug}-{channel.value}",
        basis_note=_BASIS,
        is_enabled=False,  # nothing is read from it
        next_crawl_at=None,
        now=now,
    )
    return source.id


def _line(text: str) -> str:
    return " ".join(cut(text, 2000).split())
