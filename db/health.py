"""What the record of its readings says of a source: its usual yield, alarms, and the next step in words.

The usual yield is the median of the last GOOD_RUNS full readings that went well, with the spread between them (1.4826
times the median distance from it, which is the standard deviation of a normal one). A full reading is below its range
when it finds less than `median - max(3 * spread, median / 2)`: half is lost, or more than chance explains. Below
ENOUGH readings nothing is said. Functions flush and leave the commit to the caller.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from .models import CrawlRun, CrawlState, Review, Source, SourceHealth
from .phrases import say, say_count

GOOD_RUNS = 10
ENOUGH = 4
NO_NEWS = "no_news"  # the reason of a run of a source that shows new reviews only, where there was none
EMPTY_ALARM = 3  # empty readings in a row, where there used to be reviews

NEXT_STEPS = {  # what the note of the reading leaves open
    SourceHealth.NEW: say("It has not been read yet; that happens by itself."),
    SourceHealth.HEALTHY: "",
    SourceHealth.DEGRADED: say(
        "If it stays so, open its address in a browser, or test its connection in the settings."
    ),
    SourceHealth.BLOCKED: say("Ask the site for permission, import an export, or pause the source."),
    SourceHealth.THROTTLED: say("Nothing to do now. If it comes back, let the source be read less often."),
    SourceHealth.MISCONFIGURED: say("Open its settings, enter what is missing and test the connection."),
    SourceHealth.SUSPICIOUS: say(
        "Open its address in a browser: the page may have moved or changed. Then give the new address, or import an "
        "export."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """How many reviews a full reading usually finds."""

    usual: float
    spread: float
    runs: int

    @property
    def least(self) -> float:
        return self.usual - max(3 * self.spread, self.usual / 2)


# A fault that passes by itself is none of these: it is told on the page of the sources.
ALARMING = (SourceHealth.SUSPICIOUS, SourceHealth.BLOCKED, SourceHealth.THROTTLED, SourceHealth.MISCONFIGURED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A source of which less is read than there should be, or nothing."""

    source_id: int
    slug: str
    name: str
    health: SourceHealth
    note: str


def usual_yield(session: Session, source_id: int, *, before_run: int | None = None) -> Yield | None:
    """None where there are too few readings to say."""
    good = select(CrawlRun.found).where(
        CrawlRun.source_id == source_id, CrawlRun.state == CrawlState.FINISHED, CrawlRun.is_full, CrawlRun.found > 0
    )
    if before_run is not None:
        good = good.where(CrawlRun.id < before_run)
    return yield_of(session.scalars(good.order_by(CrawlRun.id.desc()).limit(GOOD_RUNS)).all())


def yield_of(found: Sequence[int]) -> Yield | None:
    """The usual yield, from that of single readings."""
    if len(found) < ENOUGH:
        return None
    usual = median(found)
    return Yield(usual=usual, spread=1.4826 * median(abs(one - usual) for one in found), runs=len(found))


def doubt(session: Session, source_id: int, run_id: int) -> str:
    """Why a reading that ended well is not to be trusted, in a sentence; empty where it is. Counts empty ones."""
    run = session.get_one(CrawlRun, run_id, populate_existing=True)
    source = session.get_one(Source, source_id)
    if run.found or run.reason == NO_NEWS:
        source.empty_runs = 0
    elif session.scalar(select(exists().where(Review.source_id == source_id))):
        source.empty_runs += 1
    session.flush()
    if source.empty_runs >= EMPTY_ALARM:
        return say("%(runs)s readings in a row found no review, where there used to be some.", runs=source.empty_runs)
    usual = usual_yield(session, source_id, before_run=run_id) if run.is_full and run.found else None
    if usual is not None and run.found < usual.least:
        return say_count(
            "Only %(num)s review was found, where it is usually about %(usual)s.",
            "Only %(num)s reviews were found, where it is usually about %(usual)s.",
            run.found,
            usual=round(usual.usual),
        )
    return ""


def alarms(session: Session, *, places: Collection[int] | None = None) -> list[Alarm]:
    """The sources that a person should look at, by name; those that are not read at all are left out.

    `places` are the ids of those that are asked for; without, all of them.
    """
    wrong = select(Source.id, Source.slug, Source.name, Source.health, Source.health_note).where(
        Source.is_enabled, Source.removed_at.is_(None), Source.health.in_(ALARMING)
    )
    if places is not None:
        wrong = wrong.where(Source.location_id.in_(places))
    return [
        Alarm(source_id=row.id, slug=row.slug, name=row.name, health=row.health, note=row.health_note)
        for row in session.execute(wrong.order_by(Source.name, Source.id))
    ]


def next_step(health: SourceHealth) -> str:
    """What to do, or that nothing is to be done."""
    return NEXT_STEPS[health]


def doubt_platform(session: Session, platform: str, note: str) -> int:
    """Call every source of a platform suspicious, since our own reader of it fails its test. Gives how many."""
    doubted = (
        update(Source)
        .where(Source.platform == platform, Source.is_enabled, Source.removed_at.is_(None))
        .values(health=SourceHealth.SUSPICIOUS, health_note=note)
        .returning(Source.id)
    )
    return len(session.scalars(doubted, execution_options={"synchronize_session": False}).all())
