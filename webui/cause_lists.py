"""Causes of complaints to start from, by trade; the owner changes them on a page. Each has a topic that suggests it.

The keys are stored: one that has been given out keeps its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from db.models import Cause
from scoring.types import Topic

from .i18n import N_, gettext

TRADES = {
    "restaurant": N_("Restaurant"),
    "hotel": N_("Hotel"),
    "shop": N_("Shop"),
    "app": N_("App"),
    "delivery": N_("Delivery"),
}


@dataclass(frozen=True, slots=True)
class Starter:
    words: str
    topic: Topic  # a review that is mostly about it is likely to come from this


STARTERS: Mapping[str, Mapping[str, Starter]] = {
    "restaurant": {
        "understaffed": Starter(N_("Too few people on the shift"), Topic.WAITING),
        "kitchen_slow": Starter(N_("Kitchen too slow"), Topic.WAITING),
        "rude_staff": Starter(N_("Unfriendly or dismissive staff"), Topic.STAFF),
        "food_quality": Starter(N_("Food cold, raw or badly cooked"), Topic.QUALITY),
        "bill_wrong": Starter(N_("Mistake in the bill"), Topic.PRICE),
        "too_dear": Starter(N_("Price higher than expected"), Topic.PRICE),
        "not_clean": Starter(N_("Not clean"), Topic.HYGIENE),
        "booking_lost": Starter(N_("Booking lost or table given away"), Topic.ORDER),
        "wrong_dish": Starter(N_("Wrong dish served"), Topic.ORDER),
        "too_loud": Starter(N_("Too loud, hot or crowded"), Topic.COMFORT),
        "menu_wrong": Starter(N_("Menu or opening hours out of date"), Topic.INFORMATION),
        "not_heard": Starter(N_("Complaint on the spot not taken seriously"), Topic.COMPLAINT_HANDLING),
    },
    "hotel": {
        "check_in_slow": Starter(N_("Long wait at the reception"), Topic.WAITING),
        "rude_staff": Starter(N_("Unfriendly or dismissive staff"), Topic.STAFF),
        "room_condition": Starter(N_("Room worn out or out of order"), Topic.QUALITY),
        "hidden_charges": Starter(N_("Charges that nobody had named"), Topic.PRICE),
        "deposit_kept": Starter(N_("Deposit or refund paid back late"), Topic.PRICE),
        "not_clean": Starter(N_("Not clean"), Topic.HYGIENE),
        "wrong_room": Starter(N_("Other room than booked"), Topic.ORDER),
        "noise": Starter(N_("Noise at night"), Topic.COMFORT),
        "heating_cooling": Starter(N_("Heating or cooling does not work"), Topic.COMFORT),
        "photos_wrong": Starter(N_("Photos or description not true"), Topic.INFORMATION),
        "not_heard": Starter(N_("Complaint on the spot not taken seriously"), Topic.COMPLAINT_HANDLING),
    },
    "shop": {
        "queue_at_till": Starter(N_("Long queue at the till"), Topic.WAITING),
        "rude_staff": Starter(N_("Unfriendly or dismissive staff"), Topic.STAFF),
        "faulty_goods": Starter(N_("Faulty or worn goods"), Topic.QUALITY),
        "price_label": Starter(N_("Price at the till not that of the shelf"), Topic.PRICE),
        "not_clean": Starter(N_("Not clean"), Topic.HYGIENE),
        "out_of_stock": Starter(N_("Not in stock although promised"), Topic.ORDER),
        "advert_wrong": Starter(N_("Advertising or opening hours not true"), Topic.INFORMATION),
        "return_refused": Starter(N_("Return or warranty refused"), Topic.COMPLAINT_HANDLING),
    },
    "app": {
        "slow": Starter(N_("Slow or does not load"), Topic.WAITING),
        "crash": Starter(N_("Crashes or loses data"), Topic.QUALITY),
        "update_worse": Starter(N_("Worse since an update"), Topic.QUALITY),
        "subscription": Starter(N_("Subscription hard to end"), Topic.PRICE),
        "charged_wrong": Starter(N_("Charged twice or by mistake"), Topic.PRICE),
        "log_in": Starter(N_("Cannot sign in"), Topic.ORDER),
        "hard_to_use": Starter(N_("Hard to use"), Topic.COMFORT),
        "promise_wrong": Starter(N_("Does not do what the store page says"), Topic.INFORMATION),
        "no_support": Starter(N_("No answer from support"), Topic.COMPLAINT_HANDLING),
    },
    "delivery": {
        "late": Starter(N_("Delivered late"), Topic.WAITING),
        "courier": Starter(N_("Courier unfriendly or careless"), Topic.STAFF),
        "damaged": Starter(N_("Arrived damaged or cold"), Topic.QUALITY),
        "fees": Starter(N_("Fees higher than expected"), Topic.PRICE),
        "never_came": Starter(N_("Never arrived"), Topic.ORDER),
        "incomplete": Starter(N_("Something was missing or wrong"), Topic.ORDER),
        "tracking_wrong": Starter(N_("Tracking not true"), Topic.INFORMATION),
        "no_support": Starter(N_("No answer from support"), Topic.COMPLAINT_HANDLING),
    },
}
_BY_KEY = {key: starter for starters in STARTERS.values() for key, starter in starters.items()}


def cause_words(cause: Cause) -> str:
    """What a cause is called: in the owner's words, or in the reader's language as long as it has none of those."""
    return named_cause(cause.key, cause.name)


def named_cause(key: str, name: str) -> str:
    """The same of its columns."""
    if name or key not in _BY_KEY:
        return name or key.replace("_", " ")
    return gettext(_BY_KEY[key].words)


def starter_words() -> dict[str, str]:
    """The words of every starter by its key."""
    return {key: gettext(starter.words) for key, starter in _BY_KEY.items()}


def topic_of(cause: Cause) -> Topic | None:
    """What a review that comes from it is mostly about; None for one that the owner has added."""
    starter = _BY_KEY.get(cause.key)
    return starter.topic if starter else None
