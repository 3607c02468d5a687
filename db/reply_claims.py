"""Posting answers, as the worker sees it: one claim per step, each committed, so that a kill at any moment loses none
and posts none twice.

    held ──claim──▶ held, claimed ──look at the review again──▶ posting (committed) ──send──▶ posted
                                                                     │ no sure outcome, or the worker died
                                                                     ▼
                                                                  unsure ──ask the platform──▶ posted, or held again

A claim lapses by itself. One that lapses while held leaves the answer held. One that lapses while posting leaves it
unsure, for the request may have been sent: it is never sent again before the platform was asked and does not show it.
Functions commit, but for those that say otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from .cases import lock_reviews, move_cases
from .models import Case, CaseState, CrawlRun, CrawlState, Reply, ReplyState, Review
from .phrases import say
from .reply_flow import advance
from .session import keep_on_disk
from .wording import likened

LEASE: Final = timedelta(minutes=3)  # longer than any platform is waited for
ATTEMPTS_MOST: Final = 8  # of one answer, before a person is asked
# After the n-th try that did not get through, and before the platform is asked again what it shows.
BACK_OFF: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120))
ASK_AFTER: Final = timedelta(seconds=20)  # after an unsure outcome: what is on its way has come by then
UNSEEN_RUNS: Final = 2  # complete readings that do not show an answer that a person said they posted
# How alike what is shown has to be to what was sent. Of 24,000 pairs of different answers in one language, from the
# drafts in scoring/data/rubric, none came above 0.57; the same answer cut short or under a heading stays above 0.8.
LEAST_OURS: Final = 0.6
# Of a text much shorter than ours, which is ours cut short or somebody else's: how alike what it has must be, and how
# many letters it must have, with and without dots at its end.
LEAST_CUT: Final = 0.9
CUT_LETTERS: Final = 20
SHORT_LETTERS: Final = 80
COMPARED_LETTERS: Final = 2000
UNSEEN: Final = say(
    "Two readings since have not seen this answer. Look whether it is there, and post it again if it is not."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostClaim:
    """The right to take the next step with one answer, until the lease ends. `token` proves it."""

    reply_id: int
    case_id: int
    review_id: int
    source_id: int
    token: str
    is_unsure: bool  # ask the platform first
    attempts: int
    body: str
    content_hash: str  # of the review's wording that it was approved for


def claim_post(session: Session, *, now: datetime) -> PostClaim | None:
    """Take the next answer that is due, or whose worker was lost; None where there is none."""
    due = select(Reply.id).where(_is_due(now)).order_by(Reply.post_at, Reply.id).limit(20)
    for reply_id in session.scalars(due).all():
        # The review first, as all who change a case: its lock also keeps a second worker from the same answer.
        found = _of(session, reply_id)
        if found is None or session.scalar(select(Reply.id).where(Reply.id == reply_id, _is_due(now))) is None:
            session.rollback()
            continue
        case, review, reply = found
        token = reply.claim = str(uuid4())
        reply.claimed_until = now + LEASE
        if reply.state is ReplyState.POSTING:  # its worker was lost between sending and knowing
            advance(session, case, reply, ReplyState.UNSURE, "reply_unsure", {"lost": True}, by=None, now=now)
        claim = PostClaim(
            reply_id=reply.id,
            case_id=case.id,
            review_id=review.id,
            source_id=review.source_id,
            token=token,
            is_unsure=reply.state is ReplyState.UNSURE,
            attempts=reply.attempts,
            body=reply.body,
            content_hash=reply.content_hash,
        )
        session.commit()
        return claim
    session.rollback()
    return None


def is_post_due(session: Session, *, now: datetime) -> bool:
    """Whether a claim would find anything: asked often, so by reading alone."""
    return session.scalar(select(exists().where(_is_due(now)))) is True


def begin_sending(
    session: Session, claim: PostClaim, *, now: datetime, findings: Sequence[Mapping[str, Any]] | None = None
) -> bool:
    """Committed before the call: from here on it may be on the platform. False: the claim was lost, send nothing.

    `findings` are those of the check made of these words just now; they stay with what is published.
    """
    found = _held(session, claim.reply_id, claim.token)
    if found is None or found[2].state is not ReplyState.HELD:
        session.rollback()
        return False
    case, _, reply = found
    reply.attempts += 1
    reply.claimed_until = now + LEASE
    reply.posted_body = reply.body
    if findings is not None:
        reply.findings = [dict(one) for one in findings]
    advance(session, case, reply, ReplyState.POSTING, "reply_posting", {"attempt": reply.attempts}, by=None, now=now)
    session.commit()
    keep_on_disk(session)
    return True


def arrived(session: Session, claim: PostClaim, *, now: datetime, receipt: str = "") -> bool:
    """The platform has it: it said so, or it shows it."""

    def values(reply: Reply) -> None:
        reply.posted_at, reply.receipt, reply.trouble = now, receipt[:400], ""
        reply.posted_body = reply.body  # also where it was found there before anything was sent

    return _leave(session, claim, ReplyState.POSTED, "reply_posted", {"by_hand": False}, values, now=now)


def not_arrived(session: Session, claim: PostClaim, why: str, *, now: datetime, after: timedelta | None = None) -> bool:
    """Surely not there: it is tried again later, or after too many tries a person is asked.

    Also where the platform could not even be looked at before sending: what is held stays held, and that counts as a
    try. `after`: the platform said when.
    """

    def values(reply: Reply) -> None:
        if reply.state is ReplyState.HELD:
            reply.attempts += 1
        reply.trouble, reply.post_at = why, now + max(after or timedelta(), _back_off(reply))

    if _attempts(session, claim) >= ATTEMPTS_MOST:
        return give_up(session, claim, why, now=now)
    return _leave(session, claim, ReplyState.HELD, "reply_put_off", {"why": why}, values, now=now)


def put_back(session: Session, claim: PostClaim, *, now: datetime, after: timedelta) -> bool:
    """Not its turn yet, as with a host that somebody else asks just now: the same step later, and no try counts."""
    found = _held(session, claim.reply_id, claim.token)
    if found is None:
        session.rollback()
        return False
    reply = found[2]
    reply.post_at, reply.claim, reply.claimed_until = now + after, None, None
    session.commit()
    return True


def maybe_arrived(
    session: Session, claim: PostClaim, why: str, *, now: datetime, after: timedelta | None = None
) -> bool:
    """Nobody knows: the platform will be asked, and nothing is sent before."""

    def values(reply: Reply) -> None:
        reply.trouble, reply.post_at = why, now + max(after or timedelta(), ASK_AFTER)

    return _leave(session, claim, ReplyState.UNSURE, "reply_unsure", {"lost": False}, values, now=now)


def ask_again(session: Session, claim: PostClaim, *, now: datetime, after: timedelta | None = None) -> bool:
    """The platform could not be asked, or what it shows proves nothing yet: later, with the same question."""
    found = _held(session, claim.reply_id, claim.token)
    if found is None:
        session.rollback()
        return False
    _, _, reply = found
    reply.attempts += 1
    if reply.attempts > 2 * ATTEMPTS_MOST:
        why = say("Nobody knows whether the platform has this answer. Look there, and say what you see.")
        session.rollback()
        return give_up(session, claim, why, now=now)
    reply.post_at = now + max(after or timedelta(), _back_off(reply))
    reply.claim = reply.claimed_until = None
    session.commit()
    return True


def give_up(session: Session, claim: PostClaim, why: str, *, now: datetime) -> bool:
    """A person has to decide: the platform refuses it for good, or the review is not what it was."""

    def values(reply: Reply) -> None:
        reply.trouble, reply.post_at = why, None

    return _leave(session, claim, ReplyState.FAILED, "reply_failed", {"why": why}, values, now=now)


def confirm_replies(session: Session, *, now: datetime, limit: int = 200) -> int:
    """Compare answers that are out with what readings have seen; how many moved on. Flushes, for the caller to commit.
    `limit` are looked at in one go.

    Seen: live, with the words as published. Refused by moderation, also once it was live: rejected, with the reason.
    Other words than ours in its place: failed, for a person to decide. Said to be posted by a person, and not shown by
    two complete readings since, or live once and gone for two: back to its author.
    """
    moved, last = 0, 0
    waiting = (
        select(Reply.id, Review.id)
        .join(Case, Case.id == Reply.case_id)
        .join(Review, Review.id == Case.review_id)
        .where(
            or_(
                and_(Reply.state == ReplyState.POSTED, Review.last_seen_at > Reply.posted_at),
                and_(Reply.state == ReplyState.LIVE, or_(Review.reply_event_at > Reply.live_at, _is_lost())),
                and_(Reply.state == ReplyState.REJECTED, Review.reply_hash != "", Review.reply_state != "rejected"),
                and_(Reply.state == ReplyState.FAILED, Reply.posted_body != "", Review.reply_hash != ""),
            )
        )
        .order_by(Review.id)
        .limit(limit)
    )
    while rows := session.execute(waiting.where(Review.id > last)).all():
        lock_reviews(session, [review_id for _, review_id in rows])
        for reply_id, _ in rows:
            found = _of(session, reply_id)
            if found is not None:
                moved += _confirm(session, *found, now=now)
        last = rows[-1][1]
    return moved


def _is_lost() -> ColumnElement[bool]:
    """Of a live answer: the source refuses it now, which is no event where the words are the same, or `_is_gone`."""
    is_gone = and_(Review.reply_hash == "", Review.last_seen_at > func.coalesce(Review.reply_event_at, Reply.live_at))
    return or_(Review.reply_state == "rejected", and_(Case.state == CaseState.OPEN, is_gone))


def _is_gone(review: Review, reply: Reply) -> bool:
    """Whether the source shows none any more. One reading may err, so it takes a second one that shows the review."""
    since = review.reply_event_at or reply.live_at
    return not review.reply_hash and since is not None and review.last_seen_at > since


def _confirm(session: Session, case: Case, review: Review, reply: Reply, *, now: datetime) -> bool:
    if reply.state is ReplyState.FAILED and not (likened(review.reply_body) and _is_ours(review, reply)):
        return False  # somebody else's; one of ours that nobody could ask for in time has arrived after all
    if review.reply_state == "rejected":
        if reply.state is ReplyState.REJECTED:
            return False
        reply.trouble = review.reply_note
        advance(
            session, case, reply, ReplyState.REJECTED, "reply_rejected", {"note": review.reply_note}, by=None, now=now
        )
        return True
    shows = bool(review.reply_hash) and review.reply_state != "pending"
    if shows and reply.state is ReplyState.LIVE:
        reply.live_body = review.reply_body
        return False
    if shows and _is_ours(review, reply):
        reply.live_at, reply.live_body, reply.trouble = now, review.reply_body, ""
        if case.state is CaseState.OPEN and reply.content_hash == review.content_hash:
            # The same words as before are no news to a reading, though they were posted anew after an edit.
            move_cases(session, [review.id], CaseState.ANSWERED, now=now)
        advance(session, case, reply, ReplyState.LIVE, "reply_live", {}, by=None, now=now)
        return True
    if reply.state is ReplyState.LIVE and case.state is CaseState.OPEN and _is_gone(review, reply):
        reply.trouble = UNSEEN
        advance(session, case, reply, ReplyState.FAILED, "reply_unseen", {}, by=None, now=now)
        return True
    if reply.state is not ReplyState.POSTED:
        return False
    if shows and likened(review.reply_body) != likened(reply.live_body):  # what it replaces may be shown for a while
        reply.trouble = say("The source shows another answer than this one. Look there, and decide which shall stand.")
        advance(session, case, reply, ReplyState.FAILED, "reply_other", {}, by=None, now=now)
        return True
    if reply.by_hand and _complete_runs(session, review, reply) >= UNSEEN_RUNS:
        reply.trouble = UNSEEN
        # Where the one stands that it was to replace, nothing else would bring the case back.
        to = ReplyState.FAILED if shows else ReplyState.APPROVED
        advance(session, case, reply, to, "reply_unseen", {}, by=None, now=now)
        return True
    return False


def _is_ours(review: Review, reply: Reply) -> bool:
    """Whether the words shown are those of this answer, as platforms show them: set anew, masked or cut short.

    Words that may not be kept cannot be compared: then nothing speaks against it.
    """
    from rapidfuzz.fuzz import ratio

    shown = likened(review.reply_body)
    sent = [likened(body) for body in (reply.posted_body, reply.body) if body]
    if not shown or shown in sent:
        return True
    if shown == likened(reply.live_body):  # the one that this replaces, however alike
        return False
    for body in sent:
        most = min(len(shown), len(body), COMPARED_LETTERS)
        alike = ratio(shown[:most], body[:most]) / 100
        if len(shown) >= LEAST_OURS * len(body):
            if alike >= LEAST_OURS:
                return True
        elif alike >= LEAST_CUT and len(shown) >= (CUT_LETTERS if shown.endswith(("…", "...")) else SHORT_LETTERS):
            return True  # ours cut short; many answers begin with thanks
    return False


def _complete_runs(session: Session, review: Review, reply: Reply) -> int:
    """Readings of its source since, that went through."""
    runs = select(CrawlRun.id).where(
        CrawlRun.source_id == review.source_id,
        CrawlRun.started_at > reply.posted_at,
        CrawlRun.state == CrawlState.FINISHED,
    )
    return len(session.scalars(runs.limit(UNSEEN_RUNS)).all())


def _leave(
    session: Session,
    claim: PostClaim,
    to: ReplyState,
    kind: str,
    facts: Mapping[str, Any],
    values: Callable[[Reply], None],
    *,
    now: datetime,
) -> bool:
    """Take the step and give the claim back. False: the claim was lost, somebody else has the answer."""
    found = _held(session, claim.reply_id, claim.token)
    if found is None:
        session.rollback()
        return False
    case, _, reply = found
    values(reply)
    reply.claim = reply.claimed_until = None
    if reply.state is not to:
        advance(session, case, reply, to, kind, facts, by=None, now=now)
    session.commit()
    return True


def _is_due(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(Reply.state.in_((ReplyState.HELD, ReplyState.UNSURE)), Reply.post_at <= now, _is_free(now)),
        and_(Reply.state == ReplyState.POSTING, Reply.claimed_until < now),
    )


def _back_off(reply: Reply) -> timedelta:
    return BACK_OFF[min(max(reply.attempts, 1), len(BACK_OFF)) - 1]


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(Reply.claim.is_(None), Reply.claimed_until < now)


def _held(session: Session, reply_id: int, token: str) -> tuple[Case, Review, Reply] | None:
    """With its review locked; None where the claim is another's."""
    found = _of(session, reply_id)
    return found if found is not None and found[2].claim == token else None


def _of(session: Session, reply_id: int) -> tuple[Case, Review, Reply] | None:
    review_id = session.scalar(select(Case.review_id).join(Reply, Reply.case_id == Case.id).where(Reply.id == reply_id))
    if review_id is None:
        return None
    lock_reviews(session, [review_id])
    row = session.execute(
        select(Case, Review, Reply)
        .join(Review, Review.id == Case.review_id)
        .join(Reply, Reply.case_id == Case.id)
        .where(Reply.id == reply_id)
        .execution_options(populate_existing=True)
    ).first()
    return (row[0], row[1], row[2]) if row else None


def _attempts(session: Session, claim: PostClaim) -> int:
    """How often it was sent."""
    return session.scalar(select(Reply.attempts).where(Reply.id == claim.reply_id)) or 0
