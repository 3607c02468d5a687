"""Answers in a row do not sound alike."""

from __future__ import annotations

import pytest

from scoring.rubric.platforms import PLATFORMS, UNKNOWN
from scoring.rubric.types import PlatformRules
from scoring.suggest import CaseFile, Draft, Memory, Review
from scoring.suggest.choice import likeness
from scoring.suggest.phrases import LANGUAGES
from scoring.types import AngerLevel, Topic

from .composing import ELENA, WORDS, drafted, failed, findings, scored

KINDS = ("complaint", "praise", "praise without words", "few stars without words", "mixed", "preference", "protected")


def reviewed(kind: str, language: str) -> Review:
    calm = scored(language, level=AngerLevel.CALM, sentiment=4.8)
    if kind == "complaint":
        return Review(score=scored(language, [Topic.WAITING]), text=WORDS[language], stars=1, author_name="Sam")
    if kind == "mixed":
        score = scored(language, [Topic.WAITING], level=AngerLevel.CALM, sentiment=4.0)
        return Review(score=score, text=WORDS[language], stars=4)
    if kind == "preference":
        return Review(score=calm, text=WORDS[language], stars=3)
    if kind == "protected":
        return Review(score=scored(language, [Topic.STAFF]), text=WORDS[language], stars=1)
    text = WORDS[language] if kind == "praise" else ""
    return Review(score=calm, text=text, stars=1 if kind.startswith("few") else 5)


def in_a_row(kind: str, language: str, count: int, platform: PlatformRules = UNKNOWN) -> list[Draft]:
    case = CaseFile(contact=ELENA, house_language=language, is_protected_sector=kind == "protected", platform=platform)
    drafts: list[Draft] = []
    for _ in range(count):
        recent = tuple(draft.text for draft in reversed(drafts))
        drafts.append(drafted(reviewed(kind, language), case, Memory(recent=recent, seed="always the same")))
    return drafts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_opening_comes_twice_in_ten_answers(kind: str, language: str) -> None:
    """Twenty answers to the same review, with the same seed: the memory alone keeps them apart."""
    # The end of it, for a greeting may stand in front.
    openings = [draft.sentences[0].text[-60:].casefold() for draft in in_a_row(kind, language, 20)]
    assert all(len(set(openings[at : at + 10])) == 10 for at in range(11))


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_answers_open_differently_too(language: str) -> None:
    """Where a platform has no room for an opening, the first sentence is one; and the answer still fits."""
    short = PLATFORMS["googleplay"]
    assert short.most_chars == 350
    for kind in ("complaint", "praise", "preference"):
        drafts = in_a_row(kind, language, 20, short)
        openings = [draft.sentences[0].text[-60:].casefold() for draft in drafts]
        assert all(len(set(openings[at : at + 10])) == 10 for at in range(11)), kind
        assert max(len(draft.text) for draft in drafts) <= 350


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_answers_in_a_row_are_no_boilerplate(language: str) -> None:
    """A complaint about each topic: the check of sameness, which knows all earlier answers, is content with each."""
    case = CaseFile(contact=ELENA)
    recent: tuple[str, ...] = ()
    for topic in Topic:
        review = Review(score=scored(language, [topic]), text=WORDS[language], stars=1)
        draft = drafted(review, case, Memory(recent=recent, seed="always the same"))
        assert failed(findings(draft, review, case, recent=recent), "B", "W") == []
        recent = (draft.text, *recent)


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_to_the_same_complaint_share_less_than_the_check_allows(language: str) -> None:
    """Ten in a row about the same thing, none of which is six tenths of another one."""
    drafts = in_a_row("complaint", language, 10)
    assert all(likeness(draft.text, [other.text for other in drafts[:at]]) < 0.6 for at, draft in enumerate(drafts))
