"""What an owner changes at a source: its name, keys and rules, its push receiver, and whether it is there at all.

Functions flush and never commit. Tokens of push receivers are kept as digests, keys as db.vault has sealed them.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from .errors import BadValue
from .models import ErasedFor, Retention, Review, Source
from .scores import set_may_judge
from .wording import cut

STRICTEST_LAST = (Retention.STORE, Retention.DAYS_30, Retention.HOURS_24, Retention.NO_STORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRules:
    """How long the text of a source is kept and whether a model may see it."""

    retention: Retention
    may_judge: bool


def source_of(session: Session, source_id: int) -> Source | None:
    """A source that was not removed, with its place."""
    here = select(Source).options(joinedload(Source.location))
    return session.scalars(here.where(Source.id == source_id, Source.removed_at.is_(None))).one_or_none()


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
    """What the API is asked with. A token that the old keys had brought is forgotten, and the source is due again."""
    source.place_ref, source.options, source.sealed_keys = place_ref, dict(options), sealed_keys
    source.sealed_token = ""
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
    here = select(Source).where(Source.platform == platform, Source.place_ref == place_ref)
    return session.scalars(here.where(Source.removed_at.is_(None)).order_by(Source.id)).all()


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def remove_source(session: Session, source: Source, *, with_reviews: bool, now: datetime) -> bool:
    """Take a source off the list. Its reviews, their scores and cases go with it, or stay as they are.

    Keys are forgotten either way. True when it was being read: whoever does so stores nothing more, finds its claim
    gone within seconds, and ends.
    """
    # Held first: a batch that is being stored is then either all there, and goes or stays with the rest, or refused.
    source = session.get_one(Source, source.id, with_for_update=True, populate_existing=True)
    is_read = source.claim is not None and source.claimed_until is not None and source.claimed_until >= now
    if with_reviews:
        session.execute(delete(Source).where(Source.id == source.id))
        session.expire_all()
        return is_read
    source.claim = None  # its host rests until the claim would have lapsed
    source.removed_at, source.is_enabled, source.next_crawl_at = now, False, None
    source.sealed_keys = source.sealed_token = source.hook_digest = ""
    session.flush()
    return is_read
