"""Wherever a private message mentions an offer, it says that the offer depends on no review."""

from __future__ import annotations

import pytest

from scoring.rubric import check_reply
from scoring.rubric.heads import SentenceModel
from scoring.rubric.types import Audience, Context, Outcome, Review, Severity
from scoring.rubric.unconditional import STATEMENTS, mentions_offer, with_statement

OFFERS = {
    "en": "I am sorry about your evening. We would like to offer you a bottle of wine with your next dinner.",
    "es": "Siento mucho lo que pasó en su cena. Queremos ofrecerle un descuento del 20 % en su próxima visita.",
    "fr": "Je suis désolée pour votre soirée. Nous vous offrons un bon d'achat de 20 euros pour une autre visite.",
    "de": "Es tut mir leid, was an Ihrem Abend geschehen ist. Wir erstatten Ihnen den Betrag und schenken Ihnen einen "
    "Gutschein über 20 Euro.",
    "it": "Mi dispiace per la vostra serata. Vorremmo offrirle una bottiglia di vino alla prossima cena da noi.",
}


@pytest.mark.parametrize("language", OFFERS)
def test_an_offer_is_seen_and_gets_the_sentence_of_its_language(language: str) -> None:
    """Once, at the end, however often it is added."""
    text = OFFERS[language]
    assert mentions_offer(text)
    whole = with_statement(text)
    assert whole == f"{text}\n\n{STATEMENTS[language]}"
    assert with_statement(whole) == whole


def test_what_offers_nothing_is_left_alone() -> None:
    """A complaint about a voucher is no offer of one."""
    assert not mentions_offer("I am sorry that you waited forty minutes. Please call me, and I will look into it.")


def test_the_sentence_itself_bargains_for_nothing() -> None:
    """No check that blocks hits it, by rules or by the model, in any language it is written in."""
    reader = SentenceModel.load()
    for language, statement in STATEMENTS.items():
        context = Context(audience=Audience.PRIVATE, language=language, review=Review(text="The soup was cold."))
        found = check_reply(statement, context, reader=reader)
        blocks = [one for one in found if one.severity is Severity.BLOCK and one.outcome is Outcome.FAILED]
        assert blocks == [], language
