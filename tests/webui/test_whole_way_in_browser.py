"""From an angry review to an answer that is seen at the source: by mouse, by keyboard alone, and on a narrow phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .whole_way import STORIES, WAYS, House, Story, Way, house

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lanterna(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("whole-way"), chromium) as opened:
        yield opened


@pytest.mark.parametrize("way", WAYS)
def test_an_angry_review_is_answered_and_seen(lanterna: House, way: str) -> None:
    """It arrives; staff write, are warned, mend; it is sent back, mended, approved, posted, and seen by a reading."""
    story = STORIES[way]
    with lanterna.opened("Ana", way) as (ana, hers), lanterna.opened("Ben", way) as (ben, his):
        ana.goto("/")
        hers.press(row_of(ana, story).locator(".row-link"))
        ana.wait_for_url("**/reviews/*")
        write_and_mend(ana, hers, story)
        send_back(ben, his, story)
        ana.reload()
        expect(ana.locator("#answer")).to_contain_text("Sent back: Say whose mistake it was.")
        hers.write(ana.locator("#answer-body"), story.better)
        submit(ana, hers)
        approve(ben, his, story, words=story.better)
        lanterna.post(story.better)
        ana.goto("/?view=all")
        expect(row_of(ana, story)).to_contain_text("Posted")
        lanterna.crawl()
        ana.reload()
        expect(row_of(ana, story)).to_contain_text("Live")
    assert [one.text for one in lanterna.standin.arrivals()].count(story.better) == 1


def test_what_is_left_is_counted_in_bytes_where_the_platform_counts_them(lanterna: House) -> None:
    """Google takes 4,096, and an accent two of them."""
    with lanterna.opened("Ana", "mouse") as (ana, hers):
        ana.goto("/")
        hers.press(row_of(ana, STORIES["refused"]).locator(".row-link"))
        ana.wait_for_url("**/reviews/*")
        expect(ana.locator("#answer-count")).to_have_text("4,096 of 4,096 bytes left")
        hers.write(ana.locator("#answer-body"), "é" * 10)
        expect(ana.locator("#answer-count")).to_have_text("4,076 of 4,096 bytes left")
        hers.write(ana.locator("#answer-body"), "")


def test_an_answer_that_the_platform_refuses_comes_back_and_goes_again(lanterna: House) -> None:
    """The queue says so, its page says why; changed and approved anew it goes out and is seen."""
    story = STORIES["refused"]
    with lanterna.opened("Ana", "mouse") as (ana, hers), lanterna.opened("Ben", "mouse") as (ben, his):
        ana.goto("/")
        hers.press(row_of(ana, story).locator(".row-link"))
        ana.wait_for_url("**/reviews/*")
        hers.write(ana.locator("#answer-body"), story.passing)
        expect(ana.locator("#findings .finding-warn")).to_have_count(0)
        submit(ana, hers)
        lanterna.standin.set_moderation("google", polls=0, verdict="rejected", reason="OFF_TOPIC")
        approve(ben, his, story)
        lanterna.post(story.passing)
        lanterna.crawl()
        lanterna.standin.set_moderation("google", polls=0)
        ana.goto("/")  # back among what waits for an answer
        expect(row_of(ana, story)).to_contain_text("Reply not public")
        hers.press(row_of(ana, story).locator(".row-link"))
        expect(ana.locator("#answer .answer-state")).to_have_text("Refused by the platform")
        expect(ana.locator("#answer .answer-trouble")).to_have_text("Its reason: Off topic")
        hers.write(ana.locator("#answer-body"), story.better)
        submit(ana, hers)
        approve(ben, his, story)
        lanterna.post(story.better)
        lanterna.crawl()
        ana.goto("/?view=all")
        expect(row_of(ana, story)).to_contain_text("Live")
    assert [one.text for one in lanterna.standin.arrivals()].count(story.better) == 1


def row_of(page: Page, story: Story) -> Locator:
    return page.locator(".row").filter(has_text=story.review[:24])


def write_and_mend(page: Page, way: Way, story: Story) -> None:
    """The check warns while it is typed, and has nothing left to warn of once the words are better."""
    field, findings = page.locator("#answer-body"), page.locator("#findings")
    way.write(field, story.warned)
    expect(findings.locator(".finding-warn")).to_contain_text(["A plain apology"])  # the model is read
    way.press(page.get_by_role("button", name="Submit for approval"))
    expect(page.locator("#answer .fault")).to_contain_text("Read what is marked")
    way.write(field, story.passing)
    expect(findings.locator(".finding-warn")).to_have_count(0)
    submit(page, way)


def submit(page: Page, way: Way) -> None:
    way.press(page.get_by_role("button", name="Submit for approval"))
    expect(page.locator("#answer .answer-state")).to_have_text("Waiting for approval")


def open_to_approve(page: Page, way: Way, story: Story) -> None:
    """By the list of what waits for approval."""
    page.goto("/?view=approve")
    way.press(row_of(page, story).locator(".row-link"))
    page.wait_for_url("**/reviews/*")
    way.press(page.locator("[data-key=approve]"))


def send_back(page: Page, way: Way, story: Story) -> None:
    open_to_approve(page, way, story)
    way.write(page.locator("#why"), "Say whose mistake it was.")
    way.press(page.get_by_role("button", name="Send back"))
    expect(page.locator(".told")).to_contain_text("Sent back, with your reason.")


def approve(page: Page, way: Way, story: Story, *, words: str = "") -> None:
    open_to_approve(page, way, story)
    if words:
        expect(page.locator("#body")).to_have_value(words)
    way.press(page.get_by_role("button", name="Approve and post"))
    expect(page.locator(".told")).to_contain_text("Approved. It goes out in a moment")
    page.goto("about:blank")  # it looks again by itself once that is over, which would end what is opened then
