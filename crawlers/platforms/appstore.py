"""Apple App Store."""

from __future__ import annotations

from ._types import Platform, ReadBy, ReplyBy, ReplyRules

PLATFORM = Platform(
    key="appstore",
    name="Apple App Store",
    read_by=ReadBy.FEED,
    reply_by=ReplyBy.HAND,
    shows_answers=False,
    retention="store",
    terms="The customer reviews feed is public but undocumented; read it for apps of your own.",
    alternative="Give the address of the reviews feed: "
    "https://itunes.apple.com/COUNTRY/rss/customerreviews/page=1/id=APP/sortby=mostrecent/json",
    doc_url="https://developer.apple.com/documentation/appstoreconnectapi/customer-reviews",
    hosts=(r"itunes\.apple\.com", r"apps\.apple\.com"),
    is_crawlable=True,
    reply_rules=ReplyRules(
        most_chars=5970,  # as third parties say; Apple does not
        links=False,
        quotes=True,
        is_replaced=True,
        is_moderated=True,
        page="https://appstoreconnect.apple.com/",
        doc_url="https://developer.apple.com/documentation/appstoreconnectapi/customer-review-responses",
    ),
)
