"""Booking.com's Guest Review API (developers.booking.com, review-api, Retrieve reviews).

The latest changed first. Every page that holds reviews names a next one; the end is a page without any.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from ..archive import PublicReview
from .call import ApiCall, reply

PER_PAGE = 3  # fewer than asked for, as may happen with the real one


def answer(call: ApiCall) -> Response:
    if not _is_known(call):
        return _answer(None, "Authorization failed", 401)
    found = re.fullmatch(r"/properties/([^/]+)/reviews(?:/([^/]+))?", call.path)
    if found is None:
        return _answer(None, "Not found", 404)
    if found[1] != call.site.ref:
        return _answer(None, "This machine account is not connected with the property", 403)
    if found[2]:
        one = call.review(found[2])
        if one is None:
            return _answer(None, "Review not found", 404)
        return _take(call, one) if call.request.method == "POST" else _answer(_row(one))
    return _list(call)


def _take(call: ApiCall, review: PublicReview) -> Response:
    """An answer: one a review, shown once it was looked at."""
    text = call.sent.get("reply")
    if not isinstance(text, str) or not text:
        return _answer(None, "The reply is missing", 400)
    if not (review.text or review.extra.get("positive")):
        return _answer(None, "A review without text cannot be replied to", 400)
    if review.reply or call.replies.has(call.site, review.id):
        return _answer(None, "The review has a reply", 409)
    call.replies.take(call.site, review.id, text, is_moderated=True)
    return _answer({"success": 1})


def _list(call: ApiCall) -> Response:
    limit = call.number("limit", otherwise=10, least=1, most=100)
    start = call.number("next_page", otherwise=0, least=0, most=10**6)
    since = _day(call.request.args.get("from_date", "2000-01-01"))
    if limit is None or start is None or since is None:
        return _answer(None, "Bad parameter", 400)
    reviews = sorted(
        (review for review in call.reviews if _changed(review).date() >= since), key=_changed, reverse=True
    )
    shown = reviews[start : start + min(limit, PER_PAGE)]
    following = urlencode({**call.request.args, "next_page": start + len(shown)})
    next_page = {"next_page": f"{call.base_url}{call.path}?{following}"} if shown else {}
    return _answer({"reviews": [_row(review) for review in shown]}, more=next_page)


def _is_known(call: ApiCall) -> bool:
    keys, given = call.site.keys, call.request.authorization
    if given is not None and given.type == "basic":
        return (given.username, given.password) == (keys["username"], keys["password"])
    return call.bearer == keys["token"]


def _answer(data: Any, error: str = "", status: int = 200, *, more: dict[str, str] | None = None) -> Response:
    errors = [{"message": error}] if error else []
    return reply({"data": data, "meta": {"ruid": "x"} | (more or {}), "errors": errors, "warnings": []}, status)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _changed(review: PublicReview) -> datetime:
    return (review.edited_at or review.published_at).astimezone(UTC)


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"  # without a zone, as the real one


def _row(review: PublicReview) -> dict[str, Any]:
    answered = review.reply
    return {
        "review_id": review.id,
        "url": f"{review.number:x}",
        "created_timestamp": _stamp(review.published_at),
        "last_change_timestamp": _stamp(_changed(review)),
        "reservation_id": 4_000_000_000 + review.number % 1_000_000,
        "reviewer": {"name": review.author, "country_code": "gb", "is_genius": 0},
        "scoring": {"review_score": review.stars, "staff": 7.5, "clean": 8.0, "value": None},
        "content": {
            "language_code": review.lang,
            "headline": review.title or None,
            "positive": review.extra.get("positive"),
            "negative": review.text or None,
        },
        "reply": {"text": answered.text, "last_change_timestamp": _stamp(answered.published_at)} if answered else None,
    }
