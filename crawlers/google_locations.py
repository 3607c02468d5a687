"""The locations that a Google account owns or manages, to choose from after consent in place of typing an id.

Accounts come from the Account Management API, the locations of each from the Business Information API:
developers.google.com/my-business/reference/accountmanagement/rest/v1/accounts/list and
…/businessinformation/rest/v1/accounts.locations/list. Reviews are asked for by both names together (v4).
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import requests

from db.phrases import say

from .asking import Asking, guarded
from .config import CrawlSettings
from .grants import RefreshToken
from .platforms import api_base

PLATFORM = "google"
MOST = 500  # locations to choose from; whoever has more types the id
_ACCOUNTS_A_PAGE, _LOCATIONS_A_PAGE = 20, 50  # Google allows 20 and 100; 100 long addresses may be above our 64 kB
_LONGEST_S = 20.0  # somebody looks at a loading page meanwhile
_ACCOUNT = re.compile(r"accounts/[\w-]{1,60}", re.ASCII)
_LOCATION = re.compile(r"locations/[\w-]{1,60}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleLocation:
    """One location. Names and addresses are what its owner has written at Google."""

    ref: str  # accounts/A/locations/L
    name: str
    address: str
    account: str  # the name of the account


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleLocations:
    found: tuple[GoogleLocation, ...]
    is_more: bool = False  # not all are here: there were too many, or it took too long


def google_locations(keys: Mapping[str, str], *, settings: CrawlSettings, now: datetime) -> GoogleLocations:
    """Ask for them with the account's refresh token.

    Raises:
        KeyFault: the token or the client is refused.
        TokenFault: no answer this time, or the account may not ask.
        BlockedError: a bot wall stands before the address.
    """
    timeout_s = min(float(settings.crawl_timeout_s), _LONGEST_S)
    asking = Asking(
        platform="Google",
        keys="refresh token",
        user_agent=settings.user_agent,
        timeout_s=timeout_s,
        now=now,
        thing=say("list of your locations"),
    )
    grant = RefreshToken(
        endpoint=_base(settings, "auth") + "/token",
        client_id=keys.get("client_id", ""),
        client_secret=keys.get("client_secret", ""),
        refresh_token=keys.get("refresh_token", ""),
    )
    token = str(grant.ask(asking).get("access_token", ""))
    until = time.monotonic() + timeout_s
    found: dict[str, GoogleLocation] = {}  # by the name of the location: groups list those of their members again
    with requests.Session() as session, guarded(session, asking):
        session.headers["Authorization"] = f"Bearer {token}"
        for location in _locations(session, settings, asking):
            if len(found) >= MOST or time.monotonic() > until:
                return GoogleLocations(found=tuple(found.values()), is_more=True)
            found.setdefault(location.ref.partition("/locations/")[2], location)
    return GoogleLocations(found=tuple(found.values()))


def _locations(session: requests.Session, settings: CrawlSettings, asking: Asking) -> Iterator[GoogleLocation]:
    accounts = _base(settings, "accounts") + "/accounts"
    for account in _pages(session, accounts, "accounts", asking, pageSize=_ACCOUNTS_A_PAGE):
        name = str(account.get("name", ""))
        if not _ACCOUNT.fullmatch(name):
            continue
        address = f"{_base(settings, 'locations')}/{name}/locations"
        wanted = {"readMask": "name,title,storefrontAddress", "pageSize": _LOCATIONS_A_PAGE}
        for one in _pages(session, address, "locations", asking, **wanted):
            own = str(one.get("name", ""))
            if _LOCATION.fullmatch(own):
                yield GoogleLocation(
                    ref=f"{name}/{own}",
                    name=_text(one.get("title")) or own,
                    address=_address(one.get("storefrontAddress")),
                    account=_text(account.get("accountName")),
                )


def _pages(
    session: requests.Session, address: str, name: str, asking: Asking, **query: object
) -> Iterator[Mapping[str, Any]]:
    seen = {""}
    while True:
        answer = session.get(
            f"{address}?{urlencode(query)}", allow_redirects=False, timeout=(_LONGEST_S, asking.timeout_s)
        )
        value = answer.json()
        listed = value.get(name) if isinstance(value, dict) else None
        yield from (one for one in listed or () if isinstance(one, dict)) if isinstance(listed, list) else ()
        token = value.get("nextPageToken", "") if isinstance(value, dict) else ""
        if not isinstance(token, str) or token in seen:
            return
        seen.add(token)
        query["pageToken"] = token


def _address(value: object) -> str:
    if not isinstance(value, dict):
        return ""
    lines = value.get("addressLines")
    town = " ".join(_text(value.get(name)) for name in ("postalCode", "locality")).strip()
    parts = [*(_text(line) for line in (lines if isinstance(lines, list) else ())), town]
    return ", ".join(part for part in parts if part)[:200]


def _text(value: object) -> str:
    return " ".join(value.split())[:200] if isinstance(value, str) else ""


def _base(settings: CrawlSettings, name: str) -> str:
    return api_base(PLATFORM, standin_url=settings.standin_url, name=name)
