"""The two JSON shapes: schema.org JSON-LD and the app store's customer review feed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from markupsafe import Markup

from .archive import PublicReview
from .listing import MOST_APP_PAGES, Listing, app_ids, human_path, review_path
from .records import Place, Site

_TYPES = {"restaurant": "Restaurant", "hotel": "Hotel"}
_PACIFIC = timezone(timedelta(hours=-7))  # the app feed writes this offset all year round
_APP_VERSION = "3.2.1"


def schema_type(place: Place) -> str:
    return _TYPES.get(place.trade, "LocalBusiness")


def review_iri(review: PublicReview) -> str:
    """The review's identity in markup: the same on any port and on any page."""
    return f"urn:lanterna:review:{review.id}"


def script_text(document: object) -> Markup:
    """JSON that is safe inside a script element: no text in it can close the element or open a comment."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 - escaped above


def jsonld(site: Site, shown: Listing, *, base_url: str) -> dict[str, Any]:
    place = site.place
    document: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": schema_type(place),
        "@id": f"urn:lanterna:place:{place.slug}",
        "name": place.name,
        "url": base_url + human_path(site),
        "address": {"@type": "PostalAddress", "addressLocality": place.city, "addressCountry": "IT"},
    }
    if shown.mean is not None and site.scale:
        document["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": f"{shown.mean:g}",
            "reviewCount": str(shown.total),
            "bestRating": f"{site.scale[1]:g}",
            "worstRating": f"{site.scale[0]:g}",
        }
    document["review"] = [_review_node(site, review, base_url=base_url) for review in shown.reviews]
    return document


def _review_node(site: Site, review: PublicReview, *, base_url: str) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@type": "Review",
        "@id": review_iri(review),
        "url": base_url + review_path(site, review),
        "datePublished": review.published_at.isoformat(),
        "reviewBody": review.text,
    }
    if review.author:
        node["author"] = {"@type": "Person", "name": review.author}
    if review.title:
        node["name"] = review.title
    if review.number % 3 == 0:  # few sites say the language, and then not for every review
        node["inLanguage"] = review.lang
    if review.edited_at:
        node["dateModified"] = review.edited_at.isoformat()
    if review.stars is not None and site.scale:
        best, worst = f"{site.scale[1]:g}", f"{site.scale[0]:g}"
        value = f"{review.stars:g}"
        node["reviewRating"] = {"@type": "Rating", "ratingValue": value, "bestRating": best, "worstRating": worst}
    if review.reply:
        node["comment"] = {
            "@type": "Comment",
            "author": {
                "@type": "Organization",
                "@id": f"urn:lanterna:place:{site.place.slug}",
                "name": site.place.name,
            },
            "dateCreated": review.reply.published_at.isoformat(),
            "text": review.reply.text,
        }
    return node


def app_feed(
    site: Site, reviews: Sequence[PublicReview], *, page: int, page_size: int, base_url: str
) -> dict[str, Any]:
    """One page of the feed with its quirks: labels everywhere, the app itself first, a lone entry not in a list."""
    country, app = app_ids(site)
    entries = [
        _app_entry(site, review, base_url=base_url) for review in reviews[(page - 1) * page_size : page * page_size]
    ]
    if page == 1 and entries:
        entries.insert(0, _app_itself(site, app, base_url=base_url))
    feed: dict[str, Any] = {
        "author": {"name": _label("iTunes Store"), "uri": _label("http://www.apple.com/itunes/")},
        "updated": _label(_pacific(reviews[0].published_at) if reviews else "2026-01-01T00:00:00-07:00"),
        "title": _label("iTunes Store: Customer Reviews"),
        "id": _label(f"{base_url}/{country}/rss/customerreviews/id={app}/json"),
        "link": [
            _link("self", base_url + app_page_path(site, page)),
            _link("first", base_url + app_page_path(site, 1)),
            # The real feed's JSON pages point to the XML ones here.
            _link("next", base_url + app_page_path(site, min(page + 1, MOST_APP_PAGES), ending="xml")),
        ],
    }
    if entries:
        feed["entry"] = entries if len(entries) > 1 else entries[0]
    return {"feed": feed}


def app_page_path(site: Site, page: int, *, ending: str = "json") -> str:
    return site.path.replace("/page=1/", f"/page={page}/").removesuffix("json") + ending


def _app_itself(site: Site, app: str, *, base_url: str) -> dict[str, Any]:
    return {
        "im:name": _label(site.place.name),
        "title": _label(f"{site.place.name} - Lanterna"),
        "id": {"label": base_url + human_path(site), "attributes": {"im:id": app}},
    }


def _app_entry(site: Site, review: PublicReview, *, base_url: str) -> dict[str, Any]:
    return {
        "author": {
            "uri": _label(f"{base_url}/{app_ids(site)[0]}/reviews/id{review.number}"),
            "name": _label(review.author),
            "label": "",
        },
        "updated": _label(_pacific(review.edited_at or review.published_at)),
        **({} if review.stars is None else {"im:rating": _label(f"{review.stars:g}")}),
        "im:version": _label(_APP_VERSION),
        "id": _label(str(review.number)),
        "title": _label(review.title),
        "content": {"label": review.text, "attributes": {"type": "text"}},
        "link": _link("related", base_url + review_path(site, review)),
        "im:voteSum": _label("0"),
        "im:contentType": {"attributes": {"term": "Application", "label": "Application"}},
        "im:voteCount": _label("0"),
    }


def _pacific(moment: datetime) -> str:
    return moment.astimezone(_PACIFIC).isoformat()


def _label(value: str) -> dict[str, str]:
    return {"label": value}


def _link(rel: str, href: str) -> dict[str, dict[str, str]]:
    return {"attributes": {"rel": rel, "href": href}}
