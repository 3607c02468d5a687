"""A private message to the customer of a case: written by whoever works on it, checked, sent by a person, and logged.

Nobody overwrites what somebody else has written. Found fit to be sent is one version of it: whatever changes after
that is checked again. Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import audit
from .acting import Actor
from .cases import lock_reviews
from .complaints import contact_key
from .contacts import log_contact
from .errors import BadValue, CaseChanged
from .models import Case, Channel, PrivateMessage
from .phrases import say
from .reply_findings import UNREAD, is_unread
from .wording import clean, printable

SENT: Final = "message_sent"  # a line of the audit log; facts: text, channel, warned
BODY_MOST: Final = 8_000  # characters, so that with the fixed sentence it fits a contact
SUBJECT_MOST: Final = 200
ADDRESS_MOST: Final = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form."""

    address: str
    subject: str
    body: str
    has_offer: bool = False  # says whoever writes it, whatever the words are


def message_of(session: Session, case_id: int) -> PrivateMessage | None:
    """What is being written, if anything is."""
    return session.get(PrivateMessage, case_id, populate_existing=True)


def as_kept(typed: Typed) -> Typed:
    """As it is stored: browsers send line ends of their own."""
    return Typed(
        address=printable(clean(typed.address)),
        subject=printable(clean(typed.subject)),
        body=clean(typed.body).replace("\r\n", "\n").strip(),
        has_offer=typed.has_offer,
    )


def save_message(session: Session, case_id: int, typed: Typed, *, seen: int, by: Actor) -> int:
    """Save it over the version that was seen, 0 for none; the version that it now has.

    Raises:
        BadValue: something is too long.
        CaseChanged: somebody else has saved other words since, or the case is gone.
    """
    typed = as_kept(typed)
    most = ((typed.address, ADDRESS_MOST), (typed.subject, SUBJECT_MOST), (typed.body, BODY_MOST))
    for words, limit in most:
        if len(words) > limit:
            raise BadValue(say("That is too long: %(most)s letters at most.", most=limit))
    message = _locked(session, case_id)
    if message is None:
        message = PrivateMessage(case_id=case_id, version=0, ready_version=-1, saved_at=by.now)
        session.add(message)
    elif _stored(message) == typed:
        return message.version
    if message.version != seen:
        raise CaseChanged(say("%(name)s has saved other words since you opened this.", name=message.person_name))
    message.address, message.subject, message.body = typed.address, typed.subject, typed.body
    message.has_offer = typed.has_offer
    message.address_key = contact_key(typed.address)
    message.version, message.findings = seen + 1, None
    message.person_id, message.person_name, message.saved_at = by.person_id, by.name, by.now
    session.flush()
    return message.version


def keep_findings(session: Session, case_id: int, findings: Sequence[Mapping[str, Any]], *, seen: int) -> None:
    """Keep what the checks found in the words of this version; nothing where they have changed since."""
    message = _locked(session, case_id)
    if message is not None and message.version == seen:
        message.findings = [dict(one) for one in findings]
        session.flush()


def find_fit(session: Session, case_id: int, *, seen: int, read: frozenset[str]) -> None:
    """Say that this version may be sent, by what was found in it; `read` are the warnings that were read.

    Raises:
        CaseChanged: it has changed since.
        BadValue: it is empty, something blocks it, or a warning was not read.
    """
    message = _locked(session, case_id)
    if message is None or message.version != seen:
        raise CaseChanged(say("This message has changed since you opened it. Look at it again."))
    if not message.body:
        raise BadValue(say("Write the message first."))
    if message.findings is None:
        raise CaseChanged(say("This message has changed since it was checked. Look at it again."))
    if any(one["outcome"] == "failed" and one["severity"] == "block" for one in message.findings):
        raise BadValue(
            say("Rewrite what is blocked below. Nobody can lift it: a private message has no second reader.")
        )
    if is_unread(message.findings, read):
        raise BadValue(UNREAD)
    message.ready_version = message.version
    session.flush()


def log_sent(session: Session, case_id: int, *, text: str, channel: Channel, seen: int, by: Actor) -> int:
    """A person has sent it: it becomes an entry of the contact log, and the field is empty again. Gives the entry.

    `text` is what was sent: the body of this version, with the fixed sentence where it has one. The audit log keeps a
    digest of it, and what its writer had been warned of.

    Raises:
        CaseChanged: it is not the version that was found fit to be sent.
    """
    message = _locked(session, case_id)
    if message is None or message.version != seen or message.ready_version != seen or not text.startswith(message.body):
        raise CaseChanged(say("This message has changed since it was checked. Look at it again."))
    entry = log_contact(session, case_id, channel=channel, happened_at=by.now, said=text, is_message=True, by=by)
    warned = [str(one["check"]) for one in message.findings or () if one["outcome"] == "failed"]
    message.subject, message.body, message.findings, message.version = "", "", None, message.version + 1
    message.has_offer = False
    message.person_id, message.person_name, message.saved_at = by.person_id, by.name, by.now
    session.flush()
    facts = {"text": audit.text_digest(text), "channel": channel.value, "warned": warned}
    audit.append(session, SENT, facts, by=by, now=by.now, case_id=case_id)
    return entry


def _stored(message: PrivateMessage) -> Typed:
    return Typed(address=message.address, subject=message.subject, body=message.body, has_offer=message.has_offer)


def _locked(session: Session, case_id: int) -> PrivateMessage | None:
    review_id = session.scalar(select(Case.review_id).where(Case.id == case_id))
    if review_id is None:
        raise CaseChanged(say("This case is gone. Go back to the queue."))
    lock_reviews(session, [review_id])
    return message_of(session, case_id)
