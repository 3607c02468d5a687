"""The demo's business with nothing read or judged: reading and judging all of it is most of what a demo takes."""

from __future__ import annotations

import json
from importlib.resources import files

from crawlers.standin import Snapshot
from db.session import make_engine
from db.settings import DbSettings
from scoring.settings import ScoringSettings
from webui import demo
from webui.settings import WebSettings
from webui.standin_mode import StandInPlan, demo_settings
from webui.wiring import LazyScorer, Services, utc_now

from .running import Home


def register_demo(home: Home, database_url: str = "") -> None:
    """As a demo that was stopped before its first reading, with the stand-in where a whole demo leaves it."""
    database = DbSettings(data_dir=home.data_dir, database_url=database_url, _env_file=None)
    database.make_data_dir()
    plan = StandInPlan(port=demo._free_port(), anchor=utc_now().replace(microsecond=0), moment=Snapshot.T1)
    engine = make_engine(database.database_url)
    services = Services(
        database=database,
        crawl=demo_settings(plan),
        web=WebSettings(_env_file=None),
        engine=engine,
        scorer=LazyScorer(ScoringSettings(), home.data_dir),
    )
    demo.claim_folder(services, plan)
    business = json.loads(files("crawlers.standin").joinpath("data/business.json").read_text("utf-8"))
    demo._register(engine, services, business, plan)
    engine.dispose()
