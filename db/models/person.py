"""The people who work with Amends: who they are, what they may do where, and where they are signed in.

Nothing that opens a door lies here in the clear: passwords as argon2 hashes, tokens as digests, second factors sealed.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..base import Base
from ..roles import Role
from ..types import stored_by_value
from .location import Location


class LinkPurpose(StrEnum):
    INVITATION = "invitation"
    RESET = "reset"  # of the password


class Person(Base):
    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # normalised, in lower case
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(255), default="")  # empty: no password yet
    session_key: Mapped[str] = mapped_column(String(64), unique=True)  # a new one ends every session
    is_active: Mapped[bool] = mapped_column(default=True)
    sealed_totp: Mapped[str] = mapped_column(Text, default="")  # the second factor's secret; empty: none
    totp_counter: Mapped[int] = mapped_column(default=0)  # the last period whose code was used: none works twice
    sealed_codes: Mapped[str] = mapped_column(Text, default="")  # the recovery codes that are left
    passkey_handle: Mapped[str] = mapped_column(String(64), unique=True)  # what authenticators know this person by
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]
    signature: Mapped[str] = mapped_column(String(160), default="")  # under answers: "Elena Rossi, restaurant manager"
    mails_off: Mapped[list[str]] = mapped_column(default=list)  # MailKind: what they want no mails about
    keys: Mapped[dict[str, Any] | None]  # single keys of the pages, as changed; None: as everybody starts

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="Membership.id", passive_deletes=True
    )


class Membership(Base):
    """One role, at one place or at all of them."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "location_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    location_id: Mapped[int | None] = mapped_column(
        ForeignKey("location.id", ondelete="CASCADE"), index=True
    )  # None: all places, those to come as well
    role: Mapped[Role] = mapped_column(stored_by_value(Role))

    person: Mapped[Person] = relationship(back_populates="memberships")
    location: Mapped[Location | None] = relationship()


class SignIn(Base):
    """One browser that somebody has signed in with. Its cookie holds the token of `digest`."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    is_kept: Mapped[bool] = mapped_column(default=False)  # on this device, also when the browser is closed
    via: Mapped[str] = mapped_column(String(24))  # password, totp, code, passkey, link, demo
    agent: Mapped[str] = mapped_column(String(300), default="")  # as the browser calls itself
    address: Mapped[str] = mapped_column(String(64), default="")
    language: Mapped[str] = mapped_column(String(16), default="")  # of the pages last shown: mails are written in it
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class PersonLink(Base):
    """A link that lets its holder choose a password, once: an invitation or a reset."""

    __tablename__ = "person_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(stored_by_value(LinkPurpose))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class Passkey(Base):
    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)  # base64url; WebAuthn allows 1023 bytes
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Attempt(Base):
    """How often somebody has tried something lately: every web process counts in the same row."""

    __tablename__ = "attempt"
    __table_args__ = (Index(None, "ends_at"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)  # a digest of what is tried and who tries
    count: Mapped[int]
    ends_at: Mapped[datetime]  # counting begins anew then
