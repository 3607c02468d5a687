"""How to get to a page in a state that matters. Each way begins anew, so that they can be gone in any order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from playwright.sync_api import Page, Route, expect

from db.gists import save_gist
from db.models import Review
from db.notes import edit_note, notes_of
from db.presence import beat
from db.queries.case_work import case_work
from db.redrafts import Redrafting, set_redrafting, suggest
from db.replies import reply_of, save_words
from db.session import session_scope
from tests.browser import press_key
from tests.webui.signing import PASSWORD
from webui.uploads import State, find, save

from .stage import Stage

CALM = {"check": "B06", "severity": "block", "override": "approver", "outcome": "failed", "spans": [[0, 9]]}


@dataclass(frozen=True)
class Scene:
    """A page in a state. `views`: the views that are asked on the way; those of forms count where they show a page."""

    name: str
    views: tuple[str, ...]
    go: Callable[[Stage, Page], object]
    who: str = "owner"


def at(
    address: str, view: str, name: str = "", *, who: str = "owner", then: Callable[[Page], object] | None = None
) -> Scene:
    """What stands at an address, after something was done there."""

    def go(_: Stage, page: Page) -> None:
        page.goto(address)
        if then:
            then(page)

    return Scene(name or address, (view,), go, who)


def press(page: Page, button: str, /, **fields: str) -> None:
    """Fill fields of the page by their ids, and press a button of the content."""
    for field, value in fields.items():
        page.locator(f"main #{field.replace('__', '-')}").fill(value)
    page.locator("main").get_by_role("button", name=button, exact=True).first.click()


def pressed(button: str, /, **fields: str) -> Callable[[Page], None]:
    return lambda page: press(page, button, **fields)


def review(
    which: str,
    name: str,
    then: Callable[[Stage, Page], object] | None = None,
    *,
    who: str = "owner",
    end: str = "",
    view: str = "review.show",
) -> Scene:
    """The page of one of the cases of the stage, or one below it."""

    def go(stage: Stage, page: Page) -> None:
        page.goto(f"/reviews/{stage.cases[which]}{end}")
        if then:
            then(stage, page)

    return Scene(f"review: {name}", (view,), go, who)


def sign_in_wrongly(page: Page) -> None:
    page.locator("#email").fill("x@x.example")
    page.locator("#password").fill("wrong")
    press_key(page, "Enter")
    expect(page.get_by_role("alert").first).to_be_visible()


def undo_offered(_: Stage, page: Page) -> None:
    page.goto("/?view=waiting")
    press_key(page, "j")
    press_key(page, "i")
    expect(page.locator(".undo")).to_be_visible()


def tick_one(page: Page) -> None:
    page.locator("[data-row-tick]").first.check()
    expect(page.locator(".bulk")).to_be_visible()


def open_help(page: Page) -> None:
    press_key(page, "?")
    expect(page.locator("#keys")).to_be_visible()


def bulk_question(page: Page) -> None:
    for at_ in range(2):
        page.locator("[data-row-tick]").nth(at_).check()
    page.locator(".bulk").get_by_role("button", name="Done").click()
    expect(page.locator(".ask")).to_be_visible()


def go_offline(page: Page) -> None:
    page.context.set_offline(True)
    expect(page.locator(".offline")).to_be_visible()
    page.context.set_offline(False)


def save_list(_: Stage, page: Page) -> None:
    page.goto("/?view=all&q=soup&stars=1")
    page.locator(".save summary").click()
    page.locator("#list-name").fill("Soup, again")
    page.locator(".save button").first.click()
    expect(page.locator(".view-saved a")).to_be_visible()
    page.goto(str(page.locator(".view-saved a").get_attribute("href")))


def somebody_writes(stage: Stage, page: Page) -> None:
    review_id = stage.cases["noted"]
    with session_scope(stage.engine) as session:
        work = case_work(session, review_id)
        assert work is not None
        beat(session, work.id, stage.people["viewer"], is_writing=True, now=datetime.now(UTC))
    page.reload()
    expect(page.locator("#here")).to_contain_text("Vera is writing")


def somebody_faster(stage: Stage, page: Page) -> None:
    """Somebody takes the case while this page is open."""
    other = page.context.new_page()
    other.goto(page.url)
    with other.expect_navigation():
        other.locator(".owner form:not(.menu-panel) button").click()
    other.close()
    page.locator(".acts").get_by_role("button", name="Done").or_(
        page.get_by_role("button", name="Back to do")
    ).first.click()
    expect(page.get_by_role("alert").first).to_contain_text("Nothing was done")
    del stage


def merge_note(stage: Stage, page: Page) -> None:
    """One's own note was changed on another page: both texts."""
    page.locator(".note-edit summary").click()
    page.locator(".note-edit textarea").fill("I called back at noon.")
    by = replace(stage.actor("owner"), now=datetime.now(UTC))
    with session_scope(stage.engine) as session:
        work = case_work(session, stage.cases["noted"])
        assert work is not None
        note = next(one for one in notes_of(session, work.id, reader_id=by.person_id) if one.person_id == by.person_id)
        edit_note(session, work.id, note.id, f"I called back; {by.now}", set(), by=by, seen=note.version)
    page.locator(".note-edit button").click()
    expect(page.locator(".merge")).to_be_visible()


def merge_gist(stage: Stage, page: Page) -> None:
    """Somebody else has told facts and feeling meanwhile."""
    by = replace(stage.actor("viewer"), now=datetime.now(UTC))
    with session_scope(stage.engine) as session:
        found = session.get_one(Review, stage.cases["changed"])
        version = int(page.locator(".gist-form [name=version]").input_value())
        told = {"facts": f"Cold, at {by.now}", "feeling": "Ignored"}
        save_gist(session, found.id, **told, seen_hash=found.content_hash, seen=version, by=by)
    page.locator("#gist-facts").fill("Waited an hour.")
    page.locator(".gist-form button").click()
    expect(page.locator("h1")).to_have_text("Not saved yet")


def refused_note(_: Stage, page: Page) -> None:
    page.locator("#note-body").evaluate("field => { field.value = ' '; field.required = false }")
    press(page, "Add the note")
    expect(page.locator(".trouble")).to_be_visible()


def ask_code(stage: Stage, page: Page, *, code: str = "") -> None:
    page.goto("/sign-in")
    page.locator("#email").fill(stage.links["guarded"])
    page.locator("#password").fill(PASSWORD)
    page.locator("form:has(#password) button").click()
    expect(page.locator("#code")).to_be_visible()
    if code:
        press(page, "Sign in", code=code)


def open_link(stage: Stage, page: Page, *, password: str = "") -> None:
    page.goto(f"/link/{stage.links['invitation']}")
    if password:
        page.locator("#password").fill(password)
        page.locator("#again").fill("another")
        page.locator("main button").first.click()


def open_mail_link(stage: Stage, page: Page) -> None:
    page.goto(f"/mails/{stage.links['mails']}")


def open_way_link(stage: Stage, page: Page, *, turns: str = "") -> None:
    page.goto(f"/alerts/off/{stage.links['way']}")
    if turns:
        page.get_by_role("button", name=turns).click()


def approve_answer(stage: Stage, page: Page) -> None:
    page.goto(f"/reviews/{stage.cases['answered']}/answer/approve")
    review, answer = (one.bounding_box() for one in page.locator(".side-by-side > *").all())
    assert review is not None
    assert answer is not None
    assert review["x"] + review["width"] <= answer["x"], "the answer lies over the review"


def practise(stage: Stage, page: Page, *, is_done: bool = False) -> None:
    """Something to look at in a case of the practice room; then what is said of it."""
    page.goto("/practice/garage-1")
    check_answer(stage, page)
    if is_done:
        press(page, "I am done")
        expect(page.locator(".practice-on")).to_be_visible()


def ask_for_customer(_: Stage, page: Page, *, then: str = "") -> None:
    """Whoever is found first is looked at; then, where asked for, an export of it is made."""
    page.goto("/privacy/people?q=the")
    page.locator("input[name=review]:enabled").first.check()
    press(page, "Show what is held")
    if then:
        press(page, then)


def check_answer(_: Stage, page: Page) -> None:
    page.locator("#answer-body").fill("Take this review down and we will refund your dinner.")
    expect(page.locator("#findings .finding-block").first).to_be_visible()


def suggested(stage: Stage, page: Page, *, end: str = "") -> None:
    """A draft with a model's suggestion beside it; or, at the end of the address, what would be sent to the model."""
    owner, review_id = stage.actor("owner"), stage.cases["changed"]
    model = Redrafting(is_on=True, url="http://127.0.0.1:9/v1", model="small", is_local=True, places=None)
    with session_scope(stage.engine) as session:
        work = case_work(session, review_id)
        assert work is not None
        set_redrafting(session, model, host="127.0.0.1:9", by=owner)
        reply = reply_of(session, work.id)
        saved = save_words(session, work.id, "I am sorry.", seen=reply.version if reply else 0, by=owner)
        facts = {"host": "127.0.0.1:9", "model": "small", "findings": [CALM]}
        suggest(session, work.id, "Calm down.", facts, of=saved.number, by=owner)
    page.goto(f"/reviews/{review_id}{end}")
    expect(page.locator("pre.command" if end else "#suggestion")).to_be_visible()


def open_offers(_: Stage, page: Page) -> None:
    press_key(page, "c")
    expect(page.locator("#offer-why")).to_be_visible()


def open_numbers(page: Page) -> None:
    for one in page.locator(".chart summary").all():
        one.click()
    expect(page.locator(".chart-table").first).to_be_visible()


def show_slip(stage: Stage, page: Page, *, to_till: bool = False) -> None:
    page.goto(f"/reviews/{stage.cases['waiting']}")
    page.get_by_role("link", name="Slip to print").click()
    code = page.locator(".slip-code").inner_text()
    if to_till:
        page.goto(f"/redeem/{code}")


def first_visit(stage: Stage, page: Page, *, name: str = "") -> None:
    page.goto(f"{stage.empty_url}/welcome")
    if name:
        page.locator("main form").evaluate("form => { form.noValidate = true }")
        press(page, page.locator("main button").first.inner_text(), name=name, email="x", password="short")


def upload(stage: Stage, page: Page, *, end: str = "") -> None:
    """Pasted text, as far as the preview; then stored, or under way in the hands of a worker."""
    page.goto("/import")
    page.locator("#text").fill("Rating: 1/5\nThe soup was cold and nobody came.\n\nRating: 5/5\nLovely terrace.\n")
    if page.locator("#place").count():
        page.locator("#place").fill("Harbour Grill")
    page.locator("main button").first.click()
    page.wait_for_url("**/import/*")
    if end == "stored":
        page.locator("button[value=store]").click()
        expect(page.locator("button[value=store]")).to_have_count(0)
    if end == "under way":
        kept = find(stage.data_dir, page.url.rpartition("/")[2], now=datetime.now(UTC))
        assert kept is not None
        save(stage.data_dir, replace(kept, state=State.WORKING, done=400, left=1000))
        page.route(page.url, _comes_once)
        page.reload()
        page.unroute(page.url)
        save(stage.data_dir, kept)


def _comes_once(route: Route) -> None:
    """The page without the header that has it come again by itself."""
    answer = route.fetch()
    route.fulfill(response=answer, headers={name: one for name, one in answer.headers.items() if name != "refresh"})


def look_at_page(stage: Stage, page: Page) -> None:
    page.goto("/sources/new")
    press(page, "Look at it", url=f"{stage.standin.base_url}/trattoria/reviews")
    expect(page.locator("h1")).to_have_text("This can be read")


def ask_consent(stage: Stage, page: Page, *, ref: str | None = None) -> None:
    site = stage.standin.api_site("google")
    page.goto("/sources/new/platform/google")
    page.locator("#place_ref").fill(site.ref if ref is None else ref)
    for name, value in site.keys.items():
        if name != "refresh_token":
            page.locator(f"#key-{name}").fill(value)
    page.get_by_role("button", name="Connect with").click()
    expect(page.get_by_role("link", name="Go on to")).to_be_visible()


def refuse_consent(stage: Stage, page: Page) -> None:
    ask_consent(stage, page)
    page.get_by_role("link", name="Go on to").click()
    page.get_by_role("link", name="Refuse").click()
    expect(page.locator("h1")).to_contain_text("You said no")


def choose_place(stage: Stage, page: Page) -> None:
    ask_consent(stage, page, ref="")
    page.get_by_role("link", name="Go on to").click()
    page.get_by_role("link", name="Allow", exact=True).click()
    expect(page.get_by_role("radio")).to_have_count(3)
    page.get_by_role("button", name="Test connection").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose one")


def make_hook(stage: Stage, page: Page) -> None:
    page.goto(f"/sources/{stage.called_id}/edit")
    press(page, "Make a new address")
    expect(page.locator("#address")).to_be_visible()


def invite_nobody(page: Page) -> None:
    page.locator("main form").first.evaluate("form => { form.noValidate = true }")
    press(page, "Make the invitation", name="", email="nobody")


def invite(_: Stage, page: Page) -> None:
    page.goto("/people/new")
    page.locator("[name=everywhere]").select_option("staff")
    press(page, "Make the invitation", name="Nina Roth", email=f"nina-{datetime.now(UTC).timestamp()}@lanterna.example")
    expect(page.locator("h1")).not_to_have_text("Invite somebody")


def show_secret(_: Stage, page: Page) -> None:
    """A new secret, on the page that shows it once."""
    page.goto("/webhooks/1")
    page.get_by_role("button", name="Make a new secret").click()
    page.locator("#secret").wait_for()


def refuse_way(page: Page) -> None:
    """An address that leads nowhere public, no reason, and half of the quiet hours."""
    page.locator("[name=channel][value=service]").check()
    for one in page.locator("[name=reason]:visible").all():
        one.uncheck()
    press(page, "Add it", address="file:///etc/passwd", quiet_from="22:00")
    expect(page.get_by_role("alert")).to_be_visible()
