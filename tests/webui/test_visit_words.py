"""When a customer was there, in words: no more exactly than anybody knows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from db.errors import BadValue
from webui.i18n import speaking
from webui.visit_words import hour_words, hours_words, read_local, visit_words, weekdays, write_local

DINNER = datetime(2026, 10, 30, 19, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("precision", "language", "words", "machine"),
    [
        ("instant", "de", "Freitag, 30. Oktober 2026, 20:30", "2026-10-30T20:30+01:00"),
        ("instant", "en", "Friday, 30 October 2026, 8:30\u202fpm", "2026-10-30T20:30+01:00"),
        ("day", "fr", "vendredi 30 octobre 2026", "2026-10-30"),
        ("month", "es", "octubre de 2026", "2026-10"),
    ],
)
def test_a_month_stays_a_month(precision: str, language: str, words: str, machine: str) -> None:
    """An instant is told on the clocks of the place, a day is that day everywhere."""
    with speaking(language):
        found = visit_words(DINNER, precision, timezone="Europe/Rome")
    assert found is not None
    assert (found.words, found.machine) == (words, machine)


@pytest.mark.parametrize(("at", "precision"), [(None, "instant"), (DINNER, ""), (DINNER, "relative")])
def test_nothing_is_said_where_nothing_is_known(at: datetime | None, precision: str) -> None:
    """No visit, or one that nobody can place."""
    assert visit_words(at, precision, timezone="Europe/Rome") is None


def test_hours_name_their_unit_in_every_language() -> None:
    """A bare "19–21" might count anything."""
    found = {}
    for language in ("en", "de", "es", "fr"):
        with speaking(language):
            found[language] = (hours_words(20, 22), hour_words(24), weekdays()[0])
    assert found["de"] == ("20–22 Uhr", "00 Uhr", 0)
    assert found["en"][0].endswith("pm")
    assert found["es"][:2] == ("20:00–22:00", "00:00")
    assert found["fr"][0] == "20:00\u2009–\u200922:00"


def test_a_field_of_the_form_means_the_clocks_of_the_place() -> None:
    """There and back; of an hour that there is twice the first."""
    assert read_local(" ", "Europe/Rome") is None
    assert read_local("2026-10-30T20:30", "Europe/Rome") == DINNER
    assert write_local(DINNER, "Europe/Rome") == "2026-10-30T20:30"
    assert read_local("2026-10-25T02:30", "Europe/Rome") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    for text in ("yesterday", "2026-13-01T10:00", "0001-01-01T00:00", "9999-12-31T23:59:59.999999+99:00"):
        with pytest.raises(BadValue):
            read_local(text, "Asia/Tokyo")
