"""What a case page shows of the customer: the complaint itself, what came with it, contacts, promises, the message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date
from sqlalchemy.orm import Session

from db import messages
from db.attachments import MOST, AttachmentRow, attachments_of
from db.complaint_links import Likely, LinkRow, likely, links_of
from db.complaints import ComplaintRow, complaint_of
from db.contacts import SAID_MOST, WHAT_MOST, ContactRow, PromiseRow, contacts_of, promises_of
from db.models import BY_HAND, AttachmentKind, Channel
from db.queries.case_work import CaseWork
from db.queries.reviews import ReviewDetail

from .answer_view import Checked
from .direct_words import CHANNELS, source_words
from .filters import Instant, in_words, when, zone
from .i18n import current_locale, gettext
from .labels import label
from .private_messages import as_sent, is_offering, mail_link, private_checked, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCase:
    """The case of a review that is, or may be, by the same customer."""

    review_id: int
    where: str
    author: str
    published: Instant
    beginning: str
    why: str  # it is thought of; empty for one that is linked


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    complaint_id: int
    other: OtherCase
    is_ended: bool  # this case was ended for the other
    by: str
    linked: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseView:
    row: PromiseRow
    due: str
    is_late: bool
    done: Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """The message that is being written; `text` is all that goes out."""

    address: str
    subject: str
    body: str
    has_offer: bool
    is_offering: bool
    version: int
    saved_by: str
    saved: Instant | None
    is_ready: bool
    text: str
    link: str  # for a mail program; empty where there is none
    checked: Checked


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectView:
    is_by_hand: bool
    complaint: ComplaintRow | None
    channel: str
    pictures: tuple[AttachmentRow, ...]
    mails: tuple[AttachmentRow, ...]
    may_attach: bool  # there is room
    links: tuple[LinkView, ...]
    likely: tuple[OtherCase, ...]
    contacts: tuple[ContactRow, ...]
    promises: tuple[PromiseView, ...]
    message: MessageView
    channels: tuple[tuple[str, str], ...]
    now_local: str  # for the field that asks when: the clock of the place
    today: date
    most: dict[str, int]


def direct_view(session: Session, work: CaseWork, detail: ReviewDetail, *, now: datetime) -> DirectView:
    """Read and tell it."""
    complaint = complaint_of(session, work.review_id)
    attached = attachments_of(session, work.review_id)
    links = links_of(session, work.review_id)
    near = likely(session, work.review_id) if not links and detail.erased_at is None else []
    local = now.astimezone(zone(work.timezone))
    return DirectView(
        is_by_hand=detail.platform == BY_HAND,
        complaint=complaint,
        channel=label(CHANNELS, complaint.channel.value) if complaint else "",
        pictures=tuple(one for one in attached if one.kind is AttachmentKind.PICTURE),
        mails=tuple(one for one in attached if one.kind is AttachmentKind.MAIL),
        may_attach=len(attached) < MOST and detail.erased_at is None,
        links=tuple(_link(one, work.timezone, now=now) for one in links),
        likely=tuple(_likely(one, work.timezone, now=now) for one in near),
        contacts=tuple(contacts_of(session, work.id)),
        promises=tuple(promise_view(one, now=now) for one in promises_of(session, work.id)),
        message=_message(session, work, complaint, now=now),
        channels=tuple((one.value, label(CHANNELS, one.value)) for one in Channel),
        now_local=f"{local:%Y-%m-%dT%H:%M}",
        today=local.date(),
        most={"said": SAID_MOST, "what": WHAT_MOST, "body": messages.BODY_MOST, "subject": messages.SUBJECT_MOST},
    )


def promise_view(row: PromiseRow, *, now: datetime) -> PromiseView:
    """A promise in words."""
    today = now.astimezone(zone(row.timezone)).date()
    day = in_words(row.due_on) if row.due_on.year != today.year else format_date(
        row.due_on, "EEEE d MMMM", locale=current_locale()
    )  # fmt: skip
    return PromiseView(
        row=row,
        due=gettext("today") if row.due_on == today else day,
        is_late=row.done_at is None and row.due_on < today,
        done=when(row.done_at, now=now, timezone=row.timezone) if row.done_at else None,
    )


def _message(session: Session, work: CaseWork, complaint: ComplaintRow | None, *, now: datetime) -> MessageView:
    message = messages.message_of(session, work.id)
    contact = complaint.contact if complaint and "@" in complaint.contact else ""
    if message is None:
        return MessageView(
            address=contact, subject="", body="", has_offer=False, is_offering=False, version=0, saved_by="",
            saved=None, is_ready=False, text="", link="", checked=private_checked((), ""),
        )  # fmt: skip
    is_ready = bool(message.body) and message.ready_version == message.version
    text = as_sent(message) if is_ready else ""
    return MessageView(
        address=message.address or contact,
        subject=message.subject,
        body=message.body,
        has_offer=message.has_offer,
        is_offering=is_offering(message.body, has_offer=message.has_offer, subject=message.subject),
        version=message.version,
        saved_by=message.person_name,
        saved=when(message.saved_at, now=now, timezone=work.timezone) if message.body else None,
        is_ready=is_ready,
        text=text,
        link=mail_link(message.address, message.subject, text) if is_ready else "",
        checked=private_checked(message.findings or (), whole(message.subject, message.body)),
    )


def _link(row: LinkRow, timezone: str, *, now: datetime) -> LinkView:
    other = OtherCase(
        review_id=row.other_id,
        where=source_words(row.other_source),
        author=row.other_author,
        published=when(row.other_published_at, now=now, timezone=timezone),
        beginning="",
        why="",
    )
    linked = when(row.linked_at, now=now, timezone=timezone)
    return LinkView(
        complaint_id=row.complaint_id, other=other, is_ended=row.is_ended, by=row.person_name, linked=linked
    )


def _likely(row: Likely, timezone: str, *, now: datetime) -> OtherCase:
    return OtherCase(
        review_id=row.review_id,
        where=source_words(row.source_name),
        author=row.author_name,
        published=when(row.published_at, now=now, timezone=timezone),
        beginning=row.beginning,
        why=gettext("the same name") if row.is_same_name else gettext("like words"),
    )
