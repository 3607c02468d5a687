"""What is kept of an attached picture shows it and nothing else; of a mail, its words."""

from __future__ import annotations

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webui.letters import NotAMail, read_letter
from webui.pictures import NotAPicture, clean_picture

from .pictures import HIDDEN, jpeg, png, webp

MAIL = """From: Ada Rossi <Ada@example.org>
To: us@lanterna.example
Subject: =?utf-8?q?Cold_s=C3=B6up?=
Date: Sat, 21 Nov 2026 20:15:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/html; charset=utf-8

<p>The soup was <b>cold</b>.</p><script>alert(1)</script>
--x
Content-Type: application/octet-stream
Content-Disposition: attachment; filename=a.exe

MZ
--x--
"""
SAMPLES = {"image/jpeg": jpeg(turned=6), "image/png": png(), "image/webp": webp()}


@pytest.mark.parametrize("media_type", SAMPLES)
def test_nothing_hung_on_is_kept(media_type: str) -> None:
    """EXIF, comments, text and tails are gone; cleaning twice changes nothing more."""
    data = SAMPLES[media_type]
    assert HIDDEN in data
    picture = clean_picture(data)
    assert picture.media_type == media_type
    assert HIDDEN not in picture.data
    assert clean_picture(picture.data) == picture


def test_how_a_photo_is_turned_is_kept() -> None:
    """Phones write photos lying on their side, and say in EXIF how to turn them."""
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in clean_picture(jpeg(turned=6)).data
    assert b"Exif" not in clean_picture(jpeg(turned=1)).data


@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_any_bytes_are_a_clean_picture_or_refused(media_type: str, data: st.DataObject) -> None:
    """However a picture is broken or cut, it is refused or comes out clean; nothing else is ever raised."""
    sample = bytearray(SAMPLES[media_type])
    for _ in range(data.draw(st.integers(0, 4))):
        sample[data.draw(st.integers(0, len(sample) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(sample[: data.draw(st.integers(0, len(sample)))])
    with suppress(NotAPicture):
        picture = clean_picture(cut)
        assert clean_picture(picture.data) == picture


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"GIF89a" + b"\0" * 40, b"%PDF-1.7",
     png().replace(struct.pack(">II", 1, 1), struct.pack(">II", 60_000, 60_000))],
)  # fmt: skip
def test_what_is_no_picture_of_ours_is_refused(data: bytes) -> None:
    """Drawings that run scripts among them, and sizes that no browser holds."""
    with pytest.raises(NotAPicture):
        clean_picture(data)


def test_words_of_a_mail_are_kept_and_nothing_else() -> None:
    """Neither markup nor what is attached to it."""
    letter = read_letter(MAIL.replace("\n", "\r\n").encode())
    assert (letter.sender, letter.address, letter.subject, letter.day) == (
        "Ada Rossi", "Ada@example.org", "Cold söup", "2026-11-21",
    )  # fmt: skip
    assert letter.words == "The soup was cold."
    assert "MZ" not in letter.text
    assert letter.text.startswith("From: Ada Rossi <Ada@example.org>\nDate: 2026-11-21\nSubject: Cold söup\n\n")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_mail_or_refused(data: bytes) -> None:
    """Nothing else is raised, whatever is sent."""
    with suppress(NotAMail):
        assert read_letter(b"Subject: x\n" + data).words
