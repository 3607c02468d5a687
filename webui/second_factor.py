"""The second factor: codes of an app (TOTP, RFC 6238) and recovery codes for the day when the phone is gone.

The library makes and checks the codes and encrypts their secret; every code works once.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass

from flask import current_app
from flask_security.totp import Totp
from passlib.exc import TokenError
from passlib.totp import TotpMatch

from db.errors import BadValue
from db.factors import Factor, factor_of, swap_codes, use_period
from db.session import read_scope, session_scope
from db.vault import derived_key, vault_of

from .pages import pages
from .qr import qr_code

ISSUER = "Amends"
CODES = 10
DRIFT_S = 30  # a clock may be half a minute off, either way
_KEY = "amends-totp"


class OnceTotp(Totp):
    """The library's, asked what matched instead of whether."""

    def match(self, code: str, sealed: str, *, last: int | None) -> int | None:
        """The period whose code this is; None where it is wrong, or not later than `last`."""
        try:
            found: TotpMatch = self._totp.verify(code, sealed, window=DRIFT_S, last_counter=last)
        except TokenError:
            return None
        return int(found.counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What an app has to learn."""

    key: str  # to be typed
    size: int  # of the picture, in modules, with its white edge
    path: str  # the black modules of the picture


def totp() -> OnceTotp:
    """Made when it is first needed, since it needs the key of this installation."""
    made: OnceTotp | None = current_app.extensions.get(_KEY)
    if made is None:
        database = pages().database
        key = derived_key(database.data_dir, database.secret_key.get_secret_value(), "secrets of second factors")
        made = current_app.extensions[_KEY] = OnceTotp({"1": key}, ISSUER)
    return made


def setup(sealed: str, email: str) -> Setup:
    """The secret as text and as a picture."""
    code = qr_code(totp().get_totp_uri(email, sealed))
    return Setup(key=totp().get_totp_pretty_key(sealed), size=code.size, path=code.path)


def new_codes() -> tuple[list[str], str]:
    """Recovery codes, and the same sealed: they are shown once."""
    codes = totp().generate_recovery_codes(CODES)
    return codes, _sealed(codes)


def codes_left(person_id: int) -> int:
    """How many recovery codes are left."""
    with read_scope(pages().engine) as session:
        factor = factor_of(session, person_id)
    return len(_opened(factor)) if factor else 0


def check(person_id: int, typed: str) -> str:
    """How the code was right: "totp" or "recovery"; empty where it was not. A right one is used up."""
    code = typed.strip().lower().replace(" ", "")
    with session_scope(pages().engine) as session:
        factor = factor_of(session, person_id)
        if factor is None:
            return ""
        if code.isdecimal():
            period = totp().match(code, factor.sealed_totp, last=factor.counter)
            return "totp" if period is not None and use_period(session, person_id, period) else ""
        left = _opened(factor)
        used = next((one for one in left if hmac.compare_digest(one.encode(), code.encode())), None)
        if used is None:
            return ""
        rest = _sealed([one for one in left if one != used])
        return "recovery" if swap_codes(session, person_id, factor.sealed_codes, rest) else ""


def _sealed(codes: list[str]) -> str:
    # A nonce, so that nothing tells how many are left and "none" is sealed too.
    return vault_of(pages().database).seal({"codes": " ".join(codes), "nonce": secrets.token_hex(4)})


def _opened(factor: Factor) -> list[str]:
    try:
        return vault_of(pages().database).open(factor.sealed_codes).get("codes", "").split()
    except BadValue:  # sealed with a key that is lost
        return []
