"""Amounts as people write them, in any currency, and the words of everything that an offer can be."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from db.models import Channel, OfferKind, OfferState, Severity
from db.offer_rules import Outside, Reason
from webui.direct_words import CHANNELS
from webui.money import CURRENCIES, money, month_words, plain_amount, read_money
from webui.offer_words import KINDS, OUTSIDE, SEVERITIES, SEVERITY_HINTS, STATES, event_words, reason_words

AMOUNTS = st.integers(0, 100_000_000)


@given(AMOUNTS, st.sampled_from(CURRENCIES))
def test_what_is_written_is_read_again(minor: int, currency: str) -> None:
    """In currencies without, with two and with three digits after the point; a comma is as good."""
    written = plain_amount(minor, currency)
    assert read_money(written, currency) == minor
    assert read_money(f" {written.replace('.', ',')}\u00a0", currency) == minor


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("1.200,50", "EUR", 120_050),
        ("1,200.5", "EUR", 120_050),
        ("1.200", "EUR", 120_000),
        ("1'200.00", "CHF", 120_000),
        (",5", "EUR", 50),
        ("1,200", "JPY", 1_200),
        ("1.250", "KWD", 1_250),
        ("12.5", "JPY", None),
        ("12.345,6789", "EUR", None),
        ("thirty", "EUR", None),
        ("-3", "EUR", None),
        ("", "EUR", None),
        ("٣٠", "EUR", None),
        ("9" * 30, "EUR", None),
    ],
)
def test_amounts_are_read_as_people_mean_them(typed: str, currency: str, minor: int | None) -> None:
    """Groups of three are no fraction, unless the currency has three digits."""
    assert read_money(typed, currency) == minor


@given(st.text(max_size=30), st.sampled_from(CURRENCIES))
def test_any_text_is_an_amount_or_none(typed: str, currency: str) -> None:
    """Never below nothing."""
    found = read_money(typed, currency)
    assert found is None or found >= 0


def test_money_is_written_by_the_locale(app: Flask) -> None:
    """Whole amounts without their zeros."""
    with app.test_request_context(headers={"Accept-Language": "en-GB"}):
        assert [money(3_000, "EUR"), money(1_250, "EUR"), money(1_200, "JPY")] == ["€30", "€12.50", "JP¥1,200"]
        assert month_words("2026-11") == "November 2026"
    with app.test_request_context("/?lang=de"):
        assert money(3_000, "EUR").replace("\u00a0", " ") == "30 €"


def test_everything_has_its_words(app: Flask) -> None:
    """Kinds, severities, states, channels and reasons; an event of another kind is none of offers."""
    pairs = ((OfferKind, KINDS), (Severity, SEVERITIES), (Severity, SEVERITY_HINTS), (OfferState, STATES))
    for enum, words in (*pairs, (Channel, CHANNELS), (Outside, OUTSIDE)):
        assert set(words) == set(enum)
    with app.test_request_context():
        for why in Outside:
            assert "%" not in reason_words(Reason(why=why), "EUR")
            told = reason_words(Reason(why=why, limit=3_000, found=4_500, percent=100), "EUR")
            assert told.endswith(".")
        for state in OfferState:
            event = event_words(f"offer_{state}", "Ana", {"kind": "voucher", "value_minor": 3_000, "currency": "EUR"})
            assert event is not None
            assert "Voucher, €30" in event
        assert event_words("assigned", "Ana", {}) is None
