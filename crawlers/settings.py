"""Scrapy's settings module: careful and polite. Read at the start of the crawler's own process only.

Delay, page cap and retention of a source are set over these by the spider (`spiders/base.py`).
"""

from __future__ import annotations

from db.settings import DbSettings

from .config import PRODUCT, CrawlSettings
from .net import UrlRules

_crawl = CrawlSettings()
_database = DbSettings()

AMENDS_DATABASE_URL = _database.database_url
AMENDS_DATA_DIR = str(_database.data_dir)
AMENDS_SECRET_KEY = _database.secret_key.get_secret_value()
AMENDS_STANDIN_URL = _crawl.standin_url
AMENDS_TIME_LIMIT_S = _crawl.crawl_time_limit_s
AMENDS_URL_RULES = UrlRules(ports=_crawl.ports, allowed_hosts=_crawl.allowed_hosts)
AMENDS_EXEMPT_HOSTS = sorted({host for host, _ in _crawl.allowed_hosts})

BOT_NAME = PRODUCT
SPIDER_MODULES = ["crawlers.spiders"]
USER_AGENT = _crawl.user_agent
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/rss+xml,application/atom+xml,application/json,application/xml;q=0.9,*/*;q=0.1",
    "Accept-Language": "*",  # a site shows its guests' words in the language they wrote
}

# Who may be asked, and how the answer may look.
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = PRODUCT
TWISTED_DNS_RESOLVER = "crawlers.resolver.GuardedResolver"
DOWNLOAD_HANDLERS = {"file": None, "ftp": None, "s3": None, "data": None}
DOWNLOAD_VERIFY_CERTIFICATES = True
HTTPPROXY_ENABLED = False  # a proxy would resolve names itself, beside the guard
COOKIES_ENABLED = False
REFERER_ENABLED = False
METAREFRESH_ENABLED = False
REDIRECT_MAX_TIMES = 5
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024  # also after decompression
DOWNLOAD_WARNSIZE = 5 * 1024 * 1024
DOWNLOAD_TIMEOUT = _crawl.crawl_timeout_s
DNS_TIMEOUT = 20

# How often.
CONCURRENT_REQUESTS = 2  # the page and a robots.txt
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2
DOWNLOAD_DELAY_JITTER = 0  # Crawl-delay is a least distance
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 2
AUTOTHROTTLE_MAX_DELAY = 60
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
CLOSESPIDER_TIMEOUT = _crawl.crawl_time_limit_s
URLLENGTH_LIMIT = 0  # Guard refuses long addresses, and says so
DEPTH_LIMIT = 0  # the spider counts pages itself and says so when it stops

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # Guard knows registered domains and redirects
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    "crawlers.middlewares.guard.Guard": 60,  # before robots.txt is asked of a host that may not be visited
    "crawlers.middlewares.robots.RobotsGate": 100,
    "crawlers.middlewares.retry.PoliteRetry": 550,
    "crawlers.middlewares.walls.WallWatch": 570,  # answers pass it before they reach the retry
    "crawlers.middlewares.guard.PlainRedirect": 600,
    "crawlers.middlewares.cache.ConditionalCache": 900,
}
ITEM_PIPELINES = {
    "crawlers.pipelines.normalise.Normalise": 100,
    "crawlers.pipelines.validate.Validate": 200,
    "crawlers.pipelines.store.Store": 300,
}
# Scrapy loads its own even where they are set to None, and the libraries of its consoles with them: a third of what
# the start of a crawl takes. So those that are wanted are named.
EXTENSIONS_BASE: dict[str, int] = {}
EXTENSIONS = {
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.logcount.LogCount": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.logstats.LogStats": 0,
    "crawlers.extensions.PoliteThrottle": 0,
    "crawlers.extensions.KeylessLog": 0,
    "crawlers.extensions.OwnMemory": 0,
    "crawlers.extensions.RunRecorder": 10,
    "crawlers.extensions.ParentWatch": 20,
}
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
MEMUSAGE_LIMIT_MB = 1024
CONCURRENT_ITEMS = 1  # pipelines here wait for nothing, and Scrapy starts that many tasks for every page
WARN_ON_GENERATOR_RETURN_VALUE = False  # reads the source of a callback again at every page

# Stored answers serve to ask whether a page has changed; only for sources whose terms let text be kept.
HTTPCACHE_ENABLED = False
HTTPCACHE_POLICY = "crawlers.middlewares.cache.AlwaysAsk"
HTTPCACHE_GZIP = True

LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawlers.extensions.DiscreetLog"
STATS_DUMP = False
