"""What is at an address: asked once, in a child process, behind the same guards as a crawl.

Nothing is stored. The report says what kind of source it is and what may be done there, or why it is refused, and shows
its first reviews in short where its terms let text be written down at all: the report is a file for a moment.
"""

from __future__ import annotations

import dataclasses
import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.models import Retention
from db.phrases import Words, packed, say, unpacked

from .config import CrawlSettings
from .errors import RefusedUrl
from .items import ReviewItem
from .links import cleaned
from .mention_feeds import is_mention_feed, mention_feed_for
from .net import UrlRules
from .platforms import PLATFORMS, REPLY_SENTENCES, RETENTION_SENTENCES, Platform, app_feed_for, by_host, is_app_feed
from .process import Ended, child_environment, run_child

TIME_LIMIT_S = 90
SAMPLE = 3  # reviews shown before a source is saved, and
SAMPLE_CHARS = 200  # so much of each

AGAIN = {  # what is said of a run that was not asked for by hand, and of one that was
    "It is tried again by itself.": "Try again later.",
    "It is read again by itself after that.": "Try again then.",
    ", in the settings of this source.": ".",
    " in the settings of this source": "",  # the entries are before them
}
ROBOTS_SENTENCES = {
    "allowed": say("robots.txt allows this page."),
    "closed": say("robots.txt does not allow this page to be read by programs."),
    "none": say("The site has no robots.txt, so nothing is closed."),
    "html": say("The site shows a page where its robots.txt should be; that closes nothing."),
    "unreachable": say("robots.txt could not be read, so the site is left alone for now."),
    "": say("robots.txt was not asked."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One review in short, for the person who is about to add its source."""

    stars: float | None
    rating: str  # as the source shows it
    published_at: str  # ISO 8601; empty where the source gives no date
    precision: str
    text: str
    value: float | None = None  # on the scale of the source, which ends at
    most: float | None = None
    kind: str = ""  # see items.RatingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeReport:
    """`refusal` is empty when the address can be added as a source; otherwise it says why not, and what else to do."""

    url: str  # as it should be stored
    platform: str = ""  # a key of PLATFORMS
    syntax: str = ""
    title: str = ""
    robots_verdict: str = ""
    reviews_seen: int = 0
    advertised_total: int | None = None
    has_next: bool = False
    refusal: str = ""
    warnings: tuple[str, ...] = ()
    sample: tuple[Sample, ...] = ()
    fitting: int | None = None  # of the reviews seen, those that hold one of the owner's words; None without words
    pages: tuple[str, ...] = ()  # the first addresses of a sitemap that would be read
    pages_total: int | None = None  # how many those are, as far as its lists were looked at; None: it is no sitemap
    leads_to: str = ""  # another site that the address sends everybody to, where that may be looked at

    @property
    def _facts(self) -> Platform | None:
        return PLATFORMS.get(self.platform)

    @property
    def platform_name(self) -> str:
        return self._facts.name if self._facts else "unknown"

    @property
    def retention(self) -> Retention:
        return Retention(self._facts.retention) if self._facts else Retention.STORE

    @property
    def terms(self) -> str:
        return self._facts.terms if self._facts else ""

    @property
    def robots_sentence(self) -> str:
        return ROBOTS_SENTENCES.get(self.robots_verdict, self.robots_verdict)

    @property
    def retention_sentence(self) -> str:
        return RETENTION_SENTENCES[self.retention]

    @property
    def reply_sentence(self) -> str:
        return REPLY_SENTENCES[self._facts.reply_by] if self._facts else ""


def probe(
    url: str,
    *,
    settings: CrawlSettings,
    data_dir: Path | None = None,
    time_limit_s: float = TIME_LIMIT_S,
    options: Mapping[str, str] | None = None,
) -> ProbeReport:
    """Look at one address. Never raises for what is found there. `options` are the owner's choices (`choices`)."""
    try:
        url = check_url(cleaned(url), settings)
    except RefusedUrl as error:
        return ProbeReport(url=url, refusal=str(error))
    if known := asked_elsewhere(url):
        return ProbeReport(url=url, platform=known.key, refusal=not_crawlable(known))
    url = mention_feed_for(url) or app_feed_for(url) or url
    return _ask(url, settings=settings, data_dir=data_dir, time_limit_s=time_limit_s, options=options or {})


def check_url(url: str, settings: CrawlSettings) -> str:
    """The address as it is stored.

    Raises:
        RefusedUrl: it may not be visited, with a sentence for the person who typed it.
    """
    return UrlRules(ports=settings.ports, allowed_hosts=settings.allowed_hosts).normalised(url)


def asked_elsewhere(url: str) -> Platform | None:
    """The platform that this address belongs to, if it is not read from there: by its API, or not at all."""
    try:
        if is_mention_feed(url) or mention_feed_for(url):
            return None
        known = by_host(url)
    except ValueError:  # an address that cannot be taken apart; the probe says so
        return None
    if known is None or app_feed_for(url) or (known.is_crawlable and is_app_feed(url)):
        return None
    return known


def _ask(
    url: str, *, settings: CrawlSettings, data_dir: Path | None, time_limit_s: float, options: Mapping[str, str]
) -> ProbeReport:
    with tempfile.TemporaryDirectory(prefix="amends-probe-") as name:
        folder = Path(name)
        environment = child_environment(settings.model_copy(update={"crawl_time_limit_s": int(time_limit_s)}))
        # The address travels in the environment: it may hold the key of a private feed.
        environment |= {
            "AMENDS_PROBE_URL": url,
            "AMENDS_PROBE_OPTIONS": json.dumps(dict(options)),
            "AMENDS_PROBE_REPORT": str(folder / "report.json"),
            "AMENDS_DATA_DIR": str(folder),
        }
        log_folder = folder if data_dir is None else data_dir / "logs"
        log_folder.mkdir(parents=True, exist_ok=True)
        ended, _ = run_child(
            ["crawl", "probe"],
            environment=environment,
            folder=folder,
            log_path=log_folder / "probe.log",
            limit_s=time_limit_s + 10,
        )
        report = read_report(folder / "report.json")
    if report is not None:
        return report
    if ended is Ended.TIMED_OUT:
        return ProbeReport(
            url=url, refusal=say("The site did not answer within %(seconds)s seconds.", seconds=round(time_limit_s))
        )
    return ProbeReport(url=url, refusal=say("The address could not be looked at; logs/probe.log tells why."))


def sample_of(platform: str, reviews: Iterable[ReviewItem]) -> tuple[Sample, ...]:
    """The first reviews in short; none where the platform's terms let nothing be stored, not even for a moment."""
    if PLATFORMS[platform].retention == Retention.NO_STORE:
        return ()
    return tuple(_in_short(review) for review, _ in zip(reviews, range(SAMPLE), strict=False))


def _in_short(review: ReviewItem) -> Sample:
    text = " ".join(f"{review.title} {review.body}".split())
    return Sample(
        stars=review.stars,
        rating=review.rating_raw[:40],
        published_at=review.published_at.isoformat() if review.published_at else "",
        precision=review.published_precision,
        text=text if len(text) <= SAMPLE_CHARS else text[: SAMPLE_CHARS - 1].rstrip() + "…",
        value=review.rating,
        most=review.rating_max,
        kind=review.rating_kind,
    )


def for_who_asked(reason: str, message: str) -> str:
    """The sentence about a crawl, for a person who has just typed the address: nothing is tried again by itself."""
    if reason == "robots_unreachable":  # the first request of all: most often there is no such site
        return say(
            "The site was not reached, or would not show its robots.txt. Look for a typing error in the address; if "
            "there is none, try again later."
        )
    if reason == "not_found":
        return say(
            "There is no page at this address. Look for a typing error, or open it in a browser and copy it there."
        )
    words = unpacked(message)
    for by_itself, by_hand in AGAIN.items():
        words = words.instead(by_itself, by_hand)
    return words or say("The site gave no answer.")


def not_crawlable(facts: Platform) -> Words:
    """Why a platform's pages are not read, and the way that remains."""
    return say("%(first)s %(next)s", first=say(facts.terms), next=say(facts.alternative))


def as_json(report: ProbeReport) -> dict[str, Any]:
    """The report as JSON holds it; `report_from` reads it."""
    warnings = [packed(one) for one in report.warnings]
    return dataclasses.asdict(report) | {"refusal": packed(report.refusal), "warnings": warnings}


def write_report(path: Path, report: ProbeReport) -> None:
    path.write_text(json.dumps(as_json(report)), encoding="utf-8")


def read_report(path: Path) -> ProbeReport | None:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return report_from(values)


def report_from(values: dict[str, Any]) -> ProbeReport:
    """A report out of what `as_json` and JSON have made of it."""
    sample = tuple(Sample(**one) for one in values["sample"])
    lists = {
        "warnings": tuple(unpacked(one) for one in values["warnings"]),
        "pages": tuple(values.get("pages", ())),
        "sample": sample,
    }
    return ProbeReport(**(values | lists | {"refusal": unpacked(values.get("refusal", ""))}))
