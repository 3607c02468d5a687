"""How each platform is come at with what its owner entered: the grants, and the headers of those without tokens.

Reading and answering ask alike, so they share the token that lies in the row of the source.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from db.phrases import say

from .errors import KeyFault
from .grants import ClientCredentials, Grant, RefreshToken, ServiceAccount, SignedToken
from .platforms import PLATFORMS

APPLE_AUDIENCE = "appstoreconnect-v1"
PLAY_SCOPE = "https://www.googleapis.com/auth/androidpublisher"
THEFORK_AUDIENCE = (("audience", "https://api.thefork.io"),)
TRUSTPILOT_OAUTH = "/oauth/oauth-business-users-for-applications"
GOOGLE_PLACE = re.compile(r"accounts/[\w-]{1,60}/locations/[\w-]{1,60}", re.ASCII)


class Holder(Protocol):
    """Whoever holds the keys of one source."""

    def base(self, name: str = "") -> str:
        """The address of one of the platform's APIs, without a final slash."""

    def key(self, name: str) -> str:
        """A key the owner entered, or one of the options. Raises KeyFault."""


def entered_key(platform: str, name: str, keys: Mapping[str, str], options: Mapping[str, Any]) -> str:
    """A key that the owner entered for a source of this platform, or one of its options.

    Raises:
        KeyFault: it is missing.
    """
    value = keys.get(name) or str(options.get(name, ""))
    if not value:
        label = next((key.label for key in PLATFORMS[platform].keys if key.name == name), name)
        raise KeyFault(say("The %(label)s is missing. Enter it in the settings of this source.", label=say(label)))
    return value


def google(holder: Holder) -> Grant:
    return RefreshToken(
        endpoint=holder.base("auth") + "/token",
        client_id=holder.key("client_id"),
        client_secret=holder.key("client_secret"),
        refresh_token=holder.key("refresh_token"),
    )


def thefork(holder: Holder) -> Grant:
    url, keys = holder.base("auth") + "/oauth/token", [holder.key(name) for name in ("client_id", "client_secret")]
    return ClientCredentials(endpoint=url, client_id=keys[0], client_secret=keys[1], more=THEFORK_AUDIENCE)


def trustpilot(holder: Holder) -> Grant:
    """Of the private API: by a business user's refresh token, or by the secret alone."""
    url, key, secret = holder.base() + TRUSTPILOT_OAUTH, holder.key("api_key"), holder.key("api_secret")
    if refresh := _if_there(holder, "refresh_token"):
        url += "/refresh"
        return RefreshToken(endpoint=url, client_id=key, client_secret=secret, refresh_token=refresh, in_header=True)
    return ClientCredentials(endpoint=url + "/accesstoken", client_id=key, client_secret=secret, in_header=True)


def appstoreconnect(holder: Holder) -> Grant:
    return SignedToken(
        issuer=holder.key("issuer_id"),
        key_id=holder.key("key_id"),
        private_key=holder.key("private_key"),
        audience=APPLE_AUDIENCE,
    )


def googleplay(holder: Holder) -> Grant:
    return ServiceAccount(
        endpoint=holder.base("auth") + "/token", key_file=holder.key("service_account_json"), scope=PLAY_SCOPE
    )


GRANTS: Mapping[str, Callable[[Holder], Grant]] = {
    "google": google,
    "thefork": thefork,
    "trustpilot": trustpilot,
    "appstoreconnect": appstoreconnect,
    "googleplay": googleplay,
}


def booking_header(holder: Holder) -> dict[str, str]:
    """The machine account's token where there is one, else its name and password."""
    if token := _if_there(holder, "token"):
        return bearer(token)
    pair = f"{holder.key('username')}:{holder.key('password')}"
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _if_there(holder: Holder, name: str) -> str:
    try:
        return holder.key(name)
    except KeyFault:
        return ""
