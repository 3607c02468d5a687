"""The checks are read before somebody types: rules take seconds to compile, and a short text needs all of them."""

from __future__ import annotations

import threading

from scoring.rubric import wording
from scoring.rubric.types import Context, Review
from webui.answering import ANY_LANGUAGE, WARMING, check_answer, warm_up


def test_the_first_words_find_the_rules_compiled() -> None:
    """In no language that can be told yet."""
    warm_up(ANY_LANGUAGE)
    for one in threading.enumerate():
        if one.name == WARMING:
            one.join()
    before = wording._words.cache_info().misses
    check_answer("Hello, I", Context(review=Review(text="We waited.", language="en", is_negative=True)))
    assert wording._words.cache_info().misses == before
