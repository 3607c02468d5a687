"""Charts of any numbers and any names: each can be drawn, and none says anything that acts on a page."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from scoring.chance import mean_range
from webui.charts import (
    DARK,
    LIGHT,
    LOOKS,
    PRINT,
    Actions,
    ActionSides,
    AngerByWeek,
    AngerCounts,
    Answered,
    AnsweredCounts,
    CauseCounts,
    Causes,
    Chart,
    CorrectionCounts,
    Corrections,
    Costs,
    Look,
    MonthCosts,
    PlaceCounts,
    Places,
    ReplyTimes,
    StarsByWeek,
    StarsOfStretch,
    Stretch,
    TimesOfStretch,
    VisitHour,
    Visits,
    draw,
)
from webui.charts.for_mail import pictures_for_mail
from webui.charts.inline import inline, shades
from webui.charts.painting import drawable, nice_ticks
from webui.charts.visits import contrast, readable_on, shade
from webui.i18n import LANGUAGES, speaking

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "defs", "g", "path", "use", "text", "tspan", "clipPath", "rect", "pattern", "line"}
MONDAY = date(2026, 8, 31)
HOSTILE = (
    "$x_1$ and $5", "$\\frac{", "<script>alert(1)</script>", "\" onload='x'", "=1+1",
    "a\x00b\ufffe\u202e", "多么嘈杂的餐厅",
    "مطعم صاخب جدا", "Ω\u0301" * 40, "W" * 400, "👩‍👩‍👧‍👦🎉", "\ud800", "%(place)s %d", "",
)  # fmt: skip
NAMES = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))
COUNTS = st.one_of(st.integers(0, 9), st.integers(0, 400), st.just(0), st.just(10**12))


def week(at: int) -> Stretch:
    return Stretch(first=MONDAY + timedelta(weeks=at), last=MONDAY + timedelta(weeks=at, days=6))


def month(at: int) -> Stretch:
    last = date(2026, 1 + at, monthrange(2026, 1 + at)[1])
    return Stretch(first=last.replace(day=1), last=last, is_running=at == 11)


STRETCHES = st.builds(
    lambda of, number: [of(at) for at in range(number)], st.sampled_from((week, month)), st.integers(1, 12)
)


@st.composite
def anger(pick: st.DrawFn) -> AngerByWeek:
    return AngerByWeek(
        counts=tuple(
            AngerCounts(
                stretch=one,
                furious=pick(COUNTS),
                angry=pick(COUNTS),
                annoyed=pick(COUNTS),
                calm=pick(COUNTS),
                unscored=pick(st.just(0) | COUNTS),
            )
            for one in pick(STRETCHES)
        )
    )


@st.composite
def stars(pick: st.DrawFn) -> StarsByWeek:
    found = []
    for one in pick(STRETCHES):
        given_stars = pick(st.lists(st.sampled_from((0.0, 1.0, 2.5, 4.0, 5.0)), max_size=12))
        total = sum(given_stars)
        low, high = mean_range(len(given_stars), total, sum(each**2 for each in given_stars), low=0, high=5)
        mean = total / len(given_stars) if given_stars else None
        found.append(StarsOfStretch(stretch=one, reviews=len(given_stars), mean=mean, low=low, high=high))
    change = pick(st.sampled_from(((None, None, None), (4.2, -1.0, -0.5), (4.2, 0.1, 0.4), (4.2, -0.1, 0.1))))
    return StarsByWeek(stars=tuple(found), before=change[0], change_low=change[1], change_high=change[2])


@st.composite
def reply_times(pick: st.DrawFn) -> ReplyTimes:
    minutes = st.none() | st.integers(0, 10**7)
    return ReplyTimes(
        times=tuple(
            TimesOfStretch(
                stretch=one,
                reviews=pick(COUNTS),
                answered=pick(COUNTS),
                counted=pick(COUNTS),
                median_min=pick(minutes),
                ninth_min=pick(minutes),
            )
            for one in pick(STRETCHES)
        ),
        target_min=pick(st.none() | st.integers(1, 60_000)),
    )


@st.composite
def answered(pick: st.DrawFn) -> Answered:
    return Answered(
        counts=tuple(
            AnsweredCounts(
                stretch=one, answered=pick(COUNTS), waiting=pick(COUNTS), overdue=pick(COUNTS), ended=pick(COUNTS)
            )
            for one in pick(STRETCHES)
        ),
        at=datetime(2026, 11, 22, 12, tzinfo=UTC),
    )


@st.composite
def causes(pick: st.DrawFn) -> Causes:
    found = [
        CauseCounts(id=at, words=pick(NAMES), now=pick(COUNTS), before=pick(COUNTS))
        for at in range(pick(st.integers(0, 12)))
    ]
    return Causes(
        causes=tuple(found),
        stretch=week(1),
        stretch_before=week(0),
        reviews=sum(one.now for one in found) + pick(COUNTS),
        reviews_before=sum(one.before for one in found) + pick(COUNTS),
    )


@st.composite
def costs(pick: st.DrawFn) -> Costs:
    named = tuple(pick(NAMES) for _ in range(pick(st.integers(0, 7))))
    return Costs(
        months=tuple(
            MonthCosts(stretch=month(at), by_cause=tuple(pick(COUNTS) for _ in named))
            for at in range(pick(st.integers(1, 12)))
        ),
        causes=named,
        currency=pick(st.sampled_from(("EUR", "JPY", "KWD"))),
        budget_minor=pick(COUNTS),
    )


@st.composite
def actions(pick: st.DrawFn) -> Actions:
    found = []
    for at in range(pick(st.integers(0, 10))):
        cases = pick(COUNTS), pick(COUNTS)
        found.append(
            ActionSides(
                title=pick(NAMES),
                cause_id=at,
                cause=pick(NAMES),
                place_slug="harbour",
                done_on=MONDAY,
                before=week(0),
                cases_before=cases[0],
                reviews_before=cases[0] + pick(COUNTS),
                after=week(1),
                cases_after=cases[1],
                reviews_after=cases[1] + pick(COUNTS),
            )
        )
    return Actions(actions=tuple(found))


@st.composite
def places(pick: st.DrawFn) -> Places:
    found = []
    for at in range(pick(st.integers(1, 25))):
        angry = pick(COUNTS)
        found.append(PlaceCounts(slug=f"p{at}", words=pick(NAMES), angry=angry, reviews=angry + pick(COUNTS)))
    return Places(places=tuple(found), stretch=week(0))


@st.composite
def corrections(pick: st.DrawFn) -> Corrections:
    return Corrections(
        counts=tuple(
            CorrectionCounts(stretch=one, agreed=pick(COUNTS), false_alarms=pick(COUNTS), missed=pick(COUNTS))
            for one in pick(STRETCHES)
        )
    )


@st.composite
def visits(pick: st.DrawFn) -> Visits:
    days, hours = st.one_of(st.none(), st.integers(0, 6)), st.one_of(st.none(), st.integers(0, 23))
    found = []
    for _ in range(pick(st.integers(0, 12))):
        day = pick(days)
        found.append(VisitHour(weekday=day, hour=None if day is None else pick(hours), complaints=pick(COUNTS)))
    return Visits(hours=tuple(found), stretch=week(0))


EVERY: tuple[Callable[[], st.SearchStrategy[Any]], ...] = (
    *(anger, stars, reply_times, answered, causes, costs, actions, places, corrections, visits),
)


def check_svg(drawn: bytes, width: int) -> etree._Element:
    """Well-formed, and nothing in it but shapes and words."""
    root = etree.fromstring(drawn, etree.XMLParser(resolve_entities=False))
    assert root.tag == f"{SVG}svg"
    assert root.get("width") == str(width)
    names = {name for name in (one.get("id") for one in root.iter()) if name}
    for one in root.iter():
        assert str(one.tag).removeprefix(SVG) in TAGS
        for name, value in one.attrib.items():
            assert not str(name).startswith("on")
            assert name != "style"
            if str(name).endswith("href"):
                assert value.startswith("#")
                assert value[1:] in names
    return root


@pytest.mark.parametrize("strategy", EVERY, ids=lambda one: one.__name__)
def test_any_numbers_make_a_sentence_a_table_and_a_picture(strategy: Callable[[], st.SearchStrategy[Any]]) -> None:
    """On pages of any look, wide and narrow, and as a PNG."""

    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(chart=strategy(), look=st.sampled_from(list(LOOKS.values())), width=st.sampled_from((600, 340)))
    def check(chart: Chart, look: Any, width: int) -> None:
        assert chart.finding().strip()
        table = chart.table()
        assert {len(row) for row in table.rows} <= {len(table.head)}
        if chart.is_empty:
            return
        check_svg(draw(chart, look=look, width=width), width)
        if width == 600:
            png = draw(chart, look=look, kind="png")
            assert png.startswith(b"\x89PNG\r\n")
            assert int.from_bytes(png[16:20]) == 1200

    check()


def anger_of(*weeks: tuple[int, int]) -> AngerByWeek:
    return AngerByWeek(
        counts=tuple(AngerCounts(stretch=week(at), angry=angry, calm=calm) for at, (angry, calm) in enumerate(weeks))
    )


@pytest.mark.parametrize(
    ("weeks", "words"),
    [
        ([(0, 0), (0, 0)], "No reviews"),
        ([(0, 2), (1, 1)], "Too few reviews to say: 4"),
        ([(4, 96), (9, 11)], "9 of 20 reviews angry, more than before (4 of 100)"),
        ([(60, 40), (1, 29)], "1 of 30 reviews angry, fewer than before (60 of 100)"),
        ([(10, 90), (3, 27)], "3 of 30 reviews angry, about as before (10 of 100)"),
        ([(10, 90), (3, 2)], "3 of 5 reviews angry, too few to compare"),
    ],
)
def test_the_title_says_what_the_numbers_do(weeks: list[tuple[int, int]], words: str) -> None:
    """More or fewer only where that is more than chance explains."""
    assert words in anger_of(*weeks).finding()


def test_over_and_under_a_target_or_budget() -> None:
    """What is over it, is called so; who still waits leaves a time open."""
    times = ReplyTimes(
        times=(TimesOfStretch(stretch=week(0), reviews=9, answered=8, counted=9, median_min=600, ninth_min=None),),
        target_min=480,
    )
    assert times.finding().endswith("half of the angry guests waited more than 10 h, over the target of 8 h")
    assert [cell.words for cell in times.table().rows[0]][4:] == ["10 h", "not yet"]
    assert "inside the target of 10 h" in replace(times, target_min=600).finding()
    spent = Costs(
        months=(MonthCosts(stretch=month(0), by_cause=(21_000,)),),
        causes=("Cold",),
        currency="EUR",
        budget_minor=20_000,
    )
    assert spent.finding() == "January 2026: €210, over the budget of €200"
    assert "no month was over" in replace(spent, budget_minor=21_000).finding()


def test_a_place_stands_out_only_beyond_chance() -> None:
    """Two of nine are no worse than fifteen of a hundred and twenty; a small place is listed, not ranked."""
    small = PlaceCounts(slug="b", words="Small", angry=3, reviews=4)
    found = Places(
        places=(PlaceCounts(slug="a", words="Large", angry=15, reviews=120), replace(small, angry=2, reviews=9)),
        stretch=week(0),
    )
    assert found.finding().startswith("No place stands out")
    loud = Places(places=(*found.places, PlaceCounts(slug="c", words="Loud", angry=40, reviews=80)), stretch=week(0))
    assert loud.finding() == "Loud: 40 of 80 reviews angry, more than elsewhere (17 of 129)"
    rows = replace(loud, places=(*loud.places, small)).table().rows
    assert [row[0].words for row in rows] == ["Loud", "Small", "Large", "Small"]
    assert rows[-1][3].words == "too few"


def visits_of(*hours: tuple[int | None, int | None, int]) -> Visits:
    found = (VisitHour(weekday=day, hour=hour, complaints=count) for day, hour, count in hours)
    return Visits(hours=tuple(found), stretch=week(0))


def test_the_time_of_most_complaints_is_named_only_where_there_is_one() -> None:
    """Two hours make a cell; what has no hour is counted beside; with fewer than five nothing is said."""
    loud = visits_of((4, 20, 5), (4, 21, 4), (5, 20, 8), (6, 12, 1), (2, None, 3), (None, None, 9))
    assert loud.finding() == "Visits on Friday, 8–10\u202fpm, draw the most complaints: 9 of 18"
    assert (loud.blocks, loud.unknown) == ([12, 14, 16, 18, 20], 12)
    assert visits_of((4, 20, 9), (5, 20, 9)).finding() == "No hour stands out among the visits behind 18 complaints"
    few = visits_of((4, 20, 4), (4, None, 40))
    assert few.finding() == "Too few to say: the hour of the visit is known of 4 complaints"
    assert few.is_empty
    assert visits_of().finding() == "Nobody has complained in this time"
    assert visits_of((0, 0, 5)).blocks == [0, 2, 4, 6]
    assert visits_of((0, 23, 5)).blocks == [16, 18, 20, 22]


def test_the_table_of_visits_has_all_of_them() -> None:
    """Days in the order of the reader's calendar, each cell with its list; a day without an hour, and neither."""
    chart = visits_of((4, 20, 5), (4, 21, 4), (2, None, 3), (None, None, 9))
    table = chart.table()
    assert [row[0].words for row in table.rows] == [
        *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        "Day not known",
    ]
    assert sum(int(cell.plain) for row in table.rows for cell in row[1:] if cell.plain) == 21
    friday = dict(table.rows[4][3].filter)
    assert (friday["visit_day"], friday["visit_hour"], friday["complaint"]) == (("fri",), ("20", "21"), "yes")
    assert dict(table.rows[2][-1].filter)["visit_hour"] == ("unknown",)
    assert dict(table.rows[-1][-1].filter)["visit_day"] == ("unknown",)


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.name)
def test_numbers_can_be_read_on_every_shade(look: Look) -> None:
    """WCAG 1.4.3, from one to all; and more is always further from the paper."""
    colours = [shade(look, count, 100) for count in range(1, 101)]
    assert all(contrast(readable_on(look, colour), colour) >= 4.5 for colour in colours)
    steps = [contrast(colour, look.paper) for colour in dict.fromkeys(colours)]
    assert steps == sorted(steps)
    assert len(steps) == 5
    assert shade(look, 1, 1) == look.accent


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_speak_every_language(language: str) -> None:
    """Their words and the days below them; the fonts that Matplotlib brings have every letter."""
    with speaking(language):
        chart = anger_of(*[(3, 9)] * 12)
        words = [one.text for one in check_svg(draw(chart, look=DARK), 600).iter(f"{SVG}text")]
        assert week(11).mark in words
        assert all(drawable(word or "") == word for word in words)


def test_names_stay_words() -> None:
    """A dollar begins no formula, a tag is no tag, and letters that no font has are no boxes in a PNG."""
    names = ("$5$ <b>", "客房", "a\ufffe\x00b")
    chart = Causes(
        causes=tuple(CauseCounts(id=at, words=name, now=9 - at, before=2) for at, name in enumerate(names)),
        stretch=week(1),
        stretch_before=week(0),
        reviews=100,
        reviews_before=100,
    )
    words = [one.text for one in check_svg(draw(chart, look=PRINT), 600).iter(f"{SVG}text")]
    assert {"$5$ <b>", "客房", "ab"} <= set(words)
    assert draw(chart, look=PRINT) == draw(replace(chart), look=PRINT)  # the same bytes for the same numbers
    assert drawable("Café \U000e0001\U000f0000") == "Café"
    assert drawable("\U000f0000") == "…"
    assert draw(chart, look=LIGHT, kind="png").startswith(b"\x89PNG")


@pytest.mark.parametrize("most", [0, 1, 3, 4, 5, 9, 10, 41, 399, 12345, 10**15, 0.5, 7.5])
def test_scales_have_few_round_numbers(most: float) -> None:
    """From nought to the highest, in at most four steps."""
    ticks = nice_ticks(most)
    assert ticks[0] == 0
    assert 2 <= len(ticks) <= 6
    assert ticks[-1] >= most
    assert len({round(after - before, 6) for before, after in pairwise(ticks)}) == 1


def test_pictures_for_a_mail_say_what_they_show() -> None:
    """Twice as many pixels as they are shown at, for a desk and a phone; a chart without numbers makes no picture."""
    counts = [(3, 9)] * 12
    found = pictures_for_mail([anger_of(*counts), StarsByWeek(stars=())])
    (one,) = found
    assert one.cid == "chart-anger"
    assert one.alt == f"Reviews by anger. {one.title}."
    assert one.title == anger_of(*counts).finding()
    assert [shot.name for shot in one.shots] == ["light", "dark", "light-phone", "dark-phone"]
    assert [shot.width for shot in one.shots] == [552, 552, 328, 328]
    for shot in one.shots:
        size = int.from_bytes(shot.png[16:20]), int.from_bytes(shot.png[20:24])
        assert size == (2 * shot.width, 2 * shot.height)
        assert len(shot.png) < 60_000


def test_a_chart_inside_a_page_turns_dark_with_it() -> None:
    """Each colour has its class, the style sheet the colour of the night; nothing in two charts has one name."""
    style = (Path(__file__).parents[2] / "webui" / "static" / "amends.css").read_text(encoding="utf-8")
    assert len({colour for _, colour in shades(LIGHT)}) == len(list(shades(LIGHT)))
    for name, colour in shades(DARK):
        assert f".fill-{name} {{ fill: {colour}; }}\n  .stroke-{name} {{ stroke: {colour}; }}" in style
    drawn = [inline(chart) for chart in (anger_of(*[(3, 9)] * 12), replace(anger_of(*[(1, 9)] * 9)))]
    root = check_svg(drawn[0].encode(), 600)
    for one in root.iter():
        for key in ("fill", "stroke"):
            if (one.get(key) or "none") != "none":
                assert f"{key}-" in (one.get("class") or ""), etree.tostring(one)
    assert {"fill-angry stroke-paper", "fill-calm stroke-paper"} <= {one.get("class") or "" for one in root.iter()}
    assert all((one.get("id") or "anger-").startswith("anger-") for one in root.iter())
