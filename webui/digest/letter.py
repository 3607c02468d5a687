"""A digest in the words of whoever reads it, not yet set: what text, mail and page show, in the same order.

Call `letter` within `i18n.speaking`, or within a request.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from babel.dates import format_interval

from ..charts.chart import FEW
from ..filters import day_and_time, decimal
from ..i18n import current_locale, gettext, ngettext
from ..shown import one_line
from . import parts
from .facts import Digest
from .links import ACCOUNT, digest_path, figure_path
from .numbers import change_words, numbers
from .told import Line, NumberLine, Section

__all__ = ["Letter", "letter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """All the words of a digest."""

    subject: str
    title: str
    about: str  # the week and the places
    path: str  # of its page
    numbers: tuple[NumberLine, ...]
    numbers_title: str
    few: str  # why there are no shares; empty where there are
    decisions: Section | None  # None: the week lies too far back
    sections: tuple[Section, ...]  # those with something to say
    foot: tuple[Line, ...]
    columns: tuple[str, str, str] = field(default=("", "", ""))  # this week, the week before, usually


def letter(digest: Digest) -> Letter:
    """The digest in words."""
    found = (
        parts.listed(digest),
        parts.unhappy(digest),
        parts.causes(digest),
        parts.praise(digest),
        parts.recovery(digest),
        parts.actions(digest),
        parts.by_place(digest),
        parts.unseen(digest),
    )
    is_few = digest.now.written < FEW
    return Letter(
        subject=subject(digest),
        title=gettext("Your week in reviews"),
        about=f"{week_words(digest)} · {places_words(digest)}",
        path=digest_path(digest),
        numbers=numbers(digest),
        numbers_title=gettext("The week in numbers"),
        few=gettext("Too few to say more: of so few, one review more would turn every figure.") if is_few else "",
        decisions=parts.waiting(digest),
        sections=tuple(section for section in found if section is not None),
        foot=_foot(digest),
        columns=(gettext("This week"), gettext("Week before"), gettext("Usually")),
    )


def subject(digest: Digest) -> str:
    """The one number that matters: unanswered anger first, then the rating."""
    now = digest.now
    if not now.written:
        words = gettext("No new reviews")
    elif now.unhappy_open:
        words = ngettext(
            "%(num)s angry review unanswered", "%(num)s angry reviews unanswered", now.unhappy_open
        )  # fmt: skip
    else:
        words = ngettext(
            "%(num)s new review, none angry and unanswered",
            "%(num)s new reviews, none angry and unanswered",
            now.written,
        )
    if now.rated >= FEW and now.stars is not None:
        words = gettext("%(words)s, rating %(stars)s", words=words, stars=decimal(now.stars))
        if digest.before.rated >= FEW and digest.before.stars is not None:
            words += f" ({change_words(now.stars, digest.before.stars)})"
    place = digest.place
    return f"{words} · {one_line(place.name)}" if place is not None else words


def week_words(digest: Digest) -> str:
    """ "Week 46, 9 – 15 Nov 2026"; for the one that runs with its last day so far."""
    number = int(digest.week.partition("-W")[2])
    days = days_words(digest.first, digest.last)
    words = gettext("Week %(number)s, %(days)s", number=number, days=days)
    return words if digest.is_over else gettext("%(week)s, so far", week=words)


def days_words(first: date, last: date) -> str:
    """ "9–15 Nov 2026"."""
    return format_interval(first, last, "yMMMd", locale=current_locale())


def places_words(digest: Digest) -> str:
    """The place, or how many there are."""
    if digest.place is not None:
        return one_line(digest.place.name)
    if not digest.places:
        return gettext("no place yet")
    return ngettext("%(num)s place", "%(num)s places", len(digest.places))


def _foot(digest: Digest) -> tuple[Line, ...]:
    zone = digest.places[0].timezone if digest.places else "UTC"
    counted = gettext(
        "Reviews count in the week they were published, complaints in the week they were taken, by the calendar of "
        "their place, Monday to Sunday; mentions that are not about you do not count, and what is gone from its source "
        "counts in no share. “Usually” is the median of the twelve weeks before, as far as there were reviews. Ranges "
        "hold the true figure in 95 of 100 weeks. Times are working time, from when Amends knew of a review to when "
        "its answer was seen at the source."
    )
    made = gettext("Counted %(when)s.", when=day_and_time(digest.made_at, timezone=zone))
    return (
        Line(words=f"{counted} {made}"),
        Line(words=gettext("Every review of the week"), path=figure_path(digest, "written")),
        Line(words=gettext("Choose which mails you get"), path=ACCOUNT),
    )
