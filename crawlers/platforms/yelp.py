"""Yelp."""

from __future__ import annotations

from ._types import Key, Platform, ReadBy, ReplyBy, ReplyRules

PLATFORM = Platform(
    key="yelp",
    name="Yelp",
    read_by=ReadBy.API,
    reply_by=ReplyBy.HAND,
    shows_answers=False,
    retention="24h",
    terms="Yelp's robots.txt closes its pages to all programs; its API shows three excerpts, kept for 24 hours "
    "at most and never given to a model that writes.",
    alternative="Answer in Yelp for Business. Exports and pasted reviews are taken in with: "
    "amends import FILE --place NAME",
    doc_url="https://docs.developer.yelp.com/reference/v3_business_reviews",
    hosts=(r"(.+\.)?yelp\.[a-z.]{2,7}",),
    apis={"": "https://api.yelp.com/v3", "partner": "https://partner-api.yelp.com"},
    keys=(
        Key(name="api_key", label="API key", help="Yelp developer portal, Manage App; Enhanced plan or above"),
        Key(
            name="locale",
            label="language",
            help="such as it_IT or en_US; Yelp shows the excerpts of one language",
            is_secret=False,
            is_needed=False,
        ),
        Key(
            name="owner_token",
            label="business owner's token",
            help="Partners only: the OAuth token of a business owner whose profile has a name and a photo. With it, "
            "answers are posted from here",
            is_needed=False,
        ),
    ),
    place_label="business id",
    place_help="or the last part of the page's address: trattoria-lanterna-portland",
    scale=(1.0, 5.0),
    may_judge=False,
    no_redraft="Yelp's API terms (section 9.4) forbid giving its content to a model that writes.",
    least_every_s=3600,  # 300 calls a day on the smallest plan
    most_every_s=20 * 3600,  # nothing may be shown that is older than a day
    reply_limit="Typed at biz.yelp.com, or by API for partners, 20 a day.",
    reply_keys=("owner_token",),
    reply_rules=ReplyRules(
        links=False,
        quotes=True,
        emoji=False,
        is_replaced=False,
        page="https://biz.yelp.com/",
        doc_url="https://docs.developer.yelp.com/docs/respond-to-reviews",
    ),
)
