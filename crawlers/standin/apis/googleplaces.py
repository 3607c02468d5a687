"""Google's Places API (New): a place with five of its reviews, in the fields that are asked for."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from ..archive import PublicReview
from .call import ApiCall, reply, stamp
from .google import refusal

MOST = 5
_FIELDS = ("id", "rating", "userRatingCount", "reviews", "googleMapsUri")


def answer(call: ApiCall) -> Response:
    if call.request.headers.get("X-Goog-Api-Key") != call.site.keys["api_key"]:
        message = "API key not valid. Please pass a valid API key."
        return refusal(400, message, "INVALID_ARGUMENT", "API_KEY_INVALID")
    fields = call.request.headers.get("X-Goog-FieldMask", "").split(",")
    if not set(fields) <= set(_FIELDS):
        return refusal(400, "FieldMask is a required parameter.", "INVALID_ARGUMENT")
    if call.path != f"/places/{call.site.ref}":
        return refusal(404, "The Place ID is no longer valid.", "NOT_FOUND")
    stars = [review.stars for review in call.reviews if review.stars]
    value: dict[str, Any] = {
        "id": call.site.ref,
        "rating": round(sum(stars) / len(stars), 1) if stars else 0,
        "userRatingCount": 832,
        "reviews": [_review(review, call) for review in call.reviews[:MOST]],
        "googleMapsUri": "https://maps.google.com/?cid=1",
    }
    return reply({name: value[name] for name in _FIELDS if name in fields})


def _review(review: PublicReview, call: ApiCall) -> dict[str, Any]:
    original = {"text": review.text, "languageCode": review.lang}
    shown = {"text": review.extra.get("translation", review.text), "languageCode": "en"}
    return {
        "name": f"places/{call.site.ref}/reviews/{review.id}",
        "relativePublishTimeDescription": "a week ago",
        "rating": int(review.stars or 0),
        "text": original if review.edited_at else shown,
        "originalText": original,
        "authorAttribution": {
            "displayName": review.author,
            "uri": f"https://www.google.com/maps/contrib/{review.number}",
            "photoUri": f"https://lh3.googleusercontent.com/a/{review.number}",
        },
        "publishTime": stamp(review.published_at),
        "googleMapsUri": f"https://www.google.com/maps/reviews/data={review.id}",
    }
