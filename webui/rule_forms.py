"""A rule of assignment as it is entered on its page: read, checked, and shown again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from db.assignment_rules import ANY_RISK, RuleRow, When
from db.clock_rules import LEVELS

from .i18n import gettext
from .labels import RISKS, TOPICS

LEAST = LEVELS[:-1]  # "calm or worse" would be every one


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredRule:
    """A form as it was read; `faults` by field, empty where it can be saved."""

    when: When = field(default_factory=When)
    people: frozenset[int] = frozenset()
    faults: Mapping[str, str] = field(default_factory=dict)


def read_rule(
    form: MultiDict[str, str], *, places: Collection[int], people: Collection[int], may_all: bool
) -> EnteredRule:
    """What was entered; `places` and `people` are the ids of those to choose from."""
    faults: dict[str, str] = {}
    place = form.get("place", "")
    location_id = int(place) if place.isdecimal() and len(place) < 10 and int(place) in places else None
    if location_id is None and not (may_all and place == "all"):
        faults["place"] = gettext("Choose a place of the list.")
    chosen = frozenset(id_ for id_ in people if str(id_) in form.getlist("person"))
    if not chosen:
        faults["people"] = gettext("Choose who gets the cases.")
    when = When(
        location_id=location_id,
        topic=_one_of(form.get("topic", ""), TOPICS),
        risk=_one_of(form.get("risk", ""), (ANY_RISK, *RISKS)),
        least=_one_of(form.get("least", ""), LEAST),
    )
    return EnteredRule(when=when, people=chosen, faults=faults)


def entered_of(rule: RuleRow) -> EnteredRule:
    """The form of a rule as it stands."""
    return EnteredRule(when=rule.when, people=frozenset(one.id for one in rule.takers))


def _one_of(value: str, known: Collection[str]) -> str:
    return value if value in known else ""
