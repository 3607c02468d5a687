"""A small local review platform with an invented business: the demo and the tests crawl it.

Serves pages, feeds and an app store's JSON in the shapes of real platforms, at three moments in time, with faults that
can be switched on. Loopback only. It is not part of what watches real reviews and shares no code with the parsers, so
that a misunderstanding in one cannot hide in the other.
"""

from __future__ import annotations

from .archive import Snapshot
from .errors import BadScenario, DataError, NotLoopback, PortTaken, StandInError
from .ledger import RequestSeen
from .loading import SHIPPED_DATA
from .server import StandIn

__all__ = [
    "SHIPPED_DATA",
    "BadScenario",
    "DataError",
    "NotLoopback",
    "PortTaken",
    "RequestSeen",
    "Snapshot",
    "StandIn",
    "StandInError",
]
