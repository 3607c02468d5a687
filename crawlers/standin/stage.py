"""What can be changed while the stand-in runs: the moment shown, the faults, the answers, the record of requests."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from .archive import Snapshot
from .ledger import Ledger
from .replies import Replies
from .scenarios import Scenarios


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What a person has agreed to, and for whom."""

    redirect_uri: str
    challenge: str  # of PKCE; empty without
    scope: str
    is_lasting: bool  # a refresh token was asked for
    ends: float  # time.monotonic


@dataclass(slots=True, kw_only=True)
class ApiState:
    """What an API of the stand-in remembers. Hold `lock` while reading or changing it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    tokens: dict[str, float] = field(default_factory=dict)  # those given out, and when they end (time.monotonic)
    tokens_given: int = 0
    codes: dict[str, Code] = field(default_factory=dict)  # of people who agreed, until they are exchanged
    signers: list[Any] = field(default_factory=list)  # RSA keys of `apis.signing`, the newest last


@dataclass(slots=True, kw_only=True)
class Stage:
    first_snapshot: Snapshot
    snapshot: Snapshot = field(init=False)
    scenarios: Scenarios = field(default_factory=Scenarios)
    ledger: Ledger = field(default_factory=Ledger)
    replies: Replies = field(default_factory=Replies)
    api_states: dict[str, ApiState] = field(default_factory=dict)  # by platform
    closing: threading.Event = field(default_factory=threading.Event)  # wakes slow answers when the server stops

    def __post_init__(self) -> None:
        self.snapshot = self.first_snapshot

    def reset(self) -> None:
        """No faults, and the moment the stand-in was started with."""
        self.scenarios.clear()
        self.replies.forget()
        self.api_states.clear()
        self.snapshot = self.first_snapshot
