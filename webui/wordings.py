"""The wordings of an answer in words: who saved each, when, and what they changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.models import VersionKind
from db.replies import Wording

from .changes import Change, ChangeKind, changes
from .filters import Instant, when
from .i18n import gettext

SHOWN_MOST = 20
ALIKE = 0.5  # of the letters of both: wordings that share less are read better whole than as a difference
NEVER_IT = (VersionKind.ASIDE, VersionKind.REDRAFTED)  # never were the answer


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingView:
    """One wording, against the one that it took the place of."""

    number: int
    body: str
    person_name: str  # empty: Amends itself
    saved: Instant
    what: str  # where it was not simply typed
    changes: tuple[Change, ...]  # empty: there is none before it, or it has little in common with it


def wording_views(wordings: Sequence[Wording], *, now: datetime, timezone: str) -> tuple[WordingView, ...]:
    """The last ones, in the order that is given: newest first."""
    views = []
    for at, one in enumerate(wordings[:SHOWN_MOST]):
        before = next((other for other in wordings[at + 1 :] if other.kind not in NEVER_IT), None)
        views.append(
            WordingView(
                number=one.number,
                body=one.body,
                person_name=one.person_name,
                saved=when(one.saved_at, now=now, timezone=timezone),
                what=_what(one.kind),
                changes=_changes(before.body, one.body) if before else (),
            )
        )
    return tuple(views)


def _what(kind: VersionKind) -> str:
    words = {
        VersionKind.COMPOSED: gettext("a first draft"),
        VersionKind.REDRAFTED: gettext("suggested by a model"),
        VersionKind.RESTORED: gettext("put back"),
        VersionKind.ASIDE: gettext("kept aside"),
        VersionKind.APPROVED: gettext("changed by the approver"),
    }
    return words.get(kind, "")


def _changes(before: str, after: str) -> tuple[Change, ...]:
    found = changes(before, after)
    kept = sum(len(one.text) for one in found if one.kind is ChangeKind.SAME)
    return found if 2 * kept >= ALIKE * (len(before) + len(after)) else ()
