"""The pages speak the reader's language, completely, and write dates and figures as the reader's region does."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from db.session import session_scope
from tests.factories import make_case, make_location, make_review, make_score, make_source
from webui import catalogs
from webui.i18n import COOKIE, LANGUAGES

from .html import Page

ALLERGY = [{"risk": "allergy", "probability": 0.9, "source": "rule", "evidence": "Allergie"}]
HOLES = re.compile(r"%\(\w+\)s|</?\w+>|`[^`]*`")


def title_of(client: FlaskClient, address: str = "/", **headers: str) -> str:
    """The heading of a page asked for with these headers."""
    return (
        Page(client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()}))
        .one("h1")
        .text
    )


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("", "Now"),
        ("es", "Ahora"),
        ("es-MX,en;q=0.5", "Ahora"),
        ("ja,es;q=0.3", "Ahora"),
        ("de-CH,en;q=0.5", "Jetzt"),
        ("fr", "Maintenant"),
        ("fr-CA,en;q=0.5", "Maintenant"),
        ("ja", "Now"),
        ("en;q=0,es", "Ahora"),
        ("x-broken;;q=z", "Now"),
        ("*", "Now"),
    ],
)
def test_browser_decides(client: FlaskClient, asked: str, title: str) -> None:
    """The first language of the browser that there is."""
    assert title_of(client, Accept_Language=asked) == title


def test_choice_is_kept(client: FlaskClient) -> None:
    """`?lang=` wins and stays, in a cookie that scripts and other sites cannot see."""
    answer = client.get("/?lang=es", headers={"Accept-Language": "en"})
    assert Page(answer).one("html").attrs["lang"] == "es"
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=es;")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert title_of(client, Accept_Language="en") == "Ahora"
    assert title_of(client, "/?lang=en") == "Now"


@pytest.mark.parametrize("wish", ["xx", "<b>", "en; Path=/", "../es", ""])
def test_unknown_language_changes_nothing(client: FlaskClient, wish: str) -> None:
    """Nothing that is not offered is kept."""
    answer = client.get("/", query_string={"lang": wish})
    assert "Set-Cookie" not in answer.headers
    assert Page(answer).one("h1").text == "Now"
    client.set_cookie(COOKIE, wish)
    assert title_of(client) == "Now"


def test_switch_keeps_the_page(client: FlaskClient, engine: Engine) -> None:
    """The other languages of the same view, also on a page that is not there."""
    with session_scope(engine) as session:
        make_case(session, make_review(session))
    links = Page(client.get("/?view=all")).all(".languages a")
    assert [link.attrs["lang"] for link in links] == [code for code in LANGUAGES if code != "en"]
    assert links[0].attrs == {"href": "/?view=all&lang=es", "lang": "es", "hreflang": "es"}
    assert Page(client.get("/nowhere"), status=404).all(".languages a")[0].attrs["href"] == "/?lang=es"


def test_spanish_page_holds_no_english(client: FlaskClient, engine: Engine) -> None:
    """Words, dates and figures of a whole review page."""
    with session_scope(engine) as session:
        review = make_review(session, body="Qué vergüenza.", author_name="Ana")
        make_score(session, review, anger=0.5, reasons=["insult"], language="es")
        make_case(session, review, priority=12.5, priority_parts=[{"name": "anger", "points": 4.5, "most": 8.0}])
        review_id = review.id
    page = Page(client.get(f"/reviews/{review_id}?lang=es"))
    assert page.one("h1").text == "Reseña de Ana"
    assert page.one(".verdict").text == "Enfadada"
    assert page.one(".gauge p").text == "50\u00a0% de probabilidad de enfado"
    assert page.one(".reasons li").text == "insulta al negocio o a su gente"
    assert page.one("table.priority tbody td").text == "4,5 de 8"
    assert english_in(page) == []


def test_german_page_holds_no_english(client: FlaskClient, engine: Engine) -> None:
    """Words, dates and figures of a whole review page, and its place in the queue: nouns keep their capital."""
    with session_scope(engine) as session:
        review = make_review(session, body="Unmöglich.", author_name="Ana")
        make_score(session, review, anger=0.9, anger_level="angry", reasons=["insult"], risks=ALLERGY, language="de")
        parts = [{"name": "anger_level", "points": 30.0, "most": 40.0}, {"name": "risk", "points": 9.5, "most": 40.0}]
        make_case(session, review, priority=39.5, priority_parts=parts)
        review_id = review.id
    page = Page(client.get(f"/reviews/{review_id}?lang=de"))
    assert page.one("h1").text == "Bewertung von Ana"
    assert page.one(".verdict").text == "Verärgert"
    assert page.one(".gauge p").text == "Mit 90\u00a0% Wahrscheinlichkeit verärgert"
    assert page.all("table.priority tbody td")[1].text == "9,5 von 40"
    assert [words.text for words in page.all(".part-words")] == ["verärgert", "Allergie"]
    assert english_in(page) == []
    assert "verärgert 0,90 + Allergie" in Page(client.get("/?view=all&lang=de")).raw_text


@cache
def english_phrases() -> set[str]:
    """All of them, which takes a second to collect."""
    return {str(message.id) for message in catalogs.collected() if isinstance(message.id, str) and message.id}


def english_in(page: Page) -> list[str]:
    """The longer English phrases that stand on it."""
    text = page.raw_text
    return [phrase for phrase in english_phrases() if len(phrase) > 12 and phrase in text]


@pytest.mark.parametrize(
    ("asked", "written"),
    [("en-US", "Nov 1"), ("en-GB", "1 Nov"), ("en", "1 Nov"), ("es-ES", "1 nov"), ("de-AT", "1. Nov.")],
)
def test_dates_follow_the_region(client: FlaskClient, engine: Engine, asked: str, written: str) -> None:
    """The same day as each region writes it."""
    with session_scope(engine) as session:
        at = datetime.fromisoformat("2026-11-01T12:00:00+00:00")
        make_case(session, make_review(session, published_at=at, published_precision="day"))
    page = Page(client.get("/?view=all", headers={"Accept-Language": asked}))
    assert page.one(".row-when time").text == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_complete_and_fresh(language: str) -> None:
    """Every phrase is translated for sure, none is new or gone, and the compiled file is the written one's."""
    stored, updated = catalogs.stored(language), catalogs.updated(language)
    assert catalogs.missing(stored) == []
    assert {message.id for message in stored} == {message.id for message in updated}
    po = catalogs.po_file(language)
    # No plain assert of the bytes: pytest would compare both letter by letter, longer than a test may take.
    is_compiled = po.with_suffix(".mo").read_bytes() == catalogs.compiled(stored)
    is_written = po.read_bytes() == catalogs.written(updated)
    assert (is_compiled, is_written) == (True, True), "a phrase moved: run python -m webui.catalogs"


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_values_and_marks(language: str) -> None:
    """What is filled in, set in code or marked up in a phrase is so in its translation."""
    for message in catalogs.stored(language):
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else [message.id[1]]
        strings = [message.string] if isinstance(message.string, str) else list(message.string or ())[1:]
        for id_, string in zip(ids, strings, strict=True):
            assert sorted(HOLES.findall(id_)) == sorted(HOLES.findall(string)), id_


def test_french_page_holds_no_english(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """Words, figures and how long ago, which the narrow French of CLDR writes as "-5 j"."""
    with session_scope(engine) as session:
        review = make_review(session, body="Infect.", author_name="Ana", published_at=now - timedelta(days=5))
        make_score(session, review, anger=0.5, reasons=["insult"], language="fr")
        make_case(session, review, priority=12.5, priority_parts=[{"name": "anger", "points": 4.5, "most": 8.0}])
        review_id = review.id
    page = Page(client.get(f"/reviews/{review_id}?lang=fr"))
    assert page.one("h1").text == "Avis laissé par Ana"
    assert page.one(".verdict").text == "En colère"
    assert page.one(".gauge p").text == "50\u00a0% de probabilité de colère"
    assert page.one(".reasons li").text == "insulte l’établissement ou son équipe"
    assert page.one("table.priority tbody td").text == "4,5 sur 8"
    assert page.find(".facts-line time").text == "il y a 5\u00a0j"
    assert english_in(page) == []


def test_french_punctuation_stays_with_its_word() -> None:
    """No line of a page begins with a colon: the space before double signs and inside quotes does not break."""
    loose = re.compile(r"[^\W\d] [:;!?»]|« |'|[^\W\d][;!?»](?=\s|$)")
    for message in catalogs.stored("fr"):
        for string in message.string if isinstance(message.string, tuple) else (message.string,):
            assert message.id == "" or not loose.search(re.sub(r"`[^`]*`", "", str(string))), string


def test_time_zone_is_named_in_the_language_of_the_page(client: FlaskClient, engine: Engine) -> None:
    """The city of the place, as the reader calls it."""
    with session_scope(engine) as session:
        place = make_location(session, timezone="Europe/Rome")
        make_case(session, make_review(session, make_source(session, location=place), published_precision="instant"))
    for language, city in (("es", "Roma"), ("de", "Rom"), ("en", "Rome")):
        page = Page(client.get(f"/?view=all&lang={language}"))
        assert page.one(".row-when time").attrs["title"].endswith(f"({city})")
