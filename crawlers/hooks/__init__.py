"""What platforms send by themselves: a hint that there is news, never the news.

Such messages carry no proof of who sent them unless the owner asks for one (`identity`), come more than once and in any
order. So nothing of them is stored or
believed: each module turns the bytes of one into hints, and a crawl reads the platform itself.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hint:
    place_ref: str  # the platform's id of the place, as in `Source.place_ref`
    review_id: str  # the platform's id of the review; empty where it does not say
    kind: str  # the platform's own word for what has happened


__all__ = ["Hint"]
