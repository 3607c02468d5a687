"""`amends platform new` begins a platform: what it writes passes the linter, the types and its own tests at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from crawlers.new_platform import FILES, ROOT, NotBegun, begin, check_name

DAY = date(2026, 11, 27)
LONGEST = "a" * 30
TESTS = (
    "test_pages_parse_as_expected.py",
    "test_apis_over_time.py",
    "test_platform_facts.py",
    "test_parsers_survive_any_bytes.py",
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the tree, without what is made or large."""
    root = tmp_path / "amends"
    for name in ("crawlers", "db", "scoring", "webui", "tests"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.onnx", "data.jsonl"))
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


def run(root: Path, *arguments: str) -> str:
    """What a tool says in the copy, whose packages come before those of the project."""
    environment = os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return done.stdout


def test_begun_platform_passes_its_own_tests(checkout: Path) -> None:
    """Linter, formatter, types, its page, its API over time, its facts, any bytes."""
    written = begin("acme_reviews", title="Acme & Co.", root=checkout, today=DAY)
    assert set(written) == {place.format(key="acme_reviews") for place in FILES.values()}
    files = [place for place in written if place.endswith(".py")]
    run(checkout, "ruff", "check", "--no-cache", *files)
    run(checkout, "ruff", "format", "--no-cache", "--check", *files)
    run(checkout, "mypy", "--cache-dir", str(checkout / ".types"), *files)
    tests = [f"tests/crawlers/{name}" for name in TESTS]
    said = run(checkout, "pytest", "-q", "-p", "no:cacheprovider", "-k", "acme_reviews", *tests)
    assert "passed" in said
    assert "skipped" not in said


def test_second_and_longest_platform_keep_the_style(checkout: Path) -> None:
    """Several beside each other, long names in every line that is written."""
    for key in (LONGEST, "zeta", "b2b_reviews_of_a_kind"):
        begin(key, title=key if len(key) < 30 else "T" * 40, root=checkout, today=DAY)
    run(checkout, "ruff", "check", "--no-cache", "crawlers")
    run(checkout, "ruff", "format", "--no-cache", "--check", "crawlers")


@pytest.mark.parametrize(
    "name",
    ["", "Acme", "9lives", "a-b", "a__b", "_a", "a_", "class", "match", "a" * 31, "../x", "a b", "ac.me", "é", "a\n"],
)
def test_bad_names_are_refused(name: str) -> None:
    """It becomes the name of a module and of a folder; nothing is written."""
    with pytest.raises(NotBegun, match="cannot be the name"):
        check_name(name)


@pytest.mark.parametrize("name", ["foursquare", "opentable", "schemaorg", "dates", "base", "call", "mentions"])
def test_names_that_are_taken_are_refused(name: str) -> None:
    """By a platform, or by a module that parsers, spiders or the stand-in share."""
    with pytest.raises(NotBegun, match="already"):
        check_name(name)


@pytest.mark.parametrize("title", ['Ac"me', "a\nb", "x" * 41, "{}", "$key"])
def test_bad_titles_are_refused(title: str, checkout: Path) -> None:
    """They stand in code; nothing is written."""
    with pytest.raises(NotBegun, match="title"):
        begin("acme", title=title, root=checkout, today=DAY)
    assert not (checkout / "crawlers/parsers/acme.py").exists()


def test_twice_is_refused(checkout: Path) -> None:
    """What the author has changed meanwhile stays."""
    begin("acme", root=checkout, today=DAY)
    (checkout / "crawlers/parsers/acme.py").write_text("mine", encoding="utf-8")
    with pytest.raises(NotBegun, match="already"):
        begin("acme", root=checkout, today=DAY)
    assert (checkout / "crawlers/parsers/acme.py").read_text(encoding="utf-8") == "mine"


def test_installed_copy_is_no_checkout(tmp_path: Path) -> None:
    """Without the tests there is nowhere to begin."""
    with pytest.raises(NotBegun, match="checkout"):
        begin("acme", root=tmp_path, today=DAY)
