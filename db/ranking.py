"""The owner's weights of the priority, and every case ranked anew when they change.

`db` knows no formula: weights are a value to it. Whoever ranks holds the weights meanwhile (`weights_held`), and the
new ones wait for that: so no rank by the old ones is stored after the new ones. Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, literal, null, select, true, update
from sqlalchemy.orm import Session

from .cases import lock_reviews
from .kept import Kept, keep, kept
from .models import Case, CaseState
from .priorities import DuePriority, PriorityRow, ranking_facts
from .rank import rank_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """How far the work has come, in ids of cases; `to` 0: there never was any."""

    done: int
    to: int

    @property
    def is_running(self) -> bool:
        return self.done < self.to


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A case at its present place."""

    facts: DuePriority
    priority: float
    due_at: datetime | None  # when the public answer should be there


def weights_value(session: Session) -> dict[str, Any]:
    """As they were stored; empty: the default."""
    return kept(session, Kept.WEIGHTS)


def weights_held(session: Session) -> dict[str, Any]:
    """The same; nobody changes them before this transaction ends."""
    return kept(session, Kept.WEIGHTS, hold=True)


def change_weights(session: Session, value: dict[str, Any], *, now: datetime) -> None:
    """Store new weights and have every case ranked by them."""
    keep(session, Kept.WEIGHTS, value, now=now)
    last = session.scalar(select(func.max(Case.id))) or 0
    keep(session, Kept.RERANKING, {"done": 0, "to": last}, now=now)


def ranking(session: Session) -> Ranking:
    """How far ranking anew has come."""
    value = kept(session, Kept.RERANKING)
    return Ranking(done=value.get("done", 0), to=value.get("to", 0))


def next_to_rank(session: Session, *, limit: int) -> tuple[list[DuePriority], int]:
    """The next scored cases to rank anew, locked, and the id to go on from; 0 when all are done.

    Ask for `weights_held` before: then nobody starts it anew meanwhile.
    """
    at = ranking(session)
    if not at.is_running:
        return [], 0
    following = select(Case.id, Case.review_id).where(Case.id > at.done, Case.id <= at.to).order_by(Case.id)
    found = session.execute(following.limit(limit)).all()
    lock_reviews(session, [row.review_id for row in found])
    rows = session.execute(ranking_facts().where(Case.id.in_([row.id for row in found]))).mappings()
    return [DuePriority(**row) for row in rows], found[-1].id if len(found) == limit else at.to


def store_ranks(session: Session, rows: Sequence[PriorityRow], *, done: int, now: datetime) -> None:
    """Store them, and that all up to the id `done` are. Age changes the priority of open cases only."""
    is_open = Case.state == CaseState.OPEN
    for row in rows:
        due_at = literal(row.priority_due_at, Case.priority_due_at.type)  # typed also where it never changes again
        session.execute(
            update(Case)
            .where(Case.id == row.case_id)
            .values(
                priority=row.priority,
                priority_parts=row.priority_parts,
                rank=rank_of(literal(row.priority), Case.due_at),
                priority_due_at=case((is_open, due_at), else_=null()),
            ),
            execution_options={"synchronize_session": False},
        )
    keep(session, Kept.RERANKING, {"done": done, "to": ranking(session).to}, now=now)


def most_urgent(session: Session, *, limit: int) -> list[Ranked]:
    """The cases that wait for somebody, as they are ranked now. For trying other weights on them."""
    wanted = ranking_facts().add_columns(Case.priority, Case.due_at).where(Case.in_queue == true())
    rows = session.execute(wanted.order_by(Case.rank.desc(), Case.id.desc()).limit(limit)).mappings()
    return [
        Ranked(
            facts=DuePriority(**{name: value for name, value in row.items() if name not in ("priority", "due_at")}),
            priority=row["priority"],
            due_at=row["due_at"],
        )
        for row in rows
    ]
