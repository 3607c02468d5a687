"""OpenTable."""

from __future__ import annotations

from ._types import Platform, ReadBy, ReplyBy, ReplyRules

PLATFORM = Platform(
    key="opentable",
    name="OpenTable",
    read_by=ReadBy.IMPORT,
    reply_by=ReplyBy.HAND,
    retention="store",
    terms="OpenTable's terms forbid automatic reading, copying by hand and the use of AI. A bot check guards "
    "its pages, and its APIs are for partners by contract.",
    alternative="Answer in GuestCenter. What your contract lets you keep can be taken in: an export, or a page "
    "that you saved.",
    doc_url="https://restaurant.opentable.com/products/guestcenter/",
    hosts=(r"(.+\.)?opentable\.[a-z.]{2,7}",),
    scale=(1, 5),
    may_judge=False,
    no_redraft="OpenTable's terms (section 13) forbid tools of artificial intelligence.",
    reply_rules=ReplyRules(page="https://guestcenter.opentable.com/"),
)
