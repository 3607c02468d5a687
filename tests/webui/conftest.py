"""What tests of pages share: the application on a real database at a fixed time, and a browser that looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from passlib.hash import argon2
from playwright.sync_api import Browser
from sqlalchemy import Engine
from werkzeug.routing import Rule

from db.session import make_engine
from db.settings import DbSettings
from tests.browser import NO_BROWSER, NoBrowser, Running, browser_found, running_browser, running_pages
from webui import create_app
from webui.pages import KEY, Pages
from webui.settings import WebSettings

from .signing import signed_in


class CompiledTemplates(BytecodeCache):
    """Templates compiled by one application of this process serve the next: each test makes its own application.

    Known by their name and a digest of their text, so that a changed template is compiled anew.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.code


class RouteBuilders:
    """What builds the addresses of a route, compiled for one application of this process, serves the next.

    Werkzeug writes and compiles two functions for each route, which is most of what making an application takes. They
    depend on nothing but the pattern.
    """

    def __init__(self) -> None:
        self._compile = Rule._compile_builder
        self._kept: dict[tuple[str, tuple[tuple[bool, str], ...], bool], Callable[..., tuple[str, str]]] = {}

    def of(self, rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        if rule.defaults:  # they go into the function
            return self._compile(rule, append_unknown)
        key = (rule.rule, tuple(rule._trace), append_unknown)
        if key not in self._kept:
            self._kept[key] = self._compile(rule, append_unknown)
        return self._kept[key]


_builders = RouteBuilders()


def _builder(self: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    return _builders.of(self, append_unknown)


Rule._compile_builder = _builder  # type: ignore[method-assign]
Flask.jinja_options = {"bytecode_cache": CompiledTemplates()}
# A password costs a fifth of a second to hash and as much to check, on purpose; the passwords of tests guard nothing.
argon2.default_rounds, argon2.memory_cost, argon2.parallelism = 1, 8, 1


@pytest.fixture
def settings() -> WebSettings:
    """Settings as without any environment."""
    return WebSettings(_env_file=None)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """The data folder of the test, not made yet."""
    return tmp_path / "data"


@dataclass(frozen=True)
class Built:
    """An application, and what it had in its extensions when it was new."""

    app: Flask
    extensions: Mapping[str, Any]


@cache
def _built(settings: WebSettings) -> Built:
    nowhere = DbSettings(data_dir=Path("nowhere"), database_url="", _env_file=None)
    app = create_app(settings, make_engine(nowhere.database_url), database=nowhere)
    app.testing = False  # faults must become pages, as they do for people
    return Built(app, dict(app.extensions))


@pytest.fixture
def app(engine: Engine, database_url: str, data_dir: Path, settings: WebSettings, now: datetime) -> Flask:
    """The application on the database of the test, at the time of the test.

    Making one takes longer than most pages, so those of a process share one: what belongs to a test are its parts, and
    the key of its cookies. A test that adds to the application asks for `fresh_app`.
    """
    database = DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None)
    built = _built(settings)
    parts = Pages(engine=engine, settings=settings, database=database, clock=lambda: now)
    built.app.extensions = {**built.extensions, KEY: parts}
    vars(built.app).pop("secret_key", None)
    return built.app


@pytest.fixture
def fresh_app(engine: Engine, database_url: str, data_dir: Path, settings: WebSettings, now: datetime) -> Flask:
    """One that nobody else has asked for a page."""
    database = DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None)
    made = create_app(settings, engine, database=database, clock=lambda: now)
    made.testing = False
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Asks for pages as an owner of all places, in English unless a test says otherwise."""
    return signed_in(app)


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """Asks for pages without being signed in, where somebody is at home."""
    signed_in(app)
    return app.test_client()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One for all tests of a process, since Playwright drives but one at a time. Skipped aloud without a browser."""
    try:
        found = browser_found()
    except NoBrowser as error:
        pytest.skip(f"{NO_BROWSER}: {error}")
    with running_browser(found) as browser:
        yield browser


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Running]:
    """The demo's reviews served by `amends web`, and a Chromium to look at them."""
    with running_pages(tmp_path_factory.mktemp("pages"), chromium) as running:
        yield running
