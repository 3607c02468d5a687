"""The order of the queue: what must always come first, and when an order becomes old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.priority import AgeStep, PriorityFacts, Weights, priority
from scoring.types import AngerLevel, Risk

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RISKY = tuple(risk for risk in Risk if risk is not Risk.CHURN)

ages = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400))
shares = st.floats(0, 1)
stars = st.one_of(st.none(), st.floats(1, 5))


def facts(
    level: AngerLevel,
    anger: float = 0.5,
    *,
    risks: tuple[Risk, ...] = (),
    stars: float | None = None,
    reach: float = 0.5,
    age: timedelta = timedelta(hours=2),
    changed: timedelta | None = None,
) -> PriorityFacts:
    return PriorityFacts(
        anger=anger, anger_level=level, risks=risks, stars=stars, reach=reach, published_at=NOW - age,
        changed_at=None if changed is None else NOW - changed,
    )  # fmt: skip


any_facts = st.builds(
    facts, st.sampled_from(AngerLevel), shares,
    risks=st.lists(st.sampled_from(Risk), max_size=3).map(tuple), stars=stars, reach=shares, age=ages,
    changed=st.one_of(st.none(), ages),
)  # fmt: skip


@given(
    st.sampled_from([AngerLevel.ANGRY, AngerLevel.FURIOUS]), shares, stars, shares, shares, stars, shares, ages,
    st.sampled_from([(), (Risk.CHURN,)]),
)  # fmt: skip
def test_angry_outranks_annoyed_of_the_same_age(
    level: AngerLevel, anger: float, some: float | None, reach: float, other_anger: float, others: float | None,
    other_reach: float, age: timedelta, churn: tuple[Risk, ...],
) -> None:  # fmt: skip
    """Neither reach nor stars lift a merely annoyed review over an angry or furious one."""
    upper = priority(facts(level, anger, risks=churn, stars=some, reach=reach, age=age), now=NOW)
    lower = priority(facts(AngerLevel.ANNOYED, other_anger, stars=others, reach=other_reach, age=age), now=NOW)
    assert upper.value > lower.value


@given(st.sampled_from(AngerLevel), st.sampled_from(RISKY), shares, stars, shares, shares, stars, shares, ages)
def test_risky_outranks_annoyed_of_the_same_age(
    level: AngerLevel, risk: Risk, anger: float, some: float | None, reach: float, other_anger: float,
    others: float | None, other_reach: float, age: timedelta,
) -> None:  # fmt: skip
    """A calmly told injury comes before every annoyed review without a risk."""
    upper = priority(facts(level, anger, risks=(risk,), stars=some, reach=reach, age=age), now=NOW)
    lower = priority(facts(AngerLevel.ANNOYED, other_anger, stars=others, reach=other_reach, age=age), now=NOW)
    assert upper.value > lower.value


@given(any_facts)
def test_value_is_the_sum_of_its_components(some: PriorityFacts) -> None:
    """0..100, and every point can be shown with what it could have been at most."""
    told = priority(some, now=NOW)
    assert 0 <= told.value <= 100
    assert told.value == pytest.approx(sum(component.points for component in told.components))
    assert all(0 <= component.points <= component.most for component in told.components)
    assert sum(component.most for component in told.components) == pytest.approx(100)
    assert [component.name for component in told.components] == [
        "anger_level", "anger", "risk", "reach", "stars", "age",
    ]  # fmt: skip


@given(any_facts)
def test_value_holds_until_the_next_change(some: PriorityFacts) -> None:
    """Nothing changes before `next_change_at`, and the value differs exactly then."""
    told = priority(some, now=NOW)
    if told.next_change_at is None:
        assert priority(some, now=NOW + timedelta(days=4000)).value == told.value
        return
    assert told.next_change_at > NOW
    just_before = told.next_change_at - timedelta(microseconds=1)
    assert priority(some, now=just_before).value == told.value
    assert priority(some, now=told.next_change_at).value != told.value


def test_old_annoyance_is_far_below_fresh_anger() -> None:
    """Twelve weeks on, an annoyed review is out of the way of an angry one of today."""
    old = priority(facts(AngerLevel.ANNOYED, 0.4, stars=1, age=timedelta(weeks=12)), now=NOW)
    fresh = priority(facts(AngerLevel.ANGRY, 0.7, stars=1, age=timedelta(hours=1)), now=NOW)
    assert fresh.value > 3 * old.value


def test_waiting_raises_for_a_week_and_then_falls() -> None:
    """An unanswered review grows more urgent through its first week and less from the eighth day on."""
    days = [0, 1, 3, 7, 28, 84]
    values = [priority(facts(AngerLevel.ANGRY, age=timedelta(days=day)), now=NOW).value for day in days]
    assert values[0] < values[1] < values[2]
    assert values[2] > values[3] > values[4] > values[5]


def test_change_makes_a_review_young_again() -> None:
    """A review rewritten today stands where a new one would."""
    rewritten = facts(AngerLevel.ANGRY, age=timedelta(days=200), changed=timedelta(hours=2))
    assert priority(rewritten, now=NOW).value == priority(facts(AngerLevel.ANGRY), now=NOW).value


def test_clock_ahead_of_ours_is_new() -> None:
    """A review published "tomorrow" counts as new and waits for its first step."""
    told = priority(facts(AngerLevel.CALM, age=timedelta(hours=-3)), now=NOW)
    assert told.next_change_at == NOW + timedelta(hours=3, days=1)


def test_own_weights_are_scaled_to_a_hundred() -> None:
    """Whoever doubles every weight changes nothing."""
    plain = Weights()
    doubled = Weights(
        levels={level: 2 * points for level, points in plain.levels.items()}, anger=16,
        risks={risk: 2 * points for risk, points in plain.risks.items()}, reach=12, stars=8,
        age_steps=tuple(AgeStep(from_age=step.from_age, points=2 * step.points) for step in plain.age_steps),
    )  # fmt: skip
    some = facts(AngerLevel.ANGRY, risks=(Risk.LEGAL,), stars=2)
    assert priority(some, now=NOW, weights=doubled) == priority(some, now=NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"anger": -1.0},
        {"age_steps": ()},
        {"age_steps": (AgeStep(from_age=timedelta(days=1), points=1),)},
        {"levels": {}, "anger": 0.0, "risks": {}, "reach": 0.0, "stars": 0.0,
         "age_steps": (AgeStep(from_age=timedelta(0), points=0),)},
    ],
)  # fmt: skip
def test_impossible_weights_are_refused(wrong: dict[str, object]) -> None:
    """Negative weights, no weight at all, and steps without a beginning cannot order anything."""
    with pytest.raises(ValueError, match=r"weights|age steps"):
        Weights(**wrong)  # type: ignore[arg-type]  # each case is wrong in another field
