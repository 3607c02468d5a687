"""Links that let somebody choose a password: each works once, for a while, and only its digest is stored."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .models import LinkPurpose, Person, PersonLink
from .vault import digest_of

LIVES = {LinkPurpose.INVITATION: timedelta(days=7), LinkPurpose.RESET: timedelta(hours=2)}


def make_link(session: Session, person_id: int, purpose: LinkPurpose, *, now: datetime) -> str:
    """A new token; earlier ones of the same purpose are void."""
    session.execute(delete(PersonLink).where(PersonLink.person_id == person_id, PersonLink.purpose == purpose))
    session.execute(delete(PersonLink).where(PersonLink.expires_at <= now))
    token = secrets.token_urlsafe(32)
    session.add(
        PersonLink(
            person_id=person_id,
            purpose=purpose,
            digest=digest_of(token),
            made_at=now,
            expires_at=now + LIVES[purpose],
        )
    )
    session.flush()
    return token


def find_link(session: Session, token: str, *, now: datetime) -> PersonLink | None:
    """The link of a token, with its person; None where it is unknown, used, too old, or its person is shut out."""
    found = (
        select(PersonLink)
        .join(Person, Person.id == PersonLink.person_id)
        .where(PersonLink.digest == digest_of(token), PersonLink.expires_at > now, Person.is_active)
    )
    return session.scalars(found).one_or_none()


def use_link(session: Session, token: str, *, now: datetime) -> Person | None:
    """Take the link: of two who use it at once one has it. Gives its person, None as `find_link` does."""
    link = find_link(session, token, now=now)
    if link is None:
        return None
    taken = session.scalar(delete(PersonLink).where(PersonLink.id == link.id).returning(PersonLink.person_id))
    return session.get(Person, taken) if taken is not None else None
