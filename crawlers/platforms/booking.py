"""Booking.com."""

from __future__ import annotations

from ._types import Key, Platform, ReadBy, ReplyBy, ReplyRules

PLATFORM = Platform(
    key="booking",
    name="Booking.com",
    read_by=ReadBy.API,
    reply_by=ReplyBy.API,
    retention="store",
    terms="Booking.com's terms forbid automatic reading of its pages, and a bot check guards them.",
    alternative="Connectivity partners use its Guest Review API; everybody else answers in the Extranet.",
    doc_url="https://developers.booking.com/connectivity/docs/review-api/retrieve-reviews",
    hosts=(r"(.+\.)?booking\.com",),
    apis={"": "https://supply-xml.booking.com/review-api"},
    keys=(
        Key(
            name="username",
            label="machine account name",
            help="Connectivity Portal, Machine accounts; the account needs the review-api right",
            is_secret=False,
            is_needed=False,
        ),
        Key(name="password", label="machine account password", is_needed=False),
        Key(name="token", label="access token", help="in place of name and password", is_needed=False),
    ),
    place_label="property id",
    place_help="digits, at the top of the Extranet beside the property's name",
    scale=(1, 10),
    reply_limit="Looked at for up to two days; in the review's language or English.",
    reply_rules=ReplyRules(
        needs_words=True,
        is_moderated=True,
        page="https://admin.booking.com/",
        doc_url="https://developers.booking.com/connectivity/docs/review-api/reply-to-review",
    ),
)
