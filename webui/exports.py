"""Customers and cases as CSV, written while it is read, so that size costs no memory.

No cell is a formula to the program that opens it. Names and contacts are masked unless an owner asks for them, which
the audit log then tells.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from sqlalchemy import Engine

from crawlers.imports.rejected import harmless
from db.masked_names import masked_contact, masked_name
from db.queries.customer_files import CaseLine, Worth, cases_after, worths_of
from db.queries.customers import Customer, components, customers
from db.session import read_scope
from db.webhook_events import is_over

from .cause_lists import named_cause
from .direct_words import source_words
from .i18n import N_, gettext
from .labels import CASE_STATES, STAGES, label
from .money import plain_amount
from .rows import level_words

BATCH = 200
OF_CUSTOMERS = (
    N_("Customer"), N_("Name"), N_("Contact"), N_("Sources"), N_("Cases"), N_("Of them to do"), N_("First"),
    N_("Last"), N_("Offers"), N_("Given"), N_("Currency"),
)  # fmt: skip
OF_CASES = (
    N_("Case"), N_("Place"), N_("Source"), N_("Written"), N_("Customer"), N_("Contact"), N_("Rating"), N_("Anger"),
    N_("At the source"), N_("State"), N_("Cause"), N_("Assigned to"), N_("Due"), N_("Offers"), N_("Link"),
)  # fmt: skip


def customers_csv(engine: Engine, *, places: Collection[int] | None, has_contacts: bool) -> Iterator[str]:
    """Everybody of whom a name or a contact is known, at these places (None: all)."""
    yield _line(gettext(head) for head in OF_CUSTOMERS)
    with read_scope(engine) as session:
        groups = iter(components(session, places=places))
        while some := list(islice(groups, BATCH)):
            found = customers(session, some, places=places)
            worths = worths_of(session, [id_ for one in found for id_ in one.case_ids])
            for one in found:
                for cells in _of_customer(one, worths, has_contacts=has_contacts):
                    yield _line(cells)


def cases_csv(engine: Engine, *, places: Collection[int] | None, has_contacts: bool, base_url: str) -> Iterator[str]:
    """Every case at these places (None: all), the oldest first."""
    yield _line(gettext(head) for head in OF_CASES)
    after = 0
    with read_scope(engine) as session:
        while some := cases_after(session, after, places=places, limit=BATCH):
            worths = worths_of(session, [one.case_id for one in some])
            for one in some:
                count = sum(worth.count for worth in worths.get(one.case_id, ()))
                yield _line(_of_case(one, count, has_contacts=has_contacts, base_url=base_url))
            after = some[-1].case_id


def _of_customer(one: Customer, worths: dict[int, list[Worth]], *, has_contacts: bool) -> Iterator[list[str]]:
    """One line; one for each currency where somebody was given something in several."""
    by_currency: dict[str, list[int]] = {}
    for case_id in one.case_ids:
        for worth in worths.get(case_id, ()):
            sums = by_currency.setdefault(worth.currency, [0, 0])
            sums[0] += worth.count
            sums[1] += worth.given_minor
    names = one.names if has_contacts else tuple(masked_name(name) for name in one.names)
    contacts = one.contacts if has_contacts else tuple(masked_contact(each) for each in one.contacts)
    to_do = sum(not is_over(each.state, each.stage) for each in one.reviews)
    sources = dict.fromkeys(source_words(each.source_name) for each in one.reviews)
    head = [
        str(one.id), " / ".join(names), " / ".join(contacts), " / ".join(sources), str(len(one.reviews)), str(to_do),
        f"{one.reviews[0].published_at:%Y-%m-%d}", f"{one.reviews[-1].published_at:%Y-%m-%d}",
    ]  # fmt: skip
    if not by_currency:
        yield [*head, "0", "", ""]
    for currency, (count, given) in by_currency.items():
        yield [*head, str(count), plain_amount(given, currency), currency]


def _of_case(one: CaseLine, offers: int, *, has_contacts: bool, base_url: str) -> list[str]:
    return [
        str(one.case_id), one.location_name, source_words(one.source_name), f"{one.published_at:%Y-%m-%d}",
        one.author_name if has_contacts else masked_name(one.author_name),
        one.contact if has_contacts else masked_contact(one.contact),
        one.rating_raw, level_words(one.anger_level) if one.anger_level else "", label(CASE_STATES, one.state),
        label(STAGES, one.stage), _cause(one),
        one.assignee_name or "", f"{one.due_at:%Y-%m-%d %H:%M}" if one.due_at else "", str(offers),
        f"{base_url}/reviews/{one.review_id}",
    ]  # fmt: skip


def _cause(one: CaseLine) -> str:
    return named_cause(one.cause_key or "", one.cause_name or "") if one.cause_key or one.cause_name else ""


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([harmless(cell) for cell in cells])
    return written.getvalue()
