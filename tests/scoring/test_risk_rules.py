"""Rules for what must not be missed, and what must not raise a false alarm."""

from __future__ import annotations

import re
import unicodedata
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import lexicon_rare, lexicon_risks
from scoring.folding import fold, fold_pattern
from scoring.model import OnnxScorer
from scoring.patterns import compile_folded, first_letters
from scoring.risks import find_risks, merge
from scoring.text import tidy
from scoring.types import Risk, RiskOrigin, RiskScore

from .claimed import CLAIMED_LANGUAGES


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
        ("Pondré una denuncia y pediré la hoja de reclamaciones.", Risk.LEGAL, "Pondré una denuncia"),
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
    ("risk", "text"),
    [
        (Risk.SAFETY, "Do NOT eat here, food poisoning!"),
        (Risk.SAFETY, "Don't eat here food poisoning for two of us"),
        (Risk.SAFETY, "Never again, food poisoning!"),
        (Risk.LEGAL, "Never again, my lawyer will write to you."),
        (Risk.SAFETY, "Nie wieder, Lebensmittelvergiftung!"),
        (Risk.SAFETY, "Nicht empfehlenswert, Lebensmittelvergiftung nach dem Buffet."),
        (Risk.SAFETY, "Plus jamais, intoxication alimentaire."),
        (Risk.SAFETY, "Nunca más, intoxicación."),
        (Risk.SAFETY, "Nooit meer, voedselvergiftiging!"),
        (Risk.SAFETY, "No apology, ambulance called."),
        (Risk.SAFETY, "No refund after food poisoning."),
        (Risk.SAFETY, "Nobody called an ambulance."),
        (Risk.SAFETY, "They did not call an ambulance."),
        (Risk.SAFETY, "No ambulance was called."),
        (Risk.SAFETY, "The manager? Nobody cared about my injury."),
        (Risk.SAFETY, "I could not stop vomiting."),
        (Risk.SAFETY, "Keine Entschuldigung trotz Lebensmittelvergiftung."),
        (Risk.SAFETY, "Niemand rief einen Krankenwagen."),
        (Risk.SAFETY, "Pas d'excuses après une intoxication."),
        (Risk.SAFETY, "Nadie llamó una ambulancia."),
        (Risk.SAFETY, "Nessun rimborso dopo intossicazione."),
        (Risk.SAFETY, "Sem reembolso depois da intoxicação."),
        (Risk.SAFETY, "Niemand belde een ambulance."),
        (Risk.SAFETY, "Nikt nie wezwał karetki."),
        (Risk.SAFETY, "Ingen ringde en ambulans."),
        (Risk.SAFETY, "Ingen undskyldning trods madforgiftning."),
        (Risk.SAFETY, "Žádná omluva po otravě, bez pomoci po otravě salmonelou."),
        (Risk.SAFETY, "Nicio scuză după intoxicație, fără scuze după toxiinfecție."),
        (Risk.SAFETY, "Hiçbir özür yok, zehirlendik."),
        (Risk.SAFETY, "Fui parar no hospital."),
        (Risk.SAFETY, "Comemos no restaurante e salmonela."),
        (Risk.SAFETY, "We ended up in hospital with food poisoning, thankfully our travel insurance paid."),
        (Risk.SAFETY, "I slipped and broke my wrist; I have submitted a claim against the hotel."),
        (Risk.SAFETY, "The waiting period was long and I was ill all night"),
    ],
)
def test_no_word_before_or_elsewhere_hides_what_may_not_be_missed(risk: Risk, text: str) -> None:
    """ "Never again" denies nothing, Portuguese "no" is "in the", and a guest has an insurance as well."""
    assert risk in {score.risk for score in find_risks(text)}


@pytest.mark.parametrize("before", [0, 30_000])
def test_end_of_a_long_text_is_searched(before: int) -> None:
    """People tell the worst last; what stands between is not searched."""
    text = "The soup was cold. " * (before // 19) + "My lawyer will write to you."
    assert {score.risk for score in find_risks(text)} == {Risk.LEGAL}


@pytest.mark.parametrize(
    "text",
    [
        "No hubo intoxicación ni nada parecido.",
        "My claim was denied twice: they say the surgery was for a pre-existing illness.",
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


@pytest.mark.timeout(300)
@pytest.mark.parametrize("piece", [
    "no ", "want a ", "a", "was so ", "geld ", "(((", "told ", "free ", "review ", "allergy ", "5 stars for ",
    "go the ", "a\n", "a\u0301 ", "ihr ", "gutschein für ", "é", "İ", "refund or ", "offered € ",
])  # fmt: skip
def test_floods_do_not_stall_the_rules(piece: str) -> None:
    """A megabyte of repetition ends quickly: only the beginning is searched, and no pattern backtracks badly."""
    find_risks(piece * (1_000_000 // len(piece)))


def test_rules_leave_the_anger_alone(scorer: OnnxScorer, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the rules and without them a text has the same anger, level and sentences, bit for bit."""
    texts = [
        "I told them about my peanut allergy and we spent the night in hospital. Otherwise a lovely evening.",
        "My lawyer and the local newspaper have been told, you liars!",
        "Ich habe Suizidgedanken.",
        "Rabat w zamian za pięć gwiazdek.",
    ]
    with_rules = scorer.predict(texts)
    monkeypatch.setattr("scoring.model.find_risks", lambda _: ())
    without = scorer.predict(texts)
    assert all(any(risk.origin is RiskOrigin.RULE for risk in score.risks) for score in with_rules)
    assert not any(risk.origin is RiskOrigin.RULE for score in without for risk in score.risks)
    for some, other in zip(with_rules, without, strict=True):
        told = (some.anger, some.anger_level, some.sentiment, some.sentences)
        assert told == (other.anger, other.anger_level, other.sentiment, other.sentences)


@given(st.text(max_size=200))
def test_folding_keeps_positions(text: str) -> None:
    """Evidence is cut from the text as it was written, so folding must not move a character."""
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    "typed",
    ["REACCION ALERGICA", "reacción alérgica", "Reaccion  alérgica".replace("  ", "\u00a0")],
)
def test_accents_capitals_and_blanks_do_not_matter(typed: str) -> None:
    """As people type on a telephone; the evidence shows their own words."""
    found = {score.risk: score.evidence for score in find_risks(f"Tuve una {typed} aquí.")}
    assert found[Risk.ALLERGY] == " ".join(typed.split())


FORMS = {
    "en": "I got food poisoning here.",
    "de": "Das Essen war gut, aber uns war danach allen übel.",
    "fr": "Une intoxication alimentaire pour ma mère, puis une réaction allergique.",
    "es": "Tuve una reacción alérgica aquí.",
    "it": "Una reazione allergica, poi la corsa al pronto soccorso più vicino.",
    "pt": "Tive uma reação alérgica aqui.",
    "nl": "Mijn dochter kreeg een allergische reactie, vóór het dessert.",
    "pl": "Cała rodzina leżała, to była reakcja alergiczna.",
    "sv": "Sonen fick en allergisk reaktion på nötkakan.",
    "da": "Min søn fik en allergisk reaktion på nøddekagen.",
    "cs": "Dcera měla těžkou alergickou reakci.",
    "ro": "Fiica mea a făcut o reacție alergică.",
    "tr": "Kızım alerjik reaksiyon geçirdi, çok korktuk.",
}


@pytest.mark.parametrize("language", sorted(CLAIMED_LANGUAGES))
def test_forms_of_a_text_do_not_hide_a_risk(language: str) -> None:
    """Accents apart from their letters, doubled blanks, soft hyphens and wrapped lines change nothing."""
    text = FORMS[language]
    plain = {(score.risk, score.evidence) for score in find_risks(text)}
    assert Risk.SAFETY in {risk for risk, _ in plain}
    apart = {(score.risk, unicodedata.normalize("NFC", score.evidence)) for score in find_risks(_decomposed(text))}
    assert apart == plain
    for blank in ("  ", " \u00a0\t ", "\n", " \r\n"):
        assert {(score.risk, score.evidence) for score in find_risks(text.replace(" ", blank))} == plain
    softened = {(score.risk, score.evidence.replace("\xad", "")) for score in find_risks(text.replace("al", "a\xadl"))}
    assert softened == plain


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_line_is_joined_only_where_a_sentence_goes_on() -> None:
    """A full line is wrapped before a capital too; entries of a list stay apart, so that none denies the next."""
    wrapped = "The evening had begun well enough, and then both of us had food\nPoisoning."
    assert "poisoning" in find_risks(wrapped)[0].evidence.lower()
    assert {score.risk for score in find_risks("No towels\nFood poisoning\nNo manners")} == {Risk.SAFETY}


@given(st.text(alphabet=st.characters() | st.sampled_from("a \t\n\r\xad\u0301\u200b"), max_size=200))
def test_tidied_text_knows_where_it_stood(text: str) -> None:
    """Positions rise, lie in the text, and point at the character itself or the blank it became."""
    tidied, written_at = tidy(text)
    assert len(written_at) == len(tidied) + 1
    assert list(written_at) == sorted(set(written_at))
    assert written_at[-1] == len(text)
    for char, at in zip(tidied, written_at, strict=False):
        assert char == text[at] or (char == " " and text[at].isspace())


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("ab?c", "a"), ("a?bc", "ab"), ("(?:ab|cd)ef", "ac"), ("(?:ab|cd)?ef", "ace"), ("[xy]z", "xy"), (r"\w+a", ""),
        (r"(?<!x )(?:a|\bb)", "ab"), (r"\$5", "$"), ("", ""),
        ("a{0,2}b", "ab"), ("(?:(?:a|b)?|c)d", ""), ("[a-c]x", ""),
    ],
)  # fmt: skip
def test_first_letters_of_a_pattern(pattern: str, letters: str) -> None:
    """None stands for any: sorting by first letters must not lose a match."""
    assert first_letters(pattern) == set(letters)


@pytest.mark.parametrize("module", [lexicon_risks, lexicon_rare])
def test_sorted_lists_find_what_plain_ones_find(module: ModuleType) -> None:
    """Every wording of every list, as a text of its own, matches or fails alike with and without the sorting."""
    for name in (name for name in vars(module) if name.isupper()):
        entries = [fold_pattern(entry) for entry in getattr(module, name)]
        plain = re.compile(r"(?<!\w)(?:" + "|".join(entries) + ")")
        fast = compile_folded(getattr(module, name))
        for text in (re.sub(r"\\.|[^\w' -]", " ", part) for entry in entries for part in entry.split("|")):
            assert bool(plain.search(text)) == bool(fast.search(text)), (name, text)
