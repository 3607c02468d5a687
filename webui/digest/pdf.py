"""A digest as a PDF, to print or to send on: the letter on A4, its links whole, its charts as pictures.

Set in DejaVu Sans, which Matplotlib carries: Latin, Greek, Cyrillic, Arabic and Hebrew, the last two from right to
left. What it has no sign for is shown as an empty box.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..i18n import current_locale, gettext
from .letter import Letter
from .pictures import PaperPicture
from .told import NumberLine, Section

if TYPE_CHECKING:
    from fpdf import FPDF

_FONT: Final = "DejaVu"
_INK, _SOFT, _ACCENT, _LINE = (24, 33, 31), (78, 93, 89), (11, 95, 86), (195, 204, 201)
_MARGIN: Final = 18  # mm
_WIDE, _TALL, _NARROW = 6.0, 4.6, 4.2  # heights of lines, mm
_VALUES: Final = (26.0, 26.0, 26.0)  # widths of the columns of figures, mm


def pdf_of(letter: Letter, pictures: Sequence[PaperPicture], *, base: str, made_at: datetime) -> bytes:
    """`base` is the address of the installation; `made_at` stands in the file as when it was made."""
    page = _new(letter, made_at)
    _words(page, letter.subject, size=15, is_bold=True, height=8)
    _words(page, f"{letter.title} · {letter.about}", size=9, colour=_SOFT, link=base + letter.path)
    if letter.decisions is not None:
        _section(page, letter.decisions, base)
    _numbers(page, letter, base)
    for one in pictures:
        _picture(page, one)
    for section in letter.sections:
        _section(page, section, base)
    page.ln(4)
    for line in letter.foot:
        _words(page, line.words, size=8, colour=_SOFT, height=_NARROW, link=base + line.path if line.path else "")
    return bytes(page.output())


def _new(letter: Letter, made_at: datetime) -> FPDF:
    import matplotlib as mpl
    from fpdf import FPDF

    fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
    page = FPDF(format="A4")
    page.set_creation_date(made_at)
    page.set_title(letter.subject)
    page.set_lang(current_locale().language)
    page.set_margins(_MARGIN, _MARGIN)
    page.set_auto_page_break(auto=True, margin=_MARGIN)
    for style, name in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf"), ("I", "DejaVuSans-Oblique.ttf")):
        page.add_font(_FONT, style, fonts / name)
    page.add_page()
    return page


def _words(
    page: FPDF,
    words: str,
    *,
    size: float = 10,
    colour: tuple[int, int, int] = _INK,
    is_bold: bool = False,
    is_quote: bool = False,
    height: float = _TALL,
    link: str = "",
) -> None:
    page.set_font(_FONT, "B" if is_bold else "I" if is_quote else "", size)
    page.set_text_color(*(_ACCENT if link else colour))
    page.multi_cell(0, height, words, align="L", link=link, new_x="LMARGIN", new_y="NEXT")


def _head(page: FPDF, title: str) -> None:
    page.ln(3)
    if page.will_page_break(3 * _WIDE):  # no heading alone at the foot of a page
        page.add_page()
    _words(page, title, size=12, is_bold=True, height=7)


def _rule(page: FPDF) -> None:
    page.set_draw_color(*_LINE)
    at = page.get_y() + 0.6
    page.line(_MARGIN, at, page.w - _MARGIN, at)
    page.set_y(at + 0.9)


def _section(page: FPDF, section: Section, base: str) -> None:
    _head(page, section.title)
    for line in section.lines:
        _rule(page)
        _words(page, line.words, link=base + line.path if line.path else "")
        if line.more:
            _words(page, line.more, size=8.5, colour=_SOFT, height=_NARROW)
        if line.quote:
            _words(page, gettext("“%(words)s”", words=line.quote), size=9.5, is_quote=True)
    if section.note:
        _words(page, section.note, size=8.5, colour=_SOFT, height=_NARROW)


def _numbers(page: FPDF, letter: Letter, base: str) -> None:
    _head(page, letter.numbers_title)
    page.set_font(_FONT, "", 8.5)
    page.set_text_color(*_SOFT)
    page.cell(page.epw - sum(_VALUES), _NARROW)
    for words, width in zip(letter.columns, _VALUES, strict=True):
        page.cell(width, _NARROW, words, align="R")
    page.ln(_NARROW)
    for one in letter.numbers:
        _rule(page)
        _number(page, one, base)
    if letter.few:
        _words(page, letter.few, size=8.5, colour=_SOFT, height=_NARROW)


def _number(page: FPDF, one: NumberLine, base: str) -> None:
    """The name and its note on the left, the values beside the first line."""
    if page.will_page_break(4 * _TALL):
        page.add_page()
    top, name_width = page.get_y(), page.epw - sum(_VALUES)
    page.set_font(_FONT, "", 10)
    page.set_text_color(*_INK)
    page.multi_cell(name_width, _TALL, one.name, align="L", new_x="LMARGIN", new_y="NEXT")
    if one.note:
        page.set_font(_FONT, "", 8.5)
        page.set_text_color(*_SOFT)
        page.multi_cell(name_width, _NARROW, one.note, align="L", new_x="LMARGIN", new_y="NEXT")
    if one.beside is not None:
        page.set_font(_FONT, "", 8.5)
        page.set_text_color(*_ACCENT)
        page.multi_cell(
            name_width, _NARROW, one.beside.words, align="L", link=base + one.beside.path, new_x="LMARGIN", new_y="NEXT"
        )
    bottom = page.get_y()
    page.set_xy(_MARGIN + name_width, top)
    values = ((one.value, one.path, "B"), (one.before, one.before_path, ""), (one.usual, "", ""))
    for (words, path, style), width in zip(values, _VALUES, strict=True):
        page.set_font(_FONT, style, 10)
        page.set_text_color(*(_ACCENT if path else _INK))
        page.cell(width, _TALL, words, align="R", link=base + path if path else "")
    page.set_xy(_MARGIN, max(bottom, top + _TALL))


def _picture(page: FPDF, one: PaperPicture) -> None:
    _head(page, one.title)
    height = page.epw * one.height / one.width
    if page.will_page_break(height):
        page.add_page()
    page.image(io.BytesIO(one.png), w=page.epw, alt_text=one.alt)
