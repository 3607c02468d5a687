"""What the phrases of one language hold. The phrases themselves stand in `phrases/`, a file a language.

A phrase is a whole sentence in its language, written for any trade. Between braces stand slots, `{matter}`, and two
ways to say a thing, `{le|te}`: the first for the formal address or the first region, the second for the other one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ..types import Topic

Phrases = tuple[str, ...]


class Feeling(StrEnum):
    """What the guest felt, as far as an answer can meet it."""

    ANGER = "anger"
    DISAPPOINTMENT = "disappointment"
    SLIGHTED = "slighted"  # ignored, not taken seriously, humiliated
    WORRY = "worry"


class Detail(StrEnum):
    """A complaint that is told closer than its topic; found by words of the review."""

    COLD_FOOD = "cold_food"
    BROKEN = "broken"
    BILL = "bill"  # charged wrongly
    LATE_DELIVERY = "late_delivery"
    WRONG_ITEM = "wrong_item"
    BOOKING = "booking"  # lost or not honoured
    NO_ANSWER = "no_answer"
    NOISE = "noise"


class Praised(StrEnum):
    """What a guest was glad of; found by words of the review."""

    PEOPLE = "people"
    FOOD = "food"
    ROOMS = "rooms"
    PLACE = "place"  # location and atmosphere
    CLEANLINESS = "cleanliness"
    VALUE = "value"
    SPEED = "speed"
    WORK = "work"  # product, treatment, repair, app


class StepKind(StrEnum):
    """What has been done about it, or stands as a task."""

    TALKED = "talked"  # with the people who were there
    LOOKED = "looked"  # into what happened
    REPAIRED = "repaired"
    CHANGED = "changed"  # how things are done
    BILL = "bill"  # checked what was charged
    WROTE = "wrote"  # to the guest, in private
    REACHED = "reached"  # spoke with the guest, whoever called and by whatever way


class RouteKind(StrEnum):
    """How the guest reaches the person who can decide."""

    MAIL = "mail"
    PHONE = "phone"
    PRIVATE_MESSAGE = "private_message"  # of the platform
    FORM = "form"  # the contact form of the business's own site, named without a link
    DESK = "desk"  # reception, till, counter
    PAGE = "page"  # whatever contacts the page of the business shows: fits every platform


class Post(StrEnum):
    """What the person who signs is, in words that fit everybody."""

    OWNER = "owner"
    MANAGER = "manager"
    RESTAURANT = "restaurant"
    HOTEL = "hotel"
    SHOP = "shop"
    PRACTICE = "practice"
    GUEST_RELATIONS = "guest_relations"
    CUSTOMER_CARE = "customer_care"


class Grave(StrEnum):
    """What kind of matter leaves the normal path: each has its own holding answer."""

    HARM = "harm"  # injury, illness, allergy
    DIGNITY = "dignity"  # discrimination, harassment
    PRESSURE = "pressure"  # threat, legal step, press, extortion
    LIFE = "life"  # self-harm


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """All phrases of one language."""

    language: str
    conjunction: str  # between the last two of several: " and "
    months: Phrases  # as a date has them
    day: str  # a date as it stands in `planned_by`, of {n} and {month}
    odd_days: Mapping[int, str] = field(default_factory=dict)  # the same for days that are written otherwise
    capitals: frozenset[str]  # first words that keep their capital behind a greeting
    greetings: Phrases  # with {name}
    plain_greetings: Phrases  # without; may be empty

    openings: Phrases
    openings_matter: Phrases  # with {matter}
    mixed: Phrases  # with {matter}: thanks for praise and criticism
    mixed_praised: Phrases  # with {praised} and {matter}
    matters: Mapping[Topic, str]  # in the case that the openings and `also` ask for

    complaints: Mapping[Topic, Phrases]
    details: Mapping[Detail, Phrases]
    detail_words: Mapping[Detail, str]  # regular expressions for folded texts
    also: Phrases  # with {matter}
    feelings: Mapping[Feeling, Phrases]
    apologies: Mapping[Topic, Phrases]  # they name what happened
    sorry: Phrases  # behind a sentence that named it
    ownership: Mapping[Topic, Phrases]
    owned: Phrases

    done: Mapping[StepKind, Phrases]
    planned: Mapping[StepKind, Phrases]
    planned_by: Mapping[StepKind, Phrases]  # with {day}
    wants: Phrases  # nothing on record: what the writer would like to do
    refund: Phrases
    refund_policy: Phrases
    churn: Phrases
    routes: Mapping[RouteKind, Phrases]  # with {address}, {person}

    wordless: Phrases  # openings under few stars without a word
    ask: Phrases
    invite: Phrases  # to say more: nothing went wrong, or nobody knows what
    preference: Phrases  # with {matter}, of the general ones: taken up without an apology
    understood: Phrases  # the view of somebody who states a preference

    praise: Phrases  # openings, also without words
    praise_praised: Phrases  # openings with {praised}
    praise_more: Phrases
    praise_close: Phrases
    praised: Mapping[Praised, str]
    praised_words: Mapping[Praised, str]
    good_words: str
    not_words: str  # words that turn praise round

    bitter_words: str  # complaints that praise does not hold, unless it is meant the other way round
    taste_words: str  # it was not to their liking

    general: Phrases  # protected sectors: openings that confirm nothing
    general_matters: Mapping[Topic, str]  # as `matters`, and about nobody in particular
    general_matter: Phrases
    general_private: Phrases
    general_route: Phrases  # with {person} and {way}
    ways: Mapping[RouteKind, str]  # "at {address}"

    holding: Mapping[Grave, Phrases]  # with {route} at its end
    posts: Mapping[Post, str]

    def dated(self, day: date) -> str:
        """The day and its month; the year goes without saying."""
        return self.odd_days.get(day.day, self.day).format(n=day.day, month=self.months[day.month - 1])
