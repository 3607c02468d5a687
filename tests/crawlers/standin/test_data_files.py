"""A mistake in a data file is named with its file and line before anything is served."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.standin import DataError, StandIn

from .made_up import BUSINESS, review, write


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"source": "elsewhere"}, 'unknown "source" elsewhere'),
        ({"stars": 6}, "outside 1 to 5"),
        ({"stars": "4"}, '"stars" must be a number'),
        ({"stars": True}, '"stars" must be a number'),
        ({"days_ago": None}, '"days_ago" must be a number'),
        ({"days_ago": -1}, "must not be negative"),
        ({"text": 5}, '"text" must be a text'),
        ({"text": "\ud83c"}, "half a character"),
        ({"id": "a b"}, "part of addresses"),
        ({"id": "ok"}, "already used in reviews_a.jsonl line 1"),
        ({"reply": {"text": "Hello"}}, '"reply": "days_ago" must be a number'),
        ({"later": {"edit": {"stars": 0, "text": "x"}}}, "outside 1 to 5"),
        ({"later": "gone"}, "expected a JSON object"),
        ({"source": "atom"}, "must be null"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, anchor: datetime, fields: dict[str, Any], told: str) -> None:
    """The second line is wrong, and the error says so in one line."""
    write(tmp_path, [review("ok", "ld")], [])
    with (tmp_path / "reviews_a.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(review("wrong", "ld") | fields) + "\n")
    with pytest.raises(DataError) as caught:
        StandIn(anchor=anchor, data_dir=tmp_path)
    assert str(caught.value).startswith("reviews_a.jsonl line 2: ")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_line_that_is_no_json_is_named(tmp_path: Path, anchor: datetime) -> None:
    """Half a line, as while the file is being written, is named too."""
    write(tmp_path, [review("ok", "ld")], [])
    with (tmp_path / "reviews_a.jsonl").open("a", encoding="utf-8") as file:
        file.write('\n{"id": "half')
    with pytest.raises(DataError, match=r"^reviews_a\.jsonl line 3: not JSON"):
        StandIn(anchor=anchor, data_dir=tmp_path)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"sources": []}, "with something in it"),
        ({"sources": [BUSINESS["sources"][0] | {"kind": "fax"}]}, 'unknown "kind" fax'),
        ({"sources": [BUSINESS["sources"][0] | {"place": "moon"}]}, 'unknown "place" moon'),
        ({"sources": [BUSINESS["sources"][0] | {"path": "eat"}]}, "must start with"),
        ({"sources": [BUSINESS["sources"][0] | {"scale": [1]}]}, "[worst, best]"),
        ({"sources": [BUSINESS["sources"][0]] * 2}, 'share one "slug"'),
        ({"places": [BUSINESS["places"][0] | {"timezone": "Europe/Atlantis"}]}, 'unknown "timezone"'),
    ],
)
def test_a_wrong_business_is_named(tmp_path: Path, anchor: datetime, change: dict[str, Any], told: str) -> None:
    """Mistakes in business.json are told the same way."""
    write(tmp_path, [], [])
    (tmp_path / "business.json").write_text(json.dumps(BUSINESS | change), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        StandIn(anchor=anchor, data_dir=tmp_path)
    assert str(caught.value).startswith("business.json")
    assert told in str(caught.value)


def test_a_missing_folder_is_named(tmp_path: Path, anchor: datetime) -> None:
    """Without a business there is nothing to serve."""
    with pytest.raises(DataError, match=r"^business\.json: cannot be read"):
        StandIn(anchor=anchor, data_dir=tmp_path)


def test_an_anchor_needs_a_zone(data_dir: Path) -> None:
    """A date without zone would move with the machine."""
    with pytest.raises(ValueError, match="time zone"):
        StandIn(anchor=datetime(2026, 11, 20), data_dir=data_dir)  # noqa: DTZ001 - that is the mistake
