"""How the situation of a labelled line is read, in the many shapes that people write it in."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.rubric.checking import check_one
from scoring.rubric.rows import draft_context, sentence_context
from scoring.rubric.types import Outcome


@pytest.mark.parametrize(
    ("given", "tag"),
    [
        *((name, "en") for name in ("en", "EN", "en-GB", "en_US", "eng", "English", "English (UK)", ["en"])),
        *((name, "de") for name in ("ger", "deu", "Deutsch", "Swiss German", "de-CH")),
        *((name, "es") for name in ("español", "espanol", "spa", "Latin American Spanish")),
        *(
            (name, "")
            for name in ("mixed", "multi", "any", "n/a", "en/es", ["en", "es"], "", None, "und", "unknown", 5)
        ),
        ("sv", "sv"),
        ("gl", "gl"),
    ],
)
def test_language_is_read_from_tags_and_names(given: Any, tag: str) -> None:
    """What names none leaves it to be found out; a language without rules is told as it is."""
    assert sentence_context({"lang": given}, "B06").language == tag
    assert draft_context({"lang": given}).language == tag


@pytest.mark.parametrize(
    ("told", "audience"),
    [
        *((words, "private") for words in ("private", "private message", "private reply", "audience: private", "DM")),
        *((words, "private") for words in ("direct message to the customer", "e-mail to the customer, not public")),
        *((words, "private") for words in ("private message; refund issued", "private message on Tripadvisor")),
        ({"audience": "private"}, "private"),
        ({"channel": "private message", "platform": "Google"}, "private"),
        *((words, "public") for words in ("private clinic", "Private school", "private dental practice", "public")),
        *((words, "public") for words in ("Google; private message already sent", "public, not a private message")),
        *((words, "public") for words in ("public reply; private message sent", "said so in a private message")),
        ({"audience": "public"}, "public"),
    ],
)
def test_answer_is_private_where_that_is_all_that_is_said(told: Any, audience: str) -> None:
    """A private clinic answers in public, and what was sent besides is another text."""
    assert sentence_context({"context": told}, "W05").audience.value == audience


@pytest.mark.parametrize(
    ("told", "is_protected"),
    [
        *((words, True) for words in ("dental practice", "private clinic", "sector: health", "law firm", "bank", "")),
        *((words, True) for words in ("Zahnarztpraxis", "EHPAD", "GP surgery", "asesoría fiscal", "Google", "1 star")),
        *((words, True) for words in ("Reviewer says that she was a patient", "private school", "accountancy")),
        *((told, True) for told in ({"sector": "private hospital"}, {"protected": True}, {"platform": "Google"})),
        *(
            (words, False)
            for words in ("not protected", "not a protected sector", "protected sector: no", "sector off")
        ),
        *((words, False) for words in ("restaurant, no protected sector", "hair salon", "garage", "gym", "museum")),
        *((words, False) for words in ("online store", "retail", "campsite", "car rental", "hotel with health spa")),
        *((words, False) for words in ("Restaurant, bank holiday weekend, Google", "software company")),
        *((told, False) for told in ({"protected": False}, {"sector": "dental", "protected": "no"})),
        ({"sector": "retail"}, False),
    ],
)
def test_sector_is_protected_as_it_is_named(told: Any, is_protected: bool) -> None:
    """Where nothing is named, a sentence for B03 is one of a protected place."""
    assert sentence_context({"context": told}, "B03").is_protected_sector is is_protected


@pytest.mark.parametrize(
    ("row", "is_protected"),
    [
        ({"review": {"text": "Rude.", "sector": "dental practice"}}, True),
        ({"review": {"text": "Rude.", "is_protected_sector": True}}, True),
        ({"review": {"text": "Rude.", "business": "dental clinic"}}, True),
        ({"review": {"text": "Rude.", "location": "Zahnarztpraxis Meier"}}, True),
        ({"review": "Rude.", "industry": "law firm"}, True),
        ({"review": "[Dental practice, Google, 1 star] They were rude."}, True),
        ({"review": "The dentist at this practice was rude to me."}, True),
        ({"review": "Our solicitor never rang back."}, True),
        ({"review": "Bad practice, and we had to go to the bank for cash."}, False),
        ({"review": "A doctor at the next table was rude to us."}, False),
        ({"review": "The dentist was rude.", "protected": False}, False),
        ({"review": "The teacher was rude.", "trade": "ski hire"}, False),
        ({"review": "Rude.", "context": "Restaurant, bank holiday weekend, Google"}, False),
    ],
)
def test_sector_of_a_whole_draft_is_told_or_seen_in_its_review(row: dict[str, Any], is_protected: bool) -> None:
    """A key has the last word; without any, whom the review speaks of."""
    assert draft_context(row).is_protected_sector is is_protected


@pytest.mark.parametrize(
    ("told", "tag"),
    [
        *((words, "es") for words in ("Review in Spanish", "Spanish", "es", "Review language: Spanish", "review: es")),
        *((words, "es") for words in ("The guest wrote the review in the Spanish language", "Spanish-language review")),
        *((words, "es") for words in ("review is written in Spanish", "review_lang=es", "Reseña en español")),
        *((words, "es") for words in ("Review in Spanish (Tripadvisor). Reply in English", "guest wrote in Spanish")),
        *((words, "es") for words in ("Review in Latin American Spanish", "Spanish, Google")),
        *((told, "es") for told in ({"review_lang": "es"}, {"language": "es"}, {"review_language": "Spanish"})),
        *((told, "es") for told in ({"review": {"lang": "es"}}, {"review": "Un día.", "review_language": "es"})),
        ({"review_language": "es", "platform": "Google Business Profile"}, "es"),
        ("Review in Hungarian", "hu"),
        ("Review in Catalan, reply in Catalan then Spanish", "ca"),
        ("English review, but the guest's name is French", "en"),
        ("Google", ""),
        ("The German guests beside us were served before us, all evening.", ""),
    ],
)
def test_language_of_the_review_is_read_however_it_is_told(told: Any, tag: str) -> None:
    """A reply's language is another matter, and so are the guests that a review speaks of."""
    assert sentence_context({"context": told, "lang": "en"}, "W09").review.language == tag


def test_language_is_found_out_of_the_review_and_never_of_keys() -> None:
    """Where nothing names one."""
    english = "We are sorry for the long wait and the lack of attention."
    spanish = "La comida estaba fría y el camarero muy antipático con todos nosotros."
    for told in (spanish, {"review": spanish, "platform": "Google Business Profile"}):
        assert check_one("W09", english, sentence_context({"context": told}, "W09")).outcome is Outcome.FAILED
    keys = {"platform": "Google Business Profile", "audience": "public reply"}
    assert sentence_context({"context": keys}, "W09").review.text == ""


@pytest.mark.parametrize(
    ("told", "is_negative"),
    [
        *((words, True) for words in ("1-star review; praises the food but cold steak", "negative review", "")),
        *((words, True) for words in ("2 stars, some praise for the waiter", "five-star hotel, slow check-in")),
        *((words, True) for words in ("We praise the cook, but the room was filthy", "rating: 2/5", "3/10")),
        *((told, True) for told in ({"stars": "1"}, {"rating": 4.0, "platform": "Booking.com"}, {"stars": True})),
        *((words, False) for words in ("5-star review", "five-star review", "5 stars", "★★★★★", "Positive", "praise")),
        *((words, False) for words in ("under a five-star review", "rating: 5/5", "positive review", "stars: 5")),
        *((told, False) for told in ({"stars": 5}, {"stars": "5"}, {"rating": "5/5"}, {"rating": 9})),
        ({"review": {"text": "Nice!", "rating": "5/5"}}, False),
        ({"review": "Nice!", "rating": "5\x1c"}, False),
        ({"review": "Nice!", "stars": 5}, False),
        ({"note": "5 stars"}, False),
    ],
)
def test_stars_decide_before_praise_does(told: Any, is_negative: bool) -> None:
    """In figures, words or signs; praise only where no complaint is told."""
    assert sentence_context({"context": told}, "B06").review.is_negative is is_negative


@pytest.mark.parametrize(
    ("row", "stars", "text"),
    [
        ({"review": "(5 stars) Wonderful stay!"}, 5, "Wonderful stay!"),
        ({"review": "★★★★★ Wonderful stay!"}, 5, "Wonderful stay!"),
        ({"review": "5 stars. Wonderful stay!"}, 5, "Wonderful stay!"),
        ({"review": {"text": "Wonderful", "stars": "5"}}, 5, "Wonderful"),
        ({"review": {"text": "Wonderful"}, "stars": 5}, 5, "Wonderful"),
        ({"review": {"text": "Slow", "rating": 4.0, "platform": "Booking.com"}}, 2, "Slow"),
        ({"review": {"text": "Slow", "rating": 7}}, 3.5, "Slow"),
        ({"review": {"text": "Slow", "rating": float("nan")}}, None, "Slow"),
        ({"review": {"text": "Slow", "rating": 10**400}}, None, "Slow"),
        ({"review": "Sam K. (1 star): Cold soup"}, 1, "Cold soup"),
        ({"review": "[Tripadvisor, 1 star] Cold soup"}, 1, "Cold soup"),
        ({"review": "1 star because zero is not possible."}, None, "1 star because zero is not possible."),
        ({"review": "School dinner: cold."}, None, "School dinner: cold."),
        ({"review": {"content": "Cold soup"}}, None, "Cold soup"),
        ({"review": {"title": "Never", "comment": "Cold soup"}}, None, "Never Cold soup"),
    ],
)
def test_review_of_a_draft_is_parted_from_its_head(row: dict[str, Any], stars: float | None, text: str) -> None:
    """Its stars stand in a key, beside it or before it."""
    review = draft_context(row).review
    assert (review.stars, review.text) == (stars, text)


@pytest.mark.parametrize(
    ("words", "platform"),
    [
        *((words, "tripadvisor") for words in ("Trip Advisor", "trip_advisor", "trip-advisor", "TripAdvisor, hotel")),
        *((words, "googleplay") for words in ("google_play", "googleplay", "google-play", "playstore", "Play Store")),
        *((words, "appstore") for words in ("app_store", "appstore", "Apple App Store")),
        *((words, "google") for words in ("Google", "Google (not Tripadvisor)", "google_maps")),
        *((words, "") for words in ("some local portal", "pineapple cake", "")),
    ],
)
def test_platform_is_known_however_it_is_spelt(words: str, platform: str) -> None:
    """In a situation, under a key, and before a review."""
    assert sentence_context({"context": words}, "B10").platform.name == platform
    for row in ({"platform": words}, {"review": {"text": "Cold.", "source": words}}, {"site": words}):
        assert draft_context(row).platform.name == platform
    if platform and "(" not in words:
        assert draft_context({"review": f"[{words}, 1 star] Cold."}).platform.name == platform
        assert draft_context({"review": f"{words}, 1 star: Cold."}).platform.name == platform


@pytest.mark.parametrize(
    ("told", "name"),
    [
        *((words, "Priya") for words in ("Reviewer: Priya", "display name 'Priya'", "reviewer is called Priya")),
        *((words, "Priya") for words in ("review by Priya", "Google, reviewer Priya", 'Display name is "Priya"')),
        *((told, "Priya") for told in ({"reviewer": "Priya"}, {"display_name": "Priya"}, {"author": "Priya"})),
        *((told, "Priya") for told in ({"review": {"reviewer_name": "Priya"}}, {"author": {"name": "Priya"}})),
        ("Reviewer Priya S. from Leeds", "Priya S."),
        *((words, "") for words in ("Google reviewer in Leeds", "Reviewer: Anonymous", "")),
    ],
)
def test_display_name_is_found(told: Any, name: str) -> None:
    """In words or under a key."""
    assert sentence_context({"context": told}, "B09").review.author_name == name


def test_display_name_may_head_a_review() -> None:
    """A platform is none."""
    assert draft_context({"review": "Sam K. (1 star): Cold."}).review.author_name == "Sam K."
    assert draft_context({"review": "Tripadvisor (1 star): Cold."}).review.author_name == ""
    assert draft_context({"review": {"text": "Cold."}, "display_name": "Sam"}).review.author_name == "Sam"


OLD = (
    "Thank you for writing to us about it.",
    "We were glad to hear from you again.",
    "It is good to hear from guests.",
)


@pytest.mark.parametrize(
    "told",
    [
        " || ".join(OLD),
        " | ".join(OLD),
        "\n".join(OLD),
        "Recent replies: " + " ".join(f"{at}) {reply}" for at, reply in enumerate(OLD, start=1)),
        list(OLD),
        [{"text": reply} for reply in OLD],
        *({key: list(OLD)} for key in ("recent", "replies", "recent_replies", "recentReplies", "previous_replies")),
        {"recent_reply": "\n".join(OLD)},
        {"last_replies": [{"text": reply} for reply in OLD]},
    ],
)
def test_recent_replies_are_gathered(told: Any) -> None:
    """As words, a list or objects; whole drafts have them beside or in their review."""
    assert sentence_context({"context": told}, "W08").recent_replies == OLD
    if isinstance(told, dict):
        assert draft_context(told).recent_replies == OLD
        assert draft_context({"review": {"text": "Cold.", **told}}).recent_replies == OLD


def test_saved_replies_are_kept_apart() -> None:
    """They are no openings of late. A signature in its own line ends no answer."""
    for key in ("saved_reply", "saved_replies", "templates"):
        context = sentence_context({"context": {key: [OLD[0]]}}, "W08")
        assert (context.saved_replies, context.recent_replies) == (OLD[:1], ())
    signed = f"Recent reply: {OLD[0]}\nElena, owner"
    assert sentence_context({"context": signed}, "W08").recent_replies == (f"{OLD[0]}\nElena, owner",)


def test_review_behind_its_language_and_under_other_keys_is_read() -> None:
    """Topics in any words; ids stay what they are."""
    words = "we waited ages and the bill was wrong"
    for told in (
        f"Review in English: {words}",
        {"review": {"content": words}},
        {"comment": words},
        {"review_text": words},
    ):
        assert sentence_context({"context": told}, "S08").review.text == words
    topics = draft_context({"review": {"text": words, "topics": ["wait", "bill", "hygiene", "xyz"]}}).review.topics
    assert topics == ("waiting", "price", "hygiene")


@pytest.mark.parametrize(
    ("words", "risks"),
    [
        ("under a report of injury", ("safety",)),
        ("starts with; under a report of harm", ("safety",)),
        ("under a report that a child was left in a minibus", ("safety",)),
        ("Review reports an allergic reaction", ("allergy",)),
        ("under a two-star review about the wait", ()),
        ("under a short review", ()),
    ],
)
def test_only_harm_makes_a_report_of_harm(words: str, risks: tuple[str, ...]) -> None:
    """Every answer stands under a review."""
    assert sentence_context({"context": words}, "S09").review.risks == risks
