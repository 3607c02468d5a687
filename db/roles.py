"""Who may do what: the one table of permissions. Views name an act, never a role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """From the one who may least to the one who may most; each may all that those before it may."""

    VIEWER = "viewer"
    STAFF = "staff"
    APPROVER = "approver"
    OWNER = "owner"


class Act(StrEnum):
    READ = "read"  # the queue, reviews, what the model made of them
    WORK = "work"  # on cases: what can be undone
    APPROVE = "approve"  # what others have prepared
    ERASE = "erase"  # what a writer asked to be erased: for good
    SOURCES = "sources"  # where reviews come from: sources, their keys, imports
    PLACES = "places"  # when places work, how long an answer may take, who hears when it takes longer
    OFFERS = "offers"  # what may be offered to customers, and by whom: the policy
    PEOPLE = "people"  # who may do what
    PRIVACY = "privacy"  # what is kept of customers, how long, and what becomes of it when they ask


LEAST: Mapping[Act, Role] = MappingProxyType(
    {
        Act.READ: Role.VIEWER,
        Act.WORK: Role.STAFF,
        Act.APPROVE: Role.APPROVER,
        Act.ERASE: Role.APPROVER,
        Act.SOURCES: Role.OWNER,
        Act.PLACES: Role.OWNER,
        Act.OFFERS: Role.OWNER,
        Act.PEOPLE: Role.OWNER,
        Act.PRIVACY: Role.OWNER,
    }
)
RANKS = MappingProxyType({role: rank for rank, role in enumerate(Role)})


def allows(role: Role | None, act: Act) -> bool:
    """Whether this role may do it; nobody without a role may do anything."""
    return role is not None and RANKS[role] >= RANKS[LEAST[act]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The roles of one person: at all places, and at single ones. At a place the higher of the two counts."""

    everywhere: Role | None = None
    at: Mapping[int, Role] = field(default_factory=dict)  # by the id of the place

    def role_at(self, location_id: int) -> Role | None:
        """None: to this person the place does not exist."""
        roles = [role for role in (self.everywhere, self.at.get(location_id)) if role is not None]
        return max(roles, key=RANKS.__getitem__, default=None)

    def may(self, act: Act, location_id: int | None = None) -> bool:
        """At this place; without one, at any place at all."""
        if location_id is not None:
            return allows(self.role_at(location_id), act)
        return self.may_everywhere(act) or any(allows(role, act) for role in self.at.values())

    def may_everywhere(self, act: Act) -> bool:
        """At every place, those to come as well."""
        return allows(self.everywhere, act)

    def may_at_or_all(self, act: Act, location_id: int | None) -> bool:
        """With what belongs to one place or, with None, to all of them."""
        return self.may_everywhere(act) if location_id is None else self.may(act, location_id)

    def places(self, act: Act) -> frozenset[int] | None:
        """The ids of the places where it may be done; None for all there are."""
        if self.may_everywhere(act):
            return None
        return frozenset(id_ for id_ in self.at if self.may(act, id_))
