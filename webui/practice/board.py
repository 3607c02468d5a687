"""The cases of the practice room as the list shows them: filtered, with what whoever reads has done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawlers.platforms import PLATFORMS
from db.practising import Standing

from ..i18n import gettext, ngettext
from .cases import TRADES, Difficulty, PracticeCase, all_cases
from .words import DIFFICULTIES, TRADE_NAMES

NOT_BEGUN = Standing(done=0, last_number=0, last_failed=0, is_open=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the list is narrowed to; empty: all."""

    trade: str = ""
    language: str = ""
    difficulty: str = ""

    @property
    def is_any(self) -> bool:
        return bool(self.trade or self.language or self.difficulty)

    def fits(self, case: PracticeCase) -> bool:
        return (
            self.trade in ("", case.trade)
            and self.language in ("", case.language)
            and self.difficulty in ("", str(case.difficulty.value))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One case in the list."""

    case: PracticeCase
    state: str  # new, open, left or fine: a class of the style sheet
    state_words: str
    last_number: int  # of the last try that is ended; 0: none


def asked_of(form: Mapping[str, str]) -> Asked:
    """What an address asks for; what no case has is not asked."""
    trade, language, difficulty = (form.get(name, "") for name in ("trade", "language", "difficulty"))
    return Asked(
        trade=trade if trade in TRADES else "",
        language=language if language in languages() else "",
        difficulty=difficulty if difficulty in DIFFICULTIES else "",
    )


def cards(asked: Asked, standings: Mapping[str, Standing]) -> Sequence[Card]:
    """Those that fit, as the files have them."""
    return [_card(one, standings.get(one.key, NOT_BEGUN)) for one in all_cases() if asked.fits(one)]


def next_case(
    standings: Mapping[str, Standing], language: str, *, after: PracticeCase | None = None
) -> PracticeCase | None:
    """The one to try next: not done yet, in a language that whoever reads writes, the easiest first.

    What they are at already goes before. None where everything is done. `after`: they come from that one, so it is
    another of its language and, where there is one, of its trade.
    """
    left = [one for one in all_cases() if standings.get(one.key, NOT_BEGUN).done == 0 and one != after]
    wanted = after.language if after else language

    def place(one: PracticeCase) -> tuple[bool, bool, bool, Difficulty]:
        is_begun = standings.get(one.key, NOT_BEGUN).is_open
        return not is_begun, one.language != wanted, bool(after and one.trade != after.trade), one.difficulty

    return min(left, key=place, default=None)  # of equal ones the first in the files


def languages() -> tuple[str, ...]:
    """Those that there are cases in."""
    return tuple(dict.fromkeys(one.language for one in all_cases()))


def platform_name(case: PracticeCase) -> str:
    """As its people call it."""
    return PLATFORMS[case.platform].name


def trade_name(case: PracticeCase) -> str:
    return gettext(TRADE_NAMES[case.trade])


def difficulty_words(case: PracticeCase) -> str:
    return gettext(DIFFICULTIES[str(case.difficulty.value)])


def _card(case: PracticeCase, standing: Standing) -> Card:
    state, words = "new", gettext("Not tried yet")
    if standing.is_open:
        state, words = "open", gettext("You are writing")
    elif standing.done and standing.last_failed:
        state = "left"
        words = ngettext("Done, %(num)s finding left", "Done, %(num)s findings left", standing.last_failed)
    elif standing.done:
        state, words = "fine", gettext("Done, all checks passed")
    return Card(case=case, state=state, state_words=words, last_number=standing.last_number)
