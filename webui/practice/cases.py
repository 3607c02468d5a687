"""The cases of the practice room: read from the files in `cases/`, one a trade, and what the checks are told of each.

Every review, name and business is invented. A case is known by its key for good: attempts are kept under it, so a key
is neither given to another case nor changed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from scoring.rubric.types import Context, Record, RecordKind, Review

from ..answering import contacts_in
from ..platform_limits import shipped_rules

# As the files are called.
TRADES = ("restaurant", "hotel", "shop", "garage", "hairdresser", "practice", "app", "courier")
# What stands before the colon tells whether an entry is a task, and whether it is done. Only tasks back what an answer
# says or promises: a note such as "nobody rang" must not make "we rang" true.
DONE = "task, done"
OPEN = frozenset(
    {
        "task, open",
        "aufgabe, offen",
        "taak, open",
        "tarea abierta",
        "tâche ouverte",
        "attività aperta",
        "tarefa aberta",
        "zadanie otwarte",
    }
)


class Difficulty(IntEnum):
    """How much there is to get wrong."""

    FIRST = 1
    USUAL = 2
    HARD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeCase:
    """One review to answer, with all that is known of its case."""

    key: str
    trade: str
    place: str  # who is reviewed
    language: str  # BCP 47 primary tag
    platform: str  # a key of crawlers.platforms
    stars: float
    level: str  # of anger: a member of scoring's AngerLevel
    difficulty: Difficulty
    author: str
    review: str  # empty: stars alone
    signer: str  # whose part one plays: name and role
    contact: str  # how guests reach them
    model: str  # an answer that passes every check
    difficult: Mapping[str, str]  # two sentences, by the language of the page
    trains: tuple[str, ...]  # the checks that it is easiest to fail
    log: tuple[str, ...] = ()  # tasks and notes, in the language of the case
    recent: tuple[str, ...] = ()  # the last answers of the place, newest first
    topics: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    is_praise: bool = False
    is_preference: bool = False  # nothing went wrong, so nothing has to be apologised for
    is_protected: bool = False

    def difficult_in(self, language: str) -> str:
        """What is difficult, in the language of the page; in English where nobody has translated it."""
        return self.difficult.get(language) or self.difficult["en"]


@lru_cache
def all_cases() -> tuple[PracticeCase, ...]:
    """Every case, by trade and in the order of the files: from easy to hard, from English to other languages."""
    return tuple(case for trade in TRADES for case in _read(trade))


def case_called(key: str) -> PracticeCase | None:
    """The case of this key."""
    return next((one for one in all_cases() if one.key == key), None)


def context_of_case(case: PracticeCase, *, writer: str = "") -> Context:
    """What the checks are told of it. Whoever practises may sign with their own name."""
    return Context(
        review=Review(
            text=case.review,
            language=case.language,
            author_name=case.author,
            stars=case.stars,
            is_negative=not case.is_praise,
            is_failure=not (case.is_praise or case.is_preference),
            topics=case.topics,
            risks=case.risks,
        ),
        platform=shipped_rules(case.platform),
        is_protected_sector=case.is_protected,
        records=tuple(_records(case.log)),
        own_contacts=contacts_in(case.contact),
        staff_names=tuple(name for name in (case.signer.partition(",")[0], writer) if name),
        recent_replies=case.recent,
    )


def _records(log: Sequence[str]) -> Iterator[Record]:
    for entry in log:
        head, _, words = entry.partition(":")
        if head.lower() == DONE or head.lower() in OPEN:
            yield Record(kind=RecordKind.TASK, words=words.strip(), is_done=head.lower() == DONE)


def _read(trade: str) -> list[PracticeCase]:
    raw = tomllib.loads(files(__package__).joinpath("cases", f"{trade}.toml").read_text(encoding="utf-8"))
    return [_case(trade, one) for one in raw["case"]]


def _case(trade: str, raw: Mapping[str, Any]) -> PracticeCase:
    return PracticeCase(
        key=raw["key"],
        trade=trade,
        place=raw["place"],
        language=raw["language"],
        platform=raw["platform"],
        stars=float(raw["stars"]),
        level=raw["level"],
        difficulty=Difficulty(raw["difficulty"]),
        author=raw["author"],
        review=raw["review"].strip(),
        signer=raw["signer"],
        contact=raw["contact"],
        model=raw["model"].strip(),
        difficult=raw["difficult"],
        trains=tuple(raw["trains"]),
        log=tuple(raw.get("log", ())),
        recent=tuple(raw.get("recent", ())),
        topics=tuple(raw.get("topics", ())),
        risks=tuple(raw.get("risks", ())),
        is_praise=raw.get("praise", False),
        is_preference=raw.get("preference", False),
        is_protected=raw.get("protected", False),
    )
