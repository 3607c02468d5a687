"""What should go wrong, where, and for how many requests.

A scenario belongs to a path prefix; the longest prefix wins. The ones of kind `robots` shape /robots.txt instead, and
there is one of those at most. What a scenario does to an answer is `misbehave`; here is only which one applies.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NoReturn

from .errors import BadScenario

ROBOTS_PATH = "/robots.txt"
MOST_MEGABYTES = 200


class ScenarioKind(StrEnum):
    UNAUTHORIZED = "401"
    FORBIDDEN = "403"  # of an API: the key is known and has not the right
    WALL_403 = "wall403"  # a bot wall that says so
    WALL_200 = "wall200"  # the same wall with status 200, as some platforms do
    CONFLICT = "409"
    TOO_MANY = "429"
    UNAVAILABLE = "503"
    SLOW = "slow"
    CUT = "cut"
    DROP = "drop"  # the connection ends without an answer
    WRONG_CHARSET = "wrong_charset"
    EMPTY_WITH_TOTAL = "empty_with_total"
    HUGE = "huge"
    REDIRECT = "redirect"
    ROBOTS = "robots"


class RobotsMode(StrEnum):
    CLOSED = "closed"  # disallows the prefix
    HTML = "html"  # a page where the file should be
    UNAVAILABLE = "503"
    DELAY = "crawl-delay"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    prefix: str
    kind: ScenarioKind
    skip: int = 0  # the first requests to serve as usual
    first: int | None = None  # then how many to spoil; None = all
    retry_after: int | str | None = None  # 429, 503: seconds or an HTTP date
    seconds: float = 2.0  # slow: the wait; robots: the delay asked for
    megabytes: float = 10.0  # huge
    declared: bool = True  # huge: says its length first
    total: int = 57  # empty_with_total
    target: str = ""  # redirect
    status: int = 302  # redirect
    mode: RobotsMode = RobotsMode.CLOSED  # robots
    method: str = ""  # only requests of this method
    after: bool = False  # slow, drop: when the request has been carried out, in place of before


def scenario_from(data: Mapping[str, Any]) -> Scenario:
    """A scenario out of JSON or keyword arguments; raises BadScenario saying what is wrong."""
    unknown = set(data) - set(_READERS)
    if unknown:
        raise BadScenario(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(_READERS)}")
    if "kind" not in data or "prefix" not in data:
        raise BadScenario('"prefix" and "kind" are needed')
    scenario = Scenario(**{name: _READERS[name](name, value) for name, value in data.items()})
    if scenario.kind is ScenarioKind.REDIRECT and not scenario.target:
        raise BadScenario('a redirect needs a "target"')
    return scenario


@dataclass(slots=True)
class _Standing:
    scenario: Scenario
    requests: int = 0


@dataclass(slots=True)
class Scenarios:
    """The scenarios in force. Safe to use from many threads."""

    _by_prefix: dict[str, _Standing] = field(default_factory=dict)
    _robots: Scenario | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, scenario: Scenario) -> None:
        with self._lock:
            if scenario.kind is ScenarioKind.ROBOTS:
                self._robots = scenario
            else:
                self._by_prefix[scenario.prefix] = _Standing(scenario)

    def clear(self) -> None:
        with self._lock:
            self._by_prefix.clear()
            self._robots = None

    def in_force(self) -> list[Scenario]:
        with self._lock:
            standing = [standing.scenario for standing in self._by_prefix.values()]
            return [*standing, self._robots] if self._robots else standing

    @property
    def robots(self) -> Scenario | None:
        return self._robots

    def next_for(self, path: str, method: str = "GET") -> Scenario | None:
        """The scenario this request falls under, if any; counts the request against it."""
        with self._lock:
            # robots.txt answers only to a scenario of its own, else "/" could not be walled without closing it.
            prefixes = [p for p in self._by_prefix if path.startswith(p) and (path != ROBOTS_PATH or p == ROBOTS_PATH)]
            prefixes = [p for p in prefixes if self._by_prefix[p].scenario.method in ("", method)]
            if not prefixes:
                return None
            standing = self._by_prefix[max(prefixes, key=len)]
            standing.requests += 1
            scenario = standing.scenario
            nth = standing.requests - scenario.skip
            return scenario if nth > 0 and (scenario.first is None or nth <= scenario.first) else None


def _fail(name: str, wanted: str) -> NoReturn:
    raise BadScenario(f'"{name}" must be {wanted}')


def _path(name: str, value: object) -> str:
    if not isinstance(value, str) or not value.startswith("/"):
        _fail(name, 'a path that starts with "/"')
    return value


def _header(name: str, value: object) -> str:
    if not isinstance(value, str) or not value.isprintable() or not value.isascii():
        _fail(name, "a text of printable ASCII")
    return value


def _count(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        _fail(name, "a whole number, 0 or more")
    return value


def _amount(most: float) -> Callable[[str, object], float]:
    def read(name: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            _fail(name, "a number")
        if not 0 <= value <= most:
            _fail(name, f"between 0 and {most:g}")
        return float(value)

    return read


def _kind(name: str, value: object) -> ScenarioKind:
    if str(value) not in set(ScenarioKind):
        _fail(name, f"one of {', '.join(ScenarioKind)}")
    return ScenarioKind(str(value))


def _mode(name: str, value: object) -> RobotsMode:
    if str(value) not in set(RobotsMode):
        _fail(name, f"one of {', '.join(RobotsMode)}")
    return RobotsMode(str(value))


def _method(name: str, value: object) -> str:
    if value not in ("GET", "POST", "PUT", "DELETE"):
        _fail(name, "GET, POST, PUT or DELETE")
    return str(value)


def _redirect_status(name: str, value: object) -> int:
    if value not in (301, 302, 303, 307, 308):
        _fail(name, "301, 302, 303, 307 or 308")
    return _count(name, value)


def _retry_after(name: str, value: object) -> int | str:
    return _header(name, value) if isinstance(value, str) else _count(name, value)


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        _fail(name, "true or false")
    return value


_READERS: Mapping[str, Callable[[str, object], Any]] = {
    "prefix": _path,
    "kind": _kind,
    "skip": _count,
    "first": _count,
    "retry_after": _retry_after,
    "seconds": _amount(600),
    "megabytes": _amount(MOST_MEGABYTES),
    "declared": _flag,
    "total": _count,
    "target": _header,
    "status": _redirect_status,
    "mode": _mode,
    "method": _method,
    "after": _flag,
}
