"""TheFork's B2B API: tokens, lists of ids, reviews one by one (docs.thefork.io).

What a review tells beyond stars and text stands in its `extra`: `status` of its comment (PUBLISHED where it has words),
`reply_status`, `reason`, `reply_reason`, `is_valid`; and `edited`, the same once it has moved on.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from werkzeug.wrappers import Response

from ..archive import PublicReview
from ..replies import Shape
from .call import ApiCall, reply, stamp
from .oauth import has_token, new_token

LIVES_S = 8600
REPLY_SHAPE = Shape(
    field="reply_status", pending="NOT_REVIEWED", approved="PUBLISHED", rejected="REJECTED", reason="reply_reason"
)
AUDIENCE = "https://api.thefork.io"
_ERRORS = {400: "Bad Request", 401: "Unauthorized", 404: "Not Found"}


def answer(call: ApiCall) -> Response:
    if call.path == "/auth/oauth/token":
        return _token(call)
    if not has_token(call):
        return _refused(401)
    if call.path == "/v1/reviews":
        return _ids(call)
    _, _, tail = call.path.partition("/v1/reviews/")
    review_id, _, what = tail.partition("/")
    found = call.review(review_id)
    if found is None or what not in ("", "reply"):
        return _refused(404, "REVIEW_NOT_FOUND")
    return _take(call, found) if what else reply(_review(found, call))


def _take(call: ApiCall, review: PublicReview) -> Response:
    """An answer, which replaces the one before."""
    content, language = call.sent.get("content"), call.sent.get("language")
    is_well = isinstance(content, str) and content and isinstance(language, str) and len(language) == 2
    if call.request.method != "PUT" or not is_well:
        return _refused(400, "INVALID_PARAMETER")
    if not review.text or _told(review).get("status", "PUBLISHED") != "PUBLISHED":
        return _refused(400, "REVIEW_HAS_NO_PUBLISHED_COMMENT")
    _, at = call.replies.take(call.site, review.id, str(content), is_moderated=True)
    return reply(_moderated(str(content), str(language), "NOT_REVIEWED", None, at, at))


def _told(review: PublicReview) -> dict[str, Any]:
    return dict(review.extra) | (dict(review.extra.get("edited") or {}) if review.edited_at else {})


def _token(call: ApiCall) -> Response:
    if call.request.method != "POST":
        return reply({"error": "invalid_request"}, 405, headers={"Allow": "POST"})
    sent: Any = call.request.get_json(silent=True) if call.request.is_json else call.request.form
    sent = sent if hasattr(sent, "get") else {}
    if sent.get("grant_type") != "client_credentials":
        return reply({"error": "unsupported_grant_type", "error_description": "Unsupported grant type"}, 400)
    if any(sent.get(name) != value for name, value in call.site.keys.items()):
        return reply({"error": "access_denied", "error_description": "Unauthorized"}, 401)
    if sent.get("audience") != AUDIENCE:
        return reply({"error": "access_denied", "error_description": "Service not found"}, 403)
    return new_token(call, lives_s=LIVES_S)


def _ids(call: ApiCall) -> Response:
    asked = call.request.args
    limit = call.number("limit", otherwise=50, least=1, most=100)
    page = call.number("page", otherwise=1, least=1, most=100_000)
    try:
        first, last = date.fromisoformat(asked["startDate"][:10]), date.fromisoformat(asked["endDate"][:10])
    except (KeyError, ValueError):
        return _refused(400, "INVALID_DATES")
    if limit is None or page is None:
        return _refused(400, "INVALID_PARAMETER")
    if asked.get("restaurantUuid") != call.site.ref:
        return _refused(404, "RESTAURANT_NOT_FOUND")
    shown = [review.id for review in call.reviews if first <= _updated(review).date() <= last]
    if asked.get("withCommentOnly") == "true":
        shown = [review.id for review in call.reviews if review.id in shown and review.text]
    return reply({"data": shown[(page - 1) * limit : page * limit], "hasNext": page * limit < len(shown)})


def _updated(review: PublicReview) -> datetime:
    replied = review.reply.published_at if review.reply else review.published_at
    return max(review.published_at, review.edited_at or review.published_at, replied)


def _review(review: PublicReview, call: ApiCall) -> dict[str, Any]:
    extra = _told(review)
    made, is_valid = stamp(review.published_at, milliseconds=True), extra.get("is_valid", True)
    first, _, last = review.author.partition(" ")
    rating = review.stars if is_valid else None
    return {
        "reviewUuid": review.id,
        "restaurantUuid": call.site.ref,
        "isValid": is_valid,
        "createdTs": made,
        "updatedTs": stamp(_updated(review), milliseconds=True),
        "reservation": {"reservationUuid": _uuid("reservation", review), "mealDate": made},
        "customer": {
            "customerUuid": _uuid("customer", review),
            "firstName": first or None if is_valid else None,
            "lastName": last or None if is_valid else None,
        },
        "dinerRating": {
            "globalRating": int(rating) if rating is not None and rating.is_integer() else rating,
            "serviceRating": None if rating is None else max(1, round(rating)),
        },
        "comment": _comment(review, extra) if review.text or not is_valid else None,
        "experienceDetail": None,
        "restaurantReply": _answer(review, extra),
    }


def _comment(review: PublicReview, extra: dict[str, Any]) -> dict[str, Any]:
    status = extra.get("status", "PUBLISHED")
    return _moderated(
        " " if status == "DELETED" else review.text,
        *(review.lang, status, extra.get("reason"), review.published_at, review.edited_at or review.published_at),
    )


def _answer(review: PublicReview, extra: dict[str, Any]) -> dict[str, Any] | None:
    if review.reply is None:
        return None
    at = review.reply.published_at
    status, reason = extra.get("reply_status", "PUBLISHED"), extra.get("reply_reason")
    return _moderated(review.reply.text, review.lang, status, reason, at, at)


def _moderated(
    content: str, language: str, status: str, reason: str | None, made: datetime, changed: datetime
) -> dict[str, Any]:
    return {
        "content": content,
        "language": language,
        "publicationStatus": status,
        "createdTs": stamp(made, milliseconds=True),
        "updatedTs": stamp(changed, milliseconds=True),
        "publishedTs": stamp(changed, milliseconds=True) if status == "PUBLISHED" else None,
        "moderationReason": reason,
    }


def _uuid(kind: str, review: PublicReview) -> str:
    return str(uuid5(NAMESPACE_URL, f"{kind}/{review.id}"))


def _refused(status: int, code: str = "") -> Response:
    return reply({"statusCode": status, "error": _ERRORS[status], "data": {"code": code}}, status)
