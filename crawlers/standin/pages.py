"""Turns a listing into the bytes of a page or a feed. Knows the templates, nothing of requests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from .archive import PublicReview
from .documents import app_feed, app_page_path, jsonld, review_iri, schema_type, script_text
from .listing import Listing, app_ids, human_path, review_path
from .records import Business, Kind, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    body: str
    mimetype: str


class Pages:
    """Renders everything the stand-in shows."""

    def __init__(self, business: Business, *, base_url: str) -> None:
        self._business = business
        self._base_url = base_url
        self._templates = Environment(
            loader=PackageLoader(__package__ or __name__, "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            # Texts may hold characters that neither HTML nor XML can carry.
            finalize=_sendable,
        )
        self._templates.filters.update(day=_day, rfc822=format_datetime, figure=_figure, initials=_initials, bar=_bar)
        self._templates.globals.update(
            base_url=base_url,
            business=business,
            human_path=human_path,
            review_iri=review_iri,
            review_path=review_path,
            schema_type=schema_type,
            stars=_stars,
        )

    def site(self, site: Site, shown: Listing) -> Page:
        """The page a person reads; for three kinds of source the crawler reads the same one."""
        document = script_text(jsonld(site, shown, base_url=self._base_url)) if site.kind is Kind.JSONLD else None
        return self._html(f"{site.kind}.html", site=site, shown=shown, jsonld=document)

    def rss(self, site: Site, reviews: Sequence[PublicReview], *, updated: datetime) -> Page:
        items = [(review, _rss_title(review), _in_element(review)) for review in reviews]
        body = self._templates.get_template("feed.rss").render(site=site, items=items, updated=updated, html=_as_html)
        return Page(body=body, mimetype="application/rss+xml")

    def atom(self, site: Site, shown: Listing, *, updated: datetime) -> Page:
        body = self._templates.get_template("feed.atom").render(site=site, shown=shown, updated=updated, html=_as_html)
        return Page(body=body, mimetype="application/atom+xml")

    def app_json(self, site: Site, reviews: Sequence[PublicReview], *, page: int, page_size: int) -> Page:
        feed = app_feed(site, reviews, page=page, page_size=page_size, base_url=self._base_url)
        return Page(body=json.dumps(feed, ensure_ascii=False), mimetype="application/json")

    def app_xml(self, site: Site, reviews: Sequence[PublicReview], *, page: int, page_size: int) -> Page:
        shown = reviews[(page - 1) * page_size : page * page_size]
        own = app_page_path(site, page, ending="xml")
        body = self._templates.get_template("app_feed.xml").render(
            site=site, reviews=shown, own=own, app=app_ids(site)[1], country=app_ids(site)[0]
        )
        return Page(body=body, mimetype="application/atom+xml")

    def index(self, *, anchor: datetime, snapshot: str, counts: dict[str, int]) -> Page:
        return self._html("index.html", anchor=anchor, snapshot=snapshot, counts=counts)

    def gone(self, site: Site) -> Page:
        return self._html("gone.html", site=site)

    def _html(self, name: str, **values: object) -> Page:
        return Page(body=self._templates.get_template(name).render(**values), mimetype="text/html")


def _sendable(value: object) -> object:
    """Without the control characters that HTML and XML 1.0 forbid."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return "".join(char for char in value if char in "\t\n\r" or (char >= " " and char not in "\x7f\ufffe\uffff"))


def _as_html(text: str) -> str:
    """A review as the HTML a feed carries inside its XML: escaped here, and once more by the template."""
    lines = Markup("<br>").join(str(_sendable(text)).split("\n"))
    return str(Markup("<p>{}</p>").format(lines))


def _rss_title(review: PublicReview) -> str:
    """Food guides put the stars in the title, for those reviews that have whole ones."""
    if review.stars is None or not review.stars.is_integer() or review.number % 10 >= 5:
        return review.title
    return f"{_stars(review.stars)} {review.title}".rstrip()


def _in_element(review: PublicReview) -> bool:
    """Whether the rating stands in an element of its own; one in ten is published without any."""
    if review.stars is None:
        return False
    return 5 <= review.number % 10 < 9 or (review.number % 10 < 5 and not review.stars.is_integer())


def _stars(value: float, best: float = 5) -> str:
    full = int(value + 0.5)
    return "★" * full + "☆" * (int(best) - full)


def _figure(value: float) -> str:
    return f"{value:g}"


def _bar(count: int, spread: Sequence[tuple[int, int]]) -> int:
    """A share of the longest bar, in hundredths."""
    return round(100 * count / max(1, *(n for _, n in spread)))


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _initials(name: str) -> str:
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "·"
