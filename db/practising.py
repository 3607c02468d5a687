"""Tries in the practice room: kept while they are typed, ended with what the checks found. Nothing here is posted.

One try at a case is open at most; the next begins when it is done. Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from .acting import Actor
from .errors import BadValue, CaseChanged
from .models import PracticeAttempt
from .phrases import say
from .replies import REPLY_MOST, as_kept
from .upserts import insert_missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far somebody is with one case."""

    done: int  # tries that are ended
    last_number: int  # of the last of them; 0: none
    last_failed: int  # checks that it failed
    is_open: bool  # one is being written


def open_attempt(session: Session, key: str, *, person_id: int) -> PracticeAttempt | None:
    """What somebody is writing about a case."""
    wanted = select(PracticeAttempt).where(*_open(key, person_id))
    return session.scalar(wanted.execution_options(populate_existing=True))


def ended_attempt(session: Session, key: str, number: int, *, person_id: int) -> PracticeAttempt | None:
    """A try that they have ended."""
    return session.scalar(
        select(PracticeAttempt).where(
            PracticeAttempt.person_id == person_id,
            PracticeAttempt.case_key == key,
            PracticeAttempt.number == number,
            PracticeAttempt.done_at.is_not(None),
        )
    )


def ended_attempts(session: Session, key: str, *, person_id: int) -> Sequence[PracticeAttempt]:
    """All that they have ended at a case, the last first."""
    return session.scalars(
        select(PracticeAttempt)
        .where(
            PracticeAttempt.person_id == person_id,
            PracticeAttempt.case_key == key,
            PracticeAttempt.done_at.is_not(None),
        )
        .order_by(PracticeAttempt.number.desc())
    ).all()


def standings(session: Session, *, person_id: int) -> Mapping[str, Standing]:
    """How far somebody is with each case they have begun, by its key."""
    columns = (PracticeAttempt.case_key, PracticeAttempt.number, PracticeAttempt.done_at, PracticeAttempt.findings)
    rows = session.execute(
        select(*columns).where(PracticeAttempt.person_id == person_id).order_by(PracticeAttempt.number)
    ).all()
    found: dict[str, list[tuple[int, datetime | None, list[dict[str, Any]]]]] = {}
    for key, number, done_at, findings in rows:
        found.setdefault(key, []).append((number, done_at, findings))
    return {key: _standing(tries) for key, tries in found.items()}


def keep_attempt(session: Session, key: str, body: str, *, seen: int, by: Actor) -> int:
    """Keep the words, and give the version that they now have. `seen`: the version that the page knows, 0 for none.

    Raises:
        BadValue: it is too long.
        CaseChanged: other words were saved since, on another page or device, or the try was ended there.
    """
    body = as_kept(body)
    if len(body) > REPLY_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=REPLY_MOST))
    present = open_attempt(session, key, person_id=by.person_id)
    if present is None and seen == 0:
        first = {"version": 1, "body": body, "findings": [], "passed": [], "begun_at": by.now, "saved_at": by.now}
        first |= {"person_id": by.person_id, "case_key": key, "number": _last_number(session, key, by.person_id) + 1}
        insert_missing(session, PracticeAttempt, [first])  # of two pages at once the other may have been faster
        present = open_attempt(session, key, person_id=by.person_id)
    if present is not None and present.body == body:
        return present.version
    version: int | None = session.scalar(
        update(PracticeAttempt)
        .where(*_open(key, by.person_id), PracticeAttempt.version == seen)
        .values(body=body, version=PracticeAttempt.version + 1, saved_at=by.now)
        .returning(PracticeAttempt.version),
        execution_options={"synchronize_session": False},
    )
    if version is None:
        raise CaseChanged(say("You have written on or ended this try since, on another page."))
    return version


def end_attempt(
    session: Session,
    key: str,
    *,
    seen: int,
    findings: Sequence[Mapping[str, Any]],
    passed: Sequence[str],
    by: Actor,
) -> int:
    """End the try that is open, with what the checks found in these very words; the number of the try.

    Raises:
        BadValue: there are no words.
        CaseChanged: there are other words since, or it was ended on another page.
    """
    present = session.scalar(
        select(PracticeAttempt)
        .where(*_open(key, by.person_id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if present is None or present.version != seen:
        raise CaseChanged(say("You have written on or ended this try since, on another page."))
    if not present.body.strip():
        raise BadValue(say("There is no answer yet. Write one first."))
    present.findings, present.passed = [dict(one) for one in findings], list(passed)
    present.done_at = by.now
    session.flush()
    return present.number


def _open(key: str, person_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        PracticeAttempt.person_id == person_id,
        PracticeAttempt.case_key == key,
        PracticeAttempt.done_at.is_(None),
    )


def _last_number(session: Session, key: str, person_id: int) -> int:
    last = select(func.max(PracticeAttempt.number)).where(
        PracticeAttempt.person_id == person_id, PracticeAttempt.case_key == key
    )
    return session.scalar(last) or 0


def _standing(tries: Sequence[tuple[int, datetime | None, list[dict[str, Any]]]]) -> Standing:
    done = [(number, findings) for number, done_at, findings in tries if done_at is not None]
    number, findings = done[-1] if done else (0, [])
    return Standing(
        done=len(done),
        last_number=number,
        last_failed=sum(one.get("outcome") == "failed" for one in findings),
        is_open=len(done) < len(tries),
    )
