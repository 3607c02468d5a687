"""In whose name a platform is answered: the source with its keys, and the limits of what is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from db.vault import Vault

from ..access import entered_key
from ..config import CrawlSettings
from ..platforms import PLATFORMS, api_base

# A claim on an answer lasts for three minutes: looking and sending have to be over well before.
LONGEST_S = 30.0
LONGEST_DELAY_S = 15.0


@dataclass(kw_only=True)
class Account:
    """A `crawlers.tokens.TokenUser` and a `crawlers.access.Holder`."""

    name: str  # of the platform, as its key
    source_id: int
    place_ref: str
    options: Mapping[str, Any]
    keys: Mapping[str, str]
    settings: CrawlSettings
    database: Engine
    vault: Vault
    now: Callable[[], datetime]
    delay_s: float = 0.0  # between two requests

    @property
    def user_agent(self) -> str:
        return self.settings.user_agent

    @property
    def timeout_s(self) -> float:
        return min(float(self.settings.crawl_timeout_s), LONGEST_S)

    @property
    def title(self) -> str:
        """The platform's name, for people."""
        return PLATFORMS[self.name].name

    def clock(self) -> datetime:
        return self.now()

    def open_vault(self) -> Vault:
        return self.vault

    def base(self, name: str = "") -> str:
        return api_base(self.name, standin_url=self.settings.standin_url, name=name)

    def key(self, name: str) -> str:
        """A key the owner entered, or one of the options.

        Raises:
            KeyFault: it is missing.
        """
        return entered_key(self.name, name, self.keys, self.options)
