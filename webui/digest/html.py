"""A digest as a mail in HTML: 600 px wide, light and dark, whole without its pictures. Every word in it is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from ..charts.for_mail import MailPicture
from ..i18n import current_locale, gettext
from .letter import Letter
from .told import pair


def html_of(letter: Letter, pictures: Sequence[MailPicture], *, base: str, off: str = "") -> str:
    """`base` is the address of the installation; `off` the one that stops this mail, where it goes to a person."""
    return _template().render(
        letter=letter,
        pictures=pictures,
        base=base,
        off=off,
        language=current_locale().language,
        on_page=gettext("on a page"),
        stop=gettext("Stop this mail only"),
        pair=pair,
        quoted=lambda words: gettext("“%(words)s”", words=words),
    )


@cache
def _template() -> Template:
    # Its own environment: that of the pages belongs to a request, and a mail is written where there is none.
    made = Environment(autoescape=True, undefined=StrictUndefined)
    return made.from_string(files(__package__).joinpath("mail.html").read_text(encoding="utf-8"))
