"""Post the answers that are due: claim one, look at the review again, check the words once more, send, record.

Each step is committed before the next begins (`db.reply_claims`), so a worker that is killed at any moment loses no
answer and has none posted twice. After an outcome that nobody knows the platform is asked what it shows; nothing is
sent on a guess. One request at a time goes to a host, whoever reads or posts.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from crawlers.platforms import PLATFORMS
from db.claims import SourceClaim, claim_source, extend_claim, release_source
from db.errors import BadValue
from db.ingest import ingest, wording_now
from db.phrases import say
from db.reply_claims import (
    PostClaim,
    arrived,
    ask_again,
    begin_sending,
    claim_post,
    confirm_replies,
    give_up,
    is_post_due,
    maybe_arrived,
    not_arrived,
    put_back,
)
from db.reply_findings import why_held_back
from db.reply_target import Target, target_of
from db.reply_told import believe_replies
from db.session import read_scope, session_scope
from db.vault import vault_of
from db.wording import is_reworded, likened

from ..answer_ways import is_replaced
from ..faults import told
from ..platform_limits import rules_in_use
from ..wiring import Services

if TYPE_CHECKING:
    from crawlers.posters import Answered, Look, Poster

log = logging.getLogger(__name__)

# The check of the words just before they go out: findings as `db.reply_flow` has them.
Check = Callable[[Services, PostClaim, Target], Sequence[Mapping[str, Any]]]
Make = Callable[[Services, PostClaim, Target], "Poster | None"]

LOOK_EVERY_S: Final = 1.0
HOST_LEASE_S: Final = 150.0  # looking and sending take less; a killed worker holds the host no longer
SOON: Final = timedelta(seconds=5)  # when the host is asked by somebody else
_NOTHING_TO_ANSWER: Final = say("There is nothing to answer here any more: look at where the case stands.")
LATE_S: Final = 45.0  # a process that was stopped this long between claiming and sending does not send any more


def fits_platform(services: Services, claim: PostClaim, target: Target) -> list[dict[str, Any]]:
    """The platform's own limits of length: an answer beyond them would be refused, or cut."""
    with read_scope(services.engine) as session:
        rules = rules_in_use(session, target.platform)
    is_too_long = (rules.most_chars is not None and len(claim.body) > rules.most_chars) or (
        rules.most_bytes is not None and len(claim.body.encode()) > rules.most_bytes
    )
    outcome = "failed" if is_too_long else "passed"
    return [{"check": "B10", "severity": "block", "override": "never", "outcome": outcome}]


def poster_of(services: Services, claim: PostClaim, target: Target) -> Poster | None:
    """The poster of this source; None where it is answered by hand.

    Raises:
        BadValue: a key that answering needs is missing, or the keys cannot be opened.
    """
    from crawlers.posters import Account, entered_names, lacking, poster_for

    vault = vault_of(services.database)
    keys = vault.open(target.sealed_keys)
    if missing := lacking(target.platform, entered_names(keys, target.options)):
        label = say(missing[0].label)
        raise BadValue(say("The %(label)s is missing. Enter it in the settings of this source.", label=label))
    account = Account(
        name=target.platform,
        source_id=claim.source_id,
        place_ref=target.place_ref,
        options=target.options,
        keys=keys,
        settings=services.crawl,
        database=services.engine,
        vault=vault,
        now=services.clock,
        delay_s=target.delay_s,
    )
    return poster_for(account)


def post_due(services: Services, *, check: Check = fits_platform, make: Make = poster_of) -> int:
    """Take the next step with every answer that is due; how many. Several workers may do it at once."""
    count = 0
    while (claim := _claimed(services)) is not None:
        _Posting(services=services, claim=claim, check=check, make=make).run()
        count += 1
    return count


def confirm(services: Services) -> int:
    """Compare the answers that are out with what readings have seen; how many moved on. What no reading will ever show
    is live by the word of whoever posted it."""
    silent = [key for key, one in PLATFORMS.items() if not one.shows_answers]
    with session_scope(services.engine) as session:
        now = services.clock()
        return believe_replies(session, silent, now=now) + confirm_replies(session, now=now)


def post_until(services: Services, stop: threading.Event, *, check: Check = fits_platform) -> None:
    """The worker's part: look for answers that are due, and post them one after the other."""
    while not stop.wait(LOOK_EVERY_S):
        try:
            post_due(services, check=check)
        except Exception as error:  # a thread has nobody above it who would begin anew
            sentence = told(error)
            if sentence is None:
                log.exception("answers could not be posted")
            else:
                log.error("answers could not be posted: %s", sentence)  # noqa: TRY400 - the stack would tell no more


def _claimed(services: Services) -> PostClaim | None:
    with read_scope(services.engine) as session:
        if not is_post_due(session, now=services.clock()):
            return None
    with session_scope(services.engine) as session:
        return claim_post(session, now=services.clock())


@dataclass(kw_only=True)
class _Posting:
    """One answer, from its claim to the next thing that is known of it."""

    services: Services
    claim: PostClaim
    check: Check
    make: Make

    def run(self) -> None:
        with read_scope(self.services.engine) as session:
            target = target_of(session, self.claim)
        if target is None or not target.is_read:
            self._give_up(say("Its source was removed or is switched off, so nothing is posted there."))
            return
        now = self.services.clock()
        if target.rests_until is not None and target.rests_until > now:
            self._put_back(target.rests_until - now)
            return
        if not (target.is_open or self.claim.is_unsure or (target.is_ours and is_replaced(target.platform))):
            self._give_up(_NOTHING_TO_ANSWER)
            return
        try:
            poster = self.make(self.services, self.claim, target)
        except BadValue as fault:  # keys of the source are missing, or cannot be opened
            self._give_up(str(fault))
            return
        if poster is None:
            self._give_up(
                say("This source is answered by hand. Copy the answer, open the link, and say that it is posted.")
            )
            return
        with session_scope(self.services.engine) as session:
            turn = claim_source(session, self.claim.source_id, now=now, lease_s=HOST_LEASE_S)
        if turn is None:
            self._put_back(SOON)
            return
        try:
            self._step(poster, target, turn)
        finally:
            with session_scope(self.services.engine) as session:
                release_source(session, turn, now=self.services.clock(), rest_s=turn.delay_s)

    def _step(self, poster: Poster, target: Target, turn: SourceClaim) -> None:
        from crawlers.posters import Answered, PutOff, Refused

        answered = Answered(review_id=target.external_id, language=target.language)
        try:
            seen = poster.look(answered)
        except PutOff as fault:
            self._not_now(str(fault), fault.wait_s)
            return
        except Refused as fault:
            self._give_up(str(fault))
            return
        if self._is_there(seen):
            self._arrived("")
        elif self.claim.is_unsure:
            self._settle(poster, seen)
        elif why := self._hindrance(target, seen):
            self._give_up(why)
        else:
            self._send(poster, answered, target, turn)

    def _is_there(self, seen: Look) -> bool:
        """Whether it shows these very words, also while the platform looks at them: a platform may tidy them up."""
        from crawlers.items import ReplyState
        from crawlers.parsers.text import plain

        own = likened(plain(self.claim.body))
        return any(likened(one.body) == own and one.state is not ReplyState.REJECTED for one in seen.answers)

    def _settle(self, poster: Poster, seen: Look) -> None:
        """It was sent perhaps, and is not shown."""
        if seen.is_gone:
            self._give_up(say("The review is no longer there, so nothing was answered. Look at the case again."))
        elif not poster.shows_answers:
            self._give_up(
                say(
                    "Nobody knows whether the platform has taken this answer, and its interface does not tell. Look "
                    "there before you post it again."
                )
            )
        elif not poster.shows_at_once:
            with session_scope(self.services.engine) as session:
                ask_again(session, self.claim, now=self.services.clock())
        else:
            self._not_arrived(say("The platform does not have it: it is sent again."), None)

    def _hindrance(self, target: Target, seen: Look) -> str:
        """What keeps it from being sent, as a sentence that asks; empty for nothing. What was seen is stored."""
        from crawlers.items import ReplyState

        if seen.is_gone:
            return say("The review is no longer there, so nothing was posted. Look at the case again.")
        is_reworded = self._is_reworded(target, seen)
        others = [
            one
            for one in seen.answers
            if one.state is not ReplyState.REJECTED and likened(one.body) != likened(target.earlier)
        ]
        if seen.review is not None and (is_reworded or others):
            with session_scope(self.services.engine) as session:
                now, vault = self.services.clock(), vault_of(self.services.database)
                ingest(session, self.claim.source_id, [seen.review], run_id=None, now=now, vault=vault)
        if is_reworded:
            return say(
                "The guest has changed the review since this was approved. Read it, and submit the answer again."
            )
        if others:
            return say(
                "The review has an answer on the platform already. Look at it, and decide which one shall stand."
            )
        return ""

    def _is_reworded(self, target: Target, seen: Look) -> bool:
        """Since it was approved, here already or only on the platform. Without a digest nothing is known of an edit."""
        approved = self.claim.content_hash
        if is_reworded(target.content_hash, approved):
            return True
        if seen.review is None or not approved:
            return False
        with read_scope(self.services.engine) as session:
            now, vault = self.services.clock(), vault_of(self.services.database)
            shown = wording_now(session, self.claim.source_id, seen.review, now=now, vault=vault)
        return is_reworded(shown, approved)

    def _send(self, poster: Poster, answered: Answered, target: Target, turn: SourceClaim) -> None:
        from crawlers.posters import PutOff, Refused, Unsure

        findings = [dict(one) for one in self.check(self.services, self.claim, target)]
        if why := why_held_back(findings, target.findings):
            self._give_up(why)
            return
        began = time.monotonic()
        with session_scope(self.services.engine) as session:
            has_turn = extend_claim(session, turn, now=self.services.clock(), lease_s=HOST_LEASE_S)
        if not has_turn:  # looking took so long that somebody else asks the host now
            self._put_back(SOON)
            return
        with session_scope(self.services.engine) as session:
            if not begin_sending(session, self.claim, now=self.services.clock(), findings=findings):
                return
        if time.monotonic() - began > LATE_S:
            self._not_arrived(say("This machine was stopped just before sending. It is tried again by itself."), None)
            return
        try:
            receipt = poster.send(answered, self.claim.body)
        except Refused as fault:
            self._give_up(str(fault))
        except PutOff as fault:
            self._not_arrived(str(fault), fault.wait_s)
        except Unsure as fault:
            with session_scope(self.services.engine) as session:
                maybe_arrived(session, self.claim, str(fault), now=self.services.clock(), after=_delta(fault.wait_s))
            log.info("reply=%d unsure", self.claim.reply_id)
        else:
            self._arrived(receipt.ref)

    def _arrived(self, ref: str) -> None:
        with session_scope(self.services.engine) as session:
            arrived(session, self.claim, now=self.services.clock(), receipt=ref)
        log.info("reply=%d posted", self.claim.reply_id)

    def _not_now(self, why: str, wait_s: float | None) -> None:
        """The platform could not be looked at."""
        if not self.claim.is_unsure:
            self._not_arrived(why, wait_s)
            return
        with session_scope(self.services.engine) as session:
            ask_again(session, self.claim, now=self.services.clock(), after=_delta(wait_s))

    def _not_arrived(self, why: str, wait_s: float | None) -> None:
        with session_scope(self.services.engine) as session:
            not_arrived(session, self.claim, why, now=self.services.clock(), after=_delta(wait_s))
        log.info("reply=%d put off", self.claim.reply_id)

    def _put_back(self, after: timedelta) -> None:
        with session_scope(self.services.engine) as session:
            put_back(session, self.claim, now=self.services.clock(), after=after)

    def _give_up(self, why: str) -> None:
        with session_scope(self.services.engine) as session:
            give_up(session, self.claim, why, now=self.services.clock())
        log.info("reply=%d asks for a person", self.claim.reply_id)


def _delta(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
