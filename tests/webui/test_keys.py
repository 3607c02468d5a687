"""Single keys: what they are, how a person changes them or switches them off, and what cannot be."""

from __future__ import annotations

import json

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from webui.keys import KEYS, clashes, kept, of, read

from .html import Page
from .posting import post

FIRST = {name: key.pressed for name, key in KEYS.items()}


def pressed(client: FlaskClient) -> dict[str, str]:
    """The keys that the script of a page would listen to."""
    found: dict[str, str] = json.loads(Page(client.get("/")).one("#keys").attrs["data-keys"])
    return found


def test_every_key_can_be_told_from_every_other() -> None:
    """What everybody starts with has no clash, and is written as a person could type it."""
    assert clashes(FIRST) == {}
    assert {name: read(key) for name, key in FIRST.items()} == FIRST


def test_page_of_keys_works_without_a_script(client: FlaskClient) -> None:
    """Linked from the foot of every page, with every key there is."""
    link = Page(client.get("/")).one(".foot-keys a").attrs["href"]
    lines = Page(client.get(link)).all("main .keys > div")
    assert len(lines) == len(KEYS)
    assert "g then n" in " ".join(line.text for line in lines)


def test_changed_key_is_kept_with_the_person(client: FlaskClient) -> None:
    """The pages listen to the new one, and only what differs is stored."""
    done = post(client, "/account/keys", on="yes", **{**FIRST, "done": "d", "go-now": "hn"})
    assert done.status_code == 303
    assert pressed(client) == {**FIRST, "done": "d", "go-now": "h n"}
    assert Page(client.get("/account/keys")).one("#done").attrs["value"] == "d"
    post(client, "/account/keys", reset="yes")
    assert pressed(client) == FIRST


def test_keys_that_cannot_be_told_apart_are_refused(client: FlaskClient) -> None:
    """Both are named, what was typed stays in the form, and nothing is stored."""
    page = Page(
        post(client, "/account/keys", on="yes", **{**FIRST, "done": "j", "tag": "g", "note": "Enter"}), status=422
    )
    assert page.one("#done-fault").text == "“j” is not free: “To the next row or review” has “j”."
    assert "“Done”" in page.one("#next-fault").text
    assert "“g n”" in page.one("#tag-fault").text
    assert "One character" in page.one("#note-fault").text
    assert page.one("#done").attrs["value"] == "j"
    assert pressed(client) == FIRST


def test_keys_can_be_switched_off(client: FlaskClient) -> None:
    """No page listens then (WCAG 2.1.4); the account page and the page of keys say so."""
    assert post(client, "/account/keys", **FIRST).status_code == 303
    page = Page(client.get("/"))
    assert page.all("#keys") == []
    assert "Single keys are switched off." in Page(client.get("/account")).text
    assert "switched them off" in Page(client.get("/keys")).text


def test_what_was_done_is_told_in_a_region_that_is_always_there(client: FlaskClient) -> None:
    """Those who hear the page hear it: only what comes into a region that was there before is read out."""
    assert Page(client.get("/")).one("#told[role=status]").text == ""
    post(client, "/account/keys", on="yes", **FIRST)
    assert Page(client.get("/account/keys")).one("#told[role=status]").text == "Your keys are saved."


@given(st.dictionaries(st.sampled_from(sorted(KEYS)), st.text(max_size=3)), st.booleans())
def test_what_is_kept_is_what_is_read(changed: dict[str, str], is_on: bool) -> None:
    """Whatever somebody types is refused, or comes back as it was."""
    wanted = FIRST | {name: key for name, given in changed.items() if (key := read(given)) is not None}
    back = of(json.loads(json.dumps(kept(is_on=is_on, pressed=wanted))))
    assert (back.is_on, back.pressed) == (is_on, wanted)
