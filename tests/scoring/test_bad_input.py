"""What nobody should write, and some do: floods, tricks with invisible characters, broken ones, markup.

test_scoring_texts.py has the contract for ordinary texts, any short Unicode and a megabyte of one sign.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.model import OnnxScorer
from scoring.text import LONGEST_SENTENCE
from scoring.types import AngerLevel, Score
from scoring.windows import HEAD_CHARS, TAIL_CHARS

from .hostile import FURIOUS, MAX_TOKENS, MAX_WINDOWS, PIECES, CountingTokenizer, assert_sound, work

UNREADABLE = (
    ("controls of C1", "\x85\x9b"),
    *(
        (name, PIECES[name])
        for name in ("nulls", "blanks", "breaks", "zero width", "isolates", "marks", "unassigned", "private", "tags")
    ),
)
mixtures = st.lists(
    st.one_of(
        st.sampled_from(sorted(PIECES.values())),
        st.tuples(st.sampled_from(sorted(PIECES.values())), st.integers(2, 30)).map(lambda drawn: drawn[0] * drawn[1]),
        st.text(st.characters(codec=None, exclude_categories=()), max_size=30),
    ),
    max_size=6,
).map("".join)


def calm(scorer: OnnxScorer) -> Score:
    """What a text without anything to read scores."""
    return Score(
        anger=0.0, anger_level=AngerLevel.CALM, sentiment=3.0, language="und", model_version=scorer.version
    )  # fmt: skip


@pytest.mark.parametrize("name", PIECES)
def test_floods_and_fragments_get_a_sound_score(scorer: OnnxScorer, name: str) -> None:
    """Once, and over and over up to 100,000 characters."""
    piece = PIECES[name]
    texts = [piece, piece * (100_000 // len(piece)), f"Nice place. {piece} Never again!"]
    for text, score in zip(texts, scorer.predict(texts), strict=True):
        assert_sound(text, score)


@pytest.mark.parametrize(("name", "text"), UNREADABLE)
def test_text_that_shows_nothing_has_nothing_to_score(scorer: OnnxScorer, name: str, text: str) -> None:
    """Invisible characters are no words, however many: the same calm score as an empty review."""
    assert scorer.predict([text, text * 500]) == [calm(scorer)] * 2, name


@pytest.mark.parametrize("letter", ["a", "W", "ß", "字", "ك"])
def test_one_word_of_50000_letters_is_cut_and_read(scorer: OnnxScorer, letter: str) -> None:
    """A word without end is read in pieces, of which each can be pointed at."""
    text = letter * 50_000
    (score,) = scorer.predict([text])
    assert_sound(text, score)
    assert all(part.end - part.start <= LONGEST_SENTENCE for part in score.sentences)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(mixtures, min_size=1, max_size=4))
def test_any_mixture_scores_alike_in_any_company(scorer: OnnxScorer, texts: list[str]) -> None:
    """Never an exception, always a sound score, and the same one alone, among others and in another order."""
    together = scorer.predict([*texts, FURIOUS["en"]])[:-1]
    turned = scorer.predict(texts[::-1])[::-1]
    for text, score, other in zip(texts, together, turned, strict=True):
        assert_sound(text, score)
        (alone,) = scorer.predict([text])
        for same in (alone, other):
            assert same.anger == pytest.approx(score.anger, abs=1e-3)
            assert same.sentiment == pytest.approx(score.sentiment, abs=1e-2)
            assert [(part.start, part.end) for part in same.sentences] == [
                (part.start, part.end) for part in score.sentences
            ]
            assert same.language == score.language


@pytest.fixture(scope="module")
def tokenizer() -> CountingTokenizer:
    return CountingTokenizer()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(piece=st.one_of(mixtures.filter(bool), st.sampled_from(sorted(PIECES.values()))), size=st.integers(1, 100_000))
def test_work_grows_with_the_text_and_stops_at_the_cut(tokenizer: CountingTokenizer, piece: str, size: int) -> None:
    """Each character is tokenised once at most, beyond the cut no further ones, and the windows are counted."""
    text = (piece * (size // len(piece) + 1))[:size]
    prefix = len("query: ")
    characters, found = work(tokenizer, text)
    assert characters <= prefix + min(len(text), HEAD_CHARS + TAIL_CHARS)
    assert len(found.windows) <= MAX_WINDOWS
    assert all(len(window.ids) <= MAX_TOKENS for window in found.windows)


@pytest.mark.parametrize("name", ["words", "emoji", "letters", "html", "accents"])
def test_twice_the_text_is_twice_the_work_at_most(tokenizer: CountingTokenizer, name: str) -> None:
    """Below the cut the tokens read grow in proportion."""
    piece = PIECES[name]
    text = piece * (1_000 // len(piece))
    single, double = (sum(len(window.ids) for window in work(tokenizer, t)[1].windows) for t in (text, text * 2))
    assert double <= 2 * single + MAX_TOKENS // 8


def test_middle_beyond_the_cut_costs_and_changes_nothing(scorer: OnnxScorer) -> None:
    """A text of 100,000 characters is judged by its beginning and its end, like one of 50,000 with the same."""
    head, tail = "We arrived on a Tuesday and it rained. " * 500, " They lost our bags." * 100 + " " + FURIOUS["en"]
    texts = [head + "The garden has roses. " * repeats + tail for repeats in (1_500, 4_000)]
    shorter, longer = scorer.predict(texts)
    assert scorer.count_tokens(texts[:1]) == scorer.count_tokens(texts[1:])
    assert longer.anger == pytest.approx(shorter.anger, abs=1e-3)
    assert longer.anger_level.rank >= AngerLevel.ANGRY.rank
