"""Reads pages in tests the way a browser would: by parsed elements, not by searching strings."""

from __future__ import annotations

import re
from typing import Any

from parsel import Selector
from werkzeug.test import TestResponse


class Element:
    """One element."""

    def __init__(self, selector: Any) -> None:
        self._selector = selector

    @property
    def text(self) -> str:
        """All its text as one line."""
        return " ".join(part for part in re.split(r"[ \t\r\n]+", self.raw_text) if part)

    @property
    def raw_text(self) -> str:
        """All its text as it stands."""
        return "".join(self._selector.css("*::text").getall())

    @property
    def attrs(self) -> dict[str, str]:
        return dict(self._selector.attrib)

    def all(self, css: str) -> list[Element]:
        return [Element(found) for found in self._selector.css(css)]

    def find(self, css: str) -> Element:
        """The first one; there must be one."""
        found = self.all(css)
        assert found, f"no {css}"
        return found[0]


class Page(Element):
    """A whole answer, which must have gone well unless told otherwise."""

    def __init__(self, response: TestResponse, *, status: int = 200) -> None:
        assert response.status_code == status, response.text
        self.source = response.text
        super().__init__(Selector(text=response.text))

    def one(self, css: str) -> Element:
        """The only one."""
        found = self.all(css)
        assert len(found) == 1, f"{len(found)} of {css}"
        return found[0]
