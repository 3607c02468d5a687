"""From the last key in a draft to what the checks find, as the writer sees it: Chromium and real pages, on loopback.

Each round adds one letter in the middle of a draft of some eighty words, which makes a sentence that nobody has checked
before, and waits until the findings are put on the page: the pause before the page asks, the way there, all checks with
the sentence model, and drawing. The baseline is an empty round trip, a GET of /healthz by the same page.
"""

from __future__ import annotations

from statistics import median, quantiles

from playwright.sync_api import Page

from .bench_rubric import DRAFTS
from .browsed import browsed
from .harness import Measure, at_most, noted

ROUNDS = 60
WARM_UP = 5
MOST_MS = 300.0  # of the issue
# The time in ms from a key to the findings of these very words, measured in the page itself.
LISTEN = """() => {
  const field = document.querySelector("#answer-body"), findings = document.querySelector("#findings");
  window.measured = [];
  let began = 0;
  field.addEventListener("input", () => { began = performance.now(); });
  new MutationObserver(() => {
    if (!began) return;
    const since = began;
    began = 0;
    requestAnimationFrame(() => window.measured.push(performance.now() - since));
  }).observe(findings, { childList: true, subtree: true });
}"""
ROUND_TRIP = """async () => {
  const began = performance.now();
  await (await fetch("/healthz", { cache: "no-store" })).text();
  return performance.now() - began;
}"""


def run() -> list[Measure]:
    with browsed() as pages:
        page = pages.context(viewport={"width": 1280, "height": 800}).new_page()
        page.goto(pages.url)
        page.locator(".row-link").first.click()
        page.locator("#answer-body").fill(DRAFTS["en"])
        page.wait_for_timeout(500)
        page.evaluate(LISTEN)
        typed = _typed(page)
        empty = [float(page.evaluate(ROUND_TRIP)) for _ in range(ROUNDS)]
    base = median(empty)
    return [
        noted("typing.empty_round_trip.p50", base, "ms"),
        noted("typing.empty_round_trip.p95", _p95(empty), "ms"),
        at_most("typing.findings.p50", median(typed), "ms", wanted=MOST_MS),
        at_most("typing.findings.p95", _p95(typed), "ms", wanted=MOST_MS),
        noted("typing.findings.beyond_a_round_trip", median(typed) - base, "ms"),
    ]


def _typed(page: Page) -> list[float]:
    """Milliseconds of each round."""
    field = page.locator("#answer-body")
    field.evaluate("one => { one.focus(); one.setSelectionRange(one.value.length / 2, one.value.length / 2); }")
    for number in range(WARM_UP + ROUNDS):
        page.keyboard.press("abcdefghijklmnopqrst "[number % 21])
        page.wait_for_function("count => window.measured.length >= count", arg=number + 1, timeout=60_000)
    measured: list[float] = page.evaluate("window.measured")
    return measured[WARM_UP:]


def _p95(figures: list[float]) -> float:
    return quantiles(figures, n=20)[-1]
