"""Score reviews: claim a batch, let the model judge it, store what it said with the priority that follows.

The same loop serves a first score, a changed wording and a new model version: all of them are "not scored with this
version yet". Open cases and the newest come first.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import datetime

from db.priorities import DuePriority, PriorityRow, due_priorities, store_priorities
from db.ranking import next_to_rank, store_ranks, weights_held
from db.scores import ReviewText, ScoreRow, claim_unscored, count_unscored, store_scores
from db.session import session_scope
from scoring.priority import DEFAULT, Priority, PriorityFacts, Weights, priority
from scoring.types import AngerLevel, Risk, Score, Urgency

from ..weights import weights_of
from ..wiring import Services

BATCH = 64  # one claim: about a second of work, so a killed worker holds little back
LEASE_S = 60

# What brings a review to a person whatever its tone. Leaving for good is no such matter: it counts in the priority.
FLAGGING_RISKS = frozenset(Risk) - {Risk.CHURN}

# What the anger of a complaint counts as where whoever took it said how angry its customer was: in the middle of what
# the model gives for texts of that level.
HEARD = {AngerLevel.CALM: 0.05, AngerLevel.ANNOYED: 0.3, AngerLevel.ANGRY: 0.75, AngerLevel.FURIOUS: 0.95}

Progress = Callable[[int, int], None]  # scored so far, still waiting


def score_due(services: Services, *, progress: Progress | None = None, within_s: float = math.inf) -> int:
    """Score everything that is due and return how many reviews were scored. After `within_s` no batch is begun."""
    done, until = 0, time.monotonic() + within_s
    while True:
        version = services.scorer.version  # anew for each batch: the owner may calibrate meanwhile
        with session_scope(services.engine) as session:
            waiting = count_unscored(session, version) if progress else 0
            texts = claim_unscored(session, version, limit=BATCH, now=services.clock(), lease_s=LEASE_S)
        if progress:
            progress(done, waiting)
        if not texts:
            return done
        scores = services.scorer.predict([text.text for text in texts])
        now = services.clock()
        with session_scope(services.engine) as session:
            weights = weights_of(weights_held(session))
            rows = [score_row(text, score, now=now, weights=weights) for text, score in zip(texts, scores, strict=True)]
            done += store_scores(session, rows, now=now)
        if time.monotonic() > until:
            return done


def score_row(text: ReviewText, score: Score, *, now: datetime, weights: Weights = DEFAULT) -> ScoreRow:
    """What the database keeps of one judgement."""
    risks = tuple(found.risk for found in score.risks)
    level = AngerLevel(text.heard_level) if text.heard_level else score.anger_level
    anger = HEARD[level] if text.heard_level else score.anger
    ranked = _rank(text, anger, level, risks, now=now, weights=weights)
    return ScoreRow(
        review_id=text.review_id,
        model_version=score.model_version,
        content_hash=text.content_hash,
        anger=anger,
        anger_level=level.value,
        # Whoever took it has said how angry its customer was, and is not asked whether they are sure.
        reaches_alert=level is AngerLevel.FURIOUS if text.heard_level else score.urgency is Urgency.ALERT,
        sentiment=score.sentiment,
        language=score.language,
        topics=[{"topic": found.topic.value, "probability": found.probability} for found in score.topics],
        risks=[
            {
                "risk": found.risk.value,
                "probability": found.probability,
                "origin": found.origin.value,
                "evidence": found.evidence,
            }
            for found in score.risks
        ],
        sentences=[{"start": part.start, "end": part.end, "anger": part.anger} for part in score.sentences],
        reasons=list(score.reasons),
        is_flagged=text.is_by_hand or is_flagged(level, score.urgency, risks),
        is_risky=is_risky(risks),
        priority=ranked.value,
        priority_parts=_parts(ranked),
        priority_due_at=ranked.next_change_at,
    )


def is_flagged(level: AngerLevel, urgency: Urgency, risks: tuple[Risk, ...]) -> bool:
    """Angry or furious, likely enough to be that a person should look, or carrying a risk that must not be missed."""
    is_angry = level.rank >= AngerLevel.ANGRY.rank or urgency is not Urgency.NONE
    return is_angry or is_risky(risks)


def is_risky(risks: tuple[Risk, ...]) -> bool:
    """Carrying a risk that must not be missed, whatever its tone."""
    return not FLAGGING_RISKS.isdisjoint(risks)


def reprioritise_due(services: Services) -> int:
    """Recompute the priorities that age alone has changed; each case knows when that is."""
    done = 0
    while True:
        with session_scope(services.engine) as session:
            now = services.clock()
            weights = weights_of(weights_held(session))
            rows = due_priorities(session, now=now, limit=500)
            if not rows:
                return done
            done += store_priorities(session, [priority_row(row, now=now, weights=weights) for row in rows], now=now)


def rank_anew(services: Services, *, within_s: float = math.inf) -> int:
    """Rank the cases that still stand by the weights of before; how many. After `within_s` no batch is begun."""
    count, until = 0, time.monotonic() + within_s
    while True:
        with session_scope(services.engine) as session:
            weights = weights_of(weights_held(session))
            rows, done = next_to_rank(session, limit=500)
            if not done:
                return count
            now = services.clock()
            store_ranks(session, [priority_row(row, now=now, weights=weights) for row in rows], done=done, now=now)
            count += len(rows)
        if time.monotonic() > until:
            return count


def priority_row(row: DuePriority, *, now: datetime, weights: Weights) -> PriorityRow:
    """Where a case stands by these weights."""
    risks = tuple(Risk(found["risk"]) for found in row.risks)
    ranked = _rank(row, row.anger, AngerLevel(row.anger_level), risks, now=now, weights=weights)
    return PriorityRow(
        case_id=row.case_id,
        priority=ranked.value,
        priority_parts=_parts(ranked),
        priority_due_at=ranked.next_change_at,
    )


def _rank(
    case: ReviewText | DuePriority,
    anger: float,
    level: AngerLevel,
    risks: tuple[Risk, ...],
    *,
    now: datetime,
    weights: Weights,
) -> Priority:
    facts = PriorityFacts(
        anger=anger,
        anger_level=_heard(level, case.said_angry),
        risks=risks,
        stars=case.stars,
        reach=case.reach,
        published_at=case.published_at,
        changed_at=case.reopened_at,
    )
    return priority(facts, now=now, weights=weights)


def _heard(level: AngerLevel, said_angry: bool | None) -> AngerLevel:
    """The level that counts: people's word, where there is one; how furious an angry text is remains the model's."""
    if said_angry is None:
        return level
    return max(level, AngerLevel.ANGRY, key=lambda one: one.rank) if said_angry else AngerLevel.CALM


def _parts(ranked: Priority) -> list[dict[str, object]]:
    return [{"name": part.name, "points": part.points, "most": part.most} for part in ranked.components]
