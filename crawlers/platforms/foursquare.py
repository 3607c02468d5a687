"""Foursquare."""

from __future__ import annotations

from ._types import Key, Platform, ReadBy, ReplyBy

PLATFORM = Platform(
    key="foursquare",
    name="Foursquare",
    read_by=ReadBy.API,
    reply_by=ReplyBy.NONE,
    retention="no_store",
    terms="Foursquare shows its tips behind a log-in, and pay-as-you-go terms do not let them be stored.",
    alternative="Its Places API gives tips with a key. Tips cannot be answered.",
    doc_url="https://docs.foursquare.com/fsq-developers-places/reference/place-tips",
    hosts=(r"(.+\.)?foursquare\.com",),
    apis={"": "https://places-api.foursquare.com"},
    keys=(Key(name="service_key", label="service key", help="Foursquare developer console, Service API Keys"),),
    place_label="place id",
    place_help="24 digits and letters a to f, the last part of the place's address on foursquare.com",
    least_every_s=12 * 3600,
    reply_limit="Tips cannot be answered.",
)
