"""Passkeys (WebAuthn), checked by py_webauthn. With its owner's finger or PIN it is both factors.

The question to the browser stands in the page and its random challenge in the cookie, so no script has to ask for it.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

import webauthn
from flask import request, session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from db.factors import find_passkey, use_passkey
from db.people import get_person
from db.session import session_scope
from db.sign_ins import SignedIn

from .pages import pages

NAME = "Amends"
ANSWER_MOST = 16 * 1024
_CHALLENGE = "passkey"
_FAULTS = (WebAuthnException, ValueError, KeyError, TypeError)  # whatever stands in an answer is no fault of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPasskey:
    """What an authenticator has made."""

    credential_id: str
    public_key: bytes
    sign_count: int


def is_possible() -> bool:
    """Passkeys belong to a name; at a bare number, such as http://127.0.0.1:8000, browsers make none."""
    try:
        ipaddress.ip_address(_host().strip("[]"))
    except ValueError:
        return True
    return False


def registration(who: SignedIn, handle: str, known: list[str]) -> str:
    """The question that makes a new passkey, as JSON."""
    options = webauthn.generate_registration_options(
        rp_id=_host(),
        rp_name=NAME,
        user_id=handle.encode(),
        user_name=who.email,
        user_display_name=who.name,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    session[_CHALLENGE] = bytes_to_base64url(options.challenge)
    return webauthn.options_to_json(options)


def registered(answer: str) -> NewPasskey | None:
    """What was made; None where the answer does not fit the question."""
    challenge = session.pop(_CHALLENGE, None)
    if challenge is None or len(answer) > ANSWER_MOST:
        return None
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_host(),
            expected_origin=_origin(),
            require_user_verification=True,
        )
    except _FAULTS:
        return None
    return NewPasskey(
        credential_id=bytes_to_base64url(made.credential_id),
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
    )


def question() -> str:
    """The question at the door, as JSON. It names nobody: the authenticator knows whose keys it has."""
    options = webauthn.generate_authentication_options(
        rp_id=_host(), user_verification=UserVerificationRequirement.REQUIRED
    )
    session[_CHALLENGE] = bytes_to_base64url(options.challenge)
    return webauthn.options_to_json(options)


def answered(answer: str) -> tuple[int, str] | None:
    """(id, session key) of who has answered the question; None where nobody has."""
    challenge = session.pop(_CHALLENGE, None)
    if challenge is None or len(answer) > ANSWER_MOST:
        return None
    parts = pages()
    try:
        credential = webauthn.helpers.parse_authentication_credential_json(answer)
        credential_id = bytes_to_base64url(credential.raw_id)
        with session_scope(parts.engine) as opened:
            passkey = find_passkey(opened, credential_id)
            person = get_person(opened, passkey.person_id) if passkey else None
            if passkey is None or person is None or not person.is_active:
                return None
            handle = credential.response.user_handle
            if handle is not None and handle != person.passkey_handle.encode():
                return None
            checked = webauthn.verify_authentication_response(
                credential=credential,
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=_host(),
                expected_origin=_origin(),
                credential_public_key=passkey.public_key,
                credential_current_sign_count=passkey.sign_count,
                require_user_verification=True,
            )
            use_passkey(opened, passkey, sign_count=checked.new_sign_count, now=parts.clock())
    except _FAULTS:
        return None
    return person.id, person.session_key


def _host() -> str:
    return (urlsplit(f"//{request.host}").hostname or "").lower()


def _origin() -> str:
    """As the browser names it: behind a proxy that is not how the request reaches us."""
    public = urlsplit(pages().settings.public_url)
    scheme = public.scheme if public.netloc == request.host else request.scheme
    return f"{scheme}://{request.host}"
