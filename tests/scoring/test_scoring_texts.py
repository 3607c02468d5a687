"""The contract of `predict` with the bundled model: order, batches, sentences, and texts nobody should write."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.model import OnnxScorer
from scoring.types import AngerLevel, Score

TEXTS = [
    "Lovely place, friendly people, we come back every summer.",
    "Waited 50 minutes for two coffees. Nobody apologised.",
    "You are thieves and liars! You stole our deposit and laughed at us. I will see you in court!!!",
    "",
    "Das Zimmer war sauber, das Frühstück etwas eintönig.",
    "😡😡😡",
    "Le serveur nous a traités comme des chiens. Honte à vous !",
    "Fine. " * 300,
    "ok",
]


def test_scores_come_in_input_order(scorer: OnnxScorer) -> None:
    """Whatever the lengths, the n-th score belongs to the n-th text: shuffled texts give shuffled scores."""
    order = list(range(len(TEXTS)))
    random.Random(3).shuffle(order)
    straight = scorer.predict(TEXTS)
    shuffled = scorer.predict([TEXTS[at] for at in order])
    assert [score.anger for score in shuffled] == pytest.approx([straight[at].anger for at in order], abs=1e-4)
    assert [score.anger_level for score in shuffled] == [straight[at].anger_level for at in order]


def test_batches_score_like_single_texts(scorer: OnnxScorer) -> None:
    """A text's neighbours in the batch do not change its score: every token is rounded on its own."""
    together = scorer.predict(TEXTS)
    alone = [scorer.predict([text])[0] for text in TEXTS]
    assert [score.anger for score in together] == pytest.approx([score.anger for score in alone], abs=1e-4)
    assert [score.sentiment for score in together] == pytest.approx([score.sentiment for score in alone], abs=1e-3)
    assert [score.language for score in together] == [score.language for score in alone]
    assert [len(score.sentences) for score in together] == [len(score.sentences) for score in alone]


def test_same_call_twice_gives_the_same(scorer: OnnxScorer) -> None:
    """Nothing random, nothing remembered."""
    assert scorer.predict(TEXTS) == scorer.predict(TEXTS)


def test_no_texts_give_no_scores(scorer: OnnxScorer) -> None:
    """An empty list is no error."""
    assert scorer.predict([]) == []


@pytest.mark.parametrize("text", ["", "   ", "\n\t\r\n", "\x00\x01"])
def test_blank_text_is_calm(scorer: OnnxScorer, text: str) -> None:
    """A rating without words says nothing: calm, no language, no sentences, middling sentiment."""
    assert scorer.predict([text]) == [
        Score(anger=0.0, anger_level=AngerLevel.CALM, sentiment=3.0, language="und", model_version=scorer.version)
    ]


def test_version_names_model_and_rules(scorer: OnnxScorer) -> None:
    """The version stands on every score and tells both halves of what made it."""
    assert scorer.predict(["Nice"])[0].model_version == scorer.version
    model, _, rules = scorer.version.partition("+")
    assert model.startswith("e5-small.")
    assert rules.startswith("rules.")


def is_well_formed(text: str, score: Score) -> bool:
    starts = [0, *(sentence.end for sentence in score.sentences)]
    return (
        0 <= score.anger <= 1
        and 1 <= score.sentiment <= 5
        and all(0 <= sentence.anger <= 1 for sentence in score.sentences)
        and all(before <= s.start < s.end <= len(text) for before, s in zip(starts, score.sentences, strict=False))
        and all(text[s.start : s.end].strip() for s in score.sentences)
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(codec=None, exclude_categories=()), max_size=200), max_size=4))
def test_any_text_gets_a_score(scorer: OnnxScorer, texts: list[str]) -> None:
    """Control characters, lone surrogates, unassigned code points: every text gets a score in range."""
    scores = scorer.predict(texts)
    assert len(scores) == len(texts)
    assert all(map(is_well_formed, texts, scores))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("piece", ["word ", "x", "!?. ", "😡", "\u0301", "ك", "\n"])
def test_a_megabyte_neither_hangs_nor_crashes(scorer: OnnxScorer, piece: str) -> None:
    """A flood is read in part, within seconds."""
    text = piece * (1_000_000 // len(piece))
    (score,) = scorer.predict([text])
    assert is_well_formed(text, score)


def test_rage_at_the_end_of_a_long_story_is_found(scorer: OnnxScorer) -> None:
    """A review of many windows is as angry as its angriest part, and that sentence is the one marked."""
    story = "We arrived on a Tuesday and the weather was mild. The garden has roses and a small pond with fish. " * 40
    rage = "You lying thieves stole our deposit, you disgusting crooks, I will see you in court!!!"
    (score,) = scorer.predict([story + rage])
    (calm,) = scorer.predict([story])
    top = max(score.sentences, key=lambda sentence: sentence.anger)
    assert calm.anger_level is AngerLevel.CALM
    assert score.anger_level.rank >= AngerLevel.ANGRY.rank
    assert (story + rage)[top.start : top.end] == rage
