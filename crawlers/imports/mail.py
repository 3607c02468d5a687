"""A review out of a notification mail, as it came or forwarded. Links are kept, never followed; pictures never loaded.

Platforms change the look of their mails without notice, and no real mails could be checked: a mail is read by words
that nearly all of them share ("left a review", "4 out of 5", stars), known senders only help to tell the name of the
guest. What nothing is found in is rejected, so that a person looks. Anybody can send a mail under any name.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from db.phrases import say

from ..errors import ParseError
from ..parsers.ratings import read_rating
from ..parsers.text import line, plain
from .column_dates import ColumnDates
from .columns import Columns
from .mail_words import AUTHOR, BOILERPLATE, FORWARDED, LABEL, QUOTED, RATING, SENDERS, STARS
from .table import Row, Table

HEADERS = ("stars", "author", "date", "text", "url", "platform", "subject")
COLUMNS = Columns(fields={name: name for name in ("stars", "author", "date", "text", "url")}, best=5)
MAX_PARTS = 100
MAX_TEXT = 200_000  # characters of a mail that are looked at

_IMAGE = re.compile(
    r"<img\b[^>]{0,2000}?\balt\s*=\s*(?:\"([^\"]{0,200})\"|'([^']{0,200})')[^>]{0,2000}>", re.IGNORECASE
)
_LINK = re.compile(
    r"<a\b[^>]{0,500}?\bhref\s*=\s*[\"'](https?://[^\"'\s]{1,2000})[\"'][^>]{0,500}>(.{0,300}?)</a",
    re.IGNORECASE | re.DOTALL,
)
_BARE_LINK = re.compile(r"https?://[^\s<>\"']{1,2000}")
_ABOUT_REVIEW = re.compile(
    r"review|reply|respond|bewertung|antwort|avis|r[ée]pon|rese[ñn]a|opini|recension|rispond|avalia|beoordeling|anmeld|yorum",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"unsubscribe|abmelden|preferences|settings|privacy|terms|help|support|logo|desinscri", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter:
    sender: str
    subject: str
    date: str
    text: str
    links: tuple[tuple[str, str], ...]  # address and its words


def table_of_mails(mails: Iterable[bytes], *, now: datetime) -> Table:
    """A row for each mail; one without a review becomes a row with a fault, and never an error."""
    rows = []
    for number, mail in enumerate(mails, 1):
        try:
            rows.append(Row(line=number, cells=_cells(mail, ColumnDates(order="", now=now))))
        except ParseError as error:
            rows.append(Row(line=number, cells=(), fault=str(error)))
    warning = say("Who sent a mail cannot be checked: look at the reviews before you answer them.")
    warnings = (warning,) if rows else ()
    return Table(headers=HEADERS, rows=tuple(rows), unit=say("mail"), columns=COLUMNS, ids="wording", warnings=warnings)


def _cells(data: bytes, dates: ColumnDates) -> tuple[str, ...]:
    letter = _letter(data, dates)
    stars = _stars(letter)
    quoted = _quoted(letter.text)
    platform, patterns = _sender(letter)
    author = _author(letter, patterns)
    text = quoted or (_longest(letter.text) if stars or author else "")
    if not text and not stars:
        raise ParseError("no review was found in it")
    return stars, author, letter.date, text, _link(letter.links), platform, letter.subject


def _letter(data: bytes, dates: ColumnDates) -> _Letter:
    try:
        message = message_from_bytes(data, policy=policy.default)
        if not isinstance(message, EmailMessage):
            raise ParseError("it is no mail")  # noqa: TRY301 - told as every other fault of a mail
        message = _innermost(message)
        markup, text = _parts(message)
        sender, subject, date = (_header(message, name) for name in ("From", "Subject", "Date"))
    except ParseError:
        raise
    except Exception as error:  # the e-mail package raises what its own parts meet: LookupError, IndexError, Attribute…
        raise ParseError("the mail cannot be read") from error
    links = [(html.unescape(address), line(words)) for address, words in _LINK.findall(markup[:MAX_TEXT])]
    read = plain(_IMAGE.sub(lambda found: f" {found[1] or found[2] or ''} ", markup[:MAX_TEXT])) if markup else ""
    body = plain(text) if len(plain(text)) * 2 > len(read) else read
    links += [(address, "") for address in _BARE_LINK.findall(body)]
    found = _Letter(sender=sender, subject=subject, date=_day(date), text=body, links=tuple(links[:200]))
    return _unwrapped(found, dates)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return line(str(message.get(name, "") or ""))
    except Exception:  # noqa: BLE001 - a broken header of a hostile mail is no header
        return ""


def _innermost(message: EmailMessage) -> EmailMessage:
    """The mail that was forwarded as an attachment, else the mail itself."""
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            break
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            inner = inner[0] if isinstance(inner, list) and inner else inner
            if isinstance(inner, EmailMessage):
                return inner
    return message


def _parts(message: EmailMessage) -> tuple[str, str]:
    """(HTML, plain text) of a mail; attachments are left alone."""
    found = {"text/html": "", "text/plain": ""}
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            break
        kind = part.get_content_type()
        if kind in found and not found[kind] and part.get_content_disposition() != "attachment":
            payload = part.get_payload(decode=True)
            found[kind] = _decoded(payload, part.get_content_charset()) if isinstance(payload, bytes) else ""
    return found["text/html"], found["text/plain"]


def _decoded(payload: bytes, charset: str | None) -> str:
    from ..parsers.page import decode

    return decode(payload[: 4 * MAX_TEXT], charset)


def _day(header: str) -> str:
    """The day of a mail: it was sent soon after the review was written, which is all that it tells."""
    try:
        return parsedate_to_datetime(header).astimezone(UTC).date().isoformat()
    except (ValueError, TypeError, OverflowError):
        return ""


def _unwrapped(letter: _Letter, dates: ColumnDates) -> _Letter:
    """Without the head that a mail program writes above what it forwards; who forwarded it, and when, says nothing."""
    text, sender, subject, date = letter.text, letter.sender, letter.subject, letter.date
    for _ in range(5):
        found = FORWARDED.search(text)
        if found is None:
            break
        fields: dict[str, str] = {}
        rest = text[found.end() :].lstrip("\n").split("\n")
        while len(rest) > 1 and (field := LABEL.fullmatch((rest[0] or rest[1]).strip()[:500])):
            fields.setdefault(field.group(1).lower()[:3], field.group(2))
            del rest[: 1 if rest[0] else 2]  # HTML leaves blank lines between them
        sender = fields.get("fro") or fields.get("von") or fields.get("de") or fields.get("da") or sender
        subject = fields.get("sub") or fields.get("bet") or fields.get("obj") or fields.get("asu") or subject
        sent = next((fields[name] for name in ("dat", "sen", "ges", "env", "fec") if name in fields), "")
        at = dates.read(sent[:80])[0].at
        date = at.date().isoformat() if at else date
        text = "\n".join(rest)
    subject = re.sub(r"^(?:\s*(?:fwd?|wg|tr|rv|i|enc)\s*:\s*)+", "", subject, flags=re.IGNORECASE)
    return _Letter(sender=sender, subject=subject, date=date, text=text.strip(), links=letter.links)


def _stars(letter: _Letter) -> str:
    for text in (letter.subject, letter.text[:20_000]):
        for pattern in (STARS, RATING):
            for found in pattern.finditer(text):
                written = " ".join(next(group for group in found.groups() if group).split())
                if read_rating(written, best=5).value is not None:
                    return written
    return ""


def _sender(letter: _Letter) -> tuple[str, tuple[re.Pattern[str], ...]]:
    address = letter.sender.lower()
    for platform, hosts, patterns in SENDERS:
        if re.search(rf"@(?:[\w.-]+\.)?(?:{hosts})\b", address):
            return platform, patterns
    return "", ()


def _author(letter: _Letter, patterns: tuple[re.Pattern[str], ...]) -> str:
    for text in (letter.subject, *letter.text[:5000].split("\n")[:60]):
        for pattern in (*patterns, *AUTHOR):
            if found := pattern.search(text[:300]):
                name = line(found.group("name")).strip(" \"'“”„«»:,")
                return name if re.search(r"\b\w\.$", name) else name.rstrip(".")  # "Marta K."
    return ""


def _quoted(text: str) -> str:
    """The longest quotation: most notifications put the review between quotation marks."""
    found = [match.group(1).strip() for match in QUOTED.finditer(text[:50_000])]
    return max((one for one in found if len(one) >= 15), key=len, default="")


def _longest(text: str) -> str:
    """The longest paragraph that is not the platform's own words."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text)]
    parts = [part for part in parts if part and not BOILERPLATE.search(part) and not _BARE_LINK.search(part)]
    parts = [part for part in parts if not any(pattern.search(part[:300]) for pattern in AUTHOR) or len(part) > 300]
    best = max(parts, key=len, default="")
    return best if len(best) >= 15 else ""


def _link(links: tuple[tuple[str, str], ...]) -> str:
    usable = [(address, words) for address, words in links if not _AWAY.search(f"{address} {words}")]
    about = [address for address, words in usable if _ABOUT_REVIEW.search(f"{address} {words}")]
    return about[0] if about else ""
