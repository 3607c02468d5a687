"""How far a mailbox has been read: kept, sealed, where other sources keep a token, so that other entries forget it."""

from __future__ import annotations

import hashlib
import logging

from sqlalchemy import Engine

from db.errors import DbError
from db.session import read_scope, session_scope
from db.source_tokens import keep_token, sealed_token
from db.vault import Vault

from .mailbox import Mailbox, Position

log = logging.getLogger(__name__)


def kept_position(database: Engine, vault: Vault, source_id: int, mailbox: Mailbox) -> Position | None:
    """Where the last reading of this very folder ended. None: read anew, which changes nothing that is stored."""
    try:
        with read_scope(database) as session:
            kept = vault.open(sealed_token(session, source_id))
    except DbError:  # sealed with another key, or the database is busy
        return None
    if kept.get("mark") != _mark(mailbox) or not all(kept.get(name, "").isdecimal() for name in ("validity", "uid")):
        return None
    return Position(validity=int(kept["validity"]), uid=int(kept["uid"]))


def keep_position(database: Engine, vault: Vault, source_id: int, mailbox: Mailbox, position: Position) -> None:
    """Move on. Where that fails the same mails are read once more."""
    kept = {"mark": _mark(mailbox), "validity": str(position.validity), "uid": str(position.uid)}
    try:
        with session_scope(database) as session:
            keep_token(session, source_id, vault.seal(kept))
    except DbError as error:
        log.warning("source=%d the position in the mailbox could not be kept: %s", source_id, type(error).__name__)


def _mark(mailbox: Mailbox) -> str:
    return hashlib.sha256(mailbox.address.encode()).hexdigest()
