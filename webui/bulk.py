"""Acts on several cases at once: what is asked for, which of the cases it reaches, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from db.acting import Done
from db.case_acts import assign, set_stage, snooze, tag
from db.errors import BadValue
from db.models import CaseStage
from db.people import access_of, get_person
from db.queries.places import CasePlace, places_of_cases
from db.roles import Act
from db.tags import NAME_MOST as TAG_MOST

from .accounts import access, me
from .actors import actor
from .away_words import away_sentence
from .filters import day_and_time
from .i18n import gettext, ngettext
from .shown import one_line
from .snoozing import moments


class Deed(StrEnum):
    MINE = "mine"
    ASSIGN = "assign"
    FREE = "free"  # assigned to nobody
    SNOOZE = "snooze"
    TAG = "tag"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """One act on some cases. `cases` are those that it reaches."""

    deed: Deed
    cases: Sequence[CasePlace]
    skipped: int  # seen by whoever asks, but not theirs to touch
    strange: int  # at places where the one they are given to does not work
    to_id: int | None = None
    to_name: str = ""
    until: datetime | None = None
    tag: str = ""
    away: str = ""  # that whoever they are given to is away

    @property
    def question(self) -> str:
        """What is about to happen, with the number of cases."""
        return ngettext("%(num)s case: %(what)s?", "%(num)s cases: %(what)s?", len(self.cases), what=self._what())

    def _what(self) -> str:
        if self.deed is Deed.MINE:
            return gettext("assign to you")
        if self.deed is Deed.ASSIGN:
            return gettext("assign to %(name)s", name=self.to_name)
        if self.deed is Deed.FREE:
            return gettext("assign to nobody")
        if self.deed is Deed.SNOOZE:
            return gettext("put off until %(when)s", when=self._until())
        if self.deed is Deed.TAG:
            return gettext("tag with “%(tag)s”", tag=self.tag)
        return gettext("done")

    def told(self, done: Done) -> str:
        """What has happened."""
        if not done.changed:
            return gettext("Nothing to change: that is so already.")
        words = {
            Deed.MINE: gettext("Assigned to you."),
            Deed.ASSIGN: gettext("Assigned to %(name)s.", name=self.to_name),
            Deed.FREE: gettext("Assigned to nobody."),
            Deed.SNOOZE: gettext("Put off until %(when)s.", when=self._until()),
            Deed.TAG: gettext("Tagged with “%(tag)s”.", tag=self.tag),
            Deed.DONE: gettext("Done."),
        }[self.deed]
        if done.changed > 1:
            words = ngettext("%(num)s case: %(what)s", "%(num)s cases: %(what)s", done.changed, what=words)
        return f"{words} {self.away}".strip()

    def _until(self) -> str:
        return day_and_time(self.until, timezone=self.cases[0].timezone) if self.until and self.cases else ""

    def do(self, session: Session) -> Done:
        """Do it.

        Raises:
            BadValue: it cannot be done, in words for people.
        """
        ids, by = [case.case_id for case in self.cases], actor()
        if self.deed is Deed.SNOOZE and self.until is not None:
            return snooze(session, ids, self.until, by=by)
        if self.deed is Deed.TAG:
            return tag(session, ids, self.tag, by=by)
        if self.deed is Deed.DONE:
            return set_stage(session, ids, CaseStage.DONE, by=by)
        return assign(session, ids, self.to_id, by=by)


def asked(session: Session, deed: Deed, case_ids: Sequence[int], form: Mapping[str, str], *, now: datetime) -> Bulk:
    """What a form asks for. Cases that whoever asks may not see are as if they were not there.

    Raises:
        BadValue: nobody of that name works here.
    """
    seen = [case for case in places_of_cases(session, case_ids) if access().role_at(case.location_id) is not None]
    mine = [case for case in seen if access().may(Act.WORK, case.location_id)]
    skipped = len(seen) - len(mine)
    if deed is Deed.SNOOZE:
        until = _until(form.get("until", ""), now=now, timezone=mine[0].timezone if mine else "UTC")
        return Bulk(deed=deed, cases=mine, skipped=skipped, strange=0, until=until)
    if deed is Deed.TAG:
        return Bulk(deed=deed, cases=mine, skipped=skipped, strange=0, tag=one_line(form.get("tag", ""))[:TAG_MOST])
    if deed not in {Deed.MINE, Deed.ASSIGN}:
        return Bulk(deed=deed, cases=mine, skipped=skipped, strange=0)
    who, to = me(), form.get("to", "")
    to_id = who.person_id if deed is Deed.MINE and who else int(to) if to.isdecimal() and len(to) < 10 else 0
    person = get_person(session, to_id)
    if person is None or not person.is_active:
        raise BadValue(gettext("Choose somebody to assign them to."))
    theirs = access_of(person)
    fitting = [case for case in mine if theirs.may(Act.WORK, case.location_id)]
    strange = len(mine) - len(fitting)
    away = ""
    if fitting and deed is Deed.ASSIGN:
        place = (fitting[0].location_id, fitting[0].timezone)
        away = away_sentence(session, person.id, person.name, place=place, now=now)
    return Bulk(
        deed=deed,
        cases=fitting,
        skipped=skipped,
        strange=strange,
        to_id=person.id,
        to_name=person.name,
        away=away,
    )


def _until(value: str, *, now: datetime, timezone: str) -> datetime:
    """One of the moments that are offered; tomorrow morning where the form names none of them."""
    offered = {moment.value: moment.at for moment in moments(now, timezone)}
    return offered.get(value) or offered["tomorrow"]
