"""The weekly digest by mail, against a real SMTP server: what arrives, for whom, and how it is stopped."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from crawlers.config import CrawlSettings
from db.kept import Kept, keep
from db.models import CaseState, Location, Person
from db.roles import Access, Role
from db.session import session_scope
from db.settings import DbSettings
from tests.factories import make_case, make_location, make_person, make_review, make_score, make_source
from webui.jobs.digesting import issue_digests
from webui.jobs.mailing import send_mails
from webui.wiring import Services

from .inbox import Inbox, mail_settings
from .inbox import inbox as inbox  # noqa: PLC0414 - the server

MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def services(engine: Engine, database_url: str, data_dir: Any, inbox: tuple[Inbox, int]) -> Services:
    """On the Monday after a week with six reviews at "Lanterna" and one at "Faro"; Ana sees both, Ben the first."""
    with session_scope(engine) as session:
        keep(session, Kept.DIGEST, {}, now=datetime(2026, 1, 1, tzinfo=UTC))
        here, there = make_location(session, name="Lanterna"), make_location(session, name="Faro")
        for number in range(6):
            _review(session, here, number)
        _review(session, there, 7)
        make_person(session, name="Ana")
        make_person(session, name="Ben", access=Access(at={here.id: Role.VIEWER}))
    return Services(
        database=DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None),
        crawl=CrawlSettings(_env_file=None),
        web=mail_settings(inbox[1], base_url="https://desk.lanterna.example"),
        engine=engine,
        scorer=None,  # type: ignore[arg-type]  # nothing is judged here
        clock=lambda: MONDAY,
    )


def _review(session: Any, place: Location, number: int) -> None:
    words = f"Call me, Greta Olafsdottir, at greta@mail.example or +49 30 901820: soup number {number} was cold!"
    source = make_source(session, location=place)
    review = make_review(
        session, source, author_name="Greta Olafsdottir", body=words, published_at=WEDNESDAY, stars=1.0
    )  # fmt: skip
    make_score(session, review, sentences=[{"start": 0, "end": len(words), "anger": 0.9}])
    make_case(session, review, is_flagged=True, state=CaseState.OPEN if number % 2 else CaseState.ANSWERED)


def parts(mail: EmailMessage) -> tuple[str, str]:
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    return str(text.get_content()), str(html.get_content())


def test_each_hears_of_the_places_they_hold(services: Services, inbox: tuple[Inbox, int]) -> None:
    """Once, whichever worker looks; text and page tell the same, and lead to the installation."""
    assert issue_digests(services) == 2
    assert issue_digests(services) == 0
    assert send_mails(services) == 2
    mails = {str(mail["To"]).partition("-")[0]: mail for mail in inbox[0].mails}
    assert mails["ana"]["Subject"] == "4 angry reviews unanswered, rating 1"
    assert mails["ben"]["Subject"] == "3 angry reviews unanswered, rating 1 · Lanterna"
    for name, mail in mails.items():
        text, html = parts(mail)
        assert ("Faro" in text, "Faro" in html) == (name == "ana", name == "ana")
        assert "https://desk.lanterna.example/digest/2026-W48" in text
        for said in ("Angry or furious", "Average stars", "Greta", "901820", "mail.example"):
            assert (said in text) == (said in html) == (said[0] == "A")
        assert "G. O." in text
        links = re.findall(r'href="([^"]+)"', html)
        assert links
        assert all(link.startswith("https://desk.lanterna.example/") for link in links)


def test_one_click_stops_this_mail_and_no_other(
    services: Services, inbox: tuple[Inbox, int], app: Flask, engine: Engine
) -> None:
    """As mail programs do it, without signing in; next Monday it does not come."""
    issue_digests(services)
    send_mails(services)
    (mail,) = [one for one in inbox[0].mails if str(one["To"]).startswith("ben")]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(mail["List-Unsubscribe"]).strip("<>")
    assert address in parts(mail)[0]
    assert address in parts(mail)[1]
    path = address.removeprefix("https://desk.lanterna.example")
    with app.test_client() as program:
        assert program.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    with session_scope(engine) as session:
        off = {one.name: one.mails_off for one in session.query(Person)}
    assert off == {"Ana": [], "Ben": ["digest"]}
    later = Services(**{**vars(services), "clock": lambda: MONDAY + timedelta(days=7)})
    assert issue_digests(later) == 1


def test_ten_workers_send_each_of_them_one(services: Services, inbox: tuple[Inbox, int]) -> None:
    """All looking at the same moment."""
    gate = threading.Barrier(10)

    def work() -> None:
        gate.wait()
        issue_digests(services)
        send_mails(services)

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    send_mails(services)
    assert sorted(str(mail["To"]).partition("-")[0] for mail in inbox[0].mails) == ["ana", "ben"]
