"""Real pages in a real Chromium, for the benches of what people see."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser import NoBrowser, Running, browser_found, running_browser, running_pages


@contextmanager
def browsed() -> Iterator[Running]:
    """The demo's pages, ended with the block. Without a Chromium the bench ends, and says why."""
    try:
        found = browser_found()
    except NoBrowser as error:
        raise SystemExit(str(error)) from error
    with (
        tempfile.TemporaryDirectory(prefix="amends-bench-") as folder,
        running_browser(found) as browser,
        running_pages(Path(folder), browser) as pages,
    ):
        yield pages
