"""A folder that holds the demo opens one loopback address, and production never does, wherever it was said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from crawlers.config import Environment
from webui.demo import demo_services
from webui.faults import Refused
from webui.standin_mode import plan_path, services_for_data_dir


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder of a start whose data folder holds a stand-in's plan."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AMENDS_ENVIRONMENT", raising=False)
    monkeypatch.setenv("AMENDS_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    plan_path(tmp_path / "data").write_text(json.dumps({"port": 8099, "anchor": "2026-11-22T00:00:00+00:00"}))
    return tmp_path


def test_demo_folder_opens_its_address(folder: Path) -> None:
    """Nothing said: the plan in the folder makes it a demo."""
    services = services_for_data_dir()
    assert services.database.data_dir == folder / "data"
    assert services.crawl.allowed_hosts == {("127.0.0.1", 8099)}


@pytest.mark.parametrize("way", ["environment", "file"])
def test_production_opens_nothing(way: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan put into the folder does not turn production into a demo, nor does asking for the demo."""
    if way == "file":
        (folder / ".env").write_text("AMENDS_ENVIRONMENT=production\n")
    else:
        monkeypatch.setenv("AMENDS_ENVIRONMENT", "production")
    services = services_for_data_dir()
    assert services.crawl.environment is Environment.PRODUCTION
    assert services.crawl.allowed_hosts == frozenset()
    with pytest.raises(Refused, match="AMENDS_ENVIRONMENT is production"):
        demo_services()


def test_misspelt_environment_is_no_demo(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong value is reported in a demo's folder as in any other."""
    monkeypatch.setenv("AMENDS_ENVIRONMENT", "Production")
    assert plan_path(folder / "data").exists()
    with pytest.raises(ValidationError, match="environment"):
        services_for_data_dir()
