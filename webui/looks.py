"""Looks at an address or at an API before a source is added: each in a thread of its own, since it may take a minute.

What was entered and what was found lie in `looks` in the data folder, sealed as keys are, until the source is saved or
an hour has passed. A process that ends takes its looks along; the page then says so, and the person looks again.
"""

from __future__ import annotations

import dataclasses
import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from crawlers.config import CrawlSettings
from crawlers.probe import TIME_LIMIT_S, ProbeReport, as_json, probe, report_from
from crawlers.trial import probe_api
from db.phrases import say

from .accounts import me
from .pages import Pages
from .sealed_files import KEPT, SealedFiles, new_id

FOLDER = "looks"
LOST = timedelta(seconds=3 * TIME_LIMIT_S)  # no answer after this: its process was ended
AT_ONCE = 2  # each is a child process; more wait for their turn
SILENT_FAULT = say("Amends could not look there: a fault of the program. Its log tells more.")

log = logging.getLogger(__name__)
_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is looked at, and what came of it. With `platform` it is an API, else a link."""

    id: str
    started_at: datetime
    url: str = ""
    platform: str = ""
    place_ref: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    person_id: int | None = None  # who looks: nobody else sees what was entered or found
    source_id: int | None = None  # the source whose entries are tried again; None: a new one
    is_stored: bool = False  # the source has these entries already
    entered: dict[str, str] = field(default_factory=dict)  # the rest of the form, to be shown again
    seen: str = ""  # what that form was filled from, see `settings_seen`
    report: ProbeReport | None = None
    saved_as: int | None = None  # the source that came of it: nothing else is left here

    def is_lost(self, now: datetime) -> bool:
        """Whether nobody looks any more."""
        return self.report is None and now - self.started_at > LOST


def begin(parts: Pages, **entered: Any) -> Look:
    """Start looking, and give what the page asks for by its id."""
    look = keep(parts, **entered)
    settings = parts.crawl_settings()
    threading.Thread(target=_look, args=(parts, look, settings), name="look", daemon=True).start()
    return look


def keep(parts: Pages, **entered: Any) -> Look:
    """What was entered, while something else comes before the look."""
    _files(parts).sweep()
    look = Look(id=new_id(), started_at=parts.clock(), person_id=_asker(), **entered)
    _store(parts, look)
    return look


def find(parts: Pages, look_id: str) -> Look | None:
    """A look of the last hour, of whoever asks."""
    values = _files(parts).get(look_id)
    if values is None:
        return None
    look = Look(
        **values
        | {
            "started_at": datetime.fromisoformat(values["started_at"]),
            "report": report_from(values["report"]) if values["report"] else None,
        }
    )
    return look if look.person_id == _asker() and parts.clock() - look.started_at <= KEPT else None


def saved(parts: Pages, look: Look, source_id: int) -> None:
    """What was entered is a source now; its number stays, for a form that is sent twice and for the way back."""
    _store(parts, Look(id=look.id, started_at=look.started_at, person_id=look.person_id, saved_as=source_id))


def forget(parts: Pages, look: Look) -> None:
    """What was entered is not wanted."""
    _files(parts).remove(look.id)


def _asker() -> int | None:
    who = me()
    return who.person_id if who else None


def _look(parts: Pages, look: Look, settings: CrawlSettings) -> None:
    try:
        with _turns:
            if look.platform:
                report = probe_api(
                    *(look.platform, look.place_ref, look.keys, look.options),
                    settings=settings,
                    data_dir=parts.database.data_dir,
                )
            else:
                report = probe(look.url, settings=settings, data_dir=parts.database.data_dir, options=look.options)
    except Exception:  # a thread has nobody above it who would tell the person
        log.exception("a look has failed")
        report = ProbeReport(url=look.url, platform=look.platform, refusal=SILENT_FAULT)
    _store(parts, dataclasses.replace(look, report=report))


def _store(parts: Pages, look: Look) -> None:
    report = as_json(look.report) if look.report else None
    held = dataclasses.asdict(look) | {"started_at": look.started_at.isoformat(), "report": report}
    _files(parts).put(look.id, held)


def _files(parts: Pages) -> SealedFiles:
    return SealedFiles(parts, FOLDER)
