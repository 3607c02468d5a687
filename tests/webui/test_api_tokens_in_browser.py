"""A token of the API in a real Chromium: made, copied from the page that shows it, and revoked."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser import Running

from .test_pages_in_browser import opened

pytestmark = pytest.mark.browser


def test_token_opens_the_api_until_it_is_revoked(pages: Running) -> None:
    """From the account page by what is written on buttons; the secret is on one page alone."""
    with opened(pages) as (page, complaints):
        page.goto(f"{pages.url}/account")
        page.locator("section", has=page.get_by_role("heading", name="API")).get_by_role("link").click()
        page.get_by_label("What uses it").fill("Till at the door")
        page.get_by_label("Read places and their sources").check()
        page.get_by_role("button", name="Make a token").click()
        secret = page.get_by_label("The new token").input_value()
        asked = urllib.request.Request(f"{pages.url}/api/v1/whoami", headers={"Authorization": f"Bearer {secret}"})
        with urllib.request.urlopen(asked) as answer:
            told = json.load(answer)
        assert (told["token"]["name"], "read:places" in told["scopes"]) == ("Till at the door", True)
        page.goto(f"{pages.url}/account/tokens")
        assert secret not in page.content()
        page.get_by_role("button", name=re.compile("Revoke")).click()
        expect(page.get_by_text("is revoked")).to_be_visible()
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(asked)
    assert complaints == []
