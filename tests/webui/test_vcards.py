"""Whatever somebody is called, their card is read by somebody else's parser as it was meant."""

from __future__ import annotations

from datetime import UTC, datetime

import vobject
from hypothesis import given
from hypothesis import strategies as st

from db.models import CaseStage, CaseState
from db.queries.customers import Customer, CustomerReview
from webui.shown import one_line
from webui.vcards import vcard

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
URL = "https://desk.example/reviews/7/customer"


def a_customer(name: str, contact: str) -> Customer:
    review = CustomerReview(
        review_id=7, case_id=7, location_id=1, source_name="x", platform="yelp", author_name=name, author_ref="u",
        contact=contact, published_at=NOW, state=CaseState.OPEN, stage=CaseStage.TODO,
    )  # fmt: skip
    return Customer(reviews=(review,))


def card_of(name: str, contact: str) -> str:
    return vcard(a_customer(name, contact), unnamed="Nobody", uid=URL, url=URL, now=NOW)


@given(st.text(max_size=200), st.text(max_size=100))
def test_any_name_and_any_contact(name: str, contact: str) -> None:
    """No line is longer than 75 octets, no text begins a property of its own, nothing is lost."""
    written = card_of(name, contact)
    assert max(len(line.encode()) for line in written.split("\r\n")) <= 75
    card = vobject.readOne(written)
    assert card.version.value == "4.0"
    assert card.fn.value == (one_line(name) or "Nobody")
    told = {child.name for child in card.getChildren()}
    assert told <= {"VERSION", "PRODID", "UID", "KIND", "FN", "N", "EMAIL", "TEL", "NOTE", "URL", "REV"}
    reached = [child.value for child in card.getChildren() if child.name in {"EMAIL", "TEL", "NOTE"}]
    assert reached == ([one_line(contact)] if one_line(contact) else [])


def test_the_card_as_it_is_written() -> None:
    """The properties of RFC 6350; a mail address, a number and what is neither have each its own."""
    assert card_of("Ada Rossi, Dr.", "ada@rossi.example").split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "PRODID:-//Amends//EN",
        f"UID:{URL}",
        "KIND:individual",
        "FN:Ada Rossi\\, Dr.",
        "N:;Ada Rossi\\, Dr.;;;",
        "EMAIL:ada@rossi.example",
        f"URL:{URL}",
        "REV:20261122T120000Z",
        "END:VCARD",
        "",
    ]
    assert "\r\nTEL;VALUE=text:+39 010 555 0142\r\n" in card_of("", "+39 010 555 0142")
    assert "\r\nNOTE:at the bar\\; ask for Jo\r\n" in card_of("", "at the bar; ask for Jo")
