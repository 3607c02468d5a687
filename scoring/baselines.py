"""What others would say of the same texts: stars, VADER, TextBlob. Offline, for comparison only.

Each gives a number (higher is angrier) and the threshold its own documentation or custom has for "negative".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from .corpus import Row
from .progress import Telling, silent

INSTALL = "pip install 'amends[measure]'"
EVERY = 50  # texts between two signs of progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    name: str
    says: str
    threshold: float  # flagged from here on
    values: tuple[float | None, ...]  # per row; None where it has nothing to say

    def only(self, places: Sequence[int]) -> Baseline:
        return replace(self, values=tuple(self.values[at] for at in places))


def baselines(rows: Sequence[Row], tell: Telling = silent) -> tuple[list[Baseline], list[str]]:
    """Those that can be had here, and the names of those whose library is not installed."""
    found = [
        Baseline(name="stars", says="two stars or fewer", threshold=-2.0,
                 values=tuple(None if row.stars is None else -row.stars for row in rows))
    ]  # fmt: skip
    absent = []
    for name, says, threshold, make in (
        ("vader", "compound -0.05 or lower", 0.05, _vader),
        ("textblob", "polarity below 0", 1e-9, _textblob),
    ):
        try:
            judge = make()
        except ImportError:
            absent.append(name)
            continue
        values = []
        for number, row in enumerate(rows):
            if number % EVERY == 0:
                tell(f"asking {name}", number, len(rows))
            values.append(judge(row.text))
        found.append(Baseline(name=name, says=says, threshold=threshold, values=tuple(values)))
    return found, absent


def _vader() -> Callable[[str], float]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    return lambda text: -float(analyser.polarity_scores(text)["compound"])


def _textblob() -> Callable[[str], float]:
    from textblob import TextBlob

    return lambda text: -float(TextBlob(text).sentiment.polarity)
