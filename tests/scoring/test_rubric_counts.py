"""Checks that count and compare: length, sameness, language, the rules of the platform."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.rubric.checking import check_one
from scoring.rubric.platforms import (
    LINK_UNKNOWN,
    MAYBE_TOO_LONG,
    NO_CONTACT,
    NO_EMOJI,
    NO_LINK,
    NO_QUOTE,
    NOT_ABOUT_IT,
    PLAIN,
    PLATFORMS,
    TOO_LONG,
    UNKNOWN,
)
from scoring.rubric.types import Context, Finding, Outcome, PlatformRules, Review, Severity

ENGLISH = Context(language="en", review=Review(text="The room was cold and nobody came.", language="en"))
SENTENCE = "You told the desk about the cold room and nobody came. "  # eleven words
REPLY = (
    "You sat in a cold room and nobody came to look at the heater. I am sorry about that evening. We had one person at "
    "the desk for ninety rooms, and that was our decision. Please ring me on the number of this page."
)


def checked(check: str, text: str, context: Context = ENGLISH) -> Finding:
    return check_one(check, text, context)


@pytest.mark.parametrize(
    ("sentences", "outcome", "severity"),
    [
        (1, Outcome.FAILED, Severity.WARN),  # 11 words
        (3, Outcome.FAILED, Severity.HINT),  # 33
        (5, Outcome.PASSED, Severity.HINT),  # 55
        (13, Outcome.PASSED, Severity.HINT),  # 143
        (15, Outcome.FAILED, Severity.HINT),  # 165
        (25, Outcome.FAILED, Severity.WARN),  # 275
    ],
)
def test_length_is_counted_without_the_signature(sentences: int, outcome: Outcome, severity: Severity) -> None:
    """50 to 150 words under a complaint; a warning below 25 and above 250."""
    finding = checked("S07", SENTENCE * sentences + "\nMarta Vidal, restaurant manager of the house by the old harbour")
    assert (finding.outcome, finding.severity) == (outcome, severity)


def test_praise_is_answered_in_few_words() -> None:
    """15 to 60 words; a warning above 250, as under a complaint, and fewer are never more than a hint."""
    praise = replace(ENGLISH, review=replace(ENGLISH.review, is_negative=False))
    assert checked("S07", SENTENCE * 2, praise).outcome is Outcome.PASSED
    for sentences, severity in ((1, Severity.HINT), (18, Severity.HINT), (23, Severity.WARN)):
        finding = checked("S07", SENTENCE * sentences, praise)
        assert (finding.outcome, finding.severity) == (Outcome.FAILED, severity)


def test_sentence_without_end_is_a_hint() -> None:
    """Above thirty words."""
    long = "You told the desk " + "and then the desk told you " * 10 + "that nobody came. "
    assert [span[0] for span in checked("S07", long + SENTENCE).spans] == [0]


def test_platform_with_few_characters_has_its_own_measure() -> None:
    """330 characters are right on Google Play."""
    context = replace(ENGLISH, platform=PLATFORMS["googleplay"])
    assert checked("S07", "x" * 330, context).outcome is Outcome.PASSED
    assert checked("B10", "x" * 351, context).spans == ((350, 351),)


@pytest.mark.parametrize(
    ("length", "outcome", "severity"),
    [
        (1_000, Outcome.PASSED, Severity.BLOCK),
        (1_500, Outcome.FAILED, Severity.HINT),
        (2_001, Outcome.FAILED, Severity.BLOCK),
    ],
)
def test_platform_nobody_named_takes_short_answers(length: int, outcome: Outcome, severity: Severity) -> None:
    """A hint from 1,000 characters on, a block from 2,000."""
    finding = checked("B10", "x" * length)
    assert (finding.outcome, finding.severity) == (outcome, severity)


def test_bytes_are_counted_where_the_platform_counts_them() -> None:
    """Google takes 4,096 bytes, which are 2,048 letters with accents; the mark begins where it is full."""
    context = replace(ENGLISH, platform=PlatformRules(name="google", most_bytes=10, links=False))
    assert checked("B10", "é" * 5, context).outcome is Outcome.PASSED
    assert checked("B10", "é" * 6, context).spans == ((5, 6),)


@pytest.mark.parametrize(
    ("platform", "text", "told"),
    [
        ("google", "é" * 2_049, [TOO_LONG]),
        ("googleplay", "x" * 351, [TOO_LONG]),
        ("", "x" * 1_500, [MAYBE_TOO_LONG]),
        ("google", "See https://lanterna.example/contact.", [NO_LINK]),
        ("", "See https://lanterna.example/contact.", [LINK_UNKNOWN]),
        ("tripadvisor", "Please ring me on +49 30 1234567.", [NO_CONTACT]),
        ("tripadvisor", 'You were right about the "nobody came".', [NO_QUOTE]),
        ("tripadvisor", "Tripadvisor has its own guidelines for photos.", [NOT_ABOUT_IT]),
        ("yelp", "You are right. \U0001f600", [NO_EMOJI]),
        ("googleplay", "**Sorry** " * 36, [TOO_LONG, PLAIN]),
    ],
)
def test_what_does_not_fit_says_what_to_do_about_it(platform: str, text: str, told: list[str]) -> None:
    """One sentence a kind of fault, which is true on this platform: none has a counter that is not there."""
    finding = checked("B10", text, replace(ENGLISH, platform=PLATFORMS.get(platform, UNKNOWN)))
    assert finding.message.split("\n") == told


def test_words_of_the_review_are_not_taken_where_that_is_forbidden() -> None:
    """With quotation marks or without, seven words in a row are a snippet."""
    context = replace(ENGLISH, platform=PLATFORMS["tripadvisor"])
    assert checked("B10", "We see that the room was cold and nobody came.", context).outcome is Outcome.FAILED
    assert checked("B10", 'You were right about the "nobody came".', context).outcome is Outcome.FAILED
    assert checked("B10", "You had a cold room and no help.", context).outcome is Outcome.PASSED
    assert checked("B10", "We see that the room was cold and nobody came.").outcome is Outcome.PASSED


def test_answer_of_yesterday_is_noticed_under_another_name() -> None:
    """Greeting, name and signature do not make it new."""
    old = "Dear Ben,\n" + REPLY + "\nMarta Vidal, manager"
    new = "Dear Nora,\n" + REPLY + "\nPaul Stone, owner"
    assert checked("W08", new, replace(ENGLISH, recent_replies=(old,))).outcome is Outcome.FAILED
    assert checked("W08", new, replace(ENGLISH, saved_replies=(REPLY,))).outcome is Outcome.FAILED


def test_skeleton_with_new_sentences_is_not_the_same() -> None:
    """A shared sign-off is no copy."""
    old = REPLY + "\nMarta Vidal, manager"
    new = "The heater in your room was off and two calls went unanswered. I am sorry. It is being looked at."
    assert (
        checked("W08", new + "\nMarta Vidal, manager", replace(ENGLISH, recent_replies=(old,))).outcome
        is Outcome.PASSED
    )


def test_opening_used_three_times_of_ten_is_noticed() -> None:
    """However different the rest is."""
    others = tuple(f"Thank you for telling us about this. {rest}" for rest in ("The lift works.", "We rang.", "Soup."))
    text = "Thank you for telling us about this. Nobody came to look at the heater, and that is on us."
    assert checked("W08", text, replace(ENGLISH, recent_replies=others)).outcome is Outcome.FAILED
    assert checked("W08", text, replace(ENGLISH, recent_replies=others[:2])).outcome is Outcome.PASSED


def test_words_are_common_by_what_was_answered() -> None:
    """Not by what is saved: many other saved replies do not make a rote answer one of its own, nor few a good one."""
    kinds = ("kind", "warm", "long", "good")
    recent = tuple(f"{one} feedback matters greatly, because guests deserve excellent service always" for one in kinds)
    text = "Always excellent service: guests deserve feedback. Greatly, because every visit matters."
    saved = tuple(f"The lift of floor {at} stood still that night." for at in range(60))
    assert checked("W08", text, replace(ENGLISH, recent_replies=recent)).outcome is Outcome.FAILED
    assert checked("W08", text, replace(ENGLISH, recent_replies=recent, saved_replies=saved)).outcome is Outcome.FAILED
    assert checked("W08", text, replace(ENGLISH, saved_replies=recent)).outcome is Outcome.PASSED


def test_language_is_that_of_the_review() -> None:
    """Another one fails, unless somebody read it or it is followed by the right one; few letters say nothing."""
    german = "Es tut uns leid, dass Ihr Zimmer kalt war und niemand kam."
    english = "I am sorry that your room was cold and that nobody came."
    assert checked("W09", german).outcome is Outcome.FAILED
    assert checked("W09", german, replace(ENGLISH, is_translation_read=True)).outcome is Outcome.PASSED
    assert checked("W09", f"{german}\n\n{english}").outcome is Outcome.PASSED
    assert checked("W09", "Danke sehr.").outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("signature", "outcome"),
    [
        ("\nMarta Vidal, restaurant manager", Outcome.PASSED),
        ("\nKind regards,\nMarta Vidal\nOwner", Outcome.PASSED),
        (" Kind regards, Marta, guest relations", Outcome.PASSED),
        ("\nThe Management", Outcome.FAILED),
        ("\nKind regards", Outcome.FAILED),
        ("", Outcome.FAILED),
    ],
)
def test_signature_is_a_person_with_a_role(signature: str, outcome: Outcome) -> None:
    """A team alone is the hint."""
    assert checked("S06", REPLY + signature).outcome is outcome
