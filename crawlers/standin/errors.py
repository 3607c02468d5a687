"""What can go wrong when the stand-in starts or is told to change.

StandInError
├── DataError       a data file cannot be read; names file and line
├── NotLoopback     somebody asked for a bind address others could reach
├── PortTaken       another program listens there
└── BadScenario     a scenario that does not make sense; the text says why
"""

from __future__ import annotations


class StandInError(Exception):
    """Base of this package's errors; the text is one line for a person."""


class DataError(StandInError):
    pass


class NotLoopback(StandInError):
    pass


class PortTaken(StandInError):
    pass


class BadScenario(StandInError):
    pass
