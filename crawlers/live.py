"""Reads one review at its source for the page that is open now, and keeps nothing of it.

For sources whose terms let reviews be shown but not stored. The platform's own spider runs in a child process and
writes each review as a line of JSON into a pipe; the one that is wanted is recognised by its id, or by the digest that
stands for it, and the child is ended. Nothing but the crawl's log, which holds no review, touches a disk.
"""

from __future__ import annotations

import json
import subprocess
import threading
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from db.phrases import say, unpacked

from . import process
from .config import CrawlSettings
from .process import child_environment, kill_tree, log_file

LIMIT_S = 15.0  # a person waits for the page
_PIPELINES = {
    "crawlers.pipelines.normalise.Normalise": 100,
    "crawlers.pipelines.validate.Validate": 200,
    "crawlers.pipelines.show.Show": 300,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveReview:
    """A review as its source shows it now. Times are ISO 8601 in UTC, empty without one."""

    title: str
    body: str
    author_name: str
    rating_raw: str
    rating: float | None
    rating_max: float | None
    rating_kind: str
    stars: float | None
    language: str
    url: str
    published_at: str
    published_precision: str
    visited_at: str  # when the guest was there
    visited_precision: str
    reply_body: str
    reply_author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveReading:
    review: LiveReview | None
    message: str = ""  # for people, where there is none


def read_live(
    source_id: int,
    external_id: str,
    *,
    platform: str,
    settings: CrawlSettings,
    database_url: str,
    data_dir: Path,
    secret_key: str = "",
    limit_s: float = LIMIT_S,
) -> LiveReading:
    """The review of this stored id, as the source shows it now. Never raises for what the source does."""
    environment = child_environment(settings.model_copy(update={"crawl_time_limit_s": max(1, int(limit_s))}))
    environment |= {"AMENDS_DATABASE_URL": database_url, "AMENDS_DATA_DIR": str(data_dir)}
    if secret_key:
        environment["AMENDS_SECRET_KEY"] = secret_key
    arguments = ["crawl", platform, "-a", f"source_id={source_id}", "-a", "run_id=0"]  # no run: nothing is recorded
    for name, value in {
        "ITEM_PIPELINES": json.dumps(_PIPELINES),
        "HTTPCACHE_ENABLED": "False",
        "RETRY_TIMES": "0",
    }.items():
        arguments += ["-s", f"{name}={value}"]
    with log_file(data_dir, f"live-{source_id}.log").open("ab") as log:
        child = process.start_python(
            ["scrapy", *arguments], environment=environment, folder=data_dir, log=log, is_piped=True
        )
        if child.stdin:
            child.stdin.close()  # it is told nothing
        late = threading.Event()
        timer = threading.Timer(limit_s, _end, (child, late))
        timer.start()
        try:
            return _wanted(child, external_id) or LiveReading(review=None, message=_late(limit_s, late))
        finally:
            timer.cancel()
            kill_tree(child)
            if child.stdout:
                child.stdout.close()


def _wanted(child: subprocess.Popen[bytes], external_id: str) -> LiveReading | None:
    """None when the child ended without a word."""
    for line in child.stdout or ():
        try:
            told: dict[str, Any] = json.loads(line)
        except ValueError:  # cut off by its end
            return None
        if "end" in told:
            return LiveReading(review=None, message=unpacked(str(told["end"])))
        if told.get("id") == external_id:
            return LiveReading(review=LiveReview(**{field.name: told[field.name] for field in fields(LiveReview)}))
    return None


def _end(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    kill_tree(child)


def _late(limit_s: float, late: threading.Event) -> str:
    if late.is_set():
        return say(
            "The source did not answer within %(seconds)s seconds. Open the page again in a while.",
            seconds=round(limit_s),
        )
    return say("The review could not be read at its source. The log of the live reading in the data folder tells why.")
