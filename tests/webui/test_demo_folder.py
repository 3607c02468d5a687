"""A folder that holds the demo opens one loopback address, and production never does, wherever it was said."""

from __future__ import annotations

import json
import socket
import threading
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pydantic import ValidationError

from crawlers.config import Environment
from crawlers.standin import Snapshot, StandIn
from webui.demo import demo_services
from webui.doctor import effective_settings
from webui.faults import Refused
from webui.standin_mode import (
    StandInPlan,
    plan_path,
    read_plan,
    services_for_data_dir,
    show_moment,
    standin_if_demo,
    standin_running,
)


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
    assert services.crawl.standin_url == "http://127.0.0.1:8099", "which plays every platform's API too"


def test_doctor_shows_the_settings_in_force(folder: Path) -> None:
    """Those of the demo in the demo's folder, though nobody has written them anywhere."""
    assert plan_path(folder / "data").exists()
    shown = effective_settings()
    assert (shown["AMENDS_ENVIRONMENT"], shown["AMENDS_CRAWL_ALLOW_HOSTS"]) == ("demo", "127.0.0.1:8099")


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


def test_only_a_stand_in_of_the_same_day_is_shared(now: datetime) -> None:
    """A second Amends on one folder uses the stand-in that runs; that of another demo would date every review anew."""
    with StandIn(port=0, anchor=now) as running:
        port = urlsplit(running.base_url).port or 0
        with standin_running(StandInPlan(port=port, anchor=now)):
            show_moment(StandInPlan(port=port, anchor=now, moment=Snapshot.T1))
        with (
            pytest.raises(Refused, match="the demo of another folder"),
            standin_running(StandInPlan(port=port, anchor=now - timedelta(days=1))),
        ):
            pass


def test_misspelt_environment_is_no_demo(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong value is reported in a demo's folder as in any other."""
    monkeypatch.setenv("AMENDS_ENVIRONMENT", "Production")
    assert plan_path(folder / "data").exists()
    with pytest.raises(ValidationError, match="environment"):
        services_for_data_dir()


def test_port_of_the_standin_taken_by_a_stranger(folder: Path) -> None:
    """Whatever listens there, and in whatever language it answers: a sentence that says what to do."""

    def greet(server: socket.socket) -> None:
        connection, _ = server.accept()
        connection.sendall(b"SSH-2.0-OpenSSH\r\n")
        connection.close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        plan = {"port": server.getsockname()[1], "anchor": "2026-11-22T00:00:00+00:00"}
        plan_path(folder / "data").write_text(json.dumps(plan))
        stranger = threading.Thread(target=greet, args=[server], daemon=True)
        stranger.start()
        with pytest.raises(Refused, match="another program has taken"), standin_if_demo(services_for_data_dir()):
            pass
        stranger.join()


@pytest.mark.parametrize("plan", ["", "[]", "{}", '{"port": 8099}', '{"port": 99999999, "anchor": "2026-11-22"}'])
def test_damaged_plan_is_told_as_such(folder: Path, plan: str) -> None:
    """By the name of the file, not as a fault of a setting that nobody made."""
    plan_path(folder / "data").write_text(plan)
    with pytest.raises(Refused, match=r"standin\.json is damaged"):
        read_plan(folder / "data")


def test_port_that_a_demo_has_just_left_is_chosen_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its last connections linger a minute: a demo that avoided them would wander off to ports that others are lent."""
    monkeypatch.setenv("AMENDS_DATA_DIR", str(tmp_path / "data"))
    with socket.create_server(("127.0.0.1", 0)) as left:
        port = left.getsockname()[1]
        monkeypatch.setattr("webui.demo.USUAL_PORTS", range(port, port + 1))
        with socket.create_connection(("127.0.0.1", port)):
            left.accept()[0].close()  # first, so that the port itself has the lingering end
    assert demo_services()[1].port == port


def test_next_port_is_chosen_while_another_demo_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And when none is left the message says which programs to stop."""
    monkeypatch.setenv("AMENDS_DATA_DIR", str(tmp_path / "data"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr("webui.demo.USUAL_PORTS", range(port, port + 20))
        assert demo_services()[1].port in range(port + 1, port + 20)
        monkeypatch.setattr("webui.demo.USUAL_PORTS", range(port, port + 1))
        with pytest.raises(Refused, match="Stop the demos of other folders"):
            demo_services()
