"""Tokens of platforms, kept and used again: platforms limit how many they give.

A token lies sealed in the row of its source with the time it ends at. Crawls take it from there until a minute before;
one that the platform refuses is dropped and asked for anew, once (`spiders.token`). With other keys it has another
mark, so that a token of the old ones is not used.

    token = await asyncio.to_thread(token_for, spider, ClientCredentials(endpoint=spider.base("auth") + "/token", …))
"""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Engine

from db.errors import DbError
from db.phrases import say, say_list
from db.session import read_scope, session_scope
from db.source_tokens import keep_token, sealed_token
from db.vault import Vault

from .asking import Asking, not_given
from .errors import TokenFault
from .grants import ClientCredentials, Grant, RefreshToken, ServiceAccount, SignedToken
from .platforms import PLATFORMS

__all__ = [
    "ClientCredentials",
    "Grant",
    "RefreshToken",
    "ServiceAccount",
    "SignedToken",
    "TokenUser",
    "forget_token",
    "token_for",
]

MARGIN_S = 60  # a token this close to its end is not used
_UNSTATED_S = 300  # how long a token is used whose end is not stated
_LONGEST_S = 24 * 3600
_TOKEN = re.compile(r"[\x21-\x7e]{1,8000}")  # what can stand in a header

log = logging.getLogger(__name__)


class TokenUser(Protocol):
    """Whoever asks a platform in the name of a source: a spider that reads, or a poster that answers."""

    name: str  # of the platform
    source_id: int
    database: Engine

    @property
    def user_agent(self) -> str: ...
    @property
    def timeout_s(self) -> float: ...
    def clock(self) -> datetime: ...
    def open_vault(self) -> Vault: ...


def token_for(user: TokenUser, grant: Grant) -> str:
    """The kept token while it lives, else a new one. Waits for the network and the database: not for the reactor.

    Raises:
        KeyFault: the platform refuses what the owner entered.
        TokenFault: no token was given this time.
        BlockedError: a bot wall stands before the platform.
    """
    vault, now, mark = user.open_vault(), user.clock(), _mark(grant)
    kept = _kept(user, vault)
    if kept.get("mark") != mark:
        kept = {}
    token, ends = kept.get("access_token", ""), kept.get("expires_at", "")
    if token and ends.isdecimal() and int(ends) - MARGIN_S > now.timestamp():
        return token
    if isinstance(grant, RefreshToken) and (latest := kept.get("refresh_token", "")):
        grant = replace(grant, latest=latest)
    answer = grant.ask(_asking(user, now))
    fresh = _checked(answer, now, user) | {"mark": mark}
    refresh = answer.get("refresh_token")
    if isinstance(grant, RefreshToken) and isinstance(refresh, str) and refresh != grant.refresh_token:
        fresh["refresh_token"] = refresh
    _keep(user, vault, fresh)
    return fresh["access_token"]


def forget_token(user: TokenUser) -> None:
    """Use the kept one no more; a refresh token that the platform gave with it stays."""
    vault = user.open_vault()
    kept = _kept(user, vault)
    _keep(user, vault, {name: kept[name] for name in ("mark", "refresh_token") if name in kept})


def _kept(user: TokenUser, vault: Vault) -> dict[str, str]:
    try:
        with read_scope(user.database) as session:
            return vault.open(sealed_token(session, user.source_id))
    except DbError:  # sealed with another key, or the database is busy: a new one is asked for
        return {}


def _keep(user: TokenUser, vault: Vault, token: dict[str, str]) -> None:
    try:
        with session_scope(user.database) as session:
            keep_token(session, user.source_id, vault.seal(token))
    except DbError as error:  # it serves this once all the same
        log.warning("source=%d the token could not be kept: %s", user.source_id, type(error).__name__)


def _checked(answer: Any, now: datetime, user: TokenUser) -> dict[str, str]:
    token, lives = answer.get("access_token"), answer.get("expires_in", _UNSTATED_S)
    try:
        lives_s = int(lives)
    except (ValueError, TypeError, OverflowError):
        lives_s = _UNSTATED_S
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise TokenFault(not_given(PLATFORMS[user.name].name, say("its answer cannot be read")))
    return {"access_token": token, "expires_at": str(int(now.timestamp()) + max(0, min(lives_s, _LONGEST_S)))}


def _asking(user: TokenUser, now: datetime) -> Asking:
    platform = PLATFORMS[user.name]
    labels = [say(key.label) for key in platform.keys if key.is_needed]
    return Asking(
        platform=platform.name,
        keys=say_list(labels or [say("key")], is_choice=True),
        user_agent=user.user_agent,
        timeout_s=user.timeout_s,
        now=now,
    )


def _mark(grant: Grant) -> str:
    return hashlib.sha256("\0".join((type(grant).__name__, *grant.marks)).encode()).hexdigest()
