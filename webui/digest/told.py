"""The pieces that a digest's words come in, ready to be set as text, as a mail or on a page."""

from __future__ import annotations

from dataclasses import dataclass

from ..i18n import gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One statement. `path` is where it is proved, from the root of the installation; empty: nowhere."""

    words: str
    path: str = ""
    more: str = ""  # said more quietly after it
    quote: str = ""  # masked words of a guest
    language: str = ""  # of the quote


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLine:
    """One figure of the week beside the week before and what is usual."""

    key: str
    name: str
    value: str
    path: str  # the list that proves it; empty: none can
    note: str  # of how many, and its range
    before: str
    before_path: str
    usual: str
    beside: Line | None = None  # what it leaves out, and the list that proves that
    brief_name: str = ""  # where there is little room; empty: `name`
    brief: str = ""  # the same of `note`


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Lines under a heading. `key` names it in links and files."""

    key: str
    title: str
    lines: tuple[Line, ...]
    note: str = ""  # after them
    is_quiet: bool = False  # nothing in it needs anybody
    rest: tuple[Line, ...] = ()  # what `note` sums up, for where there is room


def pair(name: str, value: str) -> str:
    """A name and what it is, with the colon as the language sets it."""
    return gettext("%(name)s: %(value)s", name=name, value=value)
