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
    MAIL = "mail"


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
    is_long: bool = False  # several lines, such as a key in a file of its own


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
    keeps_ids: bool = True  # False: where its text may not be stored, nor may its own ids of reviews
    may_judge: bool = True  # False: its terms keep its text from a model unless the owner says otherwise
    least_every_s: int = 15 * 60  # never asked more often
    most_every_s: int = 24 * 3600  # nor less often: for a window that closes, or copies that must be refreshed
    reply_limit: str = ""  # in words: "4 096 bytes"
    checked_on: date = date(2026, 11, 20)


_BY_EXPORT = "Exports and pasted reviews are taken in with: amends import FILE --place NAME"

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
            key="appstoreconnect",
            name="App Store Connect",
            read_by=ReadBy.API,
            reply_by=ReplyBy.API,
            retention="store",
            terms="Reviews of your own app are yours to read and answer with a key of your account.",
            alternative="With a key of your account, all reviews of your app and your responses are read at once.",
            doc_url="https://developer.apple.com/documentation/appstoreconnectapi/customer-reviews",
            hosts=(r"appstoreconnect\.apple\.com", r"api\.appstoreconnect\.apple\.com"),
            apis={"": "https://api.appstoreconnect.apple.com"},
            keys=(
                Key(
                    name="issuer_id",
                    label="issuer id",
                    help="App Store Connect, Users and Access, Integrations, App Store Connect API",
                    is_secret=False,
                ),
                Key(name="key_id", label="key id", help="beside the key in the same list", is_secret=False),
                Key(
                    name="private_key",
                    label="private key",
                    help="the whole .p8 file, which is given out once",
                    is_long=True,
                ),
            ),
            place_label="Apple ID of the app",
            place_help="digits, under App Information; also behind id in the app's address on apps.apple.com",
            scale=(1, 5),
            reply_limit="about 5 970 characters",
        ),
        Platform(
            key="tripadvisor",
            name="Tripadvisor",
            read_by=ReadBy.API,
            reply_by=ReplyBy.HAND,
            retention="no_store",
            keeps_ids=False,
            terms="Tripadvisor forbids automatic reading of its pages; what its API shows may not be kept nor given "
            "to a model, and is shown with its logo and bubbles only.",
            alternative="Its Terra API gives the newest reviews with a key. Answer in the Management Center.",
            doc_url="https://docs.terra.tripadvisor.com/",
            hosts=(r"(.+\.)?tripadvisor\.[a-z.]{2,7}",),
            apis={"": "https://terra.tripadvisor.com/api"},
            keys=(
                Key(
                    name="api_key",
                    label="Terra API key",
                    help="Tripadvisor developer portal; a key of the former Content API is refused",
                ),
            ),
            place_label="location id",
            place_help="the digits after -d in the address of the page: …-d99000001-Reviews-…",
            scale=(1.0, 5.0),
            may_judge=False,
            least_every_s=3600,  # the smallest plan gives about 1 000 calls a month
            reply_limit="Answers are typed in the Management Center by a verified owner.",
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
            terms="TheFork forbids automatic reading of its pages; restaurants under contract read their own reviews "
            "through its B2B API.",
            alternative="Its B2B API gives all reviews of a restaurant, by contract. Without one, answer in "
            "TheFork Manager.",
            doc_url="https://docs.thefork.io/B2B-API/introduction",
            hosts=(r"(.+\.)?thefork\.[a-z.]{2,7}", r"(.+\.)?lafourchette\.com", r"(.+\.)?eltenedor\.[a-z.]{2,7}"),
            apis={"": "https://api.thefork.io/manager", "auth": "https://auth.thefork.io"},
            keys=(
                Key(
                    name="client_id", label="client id", help="by writing to integrations@thefork.com", is_secret=False
                ),
                Key(name="client_secret", label="client secret", help="comes with the client id"),
            ),
            place_label="restaurant id",
            place_help="the UUID that TheFork gives with the client id: 8-4-4-4-12 digits and letters a to f",
            scale=(0.0, 10.0),
            reply_limit="Only reviews with a published comment can be answered; TheFork looks at every answer first.",
        ),
        Platform(
            key="google",
            name="Google",
            read_by=ReadBy.API,
            reply_by=ReplyBy.API,
            retention="30d",
            terms="Google forbids automatic reading of Maps and Search; what its API gives may be kept for 30 days.",
            alternative="Owners of a verified profile read and answer reviews through the Business Profile API.",
            doc_url="https://developers.google.com/my-business/content/review-data",
            apis={"": "https://mybusiness.googleapis.com/v4", "auth": "https://oauth2.googleapis.com"},
            keys=(
                Key(
                    name="client_id",
                    label="client id",
                    help="Google Cloud console, Credentials, OAuth client ID",
                    is_secret=False,
                ),
                Key(name="client_secret", label="client secret", help="stands beside the client id"),
                Key(
                    name="refresh_token",
                    label="refresh token",
                    help="given once an owner of the profile has agreed to business.manage",
                ),
            ),
            place_label="location",
            place_help="accounts/A/locations/L, with the numbers that the Business Profile API lists",
            scale=(1.0, 5.0),
            most_every_s=7 * 24 * 3600,  # what was read 30 days ago and not seen again has to go
            reply_limit="4 096 bytes; Google looks at every answer before it is shown.",
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
            key="googleplaces",
            name="Google Maps, live box",
            read_by=ReadBy.API,
            reply_by=ReplyBy.NONE,
            retention="no_store",
            keeps_ids=False,
            terms="Live box only: the Places API shows five reviews, with name, link and photograph of each author; "
            "nothing of it but the place id may be kept.",
            alternative="Owners of a verified profile add it as Google instead: all reviews, and answers.",
            doc_url="https://developers.google.com/maps/documentation/places/web-service/place-details",
            hosts=(r"places\.googleapis\.com",),
            apis={"": "https://places.googleapis.com/v1"},
            keys=(
                Key(name="api_key", label="API key", help="Google Cloud console, Credentials, with Places API (New)"),
            ),
            place_label="place id",
            place_help="begins with ChIJ as a rule; Google's Place ID Finder shows it",
            scale=(1.0, 5.0),
            may_judge=False,
            least_every_s=12 * 3600,  # each reading is billed at the dearest rate
            reply_limit="Answered through the Business Profile only.",
        ),
        Platform(
            key="yelp",
            name="Yelp",
            read_by=ReadBy.API,
            reply_by=ReplyBy.HAND,
            retention="24h",
            terms="Yelp's robots.txt closes its pages to all programs; its API shows three excerpts, kept for 24 hours "
            "at most and never given to a model that writes.",
            alternative="Answer in Yelp for Business. " + _BY_EXPORT,
            doc_url="https://docs.developer.yelp.com/reference/v3_business_reviews",
            hosts=(r"(.+\.)?yelp\.[a-z.]{2,7}",),
            apis={"": "https://api.yelp.com/v3"},
            keys=(
                Key(name="api_key", label="API key", help="Yelp developer portal, Manage App; Enhanced plan or above"),
                Key(
                    name="locale",
                    label="language",
                    help="such as it_IT or en_US; Yelp shows the excerpts of one language",
                    is_secret=False,
                    is_needed=False,
                ),
            ),
            place_label="business id",
            place_help="or the last part of the page's address: trattoria-lanterna-portland",
            scale=(1.0, 5.0),
            may_judge=False,
            least_every_s=3600,  # 300 calls a day on the smallest plan
            most_every_s=20 * 3600,  # nothing may be shown that is older than a day
            reply_limit="One answer a review, no emoji, typed at biz.yelp.com.",
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
            apis={"": "https://api.trustpilot.com/v1"},
            keys=(
                Key(name="api_key", label="API key", help="Trustpilot Business, Integrations, Developers, APIs"),
                Key(
                    name="api_secret",
                    label="API secret",
                    help="stands beside the key; with it, reviews are read as the business sees them",
                    is_needed=False,
                ),
                Key(
                    name="refresh_token",
                    label="refresh token",
                    help="of a business user, where Trustpilot gives the secret alone no access",
                    is_needed=False,
                ),
            ),
            place_label="business unit",
            place_help="its id of 24 digits and letters a to f, or the domain under trustpilot.com/review/",
            scale=(1.0, 5.0),
            most_every_s=20 * 3600,  # edits and removals have to be taken over within a day
            reply_limit="By a business user; product reviews cannot be answered this way.",
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
            apis={"": "https://graph.facebook.com/v25.0"},
            keys=(
                Key(
                    name="page_token",
                    label="Page token",
                    help="Graph API Explorer or your app: an access token of the Page itself, with the permission "
                    "pages_read_user_content and the task Moderate on the Page",
                ),
            ),
            place_label="Page id",
            place_help="digits only, under Page transparency on the Page's About tab",
            least_every_s=3600,  # calls are counted over an hour
            reply_limit="A comment under the recommendation; no limit is stated.",
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
            apis={
                "": "https://androidpublisher.googleapis.com/androidpublisher/v3",
                "auth": "https://oauth2.googleapis.com",
            },
            keys=(
                Key(
                    name="service_account_json",
                    is_long=True,
                    label="service account key",
                    help="Google Cloud console, IAM, Service accounts, Keys: the whole JSON file. Invite the account "
                    "in the Play Console with the right to reply to reviews",
                ),
            ),
            place_label="package name",
            place_help="such as com.example.app, after id= in the app's address on play.google.com",
            scale=(1, 5),
            most_every_s=12 * 3600,  # a review is shown for seven days: twice a day leaves room for bad ones
            reply_limit="350 characters, no HTML",
        ),
        Platform(
            key="booking",
            name="Booking.com",
            read_by=ReadBy.API,
            reply_by=ReplyBy.API,
            retention="store",
            terms="Booking.com's terms forbid automatic reading of its pages, and a bot check guards them.",
            alternative="Connectivity partners use its Guest Review API; everybody else answers in the Extranet.",
            doc_url="https://developers.booking.com/connectivity/docs/review-api/retrieve-reviews",
            hosts=(r"(.+\.)?booking\.com",),
            apis={"": "https://supply-xml.booking.com/review-api"},
            keys=(
                Key(
                    name="username",
                    label="machine account name",
                    help="Connectivity Portal, Machine accounts; the account needs the review-api right",
                    is_secret=False,
                    is_needed=False,
                ),
                Key(name="password", label="machine account password", is_needed=False),
                Key(name="token", label="access token", help="in place of name and password", is_needed=False),
            ),
            place_label="property id",
            place_help="digits, at the top of the Extranet beside the property's name",
            scale=(1, 10),
            reply_limit="Moderated for up to two days; in the review's language or English; scores without words "
            "cannot be answered.",
        ),
        Platform(
            key="opentable",
            name="OpenTable",
            read_by=ReadBy.IMPORT,
            reply_by=ReplyBy.HAND,
            retention="store",
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
            retention="store",
            terms="Flipkart gives no permission to read its pages automatically, and has no interface for reviews.",
            alternative="Take in an export, a page of reviews that you saved, or a review typed by hand.",
            doc_url="https://seller.flipkart.com/",
            hosts=(r"(.+\.)?flipkart\.com",),
            scale=(1, 5),
        ),
        Platform(
            key="mailbox",
            name="Mailbox of notifications",
            read_by=ReadBy.MAIL,
            reply_by=ReplyBy.HAND,
            retention="store",
            terms="Platforms notify you by mail of new reviews; the mails are yours. They are only read: none is "
            "marked, moved or deleted. Anybody can send a mail under any name, so look before you answer.",
            alternative="Take a folder of its own and a rule that moves the notifications there: Amends then sees no "
            "other mail. The first reading goes back 90 days.",
            doc_url="https://www.rfc-editor.org/rfc/rfc9051",
            apis={"": "imaps:/"},
            keys=(
                Key(name="host", label="mail server (IMAP)", help="such as imap.example.org", is_secret=False),
                Key(
                    name="port",
                    label="port",
                    help="993 unless you know better; 143 where the server wants STARTTLS",
                    is_secret=False,
                    is_needed=False,
                ),
                Key(
                    name="folder",
                    label="folder",
                    help="INBOX if you leave it empty",
                    is_secret=False,
                    is_needed=False,
                ),
                Key(name="password", label="password", help="many mail providers want one made for apps"),
            ),
            place_label="user",
            place_help="mostly the mail address",
            least_every_s=5 * 60,
            most_every_s=3600,
        ),
        Platform(
            key="file",
            name="Files and mails",
            read_by=ReadBy.IMPORT,
            reply_by=ReplyBy.HAND,
            retention="store",
            terms="Exports, pasted reviews and notification mails sent to you; you answer for where they come from.",
            alternative="Nothing is read from an address: amends import FILE --place NAME",
            doc_url="https://www.rfc-editor.org/rfc/rfc4180",
            keys=(
                Key(
                    name="password",
                    label="password of the mailbox",
                    help="Only to read notification mails by IMAP; many mail providers want one made for apps.",
                    is_needed=False,
                ),
            ),
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
