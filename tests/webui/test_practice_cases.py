"""The cases of the practice room: enough of each kind, complete, and each with an answer that passes every check."""

from __future__ import annotations

from collections import Counter

from crawlers.platforms import PLATFORMS, ReplyBy
from scoring.rubric import check_reply
from scoring.rubric.catalogue import CHECKS
from scoring.rubric.draft import RULED
from scoring.rubric.types import Outcome
from scoring.types import AngerLevel, Risk, Topic
from webui.i18n import LANGUAGES
from webui.practice.cases import TRADES, Difficulty, all_cases, case_called, context_of_case
from webui.practice.why import WHY
from webui.practice.words import DIFFICULTIES, TRADE_NAMES


def test_there_are_cases_for_everybody() -> None:
    """Every trade, anger and language; half of them in English; the situations in which most is done wrong."""
    cases = all_cases()
    assert len({one.key for one in cases}) == len(cases) >= 48
    assert set(Counter(one.trade for one in cases)) == set(TRADES) == set(TRADE_NAMES)
    assert {one.level for one in cases} == {level.value for level in AngerLevel}
    assert (
        {str(one.difficulty.value) for one in cases} == set(DIFFICULTIES) == {str(level.value) for level in Difficulty}
    )
    spoken = Counter(one.language for one in cases)
    assert set(spoken) == set(RULED)
    assert spoken["en"] == len(cases) // 2
    assert min(spoken.values()) >= 3
    for trade in TRADES:
        assert sum(one.trade == trade and one.language == "en" for one in cases) == 3, trade
    risks = Counter(risk for one in cases for risk in one.risks)
    assert {"allergy", "safety", "discrimination", "extortion", "legal", "press", "refund"} <= set(risks)
    assert sum(one.is_protected for one in cases) >= 6
    assert sum(one.is_praise for one in cases) >= 3
    assert sum(not one.review for one in cases) >= 2
    assert any(one.recent for one in cases)
    assert set(CHECKS) == {check for one in cases for check in one.trains}, "each check has a case that is there for it"


def test_every_case_is_whole() -> None:
    """What the page shows is there, known, and told in each language of the pages."""
    for one in all_cases():
        assert PLATFORMS[one.platform].reply_by is not ReplyBy.NONE, one.key
        assert set(one.topics) <= set(Topic), one.key
        assert set(one.risks) <= set(Risk), one.key
        assert set(one.trains) <= set(CHECKS), one.key
        assert 1 <= one.stars <= 5
        for words in (one.place, one.author, one.signer, one.contact, *one.log, *one.recent):
            assert words.strip() == words != "", one.key
        assert set(one.difficult) == set(LANGUAGES), one.key
        for language, words in one.difficult.items():
            assert 20 < len(words) < 320, (one.key, language)
            assert words.count(". ") == 1, (one.key, language, "two sentences")
    assert set(WHY) == set(CHECKS)


def test_every_good_answer_passes_every_check() -> None:
    """By the rules alone, and nothing is left unchecked: what a case shows as good must be so without a model."""
    wrong = {}
    for one in all_cases():
        found = check_reply(one.model, context_of_case(one))
        if bad := [
            (finding.check, finding.outcome.value, [one.model[slice(*span)] for span in finding.spans])
            for finding in found
            if finding.outcome not in (Outcome.PASSED, Outcome.NOT_APPLICABLE)
        ]:
            wrong[one.key] = bad
    assert wrong == {}


def test_only_tasks_of_the_log_back_what_an_answer_says() -> None:
    """A note that nobody rang makes "we rang you" no truer; what is done may be said, what is open may be promised."""
    records = {one.key: context_of_case(one).records for one in all_cases()}
    assert [record.is_done for record in records["garage-1"]] == [False]
    assert [record.is_done for record in records["garage-3"]] == [True]
    assert records["restaurant-2"] == ()
    case = case_called("garage-1")
    assert case is not None
    claimed = check_reply("We called you before the extra work.", context_of_case(case))
    assert next(one for one in claimed if one.check == "W06").outcome is Outcome.FAILED
