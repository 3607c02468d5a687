"""Whatever leaves by itself or as a file names no guest: every mail, alert, message, export and answer of the API.

The name stands in each text that a person may write into a case. A kind of mail, an alert, an operation that reads or a
file that is added without being walked here fails the test as well.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from flask import Flask
from sqlalchemy import Engine

from db.acting import Actor
from db.alert_contents import AlertLine, AlertMessage
from db.alert_routes import RouteRow
from db.causes import add_cause, choose_cause
from db.complaints import Noted, take_complaint
from db.contacts import log_contact
from db.improvements import Plan, open_improvement
from db.mail_contents import BrokenWayContent, CasesContent, DigestContent, DueMail, ImprovementContent, NoteContent
from db.models import (
    AlertReason,
    Case,
    Channel,
    MailKind,
)
from db.notes import write_note
from db.queries.improvements import improvement_row
from db.queries.rows import rows_of
from db.roles import Access, Role
from db.scopes import Scope
from db.session import session_scope
from db.webhook_outbox import Claimed, case_facts
from tests.db.offer_hands import made_offer
from tests.factories import (
    NOW,
    make_case,
    make_location,
    make_reply,
    make_review,
    make_revision,
    make_score,
    make_source,
)
from tests.flow.running import Home
from webui import views
from webui.alert_texts import alert_mail, alert_text
from webui.api.door import OPERATIONS
from webui.digest.message import digest_message
from webui.settings import WebSettings
from webui.staff_mails import CASES, staff_mail
from webui.webhook_bodies import message_body

from .api_hands import program
from .posting import form_token
from .signing import signed_in
from .test_figures_page import NAMES

NAME: Final = "Zdenka Quatermain-Obrist"
PARTS: Final = ("zdenka", "quatermain", "obrist")
SAID: Final = (
    f"{NAME} here. I, Zdenka, waited an hour! They laughed at ZDENKA QUATERMAIN-OBRIST; nobody called Quatermain back. "
    "zdenka quatermain will not return. Ask for Obrist's bill. Signed: Zdenka Q."
)
OFF: Final = "https://desk.example/mails/off"
WAY: Final = RouteRow(
    name="Chat of Lanterna", id=1, person_id=1, person_name="Ana", service="slack", is_on=True, failing_since_at=NOW,
    broken_at=NOW, sent_at=None, trouble="It refused the message (401).",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One case of everything."""

    place_id: int
    case_id: int
    review_id: int
    complaint_id: int
    offer_id: int
    note_id: int
    improvement_id: int
    person_id: int


@pytest.fixture
def told(app: Flask, engine: Engine, now: datetime) -> Told:
    """A guest whose name stands wherever somebody may have written it."""
    who = program(app).person_id
    with session_scope(engine) as session:
        by = Actor(person_id=who, name="Ana Ruiz", now=now)
        place = make_location(session, name="Lanterna")
        source = make_source(session, location=place)
        at = now - timedelta(days=5)
        review = make_review(session, source, author_name=NAME, title=SAID[:80], body=SAID, published_at=at, stars=1.0)
        make_revision(session, review, title=SAID[:80], body=SAID)
        whole = [{"start": 0, "end": len(f"{review.title}\n{SAID}") - 1, "anger": 0.9}]
        make_score(session, review, anger_level="furious", sentences=whole, reasons=[f"“{NAME}” is angry"])
        case = make_case(session, review, is_flagged=True)
        offer = made_offer(session, case.id, by=by)
        offer.description, offer.reason, offer.exception_reason = SAID[:100], f"{NAME} waited", f"Obrist: {SAID}"
        offer.month, offer.approved_at, offer.outside = f"{now:%Y-%m}", now - timedelta(days=4), ["range"]
        make_reply(session, case, body=f"Dear {NAME}, dear Zdenka", sent_back_reason="Quatermain is not her name")
        note_id = write_note(session, case.id, SAID, [], by=by)
        cause = add_cause(session, "Waiting", words={}, now=now)
        choose_cause(session, case.id, cause.id, "Waiting", by=by, shown=None)
        plan = Plan(
            title="Answer the telephone: +39 010 555 0142", owner_id=who, due_on=(now + timedelta(days=9)).date()
        )
        improvement = open_improvement(session, place.id, cause.id, plan, by=by)
        noted = Noted(channel=Channel.PHONE, words=SAID, name=NAME, contact="zdenka.quatermain@obrist.example")
        complaint_id = take_complaint(session, place.id, noted, by=by)
        log_contact(session, case.id, channel=Channel.PHONE, happened_at=now, said=SAID, agreed=SAID, by=by)
        return Told(
            place_id=place.id,
            case_id=case.id,
            review_id=review.id,
            complaint_id=complaint_id,
            offer_id=offer.id,
            note_id=note_id,
            improvement_id=improvement.id,
            person_id=who,
        )


def named_in(text: str) -> list[str]:
    """Parts of the name that stand there, in whatever case."""
    return [part for part in PARTS if part in text.casefold()]


def mails(engine: Engine, told: Told, settings: WebSettings, now: datetime) -> Iterator[tuple[MailKind, str]]:
    """Every kind of mail, as it is sent."""
    with session_scope(engine) as session:
        case_ids = [told.case_id, session.query(Case.id).filter_by(review_id=told.complaint_id).one()[0]]
        cases = CasesContent(rows=tuple(rows_of(session, case_ids)), count=2, facts={})
        row = improvement_row(session, told.improvement_id)
        assert row is not None
        note = NoteContent(
            note_id=told.note_id, writer="Ana", body=SAID, author_name=NAME, review_id=told.review_id, location_name="X"
        )
        contents: dict[MailKind, Any] = dict.fromkeys(CASES, cases) | {
            MailKind.MENTION: note,
            MailKind.NOTE: note,
            MailKind.IMPROVEMENT: ImprovementContent(row=row, by="Ana"),
            MailKind.BROKEN_WAY: BrokenWayContent(row=WAY),
            MailKind.DIGEST: DigestContent(week=f"{now:%G-W%V}", access=Access(everywhere=Role.OWNER)),
        }
        for kind, content in contents.items():
            mail = DueMail(
                batch="b",
                kind=kind,
                person_id=1,
                name="Ana",
                email="a@b.example",
                language="en",
                absent=(),
                content=content,
            )
            if kind is MailKind.DIGEST:
                made = digest_message(session, settings, mail, content, off=OFF, now=now)
            else:
                made = staff_mail(settings, mail, off=OFF, now=now)
            texts = [str(part.get_content()) for part in made.walk() if part.get_content_maintype() == "text"]
            yield kind, "\n".join([str(made["Subject"]), *texts])


def test_mails_and_alerts(engine: Engine, told: Told, settings: WebSettings, now: datetime) -> None:
    """Each kind there is; what they tell besides is there."""
    found = dict(mails(engine, told, settings, now))
    assert set(found) == set(MailKind)
    for kind, text in found.items():
        assert not named_in(text), (kind, text)
        assert "Lanterna" in text or kind in (MailKind.MENTION, MailKind.NOTE)
    assert "Z. Q. O. here" in found[MailKind.NOTE]
    assert "Z. Q. O." in found[MailKind.DIGEST]
    assert "010 555" not in found[MailKind.IMPROVEMENT] + found[MailKind.DIGEST]
    with session_scope(engine) as session:
        rows = rows_of(session, [told.case_id])
    facts = {"count": 7, "low": 0, "high": 2, "days": 1, "weeks": 12, "health": "failing"}
    for reason in AlertReason:
        place: dict[str, Any] = {"location_name": "Lanterna", "location_slug": "lanterna", "timezone": "UTC"}
        line = AlertLine(reason=reason, facts=facts, found_at=now, row=rows[0], may_quote=True, **place)
        message = AlertMessage(name="Ana", email="a@b.example", language="en", lines=[line], dropped={}, put_off={})
        for is_mail in (False, True):
            written = alert_text(settings, message, is_mail=is_mail, has_words=True, is_unsure=False, now=now)
            mail = alert_mail(settings, message, written, batch="b", off="https://desk.example/off", now=now)
            whole = f"{written.title}\n{written.body}\n{mail.get_content()}"
            assert not named_in(whole), (reason, whole)
            assert "waited an hour" in whole or reason not in (AlertReason.RISK, AlertReason.FURIOUS)


def test_messages_to_other_programs(engine: Engine, told: Told, settings: WebSettings, now: datetime) -> None:
    """Initials, and the contact masked, of a review and of a complaint."""
    for review_id in (told.review_id, told.complaint_id):
        with session_scope(engine) as session:
            case_id = session.query(Case.id).filter_by(review_id=review_id).one()[0]
            facts = case_facts(session, case_id)
        claimed = Claimed(
            delivery_id=1, attempt_id=1, token="t", hook_id=1, name="m", kind="case.opened", happened_at=now,
            case_id=case_id, facts={},
        )  # fmt: skip
        body = message_body(settings, claimed, facts, is_named=False).decode()
        assert not named_in(body), body
        assert "Z. Q. O." in body


# What each file that the pages give out is asked with. The others hold on purpose what is asked for by name: all that
# is held of one customer (Art. 15 GDPR), and the rows of one's own file that were refused.
FILES: Final = {
    "charts": [f"/figures/{name}.csv" for name in NAMES],
    "customers": ["customers", "cases"],
    "digest": ["/digest/{week}/file.txt", "/digest/{week}/file.html", "/digest/{week}/file.json"],
    "offer_ledger": ["/places/{place}/offers.csv?month=all"],
}
BY_NAME: Final = {"imports", "privacy_people"}


def test_files(app: Flask, told: Told, now: datetime) -> None:
    """By an owner, who may see everything; with names only where they tick that they want them."""
    with_files = {
        path.stem
        for path in Path(inspect.getfile(views)).parent.glob("*.py")
        if "attachment; filename" in path.read_text(encoding="utf-8")
    }
    assert with_files == set(FILES) | BY_NAME
    owner = signed_in(app)
    for name, addresses in FILES.items():
        for address in addresses:
            if name == "customers":
                got = owner.post("/customers/export", data={"csrf_token": form_token(owner), "what": address})
            else:
                got = owner.get(address.format(week=f"{now:%G-W%V}", place=told.place_id))
            assert got.status_code == 200, address
            text = got.get_data(as_text=True)
            assert len(text) > 12, address  # the heading of a file of nothing
            assert not named_in(text), (address, text)
    given = {"csrf_token": form_token(owner), "what": "cases", "contacts": "yes"}
    assert "Quatermain" in owner.post("/customers/export", data=given).text
    approver = signed_in(app, Access(everywhere=Role.APPROVER))
    assert 'name="contacts"' not in approver.get("/customers").text
    assert 'name="contacts"' in owner.get("/customers").text
    refused = approver.post("/customers/export", data={**given, "csrf_token": form_token(approver)})
    assert refused.status_code == 403


def test_answers_of_the_api(app: Flask, told: Told) -> None:
    """Every operation that reads, by a token without read:contacts; with it the name is there."""
    less = program(app, scopes=set(Scope) - {Scope.READ_CONTACTS, Scope.WRITE_ANSWERS})
    whole = program(app)
    named: set[str] = set()
    for one in OPERATIONS.values():
        if one.method != "GET":
            continue
        for review_id in (told.review_id, told.complaint_id):
            things = {"review_id": review_id, "offer_id": told.offer_id, "place_id": told.place_id}
            path = one.path.removeprefix("/api/v1").format(**things) + ("?view=all" if one.id == "list_cases" else "")
            got = less.ask("GET", path)
            assert got.status_code == 200, path
            assert not named_in(got.text), (path, got.text)
            if named_in(whole.ask("GET", path).text):
                named.add(one.id)
    assert named == {"list_reviews", "get_review", "get_case", "list_offers", "get_offer", "get_answer"}


def test_queue_on_the_command_line(told: Told, database_url: str, data_dir: Path) -> None:
    """As JSON; with --unmasked as it was written."""
    home = Home(data_dir, {"AMENDS_DATABASE_URL": database_url})
    masked = home.queue("--all")
    assert {one["id"] for one in masked} == {told.review_id, told.complaint_id}
    assert not named_in(str(masked)), masked
    assert NAME in str(home.queue("--all", "--unmasked"))


def test_nothing_of_it_is_logged(
    app: Flask, engine: Engine, told: Told, settings: WebSettings, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither when mails are written nor when pages and the API are asked."""
    with caplog.at_level("DEBUG"):
        dict(mails(engine, told, settings, now))
        signed_in(app).get(f"/reviews/{told.review_id}")
        program(app).ask("GET", f"/cases/{told.review_id}")
    assert not named_in(caplog.text)
