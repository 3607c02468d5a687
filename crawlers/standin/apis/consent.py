"""The page on which a platform asks a person, and the exchange of what comes of it (RFC 6749, 4.1, and RFC 7636).

It checks what the real ones check: client, address of return, scope, the proof of PKCE, and that a code is used once.
Instead of a log-in there are two links; there is a third, for whoever agrees but leaves the permission out.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass
from html import escape
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from ..stage import Code
from .call import ApiCall, reply
from .oauth import new_token, sent_by

LIVES_S = 600.0
# Real platforms know exact addresses. Amends' port is anybody's choice, so this path is known on this machine.
KNOWN_PATH = "/sources/consent/back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """The program as its owner has registered it."""

    platform: str
    client_id: str
    client_secret: str
    refresh_token: str  # the same for everybody, so that it outlives the stand-in
    scope: str = ""
    has_pkce: bool = False

    @property
    def asks_how_long(self) -> bool:
        """Whether a refresh token must be asked for, as Google has it."""
        return bool(self.scope)


def ask_person(call: ApiCall, client: Client) -> Response:
    """The page; with `say` in its address, the person's answer to it."""
    asked = call.request.args
    back = asked.get("redirect_uri", "")
    if asked.get("client_id") != client.client_id:
        return _page(client, "invalid_client", "The OAuth client was not found.", status=401)
    if not _is_known(back):
        return _page(client, "redirect_uri_mismatch", f"{back} is not registered for this client.", status=400)
    if client.scope and asked.get("scope") != client.scope:
        return _page(client, "invalid_scope", "Some requested scopes were invalid.", status=400)
    state = {"state": asked["state"]} if "state" in asked else {}
    if asked.get("response_type") != "code":
        return redirect(f"{back}?{urlencode({'error': 'unsupported_response_type', **state})}")
    match asked.get("say"):
        case "yes" | "less" as said:
            code = _new_code(call, client, scope=client.scope if said == "yes" else "openid")
            return redirect(f"{back}?{urlencode({'code': code, **state})}")
        case "no":
            return redirect(f"{back}?{urlencode({'error': 'access_denied', **state})}")
        case _:
            return _question(call, client)


def give_for_code(call: ApiCall, client: Client, *, in_header: bool = False) -> Response:
    """Tokens for a code, or the refusal. Whoever names the right client uses the code up, whatever else is wrong."""
    if call.request.method != "POST":
        return reply({"error": "invalid_request"}, 405, headers={"Allow": "POST"})
    sent = sent_by(call, in_header=in_header)
    if (sent.get("client_id"), sent.get("client_secret")) != (client.client_id, client.client_secret):
        return reply({"error": "invalid_client", "error_description": "The OAuth client was not found."}, 401)
    with call.state.lock:
        code = call.state.codes.pop(sent.get("code", ""), None)
    if code is None or code.ends < time.monotonic():
        return reply({"error": "invalid_grant", "error_description": "Malformed auth code."}, 400)
    if sent.get("redirect_uri") != code.redirect_uri:
        return reply({"error": "redirect_uri_mismatch", "error_description": "Bad Request"}, 400)
    if code.challenge and not secrets.compare_digest(_challenge(sent.get("code_verifier", "")), code.challenge):
        return reply({"error": "invalid_grant", "error_description": "Invalid code verifier."}, 400)
    more = {"scope": code.scope, "refresh_token": client.refresh_token if code.is_lasting else ""}
    return new_token(call, more={name: value for name, value in more.items() if value})


def _new_code(call: ApiCall, client: Client, *, scope: str) -> str:
    asked, code = call.request.args, f"4/0{secrets.token_urlsafe(32)}"
    is_lasting = not client.asks_how_long or (
        asked.get("access_type") == "offline" and asked.get("prompt") == "consent"
    )
    with call.state.lock:
        call.state.codes[code] = Code(
            redirect_uri=asked["redirect_uri"],
            challenge=asked.get("code_challenge", "") if client.has_pkce else "",
            scope=scope if client.scope else "",
            is_lasting=is_lasting,
            ends=time.monotonic() + LIVES_S,
        )
    return code


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _is_known(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        is_here = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
    is_plain = not parts.query and not parts.fragment
    return parts.scheme in ("http", "https") and is_here and parts.path == KNOWN_PATH and is_plain


def _question(call: ApiCall, client: Client) -> Response:
    here = escape(f"{call.base_url}{call.path}?")
    links = {"yes": "Allow", "no": "Refuse"} | ({"less": "Allow, but not the reviews"} if client.scope else {})
    items = "".join(
        f'<p><a id="{said}" href="{here}{escape(urlencode({**call.request.args, "say": said}))}">{words}</a></p>'
        for said, words in links.items()
    )
    wants = f"It asks for: {escape(client.scope)}" if client.scope else "It asks to act as you."
    body = f"<p>Amends wants access to the reviews of your business. {wants}</p>{items}"
    return _html(f"{client.platform} (stand-in)", body)


def _page(client: Client, word: str, words: str, *, status: int) -> Response:
    title = f"Error {status}: {word}"
    return _html(title, f"<p>{escape(words)}</p><p>{client.platform} (stand-in)</p>", status=status)


def _html(title: str, body: str, *, status: int = 200) -> Response:
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="/static/standin.svg"><link rel="stylesheet" href="/static/standin.css"></head>'
        f'<body><main class="wrap"><h1>{escape(title)}</h1>{body}</main></body></html>'
    )
    return Response(text, status, content_type="text/html; charset=utf-8")
