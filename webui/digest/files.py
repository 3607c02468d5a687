"""A digest as a file: text, a mail's HTML with its pictures inside, the facts as JSON, or a PDF."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Any

from ..charts.for_mail import MailPicture
from .facts import Digest
from .html import html_of
from .letter import Letter, letter
from .pictures import mail_pictures, paper_pictures
from .short import short
from .text import text_of


def rendered(digest: Digest, suffix: str, *, base: str) -> bytes:
    """In the language that is spoken. `suffix` is one of `SUFFIXES`."""
    return _WRITERS[suffix](digest, letter(digest), base)


def as_json(digest: Digest, words: Letter) -> dict[str, Any]:
    """The facts, and how they are told."""
    return {"digest": _plain(asdict(digest)), "letter": _plain(asdict(words))}


def _text(_digest: Digest, words: Letter, base: str) -> bytes:
    return text_of(words, base=base).encode()


def _html(digest: Digest, words: Letter, base: str) -> bytes:
    drawn = mail_pictures(digest)
    return _with_pictures(html_of(short(digest), words, drawn, base=base), drawn).encode()


def _json(digest: Digest, words: Letter, _base: str) -> bytes:
    return (json.dumps(as_json(digest, words), ensure_ascii=False, indent=1) + "\n").encode()


def _pdf(digest: Digest, words: Letter, base: str) -> bytes:
    from .pdf import pdf_of  # late: fonts take their time, and few ask for it

    return pdf_of(words, paper_pictures(digest), base=base, made_at=digest.made_at)


def _with_pictures(html: str, drawn: Sequence[MailPicture]) -> str:
    """A file has no parts beside it, as a mail has."""
    for one in drawn:
        for shot in one.shots:
            held = b64encode(shot.png).decode()
            html = html.replace(f"cid:{one.cid}-{shot.name}@amends", f"data:image/png;base64,{held}")
    return html


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date


_WRITERS: Mapping[str, Callable[[Digest, Letter, str], bytes]] = MappingProxyType(
    {".txt": _text, ".html": _html, ".json": _json, ".pdf": _pdf}
)
SUFFIXES = tuple(_WRITERS)
_MEDIA = MappingProxyType(
    {
        ".txt": "text/plain; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".json": "application/json",
        ".pdf": "application/pdf",
    }
)


def media_type(suffix: str) -> str:
    """For the head of an answer."""
    return _MEDIA[suffix]
