"""Pages that a person has saved: the platform is told by what the page says, several make one import."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from crawlers.errors import ParseError
from crawlers.imports import several
from crawlers.imports.plan import ImportPlan
from crawlers.imports.several import Sent, plan_of_files
from crawlers.imports.sniff import Kind

from .expected import NOW, planned

PAGES = Path(__file__).parents[2] / "pages"
SAVED = {
    "yelp_page/business_page.html": ("yelp", 1),
    "trustpilot_page/review_page1_da.html": ("trustpilot", 2),
    "trustpilot_page/next_data.json": ("trustpilot", 2),
    "trustpilot_page/cards_alone_broken_jsonld.html": ("trustpilot", 1),
    "opentable/restaurant_page1.html": ("opentable", 2),
    "flipkart/product_reviews_page.html": ("flipkart", 2),
    "google_maps_export/four_entries.json": ("google", 3),
}
BOOK = b'<!doctype html><title>x</title><script type="application/ld+json">{"@type":"Hotel","review":'
SITE = BOOK + b'{"@type":"Review","reviewBody":"Cold soup.","reviewRating":{"ratingValue":2}}}</script>'


def together(*files: tuple[str, bytes]) -> ImportPlan:
    return plan_of_files([Sent(name=name, data=data) for name, data in files], now=NOW)


def packed(*files: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return made.getvalue()


def page(name: str) -> bytes:
    return (PAGES / name).read_bytes()


@pytest.mark.parametrize("name", sorted(SAVED))
def test_platform_is_told_by_the_page(name: str) -> None:
    """By no name of a file; its reviews come with the ids that its platform gives."""
    plan = planned(page(name), "a")
    platform, least = SAVED[name]
    assert (plan.kind, plan.platform, plan.has_columns) == (Kind.PAGE, platform, False)
    assert len(plan.items) >= least
    assert not plan.rejected


def test_page_of_any_site_is_read_for_its_markup() -> None:
    """And comes under nobody's terms but its owner's."""
    plan = planned(SITE)
    assert (plan.platform, [item.body for item in plan.items]) == ("schemaorg", ["Cold soup."])


@pytest.mark.parametrize(
    "head",
    [
        "<!-- saved from url=(0042)https://www.yelp.com/biz/lanterna-portland -->",
        '<link rel="canonical" href="https://www.yelp.com/biz/lanterna-portland">',
        "<link href='https://m.yelp.com/biz/lanterna-portland' rel=canonical>",
        '<meta property="og:url" content="https://www.yelp.de/biz/lanterna-portland">',
    ],
)
def test_address_in_a_page_tells_its_platform(head: str) -> None:
    """As browsers and pages write it."""
    assert planned(SITE.replace(b"<title>", head.encode() + b"<title>")).platform == "yelp"


def test_single_file_of_a_browser_is_its_page() -> None:
    """Chrome's MHTML is a mail by its headers, and none."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://www.opentable.com/r/lanterna"
    message["Subject"] = "Lanterna"
    message.set_content(page("opentable/restaurant_page1.html").decode(), subtype="html", cte="quoted-printable")
    plan = planned(message.as_bytes(), "lanterna.mhtml")
    assert (plan.platform, plan.items) == ("opentable", planned(page("opentable/restaurant_page1.html")).items)


def test_several_pages_are_one_import_and_each_review_counts_once() -> None:
    """Two pages that overlap, and one that cannot be read: it is named, and stops nobody."""
    first, second = page("trustpilot_page/review_page1_da.html"), page("trustpilot_page/review_page2_da.html")
    plan = together(("1.html", first), ("again.html", first), ("2.html", second), ("3.png", b"\x89PNG\r\n"))
    alone = [*planned(first).items, *planned(second).items]
    assert {item.external_id for item in plan.items} == {item.external_id for item in alone}
    assert [(row.file, row.line, row.reason) for row in plan.rejected] == [
        ("3.png", 0, "This is a picture. Paste the text of the reviews.")
    ]
    assert any("stand in more than one of the files" in warning for warning in plan.warnings)
    assert plan.files == 3


def test_zip_is_the_files_in_it() -> None:
    """Without what browsers save beside a page and systems hide in archives."""
    archive = packed(
        ("pages/1.html", page("opentable/restaurant_page1.html")),
        ("pages/2.html", page("opentable/restaurant_page2.html")),
        ("pages/1_files/logo.png", b"\x89PNG"),
        ("pages/1_files/frame.html", b"<!doctype html>"),
        ("__MACOSX/pages/._1.html", b"x"),
        ("pages/.DS_Store", b"x"),
    )
    plan = together(("all.zip", archive))
    assert (plan.files, plan.platform, plan.rejected) == (2, "opentable", ())
    assert len(plan.items) > len(planned(page("opentable/restaurant_page1.html")).items)


def test_pages_of_two_platforms_are_two_imports() -> None:
    """Their terms differ."""
    with pytest.raises(ParseError, match=r"OpenTable and Yelp\. Import one kind after the other"):
        together(("a", page("yelp_page/business_page.html")), ("b", page("opentable/restaurant_page1.html")))


def test_tables_of_the_same_columns_go_together() -> None:
    """Their columns can be chosen; rejected rows tell which file they stand in."""
    plan = together(("a.csv", b"Review,Rating\nFine,4\nBad,9/5\n"), ("b.csv", b"Review,Rating\nCold,2\n"))
    assert plan.has_columns
    assert [item.body for item in plan.items] == ["Fine", "Cold"]
    assert [(row.file, row.line) for row in plan.rejected] == [("a.csv", 3)]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (packed(("a.html", b" " * (101 * 1024 * 1024))), "unpacks to more than 100 MB"),
        (packed(*((f"{number}.html", b"x") for number in range(several.MAX_FILES + 1))), "more than 200 files"),
        (packed(("a.png", b"x")), "no file that could hold reviews"),
        (packed(("inner.zip", packed(("a.html", SITE)))), "zip archive"),
        (packed(("a.html", SITE))[:-30], "cannot be read"),
        (b"", "The file is empty"),
        (b"<!doctype html><title>x</title>Nothing", "Export the reviews, or paste"),
        (b"bplist00" + bytes(40), "Page Source"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "This is a picture"),
        (b"GIF89a" + bytes(40), "This is a picture"),
        (b",".join(b"c%d" % number for number in range(10_000)) + b"\n" + b"x," * 9_999 + b"y\n", "200 columns"),
    ],
    ids=range(11),
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, words: str) -> None:
    """Bombs, archives in archives, pictures, pages without reviews, ten thousand columns."""
    with pytest.raises(ParseError, match=words):
        together(("", data))
