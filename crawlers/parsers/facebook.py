"""Facebook's Graph API: recommendations of a Page (developers.facebook.com, Page ratings, v25.0).

Since August 2018 a guest says yes or no; stars stand on older rows only and are never made up for a yes or a no. A
recommendation has no id of its own and its writer may be left out.
"""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from db.phrases import say

from ..errors import ParseError
from ..items import IdKind, OwnerReply, ParsedPage, RatingKind, ReviewItem
from . import identity
from .answer import Fields, counted, objects, part, read_object, text
from .dates import DateReader
from .ratings import NO_RATING, Rating, read_rating
from .text import line, plain

FIELDS = (  # what has to be asked for
    "created_time,recommendation_type,review_text,rating,reviewer,"
    "open_graph_story{id,comments{id,message,created_time,from}}"
)
TOO_OFTEN = (4, 17, 32, 613)  # errors: calls of the app, the account, the Page, this call
_PAGE = re.compile(r"/([^/]+)/ratings/?$")
_STORY = re.compile(r"\d{1,30}_\d{1,30}")
_SAYS = {"positive": 1.0, "negative": 0.0}
_LEFT_OUT = "a recommendation that says nothing was left out"


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:
    """`url` names the Page: only comments of its own count as the owner's reply."""
    answer = read_object(body, encoding)
    if code := _error_code(answer):
        raise ParseError(say("the answer is error %(code)s of the Graph API", code=code))
    found = _PAGE.search(urlsplit(url).path)
    page_id = found.group(1) if found else ""
    warnings: list[str] = []
    dates = DateReader(now=now)
    items: dict[str, ReviewItem] = {}
    for row in objects(answer.get("data"), "data"):
        item = _item(row, page_id=page_id, dates=dates, warnings=warnings)
        if item is not None:
            items.setdefault(item.external_id, item)
    return ParsedPage(
        reviews=tuple(items.values()),
        next_url=_without_token(text(part(answer, "paging"), "next")) or None,
        is_partial=_LEFT_OUT in warnings,
        warnings=counted(warnings),
        syntax="json",
    )


def error_code(body: bytes) -> int:
    """The number of the error that an answer is; 0 for none."""
    try:
        return _error_code(read_object(body, None))
    except ParseError:
        return 0


def _error_code(answer: Fields) -> int:
    code = part(answer, "error").get("code")
    return code if isinstance(code, int) else 0


def _item(row: Fields, *, page_id: str, dates: DateReader, warnings: list[str]) -> ReviewItem | None:
    rating, body = _rating(row), plain(text(row, "review_text"))
    if rating.value is None and not body:
        warnings.append(_LEFT_OUT)
        return None
    made = text(row, "created_time")
    date = dates.read(made)
    warnings.extend(fault for fault in (rating.warning, date.warning) if fault)
    reviewer, story = part(row, "reviewer"), part(row, "open_graph_story")
    story_id = line(text(story, "id"), limit=identity.MAX_ID)
    return ReviewItem(
        external_id=story_id
        or identity.digest(
            # The second as well: two guests who say yes without a word on one day are two.
            author=f"{text(reviewer, 'id') or text(reviewer, 'name')} {made}",
            body=body,
            rating=rating.raw,
            published_at=date.at,
            precision=date.precision,
        ),
        id_kind=IdKind.PLATFORM if story_id else IdKind.DIGEST,
        body=body,
        author_name=line(text(reviewer, "name")),
        author_ref=line(text(reviewer, "id"), limit=400),
        **rating.fields,
        url=f"https://www.facebook.com/{story_id}" if _STORY.fullmatch(story_id) else "",
        published_at=date.at,
        published_precision=date.precision,
        reply=_reply(story, page_id, dates),
    )


def _rating(row: Fields) -> Rating:
    says = text(row, "recommendation_type").strip().lower()
    if says in _SAYS:
        return Rating(raw=says, value=_SAYS[says], low=0.0, high=1.0, kind=RatingKind.RECOMMEND)
    return read_rating(row["rating"], best=5, worst=1) if "rating" in row else NO_RATING


def _reply(story: Fields, page_id: str, dates: DateReader) -> OwnerReply | None:
    """The latest comment that the Page itself wrote; guests comment there too."""
    comments = part(story, "comments").get("data")
    own = [
        OwnerReply(
            body=message,
            author_name=line(text(part(comment, "from"), "name")),
            published_at=dates.read(text(comment, "created_time")).at,
        )
        for comment in (comments if isinstance(comments, list) else [])[:200]
        if isinstance(comment, dict)
        and page_id
        and text(part(comment, "from"), "id") == page_id
        and (message := plain(text(comment, "message")))
    ]
    return max(own, key=lambda reply: reply.published_at.timestamp() if reply.published_at else 0.0, default=None)


def _without_token(url: str) -> str:
    """Graph writes the token it was asked with into the next address; ours travels in a header and nowhere else."""
    try:
        parts = urlsplit(url)
        query = [(name, value) for name, value in parse_qsl(parts.query) if name != "access_token"]
        return urlunsplit(parts._replace(query=urlencode(query)))
    except ValueError:  # no address, or half a character in it
        return ""
