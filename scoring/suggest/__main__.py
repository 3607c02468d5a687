"""Print the draft for a review: `python -m scoring.suggest "Waited an hour. Food cold." --stars 1 --name Sam`.

Scores the text with the model (`--plain` does without it: topics and level as given), and prints the draft with the
reason of each sentence.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from ..language import detect_language
from ..rubric.platforms import PLATFORMS, UNKNOWN
from ..types import AngerLevel, Risk, RiskOrigin, RiskScore, Score, Topic, TopicScore
from .bank import Post, RouteKind
from .compose import compose
from .types import CaseFile, Composed, Contact, Draft, Holding, Memory, Review, Route


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    score = _as_given(given) if given.plain else _scored(given.text)
    review = Review(score=score, text=given.text, language=given.language, stars=given.stars, author_name=given.name)
    contact = Contact(
        name=given.signer,
        post=Post.MANAGER,
        routes=(Route(kind=RouteKind.MAIL, address=given.mail),) if given.mail else (),
    )
    case = CaseFile(
        contact=contact, platform=PLATFORMS.get(given.platform, UNKNOWN), house_language=given.language or "en"
    )
    for seed in range(given.count):
        composed = compose(review, case, Memory(seed=f"{given.seed}{seed}"), in_english=given.in_english)
        sys.stdout.write(shown(composed) + "\n")
    return 0


def shown(composed: Composed) -> str:
    """The text, and under it why each sentence stands there."""
    if isinstance(composed, Draft):
        reasons = [f"  {one.part}: {one.why.message % one.why.values}" for one in composed.sentences]
        return "\n".join([composed.text, "", *reasons, ""])
    if isinstance(composed, Holding):
        reasons = [f"  {one.message % one.values}" for one in composed.why]
        return "\n".join([f"No draft. Who must see it: {composed.keeper}.", *reasons, "", composed.text, ""])
    return composed.why.message % composed.why.values


def _as_given(given: argparse.Namespace) -> Score:
    return Score(
        anger=0.5,
        anger_level=AngerLevel(given.level),
        sentiment=given.stars or 3.0,
        language=given.language or detect_language(given.text),
        topics=tuple(TopicScore(topic=Topic(topic), probability=1.0) for topic in given.topic),
        risks=tuple(RiskScore(risk=Risk(risk), probability=1.0, origin=RiskOrigin.RULE) for risk in given.risk),
    )


def _scored(text: str) -> Score:
    from ..model import OnnxScorer

    return OnnxScorer.load().predict([text])[0]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scoring.suggest", description="Print a first draft of an answer.")
    parser.add_argument("text", nargs="?", default="", help="the review; nothing: stars alone")
    parser.add_argument("--stars", type=float)
    parser.add_argument("--name", default="", help="the display name of the reviewer")
    parser.add_argument("--language", default="", help='such as "pt-BR"; left out: as the text reads')
    parser.add_argument("--platform", default="", help=", ".join(PLATFORMS))
    parser.add_argument("--signer", default="Elena Rossi")
    parser.add_argument("--mail", default="care@example.test", help="where the guest can write")
    parser.add_argument("--count", type=int, default=1, help="how many drafts, each with another seed")
    parser.add_argument("--seed", default="")
    parser.add_argument(
        "--in-english", action="store_true", help="for a review in a language drafts are not written in"
    )
    parser.add_argument("--plain", action="store_true", help="without the model: topics, risks and level as given")
    parser.add_argument("--topic", action="append", default=[], choices=[topic.value for topic in Topic])
    parser.add_argument("--risk", action="append", default=[], choices=[risk.value for risk in Risk])
    parser.add_argument("--level", default="angry", choices=[level.value for level in AngerLevel])
    return parser


if __name__ == "__main__":
    sys.exit(main())
