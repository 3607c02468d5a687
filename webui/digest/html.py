"""A digest as a mail in HTML: one screen of 600 px, light and dark, whole without its picture, every word escaped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from ..charts.for_mail import MailPicture
from ..i18n import current_locale, gettext
from .letter import Letter
from .short import Short


def html_of(short: Short, letter: Letter, pictures: Sequence[MailPicture], *, base: str, off: str = "") -> str:
    """`base` is the address of the installation; `off` the one that stops this mail, where it goes to a person."""
    return _template().render(
        short=short,
        letter=letter,
        pictures=pictures,
        base=base,
        off=off,
        language=current_locale().language,
        on_page=gettext("on a page"),
        stop=gettext("Stop this mail only"),
        before=gettext("before"),
        usually=gettext("usually"),
        levels={"furious": "#a11030", "angry": "#ad3d08"},
    )


@cache
def _template() -> Template:
    # Its own environment: that of the pages belongs to a request, and a mail is written where there is none.
    made = Environment(autoescape=True, undefined=StrictUndefined)
    return made.from_string(files(__package__).joinpath("mail.html").read_text(encoding="utf-8"))
