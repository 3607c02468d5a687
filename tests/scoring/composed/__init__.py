"""Drafts to read: for each language one of every kind, as the composer writes them now.

`python -m tests.scoring.composed` writes the files anew after a phrase has changed, so that a change shows in review.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from scoring.suggest import CaseFile, Holding, Memory, NoDraft, Review, compose
from scoring.suggest.types import Composed
from scoring.types import AngerLevel, Risk, Topic

from ..composing import BILL, CALLED, DAY, ELENA, PROMISED, TALKED, WORDS, WROTE, platform, scored

FOLDER = Path(__file__).parent


def written(language: str) -> str:
    """All examples of a language, each under its title; every answer knows those above it."""
    recent: tuple[str, ...] = ()
    blocks = []
    for title, review, case in examples(language):
        composed = compose(review, case, Memory(recent=recent, seed=title))
        text = _text(composed)
        recent = (text, *recent)
        blocks.append(f"# {title}\n\n{text}\n")
    return "\n".join(blocks)


def examples(language: str) -> Iterator[tuple[str, Review, CaseFile]]:
    case = CaseFile(contact=ELENA, house_language=language)
    calm = AngerLevel.CALM
    text = WORDS[language]
    for topic in Topic:
        yield (
            f"complaint: {topic}",
            Review(score=scored(language, [topic]), text=text, stars=1, author_name="Sam"),
            case,
        )
    worst = scored(language, [Topic.STAFF, Topic.WAITING, Topic.PRICE, Topic.COMFORT], risks=[Risk.REFUND, Risk.CHURN])
    on_record = replace(case, records=(TALKED, BILL), has_policy=True)
    yield "four complaints, money, goodbye, two records", Review(score=worst, text=text, stars=1), on_record
    for name in ("tripadvisor", "googleplay"):
        yield f"on {name}", Review(score=worst, text=text, stars=1), replace(case, platform=platform(name))
    mixed = scored(language, [Topic.WAITING], level=calm, sentiment=4.2)
    yield "praise and a complaint", Review(score=mixed, text=text, stars=4, author_name="Priya"), case
    yield "a preference", Review(score=scored(language, [Topic.COMFORT]), text=text, stars=3, is_failure=False), case
    glad = scored(language, level=calm, sentiment=4.9)
    yield "praise", Review(score=glad, text=text, stars=5, author_name="Zoë"), case
    yield "five stars without a word", Review(score=glad, stars=5), case
    yield "one star without a word", Review(score=glad, stars=1, author_name="Sam"), case
    protected = replace(case, is_protected_sector=True)
    yield "a practice", Review(score=scored(language, [Topic.WAITING]), text=text, stars=1), protected
    for risk in (Risk.SAFETY, Risk.DISCRIMINATION, Risk.LEGAL, Risk.SELF_HARM):
        yield f"held: {risk}", Review(score=scored(language, risks=[risk]), text=text, stars=1), case
    late = Review(score=scored(language, [Topic.WAITING]), text=text, stars=1, author_name="Sam")
    for record in (PROMISED, WROTE, CALLED):
        yield f"on record: {record.words}", late, replace(case, records=(record, TALKED), today=DAY)


def _text(composed: Composed) -> str:
    if isinstance(composed, NoDraft):
        return composed.why.message % composed.why.values
    if isinstance(composed, Holding):
        return f"({composed.keeper} must see it)\n{composed.text}"
    return composed.text
