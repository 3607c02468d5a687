"""A real Chromium and the real pages, for tests and pictures: `amends web` in a process of its own on a free port."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.migrate import upgrade
from db.session import make_engine

from .ports import free_port

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam
    from playwright.sync_api import Browser, BrowserContext, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",  # inside a container its sandbox has no rights; it sees our own pages only
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
START_S = 240.0  # of an `amends web`, or of a Chromium
SEEN_MS = 60_000  # how long a page may take to show what a test waits for, while others keep the machine busy
NO_BROWSER = "the browser tests did not run"  # how the reason of their skips begins


class NoBrowser(Exception):
    """No Chromium on this machine."""


@dataclass(frozen=True)
class Running:
    """Pages that answer at `url`, and the browser that looks at them, signed in as an owner where there are cookies."""

    url: str
    browser: Browser
    cookies: Sequence[SetCookieParam] = ()

    def context(self, **options: Any) -> BrowserContext:
        """A fresh profile of the browser."""
        made = profile(self.browser, **options)
        made.add_cookies(list(self.cookies))
        return made


def browser_found() -> str | None:
    """The path of a Chromium of this machine; None where Playwright has brought its own.

    Raises:
        NoBrowser: there is neither.
    """
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        if Path(playwright.chromium.executable_path).is_file():
            return None
    raise NoBrowser("no Chromium was found; `apt-get install chromium` or `playwright install chromium` brings one")


def profile(browser: Browser, **options: Any) -> BrowserContext:
    """A fresh profile of nobody, in which what is done may take as long as what is expected."""
    made = browser.new_context(**options)
    made.set_default_timeout(SEEN_MS)
    return made


def press_key(page: Page, key: str) -> None:
    """A key, once the page in sight has run its scripts: before that, what it says can be read and no key acts yet."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def expect_told(page: Page, words: str) -> None:
    """The page that has come says what was done, and its scripts have run: what is done next finds its button.

    The words can be read before. Then the scripts give the focus to where it was, and take the words away for a moment,
    with the way back beside them, so that they are read out (static/focus.js and live.js).
    """
    from playwright.sync_api import expect

    region = page.locator("#told[role=status]")
    expect(region).to_contain_text(words)
    page.wait_for_load_state()
    expect(region).to_contain_text(words)


@contextmanager
def running_browser(executable: str | None) -> Iterator[Browser]:
    """A headless Chromium, ended with the block."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=SEEN_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS, timeout=START_S * 1000)
        yield browser
        browser.close()


@contextmanager
def running_pages(folder: Path, browser: Browser) -> Iterator[Running]:
    """The demo's reviews with made-up scores, served from a data folder as in production."""
    from .webui.seed import seed

    engine = make_engine(f"sqlite:///{folder / 'amends.db'}")
    upgrade(engine)
    seed(engine, now=datetime.now(UTC).replace(microsecond=0))
    engine.dispose()
    with served(folder) as url:
        yield Running(url, browser, owner_cookies(folder, url))


def owner_cookies(data_dir: Path, url: str) -> list[SetCookieParam]:
    """The cookie of somebody new who owns everything in this data folder."""
    from db.settings import DbSettings
    from webui import create_app
    from webui.settings import WebSettings

    from .webui.signing import signed_in

    database = DbSettings(data_dir=data_dir, database_url="", _env_file=None)
    engine = make_engine(database.database_url)
    cookie = signed_in(create_app(WebSettings(_env_file=None), engine, database=database)).get_cookie("amends_session")
    engine.dispose()
    assert cookie is not None
    return [{"name": cookie.key, "value": cookie.value, "url": url}]


@contextmanager
def served(
    data_dir: Path,
    database_url: str = "",
    *,
    page_size: int | None = None,
    hold_s: int | None = None,
    processes: int = 1,
) -> Iterator[str]:
    """`amends web` on a free port over this data folder and its database, or another, until the block ends.

    One process answers one browser; 0: as many as on a machine of its own.
    """
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AMENDS_")}
    environment["AMENDS_DATA_DIR"] = str(data_dir)
    environment["AMENDS_DATABASE_URL"] = database_url
    environment["AMENDS_PROCESSES"] = str(processes)
    if page_size:
        environment["AMENDS_PAGE_SIZE"] = str(page_size)
    if hold_s:
        environment["AMENDS_HOLD_S"] = str(hold_s)
    command = [sys.executable, "-m", "webui", "web", "--port", str(port)]
    log = data_dir / "web.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_up(url, process, log)
        yield url
    finally:
        process.terminate()
        process.wait(START_S)


def _wait_until_up(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the pages did not start: {log.read_text(errors='replace')[-2000:]}")


def is_of_leaving(text: str) -> bool:
    """Whether htmx logs that a request ended because its page was left or asked anew: nobody refused that.

    A request that failed is logged as `htmx:sendError` beside the first of these.
    """
    return text.startswith(("htmx:afterRequest,", "htmx:sendAbort,"))
