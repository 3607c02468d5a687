"""Tokens as several platforms give them (RFC 6749): a form is posted, a token that lives for a while comes back."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping

from werkzeug.wrappers import Response

from .call import ApiCall, reply

LIVES_S = 3600


def give_token(call: ApiCall, *, grant_type: str, wanted: Mapping[str, str], in_header: bool = False) -> Response:
    """A token, or the refusal. `wanted` is what must be sent, `client_id` and `client_secret` among it;
    with `in_header` those two come as HTTP Basic."""
    if call.request.method != "POST":
        return reply({"error": "invalid_request"}, 405, headers={"Allow": "POST"})
    sent = sent_by(call, in_header=in_header)
    if sent.get("grant_type") != grant_type:
        return reply({"error": "unsupported_grant_type"}, 400)
    if any(sent.get(name) != wanted[name] for name in ("client_id", "client_secret")):
        return reply({"error": "invalid_client", "error_description": "The OAuth client was not found."}, 401)
    if any(sent.get(name) != value for name, value in wanted.items()):
        return reply({"error": "invalid_grant", "error_description": "Token has been expired or revoked."}, 400)
    return new_token(call)


def sent_by(call: ApiCall, *, in_header: bool) -> dict[str, str]:
    """The form that was posted, with the client's name and secret wherever they stood."""
    sent = dict(call.request.form.items())
    if in_header:
        basic = call.request.authorization
        given = (basic.username, basic.password) if basic is not None else (None, None)
        sent |= {"client_id": given[0] or "", "client_secret": given[1] or ""}
    return sent


def new_token(call: ApiCall, *, lives_s: int = LIVES_S, more: Mapping[str, str] | None = None) -> Response:
    """A token, counted and remembered: what is to be proved before stands with the caller."""
    token = secrets.token_urlsafe(24)
    with call.state.lock:
        call.state.tokens[token] = time.monotonic() + lives_s
        call.state.tokens_given += 1
    return reply({"access_token": token, "expires_in": lives_s, "token_type": "Bearer", **(more or {})})


def has_token(call: ApiCall) -> bool:
    """Whether the request bears a token given here that still lives."""
    with call.state.lock:
        return call.state.tokens.get(call.bearer, 0.0) > time.monotonic()
