"""Facebook's Graph API: recommendations of a Page, with cursors (developers.facebook.com, Page ratings, v25.0).

Refusals are Graph's own, with their numbers and status 400. A token "error-12" is answered with error 12, and so on:
the errors that no other request here would bring about. As Graph does, the next address repeats the token it was
asked with.
"""

from __future__ import annotations

import base64
import re
from typing import Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from ..archive import PublicReview
from .call import ApiCall, reply

PER_PAGE = 3  # fewer than asked for, as may happen with the real one
_FIELDS = frozenset(("created_time", "recommendation_type", "review_text", "rating", "reviewer", "open_graph_story"))
_ERRORS = {
    4: "(#4) Application request limit reached",
    10: "(#10) This endpoint requires the 'pages_read_user_content' permission",
    12: "(#12) recommendation is deprecated for versions v22.0 and higher",
    17: "(#17) User request limit reached",
    32: "(#32) Page request limit reached",
    100: "Unsupported get request",
    104: "An access token is required to request this resource.",
    190: "Error validating access token: Session has expired",
    283: "(#283) Requires pages_read_user_content permission to manage the object",
}


def answer(call: ApiCall) -> Response:
    token = call.bearer or call.request.args.get("access_token", "")
    played = re.fullmatch(r"error-(\d+)", token)
    if not token:
        return _error(104)
    if played:
        return _error(int(played[1]))
    if token != call.site.keys["page_token"]:
        return _error(190)
    if story := re.fullmatch(r"/(\d+_\d+)/comments", call.path):
        return _take(call, story[1])
    if call.path != f"/{call.site.ref}/ratings":
        return _error(100)
    limit, start = call.number("limit", otherwise=25, least=1, most=100), _start(call.request.args.get("after", ""))
    wanted = re.sub(r"\{.*\}", "", call.request.args.get("fields", "created_time,recommendation_type")).split(",")
    if limit is None or start is None or not set(wanted) <= _FIELDS:
        return _error(100)
    end = start + min(limit, PER_PAGE)
    rows = [_row(review, call) for review in call.reviews[start:end]]
    value: dict[str, Any] = {"data": [{name: row[name] for name in wanted if name in row} for row in rows]}
    if rows:
        after = base64.b64encode(str(end).encode()).decode()
        value["paging"] = {"cursors": {"before": base64.b64encode(str(start).encode()).decode(), "after": after}}
        if end < len(call.reviews):
            query = urlencode({**call.request.args, "access_token": token, "after": after})
            value["paging"]["next"] = f"{call.base_url}{call.path}?{query}"
    return reply(value)


def _take(call: ApiCall, story: str) -> Response:
    """A comment in the name of the Page: each call adds one."""
    message = call.sent.get("message")
    if call.request.method != "POST" or not isinstance(message, str) or not message or call.review(story) is None:
        return _error(100)
    number, _ = call.replies.take(call.site, story, message, adds=True)
    return reply({"id": f"{story}_{90 + number}"})


def _error(code: int) -> Response:
    error = {"message": _ERRORS.get(code, "Unknown error"), "type": "OAuthException", "code": code, "fbtrace_id": "A"}
    return reply({"error": error}, 403 if code in (4, 17, 32) else 400)


def _start(after: str) -> int | None:
    try:
        return int(base64.b64decode(after, validate=True)) if after else 0
    except ValueError:
        return None


def _row(review: PublicReview, call: ApiCall) -> dict[str, Any]:
    extra = review.extra
    row: dict[str, Any] = {"created_time": f"{review.published_at:%Y-%m-%dT%H:%M:%S%z}"}
    row |= {name: extra[name] for name in ("recommendation_type", "rating") if name in extra}
    if review.text:
        row["review_text"] = review.text
    if review.author:
        row["reviewer"] = {"name": review.author, "id": str(review.number)}
    if extra.get("has_story", True):
        row["open_graph_story"] = {"id": review.id} | _comments(review, call)
    return row


def _comments(review: PublicReview, call: ApiCall) -> dict[str, Any]:
    said = [("7", "A guest", extra, review.published_at) for extra in review.extra.get("comments", ())]
    if own := review.reply:
        texts = (*review.extra.get("answers_before", ()), own.text)
        said += [(call.site.ref, own.author, text, own.published_at) for text in texts]
    comments = [
        {
            "id": f"{review.id}_{number}",
            "message": message,
            "created_time": f"{at:%Y-%m-%dT%H:%M:%S%z}",
            "from": {"id": writer, "name": name},
        }
        for number, (writer, name, message, at) in enumerate(said, start=1)
    ]
    return {"comments": {"data": comments}} if comments else {}
