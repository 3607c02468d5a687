"""Where a list of reviews goes on: rel=next, else a link to this very page with the next number, else one that says so.

A number stands in the query ("?page=2") or in the path ("/page/2/", "/comment-page-2/").
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import lxml.html

from .page import absolute, followable

_PARAMETER = re.compile(
    r"(?:^|&)(?:page|paged|p|pg|pn|cpage|page_?no|page_?number|current_?page|reviews?_?page|seite|pagina|side|sida)"
    r"=(\d{1,5})(?:&|$)",
    re.IGNORECASE,
)
_IN_PATH = re.compile(r"/(?:(?:comment-)?page|pagina|seite|side|sida)[/-](\d{1,5})/?$", re.IGNORECASE)
_HEADER_LINK = re.compile(r"<([^<>]{1,2000})>((?:[^<>\"]|\"[^\"]{0,300}\"){0,300})")
_HEADER_NEXT = re.compile(
    r"""(?:^|;)\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\s*(?:[;,]|$))""", re.IGNORECASE
)
_LONGEST_HEADER = 8_000  # characters
_CLASSES = frozenset(
    ("next", "next-page", "next_page", "pagination-next", "pagination__next", "pager-next", "nextpage")
)
_SAYS_NEXT = re.compile(
    r"(?:go to )?(?:the )?next(?: page)?|nächste(?: seite)?|page suivante|suivante?|página siguiente|siguiente"
    r"|pagina successiva|successiva|próxima(?: página)?|volgende(?: pagina)?|næste(?: side)?|nästa(?: sida)?"
    r"|następna(?: strona)?|次へ|下一页",
    re.IGNORECASE,
)


def next_in_header(value: str) -> str | None:
    """The address that a Link header names as the next page (RFC 8288), as written."""
    for found in _HEADER_LINK.finditer(value[:_LONGEST_HEADER]):
        if _HEADER_NEXT.search(found[2]):
            return found[1].strip() or None
    return None


def next_link(tree: lxml.html.HtmlElement, url: str) -> str | None:
    """The link as written, None at the end of the list."""
    links = [
        (element, str(href).strip())
        for element in tree.iter("link", "a")
        if (href := element.get("href")) and href.strip()
    ]
    for element, href in links:
        if "next" in (element.get("rel") or "").lower().split() and followable(url, href):
            return href
    own_path, number = _page_number(url)
    for _, href in links:
        if _page_number(href)[1] is not None and _page_number(absolute(url, href)) == (own_path, (number or 1) + 1):
            return href
    return next((href for element, href in links if _says_next(element) and _is_further(url, href)), None)


def _page_number(url: str) -> tuple[str, int | None]:
    """The address without its query and page number, and that number."""
    base, _, query = url.partition("#")[0].partition("?")
    if found := _PARAMETER.search(query):
        return base.rstrip("/"), int(found.group(1))
    if found := _IN_PATH.search(base[-200:]):
        return base[: len(base) - len(found.group())], int(found.group(1))
    return base.rstrip("/"), None


def _says_next(element: lxml.html.HtmlElement) -> bool:
    if element.tag != "a":
        return False
    classes = (element.get("class") or "")[:300].lower().split()
    label = (element.get("aria-label") or element.get("title") or "")[:100].strip()
    return bool(_CLASSES.intersection(classes)) or _SAYS_NEXT.fullmatch(label) is not None


def _is_further(url: str, href: str) -> bool:
    """Another address at the same host and below the same first folder: not a carousel's arrow, not the next shop."""
    target = absolute(url, href).partition("#")[0]
    if not target or target == url.partition("#")[0]:
        return False
    here, there = urlsplit(url), urlsplit(target)
    return here.netloc == there.netloc and here.path.split("/")[1:2] == there.path.split("/")[1:2]
