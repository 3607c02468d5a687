"""Rules for what must not be missed, and what must not raise a false alarm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.risks import find_risks, merge
from scoring.types import Risk, RiskOrigin, RiskScore


@pytest.mark.parametrize(
    ("text", "risk", "evidence"),
    [
        ("Both kids were violently sick all night after the prawns.", Risk.SAFETY, "were violently sick"),
        ("I got food poisoning here", Risk.SAFETY, "food poisoning"),
        ("Meine Frau lag mit Lebensmittelvergiftung im Bett.", Risk.SAFETY, "Lebensmittelvergiftung"),
        ("Nous avons fini aux urgences.", Risk.SAFETY, "aux urgences"),
        ("Tuve una reacción alérgica por los frutos secos.", Risk.SAFETY, "reacción alérgica"),
        ("Siamo finiti al pronto soccorso.", Risk.SAFETY, "pronto soccorso"),
        ("A minha filha passou mal a noite toda.", Risk.SAFETY, "passou mal"),
        ("Hele nacht overgegeven na de mosselen.", Risk.SAFETY, "overgegeven"),
        ("Skończyło się zatruciem pokarmowym.", Risk.SAFETY, "zatruciem"),
        ("You will hear from my lawyer.", Risk.LEGAL, "lawyer"),
        ("Die Anzeige ist raus, Polizei war da.", Risk.LEGAL, "Anzeige ist raus"),
        ("J'ai porté plainte.", Risk.LEGAL, "porté plainte"),
        ("Pondré una denuncia y pediré la hoja de reclamaciones.", Risk.LEGAL, "denuncia"),
        ("Ho già chiamato il mio avvocato.", Risk.LEGAL, "avvocato"),
        ("Vou queixar-me à ASAE.", Risk.LEGAL, "ASAE"),
        ("Ik doe aangifte.", Risk.LEGAL, "aangifte"),
        ("Sprawę zgłaszam do sanepidu.", Risk.LEGAL, "sanepidu"),
        ("The doorman is a racist.", Risk.DISCRIMINATION, "racist"),
        ("Wegen meiner Hautfarbe kam ich nicht rein.", Risk.DISCRIMINATION, "Hautfarbe"),
        ("Un comportement raciste envers ma famille.", Risk.DISCRIMINATION, "raciste"),
        ("I want my money back!", Risk.REFUND, "want my money back"),
        ("Ich verlange mein Geld zurück.", Risk.REFUND, "Geld zurück"),
        ("Exijo el reembolso completo.", Risk.REFUND, "Exijo el reembolso"),
        ("Oddajcie pieniądze!", Risk.REFUND, "Oddajcie"),
    ],
)
def test_risk_is_found_with_its_words(text: str, risk: Risk, evidence: str) -> None:
    """Each language's plain wording is found for certain, with the words that prove it."""
    expected = RiskScore(risk=risk, probability=1.0, origin=RiskOrigin.RULE, evidence=evidence)
    assert expected in find_risks(text)


@pytest.mark.parametrize(
    "text",
    [
        "They took my daughter's nut allergy seriously, no problem at all.",
        "Nobody was sick, nobody was ill, a perfect trip.",
        "We never had food poisoning here in ten years.",
        "Sick of waiting, but the food is great.",
        "The soup was cold, and the form letter was an insult on top of the injury.",
        "Niemand wurde verletzt, ohne Verletzung nach Hause gekommen.",
        "Das Gericht war lecker, der Koch ein Könner.",
        "Salade d'avocat délicieuse, service au top.",
        "The food court was busy and the press coffee superb.",
        "They gave me a full refund straight away, well done.",
        "Without any quibble they sent a new one; I asked for a refund and they issued it promptly.",
        "A lovely place for black tie dinners.",
        "",
    ],
)
def test_harmless_wording_raises_no_alarm(text: str) -> None:
    """Praise, denial and words of two meanings stay quiet."""
    assert find_risks(text) == ()


def test_rule_wins_over_the_model_and_keeps_its_evidence() -> None:
    """One score per risk: the rule's where both found it; surest first."""
    rule = RiskScore(risk=Risk.LEGAL, probability=1.0, origin=RiskOrigin.RULE, evidence="lawyer")
    same = RiskScore(risk=Risk.LEGAL, probability=0.7, origin=RiskOrigin.MODEL)
    churn = RiskScore(risk=Risk.CHURN, probability=0.6, origin=RiskOrigin.MODEL)
    assert merge([rule], [churn, same]) == (rule, churn)


@given(st.text(max_size=300))
def test_any_text_is_searched(text: str) -> None:
    """No text makes a rule raise, and no risk comes twice."""
    risks = [score.risk for score in find_risks(text)]
    assert len(risks) == len(set(risks))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["no ", "want a ", "a", "was so ", "geld ", "((("])
def test_floods_do_not_stall_the_rules(piece: str) -> None:
    """A megabyte of repetition ends quickly: only the beginning is searched, and no pattern backtracks badly."""
    find_risks(piece * (1_000_000 // len(piece)))
