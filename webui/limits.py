"""What may be tried how often, and by whom. Counted before it is tried, so that many at once are no way around it."""

from __future__ import annotations

from datetime import timedelta

from db.attempts import Limit, count_attempt, forget_attempts, sweep_attempts
from db.session import session_scope

from .accounts import address_of_visitor
from .filters import period
from .i18n import gettext
from .pages import pages

QUARTER = timedelta(minutes=15)
PASSWORDS = Limit("password", 8, QUARTER)  # of one account: 32 tries an hour find no password worth the name
CODES = Limit("code", 6, QUARTER)  # of one account: six digits are a million
FROM_ADDRESS = Limit("address", 60, QUARTER)  # of one network address: an office may share it
MAILS = Limit("mail", 3, timedelta(hours=1))  # to one address
VOUCHERS = Limit("voucher", 30, QUARTER)  # of one person: codes that are none; a till types few wrong ones
TESTS_OF_WAY = Limit("alert test", 4, QUARTER)  # a chat is no toy, and each holds a process of the pages for a while
TESTS = Limit("alert tests", 12, QUARTER)  # of one person, on all ways: making new ones is no way around
SETUP_CODES = Limit("setup", 20, QUARTER)


def too_many(*tries: tuple[Limit, str]) -> str:
    """Count these tries; gives the sentence that refuses them, empty where they may go on."""
    parts = pages()
    now = parts.clock()
    with session_scope(parts.engine) as session:
        sweep_attempts(session, now=now)
        ends = [count_attempt(session, limit, who, now=now) for limit, who in tries]
    until = max((end for end in ends if end is not None), default=None)
    if until is None:
        return ""
    # A length of time: nobody knows in which zone somebody is who has not signed in.
    minutes = -((now - until) // timedelta(minutes=1))  # the one that has begun counts
    return gettext("That was tried too often. Try again in %(time)s.", time=period(60 * minutes))


def too_many_from_here() -> str:
    """The same for all that one network address tries."""
    return too_many((FROM_ADDRESS, address_of_visitor()))


def went_well(limit: Limit, who: str) -> None:
    """Counting begins anew."""
    with session_scope(pages().engine) as session:
        forget_attempts(session, limit, who)
