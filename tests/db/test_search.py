"""What a search finds: the same on both databases, in every language, whatever is typed."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.items import OwnerReply
from db.ingest import ingest
from db.models import Review
from db.search import found_by, index_stored
from db.words import WORD_MOST, Term, terms_of, words_of
from tests.factories import an_item, make_location, make_review, make_source

TEXTS = {
    "en": "The soup was stone-cold, and they didn't care. Never again!",
    "fr": "L’équipe était débordée, le café froid. Déçu.",
    "de": "Die Straße war laut, das Brötchen trocken.",
    "tr": "İstanbul'da en kötü yemek: ISLAK ve ılık.",
    "pl": "Żółta zupa, zły kelner w Łodzi.",
    "el": "Η σούπα ήταν ΚΡΎΑ.",
    "ru": "Суп был холодный, ещё и дорогой.",
    "ar": "الحِساءُ بارِدٌ جدًا",
    "he": "הַמָּרָק היה קר",
    "hi": "खाना बहुत ठंडा था",
    "zh": "汤是凉的，服务员很不耐烦。",
    "ja": "スープが冷たくて、ガッカリしました。",
    "th": "อาหารเย็นมาก พนักงานไม่สนใจ",
    "ko": "수프가 차가웠어요",
    "emoji": "😡😡 awful 🤮 ｆｕｌｌｗｉｄｔｈ",
}


@pytest.fixture
def texts(session: Session) -> dict[int, str]:
    """One review in each language, by id."""
    source = make_source(session, location=make_location(session, name="Trattoria Lanterna"), name="Food guide")
    return {make_review(session, source, body=body, author_name="").id: name for name, body in TEXTS.items()}


def _found(session: Session, texts: dict[int, str], query: str) -> set[str]:
    wanted = found_by(session, query)
    return set() if wanted is None else {texts[id_] for id_ in session.scalars(wanted)}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("soup", {"en"}),
        ("SOUP cold", {"en"}),
        ("cold soup stone", {"en"}),  # every word, in any order
        ("soup warm", set()),
        ("so", {"en"}),  # the last word may go on
        ("so cold", set()),  # the others may not
        ('"stone cold"', {"en"}),
        ('"cold stone"', set()),
        ("“soup was” nev", {"en"}),
        ("stone-cold", {"en"}),
        ("didn't", {"en"}),
        ("didn’t", {"en"}),
        ("equipe", {"fr"}),
        ("l'équipe debordee", {"fr"}),
        ("CAFÉ", {"fr"}),
        ("cafe", {"fr"}),
        ("strasse", {"de"}),
        ("Brotchen", {"de"}),
        ("istanbul", {"tr"}),
        ("ıslak", {"tr"}),
        ("zolta lodzi", {"pl"}),
        ("κρυα", {"el"}),
        ("ХОЛОДНЫЙ еще", {"ru"}),
        ("الحساء بارد", {"ar"}),
        ("המרק", {"he"}),
        ("ठंडा", {"hi"}),
        ("ठंड", {"hi"}),
        ("服务员", {"zh"}),
        ("员服", set()),
        ("ガッカリ", {"ja"}),
        ("พนักงาน", {"th"}),
        ("수프", {"ko"}),
        ("fullwidth", {"emoji"}),
        ("lanterna soup", {"en"}),  # the place by its name
        ("food guide awful", {"emoji"}),  # and the source
        ("guide lanterna awful", {"emoji"}),
        ("nothing of the kind", set()),
        ("!!! ???", set()),
        ("", set()),
    ],
)
def test_query_finds(session: Session, texts: dict[int, str], query: str, found: set[str]) -> None:
    """Words without case and accents, whole phrases, beginnings, names of places and sources."""
    assert _found(session, texts, query) == found


def test_names_find_every_review_of_theirs(session: Session, texts: dict[int, str]) -> None:
    """Also after the source got another name: nothing has to be indexed anew."""
    assert _found(session, texts, "lanterna") == set(TEXTS)
    source = session.get_one(Review, min(texts)).source
    source.name = "Guía Gastronómica"
    session.flush()
    assert _found(session, texts, "gastronomica") == set(TEXTS)
    assert _found(session, texts, '"food guide"') == set()


def test_every_field_is_searched_and_none_flows_into_the_next(session: Session, now: datetime) -> None:
    """Title, text, author and the owner's reply, as a crawl has brought them."""
    source = make_source(session)
    reply = OwnerReply(body="Verzeihung vielmals", author_name="Chef")
    item = an_item("r1", title="Blue", body="Moon", author_name="Ana Björk", reply=reply)
    ingest(session, source.id, [item, an_item("r2", body="Other")], run_id=None, now=now)
    id_ = session.scalars(select(Review.id).where(Review.external_id == "r1")).one()
    for query in ("blue moon", "bjork", "verzeih", "ana verzeihung"):
        assert _found(session, {id_: "r1"}, query) == {"r1"}, query
    assert _found(session, {id_: "r1"}, '"blue moon"') == set()


def test_changed_words_are_found_and_the_old_ones_not(session: Session, now: datetime) -> None:
    """A crawl that shows another wording, and one that shows a reply."""
    source = make_source(session)
    ingest(session, source.id, [an_item(body="Terrible soup")], run_id=None, now=now)
    ingest(session, source.id, [an_item(body="Lovely soup", reply=OwnerReply(body="Danke"))], run_id=None, now=now)
    id_ = session.scalars(select(Review.id)).one()
    assert _found(session, {id_: "r1"}, "terrible") == set()
    assert _found(session, {id_: "r1"}, "lovely danke") == {"r1"}


HOSTILE = (
    '"', '""', '" OR "a', "a OR b", "NOT", "a AND", "NEAR(a b, 3)", "words:soup", "^soup", "soup*", "*", "-soup",
    "'; DROP TABLE review; --", "a & b | !c", "a <-> b", ":*", "((((", "\\", "\0", "%", "_", "\ue0001", "\ue001",
    "a" * 5000, "\" \" \"", "review_words", "{soup}", "soup:B", "\ud800",
)  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_syntax_of_searches_is_text(session: Session, texts: dict[int, str], query: str) -> None:
    """No query is an error, and none reaches the database's own language of queries."""
    assert _found(session, texts, query) <= set(TEXTS)
    assert _found(session, texts, "NOT soup") == set()
    assert _found(session, texts, "soup OR zupa") == set()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(min_size=1, max_size=40))
def test_any_text_is_found_by_itself(session: Session, body: str) -> None:
    """Whatever is written can be typed to find it, unless nothing of it is a word."""
    body = body.replace("\0", "").encode("utf-8", "ignore").decode()
    review = make_review(session, body=body)
    wanted = found_by(session, body)
    if wanted is not None:
        assert review.id in session.scalars(wanted).all()


def test_monstrous_texts_are_indexed(session: Session) -> None:
    """A megabyte of words, one endless word, and a thousand times the same: beginnings at least are found."""
    bodies = [" ".join(f"w{n}ö" for n in range(150_000)), "x" * 100_000, "soup " * 60_000, "汤" * 50_000]
    ids = [make_review(session, body=body).id for body in bodies]
    for query, at in (("w7ö", 0), ("x" * WORD_MOST, 1), ("x" * 200, 1), ("soup", 2), ("汤汤", 3)):
        wanted = found_by(session, query)
        assert wanted is not None
        assert ids[at] in session.scalars(wanted).all()


def test_indexing_twice_changes_nothing(session: Session, texts: dict[int, str]) -> None:
    """An entry is replaced, never doubled."""
    index_stored(session, list(texts))
    assert _found(session, texts, "soup") == {"en"}


def test_terms_are_read_from_a_query() -> None:
    """Quoted words together, the last one open, no more than anybody types."""
    assert terms_of('cold "stone soup" la') == [Term(("cold",)), Term(("stone", "soup")), Term(("la",), is_prefix=True)]
    assert terms_of('cold "stone') == [Term(("cold",)), Term(("stone",), is_prefix=True)]
    assert len(terms_of("a " * 500)) == 12
    assert words_of("Ｆull Ærø 寿司x") == ["full", "aero", "寿", "司", "x"]
