"""Store the reviews of a file or of mails: a plan first, which stores nothing, then batches under a record of a run.

A source that takes imports is never crawled; while one import writes to it, it is claimed as a crawl would claim it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from crawlers.errors import ParseError
from crawlers.platforms import PLATFORMS, ReadBy
from db.claims import claim_source, extend_claim, release_source
from db.crawls import RunResult, finish_run, start_run
from db.ingest import IngestCounts, ingest
from db.models import CrawlState, Source
from db.phrases import say
from db.session import session_scope
from db.settings import DbSettings
from db.source_changes import SourceRules
from db.sources import add_location, add_source, find_source_by_url, get_source, list_sources, slug_of
from db.vault import vault_of

from ..entries import default_rules
from ..faults import Refused

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from crawlers.imports.columns import Columns
    from crawlers.imports.plan import ImportPlan
    from crawlers.imports.several import Sent
    from crawlers.imports.table import Told

PLATFORM = "file"
REASON = "import"
ANY_SITE = "schemaorg"  # saved pages of no platform
COLUMNS = "columns"  # in Source.options
BATCH = 500  # reviews a transaction: others get their turn at the database
LEASE_S = 60

Progress = Callable[[int, int], None]  # reviews stored so far, still to do


class Importing(Protocol):
    """What an import needs of the program around it: `Services`, or the parts of the pages."""

    @property
    def engine(self) -> Engine: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    @property
    def database(self) -> DbSettings: ...


class Busy(Refused):
    """Somebody else writes to the source just now. That passes."""


class _NotStored(Exception):
    """Ends the transaction of a dry run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The source that an import goes to."""

    source_id: int
    slug: str
    name: str
    place: str
    remembered: Columns | None = None  # the columns of its last file
    sealed_keys: str = ""
    platform: str = ""  # whose saved pages it takes


def plan_files(
    files: Sequence[Sent],
    mapping: Columns | None = None,
    *,
    remembered: Columns | None = None,
    now: datetime,
    told: Told | None = None,
) -> ImportPlan:
    """What importing these together would store. Raises ParseError."""
    from crawlers.imports.several import plan_of_files
    from crawlers.imports.table import silent

    return plan_of_files(files, columns=mapping, remembered=remembered, now=now, told=told or silent)


def read_file(path: Path) -> Sent:
    """A file of this machine, no further than the cap. Raises OSError."""
    from crawlers.imports.several import Sent
    from crawlers.imports.sniff import MAX_BYTES

    with path.open("rb") as file:
        return Sent(name=path.name, data=file.read(MAX_BYTES + 1))  # one more than may be: `sniff` refuses it


def store_import(
    services: Importing,
    source_id: int,
    plan: ImportPlan,
    *,
    progress: Progress | None = None,
    stored: Callable[[IngestCounts], None] | None = None,
    dry_run: bool = False,
) -> IngestCounts:
    """Store the reviews of a plan, and remember its columns; a dry run counts and takes everything back.

    `stored` hears the counts so far, before each call of `progress`. What that raises ends the import.

    Raises:
        Busy: the source is being written to by somebody else.
    """
    from crawlers.imports.table import Cancelled

    if dry_run:
        return _counted(services, source_id, plan, progress)
    with session_scope(services.engine) as session:
        claim = claim_source(session, source_id, now=services.clock(), lease_s=LEASE_S)
    if claim is None:
        raise Busy(say("Something else is being read into this source just now. Try again in a minute."))
    try:
        vault = vault_of(services.database)
        with session_scope(services.engine) as session:
            run_id = start_run(session, source_id, now=services.clock())
        counts = IngestCounts()
        try:
            for at in range(0, len(plan.items), BATCH):
                batch = plan.items[at : at + BATCH]
                with session_scope(services.engine) as session:
                    counts += ingest(session, source_id, batch, run_id=run_id, now=services.clock(), vault=vault)
                with session_scope(services.engine) as session:
                    is_held = extend_claim(session, claim, now=services.clock(), lease_s=LEASE_S)
                _check_held(is_held)
                if stored is not None:
                    stored(counts)
                if progress is not None:
                    progress(at + len(batch), len(plan.items) - at - len(batch))
        except Cancelled:  # by a person, who knows of it: no fault of the source
            message = say("The import was cancelled. Import the file again for the rest: nothing is stored twice.")
            _finish(services, run_id, plan, counts, CrawlState.FINISHED, message)
            raise
        except BaseException:
            message = say("The import was ended early. Import the file again: nothing is stored twice.")
            _finish(services, run_id, plan, counts, CrawlState.FAILED, message)
            raise
        _finish(services, run_id, plan, counts, CrawlState.FINISHED, "")
        remember_columns(services, source_id, plan)
    finally:
        with session_scope(services.engine) as session:
            release_source(session, claim, now=services.clock())
    return counts


def _check_held(is_held: bool) -> None:
    if not is_held:
        raise Refused(say("Another reading took this source over. Import the file again: nothing is stored twice."))


def _counted(services: Importing, source_id: int, plan: ImportPlan, progress: Progress | None) -> IngestCounts:
    """The true counts: each batch is stored in a transaction that is then taken back."""
    counts = IngestCounts()
    vault = vault_of(services.database)
    for at in range(0, len(plan.items), BATCH):
        batch = plan.items[at : at + BATCH]
        try:
            with session_scope(services.engine) as session:
                counts += ingest(session, source_id, batch, run_id=None, now=services.clock(), vault=vault)
                _take_back()
        except _NotStored:
            pass
        if progress is not None:
            progress(at + len(batch), len(plan.items) - at - len(batch))
    return counts


def _take_back() -> None:
    """Leave a session without its work."""
    raise _NotStored


def _finish(
    services: Importing, run_id: int, plan: ImportPlan, counts: IngestCounts, state: CrawlState, message: str
) -> None:
    # Never complete: a file says nothing of the reviews it does not hold.
    result = RunResult(
        state=state,
        reason=REASON,
        message=message,
        found=len(plan.items),
        new=counts.new,
        changed=counts.changed,
        unchanged=counts.unchanged,
        dropped=len(plan.rejected),
    )
    with session_scope(services.engine) as session:
        finish_run(session, run_id, result, now=services.clock())


def remember_columns(services: Importing, source_id: int, plan: ImportPlan) -> None:
    """Keep the columns for the next file of this source."""
    if not plan.has_columns:
        return
    with session_scope(services.engine) as session:
        source = session.get_one(Source, source_id)
        source.options = {**source.options, COLUMNS: plan.columns.as_json()}


def file_source(
    session: Session,
    place: str,
    *,
    name: str | None = None,
    platform: str = "",
    rules: SourceRules | None = None,
    basis: str = "imported by hand",
    title: str = "",
    now: datetime,
) -> Source:
    """The source of imports of a place, by name where it has several; made where there is none, and never scheduled.

    Saved pages of a platform have one of their own, under that platform's rules unless others are given.
    `title` is its name in the words of whoever imports.

    Raises:
        BadValue: the place has no name.
    """
    location = add_location(session, place, now=now)
    url = _file_address(name, platform)
    known = find_source_by_url(session, url, location_id=location.id)
    if known is not None and known.removed_at is None:
        return known
    rules = rules or default_rules(platform)
    facts: dict[str, Any] = {"next_crawl_at": None, "basis_note": basis}
    facts |= {"retention": rules.retention, "may_judge": rules.may_judge}
    title = title or name or f"{location.name}: {saved_pages_of(platform) if platform else 'files'}"
    return add_source(session, location, name=title, platform=PLATFORM, syntax=platform, url=url, now=now, **facts)


def saved_pages_of(platform: str) -> str:
    """What a source of saved pages is called."""
    return "saved pages" if platform == ANY_SITE else f"{PLATFORMS[platform].name}, saved pages"


def known_file_source(session: Session, place: str, *, name: str | None = None, platform: str = "") -> Source | None:
    """The source that `file_source` would give, where it is there already."""
    url = _file_address(name, platform)
    of_place = " ".join(place.split())
    return next((one for one in list_sources(session) if one.url == url and one.location.name == of_place), None)


def _file_address(name: str | None, platform: str) -> str:
    of_platform = f":{platform}" if platform else ""
    return f"file:{slug_of(name, otherwise='reviews') if name else 'reviews'}{of_platform}"


def check_terms(target: Target, plan: ImportPlan) -> None:
    """Keep pages of a platform out of a source that is under other rules.

    Raises:
        Refused: with what to do instead.
    """
    if plan.platform == target.platform or (plan.platform in ("", ANY_SITE) and target.platform in ("", ANY_SITE)):
        return
    if plan.platform:
        raise Refused(
            say(
                "These are pages of %(platform)s, which come under its terms. %(name)s is a source of other files: "
                "choose the place instead, and they get a source of their own.",
                platform=PLATFORMS[plan.platform].name,
                name=target.name,
            )
        )
    raise Refused(
        say(
            "%(name)s takes saved pages of %(platform)s only. Choose the place instead.",
            name=target.name,
            platform=PLATFORMS[target.platform].name,
        )
    )


def target_of(source: Source) -> Target:
    """Raises Refused for a source that Amends reads by itself: its reviews would be there twice."""
    platform = PLATFORMS.get(source.platform)
    if platform is None or platform.read_by is not ReadBy.IMPORT:
        raise Refused(
            say(
                "%(name)s is read by Amends itself, so what a file holds of it would stand there twice. "
                "Import into a source of its own: --place NAME",
                name=source.slug,
            )
        )
    return Target(
        source_id=source.id,
        slug=source.slug,
        name=source.name,
        place=source.location.name,
        remembered=remembered_columns(source.options),
        sealed_keys=source.sealed_keys,
        platform=source.syntax,
    )


def remembered_columns(options: dict[str, Any]) -> Columns | None:
    """The columns of the last file of a source; None where there are none, or none of today's shape."""
    from crawlers.imports.columns import Columns

    try:
        return Columns.from_json(options[COLUMNS]) if COLUMNS in options else None
    except ParseError:
        return None


def find_target(session: Session, slug: str) -> Target:
    """Raises UnknownSource, or Refused as `target_of` does."""
    return target_of(get_source(session, slug))


def plan_of_mailbox(
    address: str, password: str, *, since: datetime, now: datetime, progress: Progress | None = None
) -> ImportPlan:
    """The reviews in the mails of a mailbox since a time. Raises CrawlerError, in words for people."""
    from crawlers.imports.mailbox import fetch_mails, read_address
    from crawlers.imports.plan import plan_of_mails

    mails: Sequence[bytes] = fetch_mails(read_address(address), password, since=since.date(), progress=progress)
    return plan_of_mails(mails, now=now)
