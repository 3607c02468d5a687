"""The pages: a Flask application that shows what the database holds.

Importing this package is cheap and `create_app` opens no connection: crawling and scoring happen in other processes,
and their libraries are not loaded here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Engine

    from crawlers.config import CrawlSettings
    from db.settings import DbSettings

    from .settings import WebSettings

__all__ = ["create_app"]


def create_app(
    settings: WebSettings | None = None,
    engine: Engine | None = None,
    *,
    database: DbSettings | None = None,
    crawl: CrawlSettings | None = None,
    clock: Callable[[], datetime] | None = None,
) -> Flask:
    """The application. What is not handed in is read from the environment."""
    # Late, so that `amends --help` and the jobs, which import this package too, need not load Flask.
    from .application import build_app

    return build_app(settings, engine, database=database, crawl=crawl, clock=clock)
