"""Pasted text and notification mails."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from crawlers.imports.plan import plan_of_mails
from crawlers.imports.sniff import Kind
from crawlers.items import ReviewItem

from .expected import NOW, planned


def mail(
    subject: str, text: str, *, sender: str = "noreply@guide.example", date: str = "Tue, 10 Nov 2026 20:31:00 +0000"
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Date"] = (
        sender,
        "owner@lanterna.example",
        subject,
        date,
    )
    message.set_content(text)
    return message.as_bytes()


def item_of(data: bytes) -> ReviewItem:
    plan = planned(data)
    assert plan.kind is Kind.MAIL
    assert len(plan.items) == 1, plan.rejected
    return plan.items[0]


def test_blocks_are_reviews() -> None:
    """A blank line parts them, and a first line with stars, name and day is about the review."""
    plan = planned("★★☆☆☆ Anna, 3 November 2026\nToo slow.\n\nJust a text, with no head\n\n4/5 - Kai\nGood!")
    assert plan.kind is Kind.PASTED
    found = [(item.author_name, item.rating, item.body) for item in plan.items]
    assert found == [("Anna", 2.0, "Too slow."), ("", None, "Just a text, with no head"), ("Kai", 4.0, "Good!")]


@pytest.mark.parametrize(
    ("pasted", "author", "rating", "body"),
    [
        ("Bob\n★★★★★\nLovely place.", "Bob", 5.0, "Lovely place."),
        ("Ana Ruiz\n2/5\n3 November 2026\nToo slow.\nToo dear.", "Ana Ruiz", 2.0, "Too slow.\nToo dear."),
        ("★☆☆☆☆\n3 November 2026\nCold.", "", 1.0, "Cold."),
        ("We had to wait and wait for it\n★☆☆☆☆\nNever again.", "", None, None),
        ("Bob\nLovely place.", "", None, None),
    ],
)
def test_name_stars_and_date_may_stand_below_each_other(
    pasted: str, author: str, rating: float | None, body: str | None
) -> None:
    """As they do where a review is copied from a site; prose stays prose."""
    [item] = planned(pasted).items
    assert (item.author_name, item.rating, item.body) == (author, rating, pasted if body is None else body)


def test_rules_keep_blank_lines_within() -> None:
    """With --- between them a review may have paragraphs."""
    plan = planned("2/5 · Anna\nFirst.\n\nSecond.\n---\nAnother one.\n---\n")
    assert [item.body for item in plan.items] == ["First.\n\nSecond.", "Another one."]


def test_first_line_of_prose_is_prose() -> None:
    """A date or a figure within a sentence makes no head."""
    text = "We came on 3 November 2026 and nobody opened the door for us\nso we left."
    assert planned(text).items[0].body == text


@pytest.mark.parametrize(
    ("subject", "text", "author", "rating"),
    [
        ("Anna left a review", "Rating: 2/5\n\n“The soup was cold and the bill was wrong.”", "Anna", 2),
        ("Neue Bewertung von Jörg B.", "2 Sterne\n\n„Die Suppe war kalt und niemand kam.“", "Jörg B.", 2),
        ("Nouvel avis de Zoé", "Note : 2\n\n« La soupe était froide et personne ne venait. »", "Zoé", 2),
        ("Nueva reseña de José", "2 estrellas\n\n“La sopa estaba fría y nadie vino.”", "José", 2),
        ("Nuova recensione di Marta", "★★☆☆☆\n\n«La zuppa era fredda e nessuno veniva.»", "Marta", 2),
        ("You have news", "Guest: Kim Lee\nScore: 8/10\n\nThe soup was cold but all else was fine.", "Kim Lee", 8),
    ],
)  # fmt: skip
def test_notifications(subject: str, text: str, author: str, rating: float) -> None:
    """Name, rating and words, in the ways that platforms write them."""
    item = item_of(mail(subject, text))
    assert (item.author_name, item.rating) == (author, rating)
    assert len(item.body) > 30
    assert item.published_at is not None
    assert item.published_at.day == 10


def test_known_sender_tells_the_name() -> None:
    """Its own words come before the general ones."""
    text = "Kim just reviewed Lanterna\n\n1 star\n\n“Nobody cared about the leak in our room.”"
    assert item_of(mail("A review is in", text, sender="no-reply@yelp.com")).author_name == "Kim"


def test_forwarded_as_attachment() -> None:
    """The mail within counts, with its own date."""
    outer = EmailMessage()
    outer["From"], outer["Subject"], outer["Date"] = "o@x.example", "look", "Thu, 12 Nov 2026 08:00:00 +0000"
    outer.set_content("See below.")
    inner = EmailMessage()
    inner["From"], inner["Subject"], inner["Date"] = (
        "n@g.example",
        "Anna left a review",
        "Tue, 10 Nov 2026 08:00:00 +0000",
    )
    inner.set_content("2/5\n\n“The soup was cold and the bill was wrong.”")
    outer.add_attachment(inner)
    item = item_of(outer.as_bytes())
    assert item.author_name == "Anna"
    assert item.published_at is not None
    assert item.published_at.day == 10


def test_forwarded_again_is_the_same_review() -> None:
    """Another day, another sender, one identity."""
    text = "2/5\n\n“The soup was cold and the bill was wrong.”"
    first, second = (
        item_of(mail("Anna left a review", text, date="Tue, 10 Nov 2026 08:00:00 +0000")),
        item_of(mail("Fwd: Anna left a review", text, sender="o@x.example", date="Fri, 13 Nov 2026 08:00:00 +0000")),
    )
    assert first.external_id == second.external_id


def test_mail_without_a_review_is_rejected_and_stops_none() -> None:
    """Each is told by its number."""
    mails = [
        mail("Your invoice", "Please pay."),
        b"\xff\x00broken",
        mail("Anna left a review", "2/5\n\nCold soup again, sadly."),
    ]
    plan = plan_of_mails(mails, now=NOW)
    assert [item.author_name for item in plan.items] == ["Anna"]
    assert [(row.line, row.reason) for row in plan.rejected] == [
        (1, "no review was found in it"),
        (2, "no review was found in it"),
    ]
