"""Google Maps, live box."""

from __future__ import annotations

from ._types import Key, Platform, ReadBy, ReplyBy, ReplyRules

PLATFORM = Platform(
    key="googleplaces",
    name="Google Maps, live box",
    read_by=ReadBy.API,
    reply_by=ReplyBy.NONE,
    retention="no_store",
    keeps_ids=False,
    terms="Live box only: the Places API shows five reviews, with name, link and photograph of each author; "
    "nothing of it but the place id may be kept.",
    alternative="Owners of a verified profile add it as Google instead: all reviews, and answers.",
    doc_url="https://developers.google.com/maps/documentation/places/web-service/place-details",
    hosts=(r"places\.googleapis\.com",),
    apis={"": "https://places.googleapis.com/v1"},
    keys=(Key(name="api_key", label="API key", help="Google Cloud console, Credentials, with Places API (New)"),),
    place_label="place id",
    place_help="begins with ChIJ as a rule; Google's Place ID Finder shows it",
    scale=(1.0, 5.0),
    may_judge=False,
    no_redraft="What the Places API shows is for the live box alone: nothing of it may be kept or passed on.",
    least_every_s=12 * 3600,  # each reading is billed at the dearest rate
    reply_limit="Answered through the Business Profile only.",
    reply_rules=ReplyRules(
        most_bytes=4096,
        links=False,
        quotes=True,
        formatting=False,
        page="https://business.google.com/reviews",
    ),
)
