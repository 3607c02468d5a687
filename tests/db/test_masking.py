"""What reaches a person is masked: in any language, however it is written, whatever stands around it."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.masking import MaskedLog, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Write to anna.b+x@hotel-lanterna.example, please", "Write to [mail], please"),
        ("<mailto:zoë@müller.example>", "<mailto:[mail]>"),
        ("anna (at) lanterna.example", "[mail]"),
        ("Call me: +39 010 555 0142.", "Call me: [phone]."),
        ("Rufen Sie 030/12345678 an", "Rufen Sie [phone] an"),
        ("Appelez le 06 12 34 56 78 !", "Appelez le [phone] !"),
        ("Llame al +34 612 34 56 78", "Llame al [phone]"),
        ("or (415) 555-2671 after six", "or [phone] after six"),
        ("電話 +81 3-1234-5678 まで", "電話 [phone] まで"),
        ("اتصل +966 50 123 4567", "اتصل [phone]"),
        ("IBAN DE89 3704 0044 0532 0130 00, thanks", "IBAN [account], thanks"),
        ("my card 4111 1111 1111 1111 was charged", "my card [card] was charged"),
        ("a@b.example\nand\t+39 010 555 0142", "[mail]\nand\t[phone]"),
    ],
)
def test_what_reaches_a_person_is_masked(text: str, masked: str) -> None:
    """And nothing else of the text is touched; masked once, it stays as it is."""
    assert mask(text) == masked
    assert mask(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        "crawled source=12345678 state=finished new=340 changed=13",
        "On 2026-11-28 at 18:30:12 we paid 1.234,50 EUR and 12,000.00",
        "28.11.2026, 28/11/2026, table 12, room 1204",
        "review 4111111111111112 of batch 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        "@wraps and 5 @ 10 EUR",
        "what a day (at last) it was",
        "",
    ],
)
def test_what_reaches_nobody_stays(text: str) -> None:
    """Ids, dates, amounts, digests, words."""
    assert mask(text) == text


@given(st.text(alphabet="a@.-+0123456789 ()[]\n٣Ａ", max_size=400))
def test_whatever_is_given_ends(text: str) -> None:
    """No text breaks it, and no address with an @ between words is left."""
    assert "aa@aa.aa" not in mask(f"{text} aa@aa.aa ")


@pytest.mark.parametrize("text", ["1 " * 50_000, "a@" * 50_000, "+" * 100_000, "(at)" * 25_000, "DE89 " * 20_000])
def test_hostile_text_ends(text: str) -> None:
    """A pattern that went back over it again and again would not end while somebody waits."""
    assert len(mask(text)) > 0


def test_lines_of_the_log_and_stacks_are_masked() -> None:
    """The message, its values, and what a fault says of itself."""
    error = ValueError("no such guest: anna@lanterna.example, +39 010 555 0142")
    record = logging.LogRecord(
        "x", logging.ERROR, __file__, 1, "to %s", ("ben@lanterna.example",), (ValueError, error, None)
    )
    assert MaskedLog().filter(record)
    written = logging.Formatter().format(record)
    assert "lanterna" not in written
    assert "0142" not in written
    assert "to [mail]" in written
    assert "no such guest: [mail], [phone]" in written
