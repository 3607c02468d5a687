"""What people paste and write: links as they come out of browsers and mails, words and patterns as they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.choices import PAGES, WORDS, BadChoice, checked, fits
from crawlers.links import cleaned, place_ref_in
from crawlers.platforms import PLATFORMS

HOTEL = "https://hotel.example/reviews"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("  hotel.example/reviews\n", HOTEL),
        ("<https://hotel.example/reviews>", HOTEL),
        ("\u201chttps://hotel.example/reviews\u201d", HOTEL),
        ("HTTPS://hotel.example/reviews#top", HOTEL),
        (f"{HOTEL}?utm_source=mail&utm_medium=x&fbclid=1&gclid=2", HOTEL),
        (f"{HOTEL}?page=2&utm_source=mail", f"{HOTEL}?page=2"),
        (f"{HOTEL}?q=a%20b&id=", f"{HOTEL}?q=a%20b&id="),
        ("https://hotel.exam\u200bple/reviews", HOTEL),
        ("https://hotel.example/\nreviews", HOTEL),
        ("hotel.example:8080/x", "https://hotel.example:8080/x"),
        ("//hotel.example/reviews", HOTEL),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("", ""),
    ],
)
def test_pasted_link_is_the_address_that_is_meant(written: str, meant: str) -> None:
    """Without quotes, unseen marks, fragments and what tells where somebody came from; nothing else is taken off."""
    assert cleaned(written) == meant


@given(st.text(max_size=300))
def test_any_text_is_taken(written: str) -> None:
    """Nothing that is pasted raises, and cleaning twice changes nothing more."""
    once = cleaned(written)
    assert isinstance(once, str)
    for platform in PLATFORMS:
        assert isinstance(place_ref_in(platform, once), str)


@pytest.mark.parametrize(
    ("pattern", "path", "is_held"),
    [
        ("", "/anything", True),
        ("/reviews/", "/reviews/1", True),
        ("/hotel/*/guests", "/hotel/a/b/guests", True),
        ("/hotel/*/guests", "/guests/hotel/", False),
        ("a*a", "/a", False),
        (".*", "/shop", False),
        ("*" * 100 + "x" + "*a" * 40, "/" + "a" * 1900, False),
    ],
)
def test_pattern_is_a_piece_of_the_address(pattern: str, path: str, is_held: bool) -> None:
    """Its star stands for anything, every other sign for itself, and no pattern takes long."""
    assert fits(pattern, f"https://h{path}") is is_held


@pytest.mark.parametrize(
    ("name", "written", "stored"),
    [
        (WORDS, " Lanterna ,, la  lanterna;\n#Lanterna, Lanterna", "Lanterna, la lanterna, #Lanterna"),
        (WORDS, " ", ""),
        (PAGES, " /reviews/** ", "/reviews/*"),
        (PAGES, "***", ""),
    ],
)
def test_choice_is_stored_tidy(name: str, written: str, stored: str) -> None:
    """Each word once; stars in a row are one; nothing is nothing."""
    assert checked(name, written) == stored


@pytest.mark.parametrize(
    ("name", "written", "kind"),
    [
        (WORDS, "!!!", "no_word"),
        (WORDS, "x" * 101, "long_word"),
        (WORDS, ",".join(map(str, range(101))), "many_words"),
        (PAGES, "/a b", "blanks"),
        (PAGES, "/\x00", "blanks"),
        (PAGES, "x" * 201, "long_pattern"),
    ],
)
def test_choice_that_cannot_be_used_says_what_is_wrong(name: str, written: str, kind: str) -> None:
    """By its kind: the sentence is the page's, in its language."""
    with pytest.raises(BadChoice) as fault:
        checked(name, written)
    assert fault.value.kind == kind
