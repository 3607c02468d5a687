"""Tripadvisor's Terra API: the reviews of a location, page by page (docs.terra.tripadvisor.com).

Errors are `application/problem+json`. How many reviews there are at all is a matter of the
plan.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date
from typing import Any

from werkzeug.wrappers import Response

from ..archive import PublicReply, PublicReview
from .call import ApiCall, reply, stamp

MOST_SIZE = 20
WINDOW = 21  # one more than a page
_TRIPS = ("BUSINESS", "COUPLES", "FAMILY", "FRIENDS", "SOLO", "NONE")
_SORTS = ("MOST_RECENT", "HIGHEST_RATED")
_LANGUAGES = ("primary", "ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "zhCN", "zhTW")
_PICTURE = {"key": "x", "url": "https://static.example.invalid/x.svg"}


def answer(call: ApiCall) -> Response:
    key = call.request.headers.get("X-API-Key")
    if key is None:
        return _problem(call, 401, "Unauthorized", "API key is not provided")
    if key != call.site.keys["api_key"]:
        return _problem(call, 401, "Unauthorized", "API key is not valid")
    if call.path != f"/locations/{call.site.ref}/reviews":
        return _problem(call, 404, "Not Found", "The location does not exist")
    page = call.number("page", otherwise=1, least=1, most=10_000)
    size = call.number("size", otherwise=5, least=1, most=MOST_SIZE)
    for field, value in (("page", page), ("size", size)):
        if value is None:
            return _invalid(call, field, f"{field} must be between 1 and {MOST_SIZE if field == 'size' else 10_000}")
    for field, known in (("sort_by", _SORTS), ("language", _LANGUAGES), ("trip_type", _TRIPS)):
        if call.request.args.get(field, known[0]) not in known:
            return _invalid(call, field, f"{field} must be one of {', '.join(known)}")
    try:
        shown = _chosen(call)
    except ValueError:
        return _invalid(call, "published_after_ts", "must be a date")
    assert page is not None  # noqa: S101 - settled above, for the type checker
    assert size is not None  # noqa: S101
    return reply(
        {
            "data": [_review(review, call) for review in shown[(page - 1) * size : page * size]],
            "pagination": {
                "page": page,
                "size": size,
                "total_pages": -(-len(shown) // size),
                "total_elements": len(shown),
            },
        }
    )


def _chosen(call: ApiCall) -> list[PublicReview]:
    asked = call.request.args
    shown = list(call.reviews[:WINDOW])
    language = asked.get("language", "en")
    if language != "primary":
        shown = [review for review in shown if any(one["language"] == language for one in _texts(review))]
    if after := asked.get("published_after_ts"):
        shown = [review for review in shown if review.published_at.astimezone(UTC).date() > date.fromisoformat(after)]
    if last := asked.get("published_after_review_id"):
        ids = [review.id for review in shown]
        shown = shown[: ids.index(last)] if last in ids else shown
    if trip := asked.get("trip_type"):
        shown = [review for review in shown if review.extra.get("trip_type", "NONE") == trip]
    least = call.number("rating_min", otherwise=1, least=1, most=5) or 1
    shown = [review for review in shown if (review.stars or 0) >= least]
    return sorted(shown, key=lambda review: -(review.stars or 0)) if asked.get("sort_by") == _SORTS[1] else shown


def _review(review: PublicReview, call: ApiCall) -> dict[str, Any]:
    number = int(review.stars or 0)
    fields: dict[str, Any] = {
        "id": int(review.id),
        "rating": number,
        "rating_icon_url": _PICTURE,
        "publish_ts": stamp(review.published_at),
        "travel_date": f"{review.published_at:%Y-%m}",
        "trip_type": review.extra.get("trip_type", "NONE"),
        "title": [{"language": review.lang, "value": review.title, "primary": True}],
        "text": _texts(review),
        "subratings": [{"type": "service", "type_name": "Service", "rating": number, "icon_url": _PICTURE}],
        "photos": [],
        "url": f"https://www.tripadvisor.com/ShowUserReviews-g187823-d{call.site.ref}-r{review.id}-Trattoria.html",
        "user": {"username": review.author, "geo": "Lyon, France", "geo_id": 187265, "avatar_url": _PICTURE},
    }
    return fields | ({"owner_response": _response(review.reply, review.lang)} if review.reply else {})


def _texts(review: PublicReview) -> list[dict[str, Any]]:
    own = {"language": review.lang, "value": review.text, "primary": True}
    english = review.extra.get("english")
    # The translation comes first: whoever takes the first entry for the guest's words is found out.
    return [{"language": "en", "value": english, "primary": False}, own] if english else [own]


def _response(answer: PublicReply, language: str) -> dict[str, Any]:
    return {
        "id": 77000,
        "username": answer.author,
        "author_connection": "owner",
        "geo_id": 187823,
        "avatar_url": _PICTURE,
        "publish_date": stamp(answer.published_at),
        "text": [{"language": language, "value": answer.text, "primary": True}],
    }


def _problem(call: ApiCall, status: int, title: str, detail: str, **more: object) -> Response:
    body: Mapping[str, object] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": call.request.path,
        "trace_id": "f00ba5",
        **more,
    }
    return Response(json.dumps(body), status, content_type="application/problem+json")


def _invalid(call: ApiCall, field: str, message: str) -> Response:
    fault = {"object_name": "reviews", "field": field, "rejected_value": call.request.args.get(field)}
    return _problem(
        call,
        *(400, "Constraint Violation", f"The field {field} is invalid"),
        field_errors=[{**fault, "message": message}],
    )
