"""What a page weighs on the line, and how soon something of it is seen: Chromium on this machine, nothing cached.

The weight is the page with all that it loads, compressed as the browser asked for it. First contentful paint is the
browser's own figure, over loopback: what is left is the server and the browser, not the line.
"""

from __future__ import annotations

from statistics import median

from tests.browser import Running

from .browsed import browsed
from .harness import Measure, at_most, noted

ROUNDS = 7
WEIGHT_MOST_KB = 150  # of the issue
FIGURES = """() => {
  const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return [all.reduce((sum, one) => sum + one.transferSize, 0), paint ? paint.startTime : null];
}"""


def run() -> list[Measure]:
    with browsed() as pages:
        return [measure for name in ("queue", "case") for measure in _measure(pages, name)]


def _measure(pages: Running, name: str) -> list[Measure]:
    _loaded(pages, name)  # the server's first page compiles its templates
    figures = [_loaded(pages, name) for _ in range(ROUNDS)]
    return [
        at_most(f"page.weight.{name}", max(weight for weight, _ in figures) / 1000, "kB", wanted=WEIGHT_MOST_KB),
        noted(f"page.first_paint.{name}", median(paint for _, paint in figures), "ms"),
    ]


def _loaded(pages: Running, name: str) -> tuple[float, float]:
    context = pages.context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(pages.url)
    address = pages.url if name == "queue" else f"{pages.url}{page.locator('.row a').first.get_attribute('href')}"
    context.close()
    context = pages.context(viewport={"width": 1280, "height": 800})  # with an empty cache
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    weight, paint = page.evaluate(FIGURES)
    context.close()
    return float(weight), float(paint)
