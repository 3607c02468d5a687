"""A digest as plain text: complete, for whoever reads no markup, and 72 columns wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from ..i18n import gettext
from .letter import Letter
from .told import Line, NumberLine, Section, pair

WIDTH: Final = 72


def text_of(letter: Letter, *, base: str) -> str:
    """`base` is the address of the installation, without a slash at its end."""
    return "\n".join(_lines(letter, base)) + "\n"


def _lines(letter: Letter, base: str) -> Iterator[str]:
    yield letter.title
    yield letter.about
    yield base + letter.path
    if letter.decisions is not None:
        yield from _section(letter.decisions, base)
    yield from _head(letter.numbers_title)
    for one in letter.numbers:
        yield from _number(one, letter, base)
    if letter.few:
        yield ""
        yield from textwrap.wrap(letter.few, WIDTH)
    for section in letter.sections:
        yield from _section(section, base)
    yield ""
    yield "-" * WIDTH
    for line in letter.foot:
        yield from textwrap.wrap(line.words, WIDTH)
        if line.path:
            yield base + line.path


def _head(title: str) -> tuple[str, str, str]:
    return "", title.upper(), "-" * min(len(title), WIDTH)


def _section(section: Section, base: str) -> Iterator[str]:
    yield from _head(section.title)
    for line in section.lines:
        yield from _line(line, base)
    if section.note:
        yield from textwrap.wrap(section.note, WIDTH)


def _line(line: Line, base: str) -> Iterator[str]:
    yield from textwrap.wrap(line.words, WIDTH, initial_indent="* ", subsequent_indent="  ")
    if line.more:
        yield from textwrap.wrap(line.more, WIDTH, initial_indent="  ", subsequent_indent="  ")
    if line.quote:
        words = gettext("“%(words)s”", words=line.quote)
        yield from textwrap.wrap(words, WIDTH, initial_indent="  ", subsequent_indent="  ")
    if line.path:
        yield f"  {base}{line.path}"


def _number(one: NumberLine, letter: Letter, base: str) -> Iterator[str]:
    _, before, usual = letter.columns
    yield from textwrap.wrap(pair(one.name, one.value), WIDTH, initial_indent="* ", subsequent_indent="  ")
    if one.note:
        yield from textwrap.wrap(one.note, WIDTH, initial_indent="  ", subsequent_indent="  ")
    yield f"  {pair(before, one.before)} · {pair(usual, one.usual)}"
    if one.path:
        yield f"  {base}{one.path}"
    if one.beside is not None:
        yield from textwrap.wrap(one.beside.words, WIDTH, initial_indent="  ", subsequent_indent="  ")
        yield f"  {base}{one.beside.path}"
