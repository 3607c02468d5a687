"""Takes the steps of escalation chains that are due, and reminds: of answers that wait for approval, of customers to be
asked again, and of promises.

Their mails wait in the outbox (`webui.jobs.mailing`).
"""

from __future__ import annotations

from db import due_reminders, reminders
from db.escalations import AT_ONCE, take_due_steps
from db.session import session_scope

from ..wiring import Services
from ..word_risks import by_words


def escalate_due(services: Services) -> int:
    """Take every step that is due; of how many cases."""
    count = 0
    while True:
        with session_scope(services.engine) as session:
            done = take_due_steps(session, now=services.clock())
        count += done
        if done < AT_ONCE:
            return count


def remind_due(services: Services) -> int:
    """Remind of every answer that has waited long enough; of how many."""
    count = 0
    while True:
        with session_scope(services.engine) as session:
            done = reminders.remind_due(session, now=services.clock(), by_words=by_words)
        count += done
        if done < reminders.AT_ONCE:
            return count


def remind_of_due(services: Services) -> int:
    """Remind of every follow-up and promise whose morning has come; of how many."""
    count = 0
    while True:
        with session_scope(services.engine) as session:
            done = due_reminders.remind_of_due(session, now=services.clock())
        count += done
        if done < due_reminders.AT_ONCE:
            return count
