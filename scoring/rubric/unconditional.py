"""The fixed sentence of private messages: what is offered does not depend on a review.

The law asks for it (16 CFR 465.4 forbids a reward that is conditioned on what a review says; Google and Yelp forbid
offers for changing one). It is added wherever a message mentions an offer, in the language of the message.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..language import detect_language
from ..text import Span
from .draft import Draft
from .types import Context
from .wording import find
from .wordings.actions import REFUNDS
from .wordings.offers import PUBLIC_OFFERS
from .wordings.quid_pro_quo import OF_REVIEWS

STATEMENTS: Final = {
    "en": "This does not depend on any review: it is yours whatever you write about us, or if you write nothing.",
    "es": "Esto no depende de ninguna reseña: es suyo escriba lo que escriba sobre nosotros, o aunque no escriba nada.",
    "fr": "Cela ne dépend d'aucun avis : c'est à vous quoi que vous écriviez sur nous, ou même si vous n'écrivez rien.",
    "de": "Das hängt von keiner Bewertung ab: Es steht Ihnen zu, was immer Sie über uns schreiben, auch wenn Sie "
    "nichts schreiben.",
    "it": "Questo non dipende da alcuna recensione: è Suo qualunque cosa scriva di noi, anche se non scrive nulla.",
    "pt": "Isto não depende de nenhuma avaliação: é seu escreva o que escrever sobre nós, mesmo que não escreva nada.",
    "nl": "Dit hangt van geen enkele beoordeling af: het is voor u, wat u ook over ons schrijft, ook als u niets "
    "schrijft.",
    "pl": "Nie zależy to od żadnej opinii: należy się to Państwu bez względu na to, co Państwo o nas napiszą, lub "
    "jeśli nic nie napiszą.",
}


def mentions_offer(text: str) -> bool:
    """Whether a message speaks of something that its reader gets, by the rules of its language."""
    draft = Draft(text, Context())
    return bool(find(PUBLIC_OFFERS, draft) or find(REFUNDS, draft))


def speaks_of_review(text: str, spans: Iterable[Span]) -> bool:
    """Whether what is marked speaks of a review, and not to say that nothing depends on it."""
    told = find(OF_REVIEWS, Draft(text, Context()))
    return any(start < last and first < end for start, end in spans for first, last in told)


def statement_for(text: str) -> str:
    """The sentence in the language of a message; in English where there is none in its own."""
    return STATEMENTS.get(detect_language(text), STATEMENTS["en"])


def with_statement(text: str) -> str:
    """The message with the sentence at its end, unless it stands in it already."""
    if any(statement in text for statement in STATEMENTS.values()):
        return text
    return f"{text.rstrip()}\n\n{statement_for(text)}"
