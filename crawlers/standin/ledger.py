"""Who asked for what, and when: the tests' proof that a crawler is polite."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSeen:
    at: float  # seconds of a steady clock: only differences mean something
    method: str
    path: str  # with its query
    user_agent: str


class Ledger:
    """Counts every request but those to /_standin and /static. Safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._log: deque[RequestSeen] = deque(maxlen=_REMEMBERED)
        self._open = 0
        self._most_at_once = 0

    @contextmanager
    def request(self, method: str, path: str, *, user_agent: str) -> Iterator[None]:
        """Notes the request and keeps it open until its answer is ready."""
        with self._lock:
            self._counts[path] += 1
            self._log.append(RequestSeen(at=monotonic(), method=method, path=path, user_agent=user_agent))
            self._open += 1
            self._most_at_once = max(self._most_at_once, self._open)
        try:
            yield
        finally:
            with self._lock:
                self._open -= 1

    def counts(self) -> dict[str, int]:
        with self._lock:
            return dict(self._counts)

    def log(self) -> tuple[RequestSeen, ...]:
        """The latest requests, oldest first."""
        with self._lock:
            return tuple(self._log)

    @property
    def open_now(self) -> int:
        """Requests that are being answered at this moment."""
        return self._open

    @property
    def most_at_once(self) -> int:
        return self._most_at_once

    def clear(self) -> None:
        with self._lock:
            self._counts.clear()
            self._log.clear()
            self._most_at_once = self._open
