"""The answer of a case in words, ready for its templates: how far it is, what can be done next and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.dates import format_time
from sqlalchemy.orm import Session

from crawlers.platforms import PLATFORMS, ReplyBy
from crawlers.posters import hand_over
from db.keepers import Keepers, keepers_of
from db.models import BY_HAND, CaseState, Reply, ReplyState
from db.people import people_at
from db.places import location_of
from db.queries.answers import signature_of
from db.queries.reviews import ReviewDetail
from db.replies import WRITABLE, Wording, reply_of, wordings
from db.reply_findings import held_back, why_held_back
from db.reply_flow import REASON_MOST, must_be_another, why_look_first
from db.roles import Access, Act, Role
from db.vault import vault_of
from db.wording import cut, is_reworded

from .answer_ways import Again, AnswerWay, again_of, answer_way
from .answer_words import ANSWER_STATES, BY_WORD, CHECK_NAMES, NOT_CHECKED, SEVERITIES, what_to_do
from .composing import Reasoned, reasoned
from .direct_words import NOT_PUBLIC
from .filters import Instant, when, zone
from .i18n import current_locale, gettext
from .labels import RISKS, TOPICS, label, risk_name
from .pages import pages
from .platform_limits import platform_of, rules_in_use
from .redrafting import RedraftView, redraft_view
from .shown import one_line
from .told import told
from .word_risks import by_words
from .wordings import WordingView, wording_views

MARKED_MOST = 3  # pieces of the draft that are quoted for one finding
PIECE_MOST = 90  # letters of each
HOLDING_WORDS = 80  # a holding reply says that somebody has seen it and how to reach them, and no more
RANK = {"block": 0, "warn": 1, "hint": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """What one check found, in words."""

    check: str
    name: str
    severity: str  # block, warn, hint or unchecked: a class of the style sheet
    severity_words: str
    message: str
    pieces: tuple[str, ...]  # the words of the draft that are meant
    missing: str  # what is not covered
    is_model: bool  # a sentence model alone found it


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """All that was found in a draft."""

    findings: tuple[FindingView, ...]  # the gravest first
    blocks: int  # that nobody may lift
    lifts: int  # that an approver may
    warns: tuple[str, ...]  # ids, which the author has to have read

    @property
    def seen(self) -> str:
        """What the author has read, as their form says it."""
        return " ".join(self.warns)

    def is_read(self, seen: str, ticked: str) -> bool:
        """Whether a form with these says that all that warns now was read: then its tick stays."""
        return bool(self.warns) and ticked == "yes" and set(self.warns) <= set(seen.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """What the check just before posting by hand holds an answer back for."""

    why: str
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """Everything that the page shows of an answer."""

    state: str
    state_words: str
    version: int
    body: str
    is_writable: bool
    is_begun: bool
    may_approve: bool  # whoever reads is a second person, and a keeper where there are some
    keepers: str  # names of those who alone may; empty on the normal path
    is_keeper: bool  # whoever reads is one, or there are none
    is_long: bool  # for the short holding reply that is meant there
    may_except: bool  # an owner whose own words these are
    is_own: bool  # whoever reads submitted it
    is_reworded: bool  # the guest has changed the review since it was submitted
    way: AnswerWay  # the worker posts it, or a person does
    again: Again
    can_be_answered: bool
    why_not: str  # where it cannot
    page: str  # where a person answers
    rules: tuple[str, ...]  # of the platform, in words
    rules_doc: str  # where the platform tells them; empty where nobody knows
    rules_checked_on: date | None
    limit: int | None  # what the platform takes, where it is known
    is_limit_in_bytes: bool  # and not in letters
    checked: Checked
    approved: tuple[Mapping[str, Any], ...]  # the findings behind `checked`
    goes_by_hand: bool  # how to put it on the platform is the next thing to show, unless something is in the way
    look_first: str  # what has come in the way since it was approved; empty for nothing
    wordings: tuple[WordingView, ...]  # the last ones, newest first
    wordings_count: int
    authors: str  # names of those whose words it is
    submitted: Instant | None
    lacks_signature: bool  # whoever reads has not said what they sign with: a first draft can only guess
    place_id: int
    lacks_contact: bool  # of the place: a first draft can only point to the page that it stands on
    reasons: tuple[Reasoned, ...]  # of the sentences that a first draft brought
    redraft: RedraftView | None  # where a model of the owner's choice may be asked
    suggested: Checked | None  # what the checks found in what it suggested
    aside: Wording | None  # one's own words that came too late, if those are the last
    sent_back_reason: str
    lift_reason: str
    trouble: str
    goes_at: str  # the clock of the place, while it is held
    goes_in_s: int
    posted: Instant | None
    live: Instant | None
    reason_most: int


def answer_view(
    session: Session, detail: ReviewDetail, case_id: int, *, location_id: int, reader_id: int, access: Access,
    now: datetime,
) -> AnswerView:  # fmt: skip
    """Read and tell it."""
    reply = reply_of(session, case_id) or Reply(
        case_id=case_id, state=ReplyState.DRAFT, body="", version=0, author_ids=[], findings=[], sent_back_reason="",
        lift_reason="", trouble="", by_hand=False, may_be_there=False,
    )  # fmt: skip
    key = platform_of(detail)
    found = tuple(wordings(session, reply.id)) if reply.id else ()
    is_other = not must_be_another(reply, reader_id)
    may_approve = access.may(Act.APPROVE, location_id)
    keepers = keepers_of(session, case_id, now=now, by_words=by_words)
    is_keeper = keepers is None or keepers.has(reader_id)
    cannot = why_not(detail)
    way = answer_way(session, detail.source_id, vault_of(pages().database), access=access)
    rules = rules_in_use(session, key) if key in PLATFORMS else None
    by_hand = hand_over(key, detail.url, detail.source_url, rules=rules)
    last = found[0] if found else None
    is_open = reply.state in WRITABLE and not cannot
    redraft = redraft_view(session, detail, location_id, found) if is_open else None
    is_by_word = reply.state is ReplyState.LIVE and reply.live_at is None
    goes_by_hand = reply.state is ReplyState.FAILED or (reply.state is ReplyState.APPROVED and not way.by_api)
    return AnswerView(
        state=reply.state.value,
        state_words=gettext(BY_WORD if is_by_word else ANSWER_STATES[reply.state.value]),
        version=reply.version,
        body=reply.body,
        is_writable=reply.state in WRITABLE,
        is_begun=bool(reply.id and (reply.body or reply.state is not ReplyState.DRAFT)),
        may_approve=may_approve and is_other and is_keeper,
        keepers=", ".join(one.name for one in keepers.people) if keepers else "",
        is_keeper=is_keeper,
        is_long=keepers is not None and len(reply.body.split()) > HOLDING_WORDS,
        may_except=not is_other
        and access.role_at(location_id) is Role.OWNER
        and not others_may_approve(session, reply, location_id, keepers),
        is_own=reply.submitted_by_id == reader_id,
        is_reworded=reply.state is ReplyState.SUBMITTED and is_reworded(detail.content_hash, reply.content_hash),
        way=way,
        again=again_of(session, reply, way),
        can_be_answered=not cannot,
        why_not=cannot,
        page=by_hand.answer_url,
        rules=tuple(map(told, by_hand.rules)),
        rules_doc=rules.doc_url if rules else "",
        rules_checked_on=rules.checked_on if rules else None,
        limit=(rules.most_chars or rules.most_bytes) if rules else None,
        is_limit_in_bytes=bool(rules and not rules.most_chars and rules.most_bytes),
        checked=checked_view(reply.findings, reply.body),
        approved=tuple(reply.findings),
        goes_by_hand=goes_by_hand,
        look_first=told(why_look_first(session, case_id)) if goes_by_hand else "",
        wordings=wording_views(found, now=now, timezone=detail.timezone),
        wordings_count=len(found),
        authors=", ".join(_authors(reply, found)),
        submitted=_instant(reply.submitted_at, detail.timezone, now=now),
        lacks_signature=is_open and not signature_of(session, reader_id),
        place_id=location_id,
        lacks_contact=is_open and not location_of(session, location_id).contact,
        reasons=reasoned(found, reply.body),
        redraft=redraft,
        suggested=checked_view(redraft.suggestion.findings, redraft.suggestion.body)
        if redraft and redraft.suggestion
        else None,
        aside=last if last and last.kind == "aside" and last.person_id == reader_id else None,
        sent_back_reason=reply.sent_back_reason,
        lift_reason=reply.lift_reason,
        trouble=told(reply.trouble),
        goes_at=_clock(reply.post_at, detail.timezone) if reply.state is ReplyState.HELD else "",
        goes_in_s=max(0, int((reply.post_at - now).total_seconds())) if reply.post_at else 0,
        posted=_instant(reply.posted_at, detail.timezone, now=now),
        live=_instant(reply.live_at, detail.timezone, now=now),
        reason_most=REASON_MOST,
    )


def _authors(reply: Reply, found: Sequence[Wording]) -> list[str]:
    """Their names, the first of them first."""
    names = (one.person_name for one in reversed(found) if one.person_id in reply.author_ids)
    return [one for one in dict.fromkeys(names) if one]


def checked_view(findings: Sequence[Mapping[str, Any]], body: str) -> Checked:
    """Stored findings, or fresh ones in the same form, in words."""
    views = []
    for one in findings:
        is_unchecked = one["outcome"] == "not_checked"
        severity = "unchecked" if is_unchecked else str(one["severity"])
        spans = [
            cut(one_line(body[start:end]), PIECE_MOST) for start, end in _apart(one.get("spans", ()))[:MARKED_MOST]
        ]
        views.append(
            FindingView(
                check=str(one["check"]),
                name=label(CHECK_NAMES, str(one["check"])),
                severity=severity,
                severity_words=gettext(NOT_CHECKED) if is_unchecked else label(SEVERITIES, severity),
                message=what_to_do(one),
                pieces=tuple(dict.fromkeys(piece for piece in spans if piece)),
                missing=", ".join(_missing(name) for name in one.get("missing", ())),
                is_model=one.get("origin") == "model",
            )
        )
    views.sort(key=lambda view: (RANK.get(view.severity, 3), view.check))
    failed = [one for one in findings if one["outcome"] == "failed"]
    blocks = [one for one in failed if one["severity"] == "block"]
    return Checked(
        findings=tuple(views),
        blocks=sum(one["override"] == "never" for one in blocks),
        lifts=sum(one["override"] != "never" for one in blocks),
        warns=tuple(str(one["check"]) for one in failed if one["severity"] == "warn"),
    )


def held_back_view(findings: Sequence[Mapping[str, Any]], answer: AnswerView) -> HeldBack | None:
    """The fresh findings that keep it from being posted, in words; None where none does."""
    why = why_held_back(findings, answer.approved)
    if not why:
        return None
    return HeldBack(why=told(why), findings=checked_view(held_back(findings, answer.approved), answer.body).findings)


def _apart(spans: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Those that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((int(start), int(end)) for start, end in spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def others_may_approve(session: Session, reply: Reply, location_id: int, keepers: Keepers | None) -> bool:
    """Whether anybody may approve it who has not written it: only where not, an owner's own word will do."""
    able = keepers.people if keepers is not None else people_at(session, Act.APPROVE, [location_id])
    return any(not must_be_another(reply, one.id) for one in able)


def why_not(detail: ReviewDetail) -> str:
    """Why this review cannot be answered; empty where it can."""
    platform = PLATFORMS.get(detail.platform)
    if detail.platform == BY_HAND:
        return gettext(NOT_PUBLIC)
    if detail.state is CaseState.NOT_US:
        return gettext("It is about somebody else.")
    if detail.state is CaseState.GONE:
        return gettext("The review is no longer shown at the source.")
    if platform is not None and platform.reply_by is ReplyBy.NONE:
        return gettext("This platform takes no answers. A note keeps what you decided.")
    return ""


def _missing(name: str) -> str:
    return risk_name(name) if name in RISKS else label(TOPICS, name)


def _clock(moment: datetime | None, timezone: str) -> str:
    return format_time(moment.astimezone(zone(timezone)), "medium", locale=current_locale()) if moment else ""


def _instant(moment: datetime | None, timezone: str, *, now: datetime) -> Instant | None:
    return when(moment, now=now, timezone=timezone, precision="instant") if moment else None
