"""The policy that holds, and every one that held before. Functions flush and never commit.

Whoever decides about an offer and whoever changes the policy hold the same row until their transaction ends: a decision
is made by one policy, and against everything that was bound before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import audit
from .acting import Actor
from .errors import CaseChanged
from .kept import Kept
from .models import OfferPolicy, Setting
from .offer_terms import Terms, check_terms, stored_terms, terms_of
from .phrases import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One version. Number 0: the defaults, which nobody has set."""

    number: int
    terms: Terms
    changed_at: datetime | None = None
    person_name: str = ""


def hold_offers(session: Session) -> None:
    """Until the transaction ends nobody else decides about an offer. SQLite holds the whole file already.

    Taken after the reviews of cases and before the audit log, by everybody who takes more than one.
    """
    session.execute(select(Setting.name).where(Setting.name == Kept.OFFERS).with_for_update())


def policy(session: Session) -> Policy:
    """The one that holds."""
    row = session.scalar(select(OfferPolicy).order_by(OfferPolicy.number.desc()).limit(1))
    return _policy(row) if row is not None else Policy(number=0, terms=terms_of(None))


def policies(session: Session) -> Sequence[Policy]:
    """All that somebody has set, the newest first."""
    return [_policy(row) for row in session.scalars(select(OfferPolicy).order_by(OfferPolicy.number.desc()))]


def change_policy(session: Session, terms: Terms, *, seen: int, by: Actor) -> Policy:
    """Set another over the one that was seen; the same once more changes nothing.

    Raises:
        CaseChanged: somebody else has set one since.
        BadValue: it cannot be kept, see `check_terms`.
    """
    check_terms(terms)
    hold_offers(session)
    before = policy(session)
    if before.number != seen:
        raise CaseChanged(say("Somebody else has changed the policy since you opened it. Look at it again."))
    stored = stored_terms(terms)
    if stored == stored_terms(before.terms):
        return before
    row = OfferPolicy(
        number=before.number + 1, terms=stored, changed_at=by.now, person_id=by.person_id, person_name=by.name
    )
    session.add(row)
    session.flush()
    audit.append(session, "offer_policy", {"number": row.number, "terms": stored}, by=by, now=by.now)
    return _policy(row)


def _policy(row: OfferPolicy) -> Policy:
    return Policy(number=row.number, terms=terms_of(row.terms), changed_at=row.changed_at, person_name=row.person_name)
