"""Everything that is checked of a page that is open, from one load of it: both themes, every width, what opens."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

from playwright.sync_api import Page

DESK, PHONE = (1280, 900), (360, 740)
LIGHT: Final[Literal["light"]] = "light"
DARK: Final[Literal["dark"]] = "dark"
WIDTHS = (160, 180, 320, 360, 768, 1100, 1280, 1920)  # the first two: a phone with its text doubled (WCAG 1.4.10)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The themes differ in their colours alone (static/amends.css sets no other property by them): in what was opened only
# the rules that look at colours look again in the second one, and on a phone the one that looks at sizes.
OF_COLOURS_AND_SIZES = ["color-contrast", "link-in-text-block", "target-size"]
OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  const [brand, apart] = [".brand", ".view-apart"].map(css => document.querySelector(css));
  const isCovered = wide < 200 && apart && brand.getBoundingClientRect().bottom > apart.getBoundingClientRect().top;
  if (isCovered) return [`the name lies over ${apart.outerHTML.slice(0, 120)}`];
  if (document.documentElement.scrollWidth <= wide) return null;
  const over = [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > wide + 0.5);
  const innermost = over.filter(one => !over.some(other => other !== one && one.contains(other)));
  return innermost.map(one => one.outerHTML.slice(0, 120));
}"""
OPENED = "([at, is]) => { document.querySelectorAll('details')[at].open = is }"
# What can be opened, [number, kind]: of a kind is what has the same fields and the same words but for figures.
MENUS = """() => [...document.querySelectorAll("body:not(:has(dialog[open])) details")].map((one, at) => {
  const fields = [...one.querySelectorAll("[name]")].map(field => field.name);
  const words = one.className === "why" ? "" : one.querySelector("summary").textContent.replace(/[0-9]/g, "").trim();
  return [at, [one.className, words, ...new Set(fields)].join(" "), !one.open && one.checkVisibility()];
}).filter(([at, kind, is]) => is)"""
# Style sheets are fetched for one rule, about screens that may not be turned, and are the same in every run on a page.
AXE = """async ([within, tags, rules, preload]) => {
  const runOnly = rules ? {type: "rule", values: rules} : {type: "tag", values: tags};
  const options = {runOnly, rules: {"target-size": {enabled: true}}, resultTypes: ["violations"], preload};
  const found = await axe.run(within === null ? document : document.querySelectorAll("details")[within], options);
  return [found.passes.length, found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`)];
}"""
# Ids that a script or a label would find the wrong one of.
TWICE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  return [...new Set(ids.filter((one, at) => ids.indexOf(one) !== at))];
}"""


def audit(page: Page, opened: set[str]) -> list[str]:
    """What is wrong with the page that is open, in words.

    What can be opened is, one after the other, but for the kinds in `opened`, which have been on some page before.
    """
    faults = []
    page.wait_for_load_state()  # a click that leads to a page is over when that one begins to come
    page.evaluate(axe())
    # Each width in one theme: a colour that is too weak is so at every width, and looking at colours is half the work.
    for size, theme in ((DESK, LIGHT), (PHONE, DARK)):
        where = f"at {size[0]} px, {theme},"
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=theme)
        faults += [f"{where} {fault}" for fault in _run(page, None, None, preload=theme == LIGHT)]
        faults += [f"{where} {fault}" for fault in page.evaluate(_script("audit.js"))]
    page.emulate_media(color_scheme=LIGHT)
    menus = {kind: at for at, kind, _ in reversed(page.evaluate(MENUS)) if kind not in opened}
    for kind, at in menus.items():
        page.evaluate(OPENED, [at, True])
        page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        found = _run(page, at, None)
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        page.emulate_media(color_scheme=DARK)
        found += [f"at {PHONE[0]} px, {DARK}, {fault}" for fault in _run(page, at, OF_COLOURS_AND_SIZES)]
        found += [*too_wide(page), *page.evaluate(_script("audit.js"))]
        faults += [f"with “{kind}” open, {fault}" for fault in found]
        page.evaluate(OPENED, [at, False])
        page.emulate_media(color_scheme=LIGHT)
    opened.update(menus)  # not `|=`: of a set and the keys of a dict that makes another set
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    faults += page.evaluate(_script("focus.js"))
    faults += [f"“{one}” is the id of several things" for one in page.evaluate(TWICE)]
    return faults + fits(page)


def fits(page: Page) -> list[str]:
    """At which widths the page scrolls sideways."""
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        faults += too_wide(page)
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    return faults


def too_wide(page: Page) -> list[str]:
    """Whether it scrolls sideways as it is."""
    over = page.evaluate(OVERFLOW)
    return [] if over is None else [f"does not fit {page.viewport_size} for {over[:3]}"]


def _run(page: Page, within: int | None, rules: list[str] | None, *, preload: bool = False) -> list[str]:
    """What axe finds by these rules, or by all of them, on the page or in what was opened."""
    passed, found = page.evaluate(AXE, [within, RULES, rules, preload])
    assert rules is not None or passed > 3, "axe has looked at nothing"
    return list(found)


@cache
def axe() -> Any:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


@cache
def _script(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")
