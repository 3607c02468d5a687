"""Where people are signed in: a row for each browser, found by the digest of the token in its cookie.

A session ends when it is ended here, when it is not used for a while, or when the person gets a new session key.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, selectinload

from .models import Person, SignIn
from .people import access_of
from .roles import Access
from .vault import digest_of
from .wording import cut

UNUSED = timedelta(hours=12)  # a working day: the browser was not told to remember anything
UNUSED_KEPT = timedelta(days=30)
TOUCH_EVERY = timedelta(minutes=10)  # a page must not cost a write each


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who asks, through which session."""

    person_id: int
    email: str
    name: str
    session_key: str
    password_hash: str
    has_totp: bool
    access: Access
    sign_in_id: int
    via: str
    is_kept: bool
    seen_at: datetime
    keys: Mapping[str, Any]  # single keys of the pages, as changed


def open_sign_in(
    session: Session,
    person_id: int,
    *,
    via: str,
    is_kept: bool,
    agent: str,
    address: str,
    now: datetime,
    language: str = "",
) -> str:
    """Begin a session; gives the token for its cookie. Sessions that have run out are removed with this."""
    session.execute(delete(SignIn).where(SignIn.expires_at <= now))
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            person_id=person_id,
            digest=digest_of(token),
            is_kept=is_kept,
            via=via,
            agent=cut(agent, 300),
            address=cut(address, 64),
            language=language,
            created_at=now,
            seen_at=now,
            expires_at=now + _lives(is_kept),
        )
    )
    session.execute(update(Person).where(Person.id == person_id).values(last_seen_at=now))
    session.flush()
    return token


def signed_in(session: Session, token: str, session_key: str, *, now: datetime) -> SignedIn | None:
    """Whose session this is; None where it has ended, or its person may no longer enter."""
    found = session.execute(
        select(SignIn, Person)
        .join(Person, Person.id == SignIn.person_id)
        .options(selectinload(Person.memberships))
        .where(
            SignIn.digest == digest_of(token),
            SignIn.expires_at > now,
            Person.session_key == session_key,
            Person.is_active,
        )
    ).one_or_none()
    if found is None:
        return None
    row, person = found
    return SignedIn(
        person_id=person.id,
        email=person.email,
        name=person.name,
        session_key=person.session_key,
        password_hash=person.password_hash,
        has_totp=bool(person.sealed_totp),
        access=access_of(person),
        sign_in_id=row.id,
        via=row.via,
        is_kept=row.is_kept,
        seen_at=row.seen_at,
        keys=person.keys or {},
    )


def touch_sign_in(session: Session, sign_in_id: int, *, language: str, now: datetime) -> None:
    """It is in use: it runs out later, and the list of sessions says when it was. Mails follow its language."""
    row = session.get(SignIn, sign_in_id)
    if row is None:
        return
    row.seen_at, row.expires_at, row.language = now, now + _lives(row.is_kept), language
    session.execute(update(Person).where(Person.id == row.person_id).values(last_seen_at=now))
    session.flush()


def list_sign_ins(session: Session, person_id: int, *, now: datetime) -> Sequence[SignIn]:
    """The sessions of a person, the one used last first."""
    mine = select(SignIn).where(SignIn.person_id == person_id, SignIn.expires_at > now)
    return session.scalars(mine.order_by(SignIn.seen_at.desc(), SignIn.id.desc())).all()


def end_sign_in(session: Session, person_id: int, sign_in_id: int) -> bool:
    """End one session of this person; False where there is none of this id."""
    ended = delete(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == person_id).returning(SignIn.id)
    return session.scalar(ended) is not None


def end_sign_ins(session: Session, person_id: int, *, but: int | None = None) -> int:
    """End the sessions of a person, all but one; gives how many."""
    wanted = delete(SignIn).where(SignIn.person_id == person_id)
    if but is not None:
        wanted = wanted.where(SignIn.id != but)
    return len(session.scalars(wanted.returning(SignIn.id)).all())


def _lives(is_kept: bool) -> timedelta:
    return UNUSED_KEPT if is_kept else UNUSED


def language_of(session: Session, person_id: int) -> str:
    """That of the pages they saw last; empty where nobody knows."""
    last = select(SignIn.language).where(SignIn.person_id == person_id).order_by(SignIn.seen_at.desc()).limit(1)
    return session.scalar(last) or ""
