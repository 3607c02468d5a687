"""Finds what somebody is to be alerted of, and puts it down once, together with every way on which it is to go.

Whatever is found has a key: what it is about, and of which wording or day. Of several workers that find the same at
once one puts it down, in the transaction that also makes its deliveries; so nothing is told twice, and nothing that a
killed worker had begun is lost. What came before the first look is history and told to nobody. Functions flush and
never commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import String, and_, cast, delete, exists, func, literal, or_, select, union_all, update
from sqlalchemy.orm import Session

from .alert_routes import RouteRow, routes_in_use
from .health import ALARMING
from .hours import zone_of
from .kept import Kept, keep, kept
from .models import (
    Alert,
    AlertDelivery,
    AlertReason,
    Case,
    CaseStage,
    CaseState,
    FollowUp,
    LabelKind,
    Location,
    Review,
    Score,
    ScoreLabel,
    Source,
)
from .quiet_hours import quiet_until
from .roles import Act
from .staff import Staff
from .upserts import insert_new

RECENT: Final = timedelta(days=7)  # a review that was published before is no news, whenever it is found
FIRST_READING: Final = timedelta(days=2)  # a source's first reviews without a date may be of any age: none is news
LEAD: Final = timedelta(hours=1)  # before the time for an answer is over
LEAD_SHARE: Final = 4  # of a short target no more than a quarter before
LATE: Final = timedelta(days=1)  # what was due longer ago stands in the queue, and is told by nobody
SPIKE_RESTS: Final = timedelta(days=3)  # the same wave of anger is told once
KEPT: Final = timedelta(days=90)  # how long the log tells of it
AT_ONCE: Final = 100
FURIOUS: Final = "furious"
# Of the risks of a review, those that cannot wait: who wants money back, or will not come again, stands in the queue.
RISKS: Final = frozenset({"safety", "allergy", "self_harm", "discrimination", "legal", "press", "extortion"})
WAKING: Final = frozenset({"safety", "allergy", "self_harm"})  # somebody may be hurt
URGENT: Final = frozenset({AlertReason.RISK, AlertReason.FURIOUS})  # told at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing to be told."""

    key: str  # 120 characters at most
    reason: AlertReason
    location_id: int
    review_id: int | None = None
    source_id: int | None = None
    follow_up_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)  # JSON

    @property
    def reasons(self) -> frozenset[AlertReason]:
        """All that it is: a furious or surely angry review with a risk is told once, to whoever wants either."""
        is_angry = self.facts.get("level") == FURIOUS or self.facts.get("is_sure", False)
        also = {AlertReason.FURIOUS} if is_angry else set()
        return frozenset({self.reason, *also})


def since(session: Session, *, now: datetime) -> datetime:
    """Since when alerts are looked for; from now on, where nobody has looked before."""
    value = kept(session, Kept.ALERTS)
    if "since" not in value:
        keep(session, Kept.ALERTS, {"since": now.isoformat()}, now=now)
        return now
    return datetime.fromisoformat(value["since"])


def find_reviews(session: Session, *, after: datetime, now: datetime, limit: int = AT_ONCE) -> list[Found]:
    """Reviews to be answered that are furious, almost certainly angry or carry a risk, and came, or were changed, after
    `after`. People's word that one is not angry goes before the model's. Whether a furious one calls for an alert is
    told by its score as well: not of a model whose alerts nobody has measured.

    The key holds the review and its wording and nothing of the model: what another model or calibration says anew of
    the same wording is not told a second time.
    """
    is_dated = Review.published_precision != "none"
    is_known = and_(Source.created_at <= now - FIRST_READING, Review.first_seen_at >= now - FIRST_READING / 2)
    new = (
        select(Review.id)
        .join(Source, Source.id == Review.source_id)
        .where(Review.published_at >= now - RECENT, Review.first_seen_at >= after, or_(is_dated, is_known))
    )
    changed = select(Case.review_id).where(Case.reopened_at.is_not(None), Case.reopened_at >= max(after, now - RECENT))
    is_risky = exists().where(
        ScoreLabel.review_id == Review.id, ScoreLabel.kind == LabelKind.RISK, ScoreLabel.name.in_(RISKS)
    )
    may_be_angry = func.coalesce(Case.said_angry, True)
    is_sure = and_(Score.reaches_alert, may_be_angry)
    is_furious = and_(is_sure, Score.anger_level == FURIOUS)
    key = literal("review:") + cast(Review.id, String) + ":" + Review.content_hash
    rows = session.execute(
        select(
            Review.id,
            key.label("key"),
            Source.location_id,
            is_furious.label("is_furious"),
            is_sure.label("is_sure"),
        )
        .join(Score, and_(Score.review_id == Review.id, Score.content_hash == Review.content_hash))
        .join(Case, Case.review_id == Review.id)
        .join(Source, Source.id == Review.source_id)
        .where(
            Review.id.in_(union_all(new, changed)),  # few, by their indexes, however many are judged anew
            or_(is_risky, is_sure),
            # Not by its index: open cases are many, new reviews few, and SQLite would begin with the former.
            func.coalesce(Case.state, CaseState.OPEN) == CaseState.OPEN,
            Case.stage == CaseStage.TODO,
            Review.erased_at.is_(None),
            ~select(Alert.id).where(Alert.key == key).exists(),
        )
        .order_by(Review.id)
        .limit(limit)
    ).all()
    risks = _risks(session, [row.id for row in rows])
    return [
        Found(
            key=row.key,
            reason=AlertReason.FURIOUS if RISKS.isdisjoint(risks.get(row.id, ())) else AlertReason.RISK,
            location_id=row.location_id,
            review_id=row.id,
            facts={
                "level": FURIOUS if row.is_furious else "",
                "is_sure": bool(row.is_sure),
                "risks": risks.get(row.id, []),
            },
        )
        for row in rows
    ]


def find_targets(session: Session, *, after: datetime, now: datetime, limit: int = AT_ONCE) -> list[Found]:
    """Cases whose time for an answer is over within the hour, or has been for less than a day."""
    rows = session.execute(
        select(Case.id, Case.review_id, Case.due_at, Case.clock_target_min, Source.location_id, Location.timezone)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .where(
            Case.due_at.is_not(None),
            Case.due_at > max(after, now - LATE),
            Case.due_at <= now + LEAD,  # only open cases have a due time
            ~select(Alert.id)
            .where(Alert.review_id == Case.review_id, Alert.reason == AlertReason.TARGET, Alert.found_at > now - LATE)
            .exists(),
        )
        .order_by(Case.due_at, Case.id)
        .limit(limit)
    )
    return [
        Found(
            key=f"target:{row.id}:{row.due_at.astimezone(zone_of(row.timezone)):%Y-%m-%d}",
            reason=AlertReason.TARGET,
            location_id=row.location_id,
            review_id=row.review_id,
        )
        for row in rows
        if row.due_at - now <= timedelta(minutes=(row.clock_target_min or 0) / LEAD_SHARE)
    ]


def find_follow_ups(session: Session, *, after: datetime, now: datetime, limit: int = AT_ONCE) -> list[Found]:
    """Customers who are to be asked since this morning."""
    key = literal("follow-up:") + cast(FollowUp.id, String)
    rows = session.execute(
        select(FollowUp.id, FollowUp.due_on, Case.review_id, Source.location_id)
        .join(Case, Case.id == FollowUp.case_id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .where(
            FollowUp.outcome.is_(None),
            FollowUp.due_at > max(after, now - LATE),
            FollowUp.due_at <= now,
            Case.stage != CaseStage.NOT_PURSUED,
            Case.state != CaseState.NOT_US,
            ~select(Alert.id).where(Alert.follow_up_id == FollowUp.id).exists(),
        )
        .add_columns(key.label("key"))
        .order_by(FollowUp.due_at, FollowUp.id)
        .limit(limit)
    )
    return [
        Found(
            key=row.key,
            reason=AlertReason.FOLLOW_UP,
            location_id=row.location_id,
            review_id=row.review_id,
            follow_up_id=row.id,
        )
        for row in rows
    ]


def find_sources(session: Session, *, now: datetime, limit: int = AT_ONCE) -> list[Found]:
    """Sources that a person should look at, once until they are well again, and once a day at most."""
    ails = and_(Source.is_enabled, Source.removed_at.is_(None), Source.health.in_(ALARMING))
    is_told = and_(Alert.source_id == Source.id, Alert.reason == AlertReason.SOURCE, Alert.ended_at.is_(None))
    session.execute(
        update(Alert)
        .where(Alert.reason == AlertReason.SOURCE, Alert.ended_at.is_(None))
        .where(Alert.source_id.not_in(select(Source.id).where(ails)))
        .values(ended_at=now),
        execution_options={"synchronize_session": False},
    )
    rows = session.execute(
        select(Source.id, Source.location_id, Source.health)
        .where(ails, ~select(Alert.id).where(is_told).exists())
        .order_by(Source.id)
        .limit(limit)
    )
    return [
        Found(
            key=f"source:{row.id}:{now:%Y-%m-%d}",
            reason=AlertReason.SOURCE,
            location_id=row.location_id,
            source_id=row.id,
            facts={"health": row.health.value},
        )
        for row in rows
    ]


def spikes_told(session: Session, location_ids: Iterable[int], *, now: datetime) -> set[int]:
    """Those of these places of which an unusual number was told a short while ago."""
    told = select(Alert.location_id).where(
        Alert.reason == AlertReason.SPIKE, Alert.location_id.in_(location_ids), Alert.found_at > now - SPIKE_RESTS
    )
    return set(session.scalars(told))


def put_alerts(session: Session, found: Iterable[Found], *, now: datetime) -> int:
    """Put down those that nobody has, with their deliveries; how many were new."""
    by_key = {one.key: one for one in found}
    if not by_key:
        return 0
    rows = [_row(by_key[key], now=now) for key in sorted(by_key)]  # in one order: two workers wait in no circle
    new = insert_new(session, Alert, rows, key="key", returning=(Alert.id, Alert.key))
    routes = routes_in_use(session)
    staff = Staff(session)
    zones: dict[int, str] = dict(session.execute(select(Location.id, Location.timezone)).all()) if routes else {}
    deliveries = [
        _delivery(alert_id, by_key[key], route, zones[by_key[key].location_id], now=now)
        for alert_id, key in new
        for route in routes
        if wants(route, by_key[key]) and staff.may(route.person_id, Act.READ, by_key[key].location_id)
    ]
    if deliveries:
        insert_new(session, AlertDelivery, deliveries, key=None, returning=(AlertDelivery.id,))
    return len(new)


def wants(route: RouteRow, found: Found) -> bool:
    """Whether it is to go on this way, as far as its person has said."""
    is_here = route.place_ids is None or found.location_id in route.place_ids
    return is_here and not found.reasons.isdisjoint(route.reasons)


def is_waking(facts: Mapping[str, Any]) -> bool:
    """Whether somebody may be hurt: what may be told in quiet hours."""
    return not WAKING.isdisjoint(facts.get("risks", ()))


def forget_old(session: Session, *, now: datetime) -> None:
    """Drop what was found long ago, with its log; a source that still ails keeps its alert."""
    session.execute(
        delete(Alert).where(
            Alert.found_at < now - KEPT, or_(Alert.reason != AlertReason.SOURCE, Alert.ended_at.is_not(None))
        ),
        execution_options={"synchronize_session": False},
    )


def _risks(session: Session, review_ids: Sequence[int]) -> dict[int, list[str]]:
    wanted = (ScoreLabel.review_id.in_(review_ids), ScoreLabel.kind == LabelKind.RISK)
    risks: dict[int, list[str]] = {}
    for review_id, name in session.execute(
        select(ScoreLabel.review_id, ScoreLabel.name).where(*wanted).order_by(ScoreLabel.name)
    ):
        risks.setdefault(review_id, []).append(name)
    return risks


def _row(one: Found, *, now: datetime) -> dict[str, Any]:
    return {
        "key": one.key,
        "reason": one.reason,
        "location_id": one.location_id,
        "review_id": one.review_id,
        "source_id": one.source_id,
        "follow_up_id": one.follow_up_id,
        "facts": dict(one.facts),
        "found_at": now,
        "ended_at": None,
    }


def _delivery(alert_id: int, one: Found, route: RouteRow, timezone: str, *, now: datetime) -> dict[str, Any]:
    passes = route.passes_quiet and is_waking(one.facts)
    not_before = (None if passes else quiet_until(route.quiet, timezone, now=now)) or now
    rest = timedelta() if one.reason in URGENT else timedelta(minutes=route.bundle_min)
    return {
        "alert_id": alert_id,
        "route_id": route.id,
        "made_at": now,
        "not_before_at": not_before,
        "due_at": max(not_before, now + rest),
    }
