"""Named values that outlive a process: what the owner has set, and how far a long piece of work has come.

Every name has its row from the migration on, so that it can be locked. Functions flush and never commit.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .models import Setting


class Kept(StrEnum):
    WEIGHTS = "weights"  # of the priority, as webui.weights writes them; empty: the default
    RERANKING = "reranking"  # {done, to}: ids of cases whose priority is being computed with new weights
    INDEXING = "indexing"  # {done, to}: ids of reviews that were there before there was a search
    CLOCK = "clock"  # {targets, chain} of all places that have none of their own; empty: the defaults
    RECOUNTING = "recounting"  # {done, to}: ids of cases whose clock is being set by new hours or targets
    REDRAFTING = "redrafting"  # the model that writes, as db.redrafts keeps it; empty: never set
    OFFERS = "offers"  # nothing: whoever decides about an offer holds the row, see db.offers
    KEEPING = "keeping"  # {months, begins_on}: how long what tells who a customer is stays, see db.keeping
    ALERTS = "alerts"  # {since}: what came before is history, of which nobody is alerted
    DIGEST = "digest"  # {weekday, hour}: when the weekly digest goes out, see db.digests; empty: the default
    REPLY_LIMITS = "reply_limits"  # by platform, what an owner found an answer may hold, see db.reply_limits
    WORDS = "words"  # {is_dropped}: the index still holds words of texts that were taken out


def kept(session: Session, name: Kept, *, hold: bool = False) -> dict[str, Any]:
    """The value. With `hold` nobody changes it before this transaction ends, and others may hold it too."""
    wanted = select(Setting.value).where(Setting.name == name)
    return session.scalar(wanted.with_for_update(read=True) if hold else wanted) or {}


def keep(session: Session, name: Kept, value: dict[str, Any], *, now: datetime) -> None:
    """Replace the value."""
    session.execute(
        update(Setting).where(Setting.name == name).values(value=value, changed_at=now),
        execution_options={"synchronize_session": False},
    )
