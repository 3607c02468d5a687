"""What was just read is not read again, and what is long ago is forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scoring.rubric.remembering import Remembering


class Reader:
    """Says how long a sentence is, and keeps what it was asked."""

    languages = frozenset({"en"})

    def thresholds(self, sentences: int) -> Mapping[str, float]:
        return {"W01": 50.0 + sentences}

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read(self, sentences: Sequence[str]) -> list[dict[str, float]]:
        self.asked += sentences
        return [{"W01": float(len(one))} for one in sentences]


def test_only_the_sentence_that_changed_is_read() -> None:
    """In the order of the draft, also where one stands in it twice."""
    reader = Reader()
    remembering = Remembering(reader)
    assert remembering.read([]) == []
    remembering.read(["We waited.", "I am sorry."])
    assert remembering.read(["I am sorry.", "We wait", "I am sorry."]) == [{"W01": 11.0}, {"W01": 7.0}, {"W01": 11.0}]
    assert reader.asked == ["We waited.", "I am sorry.", "We wait"]
    assert (remembering.languages, remembering.thresholds(4)) == (reader.languages, {"W01": 54.0})


def test_the_longest_unread_is_forgotten_and_answers_are_ones_own() -> None:
    """So that it stays small; and nobody can change what the next one is told."""
    reader = Reader()
    remembering = Remembering(reader, most=2)
    remembering.read(["a"])[0]["W01"] = 9.0
    remembering.read(["b"])
    assert remembering.read(["a"]) == [{"W01": 1.0}]
    remembering.read(["c"])
    remembering.read(["b"])
    assert reader.asked == ["a", "b", "c", "b"]
