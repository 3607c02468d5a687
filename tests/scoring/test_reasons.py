"""Plain reasons are shown only where the text or the model proves them."""

from __future__ import annotations

import pytest

from scoring.reasons import plain_reasons, reasons_with_stars
from scoring.types import AngerLevel, Reason, Risk, RiskOrigin, RiskScore

LEGAL = RiskScore(risk=Risk.LEGAL, probability=1.0, origin=RiskOrigin.RULE, evidence="lawyer")
SAFETY = RiskScore(risk=Risk.SAFETY, probability=0.6, origin=RiskOrigin.MODEL)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What a bunch of idiots", Reason.INSULT),
        ("Diese Abzocker haben mich betrogen", Reason.ACCUSATION_OF_BAD_FAITH),
        ("Bande de voleurs, quelle honte", Reason.ACCUSATION_OF_BAD_FAITH),
        ("Deberían darles vergüenza", Reason.CONTEMPT),
        ("WORST PLACE EVER", Reason.SHOUTING),
        ("Unbelievable!!!", Reason.EXCLAMATION_RUNS),
        ("so bad 🤬", Reason.ANGRY_EMOJI),
        ("Stay away from here", Reason.WARNS_OTHERS),
        ("Nie wieder", Reason.LEAVES_FOR_GOOD),
        ("She told me to calm down", Reason.TOLD_TO_CALM_DOWN),
        ("This place should be shut down, close it down", Reason.THREAT),
    ],
)
def test_words_and_signs_prove_a_reason(text: str, expected: Reason) -> None:
    """Each sign gives its reason in an angry text."""
    assert expected in plain_reasons(text, level=AngerLevel.ANGRY, sentiment=1.2)


def test_calm_text_has_only_what_its_risks_prove() -> None:
    """Words like "never again" in praise are no reason; an injury told calmly is one."""
    text = "I was never again so happy. THANK YOU SO MUCH!!! I broke my ankle though."
    assert plain_reasons(text, level=AngerLevel.CALM, sentiment=4.9, risks=[SAFETY]) == (Reason.HEALTH_OR_SAFETY,)


def test_legal_step_is_a_threat() -> None:
    """A lawyer named in an angry text is a threat, whoever found it."""
    assert Reason.THREAT in plain_reasons("see below", level=AngerLevel.ANGRY, sentiment=1, risks=[LEGAL])


@pytest.mark.parametrize(
    ("risk", "reason"),
    [
        (Risk.ALLERGY, Reason.ALLERGY),
        (Risk.SELF_HARM, Reason.SELF_HARM),
        (Risk.PRESS, Reason.PRESS_OR_CAMPAIGN),
        (Risk.EXTORTION, Reason.REVIEW_FOR_A_PRICE),
    ],
)
@pytest.mark.parametrize("level", [AngerLevel.CALM, AngerLevel.FURIOUS])
def test_grave_matter_is_named_at_every_level(risk: Risk, reason: Reason, level: AngerLevel) -> None:
    """However calmly it is told."""
    found = RiskScore(risk=risk, probability=1.0, origin=RiskOrigin.RULE, evidence="see below")
    assert reason in plain_reasons("see below", level=level, sentiment=4, risks=[found])


def test_calm_mention_of_a_lawyer_or_of_leaving_is_no_tone() -> None:
    """These reasons speak of how a text sounds, so a calm one has neither."""
    churn = RiskScore(risk=Risk.CHURN, probability=0.9, origin=RiskOrigin.MODEL)
    assert plain_reasons("see below", level=AngerLevel.CALM, sentiment=3, risks=[LEGAL, churn]) == ()


def test_tone_is_named_when_no_word_proves_anger() -> None:
    """The model's own judgement is told as such, not dressed up as a word."""
    assert plain_reasons("My money is gone", level=AngerLevel.ANGRY, sentiment=1.5) == (Reason.ANGRY_TONE,)


def test_praise_in_an_unhappy_angry_text_is_turned_around() -> None:
    """ "Well done" in a one-star rage is sarcasm; in a happy text it is praise."""
    text = "Well done, you lost my suitcase twice, you clowns."
    assert Reason.PRAISE_TURNED_AROUND in plain_reasons(text, level=AngerLevel.ANGRY, sentiment=1.3)
    assert Reason.PRAISE_TURNED_AROUND not in plain_reasons(text, level=AngerLevel.ANGRY, sentiment=4.0)


def test_one_word_in_capitals_is_no_shouting() -> None:
    """A brand or an abbreviation is not a raised voice."""
    assert Reason.SHOUTING not in plain_reasons("IKEA lost it", level=AngerLevel.ANNOYED, sentiment=2)


@pytest.mark.parametrize(
    ("level", "stars", "added"),
    [
        (AngerLevel.FURIOUS, 4.0, (Reason.ANGRY_DESPITE_STARS,)),
        (AngerLevel.CALM, 1.0, (Reason.CALM_DESPITE_STARS,)),
        (AngerLevel.ANGRY, 1.0, ()),
        (AngerLevel.CALM, 5.0, ()),
        (AngerLevel.ANGRY, None, ()),
    ],
)
def test_stars_add_what_the_text_alone_cannot_say(
    level: AngerLevel, stars: float | None, added: tuple[Reason, ...]
) -> None:
    """The contrast between stars and text is a reason of its own."""
    assert reasons_with_stars((Reason.INSULT,), level=level, stars=stars) == (Reason.INSULT, *added)


@pytest.mark.parametrize("text", [
    "The truffle fries were cold", "Trop de truffe, pas assez de pâtes", "Die Liegen am Pool waren belegt",
    "Yatak rahat değildi", "There are pros and cons", "A pack of crisps for five pounds", "Los chorizos estaban fríos",
])  # fmt: skip
def test_word_that_is_harmless_next_door_proves_nothing(text: str) -> None:
    """Every language's words are tried on every text, so one that means something else in another is left out."""
    assert plain_reasons(text, level=AngerLevel.ANGRY, sentiment=2) == (Reason.ANGRY_TONE,)
