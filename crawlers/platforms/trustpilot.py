"""Trustpilot."""

from __future__ import annotations

from ._types import Key, Platform, ReadBy, ReplyBy, ReplyRules

PLATFORM = Platform(
    key="trustpilot",
    name="Trustpilot",
    read_by=ReadBy.API,
    reply_by=ReplyBy.API,
    retention="24h",
    terms="Trustpilot's robots.txt closes its review pages; copies must be refreshed at least daily.",
    alternative="Businesses read and answer reviews through Trustpilot's API with their key.",
    doc_url="https://developers.trustpilot.com/business-units-api",
    hosts=(r"(.+\.)?trustpilot\.[a-z.]{2,7}",),
    apis={"": "https://api.trustpilot.com/v1"},
    keys=(
        Key(name="api_key", label="API key", help="Trustpilot Business, Integrations, Developers, APIs"),
        Key(
            name="api_secret",
            label="API secret",
            help="stands beside the key; with it, reviews are read as the business sees them",
            is_needed=False,
        ),
        Key(
            name="refresh_token",
            label="refresh token",
            help="of a business user, where Trustpilot gives the secret alone no access",
            is_needed=False,
        ),
        Key(
            name="business_user_id",
            label="id of the business user",
            help="24 digits and letters a to f: in whose name answers are posted from here",
            is_secret=False,
            is_needed=False,
        ),
    ),
    place_label="business unit",
    place_help="its id of 24 digits and letters a to f, or the domain under trustpilot.com/review/",
    scale=(1.0, 5.0),
    most_every_s=20 * 3600,  # edits and removals have to be taken over within a day
    reply_limit="By a business user; product reviews cannot be answered this way.",
    reply_keys=("api_secret", "business_user_id"),
    reply_rules=ReplyRules(
        links=True,
        quotes=True,
        page="https://businessapp.b2b.trustpilot.com/",
        doc_url="https://developers.trustpilot.com/service-reviews-api",
    ),
)
