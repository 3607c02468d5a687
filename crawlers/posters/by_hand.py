"""Answering by hand: where to go, and what the platform makes of an answer. Nothing is sent from here."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from db.phrases import Words, say

from ..platforms import PLATFORMS, ReplyRules


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """What a person needs to put an answer on a platform: links and rules, each a sentence."""

    review_url: str  # where the review is read; empty without an address of its own
    answer_url: str  # where answers are written, once signed in; empty where nobody knows
    rules: tuple[Words, ...]


def hand_over(
    platform: str, review_url: str = "", source_url: str = "", *, rules: ReplyRules | None = None
) -> HandOver:
    """`source_url` is where the source is read: a page of the business itself, as a rule. `rules`: in place of ours."""
    facts = PLATFORMS.get(platform)
    rules = rules or (facts.reply_rules if facts else ReplyRules())
    url = review_url if _is_web(review_url) else ""
    own = source_url if _is_web(source_url) and not (facts and facts.apis) else ""
    further = [say(facts.reply_limit)] if facts and facts.reply_limit else []
    return HandOver(review_url=url, answer_url=rules.page or url or own, rules=(*rules_in_words(rules), *further))


def rules_in_words(rules: ReplyRules) -> list[Words]:
    """Only what is known."""
    said: list[Words] = []
    if rules.most_chars is not None:
        said.append(say("At most %(most)s characters.", most=rules.most_chars))
    if rules.most_bytes is not None:
        said.append(say("At most %(most)s bytes; a letter with an accent counts as two.", most=rules.most_bytes))
    sentences = (
        (rules.links is False, say("No links.")),
        (rules.quotes is False, say("Nothing quoted from the review: say it in your own words.")),
        (rules.formatting is False, say("No lists and no formatting.")),
        (rules.phone_numbers is False, say("No telephone numbers.")),
        (rules.mail_addresses is False, say("No mail addresses.")),
        (rules.emoji is False, say("No emoji.")),
        (rules.offers_block, say("An offer of money, gifts or services has the whole answer removed.")),
        (rules.needs_words, say("A rating without words cannot be answered.")),
        (rules.is_replaced is False, say("There is one answer for each review.")),
        (rules.is_replaced is True, say("A second answer takes the place of the first.")),
        (rules.is_moderated is True, say("The platform looks at every answer before it is shown.")),
    )
    said += [sentence for holds, sentence in sentences if holds]
    return said


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False
