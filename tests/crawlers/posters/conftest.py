"""A poster of any platform on a running stand-in, in the name of a source as its owner has entered it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawlers.posters import Account, Answered, Poster, poster_for
from crawlers.standin import StandIn
from db.vault import open_vault
from tests.answers import UNANSWERED

from ..conftest import Desk

ANCHOR = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
TEXT = "Ci dispiace, l'attesa è stata troppo lunga. Elena, direttrice"


@dataclass
class Post:
    """A stand-in, and the desk that answers there."""

    standin: StandIn
    desk: Desk

    def source(self, platform: str, **columns: Any) -> int:
        return self.desk.add_api(self.standin, platform, **columns)

    def poster(self, platform: str, *, source_id: int = 0, keys: dict[str, str] | None = None, **more: Any) -> Poster:
        site = self.standin.api_site(platform)
        account = Account(
            name=platform,
            source_id=source_id or self.source(platform),
            place_ref=more.pop("place_ref", site.ref),
            options={},
            keys=dict(site.keys) if keys is None else keys,
            settings=self.desk.api_settings(self.standin, **more),
            database=self.desk.engine,
            vault=open_vault(self.desk.data_dir),
            now=lambda: datetime.now(UTC),
        )
        made = poster_for(account)
        assert made is not None
        return made

    def sent(self, platform: str) -> list[str]:
        """The answers that this platform has taken, in their order."""
        return [one.text for one in self.standin.arrivals() if one.site == f"api-{platform}"]


def answered(platform: str) -> Answered:
    return Answered(review_id=UNANSWERED[platform], language="it")


@pytest.fixture
def post(desk: Desk) -> Iterator[Post]:
    with StandIn(anchor=ANCHOR) as standin:
        yield Post(standin, desk)
