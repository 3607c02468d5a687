"""Greetings, closings and signatures accuse nobody and claim nothing, whatever a network guesses of them."""

from __future__ import annotations

import pytest

from scoring.rubric import check_reply
from scoring.rubric.draft import Draft
from scoring.rubric.heads import SentenceModel
from scoring.rubric.naming import is_courtesy
from scoring.rubric.types import Context, Outcome, Review

SORRY = {
    "en": "I am sorry that you waited so long. That was our fault.",
    "de": "Es tut mir leid, dass Sie so lange gewartet haben. Das war unser Fehler.",
    "fr": "Je suis désolée que vous ayez attendu si longtemps. C'était notre faute.",
    "es": "Siento que tuviera que esperar tanto. Fue culpa nuestra.",
    "it": "Mi dispiace che abbia aspettato così a lungo. È stata colpa nostra.",
    "pt": "Lamento que tenha esperado tanto tempo. A culpa foi nossa.",
    "nl": "Het spijt me dat u zo lang moest wachten. Dat was onze fout.",
    "pl": "Przykro mi, że czekali Państwo tak długo. To była nasza wina.",
}
COURTESIES = [
    ("en", "Dear Jo,", "Kind regards,\nElena Rossi, restaurant manager"),
    ("en", "Hello,", "Best wishes, Tom, general manager"),
    ("en", "Good evening,", "Elena Rossi\nRestaurant manager"),
    ("de", "Sehr geehrter Herr Kowalke,", "Mit freundlichen Grüßen\nSofia Brandt, Restaurantleitung"),
    ("de", "Guten Tag,", "Herzliche Grüße\nJan von Berg, Inhaber"),
    ("fr", "Bonjour,", "Cordialement,\nAna Silva, directrice de l'Hôtel Lanterna"),
    ("es", "Estimada Celia:", "Un cordial saludo,\nAna Silva\nGerente de la Trattoria Lanterna"),
    ("it", "Gentile cliente,", "Cordiali saluti\nMarco Bini, titolare"),
    ("pt", "Prezada Ana,", "Atenciosamente,\nRui Costa, gerente"),
    ("nl", "Beste gast,", "Met vriendelijke groet,\nJan de Vries, bedrijfsleider"),
    ("pl", "Szanowny Panie,", "Z poważaniem\nAnna Nowak, kierowniczka restauracji"),
]


def asked(language: str = "en") -> Context:
    return Context(review=Review(text="We waited.", language=language, is_negative=True, is_failure=True))


@pytest.fixture(scope="module")
def model() -> SentenceModel:
    return SentenceModel.load()


@pytest.mark.parametrize(("language", "hello", "bye"), COURTESIES)
def test_courtesies_are_not_marked(model: SentenceModel, language: str, hello: str, bye: str) -> None:
    """No check that blocks or warns points at one: not at a closing as an insult, nor at a function as an action."""
    body = f"{hello}\n\n{SORRY[language]}\n\n{bye}"
    ends = (len(hello), len(body) - len(bye))
    marked = {
        (one.check, body[start:end])
        for one in check_reply(body, asked(language), reader=model)
        if one.outcome is Outcome.FAILED and one.check[0] in "BW"
        for start, end in one.spans
        if start < ends[0] or end > ends[1]
    }
    assert marked == set()


@pytest.mark.parametrize(
    "words",
    [
        "Elena Rossi, manager of the thieves that you robbed",
        "The manager, who sacked the waiter yesterday",
        "Ihr seid Idioten",
        "Hello Jo, you liar",
        "Thank you, we have refunded you",
        "Elena Rossi",
    ],
)
def test_what_says_more_is_read(words: str) -> None:
    """A sentence is not taken for a courtesy because it begins like one, stands last or is short."""
    draft = Draft(f"I am sorry that you waited.\n\n{words}", asked())
    assert not is_courtesy(draft, draft.sentences[-1])
