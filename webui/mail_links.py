"""The link in a mail that turns its kind off, or a way of alerts: signed, so that whoever holds it need not sign in.

It never runs out, for mails are kept for years, and can do nothing but turn this one kind off and on for one person,
or this one way.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from typing import Final

from db.models import MailKind
from db.settings import DbSettings
from db.vault import derived_key

from .ids import ID_MOST
from .settings import WebSettings

_KINDS: Final = "links that turn mails off"  # a key for each use: no link of one is good for the other
_WAYS: Final = "links that switch ways of alerts off"
MAC_BYTES = 18  # 144 bits: nobody guesses it, and the address still fits a line


def off_address(settings: WebSettings, database: DbSettings, person_id: int, kind: MailKind) -> str:
    """Where this person turns mails of this kind off."""
    words = f"{person_id}.{kind}"
    return f"{settings.public_url}/mails/{words}.{_mac(database, words)}"


def kind_of(database: DbSettings, token: str) -> tuple[int, MailKind] | None:
    """Whose mails of which kind; None for a token that is none of ours."""
    words, _, mac = token.rpartition(".")
    number, _, kind = words.partition(".")
    if not _is_ours(database, words, mac):
        return None
    if kind not in list(MailKind) or int(number) > ID_MOST:
        return None  # of a newer Amends, whose data folder this is
    return int(number), MailKind(kind)


def way_off_address(settings: WebSettings, database: DbSettings, route_id: int) -> str:
    """Where a way of alerts is switched off."""
    words = str(route_id)
    return f"{settings.public_url}/alerts/off/{words}.{_mac(database, words, _WAYS)}"


def way_of(database: DbSettings, token: str) -> int | None:
    """Which way; None for a token that is none of ours."""
    words, _, mac = token.rpartition(".")
    return int(words) if _is_ours(database, words, mac, _WAYS) else None


def _is_ours(database: DbSettings, words: str, mac: str, use: str = _KINDS) -> bool:
    return hmac.compare_digest(mac.encode("utf-8", "replace"), _mac(database, words, use).encode())


def _mac(database: DbSettings, words: str, use: str = _KINDS) -> str:
    key = derived_key(database.data_dir, database.secret_key.get_secret_value(), use)
    digest = hmac.digest(key.encode(), words.encode("utf-8", "replace"), "sha256")
    return urlsafe_b64encode(digest[:MAC_BYTES]).decode()
