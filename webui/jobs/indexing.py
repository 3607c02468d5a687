"""Makes the reviews searchable that were there before there was a search."""

from __future__ import annotations

import math
import time

from db.search import index_older
from db.session import session_scope

from ..wiring import Services


def index_before(services: Services, *, within_s: float = math.inf) -> int:
    """Index them in small steps; about how many are left, 0 once all are. After `within_s` no step is begun."""
    until = time.monotonic() + within_s
    while True:
        with session_scope(services.engine) as session:
            left = index_older(session, now=services.clock())
        if not left or time.monotonic() > until:
            return left
