"""Google Play's androidpublisher API and Google's token endpoint (developers.google.com, android-publisher, reviews).

Only what was written or changed in seven days is shown, counted back from the latest change. A token is given for an
assertion that the service account has signed with RS256 (RFC 7523), for the right audience and scope.
"""

from __future__ import annotations

import json
import re
import time
from datetime import datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from werkzeug.wrappers import Response

from ..archive import PublicReview
from .call import ApiCall, reply
from .oauth import has_token, new_token

PER_PAGE = 3  # fewer than asked for, as may happen with the real one
WINDOW = timedelta(days=7)
LIVES_S = 3599
MOST_CHARS = 350  # of an answer
SCOPE = "https://www.googleapis.com/auth/androidpublisher"
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


def answer(call: ApiCall) -> Response:
    if call.path == "/auth/token":
        return _token(call)
    if not has_token(call):
        return _error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
    if one := re.fullmatch(rf"/applications/{re.escape(call.site.ref)}/reviews/([^/:]+)(:reply)?", call.path):
        return _one(call, one[1], is_reply=bool(one[2]))
    if call.path != f"/applications/{call.site.ref}/reviews":
        return _error(404, "NOT_FOUND", "Package not found")
    limit = call.number("maxResults", otherwise=10, least=1, most=100)
    start = call.number("token", otherwise=0, least=0, most=10**6)
    if limit is None or start is None:
        return _error(400, "INVALID_ARGUMENT", "Invalid value")
    reviews = _recent(call)
    end = start + min(limit, PER_PAGE)
    shown = [_row(review, call.request.args.get("translationLanguage", "")) for review in reviews[start:end]]
    more = {"tokenPagination": {"nextPageToken": str(end)}} if end < len(reviews) else {}
    return reply(({"reviews": shown} if shown else {}) | more)


def _one(call: ApiCall, review_id: str, *, is_reply: bool) -> Response:
    """One review, or its answer, which each call replaces."""
    review = next((one for one in call.reviews if one.id == review_id and one.text), None)
    if review is None:
        return _error(404, "NOT_FOUND", "Review not found")
    if not is_reply:
        return reply(_row(review, ""))
    text = call.sent.get("replyText")
    if call.request.method != "POST" or not isinstance(text, str) or not 0 < len(text) <= MOST_CHARS:
        return _error(400, "INVALID_ARGUMENT", "The reply is empty or too long")
    text = re.sub(r"<[^>]*>", "", text)
    _, at = call.replies.take(call.site, review_id, text)
    return reply({"result": {"replyText": text, "lastEdited": _moment(at)}})


def _token(call: ApiCall) -> Response:
    form, account = call.request.form, json.loads(call.site.keys["service_account_json"])
    if call.request.method != "POST" or form.get("grant_type") != _GRANT:
        return reply({"error": "unsupported_grant_type", "error_description": "Invalid grant_type"}, 400)
    try:
        given = jwt.decode(form.get("assertion", ""), RSAKey.import_key(account["private_key"]), algorithms=["RS256"])
    except (JoseError, ValueError):
        return reply({"error": "invalid_grant", "error_description": "Invalid JWT Signature."}, 400)
    claims, now = given.claims, time.time()
    named = (claims.get("iss"), claims.get("aud"), claims.get("scope"))
    made, ends = claims.get("iat", 0), claims.get("exp", 0)
    if named != (account["client_email"], f"{call.base_url}/auth/token", SCOPE):
        return reply({"error": "invalid_grant", "error_description": "Invalid issuer, audience or scope."}, 400)
    if not made - 60 <= now < ends <= made + 3600:
        return reply({"error": "invalid_grant", "error_description": "Invalid JWT: check iat and exp."}, 400)
    return new_token(call, lives_s=LIVES_S)


def _error(status: int, name: str, message: str) -> Response:
    return reply({"error": {"code": status, "message": message, "status": name}}, status)


def _recent(call: ApiCall) -> list[PublicReview]:
    written = sorted((review for review in call.reviews if review.text), key=_changed, reverse=True)
    return [review for review in written if _changed(review) > _changed(written[0]) - WINDOW]


def _changed(review: PublicReview) -> datetime:
    return review.edited_at or review.published_at


def _moment(at: datetime) -> dict[str, Any]:
    return {"seconds": str(int(at.timestamp())), "nanos": 713_000_000}


def _row(review: PublicReview, wanted: str) -> dict[str, Any]:
    written = f"{review.title}\t{review.text}" if review.title else review.text
    said: dict[str, Any] = {
        "text": written,
        "lastModified": _moment(_changed(review)),
        "starRating": int(review.stars or 0),
        "reviewerLanguage": review.lang,
        "androidOsVersion": 34,
        "appVersionName": "3.2.0",
        "thumbsUpCount": 2,
    }
    translated = review.extra.get("translations", {}).get(wanted)
    if translated:
        said |= {"text": translated, "originalText": written}
    comments: list[dict[str, Any]] = [{"userComment": said}]
    if review.reply:
        answered = {"text": review.reply.text, "lastModified": _moment(review.reply.published_at)}
        comments.append({"developerComment": answered})
    return {"reviewId": review.id, "authorName": review.author, "comments": comments}
