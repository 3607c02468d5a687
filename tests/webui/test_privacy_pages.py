"""The map of what is kept, a customer who asks, and cases that must be kept: as an owner meets them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from crawlers.config import CrawlSettings
from db import audit
from db.acting import Actor
from db.attachments import NewAttachment, attach
from db.complaints import Noted, take_complaint
from db.keeping import keeping, months_before
from db.models import AttachmentKind, Case, Channel, LegalHold, PrivacyWish, Review, Source
from db.notes import write_note
from db.personal import HELD
from db.roles import Access, Role
from db.session import session_scope
from tests.factories import NOW, make_case, make_location, make_review, make_score, make_source
from webui.jobs.keeping import pseudonymise_old
from webui.notices import NOTICES
from webui.pages import KEY, Pages
from webui.privacy_words import COLUMNS, KINDS, SEEN_BY
from webui.wiring import Services

from .html import Page
from .posting import form_token
from .signing import make_person, signed_in

GUEST = "Zoë Quillfeather"
PHONE = "+39 010 555 0142"


@pytest.fixture
def guest(app: Flask, engine: Engine) -> list[int]:
    """The ids of two reviews and a complaint of one guest, at two places; a third review names her only."""
    with session_scope(engine) as session:
        here, there = make_location(session, name="Here"), make_location(session, name="There")
        source = make_source(session, location=here, basis_note="They wrote to the world")
        by = Actor(person_id=make_person(session, app=app).id, name="Ana", now=NOW)
        mine = [
            make_review(session, source, author_name=GUEST, author_ref="zq-77", title="<b>Cold</b>", body="Soup & all"),
            make_review(session, source, author_name="Z. Q.", author_ref="zq-77", body="Again cold."),
        ]
        for review in mine:
            make_score(session, review)
            case = make_case(session, review)
            write_note(session, case.id, f"{GUEST} called from {PHONE}.", [], by=by)
        page = NewAttachment(kind=AttachmentKind.MAIL, media_type="text/plain", name="../../mail.txt", data=b"Dear all")
        attach(session, mine[0].id, [page], by=by)
        other = make_review(session, source, author_name="Ben", body=f"I sat beside {GUEST}.")
        make_case(session, other)
        noted = Noted(channel=Channel.PHONE, words="Cold soup", name="Somebody", contact="0039-010/5550142")
        taken = take_complaint(session, there.id, noted, by=by)
        return [*(one.id for one in mine), taken, other.id]


@pytest.fixture
def services(app: Flask) -> Services:
    """What the job needs; nothing is judged here."""
    parts: Pages = app.extensions[KEY]
    scorer: Any = None
    return Services(
        database=parts.database,
        crawl=CrawlSettings(_env_file=None),
        web=parts.settings,
        engine=parts.engine,
        scorer=scorer,
        clock=parts.clock,
    )


def send(client: FlaskClient, address: str, **fields: str | list[str]) -> TestResponse:
    """The answer to a form, whatever the role of its sender."""
    token = form_token(client)
    return client.post(address, data={"csrf_token": token, **fields})


def _found(page: Page) -> dict[int, bool]:
    """The reviews that are offered, and whether they are ticked."""
    return {int(box.attrs["value"]): "checked" in box.attrs for box in page.all("input[name=review]")}


def test_every_kind_and_column_has_words() -> None:
    """On the map and in exports; none is left over."""
    assert set(KINDS) == set(SEEN_BY) == {held.kind for held in HELD}
    named = {name for held in HELD for name in (*held.columns, *held.told) if name != "data"}
    assert set(COLUMNS) == named | {"reason", "lift", "description"}
    assert set(NOTICES) == {"en", "de", "fr", "es"}


def test_customer_is_found_told_and_forgotten(client: FlaskClient, engine: Engine, guest: list[int]) -> None:
    """By name, by account, by a number however it is written; then the file, then the end of it, with a receipt."""
    first, second, taken, names_her = guest
    assert _found(Page(client.get("/privacy/people?q=zoë quillfeather"))) == {
        first: True,
        second: True,
        names_her: False,
    }
    assert _found(Page(client.get("/privacy/people?q=zq-77"))) == {first: True, second: True}
    by_phone = _found(Page(client.get("/privacy/people?q=%2B39 (010) 555-0142")))
    assert by_phone == {taken: True, first: False, second: False}
    assert "Enter at least" in Page(client.get("/privacy/people?q=x"), status=422).one("main").text
    page = Page(client.get("/privacy/people?q=zq-77"))
    assert "<b>Cold</b>" in page.one("main").text, "escaped"
    ticked: dict[str, str | list[str]] = {"review": [str(first), str(second)], "language": "de"}
    looked = Page(send(client, "/privacy/people/look", **ticked))
    assert "2" in looked.find("dl.facts").text
    refused = Page(send(client, "/privacy/people/erase", word="yes", **ticked), status=422)
    assert "Nothing was erased" in refused.one("#word-fault").text

    made = send(client, "/privacy/people/export", **ticked)
    receipt = Page(client.get(made.headers["Location"]))
    address = receipt.one("a[download]").attrs["href"]
    with zipfile.ZipFile(io.BytesIO(client.get(address).data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        html, data = archive.read("read-me.html").decode(), json.loads(archive.read("data.json"))
        assert [name for name in names if ".." in name or name.startswith("/")] == []
        assert archive.read(next(name for name in names if name.startswith("attachments/"))) == b"Dear all"
    assert "&lt;b&gt;Cold&lt;/b&gt;" in html
    assert "<script" not in html
    assert 'lang="de"' in html
    held = {(record["kind"], record.get("body")) for one in data["reviews"] for record in one["records"]}
    assert {("review", "Soup & all"), ("review", "Again cold."), ("note", f"{GUEST} called from {PHONE}.")} <= held
    assert "Ana" not in json.dumps(data), "those who work here are no data of the customer"

    done = send(client, "/privacy/people/erase", word=" Erase ", **ticked)
    receipt = Page(client.get(done.headers["Location"]))
    assert GUEST not in receipt.source
    with session_scope(engine) as session:
        erased = session.scalars(select(Review).where(Review.id.in_([first, second]))).all()
        assert {(one.author_name, one.body, one.erased_for) for one in erased} == {("", "", "request")}
        kinds = [entry.kind for entry in audit.lines(session)][-3:]
        assert kinds == ["access_granted", "access_given", "erasure_granted"]
        told = " ".join(audit.canonical(entry) for entry in audit.lines(session))
        assert GUEST not in told
        assert audit.verify(session).broken_at is None
    assert _found(Page(client.get("/privacy/people?q=zq-77"))) == {}


def test_export_ends_after_a_day_and_is_for_owners(
    app: Flask, client: FlaskClient, engine: Engine, guest: list[int]
) -> None:
    """Another owner of one place gets neither it nor what is at other places; nobody gets it later."""
    made = send(client, "/privacy/people/export", review=[str(guest[0])], language="en").headers["Location"]
    with session_scope(engine) as session:
        place_id = session.scalars(select(Source.location_id).where(Source.basis_note.startswith("They"))).one()
    one_place = signed_in(app, Access(at={place_id: Role.OWNER}))
    assert one_place.get(f"{made}/export.zip").status_code == 404
    assert signed_in(app, Access(everywhere=Role.APPROVER)).get(f"{made}/export.zip").status_code == 403
    theirs = Page(one_place.get("/privacy/people?q=0039-010/5550142"))
    assert guest[2] not in _found(theirs)
    assert send(one_place, "/privacy/people/look", review=[str(guest[2])]).status_code == 404
    with session_scope(engine) as session:
        session.scalars(select(PrivacyWish)).one().expires_at = NOW - timedelta(minutes=1)
    assert client.get(f"{made}/export.zip").status_code == 404


def test_case_is_kept_for_a_legal_reason(app: Flask, client: FlaskClient, engine: Engine, guest: list[int]) -> None:
    """With a reason, by an owner; nothing erases it meanwhile."""
    address = f"/reviews/{guest[0]}"
    assert Page(send(client, f"{address}/hold", reason=" "), status=422).all("#hold-reason")
    assert send(client, f"{address}/hold", reason="Their lawyer wrote").status_code == 303
    kept = Page(client.get(address))
    assert "Their lawyer wrote" in kept.one("#record").text
    assert "keeps this case for a legal reason" in kept.source
    assert not kept.all("form.erase")
    assert "Their lawyer wrote" in Page(client.get("/privacy")).one("main").text
    assert _found(Page(client.get("/privacy/people?q=zq-77")))[guest[0]] is False
    ticked: dict[str, str | list[str]] = {"review": [str(one) for one in guest[:2]], "word": "erase"}
    assert "legal reason" in Page(send(client, "/privacy/people/erase", **ticked), status=422).one("main").text
    send(client, f"{address}/erase", asked="yes")
    with session_scope(engine) as session:
        assert {one.erased_for for one in session.scalars(select(Review))} == {""}
        source_id = session.get_one(Review, guest[0]).source_id
    refused = Page(send(client, f"/sources/{source_id}/remove", reviews="delete"), status=422)
    assert "kept for a legal reason" in refused.one("main").text
    staff = signed_in(app, Access(everywhere=Role.APPROVER))
    assert send(staff, f"{address}/hold/lift").status_code == 403
    assert send(client, f"{address}/hold/lift").status_code == 303
    with session_scope(engine) as session:
        assert session.scalars(select(LegalHold)).all() == []


def test_map_reads_what_is_set(
    app: Flask, client: FlaskClient, engine: Engine, services: Services, now: datetime
) -> None:
    """The months, of all and of one source; what goes by that, and then does go; the notice with both."""
    with session_scope(engine) as session:
        source = make_source(session, basis_note="They wrote to the world")
        old = make_review(session, source, published_at=months_before(now, 25))
        make_case(session, old)
        source_id, old_id = source.id, old.id
    page = Page(client.get("/privacy"))
    assert "1 review on" in page.one("main").text
    assert "They wrote to the world" in page.one(f"#source-{source_id}").text
    assert "24 months" in page.find("textarea[lang=en]").text
    assert "24 Monate" in page.find("textarea[lang=de]").text
    assert Page(send(client, "/privacy/keeping", months="0"), status=422).all("#months-fault")
    send(client, "/privacy/keeping", months="36")
    send(client, "/privacy/keeping", months="6", source=str(source_id))
    changed = Page(client.get("/privacy"))
    assert changed.one("#months").attrs["value"] == "36"
    assert changed.one(f"#source-{source_id} input[name=months]").attrs["value"] == "6"
    assert pseudonymise_old(services, within_s=60) == 0, "the first run begins two weeks of notice"
    with session_scope(engine) as session:
        begins_on = keeping(session).begins_on
    assert begins_on is not None
    assert re.search(rf"1 review on {begins_on.day} ", Page(client.get("/privacy")).one("main").text)
    with session_scope(engine) as session:
        assert session.get_one(Review, old_id).body
    mine = signed_in(app, Access(at={1: Role.OWNER}))
    assert not Page(mine.get("/privacy")).all("#months")
    assert send(mine, "/privacy/keeping", months="12").status_code == 403
    case = f"/reviews/{old_id}"
    assert Case.__tablename__ in page.source
    assert client.get(case).status_code == 200
