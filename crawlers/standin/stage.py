"""What can be changed while the stand-in runs: the moment shown, the faults, the record of requests.

Replies posted to the platform will be one more member here.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from .archive import Snapshot
from .ledger import Ledger
from .scenarios import Scenarios


@dataclass(slots=True, kw_only=True)
class Stage:
    first_snapshot: Snapshot
    snapshot: Snapshot = field(init=False)
    scenarios: Scenarios = field(default_factory=Scenarios)
    ledger: Ledger = field(default_factory=Ledger)
    closing: threading.Event = field(default_factory=threading.Event)  # wakes slow answers when the server stops

    def __post_init__(self) -> None:
        self.snapshot = self.first_snapshot

    def reset(self) -> None:
        """No faults, and the moment the stand-in was started with."""
        self.scenarios.clear()
        self.snapshot = self.first_snapshot
