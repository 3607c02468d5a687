"""Set the demo up: an invented business, its places and sources on the stand-in, read and judged.

Each step looks at what is there first, so a second start repeats nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib.resources import files
from typing import Any

from sqlalchemy import Engine

from crawlers.platforms import is_crawled
from crawlers.standin import Snapshot
from crawlers.standin.app import HOOK_PATH
from db.acting import Actor
from db.crawls import abandon_runs
from db.migrate import upgrade
from db.outbox import give_up_mails
from db.people import find_person
from db.queries.queue import queue_counts
from db.session import read_scope, session_scope
from db.settings import DbSettings
from db.sources import add_location, add_source, find_source, list_sources
from db.vault import vault_of

from .demo_alerts import lay_out_alerts
from .demo_people import PEOPLE, register
from .demo_places import open_demo_places
from .demo_webhooks import lay_out_webhook
from .demo_work import lay_out
from .faults import Refused
from .jobs.alerting import find_alerts, find_spikes, send_alerts
from .jobs.outcomes import CrawlOutcome
from .jobs.webhooks import deliver_due
from .reading import LAPSED_S, judge_reviews, read_sources
from .serve import PortTaken, check_port
from .standin_mode import HOST, StandInPlan, demo_settings, is_production, read_plan, show_moment, write_plan
from .wiring import Services, build_services, utc_now

USUAL_PORTS = range(8099, 8200)  # below those that systems lend to outgoing connections
DELIVER_S = 10.0
READ_AGAIN = timedelta(hours=6)  # as often as a source is read by default
SHAPES = {  # kind in the demo's data: (platform, syntax)
    "jsonld": ("schemaorg", "jsonld"),
    "microdata": ("schemaorg", "microdata"),
    "rdfa": ("schemaorg", "rdfa"),
    "rss": ("feed", "rss"),
    "atom": ("feed", "atom"),
    "appstore": ("appstore", "json"),
}

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoResult:
    sources: int
    reviews: int
    waiting: int
    problems: tuple[str, ...]


def demo_services() -> tuple[Services, StandInPlan]:
    """The services of the demo's data folder; the folder becomes the demo's if it is empty.

    Raises:
        Refused: this is a production installation, or the folder already holds a real business.
    """
    if is_production():
        raise Refused(
            "AMENDS_ENVIRONMENT is production, and the demo reads from this machine's own network. "
            "Unset it, and choose an empty folder: AMENDS_DATA_DIR=./demo amends demo"
        )
    database = DbSettings()
    plan = read_plan(database.data_dir)
    if plan is None:
        plan = StandInPlan(port=_free_port(), anchor=utc_now().replace(microsecond=0))
    services = build_services(crawl=demo_settings(plan))
    return services, plan


def claim_folder(services: Services, plan: StandInPlan) -> None:
    """Bring the tables up to date and mark the folder as the demo's, unless it holds something real."""
    upgrade(services.engine)
    data_dir = services.database.data_dir
    if read_plan(data_dir) is not None:
        return
    with read_scope(services.engine) as session:
        if list_sources(session):
            raise Refused(
                f"{data_dir} holds sources of a real business; the demo does not mix with them. "
                "Choose an empty folder: AMENDS_DATA_DIR=./demo amends demo"
            )
    write_plan(data_dir, plan)


def set_up(services: Services, plan: StandInPlan, tell: Tell) -> DemoResult:
    """Register the business, read what has not been read lately and judge it. The stand-in must be running.

    The first time, the stand-in's customers then have second thoughts, and every source is read once more: a demo in
    which nobody edits anything would show neither earlier versions nor what has changed.
    """
    business = json.loads(files("crawlers.standin").joinpath("data/business.json").read_text(encoding="utf-8"))
    slugs = _register(services.engine, services, business, plan)
    tell(f"{business['name']}: {len(business['places'])} places, {len(slugs)} sources")
    problems = _read(services, tell)
    if plan.moment is Snapshot.T0 and not problems:
        problems = _read_later(services, slugs, replace(plan, moment=Snapshot.T1), tell)
    scored, left = judge_reviews(services)
    tell(f"{scored} reviews judged" if scored or left else "every review is judged already")
    if left:
        problems += (f"{left} reviews are being judged by another Amends",)
    _add_webhook(services, plan)
    with session_scope(services.engine) as session:
        lay_out(session, now=services.clock())
        give_up_mails(session, now=services.clock())  # about what was laid out days back: no news to anybody
    deliver_due(services, within_s=DELIVER_S)  # so that its log has something to show at the first look
    judge_reviews(services)  # the complaints that its people have taken
    _add_alerts(services, plan)
    with read_scope(services.engine) as session:
        counts = queue_counts(session)
    return DemoResult(sources=len(slugs), reviews=counts.all, waiting=counts.now, problems=problems)


def _add_webhook(services: Services, plan: StandInPlan) -> None:
    with session_scope(services.engine) as session:
        owner = find_person(session, PEOPLE[0][1])
        if owner is not None:
            by = Actor(person_id=owner.id, name=owner.name, now=services.clock())
            url = f"http://{plan.address}{HOOK_PATH}"
            lay_out_webhook(session, url, vault_of(services.database), by=by)


def _add_alerts(services: Services, plan: StandInPlan) -> None:
    with session_scope(services.engine) as session:
        owner, other = (find_person(session, address) for _, address, *_ in PEOPLE[:2])
        if owner is not None and other is not None:
            by = Actor(person_id=owner.id, name=owner.name, now=services.clock())
            host = f"{plan.address}{HOOK_PATH}"
            lay_out_alerts(session, host, vault_of(services.database), owner=by, other_id=other.id)
    find_alerts(services)
    find_spikes(services)
    send_alerts(services, within_s=DELIVER_S)  # as with webhooks


def _register(engine: Engine, services: Services, business: dict[str, Any], plan: StandInPlan) -> list[str]:
    now = services.clock()
    with session_scope(engine) as session:
        places = {
            place["slug"]: add_location(session, place["name"], slug=place["slug"], timezone=place["timezone"], now=now)
            for place in business["places"]
        }
        open_demo_places(session, places, now=now)
        for source in business["sources"]:
            if find_source(session, source["slug"]) is not None:
                continue
            platform, syntax = SHAPES[source["kind"]]
            add_source(
                session,
                places[source["place"]],
                slug=source["slug"],
                name=source["name"],
                platform=platform,
                syntax=syntax,
                url=f"http://{plan.address}{source['path']}",
                basis_note="Invented business on the stand-in platform of the demo",
                delay_s=0.0,
                now=now,
            )
        register(session, now)
    return [source["slug"] for source in business["sources"]]


def _read(services: Services, tell: Tell) -> tuple[str, ...]:
    now = services.clock()
    with session_scope(services.engine) as session:
        abandon_runs(session, now=now)
        stale = [
            source.slug
            for source in list_sources(session)
            if is_crawled(source.platform)
            and (source.last_success_at is None or source.last_success_at < now - READ_AGAIN)
        ]
    if not stale:
        tell("every source was read lately; `amends crawl` reads them again")
        return ()
    outcomes = read_sources(
        services, stale, patience_s=LAPSED_S, is_brief=True
    )  # a start that was killed may hold some yet
    tell(f"{len(outcomes)} sources read: {_counted(outcomes)}")
    return _problems(outcomes)


def _read_later(services: Services, slugs: list[str], later: StandInPlan, tell: Tell) -> tuple[str, ...]:
    show_moment(later)
    outcomes = read_sources(services, slugs, patience_s=LAPSED_S, is_brief=True)
    tell(f"read again after some edits and answers: {_counted(outcomes)}")
    if not (problems := _problems(outcomes)):
        write_plan(services.database.data_dir, later)  # last: whoever stops before it finds the rest at the next start
    return problems


def _counted(outcomes: list[CrawlOutcome]) -> str:
    new, changed = sum(outcome.new for outcome in outcomes), sum(outcome.changed for outcome in outcomes)
    return f"{new} new reviews, {changed} changed"


def _problems(outcomes: list[CrawlOutcome]) -> tuple[str, ...]:
    return tuple(f"{outcome.slug}: {outcome.message}" for outcome in outcomes if outcome.state != "finished")


def _free_port() -> int:
    """The usual port, or the next free one where several demos run on one machine.

    Never one that the system chooses: those are lent out again while the demo is not running, and the addresses of its
    sources name this one for good.
    """
    for port in USUAL_PORTS:
        try:
            check_port(HOST, port)
        except PortTaken:
            continue
        return port
    raise Refused(
        f"Ports {USUAL_PORTS.start} to {USUAL_PORTS.stop - 1} are all taken, and the demo's stand-in platform needs "
        "one of them. Stop the demos of other folders."
    )
