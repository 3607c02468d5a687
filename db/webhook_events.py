"""What other programs may hear of, put down in the transaction in which it happens.

    tell(session, Told.FOLLOW_UP_DUE, case_id, {"follow_up_id": 7}, now=now)

is all that a new kind of event needs, beside its name in `Told`. Nothing is put down, and next to nothing is asked of
the database, while no webhook wants to hear of it. A webhook that is held to places hears of their cases alone. Facts
are ids and states: no words of anybody, no names.

Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from .models import Case, CaseStage, CaseState, OfferState, Review, Source, Webhook, WebhookDelivery, WebhookMessage

_CHUNK: Final = 1000  # ids in one statement


class Told(StrEnum):
    """Names of events, as they stand in messages. They are kept once given: other programs know them."""

    CASE_OPENED = "case.opened"
    CASE_STATE_CHANGED = "case.state_changed"
    CASE_CLOSED = "case.closed"
    OFFER_PROPOSED = "offer.proposed"
    OFFER_APPROVED = "offer.approved"
    OFFER_OFFERED = "offer.offered"
    OFFER_ACCEPTED = "offer.accepted"
    OFFER_DECLINED = "offer.declined"
    OFFER_ISSUED = "offer.issued"
    OFFER_REDEEMED = "offer.redeemed"
    OFFER_EXPIRED = "offer.expired"
    OFFER_CANCELLED = "offer.cancelled"
    FOLLOW_UP_CREATED = "follow_up.created"
    FOLLOW_UP_DUE = "follow_up.due"
    FOLLOW_UP_OUTCOME = "follow_up.outcome"


TEST: Final = "webhook.test"  # sent by a button, whatever a webhook wants to hear of
OF_OFFERS: Final = {state: Told(f"offer.{state.value}") for state in OfferState}
_OF_CASES: Final = frozenset({Told.CASE_STATE_CHANGED, Told.CASE_CLOSED})


def tell(session: Session, kind: Told, case_id: int | None, facts: Mapping[str, Any], *, now: datetime) -> None:
    """Have every webhook that wants to hear of it told."""
    _put_wanted(session, kind, [(case_id, facts)], _wanting(session, {kind}), now=now)


def put(
    session: Session,
    kind: str,
    told: Collection[tuple[int | None, Mapping[str, Any]]],
    hook_ids: Collection[int],
    *,
    now: datetime,
) -> list[int]:
    """Put messages down, given as (case, facts), for these webhooks; the ids of the messages."""
    rows = [
        {"name": f"msg_{uuid4().hex}", "kind": str(kind), "happened_at": now, "case_id": case_id, "facts": dict(facts)}
        for case_id, facts in told
    ]
    if not rows:
        return []
    ids = list(session.scalars(insert(WebhookMessage).returning(WebhookMessage.id, sort_by_parameter_order=True), rows))
    orders = [
        {"message_id": id_, "webhook_id": hook_id, "due_at": now, "state": "pending", "tries": 0, "claim": None}
        for id_ in ids
        for hook_id in hook_ids
    ]
    session.execute(insert(WebhookDelivery), orders)
    return ids


def tell_opened(session: Session, source_id: int, external_ids: Collection[str], *, now: datetime) -> None:
    """Cases have been opened for these new reviews of a source."""
    hooks = _wanting(session, {Told.CASE_OPENED})
    if not hooks:
        return
    new = select(Case.id, Case.state, Case.stage).join(Review, Review.id == Case.review_id)
    rows = session.execute(
        new.where(Review.source_id == source_id, Review.external_id.in_(external_ids)).order_by(Case.id)
    )
    told = [(row.id, {"state": row.state.value, "stage": row.stage.value}) for row in rows]
    _put_wanted(session, Told.CASE_OPENED, told, hooks, now=now)


@contextmanager
def watched(session: Session, review_ids: Collection[int], *, now: datetime) -> Iterator[None]:
    """Tell what the block makes of the states of these reviews' cases, which are locked already."""
    hooks = _wanting(session, _OF_CASES)
    if not hooks:
        yield
        return
    before = _standings(session, review_ids)
    yield
    session.flush()
    moved = [
        (case_id, before[case_id], after)
        for case_id, after in _standings(session, review_ids).items()
        if case_id in before and before[case_id] != after
    ]
    for kind, which in ((Told.CASE_STATE_CHANGED, moved), (Told.CASE_CLOSED, [one for one in moved if _closes(*one)])):
        told = [(case_id, _facts(was, now_is)) for case_id, was, now_is in which]
        _put_wanted(session, kind, told, [one for one in hooks if kind in one.events], now=now)


_Standing = tuple[CaseState, CaseStage]


def is_over(state: CaseState, stage: CaseStage) -> bool:
    """Whether nobody has to do anything about a case any more; the same as `IS_DONE` of the models."""
    is_shut = stage in (CaseStage.DONE, CaseStage.NOT_PURSUED)
    return is_shut or (stage is CaseStage.TODO and state is not CaseState.OPEN)


def _closes(_: int, before: _Standing, after: _Standing) -> bool:
    return is_over(*after) and not is_over(*before)


def _facts(before: _Standing, after: _Standing) -> dict[str, Any]:
    return {
        "state": after[0].value,
        "stage": after[1].value,
        "before": {"state": before[0].value, "stage": before[1].value},
    }


def _standings(session: Session, review_ids: Collection[int]) -> dict[int, _Standing]:
    ids, found = sorted(review_ids), dict[int, _Standing]()
    for start in range(0, len(ids), _CHUNK):
        some = select(Case.id, Case.state, Case.stage).where(Case.review_id.in_(ids[start : start + _CHUNK]))
        found |= {row.id: (row.state, row.stage) for row in session.execute(some)}
    return found


def _put_wanted(
    session: Session,
    kind: str,
    told: Collection[tuple[int | None, Mapping[str, Any]]],
    hooks: Collection[Webhook],
    *,
    now: datetime,
) -> None:
    """Put messages down for those of these webhooks that hear of the places of their cases."""
    cases = {case_id for case_id, _ in told if case_id is not None}
    places = _places(session, cases) if any(one.place_ids is not None for one in hooks) else {}
    by_hooks: dict[tuple[int, ...], list[tuple[int | None, Mapping[str, Any]]]] = {}
    for case_id, facts in told:
        place = places.get(case_id) if case_id is not None else None
        ids = tuple(one.id for one in hooks if one.place_ids is None or place in one.place_ids)
        by_hooks.setdefault(ids, []).append((case_id, facts))
    for ids, some in by_hooks.items():
        if ids:
            put(session, kind, some, ids, now=now)


def _places(session: Session, case_ids: Collection[int]) -> dict[int, int]:
    """The id of the place of each case."""
    ids, found = sorted(case_ids), dict[int, int]()
    places = (
        select(Case.id, Source.location_id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
    )
    for start in range(0, len(ids), _CHUNK):
        some = session.execute(places.where(Case.id.in_(ids[start : start + _CHUNK])))
        found |= {row.id: row.location_id for row in some}
    return found


def _wanting(session: Session, kinds: Collection[str]) -> list[Webhook]:
    return [one for one in session.scalars(select(Webhook).where(Webhook.is_on)) if {*kinds} & {*one.events}]
