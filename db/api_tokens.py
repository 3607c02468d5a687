"""The tokens of the API: made, found again by their digest, revoked. Functions flush and never commit.

A token is shown once and kept as a digest. Whose it is and what that person may do where is read anew each time it is
used: a role taken away counts at once, and a person who is disabled has no token that opens anything. Making and
revoking one is told to the audit log.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, selectinload

from . import audit
from .acting import Actor
from .errors import BadValue
from .models import ApiReceipt, ApiToken, Person
from .people import access_of
from .phrases import say
from .roles import Access
from .scopes import Scope
from .vault import digest_of
from .wording import clean

PREFIX: Final = "amends_"  # so that people, and scanners of repositories, know one when they see it
NAME_MOST: Final = 80
TOKENS_MOST: Final = 50  # of one person
DAYS: Final = (30, 90, 365)  # how long one may hold; the longest is a year, so that none is forgotten for good
TOUCH_EVERY: Final = timedelta(minutes=1)  # reading must not cost a write each
RECEIPTS_KEPT: Final = timedelta(hours=24)  # so long a request may be repeated with its Idempotency-Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A new token; `secret` is told this once."""

    id: int
    secret: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Who asks with a token, and what they may do where, as of now."""

    token_id: int
    token_name: str
    person_id: int
    person_name: str
    email: str
    scopes: frozenset[str]
    access: Access
    expires_at: datetime
    used_at: datetime | None


def make_token(session: Session, person_id: int, name: str, scopes: Collection[str], *, days: int, by: Actor) -> Made:
    """A new token for a person.

    Raises:
        BadValue: it has no name or no scope, or one that is none; it would hold for another time than `DAYS`; or the
            person has very many.
    """
    name = " ".join(clean(name).split())
    if not name or len(name) > NAME_MOST:
        raise BadValue(say("Say what uses the token, in %(most)s letters at most.", most=NAME_MOST))
    if not scopes or not set(scopes) <= set(Scope):
        raise BadValue(say("Choose at least one thing that the token may do."))
    if days not in DAYS:
        raise BadValue(say("Choose how long the token holds."))
    own = select(func.count()).select_from(ApiToken).where(ApiToken.person_id == person_id)
    if (session.scalar(own) or 0) >= TOKENS_MOST:
        raise BadValue(say("There are very many tokens already. Revoke one that nothing uses first."))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        person_id=person_id,
        name=name,
        digest=digest_of(secret),
        scopes=[scope.value for scope in Scope if scope in set(scopes)],
        created_at=by.now,
        expires_at=by.now + timedelta(days=days),
    )
    session.add(token)
    session.flush()
    facts = {"token": name, "token_id": token.id, "of": person_id, "scopes": token.scopes, "days": days}
    audit.append(session, "token_made", facts, by=by, now=by.now)
    return Made(id=token.id, secret=secret, expires_at=token.expires_at)


def bearer_of(session: Session, secret: str, *, now: datetime) -> Bearer | None:
    """Whose token this is; None where there is no such token, it has run out, or its person may not enter."""
    row = session.execute(
        select(ApiToken, Person)
        .join(Person, Person.id == ApiToken.person_id)
        .options(selectinload(Person.memberships))
        .where(ApiToken.digest == digest_of(secret), ApiToken.expires_at > now, Person.is_active)
    ).one_or_none()
    if row is None:
        return None
    token, person = row
    return Bearer(
        token_id=token.id,
        token_name=token.name,
        person_id=person.id,
        person_name=person.name,
        email=person.email,
        scopes=frozenset(token.scopes),
        access=access_of(person),
        expires_at=token.expires_at,
        used_at=token.used_at,
    )


def touch_token(session: Session, bearer: Bearer, *, now: datetime) -> None:
    """It is in use: the list of tokens says when it was."""
    if bearer.used_at is None or now - bearer.used_at >= TOUCH_EVERY:
        session.execute(update(ApiToken).where(ApiToken.id == bearer.token_id).values(used_at=now))


def tokens_of(session: Session, person_id: int) -> Sequence[ApiToken]:
    """The tokens of a person, the newest first; those that have run out as well, so that nobody wonders."""
    mine = select(ApiToken).where(ApiToken.person_id == person_id)
    return session.scalars(mine.order_by(ApiToken.created_at.desc(), ApiToken.id.desc())).all()


def revoke_token(session: Session, person_id: int, token_id: int, *, by: Actor) -> str | None:
    """It opens nothing any more; gives its name. None where this person has no such token."""
    gone = delete(ApiToken).where(ApiToken.id == token_id, ApiToken.person_id == person_id).returning(ApiToken.name)
    name = session.scalar(gone)
    if name is not None:
        audit.append(
            session, "token_revoked", {"token": name, "token_id": token_id, "of": person_id}, by=by, now=by.now
        )
    return name


def receipt_of(session: Session, token_id: int, key: str, *, now: datetime) -> ApiReceipt | None:
    """What this token was given for this key, while it is kept."""
    session.execute(delete(ApiReceipt).where(ApiReceipt.made_at <= now - RECEIPTS_KEPT))
    return session.scalar(
        select(ApiReceipt).where(ApiReceipt.token_id == token_id, ApiReceipt.key_digest == digest_of(key))
    )


def keep_receipt(session: Session, token_id: int, key: str, asked: str, *, now: datetime) -> ApiReceipt:
    """Hold the key for what is made now. Of two at once the second waits here, and then fails on the unique key."""
    receipt = ApiReceipt(token_id=token_id, key_digest=digest_of(key), asked_digest=digest_of(asked), made_at=now)
    session.add(receipt)
    session.flush()
    return receipt
