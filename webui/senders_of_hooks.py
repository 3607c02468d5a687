"""What sending a message to a webhook takes, as the pages have it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from crawlers.config import CrawlSettings
from db.settings import DbSettings

from .pages import Pages
from .settings import WebSettings
from .wiring import Clock


@dataclass(frozen=True, kw_only=True)
class Sending:
    engine: Engine
    database: DbSettings
    web: WebSettings
    clock: Clock
    crawl: CrawlSettings


def sends(parts: Pages) -> Sending:
    """Of the running application."""
    return Sending(
        engine=parts.engine,
        database=parts.database,
        web=parts.settings,
        clock=parts.clock,
        crawl=parts.crawl_settings(),
    )
