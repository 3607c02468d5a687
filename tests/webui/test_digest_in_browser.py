"""The weekly digest as a mail, seen in a real Chromium: one screen of 600 px and a phone, light and dark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine

from db.roles import Access, Role
from db.session import read_scope, session_scope
from tests.browser import profile
from tests.webui.seed import NOW, seed
from webui.demo_people import register
from webui.demo_work import lay_out
from webui.digest.build import build_digest
from webui.digest.files import rendered
from webui.digest.html import html_of
from webui.digest.letter import letter
from webui.digest.pictures import mail_pictures
from webui.digest.short import short
from webui.i18n import LANGUAGES, speaking

from .every_page.audit import AXE, OVERFLOW, RULES, axe

pytestmark = pytest.mark.browser

BASE = "https://desk.lanterna.example"
OFF = f"{BASE}/mails/1.digest.x"
OF_PAGES = ("region", "landmark-one-main")  # a mail is shown inside the page of another program
DESK, PHONE = 600, 360
FIRST_LOOK = 700  # pixels of a mail that a window shows at once: what has to be decided, and all the figures
ENDS = "[...document.querySelectorAll('.figure')].at(-1).getBoundingClientRect().bottom"
DARK_SHEET = "rgb(24, 31, 29)"
COLOURS = ["color-contrast"]
_looked_at: set[str] = set()  # pages that this process has judged: both databases mostly give the same


@pytest.fixture
def mails(engine: Engine, tmp_path: Path) -> Mapping[str, Path]:
    """The digest of the demo's week, after its people have worked on it, as a mail of each language: where it lies."""
    seed(engine, now=NOW)
    with session_scope(engine) as session:
        register(session, NOW)
        lay_out(session, now=NOW)
    with read_scope(engine) as session:
        found = build_digest(session, access=Access(everywhere=Role.OWNER), week="2026-W47", now=NOW)
    written = {}
    for language in LANGUAGES:
        written[language] = tmp_path / f"{language}.html"
        with speaking(language):
            page = html_of(short(found), letter(found), mail_pictures(found), base=BASE, off=OFF)
            assert rendered(found, ".pdf", base=BASE).startswith(b"%PDF-")
        written[language].write_text(page)
    return written


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = profile(chromium, viewport={"width": DESK, "height": 900}, color_scheme="light")
    yield context.new_page()
    context.close()


def test_mail_fits_and_can_be_read(page: Page, mails: Mapping[str, Path]) -> None:
    """In each language nothing runs over the edge, every colour stands out enough in either theme, the dark one is
    dark, and what has to be decided and all the figures are in sight at once.
    """
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for language, file in mails.items():
        if (whole := file.read_text()) in _looked_at:
            continue
        page.set_viewport_size({"width": DESK, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(file.as_uri())
        page.evaluate(axe())
        assert page.evaluate(ENDS) < FIRST_LOOK, language
        assert _faults(page, None) == [], language
        for width in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(OVERFLOW) is None, (language, width)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                ground = page.evaluate("getComputedStyle(document.querySelector('.sheet')).backgroundColor")
                assert (ground == DARK_SHEET) == (scheme == "dark")
                assert _faults(page, COLOURS) == [], (language, width, scheme)
                shown = page.evaluate("[...document.images].filter(one => one.checkVisibility()).map(one => one.src)")
                assert len(shown) == 1, "of the picture in four looks one is shown"
                assert ("dark" in shown[0], "phone" in shown[0]) == (scheme == "dark", width == PHONE)
        page.set_viewport_size({"width": PHONE, "height": 900})
        assert _faults(page, None) == [], language
        _looked_at.add(whole)
    assert [one for one in asked if not one.startswith(("file:", "cid:"))] == []  # it asks nobody: cid is its own


def _faults(page: Page, rules: list[str] | None) -> list[Any]:
    passed, faults = page.evaluate(AXE, [None, RULES, rules])
    assert passed > (0 if rules else 5)
    return [one for one in faults if not one.startswith(OF_PAGES)]
