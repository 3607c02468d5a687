"""What a digest tells, as plain facts: no words of a language, no markup, and no text of a guest that is not masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.models import OfferKind
from db.queries.answer_times import Times
from db.queries.places import NamedPlace
from db.queries.week_figures import WeekFigures
from scoring.chance import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """One review in a line."""

    review_id: int
    place: str
    source: str
    cause: tuple[str, str] | None  # key and name; None: nobody has chosen one
    state: str  # db.models.CaseState
    level: str | None  # None: not judged yet
    stars: float | None
    who: str  # initials
    day: date  # by the calendar of the place


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One masked sentence, and where it stands."""

    review_id: int
    words: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseLine:
    """One cause of the week beside the twelve weeks before."""

    cause_id: int
    cause: tuple[str, str]  # key and name
    cases: int
    cases_before: int
    finding: Finding
    first_on: date  # ever
    quotation: Quotation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    place: NamedPlace
    figures: WeekFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Offers of one kind or cause that were approved in the week; amounts in the minor unit."""

    kind: OfferKind | None
    cause: tuple[str, str] | None  # None with a kind of None: no cause was chosen
    offers: int
    cost_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempted:
    """An offer outside the policy, and who allowed it."""

    review_id: int | None  # None: its case is gone
    place: str
    kind: OfferKind
    cost_minor: int
    currency: str
    approved_by: str  # empty: somebody who is no longer here


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    place: NamedPlace
    month: str  # "2026-11"
    left_minor: int
    budget_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What was given to make it right, at the places where whoever reads may see it."""

    offers: int
    by_kind: tuple[Spent, ...]
    by_cause: tuple[Spent, ...]
    exempted: tuple[Exempted, ...]
    budgets: tuple[BudgetLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """An improvement action; the counts are of its cause among all reviews, before it was done and after."""

    improvement_id: int
    place: str
    title: str
    owner: str
    finding: Finding | None = None  # None: its effect is not what is told
    before: tuple[int, int] = (0, 0)
    after: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    opened: tuple[ActionLine, ...]
    done: tuple[ActionLine, ...]
    effects: tuple[ActionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionLine:
    """An offer that waits for whoever may decide."""

    review_id: int | None
    place: str
    kind: OfferKind
    value_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What whoever reads can decide, at the moment of reading."""

    overdue: int
    submitted: tuple[int, ...]  # reviews
    not_pursued: int
    exceptions: tuple[ExceptionLine, ...]
    follow_ups: int

    def __bool__(self) -> bool:
        return bool(self.overdue or self.submitted or self.not_pursued or self.exceptions or self.follow_ups)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A source that is not read as it should be."""

    source_id: int
    place: str
    name: str
    health: str  # db.models.SourceHealth
    is_paused: bool
    last_success_at: datetime | None
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """How well it was looked, and what could not be seen."""

    sources: int
    fine: int
    troubled: tuple[SourceLine, ...]
    without_source: tuple[NamedPlace, ...]
    unjudged: int  # reviews of the week that no model has read
    unnamed: int  # of the week: they call for somebody, and no cause was chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A week as one person may see it, at one place or several."""

    week: str  # "2026-W46"
    first: date
    last: date
    is_over: bool  # at each of the places
    made_at: datetime
    places: tuple[NamedPlace, ...]
    is_all: bool  # every place that whoever reads may see
    opens_sources: bool  # whether whoever reads may look after sources
    series: Sequence[WeekFigures]  # of this week and those before, the latest first; summed over the places
    times: Times
    times_before: Times  # of the week before
    usual_min: float | None  # the median of the medians of the weeks before
    waiting: Waiting | None  # None: the week lies too far back for what waits now to belong to it
    unhappy: tuple[ReviewLine, ...]
    listed: tuple[ReviewLine, ...]  # all of them, where they are fewer than `FEW`
    causes: tuple[CauseLine, ...]
    praised: int
    themes: tuple[tuple[str, int], ...]
    named: tuple[tuple[str, int], ...]
    recovery: Recovery | None  # None: whoever reads may not see offers
    actions: Actions
    by_place: tuple[PlaceLine, ...]  # those that need somebody most first; empty for a single place
    unseen: Unseen

    @property
    def now(self) -> WeekFigures:
        return self.series[0]

    @property
    def before(self) -> WeekFigures:
        return self.series[1]

    @property
    def written_before(self) -> int:
        """In the weeks that this one is compared with."""
        return sum(one.written for one in self.series[1:])

    @property
    def place(self) -> NamedPlace | None:
        """The only one; None where there are several."""
        return self.places[0] if len(self.places) == 1 else None
