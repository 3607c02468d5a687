"""Google's Business Profile APIs: consent, tokens by code or refresh token, what an account owns, reviews by page.

A page holds fewer reviews here than one may ask for, as Google reserves for itself. What it tells beyond stars and
text stands in a review's `extra`: `translation` and whether it stands `last`, `anonymous`, `reply_state`, `violation`.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

from werkzeug.wrappers import Response

from ..archive import PublicReview
from ..replies import Shape
from .call import ApiCall, reply, stamp
from .consent import Client, ask_person, give_for_code
from .google_account import listing
from .oauth import give_token, has_token
from .signing import identity, published_keys

PER_PAGE = 4
MOST_BYTES = 4096  # of an answer
REPLY_SHAPE = Shape(
    field="reply_state", pending="PENDING", approved="APPROVED", rejected="REJECTED", reason="violation"
)
SCOPE = "https://www.googleapis.com/auth/business.manage"
_STARS = ("STAR_RATING_UNSPECIFIED", "ONE", "TWO", "THREE", "FOUR", "FIVE")
_ORDERS = ("updateTime desc", "rating", "rating desc")


def answer(call: ApiCall) -> Response:
    if call.path == "/consent":
        return ask_person(call, _client(call))
    if call.path == "/certs":
        return published_keys(call)
    if call.path == "/identity":
        return identity(call)
    if call.path == "/auth/token" and call.request.form.get("grant_type") == "authorization_code":
        return give_for_code(call, _client(call))
    if call.path == "/auth/token":
        return give_token(call, grant_type="refresh_token", wanted=call.site.keys)
    if not has_token(call):
        return refusal(401, "Request had invalid authentication credentials.", "UNAUTHENTICATED")
    if (listed := listing(call)) is not None:
        return listed
    if one := re.fullmatch(rf"/{re.escape(call.site.ref)}/reviews/([\w-]+)(/reply)?", call.path):
        return _one(call, one[1], is_reply=bool(one[2]))
    if call.path != f"/{call.site.ref}/reviews":
        return refusal(404, "Requested entity was not found.", "NOT_FOUND")
    size = call.number("pageSize", otherwise=50, least=1, most=50)
    order = call.request.args.get("orderBy", _ORDERS[0])
    start = _start(call.request.args.get("pageToken", ""))
    if size is None or start is None or order not in _ORDERS:
        return refusal(400, "Request contains an invalid argument.", "INVALID_ARGUMENT")
    reviews = sorted(call.reviews, key=_updated, reverse=True)
    if order != _ORDERS[0]:
        reviews.sort(key=lambda review: review.stars or 0, reverse=order.endswith("desc"))
    end = start + min(size, PER_PAGE)
    if not reviews:
        return reply({})
    stars = [review.stars for review in reviews if review.stars]
    value: dict[str, Any] = {
        "reviews": [_review(review, call) for review in reviews[start:end]],
        "averageRating": round(sum(stars) / len(stars), 1) if stars else 0,
        "totalReviewCount": len(reviews),
    }
    if end < len(reviews):
        value["nextPageToken"] = base64.urlsafe_b64encode(str(end).encode()).decode()
    return reply(value)


def _one(call: ApiCall, review_id: str, *, is_reply: bool) -> Response:
    """One review, or its answer, which each call replaces."""
    review = call.review(review_id)
    if review is None:
        return refusal(404, "Requested entity was not found.", "NOT_FOUND")
    if not is_reply:
        return reply(_review(review, call))
    text = call.sent.get("comment")
    if call.request.method != "PUT" or not isinstance(text, str) or not 0 < len(text.encode()) <= MOST_BYTES:
        return refusal(400, "Request contains an invalid argument.", "INVALID_ARGUMENT")
    _, at = call.replies.take(call.site, review_id, text, is_moderated=True)
    return reply({"comment": text, "updateTime": stamp(at), "reviewReplyState": "PENDING"})


def _client(call: ApiCall) -> Client:
    keys = call.site.keys
    return Client(
        platform="Google",
        client_id=keys["client_id"],
        client_secret=keys["client_secret"],
        refresh_token=keys["refresh_token"],
        scope=SCOPE,
        has_pkce=True,
    )


def refusal(status: int, message: str, word: str, reason: str = "") -> Response:
    """An error as Google's APIs word it."""
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}] if reason else []
    error: dict[str, Any] = {"code": status, "message": message, "status": word}
    return reply({"error": error | ({"details": details} if details else {})}, status)


def _start(token: str) -> int | None:
    if not token:
        return 0
    try:
        text = base64.urlsafe_b64decode(token).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return int(text) if text.isdecimal() and len(text) < 9 else None


def _updated(review: PublicReview) -> str:
    return stamp(review.edited_at or review.published_at)


def _review(review: PublicReview, call: ApiCall) -> dict[str, Any]:
    anonymous = bool(review.extra.get("anonymous"))
    value: dict[str, Any] = {
        "name": f"{call.site.ref}/reviews/{review.id}",
        "reviewId": review.id,
        "reviewer": {"displayName": "A Google User" if anonymous else review.author, "isAnonymous": anonymous},
        "starRating": _STARS[int(review.stars or 0)],
        "createTime": stamp(review.published_at).replace("Z", ".123456789Z"),
        "updateTime": _updated(review).replace("Z", ".5Z"),
        "reviewReplyUrl": f"https://business.google.com/reviews/reply/{review.id}",
    }
    if review.text:
        value["comment"] = _comment(review)
    if review.reply:
        value["reviewReply"] = {
            "comment": review.reply.text,
            "updateTime": stamp(review.reply.published_at),
            "reviewReplyState": review.extra.get("reply_state", "APPROVED"),
        }
        if violation := review.extra.get("violation"):
            value["reviewReply"]["policyViolation"] = violation
    return value


def _comment(review: PublicReview) -> str:
    translation = review.extra.get("translation")
    if not translation or review.edited_at:
        return review.text
    if review.extra.get("last"):
        return f"{review.text}\n\n(Translated by Google)\n{translation}"
    return f"(Translated by Google) {translation}\n\n(Original)\n{review.text}"
