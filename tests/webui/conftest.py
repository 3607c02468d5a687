"""What tests of pages share: the application on a real database at a fixed time, and a browser that looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.browser import NO_BROWSER, NoBrowser, Running, browser_found, running_pages
from webui import create_app
from webui.settings import WebSettings


@pytest.fixture
def settings() -> WebSettings:
    """Settings as without any environment."""
    return WebSettings(_env_file=None)


@pytest.fixture
def app(engine: Engine, settings: WebSettings, now: datetime) -> Flask:
    """The application on the database of the test, at the time of the test."""
    made = create_app(settings, engine, clock=lambda: now)
    made.testing = False  # faults must become pages, as they do for people
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Asks for pages, in English unless a test says otherwise."""
    return app.test_client()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The demo's reviews served by `amends web`, and a Chromium to look at them. Skipped aloud without a browser."""
    try:
        found = browser_found()
    except NoBrowser as error:
        pytest.skip(f"{NO_BROWSER}: {error}")
    with running_pages(tmp_path_factory.mktemp("pages"), found) as running:
        yield running
