"""The mail that tells somebody which cases run out of time. It holds no word of a guest."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage

from db.escalations import Bundle
from db.queries.rows import QueueRow

from .clock_words import clock_view
from .i18n import gettext, ngettext, speaking
from .labels import risk_name
from .mail import new_message
from .rows import level_words, risks_by_weight
from .settings import WebSettings
from .shown import one_line


def escalation(settings: WebSettings, bundle: Bundle, *, now: datetime) -> EmailMessage:
    """One mail for everything that one person is to hear of now.

    Raises:
        MailError: the address cannot stand in a head.
    """
    with speaking(bundle.language):
        subject = ngettext(
            "%(num)s review runs out of time", "%(num)s reviews run out of time", bundle.count, num=bundle.count
        )
        lines = [gettext("Hello %(name)s,", name=bundle.name), ""]
        lines += [
            ngettext(
                "a guest waits for an answer, and time runs out:",
                "guests wait for an answer, and time runs out:",
                bundle.count,
            ),
            "",
        ]
        for row in bundle.rows:
            lines += [_line(row, now=now), f"  {settings.public_url}/reviews/{row.review_id}", ""]
        if more := bundle.count - len(bundle.rows):
            lines += [
                ngettext(
                    "And %(num)s more: %(address)s", "And %(num)s more: %(address)s", more, address=settings.public_url
                ),
                "",
            ]
        lines.append(
            gettext("Who hears of what, and when, stands at the places: %(address)s", address=_places(settings))
        )
    return new_message(settings, to=bundle.email, subject=subject, text="\n".join(lines) + "\n", now=now)


def _line(row: QueueRow, *, now: datetime) -> str:
    clock = clock_view(row, now=now)
    risks = [risk_name(name) for name in risks_by_weight(row)]
    what = ", ".join([level_words(row.anger_level), *risks])
    where = f"{one_line(row.location_name)}, {one_line(row.source_name)}"
    return " · ".join([what, where, clock.words if clock else gettext("settled meanwhile")])


def _places(settings: WebSettings) -> str:
    return f"{settings.public_url}/places"
