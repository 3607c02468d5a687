"""Fills a database for tests and screenshots of pages: the demo's texts with made-up but plausible scores.

The scores are invented from the labels in the data, so that a page test needs no model. They say nothing about it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from crawlers.items import DatePrecision, OwnerReply, RatingKind, ReviewItem
from db.clocks import set_stale
from db.crawls import RunResult, finish_run, start_run
from db.ingest import ingest
from db.models import CrawlState
from db.scores import ReviewText, ScoreRow, claim_unscored, store_scores
from db.session import session_scope
from db.sources import add_location, add_source, list_sources
from scoring.reasons import plain_reasons
from scoring.risks import find_risks, merge
from scoring.text import split_sentences
from scoring.types import AngerLevel, Risk, RiskOrigin, RiskScore, Score, Sentence, Topic, TopicScore
from webui.jobs.judging import score_row

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MODEL = "page-tests-0"
ANGERS = (0.04, 0.27, 0.74, 0.95)
RISKS = {"i": Risk.SAFETY, "d": Risk.DISCRIMINATION, "l": Risk.LEGAL, "m": Risk.REFUND, "c": Risk.CHURN}
SHAPES = {
    "jsonld": ("schemaorg", "jsonld"),
    "microdata": ("schemaorg", "microdata"),
    "rdfa": ("schemaorg", "rdfa"),
    "rss": ("feed", "rss"),
    "atom": ("feed", "atom"),
    "appstore": ("appstore", "json"),
}

Record = dict[str, Any]


def seed(engine: Engine, *, now: datetime = NOW, are_scored: bool = True, until: timedelta = timedelta()) -> None:
    """Everything of the demo's data; `until` leaves out what is younger than that."""
    data = files("crawlers") / "standin" / "data"
    business = json.loads((data / "business.json").read_text("utf-8"))
    records: list[Record] = []
    for file in sorted(data.iterdir(), key=lambda file: file.name):
        if file.name.startswith("reviews_"):
            records += [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]
    with session_scope(engine) as session:
        _register(session, business, now=now)
    with session_scope(engine) as session:
        _store(session, business, records, anchor=now, now=now - timedelta(days=2), are_later=False, until=until)
    with session_scope(engine) as session:
        _store(session, business, records, anchor=now, now=now - timedelta(minutes=12), are_later=True, until=until)
    if are_scored:
        score_all(engine, {_key(record): record for record in records}, now=now)


def score_all(engine: Engine, records: dict[str, Record], *, now: datetime) -> None:
    """Give every wording a score out of the label of its text; calm where the text has none."""
    while True:
        with session_scope(engine) as session:
            texts = claim_unscored(session, MODEL, limit=200, now=now, lease_s=60)
            if not texts:
                set_stale(session, now=now, limit=10_000)
                return
            store_scores(
                session, [made_up_score(text, records.get(_start(text.body), {}), now=now) for text in texts], now=now
            )


def made_up_score(text: ReviewText, record: Record, *, now: datetime) -> ScoreRow:
    """A score as the label would have it, with the loudest sentence the angriest; the rules are the real ones."""
    rank = int(record.get("anger", 0))
    level = list(AngerLevel)[rank]
    spread = (len(text.text) % 9 - 4) / 100
    anger = min(0.99, max(0.01, ANGERS[rank] + spread))
    sentiment = min(5.0, max(1.0, 4.6 - 1.15 * rank + spread * 5))
    said = [RISKS[letter] for letter in record.get("risks", "") if letter in RISKS]
    by_label = [RiskScore(risk=risk, probability=0.87, origin=RiskOrigin.MODEL) for risk in said]
    risks = merge((found for found in find_risks(text.text) if found.risk in said), by_label)
    score = Score(
        anger=anger,
        anger_level=level,
        sentiment=sentiment,
        language=record.get("lang", "und"),
        topics=(TopicScore(topic=Topic.WAITING, probability=0.81),) if rank else (),
        risks=risks,
        sentences=sentences(text.text, anger),
        reasons=plain_reasons(text.text, level=level, sentiment=sentiment, risks=risks),
        model_version=MODEL,
    )
    return score_row(text, score, now=now)


def sentences(text: str, anger: float) -> tuple[Sentence, ...]:
    """Sentences with an anger of their own; the loudest has that of the text."""
    found = split_sentences(text)
    loud = [_loudness(text[start:end]) for start, end in found]
    top = max(loud, default=0.0) or 1.0
    return tuple(
        Sentence(start=start, end=end, anger=round(anger * value / top, 3))
        for (start, end), value in zip(found, loud, strict=True)
    )


def _loudness(sentence: str) -> float:
    letters = [char for char in sentence if char.isalpha()]
    capitals = sum(char.isupper() for char in letters) / len(letters) if letters else 0.0
    return 0.15 + capitals * 2 + sentence.count("!") * 0.5 + min(len(sentence), 120) / 300


def _register(session: Session, business: Record, *, now: datetime) -> None:
    places = {
        place["slug"]: add_location(session, place["name"], slug=place["slug"], now=now, timezone=place["timezone"])
        for place in business["places"]
    }
    for source in business["sources"]:
        platform, syntax = SHAPES[source["kind"]]
        add_source(
            session,
            places[source["place"]],
            name=source["name"],
            slug=source["slug"],
            platform=platform,
            syntax=syntax,
            url=f"https://lanterna.example{source['path']}",
            now=now,
        )


def _store(
    session: Session,
    business: Record,
    records: list[Record],
    *,
    anchor: datetime,
    now: datetime,
    are_later: bool,
    until: timedelta,
) -> None:
    scales = {source["slug"]: source["scale"] for source in business["sources"]}
    for source in list_sources(session):
        run_id = start_run(session, source.id, now=now)
        mine = [r for r in records if r["source"] == source.slug and timedelta(days=r["days_ago"]) >= until]
        items = [_item(r, scales[source.slug], anchor=anchor, are_later=are_later) for r in mine]
        counts = ingest(session, source.id, items, run_id=run_id, now=now)
        result = RunResult(
            state=CrawlState.FINISHED,
            reason="finished",
            pages=1 + len(items) // 20,
            found=len(items),
            new=counts.new,
            changed=counts.changed,
            unchanged=counts.unchanged,
            advertised_total=len(items),
            is_complete=True,
            robots_verdict="allowed",
        )
        finish_run(session, run_id, result, now=now)


def _item(record: Record, scale: list[int] | None, *, anchor: datetime, are_later: bool) -> ReviewItem:
    later = (record["later"] or {}) if are_later else {}
    edit = later.get("edit") or {}
    reply = later.get("reply") or record["reply"]
    value = edit.get("stars", record["stars"])  # on the scale of the source
    most = float(scale[1]) if scale and value is not None else None
    raw = "" if value is None or most is None else f"{value:g}" if most == 5 else f"{value:g}/{most:g}"
    published = anchor - timedelta(days=record["days_ago"])
    answered = anchor - timedelta(days=reply["days_ago"]) if reply and "days_ago" in reply else None
    return ReviewItem(
        external_id=record["id"],
        title=record["title"],
        body=str(edit.get("text", record["text"])),
        author_name=record["author"],
        rating_raw=raw,
        rating=value,
        rating_max=most,
        rating_kind=RatingKind.NONE if value is None else RatingKind.STARS if most == 5 else RatingKind.SCORE,
        stars=None if value is None or most is None else value * 5 / most,
        language=record["lang"],
        url=f"https://lanterna.example/reviews/{record['id']}",
        published_at=published,
        published_precision=DatePrecision.INSTANT,
        reply=OwnerReply(body=reply["text"], author_name="Davide", published_at=answered) if reply else None,
    )


def _key(record: Record) -> str:
    return _start(record["text"])


def _start(body: str) -> str:
    return body[:80]
