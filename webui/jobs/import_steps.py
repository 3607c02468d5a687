"""The two steps of an import from the pages: read the files and say what is in them, then store that.

Small ones are done while the page waits, others by the worker; it is the same work. Whoever does it holds the lock of
the upload, says now and then how far it is, and ends when a person wishes so. A worker that dies leaves the upload as
it is, and the next one does the step anew: nothing is stored twice.
"""

from __future__ import annotations

import io
import logging
import threading
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from crawlers.errors import ParseError
from db.errors import BadValue, DbError
from db.ingest import IngestCounts
from db.models import Retention, Source
from db.phrases import packed, say
from db.session import read_scope, session_scope
from db.source_changes import SourceRules

from .. import uploads
from ..faults import Refused
from ..import_found import Found, found_in
from ..uploads import State, Step, Upload
from .importing import (
    Busy,
    Importing,
    Target,
    check_terms,
    file_source,
    known_file_source,
    plan_files,
    store_import,
    target_of,
)

if TYPE_CHECKING:
    from crawlers.imports.columns import Columns
    from crawlers.imports.plan import ImportPlan

    from ..wiring import Services

SMALL = 512 * 1024  # bytes that are read while the page waits: about a second
TOLD_EVERY_S = 0.5
LOOK_EVERY_S = 1.0
AGAIN_S = 5.0  # between two tries where the source is being written to
SILENT_FAULT = say("A fault of the program stopped it; its log tells where. Nothing is stored twice: try once more.")
CUT_OFF = say("The files are not in the data folder any more. Choose them again.")

log = logging.getLogger(__name__)


def work_on(parts: Importing, upload_id: str) -> bool:
    """Do the step that an upload waits for. False where somebody else is on it, or nothing is to be done."""
    data_dir = parts.database.data_dir
    with uploads.held(data_dir, upload_id) as is_ours:
        upload = uploads.find(data_dir, upload_id, now=parts.clock()) if is_ours else None
        if upload is None or not upload.is_under_way:
            return False
        _Work(parts=parts, upload=upload).run()
    return True


def work_until(services: Services, stop: threading.Event) -> None:
    """The worker's part: look for uploads that wait, and do their steps one after the other."""
    data_dir = services.database.data_dir
    rests: dict[str, float] = {}  # uploads whose source was taken
    with uploads.as_worker(data_dir):
        while not stop.wait(LOOK_EVERY_S):
            try:
                for upload in uploads.listed(data_dir, now=services.clock()):
                    if upload.is_under_way and rests.get(upload.id, 0.0) <= time.monotonic() and not stop.is_set():
                        work_on(services, upload.id)
                        rests[upload.id] = time.monotonic() + AGAIN_S
            except Exception:  # a thread has nobody above it who would begin anew
                log.exception("imports could not be looked for")


def cancel(parts: Importing, upload: Upload) -> None:
    """End it: at once where nobody works on it, else with the next rows."""
    data_dir = parts.database.data_dir
    uploads.ask_to_stop(data_dir, upload.id)
    with uploads.held(data_dir, upload.id) as is_ours:
        now = parts.clock()
        latest = uploads.find(data_dir, upload.id, now=now) if is_ours else None
        if latest is not None:
            if latest.is_under_way:
                _end(parts, replace(latest, state=State.CANCELLED, fault=""))
            uploads.take_stop(data_dir, upload.id)


def target_for(parts: Importing, upload: Upload, platform: str) -> Target | None:
    """Where it goes; None for a source that is still to be made. Raises Refused."""
    with read_scope(parts.engine) as session:
        if upload.source_id is None:
            source = known_file_source(session, upload.place, platform=platform)
        else:
            source = session.get(Source, upload.source_id)
            if source is None or source.removed_at is not None:
                raise Refused(say("The source has been removed. Start again."))
        return target_of(source) if source else None


@dataclass(kw_only=True)
class _Work:
    """One step of one upload, while its lock is held."""

    parts: Importing
    upload: Upload
    told_at: float = field(default=0.0)

    def run(self) -> None:
        from crawlers.imports.table import Cancelled

        self._save(state=State.WORKING, fault="", phase="read", done=0, left=0, rejected=0)
        try:
            plan = self._plan()
            if self.upload.step is Step.READ:
                self._show(plan)
            else:
                self._store(plan)
        except Cancelled:
            _end(self.parts, replace(self.upload, state=State.CANCELLED))
        except Busy as error:
            self._save(state=State.WAITING, fault=packed(str(error)))
        except (ParseError, Refused, BadValue) as error:
            self._back(str(error))
        except OSError as error:
            log.warning("import: %s", error)
            self._back(CUT_OFF)
        except DbError as error:
            self._back(str(error))
        except Exception:
            log.exception("an import has failed")
            self._back(SILENT_FAULT)
        finally:
            uploads.take_stop(self.parts.database.data_dir, self.upload.id)

    def _plan(self) -> ImportPlan:
        from crawlers.imports.several import Sent

        files = [Sent(name=name, data=data) for name, data in self._files()]
        before = Found.from_json(self.upload.found)
        target = target_for(self.parts, self.upload, before.platform if before else "")
        remembered = target.remembered if target else None
        said = _columns(self.upload.said)
        return plan_files(files, said, remembered=remembered, now=self.parts.clock(), told=self._read)

    def _files(self) -> list[tuple[str, bytes]]:
        return uploads.files_of(self.parts.database.data_dir, self.upload)

    def _show(self, plan: ImportPlan) -> None:
        target = target_for(self.parts, self.upload, plan.platform)
        if target is None:
            counts = IngestCounts(new=len(plan.items))
        else:
            check_terms(target, plan)
            self._tell(phase="compare", done=0, left=len(plan.items))
            counts = store_import(self.parts, target.source_id, plan, progress=self._progress, dry_run=True)
        self._keep_rejected(plan)
        self._save(state=State.READY, found=found_in(plan, counts).as_json())

    def _store(self, plan: ImportPlan) -> None:
        target = target_for(self.parts, self.upload, plan.platform) or self._made(plan)
        check_terms(target, plan)
        self._tell(phase="store", done=0, left=len(plan.items), rejected=len(plan.rejected))
        counts = store_import(self.parts, target.source_id, plan, progress=self._progress, stored=self._count_stored)
        self._keep_rejected(plan)
        found = found_in(plan, counts).without_texts()
        numbers: dict[str, Any] = {"new": counts.new, "changed": counts.changed, "unchanged": counts.unchanged}
        done = replace(self.upload, state=State.STORED, found=found.as_json(), source_id=target.source_id, **numbers)
        _end(self.parts, done)

    def _made(self, plan: ImportPlan) -> Target:
        rules, values = None, self.upload.rules
        if "retention" in values:
            rules = SourceRules(retention=Retention(values["retention"]), may_judge=bool(values["may_judge"]))
        basis = str(values.get("basis") or "imported by hand")
        with session_scope(self.parts.engine) as session:
            source = file_source(
                session,
                self.upload.place,
                platform=plan.platform,
                rules=rules,
                basis=basis,
                title=str(values.get("title") or ""),
                now=self.parts.clock(),
            )
            return target_of(source)

    def _keep_rejected(self, plan: ImportPlan) -> None:
        from crawlers.imports.rejected import write_rejected

        path = uploads.rejected_path(self.parts.database.data_dir, self.upload)
        if not plan.rejected:
            path.unlink(missing_ok=True)
            return
        file = io.StringIO(newline="")
        write_rejected(plan, file, told=packed)  # in the language of whoever fetches it
        uploads.write_text(path, "\ufeff" + file.getvalue())  # Excel reads UTF-8 only with its mark

    def _read(self, read: int, left: int, rejected: int) -> None:
        self._tell(done=read, left=left, rejected=rejected)

    def _progress(self, done: int, left: int) -> None:
        self._tell(done=done, left=left)

    def _count_stored(self, counts: IngestCounts) -> None:
        self.upload = replace(self.upload, new=counts.new, changed=counts.changed, unchanged=counts.unchanged)

    def _tell(self, **values: Any) -> None:
        """How far it is. Raises Cancelled where a person wishes it to end."""
        from crawlers.imports.table import Cancelled

        data_dir = self.parts.database.data_dir
        if uploads.is_to_stop(data_dir, self.upload.id):
            raise Cancelled
        self.upload = replace(self.upload, **values)
        if time.monotonic() - self.told_at >= TOLD_EVERY_S:
            self.told_at = time.monotonic()
            self._save()

    def _back(self, fault: str) -> None:
        """To the person: with what was read before, if anything was."""
        self._save(state=State.READY if self.upload.found else State.FAILED, fault=packed(fault))

    def _save(self, **values: Any) -> None:
        self.upload = replace(self.upload, **values, kept_at=self.parts.clock().isoformat())
        uploads.save(self.parts.database.data_dir, self.upload)


def _end(parts: Importing, upload: Upload) -> None:
    """It goes no further: what guests wrote is removed, how it went can be seen for an hour."""
    found = Found.from_json(upload.found)
    kept = found.without_texts().as_json() if found else {}
    uploads.save(parts.database.data_dir, replace(upload, found=kept, said={}, kept_at=parts.clock().isoformat()))
    uploads.forget_files(parts.database.data_dir, upload)


def _columns(said: dict[str, Any]) -> Columns | None:
    from crawlers.imports.columns import Columns

    return Columns.from_json(said) if said else None
