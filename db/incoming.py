"""A review as a crawler hands it over, and the row it becomes.

`db` knows no crawler: anything shaped like these protocols will do.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Any, Protocol

from .cases import UNPUBLISHED
from .erasing import NOTHING, SHOWN, TEXTS
from .models import NOT_JUDGED, ErasedFor
from .wording import clean, content_hash, cut, cut_identity, reply_hash


class ReplyLike(Protocol):
    """The owner's public answer."""

    @property
    def body(self) -> str: ...
    @property
    def author_name(self) -> str: ...
    @property
    def published_at(self) -> datetime | None: ...
    @property
    def state(self) -> str: ...
    @property
    def note(self) -> str: ...


class ReviewLike(Protocol):
    """One review; the meaning of each field is that of the columns of `db.models.Review`."""

    @property
    def external_id(self) -> str: ...
    @property
    def id_kind(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def positive(self) -> str: ...
    @property
    def negative(self) -> str: ...
    @property
    def translation(self) -> str: ...
    @property
    def author_name(self) -> str: ...
    @property
    def author_ref(self) -> str: ...
    @property
    def rating_raw(self) -> str: ...
    @property
    def rating(self) -> float | None: ...
    @property
    def rating_min(self) -> float | None: ...
    @property
    def rating_max(self) -> float | None: ...
    @property
    def rating_kind(self) -> str: ...
    @property
    def stars(self) -> float | None: ...
    @property
    def language(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def published_at(self) -> datetime | None: ...
    @property
    def published_precision(self) -> str: ...
    @property
    def edited_at(self) -> datetime | None: ...
    @property
    def visited_at(self) -> datetime | None: ...
    @property
    def visited_precision(self) -> str: ...
    @property
    def is_verified(self) -> bool | None: ...
    @property
    def reply(self) -> ReplyLike | None: ...
    @property
    def standing(self) -> str: ...


# A date read from "2 weeks ago" moves with every crawl, and one that is missing is the time we first saw the review.
# So a date is replaced only by one that is as good or better, and never by another of these two kinds.
_PRECISIONS = {"none": 0, "relative": 1, "month": 2, "day": 3, "instant": 4}
_MOVING = 1
_VISITS = ("month", "day", "instant")  # precisions of a visit: "last week" tells none
_DATES = ("published", "visited")

# What is taken over without a word when the source shows it differently: neither the wording nor the reply's text.
FACTS = (
    "id_kind",
    "url",
    "author_name",
    "author_ref",
    "rating_raw",
    "rating",
    "rating_min",
    "rating_max",
    "rating_kind",
    "stars",
    "language",
    "published_at",
    "published_precision",
    "edited_at",
    "visited_at",
    "visited_precision",
    "is_verified",
    "reply_author",
    "reply_published_at",
    "reply_state",
    "reply_note",
    "positive",
    "negative",
    "translation",
    "standing",
)


def review_row(item: ReviewLike, *, source_id: int, run_id: int | None, now: datetime) -> dict[str, Any]:
    """The columns of a review as it is shown now, cleaned and cut to fit."""
    title, body = clean(item.title), clean(item.body)
    rating, rating_raw = _finite(item.rating), cut(item.rating_raw, 80)
    published_at = _utc(item.published_at)
    row: dict[str, Any] = {
        "source_id": source_id,
        "external_id": cut_identity(item.external_id, 400),
        "id_kind": str(item.id_kind),
        "url": _address(item.url),
        "author_name": cut(item.author_name, 300),
        "author_ref": cut_identity(item.author_ref, 400),
        "title": title,
        "body": body,
        "positive": clean(item.positive),
        "negative": clean(item.negative),
        "translation": clean(item.translation),
        "standing": str(item.standing),
        "rating_raw": rating_raw,
        "rating": rating,
        "rating_min": _finite(item.rating_min),
        "rating_max": _finite(item.rating_max),
        "rating_kind": str(item.rating_kind),
        "stars": _finite(item.stars),
        "language": _tag(item.language),
        "published_at": published_at or now,
        "published_precision": str(item.published_precision) if published_at else "none",
        "edited_at": _utc(item.edited_at),
        **_visit(item),
        "is_verified": item.is_verified,
        "content_hash": content_hash(title=title, body=body, rating=rating, rating_raw=rating_raw),
        "first_seen_at": now,
        "last_seen_at": now,
        "last_run_id": run_id,
        "missed_runs": 0,
        "missing_since_at": None,
        "reply_event": "",
        "reply_event_at": None,
        "erased_at": None,
        "erased_for": "",
        "scored_with": None,
    }
    row.update(_reply_columns(item.reply))
    return row


def withdrawn_row(row: dict[str, Any]) -> dict[str, Any]:
    """The row of a review that its platform took back before it was ever seen: counted, with nothing to read."""
    return row | _without_text(row, ErasedFor.WITHDRAWN) | {"missing_since_at": row["first_seen_at"]}


def bare_row(row: dict[str, Any]) -> dict[str, Any]:
    """The row of a review whose terms let it be shown, not kept: its id and whether it has an answer."""
    now = row["first_seen_at"]
    return row | _without_text(row, ErasedFor.NO_STORE) | NOTHING | {"published_at": now}


def _without_text(row: dict[str, Any], why: ErasedFor) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(TEXTS, "")
    return empty | {
        "content_hash": "",
        "reply_hash": SHOWN if row["reply_hash"] else "",
        "erased_at": row["first_seen_at"],
        "erased_for": str(why),
        "scored_with": NOT_JUDGED,
    }


def answers(row: Mapping[str, Any]) -> bool:
    """Whether the owner's reply of this row is there for everybody to read."""
    return bool(row["reply_hash"]) and row["reply_state"] not in UNPUBLISHED


def keep_better_date(row: dict[str, Any], stored: Mapping[str, Any]) -> None:
    """Put the stored dates, of publication and of the visit, back into the row where the new ones are no better."""
    for name in _DATES:
        new = _PRECISIONS.get(row[f"{name}_precision"], 0)
        old = _PRECISIONS.get(stored[f"{name}_precision"], 0)
        if new < old or (new == old and new <= _MOVING):
            row[f"{name}_at"] = stored[f"{name}_at"]
            row[f"{name}_precision"] = stored[f"{name}_precision"]


def _visit(item: ReviewLike) -> dict[str, Any]:
    at, precision = _utc(item.visited_at), str(item.visited_precision)
    if at is None or precision not in _VISITS:
        return {"visited_at": None, "visited_precision": ""}
    # To the minute: nobody sits down at a second, and hours are counted without rounding.
    return {"visited_at": at.replace(second=0, microsecond=0), "visited_precision": precision}


def _reply_columns(reply: ReplyLike | None) -> dict[str, Any]:
    body = clean(reply.body) if reply else ""
    if not reply or not body.strip():
        nothing = dict.fromkeys(("reply_body", "reply_author", "reply_hash", "reply_state", "reply_note"), "")
        return nothing | {"reply_published_at": None}
    return {
        "reply_state": str(reply.state),
        "reply_note": cut(reply.note, 300),
        "reply_body": body,
        "reply_author": cut(reply.author_name, 300),
        "reply_published_at": _utc(reply.published_at),
        "reply_hash": reply_hash(body),
    }


def _finite(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None


def _address(url: str) -> str:
    # Half an address leads somewhere else: better none.
    url = clean(url)
    return url if len(url) <= 2000 else ""


def _tag(language: str) -> str:
    # A language tag is cut between its parts: "zh-Hant-TW-x-private" becomes "zh-Hant-TW-x".
    tag = clean(language)
    while len(tag) > 16 and "-" in tag:
        tag = tag.rpartition("-")[0]
    return tag[:16]


def _utc(value: datetime | None) -> datetime | None:
    """The instant in UTC; None for one at either end of the calendar.

    Python cannot take such a date into every zone nor add a day to it, so PostgreSQL's driver could not read it back
    and no priority could be computed from it.
    """
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a naive datetime names no instant; give it a zone")
    if not MINYEAR < value.year < MAXYEAR:
        return None
    return value if value.tzinfo is UTC else value.astimezone(UTC)
