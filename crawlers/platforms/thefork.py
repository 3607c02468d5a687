"""TheFork."""

from __future__ import annotations

from ._types import Key, Platform, ReadBy, ReplyBy, ReplyRules

PLATFORM = Platform(
    key="thefork",
    name="TheFork",
    read_by=ReadBy.API,
    reply_by=ReplyBy.API,
    retention="store",
    terms="TheFork forbids automatic reading of its pages; restaurants under contract read their own reviews "
    "through its B2B API.",
    alternative="Its B2B API gives all reviews of a restaurant, by contract. Without one, answer in TheFork Manager.",
    doc_url="https://docs.thefork.io/B2B-API/introduction",
    hosts=(r"(.+\.)?thefork\.[a-z.]{2,7}", r"(.+\.)?lafourchette\.com", r"(.+\.)?eltenedor\.[a-z.]{2,7}"),
    apis={"": "https://api.thefork.io/manager", "auth": "https://auth.thefork.io"},
    keys=(
        Key(name="client_id", label="client id", help="by writing to integrations@thefork.com", is_secret=False),
        Key(name="client_secret", label="client secret", help="comes with the client id"),
    ),
    place_label="restaurant id",
    place_help="the UUID that TheFork gives with the client id: 8-4-4-4-12 digits and letters a to f",
    scale=(0.0, 10.0),
    reply_rules=ReplyRules(
        needs_words=True,
        is_replaced=True,
        is_moderated=True,
        page="https://manager.thefork.com/",
        doc_url="https://docs.thefork.io/B2B-API/introduction",
    ),
)
