"""The weekly digest as a mail, seen in a real Chromium: 600 px and a phone, light and dark, in every language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine

from db.roles import Access, Role
from db.session import read_scope
from tests.webui.seed import NOW, seed
from webui.digest.build import build_digest
from webui.digest.files import rendered
from webui.digest.html import html_of
from webui.digest.letter import letter
from webui.digest.pictures import mail_pictures
from webui.i18n import LANGUAGES, speaking

from .every_page.audit import AXE, OVERFLOW, RULES, axe

pytestmark = pytest.mark.browser

OFF = "https://desk.lanterna.example/mails/1.digest.x"
OF_PAGES = ("region", "landmark-one-main")  # a mail is shown inside the page of another program


@pytest.fixture
def file(engine: Engine, tmp_path: Path) -> Any:
    """The digest of the demo's week as a mail of this language: where it lies."""
    seed(engine, now=NOW)
    with read_scope(engine) as session:
        found = build_digest(session, access=Access(everywhere=Role.OWNER), week="2026-W47", now=NOW)

    def write(language: str) -> Path:
        path = tmp_path / f"{language}.html"
        with speaking(language):
            path.write_text(html_of(letter(found), mail_pictures(found), base="https://desk.lanterna.example", off=OFF))
            assert rendered(found, ".pdf", base="https://desk.lanterna.example").startswith(b"%PDF-")
        return path

    return write


@pytest.mark.parametrize("width", [600, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_mail_fits_and_can_be_read(chromium: Browser, file: Any, tmp_path: Path, width: int, scheme: str) -> None:
    """Nothing runs over the edge, every colour stands out enough in either theme, and the dark one is dark."""
    for language in LANGUAGES:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
        )
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))  # noqa: B023 - read within the round
        page.goto(file(language).as_uri())
        assert page.evaluate(OVERFLOW) is None, language
        page.evaluate(axe())
        passed, faults = page.evaluate(AXE, [None, RULES, None])
        assert passed > 5
        assert [one for one in faults if not one.startswith(OF_PAGES)] == [], language
        assert [one for one in asked if not one.startswith(("file:", "cid:"))] == []  # it asks nobody: cid is its own
        ground = page.evaluate("getComputedStyle(document.querySelector('.sheet')).backgroundColor")
        assert (ground == "rgb(24, 31, 29)") == (scheme == "dark")
        picture = tmp_path / f"digest-{language}-{width}-{scheme}.png"
        page.screenshot(path=picture, full_page=True)
        assert picture.read_bytes().startswith(b"\x89PNG")
        context.close()
