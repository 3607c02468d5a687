"""Tries out the keys of an API before a source is saved: one small read by the platform's own spider, nothing stored.

The spider finds its source in a database made for it alone, and its last pipeline shows instead of storing. So what is
tried is exactly what will be run.
"""

from __future__ import annotations

import json
import secrets
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db.crawls import start_run
from db.migrate import upgrade
from db.models import CrawlState
from db.phrases import packed, say, say_list
from db.queries.sources import RunSummary, last_runs
from db.session import make_engine, read_scope, session_scope
from db.sources import add_location, add_source
from db.vault import Vault

from .config import CrawlSettings
from .platforms import PLATFORMS, Platform, api_base
from .probe import TIME_LIMIT_S, ProbeReport, for_who_asked, report_from
from .process import Ended, child_environment, run_child

REPORT_VARIABLE = "AMENDS_TRIAL_REPORT"
PAGES = 2  # some APIs list ids first and give their reviews with a second request
PIPELINES = {
    "crawlers.pipelines.normalise.Normalise": 100,
    "crawlers.pipelines.validate.Validate": 200,
    "crawlers.pipelines.preview.Preview": 300,
}


def probe_api(
    platform: str,
    place_ref: str,
    keys: Mapping[str, str],
    options: Mapping[str, Any],
    *,
    settings: CrawlSettings,
    data_dir: Path | None = None,
    time_limit_s: float = TIME_LIMIT_S,
) -> ProbeReport:
    """Ask the API once with these keys. Never raises for what it answers; the report's refusal says what is missing."""
    facts = PLATFORMS[platform]
    if refusal := what_is_missing(facts, place_ref, {**options, **keys}):
        return ProbeReport(url="", platform=platform, refusal=refusal)
    with tempfile.TemporaryDirectory(prefix="amends-trial-") as name:
        folder = Path(name)
        run, seen, ended = _tried(
            facts, place_ref, keys, options, folder=folder, settings=settings, data_dir=data_dir, limit_s=time_limit_s
        )
    if ended is Ended.TIMED_OUT:
        return ProbeReport(
            url="",
            platform=platform,
            refusal=say(
                "%(name)s did not answer within %(seconds)s seconds.", name=facts.name, seconds=round(time_limit_s)
            ),
        )
    if run.state is not CrawlState.FINISHED and not seen.get("reviews_seen"):
        refusal = for_who_asked(
            run.reason, run.message or say("The connection could not be tried; logs/probe.log tells why.")
        )
        return ProbeReport(url="", platform=platform, refusal=refusal)
    warnings = []
    if not seen.get("reviews_seen"):
        warnings = [packed(say("%(name)s takes the keys, and has no review of this place yet.", name=facts.name))]
    values = {"reviews_seen": 0, "sample": [], **seen, "url": "", "platform": platform, "warnings": warnings}
    return report_from(values | {"advertised_total": run.advertised_total})


def what_is_missing(facts: Platform, place_ref: str, values: Mapping[str, Any]) -> str:
    """A sentence that names every needed entry that is empty; empty when all are there."""
    missing = [say(key.label) for key in facts.keys if key.is_needed and not values.get(key.name)]
    if facts.place_label and not place_ref:
        missing.insert(0, say(facts.place_label))
    if not missing:
        return ""
    return say("Still missing: %(named)s.", named=say_list(missing))


def _tried(
    facts: Platform,
    place_ref: str,
    keys: Mapping[str, str],
    options: Mapping[str, Any],
    *,
    folder: Path,
    settings: CrawlSettings,
    data_dir: Path | None,
    limit_s: float,
) -> tuple[RunSummary, dict[str, Any], Ended]:
    database_url, secret = f"sqlite:///{folder / 'trial.db'}", secrets.token_urlsafe(32)
    engine = make_engine(database_url)
    try:
        upgrade(engine)
        now = datetime.now(UTC)
        with session_scope(engine) as session:
            place = add_location(session, "Trial", now=now)
            source = add_source(
                session,
                place,
                name="Trial",
                platform=facts.key,
                url=facts.apis[""],
                asks=api_base(facts.key, standin_url=settings.standin_url),
                now=now,
                max_pages=PAGES,
                delay_s=1.0,
            )
            source.place_ref, source.options = place_ref, dict(options)
            source.sealed_keys = Vault(secret).seal(keys)
            source_id, run_id = source.id, start_run(session, source.id, now=now)
        report = folder / "report.json"
        environment = child_environment(settings.model_copy(update={"crawl_time_limit_s": max(1, int(limit_s))}))
        environment |= {
            "AMENDS_DATABASE_URL": database_url,
            "AMENDS_DATA_DIR": str(folder),
            "AMENDS_SECRET_KEY": secret,
        }
        environment[REPORT_VARIABLE] = str(report)
        log_folder = folder if data_dir is None else data_dir / "logs"
        log_folder.mkdir(parents=True, exist_ok=True)
        arguments = ["crawl", facts.key, "-a", f"source_id={source_id}", "-a", f"run_id={run_id}"]
        settings_of_trial = {"ITEM_PIPELINES": json.dumps(PIPELINES), "HTTPCACHE_ENABLED": "False", "RETRY_TIMES": "0"}
        for name, value in settings_of_trial.items():
            arguments += ["-s", f"{name}={value}"]
        ended, _ = run_child(
            arguments, environment=environment, folder=folder, log_path=log_folder / "probe.log", limit_s=limit_s + 10
        )
        with read_scope(engine) as session:
            run = last_runs(session, source_id, limit=1)[0]
    finally:
        engine.dispose()
    return run, _seen(report), ended


def _seen(report: Path) -> dict[str, Any]:
    try:
        seen: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # it ended before its end
        return {}
    return seen
