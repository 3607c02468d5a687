"""Builds what the jobs need from the settings: the only place that names concrete classes.

Nothing here connects or loads at construction; the engine connects on first use and the model is read on the
first prediction.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Engine

from crawlers.config import CrawlSettings
from db.errors import PASSING, of_driver
from db.session import make_engine
from db.settings import DbSettings
from scoring.settings import ScoringSettings
from scoring.types import Score, Scorer

from .faults import Refused
from .model_in_use import open_scorer
from .settings import WebSettings

if TYPE_CHECKING:
    from huey import Huey

Clock = Callable[[], datetime]
TASKS_FILE = "tasks.db"


def utc_now() -> datetime:
    """The one clock; everything below the entry points is handed it or a time read from it."""
    return datetime.now(UTC)


class LazyScorer:
    """A Scorer that reads its model on first use, once, whichever thread comes first."""

    def __init__(self, settings: ScoringSettings, data_dir: Path) -> None:
        self._settings = settings
        self._data_dir = data_dir
        self._lock = threading.Lock()
        self._scorer: Scorer | None = None

    def _loaded(self) -> Scorer:
        with self._lock:
            if self._scorer is None:
                self._scorer = open_scorer(self._settings, self._data_dir)
            return self._scorer

    @property
    def version(self) -> str:
        return self._loaded().version

    def predict(self, texts: Sequence[str]) -> list[Score]:
        return self._loaded().predict(texts)


class Sends(Protocol):
    """What it takes to send an alert or a webhook's message: jobs and pages have it."""

    @property
    def engine(self) -> Engine: ...
    @property
    def database(self) -> DbSettings: ...
    @property
    def web(self) -> WebSettings: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def crawl(self) -> CrawlSettings: ...


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything a job may need, made once per process."""

    database: DbSettings
    crawl: CrawlSettings
    web: WebSettings
    engine: Engine
    scorer: Scorer
    clock: Clock = utc_now


def build_services(*, crawl: CrawlSettings | None = None) -> Services:
    """Read every setting and put the parts together. `crawl` replaces the settings read from the environment."""
    database = DbSettings()
    database.make_data_dir()
    return Services(
        database=database,
        crawl=crawl or CrawlSettings(),
        web=WebSettings(),
        engine=make_engine(database.database_url),
        scorer=LazyScorer(ScoringSettings(), database.data_dir),
    )


def ask_tasks_server(settings: WebSettings) -> None:
    """Do nothing where the Redis of AMENDS_TASKS_URL answers, or none is set.

    Raises:
        Refused: it does not answer, or Redis' library is not installed.
    """
    if not settings.tasks_url:
        return
    try:
        import redis
    except ImportError as error:
        raise Refused("AMENDS_TASKS_URL needs the extra `redis`: pip install 'amends[redis]'") from error
    try:
        with redis.Redis.from_url(settings.tasks_url, socket_connect_timeout=5, socket_timeout=5) as server:
            server.ping()
    except (redis.RedisError, ValueError, OSError) as error:  # ValueError: a port or a database that is no number
        raise Refused(
            f"The Redis server of AMENDS_TASKS_URL does not answer ({type(error).__name__}). Start it, check address "
            "and password, or leave the setting empty: then the tasks lie beside the database."
        ) from error


def build_huey(services: Services) -> Huey:
    """The task queue: Redis when AMENDS_TASKS_URL says so, else beside the database.

    Huey only says when a job runs. What is due stands in the database, so an emptied queue loses nothing.

    Raises:
        Refused: the file that would hold the tasks cannot be used.
        sqlite3.Error, psycopg.Error: their store is away, locked or full. That passes.
    """
    from huey import PostgresHuey, RedisHuey

    if services.web.tasks_url:
        return RedisHuey("amends", url=services.web.tasks_url, results=False)
    if services.engine.dialect.name == "postgresql":
        return PostgresHuey("amends", dsn=_libpq_address(services.engine), results=False)
    return open_tasks_file(services.database.data_dir)


def open_tasks_file(data_dir: Path) -> Huey:
    """The task queue in its file in the data folder.

    Raises:
        Refused: the file is damaged or may not be written.
        sqlite3.Error: it is locked, or the disk is full. That passes.
    """
    from huey import SqliteHuey

    path = data_dir / TASKS_FILE
    try:
        return SqliteHuey("amends", filename=str(path), results=False)
    except sqlite3.Error as error:
        if isinstance(of_driver(error), PASSING):
            raise
        raise Refused(
            f"The file {path} cannot be used ({error}). Remove it while Amends is stopped: it holds no more than when "
            "to work, and is made anew."
        ) from error


def _libpq_address(engine: Engine) -> str:
    """The server in libpq's own form. An address as SQLAlchemy writes it keeps blanks, which libpq refuses."""
    from psycopg.conninfo import make_conninfo

    parameters = dict(engine.dialect.create_connect_args(engine.url)[1])
    parameters.pop("context", None)  # psycopg's, not libpq's
    return make_conninfo(**parameters)
