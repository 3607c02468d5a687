"""Second factors and passkeys of people, as they are stored. Functions flush and never commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from .errors import BadValue
from .models import Passkey, Person
from .wording import cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """The second factor of a person."""

    person_id: int
    sealed_totp: str
    counter: int
    sealed_codes: str


def factor_of(session: Session, person_id: int) -> Factor | None:
    """None where there is no second factor."""
    person = session.get(Person, person_id)
    if person is None or not person.sealed_totp:
        return None
    return Factor(
        person_id=person.id,
        sealed_totp=person.sealed_totp,
        counter=person.totp_counter,
        sealed_codes=person.sealed_codes,
    )


def set_factor(session: Session, person: Person, *, sealed_totp: str, sealed_codes: str, counter: int) -> None:
    """Begin to ask for codes; `counter` is the period of the one that was just shown."""
    person.sealed_totp, person.sealed_codes, person.totp_counter = sealed_totp, sealed_codes, counter
    session.flush()


def drop_factor(session: Session, person: Person) -> None:
    """Ask for no codes any more."""
    person.sealed_totp, person.sealed_codes, person.totp_counter = "", "", 0
    session.flush()


def set_codes(session: Session, person: Person, sealed_codes: str) -> None:
    """New recovery codes; the earlier ones are void."""
    person.sealed_codes = sealed_codes
    session.flush()


def use_period(session: Session, person_id: int, counter: int) -> bool:
    """Mark the code of a period as used; False where it, or a later one, was before: of two at once one is let in."""
    used = (
        update(Person)
        .where(Person.id == person_id, Person.totp_counter < counter)
        .values(totp_counter=counter)
        .returning(Person.id)
    )
    return session.scalar(used, execution_options={"synchronize_session": False}) is not None


def swap_codes(session: Session, person_id: int, before: str, after: str) -> bool:
    """Take a used recovery code out; False where somebody else took one at the same moment."""
    swapped = (
        update(Person)
        .where(Person.id == person_id, Person.sealed_codes == before)
        .values(sealed_codes=after)
        .returning(Person.id)
    )
    return session.scalar(swapped, execution_options={"synchronize_session": False}) is not None


def list_passkeys(session: Session, person_id: int) -> Sequence[Passkey]:
    """Those of a person, the oldest first."""
    return session.scalars(select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.id)).all()


def find_passkey(session: Session, credential_id: str) -> Passkey | None:
    """By what its authenticator calls it, in base64url."""
    return session.scalars(select(Passkey).where(Passkey.credential_id == credential_id)).one_or_none()


def add_passkey(
    session: Session,
    person_id: int,
    *,
    name: str,
    credential_id: str,
    public_key: bytes,
    sign_count: int,
    now: datetime,
) -> None:
    """Raises BadValue where it is somebody's already."""
    if find_passkey(session, credential_id) is not None:
        raise BadValue("This passkey is registered already.")
    session.add(
        Passkey(
            person_id=person_id,
            name=cut(" ".join(name.split()), 80) or "Passkey",
            credential_id=credential_id,
            public_key=public_key,
            sign_count=sign_count,
            created_at=now,
        )
    )
    session.flush()


def remove_passkey(session: Session, person_id: int, passkey_id: int) -> bool:
    """False where this person has none of this id."""
    removed = delete(Passkey).where(Passkey.id == passkey_id, Passkey.person_id == person_id).returning(Passkey.id)
    return session.scalar(removed) is not None


def use_passkey(session: Session, passkey: Passkey, *, sign_count: int, now: datetime) -> None:
    """It has opened the door."""
    passkey.sign_count, passkey.used_at = sign_count, now
    session.flush()
