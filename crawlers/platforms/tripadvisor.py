"""Tripadvisor."""

from __future__ import annotations

from ._types import Key, Platform, ReadBy, ReplyBy, ReplyRules

PLATFORM = Platform(
    key="tripadvisor",
    name="Tripadvisor",
    read_by=ReadBy.API,
    reply_by=ReplyBy.HAND,
    retention="no_store",
    keeps_ids=False,
    terms="Tripadvisor forbids automatic reading of its pages; what its API shows may not be kept nor given "
    "to a model, and is shown with its logo and bubbles only.",
    alternative="Its Terra API gives the newest reviews with a key. Answer in the Management Center.",
    doc_url="https://docs.terra.tripadvisor.com/",
    hosts=(r"(.+\.)?tripadvisor\.[a-z.]{2,7}",),
    apis={"": "https://terra.tripadvisor.com/api"},
    keys=(
        Key(
            name="api_key",
            label="Terra API key",
            help="Tripadvisor developer portal; a key of the former Content API is refused",
        ),
    ),
    place_label="location id",
    place_help="the digits after -d in the address of the page: …-d99000001-Reviews-…",
    scale=(1.0, 5.0),
    may_judge=False,
    no_redraft="Tripadvisor's terms keep what it shows from artificial intelligence of any kind.",
    least_every_s=3600,  # the smallest plan gives about 1 000 calls a month
    reply_limit="Answers are typed in the Management Center by a verified owner.",
    reply_rules=ReplyRules(
        links=False,  # only what belongs to the review, which nobody can tell beforehand
        quotes=False,
        formatting=False,
        phone_numbers=False,
        mail_addresses=False,
        offers_block=True,
        is_replaced=False,
        is_moderated=True,
        page="https://www.tripadvisor.com/Owners",
        doc_url="https://www.tripadvisorsupport.com/en-US/hc/owner",
    ),
)
