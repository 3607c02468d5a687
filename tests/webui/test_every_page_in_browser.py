"""Every page in every state that matters, in a real Chromium: in both themes, at every width, and by its focus.

One load of a page serves all of it. Which pages there are is not left to memory: a view that no scene visits is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from webui import create_app
from webui.settings import WebSettings

from .every_page.audit import audit, fits
from .every_page.scenes import PARTS, SCENES
from .every_page.stage import Stage, endpoint_of, staged
from .every_page.steps import Scene

REFUSALS = re.compile("the server responded with a status of 4|net::ERR_INTERNET_DISCONNECTED")
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("every page")]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Stage]:
    with staged(tmp_path_factory.mktemp("every_page"), chromium) as made:
        yield made


def test_every_page_has_a_scene() -> None:
    """A new view that shows a page is named here until somebody says how to get there."""
    app = create_app(WebSettings(_env_file=None))
    gets = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    shown = {endpoint for endpoint in gets if not endpoint.startswith("api.")}  # programs are told, not shown
    visited = {view for scene in SCENES for view in scene.views}
    assert (shown - visited - PARTS.keys(), visited - shown) == (set(), set())


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_page_has_no_barrier(stage: Stage, scene: Scene) -> None:
    """axe finds nothing, it fits, targets are large and the focus is seen; nothing is refused or fetched elsewhere."""
    page = stage.pages[scene.who]
    page.context.clear_cookies(name="amends_lang")
    stage.asked.clear()
    stage.complaints.clear()
    scene.go(stage, page)
    assert set(scene.views) <= {endpoint_of(stage.app, asked.url) for asked in stage.asked if asked.is_page}
    faults = audit(page, stage.opened)
    assert not faults, "\n".join(faults)
    # That an answer was a refusal is noted by the browser, and by nobody else.
    assert [words for words in stage.complaints if not REFUSALS.search(words)] == []
    here = urlsplit(stage.url).hostname
    assert [asked.url for asked in stage.asked if urlsplit(asked.url).hostname != here] == []


GETS = [scene for scene in SCENES if scene.name.startswith("/") and "lang=" not in scene.name]


@pytest.mark.parametrize("scene", GETS, ids=lambda scene: scene.name)
def test_page_fits_in_long_words(stage: Stage, scene: Scene) -> None:
    """German, at every width, and with doubled text on a phone."""
    page = stage.pages[scene.who]
    page.goto(f"{scene.name}{'&' if '?' in scene.name else '?'}lang=de")
    assert fits(page) == []
