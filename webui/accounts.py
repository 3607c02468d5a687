"""Who is asking. Flask-Security keeps the sign-in, hashes passwords (argon2) and checks codes; what is stored is ours.

A cookie alone opens nothing: it names a row of `sign_in`, which its owner, or the owner of the place, can end at any
time. The library's own pages are left out: ours look and speak like the rest, and need no script.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from flask import Flask, g, request, session
from flask_security import Security, UserMixin, hash_password, login_user, logout_user, verify_password
from flask_security.core import RoleMixin
from flask_security.datastore import UserDatastore
from flask_security.proxies import _security
from flask_wtf.csrf import generate_csrf  # type: ignore[import-untyped]

from db.errors import DbError
from db.people import get_person
from db.roles import Access
from db.session import read_scope, session_scope
from db.sign_ins import TOUCH_EVERY, UNUSED_KEPT, SignedIn, end_sign_in, open_sign_in, signed_in, touch_sign_in

from .i18n import current_locale, gettext
from .pages import pages

TOKEN = "sign_in"  # noqa: S105 - the name in the cookie under which the token of the row lies
PASSWORD_LEAST = 10
PASSWORD_MOST = 500  # hashing costs time for every letter
FRESH = timedelta(minutes=15)  # after this, what could lock somebody out asks for the password again
CODE_WITHIN = timedelta(minutes=10)  # after the password
BY_ITSELF = frozenset({"queue.arrivals"})  # asked for by an open page, not by a person: no session lives on by it
_WAITING = "waiting"
_FRESH_AT = "fs_paa"  # the library's name for when somebody last proved who they are


class Account(UserMixin):
    """Somebody who is signed in, as the library wants to see them. A value: nothing is stored through it."""

    fs_uniquifier = ""  # the library asks the class whether it has one

    def __init__(self, person_id: int, session_key: str, who: SignedIn | None = None) -> None:
        self.id = person_id
        self.fs_uniquifier = session_key
        self.active = True
        self.roles = []
        self.who = who


def init_app(app: Flask) -> None:
    """Set the library up; opens no connection and makes no file."""
    app.config |= {
        # The library signs tokens of its own with this, and none of them is used. Cookies: `Application.secret_key`.
        "SECRET_KEY": secrets.token_hex(32),
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": True,  # argon2 salts each by itself
        "SECURITY_PASSWORD_LENGTH_MIN": PASSWORD_LEAST,
        "PERMANENT_SESSION_LIFETIME": UNUSED_KEPT,
    }
    made = Security(app, UserDatastore(Account, RoleMixin), register_blueprint=False)
    made.login_manager.session_protection = None  # our rows do more: it would only doubt whoever changes the network
    made.login_manager.user_loader(_load)
    made.login_manager.request_loader(lambda _request: None)  # no tokens in addresses or heads
    app.context_processor(lambda: {"me": me()})


def me() -> SignedIn | None:
    """Who asks; None for a visitor."""
    from flask_security import current_user

    who: SignedIn | None = getattr(current_user, "who", None)
    return who


def access() -> Access:
    """What whoever asks may do where; nothing for a visitor."""
    who = me()
    return who.access if who else Access()


def enter(person_id: int, session_key: str, *, via: str, is_kept: bool = False) -> None:
    """Sign somebody in, in a session of its own: nothing of the visitor's cookie is taken along but the language."""
    parts = pages()
    leave()
    with session_scope(parts.engine) as opened:
        token = open_sign_in(
            opened,
            person_id,
            via=via,
            is_kept=is_kept,
            agent=request.user_agent.string,
            address=address_of_visitor(),
            language=current_locale().language,
            now=parts.clock(),
        )
    session.clear()
    session.permanent = is_kept
    session[TOKEN] = token
    login_user(Account(person_id, session_key), remember=False, authn_via=[via])
    session[_FRESH_AT] = parts.clock().timestamp()
    generate_csrf()  # now, so that no page that is only read has to change the cookie


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose password was right, and who still owes a code."""

    person_id: int
    session_key: str
    is_kept: bool
    wanted: str
    since: float


def wait_for_code(person_id: int, session_key: str, *, is_kept: bool, wanted: str) -> None:
    """Remember in the cookie that the password was right. Nobody is signed in by it."""
    session.clear()
    session[_WAITING] = [person_id, session_key, is_kept, wanted, pages().clock().timestamp()]


def waiting() -> Waiting | None:
    """Who still owes a code; for ten minutes, and not after a change of the password."""
    parts = pages()
    if _WAITING not in session:
        return None
    half = Waiting(*session[_WAITING])
    if parts.clock().timestamp() - half.since > CODE_WITHIN.total_seconds():
        return None
    with read_scope(parts.engine) as opened:
        person = get_person(opened, half.person_id)
    is_same = person is not None and person.is_active and person.session_key == half.session_key
    return half if is_same else None


def leave() -> None:
    """End the session of this browser."""
    if (who := me()) is not None:
        with session_scope(pages().engine) as opened:
            end_sign_in(opened, who.person_id, who.sign_in_id)
    logout_user()
    session.clear()


def is_fresh() -> bool:
    """Whether they proved who they are just now."""
    return pages().clock().timestamp() - float(session.get(_FRESH_AT, 0)) < FRESH.total_seconds()


def prove() -> None:
    """They have proved it again."""
    session[_FRESH_AT] = pages().clock().timestamp()


def is_password(given: str, password_hash: str) -> bool:
    """Whether this is the password. Takes as long where there is none: nobody learns from it who has an account."""
    normal = _security.password_util.normalize(given[:PASSWORD_MOST])
    return bool(verify_password(normal, password_hash or _hash_of_nothing())) and bool(password_hash)


def new_password(given: str, again: str) -> tuple[str, str]:
    """(hash, fault): one of them is empty."""
    if len(given) > PASSWORD_MOST:
        return "", gettext("That is too long for a password: %(most)s characters are the most.", most=PASSWORD_MOST)
    problems, normal = _security.password_util.validate(given, False)
    if problems:
        return "", gettext(
            "Take at least %(least)s characters. A few words in a row are easy to remember.", least=PASSWORD_LEAST
        )
    if given != again:
        return "", gettext("The two are not the same. Type it again.")
    return hash_password(normal), ""


def address_of_visitor() -> str:
    """Where the request comes from. Behind a proxy on this machine: the last entry of its X-Forwarded-For."""
    direct = request.remote_addr or ""
    if pages().settings.base_url and direct in {"127.0.0.1", "::1"}:
        return request.headers.get("X-Forwarded-For", direct).rpartition(",")[2].strip()[:64] or direct
    return direct


@lru_cache
def _hash_of_nothing() -> str:
    return str(hash_password(secrets.token_hex(16)))


def _load(session_key: str) -> Account | None:
    """The account of a cookie. A database that does not answer is told by the guard, once it is known who needs it."""
    from .guard import is_for_machines

    token = session.get(TOKEN)
    if not token or is_for_machines(request.endpoint):
        return None
    parts = pages()
    now = parts.clock()
    try:
        with read_scope(parts.engine) as opened:
            who = signed_in(opened, str(token), session_key, now=now)
    except DbError as error:
        g.account_fault = error
        return None
    if who is None:
        return None
    if now - who.seen_at >= TOUCH_EVERY and request.endpoint not in BY_ITSELF:
        with suppress(DbError), session_scope(parts.engine) as opened:  # a page is worth more than this note
            touch_sign_in(opened, who.sign_in_id, language=current_locale().language, now=now)
    return Account(who.person_id, session_key, who)
