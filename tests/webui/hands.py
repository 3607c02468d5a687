"""Hands on a keyboard and eyes on the focus, for walks through the pages in a real Chromium without a mouse."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser import expect_told, press_key

# What has the focus shows it by an outline, of its own or of the row or label it stands for; it lies in the window and
# nothing lies over it (WCAG 2.4.7 and 2.4.11). In the page: gives what is wrong with that, or nothing.
SEEN = """() => {
  const held = document.activeElement;
  if (held === document.body) return "nothing has the focus";
  const shown = [held, held.closest("[data-row], .near-row, label")].find(one => {
    const style = one && getComputedStyle(one);
    return one && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const told = held.outerHTML.slice(0, 160);
  if (!shown) return `focus cannot be seen: ${told}`;
  const { x, y, width, height } = shown.getBoundingClientRect();
  const inside = [0.1, 0.5, 0.9].some(part => {
    const top = document.elementFromPoint(x + width / 2, y + height * part);
    return top && (shown.contains(top) || top.contains(shown));
  });
  return inside ? null : `focus is covered or out of sight: ${told}`;
}"""
MOST_TABS = 80


class Hands:
    """Presses keys on a page, and looks where the focus is after each."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """One after the other, wherever the focus is."""
        for key in keys:
            press_key(self.page, key)

    def type(self, words: str) -> None:
        """Into what has the focus; what stands there already is replaced."""
        press_key(self.page, "Control+A")
        self.page.keyboard.type(words)

    def at(self, target: Locator) -> None:
        """This has the focus, and shows it."""
        expect(target).to_be_focused()
        self.sees()

    def sees(self) -> None:
        """Whatever has the focus shows it."""
        fault = self.page.evaluate(SEEN)
        assert fault is None, fault

    def to(self, target: Locator, key: str = "Tab") -> None:
        """By Tab to this, seeing the focus at every step on the way."""
        expect(target).to_be_visible()
        for _ in range(MOST_TABS):
            press_key(self.page, key)
            # Asked at once, for many keys are pressed, and a way back is offered for ten seconds only.
            is_there, fault = target.evaluate(f"element => [element === document.activeElement, ({SEEN})()]")
            assert fault is None, fault
            if is_there:
                return
        raise AssertionError(f"{target} cannot be reached by {key}")

    def hears(self, words: str) -> None:
        """The live region says so."""
        expect_told(self.page, words)
