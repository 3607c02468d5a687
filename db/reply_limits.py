"""What an owner has found a platform to let an answer hold, in place of what this program was shipped with.

Kept by platform, with the day on which somebody looked and their name. What the limits are called and mean is for
`crawlers.platforms`. Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import audit
from .acting import Actor
from .kept import Kept, keep, kept
from .models import Setting

Limit = int | bool | None  # None: not known


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLimits:
    """Of one platform."""

    limits: Mapping[str, Limit]
    checked_on: date
    checked_by: str


def own_limits(session: Session) -> dict[str, OwnLimits]:
    """By the key of the platform."""
    return {
        key: OwnLimits(
            limits=told["limits"], checked_on=date.fromisoformat(told["checked_on"]), checked_by=told["checked_by"]
        )
        for key, told in kept(session, Kept.REPLY_LIMITS).items()
    }


def set_limits(session: Session, platform: str, limits: Mapping[str, Limit], checked_on: date, *, by: Actor) -> None:
    """In place of those shipped, or of what somebody entered before. The log has both."""
    told = {"limits": dict(limits), "checked_on": checked_on.isoformat(), "checked_by": by.name}
    before = _put(session, platform, told, by=by)
    facts = {"platform": platform, "limits": told["limits"], "checked_on": told["checked_on"]}
    audit.append(session, "reply_limits_set", facts | {"before": before}, by=by, now=by.now)


def forget_limits(session: Session, platform: str, *, by: Actor) -> bool:
    """Those shipped count again; False where they did already."""
    before = _put(session, platform, None, by=by)
    if before is None:
        return False
    audit.append(session, "reply_limits_forgotten", {"platform": platform, "before": before}, by=by, now=by.now)
    return True


def _put(session: Session, platform: str, told: Mapping[str, object] | None, *, by: Actor) -> dict[str, Limit] | None:
    """What stood there. Locked first: two owners may each save another platform."""
    session.execute(select(Setting.name).where(Setting.name == Kept.REPLY_LIMITS).with_for_update())
    value = kept(session, Kept.REPLY_LIMITS)
    before = value.pop(platform, None)
    keep(session, Kept.REPLY_LIMITS, value if told is None else {**value, platform: told}, now=by.now)
    return before["limits"] if before else None
