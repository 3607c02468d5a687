"""Where in the queue a reader is: which view, what is filtered out of it, in which order, which page. It stands in the
address and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from flask import abort, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from db.models import CaseStage, CaseState
from db.queries.arrivals import Mark, arrived
from db.queries.cursors import Sort
from db.queries.filtering import NO_STARS, NOBODY, SNOOZED, UNSCORED, Filters
from db.queries.queue import QueuePage, QueueView, queue_page
from db.queries.visits import DAYS as VISIT_DAYS
from db.queries.visits import HOURS as VISIT_HOURS
from db.queries.visits import UNKNOWN
from db.roles import Act
from db.words import QUERY_MOST
from scoring.types import AngerLevel, Risk, Topic

from .accounts import access, me
from .filters import MINUTE, minute_in_address
from .pages import pages, reader

# Names of filters in addresses, and what they may be; None: any name of those that the database knows.
CHOICES: dict[str, Sequence[str] | None] = {
    "anger": [*reversed(AngerLevel), UNSCORED],
    "stars": [str(number) for number in (1, 2, 3, 4, 5, NO_STARS)],
    "source": None,
    "place": None,
    "topic": list(Topic),
    "language": None,
    "state": list(CaseState),
    "risk": list(Risk),
    "stage": [*CaseStage, SNOOZED],
    "assignee": None,
    "tag": None,
    "cause": None,
    "visit_day": [*VISIT_DAYS, UNKNOWN],
    "visit_hour": [*VISIT_HOURS, UNKNOWN],
}
GONE = "-"  # in the place of a name that is gone, or that whoever looks may not see
MYSELF = "me"  # in the place of an assignee: whoever looks
DAYS = ("since", "until")
MOMENTS = {"overdue": "overdue_at", "waiting": "waiting_at", "missed": "missed_at"}  # in addresses, of Filters
IN_TIME = "met"
MEASURED_MOST = 366  # days whose answers are measured against their target, which takes as long as there are answers
NAMES = (
    "view",
    "sort",
    "q",
    *CHOICES,
    *DAYS,
    "complaint",
    "changed",
    *MOMENTS,
    IN_TIME,
    "after",
    "before",
)  # of everything that says where one is
Args = MultiDict[str, str]
CHOSEN_MOST = 20  # values of one filter
NAME_MOST = 80
FIRST_SORT = {QueueView.DONE: Sort.NEWEST}  # what is done has no urgency; elsewhere by priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A page of a view, as the address names it."""

    view: QueueView
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.PRIORITY
    after: str | None = None
    before: str | None = None

    @property
    def values(self) -> dict[str, Any]:
        """What an address needs to lead back here."""
        values: dict[str, Any] = self.list_values | {"after": self.after, "before": self.before}
        return {name: value for name, value in values.items() if value}

    @property
    def list_values(self) -> dict[str, Any]:
        """What an address needs to lead to the top of the same list."""
        wanted, first = self.filters, FIRST_SORT.get(self.view, Sort.PRIORITY)
        values: dict[str, Any] = {
            "view": str(self.view) if self.view is not QueueView.NOW else "",
            "sort": str(self.sort) if self.sort is not first else "",
            "q": wanted.search,
            **{name: [str(value) for value in getattr(wanted, name)] for name in CHOICES},
            **{name: value.isoformat() if (value := getattr(wanted, name)) else "" for name in DAYS},
            "complaint": "yes" if wanted.is_complaint else "",
            "changed": "yes" if wanted.is_changed else "",
            **dict(self.moments),
        }
        return {name: value for name, value in values.items() if value}

    @property
    def moments(self) -> list[tuple[str, str]]:
        """Of the filters that are on those that figures lead to and no form offers, as an address has them."""
        found = [(name, getattr(self.filters, of)) for name, of in MOMENTS.items()]
        is_met = [(IN_TIME, "yes")] if self.filters.is_in_time else []
        return [(name, minute_in_address(at)) for name, at in found if at] + is_met

    @property
    def top(self) -> Position:
        """The first page of the same list."""
        return replace(self, after=None, before=None)

    @property
    def plain(self) -> Position:
        """The same view with nothing filtered out of it."""
        return replace(self.top, filters=Filters())

    @property
    def wanted(self) -> Filters:
        """The filters as the database knows them: "me" is whoever asks."""
        who = me()
        mine = str(who.person_id) if who else NOBODY
        assignee = tuple(mine if one == MYSELF else one for one in self.filters.assignee)
        return replace(self.filters, assignee=assignee)

    def sorted_by(self, sort: Sort) -> Position:
        return replace(self.top, sort=sort)

    def in_view(self, view: QueueView) -> Position:
        """The same filters on another view, in its own order."""
        return replace(self.top, view=view, sort=FIRST_SORT.get(view, Sort.PRIORITY))

    def without(self, name: str, value: object = None) -> Position:
        """The list without one filter, or without one value of it."""
        empty = getattr(Filters(), name)
        left = tuple(one for one in getattr(self.filters, name) if one != value) if isinstance(empty, tuple) else empty
        changed: dict[str, Any] = {name: left}
        return replace(self.top, filters=replace(self.filters, **changed))

    def arrived(self, session: Session, since: Mark) -> int:
        """How many cases have come into this list since, but for what whoever asks has done."""
        return arrived(
            session,
            self.view,
            since=since,
            reader=reader(session, now=pages().clock()),
            filters=self.wanted,
            places=access().places(Act.READ),
        )

    def page(self, session: Session, *, limit: int) -> QueuePage:
        """Read the page, of the places that whoever asks may see.

        Raises:
            BadCursor: the address was not given out by us.
        """
        return queue_page(
            session,
            self.view,
            filters=self.wanted,
            sort=self.sort,
            after=self.after,
            before=self.before,
            limit=limit,
            places=access().places(Act.READ),
            reader=reader(session, now=pages().clock()),
        )


def asked_position() -> Position:
    """The position that the address of this request names; "not found" for a view that there is not."""
    position = position_in(request.args)
    return position if position is not None else abort(404)


def position_in(args: Args) -> Position | None:
    """The position that an address names; None for a view that there is not.

    A filter that nobody knows is left out: addresses outlive the names in them.
    """
    name = args.get("view", QueueView.NOW)
    if name not in list(QueueView):
        return None
    view = QueueView(name)
    sort = args.get("sort", "")
    return Position(
        view=view,
        filters=_filters(args),
        sort=Sort(sort) if sort in list(Sort) else FIRST_SORT.get(view, Sort.PRIORITY),
        after=args.get("after") or None,
        before=args.get("before") or None,
    )


def _filters(args: Args) -> Filters:
    chosen: dict[str, Any] = {name: _chosen(args, name, known) for name, known in CHOICES.items()}
    chosen["stars"] = tuple(int(number) for number in chosen["stars"])
    chosen |= {name: _day(args.get(name, "")) for name in DAYS}
    since, until = chosen["since"], chosen["until"]
    chosen |= {of: _minute(args.get(name, "")) for name, of in MOMENTS.items()}
    is_measured = since is not None and until is not None and (until - since).days < MEASURED_MOST
    chosen["missed_at"] = chosen["missed_at"] if is_measured else None
    return Filters(
        search=" ".join(args.get("q", "").replace("\0", "").split())[:QUERY_MOST],
        is_complaint=args.get("complaint") == "yes",
        is_changed=args.get("changed") == "yes",
        is_in_time=is_measured and args.get(IN_TIME) == "yes",
        **chosen,
    )


def _chosen(args: Args, name: str, known: Sequence[str] | None) -> tuple[str, ...]:
    given = dict.fromkeys(value.replace("\0", "")[:NAME_MOST] for value in args.getlist(name))
    return tuple(value for value in given if value and (known is None or value in known))[:CHOSEN_MOST]


def _minute(text: str) -> datetime | None:
    """What `minute_in_address` wrote."""
    try:
        at = datetime.strptime(text, MINUTE).replace(tzinfo=UTC)
    except ValueError:
        return None
    return at if _day(f"{at:%Y-%m-%d}") else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1970 <= day.year <= 2200 else None  # what either database can compare
