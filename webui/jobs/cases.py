"""What the clock does to cases: snoozed ones come back, and what is kept for a while goes."""

from __future__ import annotations

from db.acting import sweep_undo
from db.case_acts import wake_due
from db.notes import sweep_notes
from db.presence import sweep_presence
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
        sweep_undo(session, now=now)
        sweep_notes(session, now=now)
        sweep_presence(session, now=now)
    return count
