"""A source that a person should look at is told above the queue, in the reader's language, with a link to it."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.crawls import RunResult, finish_run, start_run
from db.health import EMPTY_ALARM, doubt_platform
from db.models import CrawlState, Source
from db.phrases import say
from db.session import session_scope
from tests.factories import make_review, make_source

from .html import Page

REFUSED = say("%(name)s refuses the key. Enter it again in the settings of this source.", name="Yelp")
CASES = {
    "three empty runs": ("shows far less than it should.", "muestra muchas menos de las que debería."),
    "yield below its range": ("shows far less than it should.", "muestra muchas menos de las que debería."),
    "self-test failed": ("shows far less than it should.", "muestra muchas menos de las que debería."),
    "suspicious": ("shows far less than it should.", "muestra muchas menos de las que debería."),
    "blocked": ("does not let itself be read.", "no se deja leer."),
    "throttled": ("has asked us to wait.", "nos ha pedido que esperemos."),
    "misconfigured": ("needs your entries.", "necesita que usted complete sus datos."),
}


def bring_about(case: str, session: Session, source: Source, now: datetime) -> None:
    """What leads to the alarm, by the records of runs."""
    match case:
        case "three empty runs":
            make_review(session, source)
            runs = [RunResult(state=CrawlState.FINISHED)] * EMPTY_ALARM
        case "yield below its range":
            runs = [RunResult(state=CrawlState.FINISHED, found=found) for found in (90, 92, 88, 91, 12)]
        case "self-test failed":
            assert doubt_platform(session, source.platform, "It fails.") == 1
            runs = []
        case _:
            runs = [RunResult(state=CrawlState(case), message=REFUSED)]
    for result in runs:
        finish_run(session, start_run(session, source.id, now=now), result, now=now)


@pytest.mark.parametrize("case", CASES)
def test_alarm_stands_above_the_queue(client: FlaskClient, engine: Engine, now: datetime, case: str) -> None:
    """In both languages; the link leads to the source, where the next step is told."""
    with session_scope(engine) as session:
        source = make_source(session, name="Board", platform="feed")
        bring_about(case, session, source, now)
        address = f"/sources/{source.id}/edit"
    for language, words in zip(("en", "es"), CASES[case], strict=True):
        alarm = Page(client.get(f"/?lang={language}")).one("#alarms")
        assert alarm.find("li").text == f"Board {words}"
        assert alarm.find("a").attrs["href"] == address
        assert Page(client.get(f"{address}?lang={language}")).one(".source-next")


def test_a_fault_that_passes_raises_no_alarm(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """It is tried again by itself; the list of sources tells it, with the next step."""
    with session_scope(engine) as session:
        source = make_source(session)
        failed = RunResult(
            state=CrawlState.FAILED, message=say("The site cannot be reached. It is tried again by itself.")
        )
        finish_run(session, start_run(session, source.id, now=now), failed, now=now)
    assert Page(client.get("/")).all("#alarms") == []
    note, step = Page(client.get("/sources?lang=es")).all(".source-note")
    assert note.text == "No se puede acceder al sitio. Se reintenta automáticamente."
    assert "lang" not in note.attrs
    assert step.text.startswith("Siguiente paso: Si sigue así")


def test_many_alarms_take_little_room(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """Three by name, the rest as a number."""
    with session_scope(engine) as session:
        for name in "ABCDE":
            bring_about("blocked", session, make_source(session, name=name), now)
    lines = [line.text for line in Page(client.get("/")).one("#alarms").all("li")]
    assert [line[:1] for line in lines] == ["A", "B", "C", "2"]


def test_values_are_told_in_the_readers_language(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """A sentence within a sentence as well; what the owner or the web wrote stays."""
    with session_scope(engine) as session:
        message = say("The %(label)s is missing. Enter it in the settings of this source.", label=say("API key"))
        result = RunResult(state=CrawlState.MISCONFIGURED, message=message)
        finish_run(session, start_run(session, make_source(session).id, now=now), result, now=now)
    note = Page(client.get("/sources?lang=es")).all(".source-note")[0]
    assert note.text == "Falta: clave de API. Introdúzcalo en los ajustes de esta fuente."
