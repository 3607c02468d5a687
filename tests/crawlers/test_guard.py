"""Addresses inside our own network are not reached: by no spelling, no redirect, no robots.txt, no name."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.config import CrawlSettings, Environment
from crawlers.errors import RefusedUrl
from crawlers.net import UrlRules, is_public, registered_domain
from crawlers.process import child_environment
from db.models import CrawlState

from .conftest import Desk
from .markup import page
from .site import Answer, Site

SECRET = Answer(body=page([66]))

PRIVATE = [
    *("127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.1.2.3"),
    *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "192.88.99.1"),
    *("::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "ff02::1"),
    *("2001:4860:4860::8888", "", "nonsense", "1.2.3", "2130706433"),
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_public(address: str) -> None:
    """Whatever is not a dotted IPv4 address of the public internet is refused, IPv6 altogether."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "1.1.1.1"])
def test_public_addresses_are_public(address: str) -> None:
    """Ordinary hosts can be read."""
    assert is_public(address)


REFUSED = [
    *(
        "ftp://example.org/",
        "file:///etc/passwd",
        "data:text/html,x",
        "javascript:alert(1)",
        "//example.org/",
        "example.org",
    ),
    *("http://user:secret@example.org/", "http://example.org:22/", "http://example.org:8080/", "http://localhost/"),
    *("http://intranet/", "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/"),
    *(
        "http://0177.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://１２７.0.0.1/",
        "http://127.0.0.1./",
    ),
    *(
        "http://169.254.169.254/latest/meta-data/",
        "http://exa mple.org/",
        "http://example.org\\@127.0.0.1/",
        "http:///x",
    ),
    *("http://example.org:99999/", "http://" + "a" * 260 + ".org/", "http://example.org/" + "x" * 2000, "http://[bad/"),
    *("http://example.org/\r\nX: y", "http://0/", "http://127.0.0.1:8099/"),
]


@pytest.mark.parametrize("url", REFUSED)
def test_odd_urls_are_refused(url: str) -> None:
    """Schemes, ports, credentials and spellings of private hosts that no owner needs."""
    with pytest.raises(RefusedUrl):
        UrlRules().check(url)


def test_addresses_are_stored_in_one_form() -> None:
    """Host in ASCII and lower case, default port and fragment gone, a path there."""
    rules = UrlRules()
    assert rules.normalised(" HTTPS://Bücher.Example:443?a=1#top ") == "https://xn--bcher-kva.example/?a=1"
    assert rules.normalised("http://example.org./reviews") == "http://example.org/reviews"


def test_the_exception_is_exact() -> None:
    """One host and port: no other port of that host, no other spelling of it."""
    rules = UrlRules(allowed_hosts=frozenset({("127.0.0.1", 8099)}))
    rules.check("http://127.0.0.1:8099/x")
    for url in ("http://127.0.0.1:8100/", "http://127.0.0.1/", "http://127.1:8099/", "http://localhost:8099/"):
        with pytest.raises(RefusedUrl):
            rules.check(url)


def test_site_is_the_registered_domain() -> None:
    """Subdomains are one site; shared hosting domains and look-alikes are not."""
    rules = UrlRules()
    assert registered_domain("shop.example.co.uk") == "example.co.uk"
    assert rules.same_site("https://www.example.org/a", "http://example.org/")
    assert not rules.same_site("https://example.org.evil.net/", "http://example.org/")
    assert not rules.same_site("https://one.github.io/", "https://two.github.io/")
    assert not rules.same_site("https://other.co.uk/", "https://example.co.uk/")


@given(st.one_of(st.text(max_size=60), st.text(max_size=40).map("http://".__add__)))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    """No text makes the rules fail in another way."""
    with contextlib.suppress(RefusedUrl):
        assert UrlRules().normalised(text).startswith("http")


TARGETS = {
    "other_port": "http://127.0.0.1:{port}/secret",
    "short": "http://127.1:{port}/secret",
    "number": "http://2130706433:{port}/secret",
    "hexadecimal": "http://0x7f000001:{port}/secret",
    "name": "http://localhost:{port}/secret",
    "ipv6": "http://[::1]:{port}/secret",
    "mapped": "http://[::ffff:127.0.0.1]:{port}/secret",
    "metadata": "http://169.254.169.254/secret",
    "file": "file:///etc/passwd",
    "data": "data:text/html,x",
    "credentials": "http://a:b@127.0.0.1:{port}/secret",
}


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_redirects_into_our_network_are_not_followed(target: str, desk: Desk) -> None:
    """A page that redirects inwards is not followed, and the run says no more than that."""
    with Site({"/secret": SECRET}) as inside:
        to = TARGETS[target].format(port=inside.port)
        with Site({"/r": Answer(status=302, headers={"Location": to})}) as site:
            run = desk.crawl(desk.add(site.url("/r")), desk.settings(site.host)).run
        assert inside.paths == []
    assert run.state is CrawlState.FAILED
    assert str(inside.port) not in run.message
    assert desk.reviews() == []


def test_robots_txt_cannot_lead_inwards(desk: Desk) -> None:
    """A robots.txt that redirects inwards is as good as unreadable."""
    with Site({"/robots.txt": SECRET, "/secret": SECRET}, robots=None) as inside:
        robots = Answer(status=301, headers={"Location": inside.url("/secret")})
        with Site({"/r": Answer(body=page([1]))}, robots=robots) as site:
            run = desk.crawl(desk.add(site.url("/r")), desk.settings(site.host)).run
        assert inside.paths == []
    assert (run.state, run.robots_verdict, "/r" in site.paths) == (CrawlState.FAILED, "unreachable", False)


def test_next_page_of_another_site_is_not_read(desk: Desk) -> None:
    """rel=next that leaves the site ends the paging with a word about it; page one is kept."""
    with Site({"/secret": SECRET}) as inside:
        first = Answer(body=page([1], total=9, following=inside.url("/secret")))
        with Site({"/r": first}) as site:
            run = desk.crawl(desk.add(site.url("/r")), desk.settings(site.host)).run
        assert inside.paths == []
    assert (run.state, run.new, run.is_complete) == (CrawlState.FAILED, 1, False)


def test_next_page_at_an_endless_address_is_refused_and_told(desk: Desk) -> None:
    """It is not dropped in silence, as if the source's page limit had been reached."""
    with Site({"/r": Answer(body=page([1], total=9, following="/" + "r" * 3000))}) as site:
        run = desk.crawl(desk.add(site.url("/r")), desk.settings(site.host)).run
    assert (run.state, run.reason, run.new, run.is_complete) == (CrawlState.FAILED, "refused_url", 1, False)
    assert run.message == "The site sends us to an address that is not visited."


def test_endless_redirects_end(desk: Desk) -> None:
    """Five redirects are followed, not more."""
    hops = {f"/{n}": Answer(status=302, headers={"Location": f"/{n + 1}"}) for n in range(20)}
    with Site(hops) as site:
        run = desk.crawl(desk.add(site.url("/0")), desk.settings(site.host)).run
    assert (run.state, run.reason) == (CrawlState.FAILED, "redirect_loop")
    assert len(site.paths) == 1 + 6


def test_production_does_not_read_this_machine(desk: Desk) -> None:
    """Without the exception not even the first request leaves."""
    with Site({"/r": SECRET}) as site:
        run = desk.crawl(desk.add(site.url("/r")), CrawlSettings(environment=Environment.PRODUCTION)).run
        assert site.paths == []
    assert (run.state, run.reason) == (CrawlState.FAILED, "refused_port")


WITHOUT_SECOND_LINE = """
import sys
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.project import get_project_settings

class Direct(Spider):
    name = "direct"
    async def start(self):
        for url in sys.argv[1:]:
            yield Request(url, callback=self.reached, errback=self.stopped, dont_filter=True)
    def reached(self, response):
        print("REACHED", response.url)
    def stopped(self, failure):
        print("STOPPED", failure.type.__name__)

settings = get_project_settings()
settings.set("DOWNLOADER_MIDDLEWARES", {})
settings.set("ITEM_PIPELINES", {})
settings.set("EXTENSIONS", {})
settings.set("ROBOTSTXT_OBEY", False)
settings.set("RETRY_ENABLED", False)
settings.set("LOG_LEVEL", "CRITICAL")
process = AsyncCrawlerProcess(settings)
process.crawl(Direct)
process.start()
"""


def _direct(tmp_path: Path, allowed: str, *urls: str) -> list[str]:
    script = tmp_path / "direct.py"
    script.write_text(WITHOUT_SECOND_LINE, encoding="utf-8")
    settings = CrawlSettings(environment=Environment.TEST, crawl_allow_hosts=allowed)
    environment = child_environment(settings) | {"AMENDS_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, str(script), *urls], env=environment, capture_output=True, text=True, check=True
    )
    return sorted(done.stdout.splitlines())


def test_resolver_alone_stops_every_connection(tmp_path: Path) -> None:
    """With every middleware of ours switched off, no spelling of a private address is connected to."""
    with Site({"/secret": SECRET}) as site:
        urls = [
            TARGETS[name].format(port=site.port)
            for name in ("other_port", "short", "number", "hexadecimal", "name", "ipv6")
        ]
        lines = _direct(tmp_path, "", *urls)
        assert site.paths == []
    assert lines == ["STOPPED CannotResolveHostError"] * len(urls)


def test_resolver_stops_the_target_of_a_redirect(tmp_path: Path) -> None:
    """The exempt name is reached; the address it redirects to is not."""
    with Site({"/secret": SECRET}) as inside, Site({}) as site:
        site.pages["/go"] = [Answer(status=302, headers={"Location": inside.url("/secret")})]
        site.pages["/here"] = [Answer(body="hello")]
        base = f"http://localhost:{site.port}"
        lines = _direct(tmp_path, f"localhost:{site.port}", base + "/go", base + "/here")
        assert inside.paths == []
    assert lines == [f"REACHED {base}/here", "STOPPED CannotResolveHostError"]
