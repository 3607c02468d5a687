"""What an owner changes at a source: its name, keys and rules, its push receiver, and whether it is there at all.

Functions flush and never commit. Tokens of push receivers are kept as digests, keys as db.vault has sealed them.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session, joinedload

from .clocks import recount
from .errors import BadValue, SourceExists
from .holds import is_any_held
from .models import Case, CaseState, ErasedFor, Retention, Review, Score, Source
from .phrases import say
from .scores import set_may_judge
from .search import note_dropped
from .sources import find_source_by_url, host_of
from .vault import digest_of
from .wording import cut

PUSH_OPTIONS = ("push_email", "push_audience")  # in `Source.options`
STRICTEST_LAST = (Retention.STORE, Retention.DAYS_30, Retention.HOURS_24, Retention.NO_STORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRules:
    """How long the text of a source is kept and whether a model may see it."""

    retention: Retention
    may_judge: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReading:
    """How a source is read, as far as its owner may say so."""

    delay_s: float  # between two requests
    max_pages: int  # of one reading
    crawl_every_s: int  # never more often
    reach: float  # 0..1: how many people read it, a part of the priority
    options: Mapping[str, Any]


def reading_of(source: Source) -> SourceReading:
    """How it is read now."""
    return SourceReading(
        delay_s=source.delay_s,
        max_pages=source.max_pages,
        crawl_every_s=source.crawl_every_s,
        reach=source.reach,
        options=source.options,
    )


def source_of(session: Session, source_id: int, *, is_held: bool = False) -> Source | None:
    """A source that was not removed, with its place; held, nobody else changes it before this transaction ends."""
    here = select(Source).options(joinedload(Source.location))
    here = here.where(Source.id == source_id, Source.removed_at.is_(None))
    return session.scalars(here.with_for_update(of=Source) if is_held else here).one_or_none()


def rename_source(session: Session, source: Source, name: str) -> None:
    """Give it another name; what people type at the command line stays.

    Raises:
        BadValue: the name is empty.
    """
    name = cut(" ".join(name.split()), 200)
    if not name:
        raise BadValue("The name is empty.")
    source.name = name
    session.flush()


def set_access(
    session: Session, source: Source, *, place_ref: str, options: Mapping[str, Any], sealed_keys: str, now: datetime
) -> None:
    """What the API is asked with. A token that the old keys had brought is forgotten, and the source is due again.

    Who may call stays as it is: entries that were opened before `set_push_sender` must not take it back.
    """
    given = {name: value for name, value in options.items() if name not in PUSH_OPTIONS}
    kept = {name: source.options[name] for name in PUSH_OPTIONS if name in source.options}
    source.place_ref, source.options, source.sealed_keys = place_ref, given | kept, sealed_keys
    source.sealed_token = ""
    if source.is_enabled:
        source.next_crawl_at = now
    session.flush()


def set_reading(session: Session, source: Source, reading: SourceReading, *, now: datetime) -> None:
    """Read it this way from now on.

    One that is to be read more often is due by its new rhythm, and one whose choices have changed at once, in full:
    what was passed over before is wanted now. Another reach counts in the priority of its open cases.
    """
    if reading.reach != source.reach:
        of_source = select(Review.id).where(Review.source_id == source.id)
        is_scored = exists().where(Score.review_id == Case.review_id)
        session.execute(
            update(Case)
            .where(Case.review_id.in_(of_source), Case.state == CaseState.OPEN, is_scored)
            .values(priority_due_at=now),
            execution_options={"synchronize_session": False},
        )
    are_other = dict(reading.options) != dict(source.options)
    source.delay_s, source.max_pages, source.reach = reading.delay_s, reading.max_pages, reading.reach
    source.crawl_every_s, source.options = reading.crawl_every_s, dict(reading.options)
    if source.is_enabled and source.next_crawl_at is not None:
        soonest = now if are_other else now + timedelta(seconds=reading.crawl_every_s)
        source.next_crawl_at = min(source.next_crawl_at, soonest)
    if are_other:
        source.last_full_at = None
    session.flush()


def set_basis(session: Session, source: Source, basis_note: str) -> None:
    """Why it may be read, in the owner's words. Raises BadValue: nothing is left of it."""
    if not basis_note.strip() and source.basis_note:
        raise BadValue("Say why it may be read.")
    source.basis_note = basis_note.strip()
    session.flush()


def move_source(session: Session, source: Source, location_id: int, *, now: datetime) -> None:
    """It is about another place; its reviews go along, and their clocks run by the hours there.

    Raises:
        SourceExists: that place has a source of the same address.
    """
    other = find_source_by_url(session, source.url, location_id=location_id)
    if other is not None and other.id != source.id:
        raise SourceExists(f"This address is read already, as {other.slug}.")
    recount(session, now=now)
    source.location_id = location_id
    session.flush()
    session.refresh(source)


def set_link(session: Session, source: Source, url: str) -> None:
    """What people open to see its reviews, where an API is asked instead.

    Raises:
        SourceExists: its place has another source of that address.
    """
    other = find_source_by_url(session, url, location_id=source.location_id)
    if other is not None and other.id != source.id:
        raise SourceExists(f"This address is read already, as {other.slug}.")
    source.url = url
    session.flush()


def set_address(session: Session, source: Source, *, url: str, syntax: str, now: datetime) -> None:
    """It stands at another address now, and is read in full there at once. Raises SourceExists, see `set_link`."""
    set_link(session, source, url)
    source.syntax, source.host, source.last_full_at = syntax, host_of(url), None
    if source.is_enabled:
        source.next_crawl_at = now
    session.flush()


def is_looser(rules: SourceRules, default: SourceRules) -> bool:
    """Whether these rules allow more than the platform's own."""
    keeps_longer = STRICTEST_LAST.index(rules.retention) < STRICTEST_LAST.index(default.retention)
    return keeps_longer or (rules.may_judge and not default.may_judge)


def set_rules(
    session: Session, source: Source, rules: SourceRules, *, default: SourceRules, reason: str, now: datetime
) -> None:
    """Change the rules. What allows more than the platform does needs a reason, which is kept beside the basis.

    Raises:
        BadValue: the reason is missing.
    """
    is_changed = rules != SourceRules(retention=source.retention, may_judge=source.may_judge)
    if is_changed and is_looser(rules, default):
        source.basis_note = with_reason(source.basis_note, reason, now=now)
    if rules.may_judge != source.may_judge:
        set_may_judge(session, source.id, rules.may_judge)
    source.retention, source.may_judge = rules.retention, rules.may_judge
    session.flush()


def set_notices_edits(session: Session, source: Source, is_wanted: bool) -> None:
    """Keep keyed digests of wordings that are not kept themselves, so that edits show; or forget them.

    Ask the platform first where its terms forbid keeping anything.
    """
    source.notices_edits = is_wanted
    if not is_wanted:
        bare = update(Review).where(Review.source_id == source.id, Review.erased_for == ErasedFor.NO_STORE)
        session.execute(bare.values(content_hash=""), execution_options={"synchronize_session": False})
    session.flush()


def with_reason(basis_note: str, reason: str, *, now: datetime) -> str:
    """The basis with the reason for rules that are looser than the platform's. Raises BadValue: there is none."""
    reason = " ".join(reason.split())
    if not reason:
        raise BadValue("These rules allow more than the platform does. Write down why you may.")
    return f"{basis_note}\n{now:%Y-%m-%d}: {cut(reason, 500)}".strip()


def set_push_sender(session: Session, source: Source, *, email: str, audience: str = "") -> None:
    """Whose signature messages of the platform must bear, and for whom they must be signed; empty: nobody's."""
    given = dict(zip(PUSH_OPTIONS, (email.strip(), audience.strip()), strict=True)) if email.strip() else {}
    others = {name: value for name, value in source.options.items() if name not in PUSH_OPTIONS}
    source.options = others | {name: value for name, value in given.items() if value}
    session.flush()


def push_sender(source: Source) -> tuple[str, str]:
    """Its mail address and the audience, each empty where it was left out."""
    email, audience = (str(source.options.get(name, "")) for name in PUSH_OPTIONS)
    return email, audience


def new_hook(session: Session, source: Source) -> str:
    """A new token for the push receiver of a source, told once and stored as a digest; the old one is void."""
    token = secrets.token_urlsafe(32)
    source.hook_digest = digest_of(token)
    session.flush()
    return token


def close_hook(session: Session, source: Source) -> None:
    """Listen to its platform no more."""
    source.hook_digest = ""
    session.flush()


def source_of_hook(session: Session, token: str) -> Source | None:
    """The source that a push receiver's token belongs to.

    Found by the digest, so that the time it takes tells nothing about tokens that exist.
    """
    digest = digest_of(token)
    for source in session.scalars(select(Source).where(Source.hook_digest == digest, Source.removed_at.is_(None))):
        if hmac.compare_digest(source.hook_digest, digest):
            return source
    return None


def sources_of_place(session: Session, platform: str, place_ref: str) -> Sequence[Source]:
    """The sources that read this place of a platform's API."""
    here = (
        select(Source)
        .options(joinedload(Source.location))
        .where(Source.platform == platform, Source.place_ref == place_ref)
    )
    return session.scalars(here.where(Source.removed_at.is_(None)).order_by(Source.id)).all()


def sources_of_url(session: Session, url: str) -> Sequence[Source]:
    """The sources that read this address, at any place."""
    here = select(Source).options(joinedload(Source.location)).where(Source.url == url, Source.removed_at.is_(None))
    return session.scalars(here.order_by(Source.id)).all()


def remove_source(session: Session, source: Source, *, with_reviews: bool, now: datetime) -> bool:
    """Take a source off the list. Its reviews, their scores and cases go with it, or stay as they are.

    Keys are forgotten either way. True when it was being read: whoever does so stores nothing more, finds its claim
    gone within seconds, and ends.

    Raises:
        BadValue: it shall go with its reviews, and a case of one must be kept.
    """
    # Held first: a batch that is being stored is then either all there, and goes or stays with the rest, or refused.
    source = session.get_one(Source, source.id, with_for_update=True, populate_existing=True)
    is_read = source.claim is not None and source.claimed_until is not None and source.claimed_until >= now
    if with_reviews:
        if is_any_held(session, source.id):
            raise BadValue(
                say(
                    "Some of its cases are kept for a legal reason: an owner lifts that first. Or remove it and let "
                    "its reviews stay. Nothing was changed."
                )
            )
        session.execute(delete(Source).where(Source.id == source.id))
        note_dropped(session, now=now)
        session.expire_all()
        return is_read
    source.claim = None  # its host rests until the claim would have lapsed
    source.removed_at, source.is_enabled, source.next_crawl_at = now, False, None
    source.sealed_keys = source.sealed_token = source.hook_digest = ""
    set_push_sender(session, source, email="")
    session.flush()
    return is_read
