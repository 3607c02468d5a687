"""Fifty people at once at the desk: each reads the queue, opens cases, takes them, notes, tags, takes things back.

They click through the real pages (`amends web` in a process of its own) over real HTTP, THINK_S apart on average, in a
queue of REVIEWS reviews of which they share the first pages, so that they do get in each other's way. The baseline is
one person who does the same alone, on the same data, just before. Their browser shares the machine with the pages.

Wanted: no answer that is a fault of the program, and no lost update: whatever a page said was done stands in the
database, once. Where somebody else was faster the page says so (409), and nothing is stored.

`AMENDS_BENCH_MINUTES` (5) is how long they work.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urljoin, urlsplit

import requests
from lxml import html
from sqlalchemy import Engine, func, select

from db.models import CaseEvent, Note
from db.roles import Access, Role
from db.session import read_scope, session_scope
from db.settings import DbSettings
from tests.browser import served
from tests.webui.signing import client_of, make_person
from webui import create_app
from webui.settings import WebSettings

from .bench_queue import seed
from .databases import KINDS, cluster, database
from .harness import Measure, at_most, noted

PEOPLE = 50
REVIEWS = 10_000
THINK_S = 2.0  # a click every two seconds: staff that knows its way
ALONE_S = 30.0
MINUTES = "AMENDS_BENCH_MINUTES"
LISTS = ("/", "/", "/?view=unassigned", "/?view=mine", "/?q=table", "/?view=all")
UNDO = "//form[contains(@action, '/undo/')]"


@dataclass
class Tally:
    """What one person saw."""

    times_ms: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)  # what pages said was done, by kind of event
    notes: list[str] = field(default_factory=list)
    refused: int = 0  # somebody else was faster


class Staff(threading.Thread):
    """One person with a browser that runs no scripts."""

    def __init__(self, url: str, cookie: tuple[str, str], number: int, until: float) -> None:
        super().__init__(daemon=True)
        self.tally = Tally()
        self._url, self._until, self._number = url, until, number
        self._dice = random.Random(number)
        self._browser = requests.Session()
        self._browser.cookies.set(*cookie, domain="127.0.0.1", path="/")  # where the pages will set it anew

    def run(self) -> None:
        while time.monotonic() < self._until:
            try:
                self._turn()
            except requests.RequestException as error:
                self.tally.faults.append(type(error).__name__)

    def _turn(self) -> None:
        page = self._get(self._dice.choice(("/", "/", "/?view=unassigned", "/?view=mine", "/?q=table", "/?view=all")))
        links = (
            page.xpath("//li[contains(@class, 'row')]//a[contains(@href, '/reviews/')]/@href")
            if page is not None
            else []
        )
        if not links:
            return
        case = self._get(self._dice.choice(links[:20]))
        if case is not None:
            self._dice.choice((self._take, self._note, self._tag, self._put_off, self._finish))(case)

    def _take(self, page: html.HtmlElement) -> None:
        self._send(page, "/assign", "assigned", to="me")

    def _put_off(self, page: html.HtmlElement) -> None:
        answer = self._send(page, "/snooze", "snoozed", until="1h")
        if answer is not None and self._dice.random() < 0.5:
            self._take_back(answer)

    def _take_back(self, page: html.HtmlElement) -> None:
        [form, *_] = page.xpath(UNDO)
        answer = self._submit(form)
        if answer is not None and not answer.xpath("//*[contains(@class, 'told-not')]"):
            self.tally.done["undone"] += 1

    def _finish(self, page: html.HtmlElement) -> None:
        self._send(page, "/stage", "stage", stage="done")

    def _tag(self, page: html.HtmlElement) -> None:
        self._send(page, "/tags", "tagged", tag=self._dice.choice(("terrace", "kitchen", "Friday", "refund")))

    def _note(self, page: html.HtmlElement) -> None:
        body = f"Note {len(self.tally.notes)} of {self._number}"
        forms = [form for form in page.forms if urlsplit(form.action or "").path.endswith("/notes")]
        if forms and self._submit(forms[0], body=body) is not None:
            self.tally.notes.append(body)

    def _send(self, page: html.HtmlElement, end: str, kind: str, **values: str) -> html.HtmlElement | None:
        """The page after an act that changed something, which is then one that can be taken back."""
        forms = [form for form in page.forms if urlsplit(form.action or "").path.endswith(end)]
        answer = self._submit(forms[0], **values) if forms else None
        if answer is None or not answer.xpath(UNDO):
            return None
        self.tally.done[kind] += 1
        return answer

    def _submit(self, form: html.FormElement, **values: str) -> html.HtmlElement | None:
        hidden = {one.name: one.value for one in form.xpath(".//input[@type='hidden']")}
        return self._ask("POST", form.action, data=hidden | values)

    def _get(self, address: str) -> html.HtmlElement | None:
        return self._ask("GET", address)

    def _ask(self, method: str, address: str, data: dict[str, str] | None = None) -> html.HtmlElement | None:
        time.sleep(self._dice.expovariate(1 / THINK_S))
        began = time.perf_counter()
        answer = self._browser.request(method, urljoin(self._url, address), data=data, timeout=60)
        self.tally.times_ms.append(1000 * (time.perf_counter() - began))
        if answer.status_code == requests.codes.conflict:
            self.tally.refused += 1
        elif answer.status_code != requests.codes.ok:
            self.tally.faults.append(f"{answer.status_code} at {address.split('?', maxsplit=1)[0]}")
        return html.fromstring(answer.content) if answer.status_code == requests.codes.ok else None


def run() -> list[Measure]:
    measures = []
    with cluster() as server:
        for kind in KINDS:
            with database(kind, server) as engine, tempfile.TemporaryDirectory(prefix="amends-bench-") as folder:
                seed(engine, REVIEWS)
                measures += _measure(kind, engine, Path(folder))
    return measures


def _measure(kind: str, engine: Engine, folder: Path) -> list[Measure]:
    with _desk(engine, folder) as (url, cookies):
        alone = _work(url, cookies[:1], ALONE_S)
        many = _work(url, cookies, 60 * float(os.environ.get(MINUTES, "5")))
    said: Counter[str] = sum((one.done for one in (*alone, *many)), Counter())
    notes = [note for one in (*alone, *many) for note in one.notes]
    with read_scope(engine) as session:
        told = dict(session.execute(select(CaseEvent.kind, func.count()).group_by(CaseEvent.kind)).all())
        kept = session.scalar(select(func.count()).select_from(Note).where(Note.body.in_(notes))) or 0
    lost = sum(abs(count - told.get(name, 0)) for name, count in said.items()) + abs(len(notes) - kept)
    faults = [fault for one in many for fault in one.faults]
    for fault, count in Counter(faults).most_common(10):
        print(f"{count} × {fault}", file=sys.stderr)
    times = [ms for one in many for ms in one.times_ms]
    before = [ms for one in alone for ms in one.times_ms]
    return [
        at_most(f"desk.faults.{kind}", len(faults), "answers", wanted=0),
        at_most(f"desk.lost.{kind}", lost, "updates", wanted=0),
        noted(f"desk.clicks.{kind}", len(times), "answers"),
        noted(f"desk.acts.{kind}", said.total() + len(notes), "acts"),
        noted(f"desk.somebody_was_faster.{kind}", sum(one.refused for one in many), "answers"),
        noted(f"desk.p50.{kind}", median(times), "ms"),
        at_most(f"desk.p95.{kind}", _p95(times), "ms", baseline=_p95(before), wanted=5),
    ]


@contextmanager
def _desk(engine: Engine, folder: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The pages, and the cookies of everybody."""
    address = engine.url.render_as_string(hide_password=False)
    settings = DbSettings(data_dir=folder, database_url=address, _env_file=None)
    app = create_app(WebSettings(_env_file=None), engine, database=settings, clock=lambda: datetime.now(UTC))
    cookies = []
    for _ in range(PEOPLE):
        with session_scope(engine) as session:
            person = make_person(session, Access(everywhere=Role.STAFF), app=app)
        cookie = client_of(app, person).get_cookie("amends_session")
        assert cookie is not None
        cookies.append((cookie.key, cookie.value))
    with served(folder, address, processes=0) as url:
        yield url, cookies


def _work(url: str, cookies: list[tuple[str, str]], for_s: float) -> list[Tally]:
    until = time.monotonic() + for_s
    staff = [Staff(url, cookie, number, until) for number, cookie in enumerate(cookies)]
    for one in staff:
        one.start()
    for one in staff:
        one.join()
    return [one.tally for one in staff]


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]
