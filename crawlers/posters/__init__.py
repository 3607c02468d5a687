"""Posters: one for each platform whose API takes answers. Everywhere else a person posts, with `by_hand`.

A platform with a file here is answered through its API, if the keys of the source hold what that needs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from ..platforms import PLATFORMS, Key, ReplyBy
from .account import Account
from .api import ApiPoster
from .appstoreconnect import AppStoreConnectPoster
from .base import Answered, Look, Poster, PostError, PostReceipt, PutOff, Refused, Unsure
from .booking import BookingPoster
from .by_hand import HandOver, hand_over
from .facebook import FacebookPoster
from .google import GooglePoster
from .googleplay import GooglePlayPoster
from .thefork import TheForkPoster
from .trustpilot import TrustpilotPoster
from .yelp import YelpPoster

POSTERS: dict[str, type[ApiPoster]] = {
    "appstoreconnect": AppStoreConnectPoster,
    "booking": BookingPoster,
    "facebook": FacebookPoster,
    "google": GooglePoster,
    "googleplay": GooglePlayPoster,
    "thefork": TheForkPoster,
    "trustpilot": TrustpilotPoster,
    "yelp": YelpPoster,
}


class Way(StrEnum):
    """How the reviews of one source are answered."""

    API = "api"
    HAND = "hand"
    NONE = "none"  # the platform has no answers


def way_of(platform: str, entered: Collection[str]) -> Way:
    """`entered` are the names of the keys and options that the source has."""
    facts = PLATFORMS.get(platform)
    if platform in POSTERS and not lacking(platform, entered):
        return Way.API
    return Way.NONE if facts and facts.reply_by is ReplyBy.NONE else Way.HAND


def lacking(platform: str, entered: Collection[str]) -> tuple[Key, ...]:
    """What a platform with a poster wants for answers beyond these keys and options; nothing of one without.

    Where one of several ways to sign in will do, all keys are told as long as there is none.
    """
    if platform not in POSTERS:
        return ()
    facts = PLATFORMS[platform]
    wanted = tuple(one for one in facts.keys if one.is_needed or one.name in facts.reply_keys)
    if not any(one.name in entered for one in facts.keys):
        return wanted or facts.keys
    return tuple(one for one in wanted if one.name not in entered)


def entered_names(keys: Mapping[str, str], options: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of those that hold anything."""
    return tuple(name for name, value in (*options.items(), *keys.items()) if value)


def poster_for(account: Account) -> Poster | None:
    """None where this source is answered by hand, or not at all."""
    entered = entered_names(account.keys, account.options)
    return POSTERS[account.name](account) if way_of(account.name, entered) is Way.API else None


__all__ = [
    "POSTERS",
    "Account",
    "Answered",
    "HandOver",
    "Look",
    "PostError",
    "PostReceipt",
    "Poster",
    "PutOff",
    "Refused",
    "Unsure",
    "Way",
    "entered_names",
    "hand_over",
    "lacking",
    "poster_for",
    "way_of",
]
