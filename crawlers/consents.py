"""Platforms where a person agrees on the platform's own page: it then gives the refresh token that keys ask for.

The authorization code grant (RFC 6749, 4.1) through Authlib, with `state`, and with PKCE (RFC 7636) where the platform
takes it. Who is asked and where the pending question is kept is the application's matter.

Facebook is not among them. It has no refresh tokens; a Page's token is made out of a user's by two more calls, for an
app that Facebook has reviewed and a business that it has verified (developers.facebook.com, Page access tokens).
Whoever has such an app gets the Page's token in its own tools as quickly, so it is typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from authlib.common.security import generate_token  # type: ignore[import-untyped]
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]

from db.phrases import say

from .asking import Asking
from .config import CrawlSettings
from .errors import BlockedError, CrawlerError, KeyFault, TokenFault
from .google_locations import GoogleLocations, google_locations
from .grants import AuthorizationCode
from .platforms import PLATFORMS, api_base

PlaceLister = Callable[..., GoogleLocations]
REFRESH_TOKEN = "refresh_token"  # noqa: S105 - the name of the key that a consent brings
CODE_MOST = 2000  # characters; Google's have about 75
_LONGEST_S = 20.0  # somebody looks at a loading page meanwhile
_VERIFIER_CHARS = 64  # RFC 7636 asks for 43 to 128


class Ending(StrEnum):
    """Why a consent has brought nothing."""

    ENTRIES = "entries"  # the client's id or secret is missing: nobody was asked
    DENIED = "denied"  # the person said no
    REFUSED = "refused"  # the platform said no before the person could
    LATE = "late"  # the answer came when the question had lapsed
    CODE = "code"  # the code was used before or has run out
    REDIRECT = "redirect"  # the platform knows another address of return
    CLIENT = "client"  # it refuses id or secret
    SILENT = "silent"  # it gave no answer that can be read
    NO_TOKEN = "no_token"  # noqa: S105 - an access token, but no refresh token
    NO_SCOPE = "no_scope"  # the person agreed to something else


class ConsentFault(CrawlerError):
    """`ending` says which; there is nothing to read in the message."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(f"The consent has brought nothing: {ending}.")
        self.ending = ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """How one platform asks a person. `client_id` and `client_secret` are names of `Platform.keys`."""

    platform: str
    name: str  # whose page it is, on the button
    page: str  # its address
    registered_at: str  # where the owner tells the platform the address of return
    exchange_api: str  # the API and the path where a code is exchanged
    exchange_path: str
    client_id: str = "client_id"
    client_secret: str = "client_secret"  # noqa: S105 - a name
    scope: str = ""
    more: tuple[tuple[str, str], ...] = ()
    has_pkce: bool = False
    in_header: bool = False
    takes_loopback: bool = False  # returns to http on the person's own machine, too
    places: PlaceLister | None = None  # what the account owns, to choose from where no place was entered

    def page_at(self, standin_url: str) -> str:
        """The address of the page; the stand-in's where one is set."""
        return f"{standin_url}/api/{self.platform}/consent" if standin_url else self.page

    def returns_to(self, address: str) -> bool:
        """Whether the platform sends people back to such an address."""
        parts = urlsplit(address)
        return parts.scheme == "https" or (self.takes_loopback and _is_loopback(parts.hostname or ""))

    def missing(self, values: Mapping[str, str]) -> list[str]:
        """Labels of what has to be entered before a person can be asked."""
        labels = {key.name: key.label for key in PLATFORMS[self.platform].keys}
        return [labels[name] for name in (self.client_id, self.client_secret) if not values.get(name)]


CONSENTS = {
    consent.platform: consent
    for consent in (
        # developers.google.com/identity/protocols/oauth2/web-server: without `prompt=consent` a person who has agreed
        # before is asked nothing, and no refresh token comes.
        Consent(
            platform="google",
            name="Google",
            page="https://accounts.google.com/o/oauth2/v2/auth",
            registered_at=say("Google Cloud console, Credentials, your OAuth client, Authorized redirect URIs"),
            exchange_api="auth",
            exchange_path="/token",
            scope="https://www.googleapis.com/auth/business.manage",
            more=(("access_type", "offline"), ("prompt", "consent")),
            has_pkce=True,
            takes_loopback=True,
            places=google_locations,
        ),
        # developers.trustpilot.com/grant-type-auth-code: no scope, no PKCE, https only.
        Consent(
            platform="trustpilot",
            name="Trustpilot",
            page="https://authenticate.trustpilot.com",
            registered_at=say("Trustpilot Business, Integrations, Developers, APIs, your application, redirect URI"),
            exchange_api="",
            exchange_path="/oauth/oauth-business-users-for-applications/accesstoken",
            client_id="api_key",
            client_secret="api_secret",  # noqa: S106 - a name
            in_header=True,
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question to one person. `verifier` is empty where the platform knows no PKCE."""

    consent: Consent
    client_id: str
    redirect_uri: str
    state: str
    verifier: str

    def address(self, standin_url: str) -> str:
        """Where the person is asked. It holds nothing that is secret once it is answered."""
        session = OAuth2Session(
            self.client_id,
            redirect_uri=self.redirect_uri,
            scope=self.consent.scope or None,
            code_challenge_method="S256" if self.verifier else None,
        )
        url, _ = session.create_authorization_url(
            self.consent.page_at(standin_url),
            state=self.state,
            code_verifier=self.verifier or None,
            **dict(self.consent.more),
        )
        return str(url)


def new_verifier(consent: Consent) -> str:
    """The secret half of PKCE, for one question."""
    return str(generate_token(_VERIFIER_CHARS)) if consent.has_pkce else ""


def read_answer(values: Mapping[str, str]) -> str:
    """The code that came back with the person.

    Raises:
        ConsentFault: there is none.
    """
    if error := values.get("error", ""):
        raise ConsentFault(Ending.DENIED if error == "access_denied" else Ending.REFUSED)
    code = values.get("code", "")
    if not code or len(code) > CODE_MOST or not code.isprintable():
        raise ConsentFault(Ending.SILENT)
    return code


def exchange(question: Question, code: str, client_secret: str, *, settings: CrawlSettings, now: datetime) -> str:
    """The refresh token for a code. The code counts once, whatever comes of it.

    Raises:
        ConsentFault: there is none.
    """
    consent = question.consent
    grant = AuthorizationCode(
        endpoint=api_base(consent.platform, standin_url=settings.standin_url, name=consent.exchange_api)
        + consent.exchange_path,
        client_id=question.client_id,
        client_secret=client_secret,
        code=code,
        redirect_uri=question.redirect_uri,
        code_verifier=question.verifier,
        in_header=consent.in_header,
    )
    asking = Asking(
        platform=consent.name,
        keys="client id or client secret",
        user_agent=settings.user_agent,
        timeout_s=min(float(settings.crawl_timeout_s), _LONGEST_S),
        now=now,
    )
    try:
        answer = grant.ask(asking)
    except KeyFault as fault:
        endings = {"invalid_grant": Ending.CODE, "redirect_uri_mismatch": Ending.REDIRECT}
        raise ConsentFault(endings.get(fault.word, Ending.CLIENT)) from fault
    except (TokenFault, BlockedError) as fault:
        raise ConsentFault(Ending.SILENT) from fault
    granted = answer.get("scope")
    if consent.scope and isinstance(granted, str) and consent.scope not in granted.split():
        raise ConsentFault(Ending.NO_SCOPE)
    token = answer.get(REFRESH_TOKEN)
    if not isinstance(token, str) or not 0 < len(token) <= CODE_MOST or not token.isprintable():
        raise ConsentFault(Ending.NO_TOKEN)
    return token


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
