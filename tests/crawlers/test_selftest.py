"""The samples that come with the program are read, and a parser that fails them is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from crawlers.selftest import SAMPLES, run_selftests


def test_every_sample_is_read_as_it_should_be() -> None:
    """At least the platforms of the first version have one, none of them empty."""
    tests = run_selftests()
    assert {"schemaorg", "feed", "appstore", "foursquare"} <= {test.platform for test in tests}
    assert [test for test in tests if not test.is_passed] == []
    assert all(json.loads(path.read_text()) for path in SAMPLES.glob("*.ids.json"))


def test_failing_parser_is_told(tmp_path: Path) -> None:
    """A review that is not found, an answer that cannot be read, a list of ids that is missing."""
    for name in ("feed.xml", "feed.ids.json", "appstore.ids.json", "schemaorg.html"):
        shutil.copy(SAMPLES / name, tmp_path / name)
    (tmp_path / "appstore.json").write_text("{")
    (tmp_path / "feed.ids.json").write_text('["r2", "lost"]')
    faults = {test.platform: test.fault for test in run_selftests(tmp_path)}
    assert faults == {
        "appstore": "The sample cannot be read: ParseError.",
        "feed": "1 of 2 reviews of the sample were found.",
        "schemaorg": "The sample cannot be read: FileNotFoundError.",
    }
