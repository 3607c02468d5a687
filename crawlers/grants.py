"""The ways in which platforms give tokens, each a small value that knows how to ask. Who keeps tokens is `tokens`.

ClientCredentials   the program itself is known (RFC 6749, 4.4): TheFork, Trustpilot
AuthorizationCode   a person agrees just now (RFC 6749, 4.1): its answer brings what RefreshToken needs (`consents`)
RefreshToken        a person has agreed once (RFC 6749, 6): Google Business Profile, Trustpilot
ServiceAccount      a signed assertion, RS256 (RFC 7523, 2.1): Google Play
SignedToken         signed here with ES256 and given by nobody: App Store Connect
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from authlib.integrations.requests_client import AssertionSession, OAuth2Session  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from .asking import Asking, guarded
from .errors import IN_SETTINGS, KeyFault

Answer = Mapping[str, Any]  # access_token, expires_in in seconds, perhaps a new refresh_token


class Grant(Protocol):
    @property
    def marks(self) -> tuple[str, ...]:
        """What makes a token of this grant no other's: when one of these changes, the kept one is not used."""

    def ask(self, asking: Asking) -> Answer:
        """Raises KeyFault, TokenFault or BlockedError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCredentials:
    endpoint: str
    client_id: str
    client_secret: str = field(repr=False)
    more: tuple[tuple[str, str], ...] = ()  # further parameters: audience, scope
    in_header: bool = False  # how the program names itself: HTTP Basic, or in the form that is sent

    @property
    def marks(self) -> tuple[str, ...]:
        return (self.endpoint, self.client_id, self.client_secret, *(f"{name}={value}" for name, value in self.more))

    def ask(self, asking: Asking) -> Answer:
        method = "client_secret_basic" if self.in_header else "client_secret_post"
        session = OAuth2Session(self.client_id, self.client_secret, token_endpoint_auth_method=method)
        with guarded(session, asking):
            return dict(session.fetch_token(self.endpoint, grant_type="client_credentials", **dict(self.more)))


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationCode:
    """Counts once: a code that was sent, even in vain, is not sent again."""

    endpoint: str
    client_id: str
    client_secret: str = field(repr=False)
    code: str = field(repr=False)
    redirect_uri: str  # the very one that the consent page was asked with
    code_verifier: str = field(default="", repr=False)  # RFC 7636; empty where the platform has none
    in_header: bool = False

    @property
    def marks(self) -> tuple[str, ...]:
        return (self.endpoint, self.client_id, self.client_secret, self.code)

    def ask(self, asking: Asking) -> Answer:
        method = "client_secret_basic" if self.in_header else "client_secret_post"
        session = OAuth2Session(self.client_id, self.client_secret, token_endpoint_auth_method=method)
        proof = {"code_verifier": self.code_verifier} if self.code_verifier else {}
        sent = {"code": self.code, "redirect_uri": self.redirect_uri, **proof}
        with guarded(session, asking):
            return dict(session.fetch_token(self.endpoint, grant_type="authorization_code", **sent))


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshToken:
    """Where a platform hands out a new refresh token with each access token, `latest` is the one it gave last."""

    endpoint: str
    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)
    latest: str = field(default="", repr=False)
    in_header: bool = False

    @property
    def marks(self) -> tuple[str, ...]:
        return (self.endpoint, self.client_id, self.client_secret, self.refresh_token)

    def ask(self, asking: Asking) -> Answer:
        method = "client_secret_basic" if self.in_header else "client_secret_post"
        session = OAuth2Session(self.client_id, self.client_secret, token_endpoint_auth_method=method)
        with guarded(session, asking):
            return dict(session.refresh_token(self.endpoint, refresh_token=self.latest or self.refresh_token))


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAccount:
    """`key_file` is the JSON that Google's console gives. Its own `token_uri` is not asked: anybody can write one."""

    endpoint: str
    key_file: str = field(repr=False)
    scope: str

    @property
    def marks(self) -> tuple[str, ...]:
        return (self.endpoint, self.key_file, self.scope)

    def ask(self, asking: Asking) -> Answer:
        try:
            key = json.loads(self.key_file)
            issuer, private = str(key["client_email"]), RSAKey.import_key(str(key["private_key"]))
            number = {"kid": str(key["private_key_id"])} if key.get("private_key_id") else {}
        except (ValueError, KeyError, TypeError, RecursionError, JoseError) as error:
            raise KeyFault(
                f"The {asking.keys} is not the JSON key of a service account. Paste the whole file {IN_SETTINGS}."
            ) from error
        session = AssertionSession(
            *(self.endpoint, issuer, None),
            audience=self.endpoint,
            claims={"scope": self.scope},
            key=private,
            header={"alg": "RS256", "typ": "JWT", **number},
        )
        with guarded(session, asking):
            return dict(session.refresh_token())


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedToken:
    """App Store Connect takes 20 minutes at most (developer.apple.com, Generating tokens for API requests)."""

    issuer: str
    key_id: str
    private_key: str = field(repr=False)  # PEM, the .p8 file
    audience: str
    lives_s: int = 15 * 60

    @property
    def marks(self) -> tuple[str, ...]:
        return (self.issuer, self.key_id, self.private_key, self.audience)

    def ask(self, asking: Asking) -> Answer:
        made = int(asking.now.timestamp())
        claims = {"iss": self.issuer, "iat": made, "exp": made + self.lives_s, "aud": self.audience}
        try:
            key = ECKey.import_key(self.private_key.strip())
            token = jwt.encode({"alg": "ES256", "kid": self.key_id, "typ": "JWT"}, claims, key)
        except (ValueError, TypeError, JoseError) as error:
            raise KeyFault(f"The private key cannot be read. Paste the whole .p8 file {IN_SETTINGS}.") from error
        return {"access_token": token, "expires_in": self.lives_s}
