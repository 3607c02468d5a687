"""What tests of answers share: a review that can be answered, people with a part in it, and what they send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from db.acting import Actor
from db.models import Case, Reply, Review
from db.replies import reply_of, save_words
from db.reply_flow import approve, submit
from db.vault import open_vault
from tests.factories import NOW, make_case, make_review, make_score, make_source

from .html import Page
from .test_case_page import case_of, form_of, page_of, send

# Passes every check that blocks or warns, to the review that `answerable` makes.
GOOD = (
    "Hello, I am sorry that you waited forty minutes for a table that you had booked, while nobody told you why. "
    "We had seated other guests at it, and we should have told you at the door. "
    "I would like to hear how your evening went on. Please write to me at hello@lanterna.example. "
    "Elena Rossi, restaurant manager"
)
BLOCKED = "Hello {name}, we are sorry that you waited. Elena Rossi, manager"  # B09: unfinished
WARNED = GOOD.replace("I am sorry that you waited", "I am sorry if you waited")  # W01: half an apology
LIFTABLE = GOOD.replace("We had seated", "Please calm down. We had seated")  # B06: an approver may lift it


GOOGLE_KEYS = {"client_id": "a", "client_secret": "b", "refresh_token": "c"}


def answerable(
    session: Session,
    *,
    platform: str = "schemaorg",
    keys: Mapping[str, str] | None = None,
    data_dir: Path | None = None,
    risks: Sequence[Mapping[str, Any]] = (),
    **columns: Any,
) -> Review:
    """An angry review in the queue, with nobody's answer. `keys` of its source are sealed in that data folder."""
    sealed = open_vault(data_dir).seal(keys) if keys and data_dir else ""
    source = make_source(session, platform=platform, sealed_keys=sealed)
    source.location.contact = "hello@lanterna.example"
    columns = {"body": "We waited forty minutes for a table that we had booked.", "language": "en"} | columns
    review = make_review(session, source, **columns)
    make_score(session, review, risks=[dict(one) for one in risks])
    make_case(session, review, is_flagged=True)
    return review


def written(session: Session, review_id: int, by: Actor, body: str = GOOD) -> Reply:
    """With words of this person."""
    case = case_of(session, review_id)
    found = reply_of(session, case.id)
    save_words(session, case.id, body, seen=found.version if found else 0, by=by)
    return the_reply(session, review_id)


def submitted(session: Session, review_id: int, by: Actor, body: str = GOOD, *, lift: str = "") -> Reply:
    """With words that somebody has to approve; `lift` is why, with a block that an approver may lift."""
    reply = written(session, review_id, by, body)
    blocked = {"check": "B06", "severity": "block", "override": "approver", "outcome": "failed", "spans": []}
    findings: list[dict[str, Any]] = [blocked] if lift else []
    submit(session, reply.case_id, seen=reply.version, findings=findings, by=by, lift_reason=lift)
    return the_reply(session, review_id)


def approved(session: Session, review_id: int, by: Actor, approver: Actor, body: str = GOOD) -> Reply:
    """With words that can be posted."""
    reply = submitted(session, review_id, by, body)
    approve(session, reply.case_id, seen=reply.version, by=approver)
    return the_reply(session, review_id)


def the_reply(session: Session, review_id: int) -> Reply:
    case: Case = case_of(session, review_id)
    found = reply_of(session, case.id)
    assert found is not None
    return found


def actor_of(person_id: int, name: str = "Ana") -> Actor:
    """Somebody who did it a minute ago."""
    return Actor(person_id=person_id, name=name, now=NOW - timedelta(minutes=1))


def autosave(client: FlaskClient, review_id: int, body: str, version: int) -> TestResponse:
    """What static/autosave.js sends."""
    form = form_of(page_of(client, review_id), "/answer")
    fields = {"csrf_token": form.find("input[name=csrf_token]").attrs["value"], "version": str(version), "body": body}
    return client.post(form.attrs["action"], data=fields, headers={"X-Autosave": "1"})


def sent(client: FlaskClient, page: Page, end: str, *, status: int = 200, reads: bool = False, **values: str) -> Page:
    """The form of a page whose address ends so; the editor sends to several.

    `reads`: with the tick that the warnings shown are read.
    """
    if reads and page.all("[name=ticked]"):
        values |= {"read": page.one("input[name=read]").attrs["value"], "ticked": "yes"}
    forms = [one for one in page.all("form") if one.attrs["action"].split("?")[0].endswith(end)]
    if forms:
        return send(client, forms[0], status=status, **values)
    form = form_of(page, "/answer")
    hidden = {one.attrs["name"]: one.attrs["value"] for one in form.all("input[type=hidden]")}
    elsewhere = page.all("button[form=answer-form]")  # of the same form, with what they name
    buttons = [*form.all("button"), *elsewhere]
    button = next(one for one in buttons if one.attrs.get("formaction", "").split("?")[0].endswith(end))
    if button in elsewhere:
        values = {button.attrs["name"]: button.attrs["value"]} | values
    answer = client.post(button.attrs["formaction"], data=hidden | values, follow_redirects=True)
    return Page(answer, status=status)
