"""Google Play's androidpublisher API: reviews of an own app (developers.google.com, android-publisher, reviews).

A text is "title, tab, body" or the body alone. `originalText` is there when `text` is Google's translation of it. The
one date is that of the last change, as seconds in a text and nanoseconds beside it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from db.phrases import say

from ..errors import ParseError
from ..items import DatePrecision, OwnerReply, ParsedPage, ReviewItem
from . import identity
from .answer import Fields, counted, objects, part, read_object, text
from .dates import ReadDate, plausible
from .ratings import read_rating
from .text import line, plain

_APP = re.compile(r"/applications/([A-Za-z][\w.]{0,200})/reviews$")
_SECONDS = re.compile(r"\d{1,11}")
_KNOWN = frozenset(("reviews", "tokenPagination", "pageInfo"))
_LEFT_OUT = "a review without id or content was left out"


def parse(body: bytes, *, url: str, encoding: str | None, now: datetime) -> ParsedPage:
    """`url` names the app and the page: the next one is the same address with another token."""
    answer = read_object(body, encoding)
    if not answer.keys() <= _KNOWN:  # without reviews in the last seven days the list is left out
        raise ParseError("the answer is no list of reviews")
    found = _APP.search(urlsplit(url).path)
    warnings: list[str] = []
    items: dict[str, ReviewItem] = {}
    for row in objects(answer.get("reviews", []), "reviews"):
        item = _item(row, app=found.group(1) if found else "", now=now, warnings=warnings)
        if item is not None:
            items.setdefault(item.external_id, item)
    return ParsedPage(
        reviews=tuple(items.values()),
        next_url=_next(url, text(part(answer, "tokenPagination"), "nextPageToken")),
        is_partial=_LEFT_OUT in warnings,
        warnings=counted(warnings),
        syntax="json",
    )


def _next(url: str, token: str) -> str | None:
    if not token:
        return None
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "token"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("token", token)], errors="replace")))


def _item(row: Fields, *, app: str, now: datetime, warnings: list[str]) -> ReviewItem | None:
    external_id = line(text(row, "reviewId"), limit=identity.MAX_ID)
    comments = row.get("comments")
    comments = [one for one in comments if isinstance(one, dict)] if isinstance(comments, list) else []
    said = next((part(one, "userComment") for one in comments if "userComment" in one), {})
    answered = [part(one, "developerComment") for one in comments if "developerComment" in one]
    title, body, translation = _texts(said)
    rating = read_rating(said.get("starRating"), best=5, worst=1)
    if not external_id or not (title or body or rating.value is not None):
        warnings.append(_LEFT_OUT)
        return None
    date = _date(said, now)
    warnings.extend(fault for fault in (rating.warning, date.warning) if fault)
    return ReviewItem(
        external_id=external_id,
        body=body,
        title=title,
        translation=translation,
        author_name=line(text(row, "authorName")),
        **rating.fields,
        language=line(text(said, "reviewerLanguage"), limit=16).replace("_", "-"),
        url=_address(app, external_id),
        published_at=date.at,
        published_precision=date.precision,
        reply=_reply(answered[-1], now) if answered else None,
    )


def _address(app: str, review_id: str) -> str:
    named = urlencode({"id": app, "reviewId": review_id}, errors="replace")
    return f"https://play.google.com/store/apps/details?{named}" if app else ""


def _texts(said: Fields) -> tuple[str, str, str]:
    """(title, body, translation): the words are the guest's own where Google gives them."""
    shown, original = text(said, "text"), text(said, "originalText")
    title, body = _split(original or shown)
    is_translated = bool(original) and original.strip() != shown.strip()
    return title, body, "\n".join(filter(None, _split(shown))) if is_translated else ""


def _split(written: str) -> tuple[str, str]:
    title, tab, body = written.partition("\t")
    return (line(title), plain(body)) if tab else ("", plain(written))


def _date(fields: Fields, now: datetime) -> ReadDate:
    moment = part(fields, "lastModified")
    seconds, nanos = text(moment, "seconds"), moment.get("nanos")
    if not _SECONDS.fullmatch(seconds):
        return ReadDate(warning=say("a date could not be read"))
    at = datetime.fromtimestamp(int(seconds), UTC)
    if isinstance(nanos, int) and 0 <= nanos < 10**9:
        at = at.replace(microsecond=nanos // 1000)
    return plausible(ReadDate(at, DatePrecision.INSTANT), now=now)


def _reply(fields: Fields, now: datetime) -> OwnerReply | None:
    body = plain(text(fields, "text"))
    return OwnerReply(body=body, published_at=_date(fields, now).at) if body else None
