"""The demo's data folder: how Amends knows it, and the stand-in platform that its sources need.

A data folder that holds the demo keeps `standin.json` with the stand-in's port, its "today" and how far its customers
have got, so that the same reviews stand under the same addresses and dates at every start. Every other folder is a
production folder.
"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from pathlib import Path

from crawlers.config import CrawlSettings, Environment
from crawlers.standin import Snapshot, StandIn
from db.settings import DbSettings

from .faults import Refused
from .serve import PortTaken, check_port
from .wiring import Services, build_services

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class StandInPlan:
    """Where this folder's stand-in listens, which day it calls today, and the moment (t0, t1) that it shows."""

    port: int
    anchor: datetime
    moment: Snapshot = Snapshot.T0

    @property
    def address(self) -> str:
        return f"{HOST}:{self.port}"


def plan_path(data_dir: Path) -> Path:
    return data_dir / "standin.json"


def read_plan(data_dir: Path) -> StandInPlan | None:
    """The plan of a demo folder, None for any other.

    Raises:
        Refused: the file is there but cannot be read.
    """
    path = plan_path(data_dir)
    try:
        plan = json.loads(path.read_text(encoding="utf-8"))
        return StandInPlan(
            port=_port(plan["port"]),
            anchor=datetime.fromisoformat(plan["anchor"]),
            moment=Snapshot(plan.get("moment", Snapshot.T0)),  # folders of earlier days say none
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"{path} is damaged. Remove the data folder and run `amends demo` again.") from error


def _port(value: object) -> int:
    if not isinstance(value, int) or not 0 < value < 65536:
        raise ValueError("no port")
    return value


def write_plan(data_dir: Path, plan: StandInPlan) -> None:
    text = json.dumps({"port": plan.port, "anchor": plan.anchor.isoformat(), "moment": plan.moment})
    plan_path(data_dir).write_text(text + "\n", encoding="utf-8")


def demo_settings(plan: StandInPlan) -> CrawlSettings:
    """Crawl settings that allow the stand-in's one address, and nothing else on this machine; it plays every API."""
    return CrawlSettings(
        environment=Environment.DEMO, crawl_allow_hosts=plan.address, standin_url=f"http://{plan.address}"
    )


def services_for_data_dir() -> Services:
    """Services as the data folder asks for, see `crawl_settings`."""
    return build_services(crawl=crawl_settings(DbSettings().data_dir))


def crawl_settings(data_dir: Path) -> CrawlSettings:
    """Those in force: with the stand-in's address allowed exactly when the folder holds the demo."""
    plan = read_plan(data_dir)
    return CrawlSettings() if plan is None or is_production() else demo_settings(plan)


def is_production() -> bool:
    """Whether the environment or `.env` says so. Left unsaid, the data folder may still be a demo's."""
    settings = CrawlSettings()  # the settings themselves, so that every way of saying it counts
    return "environment" in settings.model_fields_set and settings.environment is Environment.PRODUCTION


@contextmanager
def standin_if_demo(services: Services) -> Iterator[StandInPlan | None]:
    """Keep the stand-in running inside the block when the data folder holds the demo; otherwise do nothing."""
    plan = read_plan(services.database.data_dir)
    if plan is None or services.crawl.environment is Environment.PRODUCTION:
        yield None
        return
    with standin_running(plan):
        yield plan


@contextmanager
def standin_running(plan: StandInPlan) -> Iterator[None]:
    """Run the stand-in, or use the one that another Amends of this machine already runs at that address."""
    try:
        check_port(HOST, plan.port)
    except PortTaken as error:
        if not _is_ours(plan):
            raise Refused(
                f"The demo's stand-in platform needs port {plan.port} on {HOST}, which another program has taken, "
                "perhaps the demo of another folder. Stop it, or start the demo in a fresh folder: AMENDS_DATA_DIR=..."
            ) from error
        yield
        return
    with StandIn(port=plan.port, anchor=plan.anchor, snapshot=plan.moment):
        yield


def show_moment(plan: StandInPlan) -> None:
    """Let the running stand-in show the moment of this plan, whichever Amends has started it."""
    body = json.dumps({"kind": "snapshot", "snapshot": plan.moment}).encode()
    switch = urllib.request.Request(
        f"http://{plan.address}/_standin/scenario", data=body, headers={"Content-Type": "application/json"}
    )
    with _direct().open(switch, timeout=10):
        pass


def _is_ours(plan: StandInPlan) -> bool:
    """Whether a stand-in answers there that counts from the same day: that of another demo would date all anew."""
    try:
        with _direct().open(f"http://{plan.address}/_standin/scenario", timeout=2) as answer:
            return datetime.fromisoformat(json.load(answer)["anchor"]) == plan.anchor
    except (OSError, HTTPException, ValueError, KeyError, TypeError):  # whatever listens there need not speak HTTP
        return False


def _direct() -> urllib.request.OpenerDirector:
    # No proxy: the stand-in is on this machine whatever the environment says of the way out.
    return urllib.request.build_opener(urllib.request.ProxyHandler({}))
