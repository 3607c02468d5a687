"""App Store Connect: customer reviews of an app, JSON:API with cursors (developer.apple.com, appstoreconnectapi).

The token must be signed with the key's ES256, name its key and issuer, and live 20 minutes at most.
"""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from werkzeug.wrappers import Response

from ..archive import PublicReview
from ..replies import Shape
from .call import ApiCall, reply

PER_PAGE = 3  # fewer than asked for, as may happen with the real one
LONGEST_S = 20 * 60
# Apple rejects none: one that "rejected" is played for waits for good.
REPLY_SHAPE = Shape(field="response_state", pending="PENDING_PUBLISH", approved="PUBLISHED", rejected="PENDING_PUBLISH")
_SORTS = {
    "createdDate": lambda review: review.published_at,
    "rating": lambda review: review.stars or 0,
}
_PARAMETERS = frozenset(("limit", "sort", "include", "cursor"))
_LIMITS = {"X-Rate-Limit": "user-hour-lim:3500;user-hour-rem:3400;"}


def answer(call: ApiCall) -> Response:
    if not _is_signed(call):
        return _error(401, "NOT_AUTHORIZED", "Authentication credentials are missing or invalid.")
    if call.path == "/v1/customerReviewResponses":
        return _take(call)
    if (one := call.review(call.path.removeprefix("/v1/customerReviews/"))) and one.id in call.path:
        included = {"included": [_response(one)]} if one.reply and call.request.args.get("include") else {}
        return reply({"data": _row(one, call), "links": {"self": call.request.url}} | included, headers=_LIMITS)
    if call.path != f"/v1/apps/{call.site.ref}/customerReviews":
        return _error(404, "NOT_FOUND", "The specified resource does not exist")
    asked = call.request.args
    limit = call.number("limit", otherwise=100, least=1, most=200)
    start = call.number("cursor", otherwise=0, least=0, most=10**6)
    sort = asked.get("sort", "-createdDate")
    if limit is None or start is None or sort.removeprefix("-") not in _SORTS or not asked.keys() <= _PARAMETERS:
        return _error(400, "PARAMETER_ERROR.INVALID", "A parameter has an invalid value")
    reviews = sorted(call.reviews, key=_SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    end = start + min(limit, PER_PAGE)
    links = {"self": call.request.url}
    if end < len(reviews):
        links["next"] = f"{call.base_url}{call.path}?{urlencode({**asked, 'cursor': end})}"
    value: dict[str, Any] = {
        "data": [_row(review, call) for review in reviews[start:end]],
        "links": links,
        "meta": {"paging": {"total": len(reviews), "limit": limit}},
    }
    if asked.get("include") == "response":
        value["included"] = [_response(review) for review in reviews[start:end] if review.reply]
    return reply(value, headers=_LIMITS)


def _take(call: ApiCall) -> Response:
    """A response, which overwrites the one before and is shown after a while."""
    try:
        data = call.sent["data"]
        text = data["attributes"]["responseBody"]
        review_id = data["relationships"]["review"]["data"]["id"]
    except (KeyError, TypeError):
        return _error(409, "ENTITY_ERROR.ATTRIBUTE.REQUIRED", "You must provide a value for the attribute")
    if call.request.method != "POST" or not isinstance(text, str) or not text:
        return _error(400, "PARAMETER_ERROR.INVALID", "A parameter has an invalid value")
    review = call.review(str(review_id))
    if review is None:
        return _error(404, "NOT_FOUND", "The specified resource does not exist")
    _, at = call.replies.take(call.site, review.id, text, is_moderated=True)
    fields = {"responseBody": text, "lastModifiedDate": at.isoformat(), "state": "PENDING_PUBLISH"}
    made = {"type": "customerReviewResponses", "id": f"r-{review.id}", "attributes": fields}
    return reply({"data": made}, 201, headers=_LIMITS)


def _is_signed(call: ApiCall) -> bool:
    keys = call.site.keys
    try:
        token = jwt.decode(call.bearer, ECKey.import_key(keys["private_key"]), algorithms=["ES256"])
    except (JoseError, ValueError):
        return False
    made, ends = token.claims.get("iat"), token.claims.get("exp")
    if not isinstance(made, int) or not isinstance(ends, int):
        return False
    named = (token.header.get("kid"), token.claims.get("iss"), token.claims.get("aud"))
    is_ours = named == (keys["key_id"], keys["issuer_id"], "appstoreconnect-v1")
    return is_ours and ends - made <= LONGEST_S and made - 60 <= time.time() < ends


def _error(status: int, code: str, title: str) -> Response:
    return reply({"errors": [{"id": "1", "status": str(status), "code": code, "title": title}]}, status)


def _row(review: PublicReview, call: ApiCall) -> dict[str, Any]:
    own = f"{call.base_url}/v1/customerReviews/{review.id}"
    links = {"links": {"self": f"{own}/relationships/response", "related": f"{own}/response"}}
    answered = {"data": {"type": "customerReviewResponses", "id": f"r-{review.id}"}} if review.reply else {}
    return {
        "type": "customerReviews",
        "id": review.id,
        "attributes": {
            "rating": int(review.stars or 0),
            "title": review.title,
            "body": review.text,
            "reviewerNickname": review.author,
            "createdDate": review.published_at.isoformat(timespec="seconds"),
            "territory": review.extra.get("territory", "USA"),
        },
        "relationships": {"response": answered | links},
        "links": {"self": own},
    }


def _response(review: PublicReview) -> dict[str, Any]:
    answered = review.reply
    return {
        "type": "customerReviewResponses",
        "id": f"r-{review.id}",
        "attributes": {
            "responseBody": answered.text if answered else "",
            "lastModifiedDate": answered.published_at.isoformat(timespec="seconds") if answered else None,
            "state": review.extra.get("response_state", "PUBLISHED"),
        },
    }
