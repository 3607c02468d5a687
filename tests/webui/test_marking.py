"""Marks are built of escaped pieces: whatever the text and the offsets, the page shows the text and nothing else."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from parsel import Selector

from webui.marking import STEPS, Piece, angriest_sentence, body_pieces, excerpt, marked, pieces
from webui.shown import shown

texts = st.text(max_size=400) | st.text(alphabet="<>&\"'/ab \n\u202e\u200d👩😡é\u0301", max_size=80)
offsets = st.integers(-5, 500)
sentence_lists = st.lists(
    st.fixed_dictionaries({"start": offsets, "end": offsets, "anger": st.floats(0, 1)}), max_size=6
)


def text_of(markup: str) -> str:
    """What a reader of the markup sees."""
    return "".join(Selector(text=f"<div id=x>{markup}</div>").css("#x *::text, #x::text").getall())


def elements_of(markup: str) -> set[str]:
    return set(Selector(text=f"<div id=x>{markup}</div>").xpath("//*[@id='x']//*").xpath("name()").getall())


@given(texts, sentence_lists, st.integers(0, 20), st.booleans())
def test_pieces_are_the_text(text: str, sentences: list[dict[str, Any]], title: int, mark: bool) -> None:
    """Laid end to end they give the text back, whatever the offsets say."""
    found = pieces(text, sentences, title=text[:title], mark=mark)
    assert "".join(piece.text for piece in found) == text
    assert all(piece.text for piece in found)


@given(texts, sentence_lists, st.booleans())
def test_markup_shows_the_text_and_no_other_element(text: str, sentences: list[dict[str, Any]], shaded: bool) -> None:
    """The text content round-trips, and the only elements are ours."""
    markup = marked(pieces(text, sentences), shaded=shaded)
    # libxml2 ends a text at some characters that HTML forbids; a page never holds them either.
    readable = all(char.isprintable() or char in "\n " for char in shown(text))
    if readable:
        assert text_of(str(markup)) == shown(text)
    assert elements_of(str(markup)) <= {"mark", "span"}
    assert (
        str(markup).count("<")
        == str(markup).count(">")
        == 2 * (str(markup).count("<mark") + str(markup).count("<span"))
    )


@given(texts, sentence_lists)
def test_at_most_one_sentence_is_the_angriest(text: str, sentences: list[dict[str, Any]]) -> None:
    """And it is the one with the highest anger."""
    found = pieces(text, sentences)
    angriest = [piece for piece in found if piece.is_angriest]
    assert "".join(piece.text for piece in angriest) == angriest_sentence(text, sentences)
    highest = max((piece.anger for piece in found if piece.anger is not None), default=None)
    assert {piece.anger for piece in angriest} <= {highest}


@given(texts, sentence_lists, st.integers(0, 20))
def test_excerpt_is_a_stretch_of_the_text(text: str, sentences: list[dict[str, Any]], title: int) -> None:
    """It invents nothing, and says truly whether something was cut."""
    cut = excerpt(text, sentences, title=text[:title])
    body = "".join(piece.text for piece in body_pieces(pieces(text, sentences, title=text[:title])))
    words = "".join(piece.text for piece in cut.pieces)
    assert words in body
    if not cut.is_cut_before and not cut.is_cut_after:
        assert words == body


def test_excerpt_reaches_the_angriest_sentence_of_a_long_text() -> None:
    """However far down it stands, its beginning is among the first words of the excerpt."""
    calm = "One two three four five. " * 60
    text = calm + "You crooks! " + calm
    sentences = [{"start": len(calm), "end": len(calm) + 11, "anger": 0.9}, {"start": 0, "end": 24, "anger": 0.1}]
    cut = excerpt(text, sentences)
    assert cut.is_cut_before
    assert cut.is_cut_after
    assert "".join(piece.text for piece in cut.pieces).index("You crooks!") < 40


def test_excerpt_starts_at_the_beginning_when_the_angriest_is_near() -> None:
    """Nobody reads a text from its middle without need."""
    text = "Well. You crooks! Goodbye."
    cut = excerpt(text, [{"start": 6, "end": 17, "anger": 0.9}])
    assert not cut.is_cut_before
    assert [piece.text for piece in cut.pieces] == ["Well. ", "You crooks!", " Goodbye."]


def test_shades_follow_the_anger() -> None:
    """Five steps, each bound belonging to the step above."""
    assert [Piece(text="x", anger=anger).shade for anger in (0.0, *STEPS, 1.0)] == [0, 1, 2, 3, 4, 4]
    assert Piece(text="x").shade == 0


def test_blanks_stay_outside_of_marks() -> None:
    """A shade of nothing looks like a fault."""
    markup = marked((Piece(text=" Hi. \n", anger=0.9, is_angriest=True),), shaded=True)
    assert markup == ' <mark class="shade shade-4" title="0.90">Hi.</mark> \n'


def steps_of(count: int) -> int:
    """Lines of Python that are run, loops within one counted at each turn, to show a text of so many sentences."""
    text = "a\n" * count
    sentences = [{"start": 2 * at, "end": 2 * at + 1, "anger": 0.1} for at in range(count)]
    steps, before = 0, sys.gettrace()

    def step(frame: FrameType, event: str, arg: object) -> Any:  # noqa: ARG001 - as traces are called
        nonlocal steps
        steps += event == "line"
        return step

    sys.settrace(step)
    try:
        marked(pieces(text, sentences, mark=False), shaded=True)
        excerpt(text, sentences)
    finally:
        sys.settrace(before)
    return steps


def test_a_flood_of_sentences_takes_steps_by_its_length_alone() -> None:
    """Twice as many sentences, twice as many steps: a hostile review holds up no page."""
    steps_of(1)  # what is read once
    assert steps_of(600) < 2.2 * steps_of(300)
