"""Makes the pictures of the README: `python -m tests.screenshots OUT_DIR [--url http://127.0.0.1:8000]`.

With an address it photographs that Amends, say `amends demo`; without one it serves the demo's reviews by itself.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .browser import Running, browser_found, running_browser, running_pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDE, PHONE = (1280, 860), (360, 780)


def take(running: Running, folder: Path) -> list[Path]:
    """Photograph the pages in light and dark, wide and on a phone; the files, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    for scheme in ("light", "dark"):
        for name, size in (("wide", WIDE), ("phone", PHONE)):
            taken += _take_all(
                running.browser, running.url, folder, scheme=scheme, size=size, suffix=f"{name}-{scheme}"
            )
    return taken


def _take_all(
    browser: Browser, url: str, folder: Path, *, scheme: str, size: tuple[int, int], suffix: str
) -> list[Path]:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=2 if size == PHONE else 1,
        locale="en-GB",
        timezone_id="Europe/Rome",
    )
    page = context.new_page()
    page.goto(f"{url}/")
    addresses = {"queue": f"{url}/", "sources": f"{url}/sources", "everything": f"{url}/?view=all"}
    first = page.locator(".row-link").first
    if first.count():
        addresses["review"] = f"{url}{first.get_attribute('href')}"
    taken = []
    for name, address in addresses.items():
        page.goto(address)
        file = folder / f"{name}-{suffix}.png"
        page.screenshot(path=file)
        taken.append(file)
    context.close()
    return taken


@contextmanager
def _running(url: str | None) -> Iterator[Running]:
    executable = browser_found()
    if url:
        with running_browser(executable) as browser:
            yield Running(url.rstrip("/"), browser)
        return
    with tempfile.TemporaryDirectory() as folder, running_pages(Path(folder), executable) as running:
        yield running


def main() -> None:
    """Read the arguments and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--url", help="an Amends that runs already")
    given = parser.parse_args()
    with _running(given.url) as running:
        for file in take(running, given.folder):
            print(file)  # noqa: T201 - a tool for the command line


if __name__ == "__main__":
    main()
