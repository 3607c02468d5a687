"""How long the rules take for a draft, against reading it once with the language identifier that serves beside them.

The rubric wants all rules within 20 ms for a draft on a laptop. Milliseconds differ from machine to machine, so the
ratio is taken to a piece of work that does not change with the rules: py3langid on the same draft, a hundred times
(on the machine the ratio was chosen on, some 20 ms).
"""

from __future__ import annotations

from scoring.language import detect_language
from scoring.rubric import check_reply
from scoring.rubric.types import Context, Review

from .harness import Measure, at_most, median_seconds, noted

ROUNDS = 15
READINGS = 100
DRAFTS = {
    "en": (
        "Nora, you waited an hour and a half, your fish was cold when it came, and you were charged for a bottle that"
        " never stood on your table. I am sorry. Anyone would have been angry after such an evening. We took more "
        "bookings than the kitchen could cook for, and that was our mistake. I am going through the bill today and "
        "will go through the evening with the kitchen at our meeting on Monday. Please write to care@harbour.test and"
        " mark it for me; I answer within one working day.\nMarta Vidal, restaurant manager"
    ),
    "de": (
        "Liebe Nora, Sie haben anderthalb Stunden gewartet, der Fisch war kalt, und auf der Rechnung stand eine "
        "Flasche, die nie auf Ihrem Tisch war. Das tut mir leid. Ich kann gut verstehen, dass Sie verärgert waren. "
        "Wir haben mehr Tische vergeben, als die Küche bewältigen konnte, und das war unser Fehler. Ich gehe die "
        "Rechnung heute durch und bespreche den Abend am Montag mit der Küche. Bitte schreiben Sie mir an "
        "care@harbour.test, ich antworte innerhalb eines Tages.\nMarta Vidal, Restaurantleiterin"
    ),
}
REVIEW = Review(text="Ninety minutes for a cold fish, and a bottle on the bill that we never had.", language="en")


def run() -> list[Measure]:
    return [measure for language in DRAFTS for measure in _measured(language)]


def _measured(language: str) -> list[Measure]:
    draft, context = DRAFTS[language], Context(review=REVIEW, language=language)

    def check() -> object:
        return check_reply(draft, context)

    def identify() -> object:
        return [detect_language(draft) for _ in range(READINGS)]

    first = median_seconds(check, rounds=1)
    ours, base = median_seconds(check, rounds=ROUNDS), median_seconds(identify, rounds=ROUNDS)
    return [
        at_most(f"rubric.rules.{language}", ours * 1000, "ms", wanted=1.0, baseline=base * 1000),
        noted(f"rubric.first_draft.{language}", first * 1000, "ms"),
    ]
