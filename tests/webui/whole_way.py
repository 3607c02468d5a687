"""What the walk of an answer needs: a house, guests who are about to write, a worker, and three ways to use the pages.

The platform is the stand-in, asked over HTTP; reading, judging and posting are done by the jobs that a worker does.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import Engine, select, update

from crawlers.standin import StandIn
from crawlers.standin.loading import SHIPPED_DATA
from db.migrate import upgrade
from db.models import Person, Reply, ReplyState, Retention, Source
from db.people import set_signature
from db.roles import Access, Role
from db.session import make_engine, session_scope
from db.settings import DbSettings
from db.vault import open_vault
from tests.answers import services_at
from tests.browser import press_key, profile, served
from tests.factories import make_source
from tests.flow.running import until
from webui import create_app
from webui.answering import check_before_posting
from webui.jobs.judging import score_due
from webui.jobs.posting import post_due
from webui.jobs.sweeping import crawl_due
from webui.settings import WebSettings
from webui.wiring import Services

from .hands import Hands
from .signing import client_of, make_person

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam

HOLD_S = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a guest writes, and three answers: one that a check warns of, one that passes, and one after its approver
    has asked for a word more."""

    review: str
    warned: str
    passing: str
    better: str


STORIES = {
    "mouse": Story(
        review="We waited fifty minutes for a table that we had booked, and nobody told us why. Rude and shameless, "
        "never again!",
        warned="Hello, I am sorry if you waited fifty minutes for the table that you had booked. We had seated other "
        "guests at it. Please write to me at hello@lanterna.example. Ana Silva, host",
        passing="Hello, I am sorry that you waited fifty minutes for the table that you had booked, while nobody told "
        "you why. I can see how angry that made you. We had seated other guests at it, and we should have told you at "
        "the door. Please write to me at hello@lanterna.example, so that I can hear how your evening went on. Ana "
        "Silva, host",
        better="Hello, I am sorry that you waited fifty minutes for the table that you had booked, while nobody told "
        "you why. I can see how angry that made you. We had seated other guests at it, which was our mistake, and we "
        "should have told you at the door. Please write to me at hello@lanterna.example, so that I can hear how your "
        "evening went on. Ana Silva, host",
    ),
    "keyboard": Story(
        review="The soup was cold, and the rude waiter rolled his eyes when we said so. What a disgrace! Shame on you, "
        "never again!",
        warned="Good evening, I am sorry if the soup was cold. Please write to me at hello@lanterna.example and tell "
        "me more. Ana Silva, host",
        passing="Good evening, a cold soup and then rolled eyes: I understand why you left furious, and I apologise. "
        "The soup should not have left our kitchen like that, and nobody here should meet a complaint in that way; "
        "both were our fault. Tell me more at hello@lanterna.example and I will answer you myself. Ana Silva, host",
        better="Good evening, a cold soup and then rolled eyes: I understand why you left furious, and I apologise for "
        "both. The soup should not have left our kitchen like that, and nobody here should meet a complaint in that "
        "way; both were our fault. Tell me more at hello@lanterna.example and I will answer you myself. Ana Silva, "
        "host",
    ),
    "phone": Story(
        review="Filthy glasses, a sticky table, and the rudest staff ever. Disgusting! Shame on you, we will never "
        "come back!!!",
        warned="Dear guest, I am sorry if the glasses were dirty. Please write to me at hello@lanterna.example. Ana "
        "Silva, host",
        passing="Dear guest, dirty glasses, a sticky table and staff who were rude to you: I am sorry for all of it. "
        "We did not look after your table as we should have, and we had no reason to speak to you in that way. I "
        "understand that you felt disgusted. Please tell me at hello@lanterna.example when you were here, so that I "
        "can take it up with the team. Ana Silva, host",
        better="Dear guest, dirty glasses, a sticky table and staff who were rude to you: I am truly sorry for all of "
        "it. We did not look after your table as we should have, and we had no reason to speak to you in that way. I "
        "understand that you felt disgusted. Please tell me at hello@lanterna.example when you were here, so that I "
        "can take it up with the team. Ana Silva, host",
    ),
    "refused": Story(
        review="The bill was wrong by forty euros and the manager called us liars. Thieves, all of you, shame on you!",
        warned="Hello, I am sorry if the bill was wrong. Please write to me at hello@lanterna.example. Ana Silva, host",
        passing="Hello, a bill that is wrong by forty euros and then being called liars: I understand your anger, and "
        "I apologise for both. We put another table's wine on your bill, and nobody should have spoken to you like "
        "that. Please write to me at hello@lanterna.example, so that I can look at the bill with you. Ana Silva, host",
        better="Hello, a bill that is wrong by forty euros and then being called liars: I understand your anger, and "
        "I apologise for both. The mistake was ours, and nobody should have spoken to you like that. Please write to "
        "me at hello@lanterna.example, so that I can look at the bill with you. Ana Silva, host",
    ),
}


class Way(Protocol):
    """How somebody uses a page: once it has run its scripts, which give the focus away and listen to what is typed."""

    def press(self, target: Locator) -> None:
        """A link or a button."""

    def write(self, target: Locator, words: str) -> None:
        """Into a field, in the place of what stands there."""


@dataclass
class Mouse:
    page: Page

    def press(self, target: Locator) -> None:
        self.page.wait_for_load_state()
        target.click()

    def write(self, target: Locator, words: str) -> None:
        self.page.wait_for_load_state()
        target.click()
        press_key(self.page, "Control+A")
        self.page.keyboard.insert_text(words)


@dataclass
class Keyboard:
    """Without a mouse; the focus is seen at every step."""

    page: Page

    def press(self, target: Locator) -> None:
        Hands(self.page).to(target)
        press_key(self.page, "Enter")

    def write(self, target: Locator, words: str) -> None:
        hands = Hands(self.page)
        if target.get_attribute("data-key") == "reply":
            hands.press("r")
            hands.at(target)
        else:
            hands.to(target)
        press_key(self.page, "Control+A")
        self.page.keyboard.insert_text(words)


@dataclass
class Phone:
    """With a finger, on a narrow screen that nothing may be wider than."""

    page: Page

    def press(self, target: Locator) -> None:
        self._fits(target)
        target.tap()

    def write(self, target: Locator, words: str) -> None:
        self._fits(target)
        target.tap()
        target.fill(words)

    def _fits(self, target: Locator) -> None:
        expect(target).to_be_visible()  # the page is there
        self.page.wait_for_load_state()
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px wider than the screen"


WAYS: dict[str, tuple[type[Mouse] | type[Keyboard] | type[Phone], dict[str, Any]]] = {
    "mouse": (Mouse, {"viewport": {"width": 1280, "height": 800}}),
    "keyboard": (Keyboard, {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}),
    "phone": (Phone, {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}),
}


@dataclass
class House:
    """Its pages, its people, its worker, and the platform."""

    url: str
    app: Flask
    browser: Browser
    engine: Engine
    services: Services
    standin: StandIn
    people: dict[str, int]

    def crawl(self) -> None:
        """The next reading of every source, and what it brought judged."""
        with session_scope(self.engine) as session:
            session.execute(update(Source).values(next_crawl_at=datetime.now(UTC) - timedelta(minutes=1)))
        assert crawl_due(self.services) == 1
        score_due(self.services)

    def post(self, words: str) -> None:
        """What the worker does once the hold is over."""
        begun = len(self._posted(words))
        until(lambda: post_due(self.services, check=check_before_posting), within_s=20, what="an answer is due")
        assert len(self._posted(words)) == begun + 1

    def _posted(self, words: str) -> list[Any]:
        found = select(Reply).where(Reply.state == ReplyState.POSTED, Reply.posted_body == words)
        with session_scope(self.engine) as session:
            return list(session.scalars(found))

    @contextmanager
    def opened(self, name: str, way: str) -> Iterator[tuple[Page, Way]]:
        """The pages as this person sees them, who uses them in this way."""
        kind, options = WAYS[way]
        context = profile(self.browser, locale="en-GB", base_url=self.url, **options)
        context.add_cookies([self._cookie(name)])
        page = context.new_page()
        try:
            yield page, kind(page)
        finally:
            context.close()

    def _cookie(self, name: str) -> SetCookieParam:
        with session_scope(self.engine) as session:
            person = session.get_one(Person, self.people[name])
            session.expunge(person)
        cookie = client_of(self.app, person).get_cookie("amends_session")
        assert cookie is not None
        return {"name": cookie.key, "value": cookie.value, "url": self.url}


@contextmanager
def house(folder: Path, browser: Browser) -> Iterator[House]:
    """A source at Google that was read before the guests of the stories wrote, and once more now that they have."""
    data_dir = folder / "house"
    data_dir.mkdir()
    with StandIn(anchor=datetime.now(UTC), data_dir=_data(folder)) as standin:
        database = DbSettings(data_dir=data_dir, database_url="", _env_file=None)
        engine = make_engine(database.database_url)
        upgrade(engine)
        app = create_app(WebSettings(_env_file=None), engine, database=database)
        services = services_at(database.database_url, data_dir, standin.base_url, engine=engine)
        site = standin.api_site("google")
        with session_scope(engine) as session:
            source = make_source(
                session,
                platform="google",
                place_ref=site.ref,
                sealed_keys=open_vault(data_dir).seal(dict(site.keys)),
                retention=Retention.STORE,
                host="google.example:443",
                delay_s=0.0,
            )
            source.location.contact = "hello@lanterna.example"
            ana = make_person(session, Access(everywhere=Role.STAFF), app=app, name="Ana Silva")
            set_signature(session, ana, "Ana Silva, host")
            ben = make_person(session, Access(everywhere=Role.APPROVER), app=app, name="Ben Okri")
            people = {"Ana": ana.id, "Ben": ben.id}
        standin.set_moderation("google", polls=0)
        with served(data_dir, hold_s=HOLD_S) as url:
            made = House(url, app, browser, engine, services, standin, people)
            made.crawl()
            standin.set_snapshot("t2")
            made.crawl()
            yield made
        engine.dispose()


def _data(folder: Path) -> Path:
    """What the stand-in ships, and what the guests of the stories are about to write at Google."""
    copied = folder / "standin"
    shutil.copytree(SHIPPED_DATA, copied)
    path = copied / "apis" / "google.json"
    site = json.loads(path.read_text(encoding="utf-8"))
    site["later_reviews"] = [
        {"id": f"AbFvWay{way}", "lang": "en", "stars": 1, "author": f"Guest {way}", "text": one.review, "days_ago": 0.1}
        for way, one in STORIES.items()
    ]
    path.write_text(json.dumps(site), encoding="utf-8")
    return copied
