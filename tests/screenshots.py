"""Photographs the pages: `python -m tests.screenshots OUT_DIR [--url http://127.0.0.1:8000] [--readme]`.

With an address it photographs that Amends; without one it sets the demo up by itself. Each page is taken wide and on a
phone, light and dark; with `--readme` only the two pictures of the README.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .browser import Running, browser_found, running_browser, served
from .flow.running import Home

WIDE, PHONE = (1280, 860), (360, 780)


def take(running: Running, folder: Path) -> list[Path]:
    """Photograph the pages in light and dark, wide and on a phone; the files, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    for scheme in ("light", "dark"):
        for name, size in (("wide", WIDE), ("phone", PHONE)):
            taken += _take_all(running, folder, scheme=scheme, size=size, suffix=f"{name}-{scheme}")
    return taken


def take_for_readme(running: Running, folder: Path) -> list[Path]:
    """The queue and a review, wide and light."""
    with tempfile.TemporaryDirectory() as passing:
        made = _take_all(running, Path(passing), scheme="light", size=WIDE, suffix="x")
        folder.mkdir(parents=True, exist_ok=True)
        wanted = [file for file in made if file.stem in {"queue-x", "review-x"}]
        return [Path(shutil.copy(file, folder / f"{file.stem.removesuffix('-x')}.png")) for file in wanted]


def _take_all(running: Running, folder: Path, *, scheme: str, size: tuple[int, int], suffix: str) -> list[Path]:
    url = running.url
    context = running.context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=2 if size == PHONE else 1,
        locale="en-GB",
        timezone_id="Europe/Rome",
    )
    page = context.new_page()
    page.goto(f"{url}/")
    if (owner := page.locator(".player[value=owner]")).count():  # a demo that runs already
        owner.click()
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
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        home.amends("demo", "--no-serve").check_returncode()
        with served(home.data_dir) as address, running_browser(executable) as browser:
            yield Running(address, browser)


def main() -> None:
    """Read the arguments and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--url", help="an Amends that runs already")
    parser.add_argument("--readme", action="store_true", help="only the pictures of the README")
    given = parser.parse_args()
    with _running(given.url) as running:
        for file in (take_for_readme if given.readme else take)(running, given.folder):
            print(file)  # noqa: T201 - a tool for the command line


if __name__ == "__main__":
    main()
