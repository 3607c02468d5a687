"""What the clock does to cases: snoozed ones come back, offers run out, and what is kept for a while goes."""

from __future__ import annotations

from db.acting import sweep_undo
from db.attachments import sweep_removed
from db.case_acts import wake_due
from db.contacts import sweep_contacts
from db.note_drafts import sweep_drafts
from db.notes import sweep_notes
from db.offer_expiry import expire_due
from db.presence import sweep_presence
from db.saved_replies import sweep_deleted
from db.session import session_scope
from db.waking import wake_called

from ..wiring import Services


def sweep_cases(services: Services) -> int:
    """Wake those whose time has come or whose guest has written again; how many. Several workers may do it at once."""
    now = services.clock()
    with session_scope(services.engine) as session:
        count = wake_due(session, now=now)
    with session_scope(services.engine) as session:
        count += wake_called(session, now=now)
    with session_scope(services.engine) as session:
        expire_due(session, now=now)
    with session_scope(services.engine) as session:
        sweep_undo(session, now=now)
        sweep_notes(session, now=now)
        sweep_contacts(session, now=now)
        sweep_removed(session, now=now)
        sweep_drafts(session, now=now)
        sweep_presence(session, now=now)
        sweep_deleted(session, now=now)
    return count
