"""Topics, risks, levels and sentences counted on judgements made by hand, so that every figure is known."""

from __future__ import annotations

from scoring.baselines import Baseline
from scoring.corpus import Row
from scoring.figures import Judged, baseline_figures, level_table, model_figures, sentence_hits, use_figures
from scoring.types import (
    AngerLevel,
    Risk,
    RiskOrigin,
    RiskScore,
    Score,
    Sentence,
    Topic,
    TopicScore,
    Urgency,
)


def row(anger: int = 0, *labels: Topic | Risk, is_fine: bool = False, text: str = "", angry: str = "") -> Row:
    return Row(
        id="1", text=text, anger=anger, is_fine=is_fine, angry=(angry,) if angry else None,
        topics=frozenset(label for label in labels if isinstance(label, Topic)),
        risks=frozenset(label for label in labels if isinstance(label, Risk)),
    )  # fmt: skip


def score(anger: float = 0.0, *labels: Topic | Risk, sentences: tuple[Sentence, ...] = ()) -> Score:
    """Angry from .5 on, to be read from .3 on, to be told of at once from .9 on."""
    return Score(
        anger=anger, sentiment=3.0, language="en", sentences=sentences,
        anger_level=AngerLevel.ANGRY if anger >= 0.5 else AngerLevel.CALM,
        urgency=Urgency.ALERT if anger >= 0.9 else Urgency.FLAG if anger >= 0.3 else Urgency.NONE,
        topics=tuple(TopicScore(topic=one, probability=0.9) for one in labels if isinstance(one, Topic)),
        risks=tuple(
            RiskScore(risk=one, probability=0.9, origin=RiskOrigin.MODEL) for one in labels if isinstance(one, Risk)
        ),
    )  # fmt: skip


def f1_by_label(rows: list[Row], scores: list[Score], what: str) -> dict[str, float]:
    per_label = model_figures(Judged(rows=rows, scores=scores))[what]["per_label"]
    return {label: one["f1"] for label, one in per_label.items()}


def test_finer_answers_count_as_the_coarse_letter_of_the_older_guide() -> None:
    """An allergy is an injury there and the press a legal step; extortion, for which it has no letter, is nothing."""
    rows = [row(0, Risk.SAFETY), row(0, Risk.LEGAL), row(0, Risk.CHURN), row(0)]
    scores = [score(0, Risk.ALLERGY), score(0, Risk.PRESS, Risk.LEGAL), score(0, Risk.CHURN, Risk.EXTORTION), score(0)]
    assert f1_by_label(rows, scores, "risks") == {"safety": 1, "legal": 1, "churn": 1}


def test_finer_answers_are_held_against_the_finer_guide() -> None:
    """There an allergy is no injury, and what was named beside it is too much."""
    rows = [row(0, Risk.SAFETY, is_fine=True), row(0, Risk.ALLERGY, is_fine=True)]
    scores = [score(0, Risk.ALLERGY), score(0, Risk.ALLERGY, Risk.EXTORTION)]
    assert f1_by_label(rows, scores, "risks") == {"safety": 0, "allergy": 0.6667}


def test_topic_of_wrong_information_is_unknown_to_the_older_guide() -> None:
    """Named on its texts it is left out; on the others it is right or wrong."""
    older = [row(0, Topic.PRICE), row(0, Topic.INFORMATION, is_fine=True)]
    scores = [score(0, Topic.PRICE, Topic.INFORMATION), score(0, Topic.INFORMATION)]
    assert f1_by_label(older, scores, "topics") == {"price": 1, "information": 1}


def test_mean_f1_leaves_out_labels_that_no_text_has() -> None:
    """One right, one never named, one named for nothing."""
    found = model_figures(
        Judged(rows=[row(0, Topic.STAFF), row(0, Topic.PRICE)], scores=[score(0, Topic.STAFF), score(0, Topic.OTHER)])
    )
    assert found["topics"]["macro_f1"] == 0.5
    assert found["topics"]["per_label"]["price"] == {"texts": 1, "told": 0, "precision": None, "recall": 0, "f1": 0}


def test_texts_without_labels_are_not_counted() -> None:
    """Not labelled is not the same as without any."""
    unlabelled = Row(id="1", text="", anger=0)
    found = model_figures(Judged(rows=[unlabelled, row(0, Topic.STAFF)], scores=[score(0, Topic.STAFF)] * 2))
    assert found["topics"]["texts"] == 1
    assert found["topics"]["macro_f1"] == 1


def test_uses_and_levels_are_counted() -> None:
    """Three thresholds, each with the texts from there on; levels by label and judgement."""
    judged = Judged(
        rows=[row(2), row(3), row(0), row(1), row(2)], scores=[score(one) for one in (0.95, 0.6, 0.5, 0.3, 0.1)]
    )
    assert use_figures(judged) == {
        "flag": {"texts": 3, "told": 4, "precision": 0.5, "recall": 0.6667, "f1": 0.5714},
        "angry": {"texts": 3, "told": 3, "precision": 0.6667, "recall": 0.6667, "f1": 0.6667},
        "alert": {"texts": 3, "told": 1, "precision": 1.0, "recall": 0.3333, "f1": 0.5},
    }
    table = level_table(judged)
    assert table["angry"] == {"calm": 1, "annoyed": 0, "angry": 1, "furious": 0}
    assert [sum(given.values()) for given in table.values()] == [1, 1, 2, 1]


def test_angriest_sentence_is_set_against_the_marked_passage() -> None:
    """Hit in one text of two; texts without a passage or with one sentence say nothing."""
    text = "Fine room. You thieves! Bye."
    first, second, third = (0, 10), (11, 23), (24, 28)

    def told(*angers: float) -> Score:
        spans = (first, second, third)
        return score(
            sentences=tuple(Sentence(start=a, end=b, anger=c) for (a, b), c in zip(spans, angers, strict=True))
        )

    marked = row(2, text=text, angry="thieves!")
    judged = Judged(
        rows=[marked, marked, row(2, text=text), marked],
        scores=[told(0.1, 0.9, 0.2), told(0.9, 0.1, 0.2), told(0.1, 0.9, 0.2), score()],
    )
    assert sentence_hits(judged) == {"texts": 2, "share": 0.5, "by_chance": 0.3333}


def test_baseline_is_counted_where_it_has_something_to_say() -> None:
    """Texts without stars are left out for the stars; without any stars every figure is unknown."""
    judged = Judged(rows=[row(2), row(0), row(2)], scores=[score()] * 3)
    stars = Baseline(name="stars", says="two stars or fewer", threshold=-2.0, values=(-1.0, -3.0, None))
    found = baseline_figures(judged.truth, stars)
    assert (found["texts"], found["angry"], found["auroc"], found["f1"]) == (2, 1, 1, 1)
    nothing = baseline_figures(judged.truth[2:], stars.only([2]))
    assert (nothing["texts"], nothing["auroc"], nothing["intervals"]["f1"]) == (0, None, None)
