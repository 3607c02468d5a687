"""Whatever is typed is checked: nothing raises, spans lie inside the text, and no text makes a search run away."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.rubric import check_reply
from scoring.rubric.catalogue import CHECKS
from scoring.rubric.platforms import PLATFORMS
from scoring.rubric.types import Audience, Context, Finding, Outcome, Record, RecordKind, Review

from .hostile import PIECES

LONG = 100_000
LANGUAGES = ("", "en", "es", "fr", "de", "it", "pt", "nl", "pl", "sv", "zz")
# What the constructions are made of: between such words a careless pattern tries every way to go on.
WORDS = ("we", "sorry", "if", "you", "never", "take", "your", "review", "down", "a", "refund", "not", "calm")
texts = st.one_of(
    st.text(st.characters(codec=None, exclude_categories=()), max_size=300),
    st.lists(st.sampled_from([*WORDS, *PIECES.values(), " ", ", ", ". ", "\n"]), max_size=60).map(" ".join),
)
contexts = st.builds(
    Context,
    audience=st.sampled_from(Audience),
    review=st.builds(
        Review,
        text=texts,
        author_name=st.text(max_size=20),
        language=st.sampled_from(LANGUAGES),
        is_negative=st.booleans(),
        is_failure=st.booleans(),
        topics=st.lists(st.sampled_from(["staff", "waiting", "other", "?"]), max_size=3).map(tuple),
        risks=st.lists(st.sampled_from(["safety", "churn", "?"]), max_size=2).map(tuple),
    ),
    platform=st.sampled_from([*PLATFORMS.values()]),
    language=st.sampled_from(LANGUAGES),
    is_protected_sector=st.booleans(),
    records=st.lists(st.builds(Record, kind=st.sampled_from(RecordKind), words=st.text(max_size=30))).map(tuple),
    own_contacts=st.lists(st.text(max_size=20), max_size=2).map(tuple),
    recent_replies=st.lists(texts, max_size=4).map(tuple),
)


def assert_sound(text: str, findings: list[Finding]) -> None:
    """One finding per check in the rubric's order, with spans inside the text and a message where it failed."""
    assert [finding.check for finding in findings] == list(CHECKS)
    for finding in findings:
        assert all(0 <= start < end <= len(text) for start, end in finding.spans)
        assert bool(finding.message) == (finding.outcome is Outcome.FAILED)
        assert 0.0 <= finding.confidence <= 1.0


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(text=texts, context=contexts)
def test_any_text_in_any_context_is_judged(text: str, context: Context) -> None:
    """Lone surrogates, languages that do not exist, topics nobody knows."""
    assert_sound(text, check_reply(text, context))


FLOODS = (
    "we ", "never ", "sorry if ", "your, ", "- ", "1 ", "a@", "((((", "e\u0301", "\x00", "\r\n\u2028", ".!?…", "\ud83d",
)  # fmt: skip


@pytest.mark.parametrize("piece", FLOODS)
def test_floods_end(piece: str) -> None:
    """A hundred thousand characters of one thing: a search that runs away would hang and meet the suite's limit."""
    text = (piece * (LONG // len(piece)))[:LONG]
    findings = check_reply(text, Context(language="en", is_protected_sector=True))
    assert_sound(text, findings)


def test_what_is_too_long_to_be_read_does_not_pass() -> None:
    """Only the beginning is read: the rest could say anything."""
    findings = {one.check: one.outcome for one in check_reply("We were late. " * 8_000, Context(language="en"))}
    assert findings["B04"] is findings["B09"] is Outcome.NOT_CHECKED
    assert findings["B10"] is Outcome.FAILED
