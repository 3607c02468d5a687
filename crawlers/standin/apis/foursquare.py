"""Foursquare's Places API: the tips of a place, a bare array of 50 at most (docs.foursquare.com, place-tips)."""

from __future__ import annotations

from datetime import UTC

from werkzeug.wrappers import Response

from ..archive import PublicReview
from .call import ApiCall, reply

VERSION = "2025-06-17"
_FIELDS = ("id", "created_at", "text", "url", "lang", "agree_count", "disagree_count")
_DEFAULT = "id,created_at,text"


def answer(call: ApiCall) -> Response:
    if call.bearer != call.site.keys["service_key"]:
        return reply({"message": "Invalid request token."}, 401)
    if call.request.headers.get("X-Places-Api-Version") != VERSION:
        return reply({"message": "Missing or unknown X-Places-Api-Version."}, 400)
    if call.path != f"/places/{call.site.ref}/tips":
        return reply({"message": "Place not found."}, 404)
    limit = call.number("limit", otherwise=10, least=1, most=50)
    fields = call.request.args.get("fields", _DEFAULT).split(",")
    if limit is None or not set(fields) <= set(_FIELDS):
        return reply({"message": "Bad parameter."}, 400)
    return reply([{name: _tip(review)[name] for name in fields} for review in call.reviews[:limit]])


def _tip(review: PublicReview) -> dict[str, object]:
    made = review.published_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {
        "id": review.id,
        "created_at": made,
        "text": review.text,
        "url": f"https://foursquare.com/item/{review.id}",
        "lang": review.lang,
        "agree_count": 1,
        "disagree_count": 0,
    }
