"""Which review is this? An identity that survives edits, new neighbours and a new page number.

In order: the platform's own id; an `@id` or permalink that stands once on the page; a digest of what does not
change lightly. Uniqueness is needed within one source only, so the source's address is no part of any of them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime

from ..items import DatePrecision, IdKind

MAX_ID = 400

_SPACE = re.compile(r"\s+")
_KNOWN = re.compile(r"(?:https?://|urn:|tag:)\S+", re.IGNORECASE)
_FRAGMENT = re.compile(r"#[^\s#]{1,200}")
_PATH = re.compile(r"[/.?]?[\w/.?=&%~+-]*[\w/=][\w/.?=&%~+#:@!,;-]*")


def fold(text: str) -> str:
    """NFKC, lower case, white space joined: equal for wordings that differ in form only."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()


def digest(*, author: str, body: str, rating: str, published_at: datetime | None, precision: DatePrecision) -> str:
    """Identity where the source gives none. A relative date moves from day to day and is left out."""
    steady = published_at is not None and precision not in (DatePrecision.RELATIVE, DatePrecision.NONE)
    day = published_at.date().isoformat() if steady and published_at else ""
    parts = (fold(author), day, fold(body[:400])[:80], fold(rating))
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:40]


def reference(written: str) -> str:
    """A node's `@id`, `itemid` or `resource` as an identity, or "" where it names nothing lasting.

    A bare fragment stays bare: joined to the page's address it would change when the review moves to page two.
    """
    written = written.strip()
    if not written or len(written) > MAX_ID or written.startswith("_:"):
        return ""
    usable = _FRAGMENT.fullmatch(written) or _KNOWN.fullmatch(written)
    if not usable and ":" not in written.split("/", 1)[0]:
        usable = _PATH.fullmatch(written)
    return written if usable else ""


def choose(
    platform_id: str, written_ids: tuple[str, ...], counts: dict[str, int], digest_id: str
) -> tuple[str, IdKind]:
    """The best identity; `counts` tells how often each written id stands on the page."""
    if platform_id and counts.get(platform_id, 0) <= 1:
        return platform_id[:MAX_ID], IdKind.PLATFORM
    for written in written_ids:
        if written and counts.get(written, 0) <= 1:
            return written, IdKind.URL
    return digest_id, IdKind.DIGEST
