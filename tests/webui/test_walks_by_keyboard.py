"""Whole days by keyboard alone, in a real Chromium: at every step the focus is seen, and what happened is told."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Running, press_key

from .hands import Hands
from .test_pages_in_browser import opened

pytestmark = pytest.mark.browser
PASSWORD = "four words in a row"


def invited(page: Page, pages: Running, name: str, email: str) -> str:
    """Invite somebody to work at every place, by keyboard, the role forgotten at first; the link to give them."""
    hands, make = Hands(page), page.get_by_role("button", name="Make the invitation")
    page.goto(f"{pages.url}/people/new")
    hands.press("Tab")
    hands.to(page.locator("#name"))
    hands.type(name)
    hands.to(page.locator("#email"))
    hands.type(email)
    hands.to(make)
    hands.press("Enter")
    hands.at(page.locator("#roles-fault"))
    hands.to(page.locator("[name=everywhere]"))
    choose(page, "Staff")
    hands.to(make)
    hands.press("Enter")
    link = page.locator("main input[readonly]")
    hands.to(link)
    return link.input_value()


def test_an_owner_sets_up_the_house(pages: Running) -> None:
    """Hours of a place with a mistake first, a cause, the accuracy, somebody new who then signs in."""
    with opened(pages) as (page, complaints):
        hands = Hands(page)
        page.goto(f"{pages.url}/")
        hands.press("Tab")
        hands.at(page.locator(".skip"))
        hands.to(page.locator(".views summary", has_text="Settings"))
        hands.press("Enter")
        hands.to(page.get_by_role("link", name="Places"))
        hands.press("Enter")
        page.wait_for_url("**/places")
        hands.press("Tab", "Enter")  # over the column, to the content
        hands.to(page.locator("main a[href='/places/1']").first)
        hands.press("Enter")
        page.wait_for_url("**/places/1")
        hands.press("Tab", "Enter")
        monday, save = page.locator("#day-0"), page.locator("main button[value=save]").last
        hands.to(monday)
        hands.type("late")
        hands.to(save)
        hands.press("Enter")
        hands.at(monday)  # at what was not taken
        expect(monday).to_have_accessible_description(re.compile("."))
        hands.type("12:00-15:00, 18:00-23:00")
        hands.to(save)
        hands.press("Enter")
        hands.hears("aved")
        expect(monday).to_have_value("12:00-15:00, 18:00-23:00")
        hands.at(save)
        page.goto(f"{pages.url}/causes")
        hands.press("Tab", "Enter")
        hands.to(page.locator("#name"))
        hands.type("Bread too late")
        hands.press("Enter")
        hands.hears("Added.")
        hands.to(page.get_by_role("link", name="Accuracy"), "Shift+Tab")
        hands.press("Enter")
        expect(page.locator("h1")).to_have_text("Accuracy")
        link = invited(page, pages, "Nina Roth", "nina@lanterna.example")
    with opened(pages, is_visitor=True) as (page, _):
        hands = Hands(page)
        page.goto(link)
        hands.press("Tab")
        hands.to(page.locator("#password"))
        hands.type(PASSWORD)
        hands.to(page.locator("#again"))
        hands.type(PASSWORD)
        hands.press("Enter")
        page.wait_for_url(f"{pages.url}/")
    assert [words for words in complaints if "status of 422" not in words] == []


def test_staff_work_through_the_queue(pages: Running) -> None:
    """Sign in, judge, take, note, put off, undo, done, next, several at once, a list of one's own, own keys, none."""
    with opened(pages) as (page, _):
        link = invited(page, pages, "Sam Ortiz", "sam@lanterna.example")
    with opened(pages, is_visitor=True) as (page, _):
        page.goto(link)
        page.locator("#password").fill(PASSWORD)
        page.locator("#again").fill(PASSWORD)
        press_key(page, "Enter")
        page.wait_for_url(f"{pages.url}/")
    with opened(pages, is_visitor=True) as (page, complaints):
        hands = Hands(page)
        sign_in(hands, pages)
        work_on_one(hands)
        on_to_the_next(hands)
        several_at_once(hands)
        a_list_of_ones_own(hands)
        ones_own_keys(hands)
    assert [words for words in complaints if "status of 422" not in words] == []


def test_texts_of_two_are_brought_together_by_keyboard(pages: Running) -> None:
    """What happened comes first and has the focus; both texts are read out at the field, and one press saves."""
    with opened(pages) as (page, _):
        hands = Hands(page)
        page.goto(f"{pages.url}/?view=changed")
        hands.press("j", "j", "o")
        page.wait_for_url("**/reviews/*")
        hands.press("n")
        page.keyboard.type("I called.")
        hands.to(page.get_by_role("button", name="Add the note"))
        hands.press("Enter")
        hands.hears("Noted.")
        other = Hands(page.context.new_page())
        other.page.goto(page.url)
        other.press("i")
        other.hears("Assigned to you.")
        hands.press("e")
        trouble = page.locator(".trouble")
        hands.at(trouble)
        expect(trouble).to_have_role("alert")
        expect(trouble).to_contain_text("Nothing was done. Since you opened it:")
        expect(trouble).to_contain_text("took it")
        page.goto(other.page.url)
        edit(other, "I called at noon.")
        other.hears("The note is changed.")
        edit(hands, "I called twice.")
        hands.at(trouble)
        hands.to(trouble.get_by_role("link", name="What you typed"))
        hands.press("Enter")
        field = page.locator(".note-edit textarea")
        hands.at(field)
        expect(field).to_have_accessible_name("What you typed")
        expect(field).to_have_accessible_description("I called at noon.")
        hands.type("I called at noon, and again.")
        hands.to(page.locator(".note-edit button"))
        hands.press("Enter")
        hands.hears("The note is changed.")
        expect(page.locator(".event .note-words").last).to_have_text("I called at noon, and again.")


def choose(page: Page, name: str) -> None:
    """By the first letter, which no other choice has, from the list in focus: more of them count only if they hurry."""
    press_key(page, name[0])
    expect(page.locator("select:focus option:checked")).to_have_text(name)


def edit(hands: Hands, words: str) -> None:
    """Change one's own note on the page."""
    summary = hands.page.locator(".note-edit summary").last
    summary.focus()
    hands.press("Enter")
    hands.to(hands.page.locator(".note-edit textarea").last)
    hands.type(words)
    hands.to(hands.page.locator(".note-edit button").last)
    hands.press("Enter")


def sign_in(hands: Hands, pages: Running) -> None:
    page = hands.page
    page.goto(f"{pages.url}/")
    hands.to(page.locator("#email"))
    hands.type("sam@lanterna.example")
    hands.to(page.locator("#password"))
    hands.type(PASSWORD)
    hands.press("Enter")
    page.wait_for_url(f"{pages.url}/")


def work_on_one(hands: Hands) -> None:
    """The anger, whose it is, a note that names somebody, later, and back."""
    page = hands.page
    hands.press("j")
    hands.at(page.locator(".row-link").first)
    hands.press("o")
    page.wait_for_url("**/reviews/*")
    hands.press("!")
    hands.hears("Noted:")
    hands.press("z")
    hands.hears("Taken back")
    hands.press("a")
    pick = page.locator(".owner-pick > summary")
    hands.at(pick)
    hands.to(page.locator("#to"))
    choose(page, "Sam Ortiz")
    hands.to(page.get_by_role("button", name="Assign", exact=True))
    hands.press("Enter")
    hands.hears("Assigned to you.")
    hands.at(pick)  # where it was, and the menu is closed
    hands.press("n")
    hands.at(page.locator("#note-body"))
    page.keyboard.type("She called; @Nobody was there.")
    hands.to(page.get_by_role("button", name="Add the note"))
    hands.press("Enter")
    hands.hears("Noted.")
    expect(page.locator(".event-note").last).to_be_in_viewport()
    hands.press("t")
    hands.at(page.locator("#tag"))
    hands.type("Terrace")
    hands.press("Enter")
    hands.hears("Tagged.")
    hands.press("m")
    hands.at(page.locator("details[data-key=snooze] > summary"))
    hands.press("Tab")
    hands.sees()
    hands.press("Enter")
    hands.hears("Put off until")
    hands.at(page.get_by_role("button", name="Bring it back"))
    hands.to(page.get_by_role("button", name="Undo"), "Shift+Tab")
    hands.press("Enter")
    hands.hears("Taken back")


def on_to_the_next(hands: Hands) -> None:
    """Done leads on; undo leads back; the list has the focus on the row one comes from."""
    page = hands.page
    first = page.url
    hands.press("e")
    page.wait_for_url(lambda url: url != first)
    hands.hears("Done.")
    hands.press("z")
    page.wait_for_url(first)
    hands.hears("Taken back")
    hands.press("j")
    page.wait_for_url(lambda url: url != first)
    number = page.url.partition("?")[0].rpartition("/")[2]
    hands.press("u")
    page.wait_for_url(f"**/#review-{number}")
    hands.at(page.locator(f"#review-{number} .row-link"))


def several_at_once(hands: Hands) -> None:
    """Two are ticked and given back after the question; the focus is on the row after them."""
    page = hands.page
    ids = page.locator(".row").evaluate_all("rows => rows.map(row => row.id)")
    at = ids.index(page.url.partition("#")[2])
    hands.press("x", "j", "x")
    expect(page.locator(".bulk-count")).to_contain_text("2 selected")
    hands.press("Tab", "Tab", "Tab")
    hands.sees()  # the bar of what can be done with them lies over no row that has the focus
    hands.press("i")
    hands.at(page.get_by_role("button", name="Yes, all of them"))
    hands.press("Enter")
    page.wait_for_url(f"**#{ids[at + 2]}")
    hands.hears("2 cases: Assigned to you.")
    hands.at(page.locator(f"#{ids[at + 2]} .row-link"))
    hands.press("z")
    hands.hears("Taken back")


def a_list_of_ones_own(hands: Hands) -> None:
    """A search is kept under a name and stands in the column."""
    page = hands.page
    hands.press("/")
    hands.at(page.locator("#q"))
    hands.type("soup")
    hands.press("Enter")
    page.wait_for_url("**q=soup**")
    hands.press("Tab", "Enter")
    hands.to(page.locator(".save summary"))
    hands.press("Enter")
    hands.to(page.locator("#list-name"))
    hands.type("Soup")
    hands.press("Enter")
    hands.hears("It stands in the column")
    expect(page.locator(".view-saved")).to_contain_text("Soup")


def ones_own_keys(hands: Hands) -> None:
    """From the help to the page of keys: one is changed and counts at once, then all are switched off."""
    page = hands.page
    hands.press("?")
    help_ = page.locator("#keys")
    expect(help_).to_be_visible()
    hands.sees()
    hands.to(help_.get_by_role("link", name="Change them or switch them off"))
    hands.press("Enter")
    page.wait_for_url("**/account/keys")
    hands.press("Tab", "Enter")
    hands.to(page.locator("#next"))
    hands.type("k")
    hands.press("Enter")
    hands.at(page.locator("#next[aria-invalid=true]"))  # two alike: it says so where it has to be mended
    hands.type("w")
    hands.press("Enter")
    hands.hears("Your keys are saved.")
    hands.to(page.get_by_role("link", name="Everything"), "Shift+Tab")
    hands.press("Enter")
    page.wait_for_url("**view=all")
    hands.press("w")
    hands.at(page.locator(".row-link").first)
    page.go_back()
    hands.press("Tab", "Enter")
    hands.to(page.locator("input[name=on]"))
    hands.press("Space", "Enter")
    hands.hears("single keys do nothing any more")
    hands.press("g", "e", "w", "?")
    expect(page).to_have_url(re.compile("/account/keys"))
    expect(page.locator("#keys")).to_have_count(0)
