"""Sets the clocks that readings, judgements and new rules have touched, a batch a transaction.

Any number of workers may do so at once: each locks what it sets, and setting a clock twice changes nothing.
"""

from __future__ import annotations

import math
import time

from db.clocks import recount_next, set_stale
from db.session import session_scope

from ..wiring import Services


def set_clocks(services: Services, *, within_s: float = math.inf) -> int:
    """Set what is touched, then go on with the rest by new rules; how many were touched. No batch after `within_s`."""
    count, until = 0, time.monotonic() + within_s
    while True:
        with session_scope(services.engine) as session:
            done = set_stale(session, now=services.clock())
        count += done
        if not done or time.monotonic() > until:
            break
    while time.monotonic() <= until:
        with session_scope(services.engine) as session:
            if not recount_next(session, now=services.clock()):
                break
    return count
