"""One installation in which everything has happened that a page can show, and the people who look at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from crawlers.standin import StandIn
from db.acting import Actor
from db.alert_outbox import claim_message, drop, record_failed, record_sent
from db.alerting import Found, put_alerts
from db.assignment_rules import When, add_rule
from db.case_acts import ask_not_to_pursue, set_stage, tag
from db.causes import add_starters
from db.factors import set_factor
from db.migrate import upgrade
from db.models import (
    AlertReason,
    AlertRoute,
    Case,
    CaseStage,
    CaseState,
    LinkPurpose,
    Location,
    MailKind,
    Person,
    Review,
    Source,
    SourceHealth,
)
from db.notes import write_note
from db.person_links import make_link
from db.queries.queue import QueueView, queue_page
from db.replies import save_words
from db.reply_flow import approve, submit
from db.roles import Access, Role
from db.saved_replies import Fields, keep_reply
from db.session import make_engine, session_scope
from db.settings import DbSettings
from db.vault import vault_of
from db.webhook_outbox import Outcome, claim_delivery, record_outcome
from tests.browser import is_of_leaving, profile, served
from tests.factories import make_source
from tests.ports import free_port
from tests.webui.seed import seed
from tests.webui.signing import OWNER, PASSWORD, client_of, make_person
from webui import create_app
from webui.cause_lists import STARTERS
from webui.demo_alerts import lay_out_alerts
from webui.demo_causes import lay_out_causes
from webui.demo_follow_ups import lay_out_follow_ups
from webui.demo_offers import lay_out_offers
from webui.demo_people import register
from webui.demo_webhooks import lay_out_webhook
from webui.jobs.purging import erase_review
from webui.mail_links import off_address, way_off_address
from webui.second_factor import totp
from webui.settings import WebSettings
from webui.standin_mode import StandInPlan, write_plan

from .by_hand import take_by_hand

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam

ROWS = 10  # of the queue: one is like the other
VIEWER = Access(everywhere=Role.VIEWER)


@dataclass(frozen=True)
class Asked:
    """An address that the browser asked for."""

    url: str
    is_page: bool  # a page to look at, by GET


@dataclass
class Stage:
    """What scenes need: pages of three people, and what is where."""

    url: str
    empty_url: str  # of an installation without anybody
    app: Flask  # the same pages in this process, for its addresses
    engine: Engine
    data_dir: Path
    standin: StandIn
    people: dict[str, int]
    cases: dict[str, int]  # reviews by what is special about them
    links: dict[str, str]
    called_id: int  # a source that its platform calls
    pages: dict[str, Page] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)  # kinds of menus that have been looked at
    complaints: list[str] = field(default_factory=list)  # of the browser, since the scene began
    asked: list[Asked] = field(default_factory=list)  # every address that was asked for since then

    def actor(self, name: str) -> Actor:
        """Somebody who does something now."""
        return Actor(person_id=self.people[name], name=name, now=datetime.now(UTC))


@contextmanager
def staged(folder: Path, browser: Browser) -> Iterator[Stage]:
    """Fill a folder, serve it, and open a page for each who looks."""
    data_dir, empty_dir = folder / "all", folder / "nobody"
    for one in (data_dir, empty_dir):
        one.mkdir()
        engine = make_engine(f"sqlite:///{one / 'amends.db'}")
        upgrade(engine)
        engine.dispose()
    now = datetime.now(UTC).replace(microsecond=0)
    database = DbSettings(data_dir=data_dir, database_url="", _env_file=None)
    engine = make_engine(database.database_url)
    app = create_app(WebSettings(_env_file=None), engine, database=database)
    seed(engine, now=now)
    with session_scope(engine) as session:
        people, links = _people(session, app, database, now=now)
    with session_scope(engine) as session:
        owner = Actor(person_id=people["owner"], name="Ana Peña", now=now)
        lay_out_webhook(session, f"http://127.0.0.1:{free_port()}/hooks", vault_of(database), by=owner)
    with session_scope(engine) as session:
        cases = _cases(session, people, now=now)
        _hook_log(session, now=now)
        place = session.scalars(select(Location).order_by(Location.id)).first()
        called_id = make_source(session, platform="thefork", location=place, next_crawl_at=now).id
        vault = vault_of(database)
        lay_out_alerts(session, "alerts.example/hook", vault, owner=owner, other_id=people["viewer"])
        _alert_log(session, cases["noted"], called_id, now=now)
        links["way"] = _broken_ways(session, database, now=now)
    erase_review(engine, database, cases["erased"], clock=lambda: now)
    standin = StandIn(anchor=now, port=free_port())
    write_plan(data_dir, StandInPlan(port=standin.port, anchor=now))
    with standin, served(data_dir, page_size=ROWS) as url, served(empty_dir) as empty_url:
        stage = Stage(url, empty_url, app, engine, data_dir, standin, people, cases, links, called_id)
        for who in ("owner", "viewer", "visitor"):
            _open(stage, browser, who)
        yield stage
        for page in stage.pages.values():
            page.context.close()
    engine.dispose()


def _people(
    session: Session, app: Flask, database: DbSettings, *, now: datetime
) -> tuple[dict[str, int], dict[str, str]]:
    register(session, now)
    owner = make_person(session, OWNER, app=app, name="Ana Peña", password=PASSWORD)
    viewer = make_person(session, VIEWER, app=app, name="Vera")
    guarded = make_person(session, OWNER, app=app, name="Gus", password=PASSWORD)
    with app.app_context():
        set_factor(session, guarded, sealed_totp=totp().generate_totp_secret(), sealed_codes="", counter=0)
    people = {"owner": owner.id, "viewer": viewer.id, "guarded": guarded.id}
    links = {"invitation": make_link(session, viewer.id, LinkPurpose.INVITATION, now=now), "guarded": guarded.email}
    address = off_address(WebSettings(_env_file=None), database, owner.id, MailKind.ASSIGNED)
    links["mails"] = address.rpartition("/")[2]
    return people, links


def _cases(session: Session, people: dict[str, int], *, now: datetime) -> dict[str, int]:
    """One case of each kind, far enough down the queue that nobody walks over them."""
    owner = Actor(person_id=people["owner"], name="Ana Peña", now=now)
    vera = Actor(person_id=people["viewer"], name="Vera", now=now)
    add_starters(session, list(STARTERS["restaurant"]), now=now)
    rows = queue_page(session, QueueView.OPEN, limit=60).rows[30:]
    asked, noted, waiting, erased, wordless, late, answered, posted = (row for row in rows[:8])
    _answers(session, answered.case_id, posted.case_id, by=vera, approver=owner)
    add_rule(session, When(topic="waiting"), [owner.person_id], now=now)
    ask_not_to_pursue(session, asked.case_id, "A competitor wrote it.", by=vera)
    write_note(session, noted.case_id, "She called. @Ana Peña, please.", {owner.person_id}, by=vera)
    write_note(session, noted.case_id, "I called back.", set(), by=owner)
    tag(session, [noted.case_id], "terrace", by=owner)
    set_stage(session, [waiting.case_id], CaseStage.WAITING, by=owner, follow_up_at=now)
    lay_out_offers(session, [waiting.case_id] * 5, owner=owner, staff=vera)
    lay_out_follow_ups(session, [row.case_id for row in rows[8:]], owner=owner, approver=vera)
    for review in session.scalars(select(Review).where(Review.id == wordless.review_id)):
        review.title, review.body = "", ""
    changed = queue_page(session, QueueView.CHANGED, limit=1).rows[0]
    mention = session.scalars(select(Case).where(Case.review_id == late.review_id)).one()
    mention.state = CaseState.NOT_US
    for source in session.scalars(select(Source).order_by(Source.id).limit(1)):
        source.health = SourceHealth.SUSPICIOUS
    lay_out_causes(session, left=[row.case_id for row in rows], owner=owner, approver=vera)
    ids = {"asked": asked, "noted": noted, "waiting": waiting, "erased": erased, "wordless": wordless}
    ids |= {"answered": answered, "approved": posted, "changed": changed, "not us": late}
    taken = take_by_hand(session, wordless.review_id, by=owner, now=now)
    return {name: row.review_id for name, row in ids.items()} | {"by hand": taken}


def _hook_log(session: Session, *, now: datetime) -> None:
    """A message that was taken, one that was not, one whose worker was killed; the rest waits."""
    taken, busy = Outcome(status=200, took_ms=31, answer="taken"), Outcome(status=503, took_ms=9, answer="<busy>")
    for outcome in (taken, busy, None):
        claimed = claim_delivery(session, now=now)
        if claimed is not None and outcome is not None:
            record_outcome(session, claimed, outcome, now=now)


def _alert_log(session: Session, review_id: int, source_id: int, *, now: datetime) -> None:
    """Alerts of every reason: a message that was sent, one that was not, one that nobody needs; the rest waits."""
    place_id = session.get_one(Source, source_id).location_id
    facts: dict[AlertReason, dict[str, Any]] = {
        AlertReason.RISK: {"level": "furious", "risks": ["allergy"]},
        AlertReason.SOURCE: {"health": "blocked"},
        AlertReason.SPIKE: {"count": 7, "low": 0, "high": 2, "days": 1, "weeks": 12},
    }
    for turn, reason in enumerate((*AlertReason, *AlertReason)):
        is_of_source = reason in (AlertReason.SOURCE, AlertReason.SPIKE)
        put_alerts(
            session,
            [
                Found(
                    key=f"{reason}:{turn}",
                    reason=reason,
                    location_id=place_id,
                    review_id=None if is_of_source else review_id,
                    source_id=source_id if reason is AlertReason.SOURCE else None,
                    facts=facts.get(reason, {}),
                )
            ],
            now=now,
        )
        claimed = claim_message(session, now=now)
        if claimed is None:
            continue
        if turn % 3 == 0:
            record_sent(session, claimed, now=now)
        elif turn % 3 == 1:
            record_failed(session, claimed, "The service was not reached <b>.", is_final=turn > 6, now=now)
        else:
            drop(session, claimed, claimed.alert_ids, "It was settled before this was sent.", now=now)


def _broken_ways(session: Session, database: DbSettings, *, now: datetime) -> str:
    """The channel of the owner and the mails of the viewer take nothing. Gives what the link of another way ends in."""
    first, other, last = session.scalars(select(AlertRoute).order_by(AlertRoute.id))
    for one in (first, last):
        one.failing_since_at = one.broken_at = now
    address = way_off_address(WebSettings(_env_file=None), database, other.id)
    return address.rpartition("/")[2]


def _answers(session: Session, case_id: int, other_id: int, *, by: Actor, approver: Actor) -> None:
    """One that waits for approval, with something to read, one that is to be posted, and a reply kept for reuse."""
    found = [{"check": "W04", "severity": "warn", "override": "author", "outcome": "failed", "spans": [[0, 4]]}]
    for one in (case_id, other_id):
        saved = save_words(session, one, "I am sorry that you waited.\nAna Peña, owner", seen=0, by=by)
        submit(session, one, seen=saved.version, findings=found, by=by)
    approve(session, other_id, seen=saved.version + 1, by=approver)
    keep_reply(session, None, Fields(name="A long wait", body="I am sorry that you waited. {signature}"), by=by)


def _open(stage: Stage, browser: Browser, who: str) -> None:
    context = profile(browser, locale="en-GB", reduced_motion="reduce", base_url=stage.url)
    if who != "visitor":
        context.add_cookies([_cookie(stage, who)])
    page = context.new_page()
    page.on("console", lambda message: None if is_of_leaving(message.text) else stage.complaints.append(message.text))
    page.on("pageerror", lambda error: stage.complaints.append(str(error)))
    page.on(
        "request", lambda one: stage.asked.append(Asked(one.url, one.is_navigation_request() and one.method == "GET"))
    )
    page.on("dialog", lambda dialog: dialog.accept())  # what was typed is left behind
    stage.pages[who] = page


def _cookie(stage: Stage, who: str) -> SetCookieParam:
    with session_scope(stage.engine) as session:
        person = session.get(Person, stage.people[who])
        assert person is not None
        session.expunge(person)
    cookie = client_of(stage.app, person).get_cookie("amends_session")
    assert cookie is not None
    return {"name": cookie.key, "value": cookie.value, "url": stage.url}


def context_of(stage: Stage, who: str) -> BrowserContext:
    """The profile of somebody."""
    return stage.pages[who].context


def endpoint_of(app: Flask, address: str) -> Any:
    """The view that a GET of this address has asked."""
    path = "/" + address.split("://", 1)[-1].partition("/")[2].partition("?")[0].partition("#")[0]
    try:
        return app.url_map.bind("127.0.0.1").match(path, method="GET")[0]
    except HTTPException:  # there is no such view
        return None
