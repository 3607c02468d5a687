"""Trustpilot's public API (header `apikey`) and its private one (token of a business user)."""

from __future__ import annotations

import re
from typing import Any

from werkzeug.wrappers import Response

from ..archive import PublicReview
from .call import ApiCall, reply, stamp
from .consent import Client, ask_person, give_for_code
from .oauth import give_token, has_token

DOMAIN = "lanterna.example"
_OAUTH = "/oauth/oauth-business-users-for-applications"


def answer(call: ApiCall) -> Response:
    keys = call.site.keys
    client = {"client_id": keys["api_key"], "client_secret": keys["api_secret"]}
    unit = f"/business-units/{call.site.ref}"
    person = Client(
        platform="Trustpilot",
        client_id=keys["api_key"],
        client_secret=keys["api_secret"],
        refresh_token=keys["refresh_token"],
    )
    match call.path:
        case "/consent":
            return ask_person(call, person)
        case path if path == f"{_OAUTH}/accesstoken" and call.request.form.get("grant_type") == "authorization_code":
            return give_for_code(call, person, in_header=True)
        case path if path == f"{_OAUTH}/accesstoken":
            return give_token(call, grant_type="client_credentials", wanted=client, in_header=True)
        case path if path == f"{_OAUTH}/refresh":
            wanted = client | {"refresh_token": keys["refresh_token"]}
            return give_token(call, grant_type="refresh_token", wanted=wanted, in_header=True)
        case path if path == f"/private{unit}/reviews":
            return _reviews(call) if has_token(call) else _no_token()
    if one := re.fullmatch(r"/private/reviews/([0-9a-f]{24})(/reply)?", call.path):
        return _one(call, one[1], is_reply=bool(one[2])) if has_token(call) else _no_token()
    if call.request.headers.get("apikey") != keys["api_key"]:
        return reply({"fault": {"faultstring": "Invalid ApiKey"}}, 401)
    if call.path == f"{unit}/reviews":
        return _reviews(call)
    if call.path == unit or (call.path == "/business-units/find" and call.request.args.get("name") == DOMAIN):
        total = {"total": len(call.reviews), "usedForTrustScoreCalculation": len(call.reviews)}
        return reply({"id": call.site.ref, "displayName": "Lanterna Shop", "numberOfReviews": total})
    return reply({"message": "Business unit not found"}, 404)


def _no_token() -> Response:
    return reply({"reason": "Invalid access token"}, 401)


def _one(call: ApiCall, review_id: str, *, is_reply: bool) -> Response:
    """One review, or its answer: there is one, in the name of a business user."""
    review = call.review(review_id)
    if review is None:
        return reply({"message": "Review not found"}, 404)
    if not is_reply:
        return reply(_review(review, call, is_private=True))
    message = call.sent.get("message")
    if call.request.method != "POST" or not isinstance(message, str) or not message:
        return reply({"message": "The message is missing"}, 400)
    if call.sent.get("authorBusinessUserId") != call.site.keys["business_user_id"]:
        return reply({"message": "The author is no business user of this business unit"}, 400)
    if review.reply:
        return reply({"message": "The review has a reply"}, 409)
    call.replies.take(call.site, review_id, message)
    return Response(status=201)


def _reviews(call: ApiCall) -> Response:
    size = call.number("perPage", otherwise=20, least=1, most=100)
    page = call.number("page", otherwise=1, least=1, most=100_000)
    if size is None or page is None:
        return reply({"message": "perPage or page is outside its range"}, 400)
    links = []
    if page * size < len(call.reviews):
        href = f"{call.base_url}{call.path}?perPage={size}&page={page + 1}"
        links.append({"href": href, "method": "GET", "rel": "next-page"})
    shown = call.reviews[(page - 1) * size : page * size]
    is_private = call.path.startswith("/private/")
    return reply({"links": links, "reviews": [_review(review, call, is_private=is_private) for review in shown]})


def _review(review: PublicReview, call: ApiCall, *, is_private: bool) -> dict[str, Any]:
    answer = review.reply
    value: dict[str, Any] = {
        "id": review.id,
        "consumer": {"id": f"c9{review.number:022}", "displayName": review.author, "displayLocation": "Genova, IT"},
        "businessUnit": {"id": call.site.ref, "identifyingName": DOMAIN, "displayName": "Lanterna Shop"},
        "stars": int(review.stars or 0),
        "title": review.title,
        "text": review.text,
        "language": review.lang,
        "createdAt": stamp(review.published_at),
        "updatedAt": stamp(review.edited_at) if review.edited_at else None,
        "companyReply": {"text": answer.text, "createdAt": stamp(answer.published_at), "updatedAt": None}
        if answer
        else None,
        "isVerified": bool(review.extra.get("verified")),
        "status": "active",
    }
    return value | ({"referenceId": "ORDER-1", "referralEmail": "guest@example.org"} if is_private else {})
