"""The three kinds of schema.org page say the same thing in their own way."""

from __future__ import annotations

from datetime import datetime

from crawlers.standin import StandIn

from .http import ask
from .reading import ids, jsonld, microdata, pages, rdfa


def test_jsonld_pages_hold_ten_reviews_each_and_follow_on(standin: StandIn) -> None:
    """23 reviews make three pages linked by rel=next, newest first, none twice."""
    found = pages(standin.source_urls()["ld"])
    assert [len(jsonld(page)["review"]) for page in found] == [10, 10, 3]
    assert ids(found) == [f"ld-{i}" for i in range(1, 24)]


def test_jsonld_says_who_what_when_and_how_many(standin: StandIn) -> None:
    """A review node carries identity, author, date, text, rating and the owner's answer."""
    document = jsonld(ask(standin.source_urls()["ld"]).text)
    assert document["@type"] == "Restaurant"
    assert document["aggregateRating"]["reviewCount"] == "23"
    first = document["review"][0]
    assert first["@id"] == "urn:lanterna:review:ld-1"
    assert first["url"] == f"{standin.base_url}/eat?review=ld-1#r-ld-1"
    assert first["author"] == {"@type": "Person", "name": "Guest ld-1"}
    assert datetime.fromisoformat(first["datePublished"]) == datetime.fromisoformat("2026-11-19T12:00:00+00:00")
    assert (first["name"], first["reviewBody"]) == ("Title ld-1", "Text of ld-1.")
    assert first["reviewRating"] == {"@type": "Rating", "ratingValue": "2", "bestRating": "5", "worstRating": "1"}
    assert first["comment"]["text"] == "Thank you, number one."
    assert first["comment"]["author"]["@type"] == "Organization"
    assert datetime.fromisoformat(first["comment"]["dateCreated"]) > datetime.fromisoformat(first["datePublished"])


def test_jsonld_leaves_out_what_the_guest_left_out(standin: StandIn) -> None:
    """No rating, author or title means no such property, not an empty one."""
    empty = jsonld(ask(standin.source_urls()["ld"]).text)["review"][4]
    assert empty["reviewBody"] == ""
    assert not {"reviewRating", "author", "name", "comment"} & set(empty)


def test_microdata_scores_out_of_ten(standin: StandIn) -> None:
    """Nested items with 8.5 of 10, a date, a link to the review and the owner's answer; two pages."""
    found = [microdata(page) for page in pages(standin.source_urls()["micro"])]
    assert [len(page["review"]) if isinstance(page["review"], list) else 1 for page in found] == [10, 1]
    assert found[0]["aggregateRating"]["properties"]["reviewCount"] == "11"
    first = found[0]["review"][0]["properties"]
    assert first["reviewRating"]["properties"] == {"ratingValue": "8.5", "bestRating": "10", "worstRating": "0"}
    assert first["author"]["properties"]["name"] == "Guest m-1"
    assert first["datePublished"] == "2026-11-19"
    assert first["reviewBody"] == "Text of m-1."
    assert first["comment"]["properties"]["text"] == "See you again."
    assert first["url"].endswith("/stay?review=m-1#r-m-1")
    assert found[0]["review"][0]["id"] == "urn:lanterna:review:m-1"


def test_microdata_shows_the_score_to_people_too(standin: StandIn) -> None:
    """A person reads 8.5/10 on the page."""
    assert (
        '<strong itemprop="ratingValue">8.5</strong>/<span itemprop="bestRating">10</span>'
        in ask(standin.source_urls()["micro"]).text
    )


def test_rdfa_nests_reviews_in_the_place(standin: StandIn) -> None:
    """RDFa gives the place with its reviews, each with rating, text, date and answer; two pages."""
    found = pages(standin.source_urls()["rdfa"])
    assert len(found) == 2
    nodes = rdfa(found[0])
    place = nodes["urn:lanterna:place:stay"]
    assert len(place["review"]) == 10
    first = nodes["urn:lanterna:review:r-1"]
    assert first["reviewBody"] == [{"@value": "Text of r-1."}]
    assert nodes[first["reviewRating"][0]["@id"]]["ratingValue"][0]["@value"] == "2"
    assert nodes[first["comment"][0]["@id"]]["text"][0]["@value"] == "See you soon."
    assert first["datePublished"][0]["@value"].startswith("2026-11-19")


def test_a_review_is_found_on_whichever_page_it_stands(standin: StandIn) -> None:
    """The review's own address shows the page that holds it, with its anchor."""
    answer = ask(f"{standin.base_url}/eat?review=ld-15")
    assert 'id="r-ld-15"' in answer.text
    assert 'id="r-ld-1"' not in answer.text


def test_pages_that_are_not_there_say_so(standin: StandIn) -> None:
    """A page past the last, a strange page number or an unknown review is 404."""
    for query in ("page=4", "page=0", "page=-1", "page=x", "page=٣", "review=nobody"):
        path = query.replace("٣", "%D9%A3")
        assert ask(f"{standin.base_url}/eat?{path}").status == 404, query


def test_every_source_has_a_page_for_people(standin: StandIn) -> None:
    """The index links a readable page per source, each review with its anchor, and no script runs."""
    index = ask(standin.base_url + "/").text
    anchors = {"/eat": "ld-1", "/guide/eat": "g-1", "/stay": "m-1", "/travel/stay": "r-1", "/it/app/id77": "a-1"}
    for path, review_id in (anchors | {"/board/eat": "b-1"}).items():
        assert f'href="{path}"' in index
        page = ask(standin.base_url + path)
        assert page.status == 200
        assert f'id="r-{review_id}"' in page.text
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert page.text.count("<script") == page.text.count('<script type="application/ld+json"')


def test_style_and_icon_are_served_and_nothing_else(standin: StandIn) -> None:
    """Static files come with their type; paths out of the folder do not."""
    assert ask(f"{standin.base_url}/static/standin.css").headers["Content-Type"].startswith("text/css")
    assert ask(f"{standin.base_url}/static/standin.svg").headers["Content-Type"].startswith("image/svg")
    for name in ("../server.py", "..%2fserver.py", "nothing.css", ""):
        assert ask(f"{standin.base_url}/static/{name}").status == 404


def test_unchanged_pages_need_not_be_sent_again(standin: StandIn) -> None:
    """A request that names the page's ETag gets 304 until the page changes."""
    url = standin.source_urls()["rss"]
    known = {"If-None-Match": ask(url).headers["ETag"]}
    assert ask(url, headers=known).status == 304
    standin.set_snapshot("t2")
    assert ask(url, headers=known).status == 200


def test_pages_are_read_only(standin: StandIn) -> None:
    """Posting to a site is refused with the methods that are allowed."""
    answer = ask(standin.source_urls()["ld"], method="POST", data={})
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    head = ask(standin.source_urls()["ld"], method="HEAD")
    assert (head.status, head.body) == (200, b"")
