"""Secrets at rest: the keys of platforms lie encrypted in the database, the key to them does not.

That key comes from AMENDS_SECRET_KEY, or from `secret.key` in the data folder, made on first use and readable by its
owner alone. Whoever copies the database alone has nothing; whoever loses the key types the platforms' keys again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from .errors import BadValue
from .settings import DbSettings

KEY_FILE = "secret.key"
_LEAST = 16  # characters of AMENDS_SECRET_KEY


class Vault:
    """Seals small mappings of texts. Fernet: AES-128-CBC with HMAC-SHA256, as cryptography.io implements it."""

    def __init__(self, key: str) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(_checked(key).encode()).digest()))
        self._digest_key = hmac.digest(key.encode(), b"ids that may not be kept", "sha256")

    def digest(self, text: str) -> str:
        """An HMAC-SHA256 in hexadecimal: equal for equal texts, and not to be found by trying without the key."""
        return hmac.new(self._digest_key, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def seal(self, secrets: Mapping[str, str]) -> str:
        """As stored; empty for nothing."""
        return self._fernet.encrypt(json.dumps(dict(secrets)).encode()).decode() if secrets else ""

    def open(self, sealed: str) -> dict[str, str]:
        """What was sealed.

        Raises:
            BadValue: it was sealed with another key, or is damaged.
        """
        if not sealed:
            return {}
        try:
            opened: dict[str, str] = json.loads(self._fernet.decrypt(sealed.encode()))
        except (InvalidToken, ValueError) as error:
            raise BadValue(
                "The stored keys cannot be read: AMENDS_SECRET_KEY or secret.key is not the one they were stored with. "
                "Put it back, or enter the keys of this source again."
            ) from error
        return opened


def open_vault(data_dir: Path, secret_key: str = "") -> Vault:
    """The vault of this installation. Makes the key file where there is neither it nor a setting."""
    return Vault(secret_key or _key_of(data_dir / KEY_FILE))


def vault_of(settings: DbSettings) -> Vault:
    """As `open_vault`, by the settings."""
    return open_vault(settings.data_dir, settings.secret_key.get_secret_value())


def derived_key(data_dir: Path, secret_key: str, purpose: str) -> str:
    """A key of its own for one purpose, such as signing cookies: from it nobody learns the vault's. As hex.

    Raises:
        BadValue: the setting is too short.
    """
    key = _checked(secret_key or _key_of(data_dir / KEY_FILE))
    return hmac.digest(key.encode(), purpose.encode(), "sha256").hex()


def _checked(key: str) -> str:
    if len(key) < _LEAST:
        raise BadValue(f"AMENDS_SECRET_KEY must hold at least {_LEAST} characters.")
    return key


def _key_of(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f"{KEY_FILE}.", encoding="ascii") as file:
            file.write(Fernet.generate_key().decode() + "\n")  # readable by its owner alone, as tempfile makes it
            file.flush()
            # Two processes may both find none: only one link succeeds, it is never half written, and both read it.
            with suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text(encoding="ascii").strip()


def digest_of(token: str) -> str:
    """As tokens are stored that somebody else holds. They are random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
