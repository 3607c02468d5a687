"""Passkeys in a real Chromium, with the authenticator that Chromium itself brings for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from db.migrate import upgrade
from db.session import make_engine
from tests.browser import Running, owner_cookies, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder_and_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Pages that are open under a name: passkeys do not belong to numbers."""
    folder: Path = tmp_path_factory.mktemp("passkeys")
    engine = make_engine(f"sqlite:///{folder / 'amends.db'}")
    upgrade(engine)
    engine.dispose()
    with served(folder) as numbered:
        yield folder, numbered.replace("127.0.0.1", "localhost")


@pytest.fixture
def named(pages: Running, folder_and_url: tuple[Path, str]) -> Running:
    """They, seen by an owner of this test alone: signing out ends the session for good."""
    folder, url = folder_and_url
    return Running(url, pages.browser, owner_cookies(folder, url))


@contextmanager
def with_authenticator(named: Running, *, is_owner_there: bool = True) -> Iterator[tuple[Page, list[str]]]:
    """A page of an owner, in a browser with an authenticator that recognises its owner, or does not."""
    context = named.context(locale="en-GB")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": is_owner_there, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page, complaints
    context.close()


def test_passkey_is_made_opens_the_door_and_is_removed(named: Running) -> None:
    """All by pages and one script of ours; afterwards it opens nothing."""
    with with_authenticator(named) as (page, complaints):
        page.goto(f"{named.url}/account/passkeys")
        page.fill("#name", "Laptop")
        page.get_by_role("button", name="Make a passkey").click()
        expect(page.locator(".told")).to_contain_text("From now on")
        expect(page.locator(".sessions strong")).to_have_text("Laptop")
        for _ in range(2):
            sign_out(page)
            page.goto(f"{named.url}/sign-in?next=/people")
            page.get_by_role("button", name="Sign in with a passkey").click()
            expect(page.locator("h1")).to_have_text("People")
        page.goto(f"{named.url}/account")
        expect(page.locator("#sessions")).to_contain_text("with a passkey")
        page.goto(f"{named.url}/account/passkeys")
        page.get_by_role("button", name="Remove").click()
        expect(page.locator(".told")).to_contain_text("opens nothing")
        sign_out(page)
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.locator(".told")).to_contain_text("opens nothing here")
    assert complaints == []


def test_nobody_is_let_in_whom_the_device_does_not_know(named: Running) -> None:
    """Without finger or PIN no passkey comes of it; the page says so and stays."""
    with with_authenticator(named, is_owner_there=False) as (page, _):
        page.goto(f"{named.url}/account/passkeys")
        page.fill("#name", "Laptop")
        expect(page.locator("[data-fault]")).to_be_hidden()
        page.get_by_role("button", name="Make a passkey").click()
        expect(page.locator("[data-fault]")).to_be_visible()
        expect(page.locator(".sessions")).to_have_count(0)


def test_page_under_a_number_says_where_to_go(pages: Running) -> None:
    """At http://127.0.0.1 browsers make none."""
    context = pages.context(locale="en-GB")
    page = context.new_page()
    page.goto(f"{pages.url}/account/passkeys")
    expect(page.locator(".sheet")).to_contain_text("Open it as http://localhost:")
    context.close()


def sign_out(page: Page) -> None:
    page.locator(".account summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1")).to_have_text("Sign in")
