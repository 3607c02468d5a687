"""Answers are short on the line, and their length tells nothing."""

from __future__ import annotations

import gzip

import brotli  # type: ignore[import-untyped]
import pytest
from flask.testing import FlaskClient

from .html import Page


@pytest.mark.parametrize(
    ("asked", "given", "unpacked"),
    [("gzip, deflate, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("", None, bytes)],
)
def test_page_is_compressed_as_asked(client: FlaskClient, asked: str, given: str | None, unpacked: type[bytes]) -> None:
    """By what the browser knows, or not at all."""
    answer = client.get("/", headers={"Accept-Encoding": asked})
    assert answer.headers.get("Content-Encoding") == given
    assert unpacked(answer.data).rstrip().endswith(b"-->")
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_style_sheet_is_compressed_and_kept(client: FlaskClient) -> None:
    """Once for all pages."""
    address = Page(client.get("/")).one("link[rel=stylesheet]").attrs["href"]
    plain, packed = client.get(address), client.get(address, headers={"Accept-Encoding": "br"})
    assert brotli.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 3
    assert "immutable" in packed.headers["Cache-Control"]


def test_length_of_a_page_tells_nothing(client: FlaskClient) -> None:
    """The same page is of many lengths: nobody guesses the form's token by them."""
    lengths = {len(client.get("/", headers={"Accept-Encoding": "br"}).data) for _ in range(30)}
    assert len(lengths) > 10
