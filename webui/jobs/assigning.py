"""Gives cases that have come into the queue to whom the owner's rules name. Several workers may do it at once."""

from __future__ import annotations

import math
import time

from db.assigning import give_by_rules
from db.session import session_scope

from ..wiring import Services


def assign_due(services: Services, *, within_s: float = math.inf) -> int:
    """Look at every case that waits for the rules; how many were given away. No batch is begun after `within_s`."""
    count, until = 0, time.monotonic() + within_s
    while True:
        with session_scope(services.engine) as session:
            done = give_by_rules(session, now=services.clock())
        count += done.given
        if not done.looked_at or time.monotonic() > until:
            return count
