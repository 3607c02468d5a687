"""Proofs of identity as Google signs them for a Pub/Sub push, and the keys that everybody may check them with.

`/identity?aud=…&email=…` gives one out to whoever asks, which the real Google does not: it is how tests and a demo come
by what Pub/Sub would send. With `new_key=yes` it is signed with a key that was never published before.
"""

from __future__ import annotations

import time
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.wrappers import Response

from .call import ApiCall, reply

ISSUER = "https://accounts.google.com"
LIVES_S = 3600
KEYS_LIVE_S = 19_000  # about what Google says


def published_keys(call: ApiCall) -> Response:
    """The public halves, as a JSON Web Key Set."""
    _signer(call)
    with call.state.lock:
        keys = [key.as_dict(private=False) | {"alg": "RS256", "use": "sig"} for key in call.state.signers]
    return reply({"keys": keys}, headers={"Cache-Control": f"public, max-age={KEYS_LIVE_S}, must-revalidate"})


def identity(call: ApiCall) -> Response:
    """A signed token; further parameters stand in for its claims (`iss`, `exp` from now in seconds, …)."""
    asked = call.request.args
    key = _signer(call, is_new=asked.get("new_key") == "yes")
    now = int(time.time())
    claims: dict[str, Any] = {
        "aud": asked.get("aud", ""),
        "azp": "110000000000000000001",
        "email": asked.get("email", ""),
        "email_verified": asked.get("email_verified", "true") == "true",
        "exp": now + int(asked.get("exp", LIVES_S)),
        "iat": now,
        "iss": asked.get("iss", ISSUER),
        "sub": "110000000000000000001",
    }
    token = jwt.encode({"alg": "RS256", "kid": key.kid, "typ": "JWT"}, claims, key)
    return reply({"token": token})


def _signer(call: ApiCall, *, is_new: bool = False) -> RSAKey:
    with call.state.lock:
        if is_new or not call.state.signers:
            number = len(call.state.signers) + 1
            call.state.signers.append(RSAKey.generate_key(2048, {"kid": f"standin-{number}"}))
        key: RSAKey = call.state.signers[-1]
        return key
