"""How an answer goes from one hand to the next: written, submitted, approved or sent back, held, posted, seen.

Whoever wrote or submitted an answer never approves it. The exceptions are two: an approved saved reply that nobody
changed, to a review that is neither angry nor risky, needs no second person; and an owner may approve their own words
with a reason where nobody else may. Where a review leaves the normal path its keepers approve, and nobody else
(`db.keepers`). Every step is told to the timeline and to the audit log.

Acts flush and never commit; who may do what at which place is for the caller to check, `must_be_another` and
`db.second_person` to ask.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from . import audit
from .acting import Actor, record
from .cases import settle
from .clocks import set_clocks
from .errors import BadValue, CaseChanged
from .keepers import WordRules, keepers_of
from .models import Case, CaseState, Reply, ReplyState, Review, SavedReply, VersionKind
from .phrases import say
from .reminders import remind_at
from .replies import REPLY_MOST, WRITABLE, as_kept, locked_reply, put_words, reply_of, touched
from .reply_findings import UNREAD, blocked_for_good, failed_ids, held_back, is_unread, lift_needed, why_held_back
from .reply_returns import RETURNS, bring_back
from .wording import is_reworded, likened, reply_hash

HOLD: Final = timedelta(seconds=30)  # product decision of the issue: so long posting can be stopped
REASON_MOST: Final = 2000
REFUSED_WORDS: Final = say("The platform has refused these very words. Change them, and submit them again.")

# As long as its words are those that were approved.
COVERED: Final = (
    ReplyState.APPROVED,
    ReplyState.HELD,
    ReplyState.POSTING,
    ReplyState.UNSURE,
    ReplyState.POSTED,
    ReplyState.LIVE,
)
# Whether the platform may have it all the same, as these steps tell; the others tell nothing of it.
MAY_BE_THERE: Final[Mapping[str, bool]] = {
    "reply_unsure": True,
    "reply_unseen": True,  # a person has put it there, and readings do not show it
    "reply_put_off": False,
    "reply_posted": False,
    "reply_live": False,
    "reply_rejected": False,
}
# From where to where people and the worker lead an answer.
STEPS: Final[Mapping[ReplyState, frozenset[ReplyState]]] = {
    ReplyState.DRAFT: frozenset({ReplyState.SUBMITTED, ReplyState.APPROVED}),
    ReplyState.SUBMITTED: frozenset({ReplyState.DRAFT, ReplyState.APPROVED}),
    ReplyState.APPROVED: frozenset({ReplyState.DRAFT, ReplyState.HELD, ReplyState.POSTED}),
    ReplyState.HELD: frozenset({ReplyState.APPROVED, ReplyState.POSTING, ReplyState.POSTED, ReplyState.FAILED}),
    ReplyState.POSTING: frozenset({ReplyState.HELD, ReplyState.UNSURE, ReplyState.POSTED, ReplyState.FAILED}),
    ReplyState.UNSURE: frozenset({ReplyState.HELD, ReplyState.POSTED, ReplyState.FAILED}),
    ReplyState.POSTED: frozenset({ReplyState.LIVE, ReplyState.REJECTED, ReplyState.APPROVED, ReplyState.FAILED}),
    ReplyState.LIVE: frozenset({ReplyState.DRAFT, ReplyState.REJECTED, ReplyState.FAILED}),
    ReplyState.REJECTED: frozenset({ReplyState.DRAFT, ReplyState.LIVE, ReplyState.SUBMITTED, ReplyState.APPROVED}),
    ReplyState.FAILED: frozenset(
        {
            ReplyState.DRAFT,
            ReplyState.SUBMITTED,
            ReplyState.APPROVED,
            ReplyState.HELD,
            ReplyState.POSTED,
            ReplyState.LIVE,
            ReplyState.REJECTED,
        }
    ),
}


def submit(
    session: Session,
    case_id: int,
    *,
    seen: int,
    findings: Sequence[Mapping[str, Any]],
    by: Actor,
    lift_reason: str = "",
    is_free: bool = False,
    shown: str = "",
) -> ReplyState:
    """Ask somebody to approve it. `findings` are those of the check made of these very words, `shown` is the digest of
    the review's wording that whoever submits it has read; empty: nobody knows.

    With `is_free` the caller has found that no second person is needed (`db.second_person`): it is approved at once.

    Raises:
        CaseChanged: it or the review has changed since it was shown, or it waits for approval already.
        BadValue: it is empty, it holds what nobody may post, lifting a block is asked for without a reason, or there
            is nothing to answer any more.
    """
    case, review, reply = _seen(session, case_id, seen)
    _must_be(reply, *WRITABLE)
    _must_be_read(review, shown)
    if case.state not in (CaseState.OPEN, CaseState.ANSWERED):
        raise BadValue(say("There is nothing to answer here any more: look at where the case stands."))
    if not reply.body.strip():
        raise BadValue(say("There is no answer yet. Write one first."))
    if _was_refused(review, reply, reply.body):
        raise BadValue(REFUSED_WORDS)
    if blocked_for_good(findings):
        raise BadValue(say("This answer cannot be submitted: mend what is marked as blocked first."))
    lift_reason = _short(lift_reason)
    if lift_needed(findings) and not lift_reason:
        raise BadValue(say("Say why this may be posted all the same: an approver reads it and decides."))
    reply.findings, reply.lift_reason = [dict(one) for one in findings], lift_reason
    reply.submitted_at, reply.submitted_by_id = by.now, by.person_id
    reply.content_hash, reply.sent_back_reason = review.content_hash, ""
    to = ReplyState.APPROVED if is_free and not lift_needed(findings) else ReplyState.SUBMITTED
    if to is ReplyState.APPROVED:
        reply.approved_at, reply.approved_by_id = by.now, None
        _count_use(session, reply, by=by)
    else:
        reply.remind_at = remind_at(session, case, now=by.now)
    facts = {"findings": failed_ids(findings), "free": to is ReplyState.APPROVED, "lift": reply.lift_reason}
    facts |= _saved_facts(session, reply)
    _step(session, case, reply, to, "reply_submitted", facts, by=by)
    return to


def approve(
    session: Session,
    case_id: int,
    *,
    seen: int,
    by: Actor,
    body: str | None = None,
    findings: Sequence[Mapping[str, Any]] | None = None,
    read: Collection[str] = (),
    reason: str = "",
    is_exception: bool = False,
    shown: str = "",
    by_words: WordRules | None = None,
) -> None:
    """The second person agrees, as it stands or with words of their own and the findings of these.

    `read` are the checks whose warnings of words of their own they say that they have read. `is_exception`: an owner
    approves their own words, with a reason. `shown` as for `submit`, `by_words` as for `keepers_of`.

    Raises:
        CaseChanged: it or the review has changed since it was shown, or nobody asks any more.
        BadValue: they wrote it, or are no keeper of a matter that has some; a block would be lifted, or an exception
            made, without a reason; the words still hold what nobody may post; a warning of their own words was not
            read; or a block is in these alone, which a second person would have to lift.
    """
    case, review, reply = _seen(session, case_id, seen)
    _must_be(reply, ReplyState.SUBMITTED)
    _must_be_read(review, shown)
    reason = _short(reason)
    keepers = keepers_of(session, case.id, now=by.now, by_words=by_words)
    if keepers is not None and not keepers.has(by.person_id):
        names = ", ".join(one.name for one in keepers.people)
        raise BadValue(say("This review has left the normal path: only %(names)s may approve an answer.", names=names))
    if must_be_another(reply, by.person_id):
        if not is_exception:
            raise BadValue(say("You wrote or submitted this answer: somebody else has to approve it."))
        if not reason:
            raise BadValue(say("Say why you approve your own answer: it stands in the log."))
    own_blocks: Sequence[Mapping[str, Any]] = ()
    if body is not None and body.strip() != reply.body.strip():
        if findings is None:
            raise ValueError("words that changed need a check of their own")
        own_blocks = held_back(findings, reply.findings)
        body = as_kept(body)
        if not body.strip():
            raise BadValue(say("There is no answer yet. Write one first."))
        if len(body) > REPLY_MOST:
            raise BadValue(say("That is too long: %(most)s letters at most.", most=REPLY_MOST))
        if _was_refused(review, reply, body):
            raise BadValue(REFUSED_WORDS)
        put_words(session, reply, body, kind=VersionKind.APPROVED, by=by)
        reply.saved_reply_id = None
    if findings is not None:
        reply.findings = [dict(one) for one in findings]
    if blocked_for_good(reply.findings):
        raise BadValue(say("This answer cannot be approved: it holds what may not be posted. Send it back or mend it."))
    if own_blocks and not is_exception:
        what = ", ".join(failed_ids(own_blocks))
        raise BadValue(say("Your own words bring in what a check blocks: %(checks)s. Mend them, or send it back.",
                           checks=what))  # fmt: skip
    if lift_needed(reply.findings) and not reason:
        raise BadValue(say("A check blocks this answer. Say why you lift it, or send it back."))
    if findings is not None and is_unread(findings, read):
        raise BadValue(UNREAD)
    reply.approved_at, reply.approved_by_id = by.now, by.person_id
    reply.content_hash = review.content_hash or reply.content_hash  # its text may be kept no longer since
    _count_use(session, reply, by=by)
    facts = {"findings": failed_ids(reply.findings), "reason": reason, "exception": is_exception}
    if keepers is not None:
        facts["keeper"] = True
    _step(session, case, reply, ReplyState.APPROVED, "reply_approved", facts, by=by)


def send_back(session: Session, case_id: int, reason: str, *, seen: int, by: Actor) -> None:
    """To whoever wrote it, with what to mend. From submitted or approved; whoever submitted it may take it back too.

    Raises:
        CaseChanged: it has changed since it was shown, or is out of reach.
        BadValue: there is no reason.
    """
    case, _, reply = _seen(session, case_id, seen)
    _must_be(reply, ReplyState.SUBMITTED, ReplyState.APPROVED)
    reason = _short(reason)
    is_own = reply.submitted_by_id == by.person_id
    if not reason and not is_own:
        raise BadValue(say("Say what to mend: a sentence is enough."))
    reply.sent_back_reason, reply.approved_at, reply.approved_by_id = reason, None, None
    kind = "reply_taken_back" if is_own else "reply_sent_back"
    _step(session, case, reply, ReplyState.DRAFT, kind, {"reason": reason}, by=by)


def hold(
    session: Session,
    case_id: int,
    *,
    seen: int,
    by: Actor,
    after: timedelta = HOLD,
    is_replaced: bool = False,
    shows_at_once: bool = True,
    has_looked: bool = False,
) -> None:
    """Have it posted by the worker, `after` a while in which it can be stopped.

    `is_replaced`: the platform has it take the place of an answer of ours that stands there.

    One that failed may go again as it was approved: whatever changes its words makes it a draft, which has to be
    approved anew. The worker looks at the platform first, so what has arrived after all is not sent twice. Where that
    does not show it at once, a person looks, and says with `has_looked` that it is not there.

    Raises:
        CaseChanged: it has changed since it was shown, or is not approved.
        BadValue: the approval does not cover it any more, there is nothing to answer, or a person has to look first.
    """
    case, review, reply = _seen(session, case_id, seen)
    _must_be(reply, ReplyState.APPROVED, ReplyState.FAILED)
    if why := _why_not_held(case, review, reply, is_replaced=is_replaced):
        raise BadValue(why)
    if must_look(reply, shows_at_once=shows_at_once) and not has_looked:
        raise BadValue(say("Look at the platform first, and say that the answer is not there."))
    looked = {"looked": True} if has_looked and reply.may_be_there else {}
    reply.may_be_there = reply.may_be_there and not has_looked
    reply.post_at, reply.post_by_id = by.now + after, by.person_id
    reply.attempts, reply.trouble, reply.by_hand = 0, "", False
    reply.claim = reply.claimed_until = None  # of a worker that was stopped, or lost
    is_again = reply.state is ReplyState.FAILED
    _step(session, case, reply, ReplyState.HELD, "reply_held", ({"again": True} if is_again else {}) | looked, by=by)


def must_look(reply: Reply, *, shows_at_once: bool) -> bool:
    """Whether it may be on the platform, where nobody but a person can see that before it is sent once more.

    So until it is known to be there or somebody says that it is not, also if it is changed and approved meanwhile.
    """
    return reply.may_be_there and not shows_at_once


def why_not_again(session: Session, case_id: int, *, is_replaced: bool = False) -> str:
    """Why an answer that failed or was refused cannot go out once more as it stands; empty where it can.

    `is_replaced` as for `hold`.
    """
    reply, case = reply_of(session, case_id), session.get(Case, case_id)
    review = session.get(Review, case.review_id) if case is not None else None
    if reply is None or case is None or review is None:
        return say("There is no answer yet. Write one first.")
    return _why_not_held(case, review, reply, is_replaced=is_replaced)


def stop(session: Session, case_id: int, *, by: Actor) -> None:
    """Not now: from held back to approved.

    Raises:
        CaseChanged: it is on its way already.
    """
    case, _, reply = locked_reply(session, case_id)
    is_claimed = reply.claim is not None and reply.claimed_until is not None and reply.claimed_until >= by.now
    if reply.state is not ReplyState.HELD or is_claimed:
        raise CaseChanged(say("Too late to stop it: it is on its way, or out."))
    reply.post_at = reply.post_by_id = reply.claim = reply.claimed_until = None
    _step(session, case, reply, ReplyState.APPROVED, "reply_stopped", {}, by=by)


def posted_by_hand(
    session: Session,
    case_id: int,
    *,
    seen: int,
    findings: Sequence[Mapping[str, Any]],
    by: Actor,
    has_looked: bool = False,
) -> None:
    """A person says that they have put it on the platform. `findings` are those of the check made of it just now; they
    stay with what is published.

    `has_looked`: they were told that the review is not what it was (`why_look_first`), and see the answer there. Where
    the source shows other words, these are then taken for it, however the platform came to them.

    Raises:
        CaseChanged: it has changed since it was shown, or is not approved.
        BadValue: it holds what nobody may post, or what no approver has lifted; or they have to look first.
    """
    case, review, reply = _seen(session, case_id, seen)
    _must_be(reply, ReplyState.APPROVED, ReplyState.FAILED)
    if why := why_held_back(findings, reply.findings):
        raise BadValue(why)
    if not has_looked and (why := _why_look_first(case, review, reply)):
        raise BadValue(why)
    reply.findings = [dict(one) for one in findings]
    is_vouched = has_looked and case.state is CaseState.ANSWERED and not is_answered_by_us(case, review, reply)
    reply.posted_body = (review.reply_body if is_vouched else "") or reply.body
    reply.by_hand, reply.posted_at, reply.trouble = True, by.now, ""
    reply.post_by_id = by.person_id
    _step(session, case, reply, ReplyState.POSTED, "reply_posted", {"by_hand": True}, by=by)


def why_look_first(session: Session, case_id: int) -> str:
    """Why nobody should copy an answer to the platform as things stand; empty where nothing speaks against it.

    What has been put there before can still be told: whoever says so is asked whether they see it.
    """
    reply, case = reply_of(session, case_id), session.get(Case, case_id)
    review = session.get(Review, case.review_id) if case is not None else None
    return _why_look_first(case, review, reply) if case and review and reply else ""


def write_anew(session: Session, case_id: int, *, seen: int, by: Actor) -> None:
    """Begin again from an answer that is out, failed or was refused: a changed one goes the same way once more.

    Its words still stand, so whoever wrote them stays an author of it, and may not approve it.

    Raises:
        CaseChanged: it has changed since it was shown, or is on its way.
    """
    case, _, reply = _seen(session, case_id, seen)
    _must_be(reply, ReplyState.LIVE, ReplyState.REJECTED, ReplyState.FAILED, ReplyState.APPROVED)
    reply.saved_reply_id = None
    reply.submitted_at = reply.submitted_by_id = reply.approved_at = reply.approved_by_id = None
    _step(session, case, reply, ReplyState.DRAFT, "reply_anew", {}, by=by)


def is_answered_by_us(case: Case, review: Review, reply: Reply) -> bool:
    """Whether the answer that stands there is the one of ours that was seen live, or that the case is answered by our
    word alone (`db.reply_told`)."""
    shown = (reply_hash(reply.live_body), "")
    return case.state is CaseState.ANSWERED and bool(reply.live_body) and review.reply_hash in shown


def must_be_another(reply: Reply, person_id: int) -> bool:
    """Whether this person wrote or submitted it, and so may not approve it."""
    return person_id in reply.author_ids or reply.submitted_by_id == person_id


def advance(
    session: Session,
    case: Case,
    reply: Reply,
    to: ReplyState,
    kind: str,
    facts: Mapping[str, Any],
    *,
    by: Actor | None,
    now: datetime,
) -> None:
    """One step, by a person or by Amends: told to the timeline and the audit log, and the queue settled.

    What comes back goes to whoever submitted it.
    """
    if to not in STEPS[reply.state]:
        raise ValueError(f"no step leads from {reply.state} to {to}")
    touched(case, reply, to)
    reply.may_be_there = MAY_BE_THERE.get(kind, reply.may_be_there)
    if to is not ReplyState.SUBMITTED:
        reply.remind_at = None
    session.flush()
    record(session, [case.id], kind, facts, by=by, now=now)
    if kind in RETURNS:
        # The answer that stands there ends the work, unless ours was to take its place, or has gone out.
        is_undecided = kind == "reply_other" or is_answered_by_us(case, case.review, reply)
        bring_back(session, case, reply, by=by, now=now, is_undecided=is_undecided)
    settle(session, [case.review_id])
    set_clocks(session, [case.id], now=now)
    told = {**facts, "state": to.value, "version": reply.number, "text": audit.text_digest(reply.body)}
    audit.append(session, kind, told, by=by, now=now, case_id=case.id)
    session.expire(case)


def _step(
    session: Session, case: Case, reply: Reply, to: ReplyState, kind: str, facts: Mapping[str, Any], *, by: Actor
) -> None:
    advance(session, case, reply, to, kind, facts, by=by, now=by.now)


def _seen(session: Session, case_id: int, seen: int) -> tuple[Case, Review, Reply]:
    case, review, reply = locked_reply(session, case_id)
    if reply.version != seen:
        raise CaseChanged(say("This answer has changed since you opened it. Look at it again."))
    return case, review, reply


def _must_be(reply: Reply, *states: ReplyState) -> None:
    if reply.state not in states:
        raise CaseChanged(say("This answer has moved on since you opened it. Look at it again."))


def _must_be_read(review: Review, shown: str) -> None:
    """An empty digest, of words that nobody knows or that are no longer kept, tells nothing of an edit."""
    if is_reworded(review.content_hash, shown):
        raise CaseChanged(
            say("The guest has changed the review since you opened this page. Read it as it stands now, and decide.")
        )


def _why_not_held(case: Case, review: Review, reply: Reply, *, is_replaced: bool) -> str:
    if _was_refused(review, reply, reply.body):
        return REFUSED_WORDS
    if is_reworded(review.content_hash, reply.content_hash):
        return say("The guest has changed the review since this was approved. Read it, and submit it again.")
    if case.state is not CaseState.OPEN and not (is_replaced and is_answered_by_us(case, review, reply)):
        return say("There is nothing to answer here any more: look at where the case stands.")
    return ""


def _why_look_first(case: Case, review: Review, reply: Reply) -> str:
    """As for the worker, but that by hand our own answer of before may be replaced on any platform."""
    return _why_not_held(case, review, reply, is_replaced=True)


def _was_refused(review: Review, reply: Reply, body: str) -> bool:
    """Whether the platform has seen these very words, and will not show them."""
    if review.reply_state != "rejected":
        return False
    return likened(body) in {likened(review.reply_body), likened(reply.posted_body)}


def _count_use(session: Session, reply: Reply, *, by: Actor) -> None:
    saved = session.get(SavedReply, reply.saved_reply_id) if reply.saved_reply_id else None
    if saved is not None:
        saved.used, saved.used_at = saved.used + 1, by.now


def _saved_facts(session: Session, reply: Reply) -> dict[str, int | None]:
    """Which saved reply stands in the answer, and by whose word it may."""
    saved = session.get(SavedReply, reply.saved_reply_id) if reply.saved_reply_id else None
    if saved is None:
        return {}
    return {"saved": saved.id, "saved_version": saved.version, "saved_approved_by": saved.approved_by_id}


def _short(reason: str) -> str:
    reason = reason.replace("\x00", "").strip()
    if len(reason) > REASON_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=REASON_MOST))
    return reason
