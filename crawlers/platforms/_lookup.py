"""All platforms, by the files that are there; which of them an address belongs to, and where its API is asked."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

from ._types import Platform, ReadBy

PLATFORMS: dict[str, Platform] = {
    name: import_module(f"{__package__}.{name}").PLATFORM
    for _, name, _ in pkgutil.iter_modules([str(Path(__file__).parent)])
    if not name.startswith("_")
}

_APP_FEED = re.compile(r"/[a-z]{2}/rss/customerreviews/(?=.*\bid=\d+)", re.IGNORECASE)
_APP_PAGE = re.compile(r"/([a-z]{2})/app/(?:[^/]+/)?id(\d{1,15})", re.IGNORECASE)


def by_host(url: str) -> Platform | None:
    """The platform whose own host this is; Google Play before Google."""
    host = (urlsplit(url).hostname or "").lower().rstrip(".")
    for platform in sorted(PLATFORMS.values(), key=lambda one: one.key != "googleplay"):
        if any(re.fullmatch(pattern, host) for pattern in platform.hosts):
            return platform
    return None


def is_crawled(key: str) -> bool:
    """Whether a source of this platform is asked for reviews; what people bring as files is not."""
    facts = PLATFORMS.get(key)
    return facts is None or facts.read_by is not ReadBy.IMPORT


def api_base(key: str, *, standin_url: str = "", name: str = "") -> str:
    """The address that an API is asked at, without a final slash; the stand-in's where one is set."""
    if standin_url:
        return f"{standin_url}/api/{key}" + (f"/{name}" if name else "")
    return PLATFORMS[key].apis[name]


def is_app_feed(url: str) -> bool:
    """Whether an address has the shape of the App Store's reviews feed, on whichever host."""
    return _APP_FEED.search(urlsplit(url).path) is not None


def app_feed_for(url: str) -> str | None:
    """The reviews feed of an App Store page, None for other addresses."""
    parts = urlsplit(url)
    found = _APP_PAGE.search(parts.path) if parts.hostname == "apps.apple.com" else None
    if found is None:
        return None
    country, app = found.group(1).lower(), found.group(2)
    return f"https://itunes.apple.com/{country}/rss/customerreviews/page=1/id={app}/sortby=mostrecent/json"
