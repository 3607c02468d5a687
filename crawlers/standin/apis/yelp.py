"""Yelp's Fusion API: three excerpts of the reviews of a business, in Yelp's order (docs.developer.yelp.com).

Below /partner the API for answers; what it was given is not among the excerpts.
"""

from __future__ import annotations

from typing import Any
from unicodedata import category
from zoneinfo import ZoneInfo

from werkzeug.wrappers import Response

from ..archive import PublicReview
from .call import ApiCall, reply

EXCERPTS = 3
LONGEST = 160  # characters of an excerpt
_PACIFIC = ZoneInfo("America/Los_Angeles")


def answer(call: ApiCall) -> Response:
    if call.path.startswith("/partner/"):
        return _partner(call)
    if call.bearer != call.site.keys["api_key"]:
        return _refusal(401, "TOKEN_INVALID", "Invalid API key or authorization header.")
    if call.path != f"/businesses/{call.site.ref}/reviews":
        return _refusal(404, "BUSINESS_NOT_FOUND", "The requested business could not be found.")
    limit = call.number("limit", otherwise=20, least=0, most=50)
    offset = call.number("offset", otherwise=0, least=0, most=1000)
    if limit is None or offset is None:
        return _refusal(400, "VALIDATION_ERROR", "limit or offset is outside its range.")
    # Yelp's order is its own: here whoever wrote most stands first, but for edited reviews and new ones.
    ordered = sorted(call.reviews[: 2 * EXCERPTS], key=lambda review: (review.edited_at is None, -len(review.text)))
    fresh, shown = call.reviews[:1], ordered[:EXCERPTS]
    listed = [*fresh, *(review for review in shown if review not in fresh)][:EXCERPTS]
    return reply(
        {
            "reviews": [_review(review, call) for review in listed[offset : offset + limit]],
            "total": 412,
            "possible_languages": sorted({review.lang for review in call.reviews}),
        }
    )


def _partner(call: ApiCall) -> Response:
    """An answer in the name of the business owner: one a review, without emoji."""
    if call.bearer != call.site.keys["owner_token"]:
        return _refusal(401, "TOKEN_INVALID", "Invalid access token.")
    review = call.review(call.path.removeprefix("/partner/reviews/v1/"))
    if review is None:
        return _refusal(404, "REVIEW_NOT_FOUND", "The requested review could not be found.")
    text = call.sent.get("response_text")
    is_well = isinstance(text, str) and text and call.sent.get("response_type") == "public_comment"
    if call.request.method != "POST" or not is_well:
        return _refusal(400, "VALIDATION_ERROR", "response_text or response_type is not valid.")
    if any(category(letter) == "So" for letter in str(text)):
        return _refusal(400, "VALIDATION_ERROR", "Emoji are not allowed.")
    if call.replies.has(call.site, review.id):
        return _refusal(409, "ALREADY_RESPONDED", "The review has a response.")
    call.replies.take(call.site, review.id, str(text))
    return reply({"success": True}, 201)


def _refusal(status: int, code: str, description: str) -> Response:
    return reply({"error": {"code": code, "description": description}}, status)


def _review(review: PublicReview, call: ApiCall) -> dict[str, Any]:
    made = review.published_at.astimezone(_PACIFIC)
    return {
        "id": review.id,
        "url": f"https://www.yelp.com/biz/{call.site.ref}?hrid={review.id}&adjust_creative=x&utm_source=x",
        "text": review.text if len(review.text) <= LONGEST else review.text[: LONGEST - 3] + "...",
        "rating": int(review.stars or 0),
        "time_created": f"{made:%Y-%m-%d %H:%M:%S}",
        "user": {
            "id": f"U{review.number}",
            "profile_url": f"https://www.yelp.com/user_details?userid=U{review.number}",
            "image_url": None,
            "name": review.author,
        },
    }
