"""`amends source add` asks before it adds: what is there, what may be done with it, or why it is refused."""

from __future__ import annotations

import pytest

from crawlers.config import CrawlSettings
from crawlers.probe import ProbeReport, probe
from db.models import Retention

from .conftest import Desk
from .expected import PAGES
from .markup import page
from .site import Answer, Site


def shipped(name: str) -> bytes:
    return (PAGES / name).read_bytes()


KINDS = {
    "jsonld": (shipped("schemaorg/graph_item_reviewed.html"), "schemaorg", "jsonld", 2, 3, True),
    "microdata": (shipped("schemaorg/microdata_owner_reply.html"), "schemaorg", "microdata", 1, 1204, True),
    "rdfa": (shipped("schemaorg/rdfa_owner_reply.html"), "schemaorg", "rdfa", 2, 2, False),
    "rss": (shipped("feed/reviews_rss2.xml"), "feed", "rss", 2, None, False),
    "atom": (shipped("feed/reviews_atom.xml"), "feed", "atom", 1, None, True),
    "appstore": (shipped("appstore/rss_page1.json"), "appstore", "json", 2, None, True),
    "aggregate_only": (shipped("schemaorg/product_only_aggregate.html"), "schemaorg", "jsonld", 0, 1200, False),
}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_kind_of_source_is_recognised(kind: str, desk: Desk) -> None:
    """By what it holds, not by its content type."""
    body, platform, syntax, seen, total, has_next = KINDS[kind]
    path = "/us/rss/customerreviews/page=1/id=1/json" if kind == "appstore" else "/r"
    with Site({path: Answer(body=body, kind="text/plain")}) as site:
        report = probe(site.url(path), settings=desk.settings(site.host), data_dir=desk.data_dir)
    assert report.refusal == ""
    assert (report.platform, report.syntax, report.reviews_seen) == (platform, syntax, seen)
    assert (report.advertised_total, report.has_next) == (total, has_next)
    assert report.robots_sentence == "robots.txt allows this page."
    assert report.terms
    assert report.retention is Retention.STORE
    assert report.reply_sentence
    assert bool(report.warnings) is (kind == "aggregate_only")


REFUSALS = {
    "robots": (Answer(body=page([1])), "User-agent: *\nDisallow: /\n", "robots.txt does not allow"),
    "wall": (Answer(body=shipped("walls/datadome.html"), status=403), "", "DataDome"),
    "missing": (Answer(status=404, body="x"), "", "no page at this address"),
    "plain": (Answer(body="<html><title>Hi</title><p>hello"), "", "No reviews can be read here"),
    "login": (Answer(body="<html><input type=password>"), "", "log-in form"),
    "xxe": (Answer(body=shipped("feed/xxe_feed.xml")), "", "declares entities"),
    "to_itself": (Answer(status=302, headers={"Location": "/r"}), "", "from address to address"),
    "inward": (Answer(status=302, headers={"Location": "http://127.0.0.1:1/"}), "", "not visited"),
}


@pytest.mark.parametrize("case", sorted(REFUSALS))
def test_refusals_say_why(case: str, desk: Desk) -> None:
    """An address that cannot become a source is refused in a sentence."""
    answer, robots, words = REFUSALS[case]
    with Site({"/r": answer}, robots=robots) as site:
        report = probe(site.url("/r"), settings=desk.settings(site.host), data_dir=desk.data_dir)
    assert words in report.refusal
    assert "Traceback" not in report.refusal


def test_link_that_leads_elsewhere_says_where(desk: Desk) -> None:
    """Whoever pasted a short link is told where it leads, and nothing is read from there unasked."""
    with Site({"/r": Answer(body=page([1]))}) as other:
        moved = Answer(status=302, headers={"Location": other.url("/r")})
        with Site({"/short": moved}) as site:
            settings = desk.settings(site.host, other.host)
            report = probe(site.url("/short"), settings=settings, data_dir=desk.data_dir)
        assert other.paths == []
    assert (report.leads_to, report.reviews_seen) == (other.url("/r"), 0)
    assert "another site" in report.refusal


ASKED_AGAIN = {
    "no_robots": (Answer(body="x"), Answer(status=503, body="x"), "typing error"),
    "fault": (Answer(status=500, body="x"), None, "Try again later."),
    "throttled": (Answer(status=429, body="x", headers={"Retry-After": "3600"}), None, "Try again then."),
}


@pytest.mark.parametrize("case", sorted(ASKED_AGAIN))
def test_nothing_is_promised_to_be_tried_again(case: str, desk: Desk) -> None:
    """The person who typed the address has to: no source was added that could be read later."""
    answer, robots, words = ASKED_AGAIN[case]
    with Site({"/r": answer}, robots=robots) as site:
        report = probe(site.url("/r"), settings=desk.settings(site.host), data_dir=desk.data_dir)
    assert words in report.refusal
    assert "by itself" not in report.refusal


def test_slow_site_does_not_hold_up_the_person(desk: Desk) -> None:
    """The time limit ends the look, in words."""
    with Site({"/r": Answer(body=page([1]), delay_s=20)}) as site:
        report = probe(site.url("/r"), settings=desk.settings(site.host, crawl_timeout_s=3), data_dir=desk.data_dir)
    assert "did not answer" in report.refusal


@pytest.mark.parametrize(
    ("url", "platform", "words"),
    [
        ("https://www.tripadvisor.co.uk/Hotel_Review-x", "tripadvisor", "forbid"),
        ("https://foursquare.com/v/x", "foursquare", "log-in"),
        ("https://www.thefork.fr/restaurant/x", "thefork", "B2B API"),
        ("https://www.google.com/maps/place/x", "google", "Business Profile"),
        ("https://maps.app.goo.gl/abc", "google", "Business Profile"),
        ("https://www.yelp.com/biz/x", "yelp", "robots.txt"),
        ("https://dk.trustpilot.com/review/x", "trustpilot", "API"),
        ("https://www.facebook.com/x/reviews", "facebook", "inbox"),
        ("https://play.google.com/store/apps/details?id=x", "googleplay", "androidpublisher"),
        ("https://www.booking.com/hotel/it/x.html", "booking", "Extranet"),
        ("https://www.opentable.com/r/x", "opentable", "GuestCenter"),
        ("https://www.flipkart.com/x/product-reviews/y", "flipkart", "export"),
        ("https://itunes.apple.com/us/app/id1", "appstore", "rss/customerreviews"),
    ],
)
def test_known_platforms_are_refused_without_a_request(url: str, platform: str, words: str) -> None:
    """Platforms that cannot be crawled are known by their host; nothing is sent to them."""
    report = probe(url, settings=CrawlSettings(), data_dir=None)
    assert report.platform == platform
    assert words in report.refusal


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "ftp://x.example/", "http://x", "not an address", "http://[::1]/"]
)
def test_addresses_that_are_not_visited(url: str) -> None:
    """Refused before any process starts."""
    report = probe(url, settings=CrawlSettings(), data_dir=None)
    assert isinstance(report, ProbeReport)
    assert report.refusal
