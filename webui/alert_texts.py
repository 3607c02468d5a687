"""What an alert says: short, with the place, the reason and a link, in the language of the pages its reader saw last.

Of a guest it holds initials and, where the reader wants it and the terms of the source allow it, the angriest sentence
with names, numbers and addresses masked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Final
from urllib.parse import urlencode

from db.alert_contents import AlertLine, AlertMessage
from db.alerting import RISKS
from db.masked_names import masked_name
from db.masking import mask
from db.models import AlertReason
from db.queries.rows import QueueRow
from db.wording import cut

from .alert_words import SURE, is_sure_only, short_words, spike_words
from .clock_words import clock_view
from .direct_words import source_words
from .i18n import gettext, ngettext, speaking
from .labels import ALARMS, label, risk_name
from .mail import new_message
from .rows import level_words, risks_by_weight
from .settings import WebSettings
from .shown import one_line

LISTED_MOST: Final = 12  # lines of one message; the pages have the rest
QUOTE_MOST: Final = 160  # letters
SHOUT_MOST: Final = 30
TITLE_MOST: Final = 120
_MARK: Final = "•••"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertText:
    """As it goes to a service; a mail says hello besides."""

    title: str
    body: str


def alert_text(
    settings: WebSettings, message: AlertMessage, *, is_mail: bool, has_words: bool, is_unsure: bool, now: datetime
) -> AlertText:
    """The text of a message with at least one line. `is_unsure`: it may have come before.

    Services cut what is too long for them, an SMS after 160 letters: there the link stands before the words.
    """
    lines = sorted(message.lines, key=_urgency)
    with speaking(message.language):
        title = _title(lines)
        parts = [
            "\n".join(_part(settings, line, is_mail=is_mail, has_words=has_words, now=now))
            for line in lines[:LISTED_MOST]
        ]
        if (more := len(lines) - LISTED_MOST) > 0:
            address = settings.public_url
            parts.append(
                ngettext("And %(num)s more: %(address)s", "And %(num)s more: %(address)s", more, address=address)
            )
        if is_unsure:
            parts.append(gettext("This may have reached you before: it was interrupted while it was sent."))
    return AlertText(title=title, body="\n\n".join(parts))


def alert_mail(
    settings: WebSettings, message: AlertMessage, text: AlertText, *, batch: str, off: str, now: datetime
) -> EmailMessage:
    """The same as a mail. The same batch gives the same Message-ID each time. `off` stops this way.

    Raises:
        MailError: the address cannot stand in a head.
    """
    with speaking(message.language):
        hello = gettext("Hello %(name)s,", name=one_line(message.name))
        ways = gettext("What you hear of, on which ways and when: %(address)s", address=ways_address(settings))
        body = f"{hello}\n\n{text.body}\n\n-- \n{ways}\n{_off_words(off)}\n"
    return new_message(settings, to=message.email, subject=text.title, text=body, now=now, batch=batch, off=off)


def trial_text(settings: WebSettings, name: str) -> AlertText:
    """What the test button sends."""
    body = gettext(
        "Hello %(name)s, alerts of Amends reach you here. You choose what you hear of: %(address)s",
        name=one_line(name),
        address=ways_address(settings),
    )
    return AlertText(title=gettext("Amends: a test"), body=body)


def trial_mail(settings: WebSettings, to: str, text: AlertText, *, off: str, now: datetime) -> EmailMessage:
    """The same as a mail, with all that a mail of alerts has.

    Raises:
        MailError: the address cannot stand in a head.
    """
    body = f"{text.body}\n\n-- \n{_off_words(off)}\n"
    return new_message(settings, to=to, subject=text.title, text=body, now=now, off=off)


def _off_words(off: str) -> str:
    return gettext("Stop these alerts by mail, and nothing else: %(address)s", address=off)


def ways_address(settings: WebSettings) -> str:
    """The page of the ways."""
    return f"{settings.public_url}/alerts"


def _urgency(line: AlertLine) -> tuple[int, float, datetime]:
    """By reason, as `AlertReason` has them, then by the priority of the case."""
    return list(AlertReason).index(line.reason), -(line.row.priority if line.row else 0.0), line.found_at


def _title(lines: Sequence[AlertLine]) -> str:
    places = list(dict.fromkeys(one_line(line.location_name) for line in lines))
    reasons = {line.reason for line in lines}
    if len(lines) == 1:
        what = short_words(lines[0].reason, lines[0].facts)
        risks = _risks(lines[0].row, only=RISKS)
        what = f"{what} ({', '.join(risks)})" if risks and lines[0].reason is AlertReason.RISK else what
    elif reasons <= {AlertReason.RISK, AlertReason.FURIOUS}:
        what = ngettext("%(num)s urgent review", "%(num)s urgent reviews", len(lines))
    else:
        what = ngettext("%(num)s alert", "%(num)s alerts", len(lines))
    if len(places) == 1:
        return cut(f"{what}: {places[0]}", TITLE_MOST)
    return cut(f"{what} {ngettext('at %(num)s place', 'at %(num)s places', len(places))}", TITLE_MOST)


def _part(settings: WebSettings, line: AlertLine, *, is_mail: bool, has_words: bool, now: datetime) -> list[str]:
    what = [*_what(line, now=now), one_line(line.location_name)]
    row = line.row
    if row is not None:
        what.append(one_line(source_words(row.source_name)))
        if initials := masked_name(row.author_name):
            what.append(gettext("by %(name)s", name=_isolated(initials)))
    parts = [_link(settings, line)]
    is_urgent = line.reason in (AlertReason.RISK, AlertReason.FURIOUS)
    if row is not None and has_words and line.may_quote and is_urgent and (words := quote(row)):
        parts.insert(0 if is_mail else 1, gettext("“%(words)s”", words=_isolated(words)))
    return [" · ".join(what), *parts]


def _what(line: AlertLine, *, now: datetime) -> list[str]:
    if line.reason is AlertReason.SPIKE:
        facts = line.facts
        return [spike_words(facts["count"], facts["low"], facts["high"], days=facts["days"], weeks=facts["weeks"])]
    if line.reason is AlertReason.SOURCE:
        return [f"{one_line(line.source_name)} {label(ALARMS, str(line.facts.get('health', '')))}"]
    if line.reason in (AlertReason.RISK, AlertReason.FURIOUS) and line.row is not None:
        return [gettext(SURE) if is_sure_only(line.facts) else level_words(line.row.anger_level), *_risks(line.row)]
    what = [short_words(line.reason, line.facts)]
    if line.row is not None and (clock := clock_view(line.row, now=now)):
        what.append(clock.words)
    return what


def _risks(row: QueueRow | None, *, only: Collection[str] | None = None) -> list[str]:
    names = risks_by_weight(row) if row is not None else []
    return [risk_name(name) for name in names if only is None or name in only]


def _link(settings: WebSettings, line: AlertLine) -> str:
    if line.row is not None:
        part = "#follow-ups" if line.reason is AlertReason.FOLLOW_UP else ""
        return f"{settings.public_url}/reviews/{line.row.review_id}{part}"
    if line.reason is AlertReason.SOURCE:
        return f"{settings.public_url}/sources?state=look"
    query = urlencode({"view": "all", "anger": ["angry", "furious"], "place": line.location_slug}, doseq=True)
    return f"{settings.public_url}/?{query}"


def _isolated(words: str) -> str:
    """Words that run from right to left, so that the line around them does not."""
    is_rtl = any(unicodedata.bidirectional(char) in {"R", "AL"} for char in words)
    return f"\u2068{words}\u2069" if is_rtl else words


def quote(row: QueueRow) -> str:
    """The angriest sentence of a review, cut, with names, numbers and addresses masked; empty where there is none."""
    from scoring.redraft.masking import PLACEHOLDER, Mask

    words = one_line(row.text[_angriest(row)])
    masked = Mask(row.language or "", names=[row.author_name], plain=[row.location_name]).mask(words)
    return cut(mask(re.sub(PLACEHOLDER, _MARK, masked)), QUOTE_MOST)


def _angriest(row: QueueRow) -> slice:
    """Where the angriest sentence stands; where it is a shout, such as "Liars!", which tells nothing of what happened,
    with the one that follows, or of the last with the one before.
    """
    if not row.sentences:
        return slice(None)
    first = last = max(range(len(row.sentences)), key=lambda one: row.sentences[one]["anger"])
    if row.sentences[first]["end"] - row.sentences[first]["start"] < SHOUT_MOST:
        first, last = (first, first + 1) if first + 1 < len(row.sentences) else (max(first - 1, 0), first)
    return slice(row.sentences[first]["start"], row.sentences[last]["end"])
