"""Facts per platform, as data: how it is read and answered, what its terms say, which hosts are its own.

Standard library only. The terms are one developer's summary, checked on the date given, and no legal advice; the owner
confirms for every source that they may read it. Platforms that cannot be crawled are here so that the application can
say so, with the reason and the way that remains.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit


class ReadBy(StrEnum):
    PAGE = "page"
    FEED = "feed"
    API = "api"
    IMPORT = "import"


class ReplyBy(StrEnum):
    API = "api"
    HAND = "hand"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One thing an API asks of the owner. Secret ones are stored encrypted and never shown again."""

    name: str  # in `Source.sealed_keys` (secret) or `Source.options` (not)
    label: str
    help: str = ""  # where it is found
    is_secret: bool = True
    is_needed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """`hosts` are patterns on the whole host name; `retention` a value of `db.models.Retention`.

    `apis` are base addresses without a final slash: "" the one that is read, others by name ("auth"). With a stand-in
    set (`CrawlSettings.standin_url`) they are its own: see `api_base`.
    """

    key: str
    name: str
    read_by: ReadBy
    reply_by: ReplyBy
    retention: str
    terms: str
    alternative: str = ""  # what to do where it cannot be crawled
    doc_url: str = ""
    hosts: tuple[str, ...] = ()
    is_crawlable: bool = False  # by this version, from an address the owner gives
    apis: Mapping[str, str] = field(default_factory=dict)
    keys: tuple[Key, ...] = ()
    place_label: str = ""  # what the platform calls its id of the place, and
    place_help: str = ""  # where the owner finds it
    scale: tuple[float, float] | None = None  # worst and best; None: no stars
    may_judge: bool = True  # False: its terms keep its text from a model unless the owner says otherwise
    least_every_s: int = 15 * 60  # never asked more often
    most_every_s: int = 24 * 3600  # nor less often: for a window that closes, or copies that must be refreshed
    reply_limit: str = ""  # in words: "4 096 bytes"
    checked_on: date = date(2026, 11, 20)


_BY_EXPORT = "Taking in an export or a review typed by hand comes with a later version of Amends."

PLATFORMS: dict[str, Platform] = {
    platform.key: platform
    for platform in (
        Platform(
            key="schemaorg",
            name="Web page with schema.org markup",
            read_by=ReadBy.PAGE,
            reply_by=ReplyBy.HAND,
            retention="store",
            terms="Your own site, or one whose owner agrees: its robots.txt is read and obeyed at every crawl.",
            doc_url="https://schema.org/Review",
            is_crawlable=True,
        ),
        Platform(
            key="feed",
            name="RSS or Atom feed",
            read_by=ReadBy.FEED,
            reply_by=ReplyBy.HAND,
            retention="store",
            terms="A feed is published to be read by programs; the site's terms may limit what you show of it.",
            doc_url="https://www.rssboard.org/rss-specification",
            is_crawlable=True,
        ),
        Platform(
            key="mentions",
            name="Mentions by feed",
            read_by=ReadBy.FEED,
            reply_by=ReplyBy.HAND,
            retention="store",
            terms="Feeds of alerts and of public posts are there to be read by programs; Reddit and Google may close "
            "theirs by robots.txt, which is obeyed. A post is what one person wrote: keep no more than you need.",
            doc_url="https://docs.joinmastodon.org/user/discoverability/",
            is_crawlable=True,
        ),
        Platform(
            key="appstore",
            name="Apple App Store",
            read_by=ReadBy.FEED,
            reply_by=ReplyBy.API,
            retention="store",
            terms="The customer reviews feed is public but undocumented; read it for apps of your own.",
            alternative="Give the address of the reviews feed: "
            "https://itunes.apple.com/COUNTRY/rss/customerreviews/page=1/id=APP/sortby=mostrecent/json",
            doc_url="https://developer.apple.com/documentation/appstoreconnectapi/customer-reviews",
            hosts=(r"itunes\.apple\.com", r"apps\.apple\.com"),
            is_crawlable=True,
        ),
        Platform(
            key="tripadvisor",
            name="Tripadvisor",
            read_by=ReadBy.API,
            reply_by=ReplyBy.HAND,
            retention="no_store",
            terms="Tripadvisor's terms forbid automatic reading of its pages, and a bot check guards them.",
            alternative="Answer in the Management Center; its API shows a few of the newest reviews with a key.",
            doc_url="https://tripadvisor-content-api.readme.io/reference/overview",
            hosts=(r"(.+\.)?tripadvisor\.[a-z.]{2,7}",),
        ),
        Platform(
            key="foursquare",
            name="Foursquare",
            read_by=ReadBy.API,
            reply_by=ReplyBy.NONE,
            retention="no_store",
            terms="Foursquare shows its tips behind a log-in, and pay-as-you-go terms do not let them be stored.",
            alternative="Its Places API gives tips with a key. Tips cannot be answered.",
            doc_url="https://docs.foursquare.com/fsq-developers-places/reference/place-tips",
            hosts=(r"(.+\.)?foursquare\.com",),
            apis={"": "https://places-api.foursquare.com"},
            keys=(Key(name="service_key", label="service key", help="Foursquare developer console, Service API Keys"),),
            place_label="place id",
            place_help="24 digits and letters a to f, the last part of the place's address on foursquare.com",
            least_every_s=12 * 3600,
            reply_limit="Tips cannot be answered.",
        ),
        Platform(
            key="thefork",
            name="TheFork",
            read_by=ReadBy.API,
            reply_by=ReplyBy.API,
            retention="store",
            terms="TheFork's terms forbid automatic reading of its pages, and a bot check guards them.",
            alternative="Restaurants under contract read and answer reviews through its B2B API or TheFork Manager.",
            doc_url="https://docs.thefork.io/B2B-API/introduction",
            hosts=(r"(.+\.)?thefork\.[a-z.]{2,7}", r"(.+\.)?lafourchette\.com", r"(.+\.)?eltenedor\.[a-z.]{2,7}"),
        ),
        Platform(
            key="google",
            name="Google",
            read_by=ReadBy.API,
            reply_by=ReplyBy.API,
            retention="30d",
            terms="Google forbids automatic reading of Maps and Search.",
            alternative="Owners of a verified profile read and answer reviews through the Business Profile API.",
            doc_url="https://developers.google.com/my-business/content/review-data",
            hosts=(
                r"(www|maps|business|local|search)\.google\.[a-z.]{2,7}",
                r"google\.[a-z.]{2,7}",
                r"maps\.app\.goo\.gl",
                r"goo\.gl",
                r"g\.page",
                r"g\.co",
            ),
        ),
        Platform(
            key="yelp",
            name="Yelp",
            read_by=ReadBy.API,
            reply_by=ReplyBy.HAND,
            retention="24h",
            terms="Yelp's robots.txt closes its pages to all programs; its API shows three excerpts for 24 hours.",
            alternative="Answer in Yelp for Business. " + _BY_EXPORT,
            doc_url="https://docs.developer.yelp.com/reference/v3_business_reviews",
            hosts=(r"(.+\.)?yelp\.[a-z.]{2,7}",),
        ),
        Platform(
            key="trustpilot",
            name="Trustpilot",
            read_by=ReadBy.API,
            reply_by=ReplyBy.API,
            retention="24h",
            terms="Trustpilot's robots.txt closes its review pages; copies must be refreshed at least daily.",
            alternative="Businesses read and answer reviews through Trustpilot's API with their key.",
            doc_url="https://developers.trustpilot.com/business-units-api",
            hosts=(r"(.+\.)?trustpilot\.[a-z.]{2,7}",),
        ),
        Platform(
            key="facebook",
            name="Facebook",
            read_by=ReadBy.API,
            reply_by=ReplyBy.API,
            retention="no_store",
            terms="Facebook's terms forbid automatic reading without its permission, and pages are behind a log-in.",
            alternative="Recommendations of your own page are read and answered in the Page's own inbox.",
            doc_url="https://developers.facebook.com/docs/graph-api/reference/page/ratings/",
            hosts=(r"(.+\.)?facebook\.com", r"(.+\.)?fb\.com", r"fb\.me"),
        ),
        Platform(
            key="googleplay",
            name="Google Play",
            read_by=ReadBy.API,
            reply_by=ReplyBy.API,
            retention="store",
            terms="Google forbids automatic reading of the Play pages.",
            alternative="Developers read the last seven days through the androidpublisher API, or export them.",
            doc_url="https://developers.google.com/android-publisher/reply-to-reviews",
            hosts=(r"play\.google\.com",),
        ),
        Platform(
            key="booking",
            name="Booking.com",
            read_by=ReadBy.API,
            reply_by=ReplyBy.API,
            retention="store",
            terms="Booking.com's terms forbid automatic reading of its pages, and a bot check guards them.",
            alternative="Connectivity partners use its Guest Review API; everybody else answers in the Extranet.",
            doc_url="https://developers.booking.com/connectivity/docs/guest-review-api",
            hosts=(r"(.+\.)?booking\.com",),
        ),
        Platform(
            key="opentable",
            name="OpenTable",
            read_by=ReadBy.IMPORT,
            reply_by=ReplyBy.HAND,
            retention="no_store",
            terms="OpenTable's terms forbid automatic reading, copying by hand and the use of AI. A bot check guards "
            "its pages, and its APIs are for partners by contract.",
            alternative="Answer in GuestCenter. What your contract lets you keep can be taken in: an export, or a page "
            "that you saved.",
            doc_url="https://restaurant.opentable.com/products/guestcenter/",
            hosts=(r"(.+\.)?opentable\.[a-z.]{2,7}",),
            scale=(1, 5),
            may_judge=False,
        ),
        Platform(
            key="flipkart",
            name="Flipkart",
            read_by=ReadBy.IMPORT,
            reply_by=ReplyBy.HAND,
            retention="no_store",
            terms="Flipkart gives no permission to read its pages automatically, and has no interface for reviews.",
            alternative="Take in an export, a page of reviews that you saved, or a review typed by hand.",
            doc_url="https://seller.flipkart.com/",
            hosts=(r"(.+\.)?flipkart\.com",),
            scale=(1, 5),
        ),
    )
}

RETENTION_SENTENCES = {
    "store": "Reviews may be kept.",
    "30d": "Reviews may be kept for 30 days at most.",
    "24h": "Reviews may be kept for 24 hours at most.",
    "no_store": "Reviews may be shown but not kept.",
}
REPLY_SENTENCES = {
    ReplyBy.API: "Answered through the platform's interface with your account.",
    ReplyBy.HAND: "Answered by hand, on the platform's own page.",
    ReplyBy.NONE: "The platform has no way to answer.",
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
