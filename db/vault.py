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
from collections.abc import Mapping
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from .errors import BadValue

KEY_FILE = "secret.key"
_LEAST = 16  # characters of AMENDS_SECRET_KEY


class Vault:
    """Seals small mappings of texts. Fernet: AES-128-CBC with HMAC-SHA256, as cryptography.io implements it."""

    def __init__(self, key: str) -> None:
        if len(key) < _LEAST:
            raise BadValue(f"AMENDS_SECRET_KEY must hold at least {_LEAST} characters.")
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))
        self._digest_key = hashlib.sha256(b"amends digests\0" + key.encode()).digest()

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


def _key_of(path: Path) -> str:
    try:
        # Two processes may both find none: only one makes it, and both read the same.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(Fernet.generate_key().decode() + "\n")
    return path.read_text(encoding="ascii").strip()
