"""Each parser reads a small sample that comes with the program: when that fails, an installation is broken, not a site.

A platform's sample is two files: `samples/<platform>.<ending>`, an invented answer, and `samples/<platform>.ids.json`,
the ids of the reviews in it. Its parser is the module of the same name (`feeds` for feed).

    python -m crawlers.selftest     # writes the missing lists of ids, to be checked by eye
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
URL = "https://lanterna.example/reviews"
URLS = {  # of parsers that read from the address which place the answer is about
    "facebook": "https://graph.facebook.com/v25.0/PAGE1/ratings?limit=100",
    "googleplay": "https://androidpublisher.googleapis.com/androidpublisher/v3/applications/com.lanterna.app/reviews",
}
_IDS = ".ids.json"
MODULES = {"feed": "feeds"}  # platforms whose parser has another name


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTest:
    platform: str
    fault: str  # a sentence; empty when the sample is read as it should be

    @property
    def is_passed(self) -> bool:
        return not self.fault


def run_selftests(folder: Path = SAMPLES) -> list[SelfTest]:
    """One for each platform that has a sample, by name."""
    return [SelfTest(platform=platform_of(sample), fault=_fault(sample)) for sample in samples(folder)]


def samples(folder: Path = SAMPLES) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.endswith(_IDS))


def platform_of(sample: Path) -> str:
    return sample.name.partition(".")[0]


def _fault(sample: Path) -> str:
    try:
        expected = json.loads(_ids_path(sample).read_text(encoding="utf-8"))
        found = _ids(sample)
    except Exception as error:  # noqa: BLE001 - whatever it is, it would meet every source of this platform
        return f"The sample cannot be read: {type(error).__name__}."
    if found != expected:
        return f"{len(set(expected) & set(found))} of {len(expected)} reviews of the sample were found."
    return ""


def _ids(sample: Path) -> list[str]:
    platform = platform_of(sample)
    parse = import_module(f".parsers.{MODULES.get(platform, platform)}", __package__).parse
    return [
        item.external_id
        for item in parse(sample.read_bytes(), url=URLS.get(platform, URL), encoding=None, now=NOW).reviews
    ]


def _ids_path(sample: Path) -> Path:
    return sample.with_name(platform_of(sample) + _IDS)


if __name__ == "__main__":
    for one in samples():
        if not _ids_path(one).exists():
            _ids_path(one).write_text(json.dumps(_ids(one), indent=1) + "\n", encoding="utf-8")
