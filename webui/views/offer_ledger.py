"""What was offered, by place and month: what is bound, what it was for, what is left, and a file to carry away.

Costs stand by kind and by cause. They never stand beside what became of a review: nothing here was given for one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request

from db.masking import mask
from db.offer_policies import policy
from db.offer_records import month_at
from db.offer_rules import BINDING
from db.places import location_of, place_rules
from db.queries.offers import LEDGER_MOST, OfferRow, ledger, months_of, used_in, waiting_offers
from db.roles import Act
from db.session import read_scope

from ..accounts import access
from ..cause_lists import named_cause
from ..direct_words import CHANNELS
from ..filters import when
from ..guard import needs
from ..i18n import N_, gettext
from ..ids import ID_MOST
from ..labels import label
from ..money import money, month_words, plain_amount
from ..offer_view import paid_words
from ..offer_words import KINDS, OUTSIDE, SEVERITIES, what_words
from ..pages import frame, pages

blueprint = Blueprint("offer_ledger", __name__)
ONE = f"/places/<int(max={ID_MOST}):place_id>/offers"
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
ALL = "all"
COLUMNS = (
    N_("Number"), N_("Place"), N_("Month"), N_("Approved"), N_("Approved by"), N_("Proposed by"), N_("Kind"),
    N_("What"), N_("State"), N_("Worth"), N_("Cost"), N_("Price paid"), N_("Currency"), N_("Severity"), N_("Cause"),
    N_("Why"), N_("Channel"), N_("Last day"), N_("Exception"), N_("Why the exception"), N_("Given"), N_("Redeemed"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A place and its month."""

    id: int
    name: str
    used: str
    budget: str
    share: int  # percent, 100 at most
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One offer of the ledger."""

    row: OfferRow
    what: str
    state: str
    cost: str
    cause: str
    is_bound: bool
    exception: str  # why it was outside, and who allowed it with which words; empty: inside
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What is bound under one heading."""

    words: str
    number: int
    cost: str


@blueprint.get("/offers")
@needs(Act.APPROVE)
def show() -> str:
    """Every place of whoever asks with its month, and what waits for a decision."""
    now = pages().clock()
    with read_scope(pages().engine) as session:
        mine = access().places(Act.APPROVE)
        terms = policy(session).terms
        lines = []
        for place in place_rules(session, places=mine):
            used = used_in(session, place.id, month_at(location_of(session, place.id), now), terms.currency)
            budget = terms.budget_of(place.id)
            lines.append(
                PlaceLine(
                    id=place.id,
                    name=place.name,
                    used=money(used, terms.currency),
                    budget=money(budget, terms.currency),
                    share=min(100, 100 * used // budget) if budget else 100,
                    is_over=used > budget,
                )
            )
        waiting = [
            (row, what_words(row.kind, row.value_minor, row.currency, row.description),
             when(row.proposed_at, now=now, timezone=row.timezone))
            for row in waiting_offers(session, places=mine) if row.review_id is not None
        ]  # fmt: skip
        return render_template("offer_places.html", frame=frame(session, now=now), lines=lines, waiting=waiting)


@blueprint.get(ONE)
@needs(Act.APPROVE, of="place_id")
def place(place_id: int) -> str:
    """The ledger of a place in a month."""
    now = pages().clock()
    with read_scope(pages().engine) as session:
        here = location_of(session, place_id)
        present = month_at(here, now)
        month = _asked_month(present)
        terms = policy(session).terms
        rows = ledger(session, place_id, month)
        bound = [row for row in rows if row.state in BINDING]
        used, budget = used_in(session, place_id, month or present, terms.currency), terms.budget_of(place_id)
        return render_template(
            "offer_ledger.html",
            frame=frame(session, now=now),
            place=here,
            month=month or ALL,
            month_words=month_words(month) if month else gettext("All months"),
            months=[(one, month_words(one)) for one in sorted({present, *months_of(session, place_id)}, reverse=True)],
            lines=[_line(row) for row in rows],
            used=money(used, terms.currency),
            budget=money(budget, terms.currency),
            left=money(budget - used, terms.currency) if used <= budget else "",
            over=money(used - budget, terms.currency) if used > budget else "",
            share=min(100, 100 * used // budget) if budget else 100,
            is_month=month is not None,
            by_kind=_sums(bound, lambda row: label(KINDS, row.kind)),
            by_cause=_sums(bound, _cause),
            is_cut=len(rows) == LEDGER_MOST,
        )


@blueprint.get(f"{ONE}.csv")
@needs(Act.APPROVE, of="place_id")
def as_file(place_id: int) -> Response:
    """The same as CSV: no cell is a formula to the program that opens it, no code is in it, and nobody's name."""
    from crawlers.imports.rejected import harmless

    with read_scope(pages().engine) as session:
        here = location_of(session, place_id)
        month = _asked_month(month_at(here, pages().clock()))
        rows = ledger(session, place_id, month)
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([gettext(head) for head in COLUMNS])
    writer.writerows([harmless(cell) for cell in _cells(row)] for row in rows)
    name = f"offers-{here.slug}-{month or ALL}.csv"
    answer = Response("\ufeff" + written.getvalue(), mimetype="text/csv")  # spreadsheets read UTF-8 by this mark
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _asked_month(present: str) -> str | None:
    """The month of the address, the present one without a word; None for all."""
    asked = request.args.get("month", present)
    if asked == ALL:
        return None
    if not MONTH.fullmatch(asked):
        abort(404)
    return asked


def _cells(row: OfferRow) -> list[str]:
    amount = [plain_amount(minor, row.currency) for minor in (row.value_minor, row.cost_minor)]
    days = [f"{at:%Y-%m-%d}" if at else "" for at in (row.approved_at, row.issued_at, row.redeemed_at)]
    return [
        str(row.id), row.location_name, row.month or "", days[0], row.approved_by or "", row.proposed_by or "",
        label(KINDS, row.kind), _masked(row.description, row), paid_words(row), *amount,
        plain_amount(row.price_minor, row.currency) if row.price_minor is not None else "", row.currency,
        label(SEVERITIES, row.severity), _cause(row), _masked(row.reason, row), label(CHANNELS, row.channel),
        row.valid_until_on.isoformat(), " ".join(label(OUTSIDE, code) for code in row.outside),
        _masked(row.exception_reason, row),
        days[1], days[2],
    ]  # fmt: skip


def _masked(text: str, row: OfferRow) -> str:
    return mask(text, row.author_name)


def _line(row: OfferRow) -> Line:
    exception = ""
    if row.outside:
        exception = " ".join([*(label(OUTSIDE, code) for code in row.outside), f"“{row.exception_reason}”"])
    return Line(
        row=row,
        what=what_words(row.kind, row.value_minor, row.currency, row.description),
        state=paid_words(row),
        cost=money(row.cost_minor, row.currency),
        cause=_cause(row),
        is_bound=row.state in BINDING,
        exception=exception,
        by=row.approved_by or "",
    )


def _sums(rows: Iterable[OfferRow], heading: Callable[[OfferRow], str]) -> list[Sum]:
    """The dearest heading first; amounts of different currencies are told apart."""
    found: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        found.setdefault((heading(row), row.currency), []).append(row.cost_minor)
    ordered = sorted(found.items(), key=lambda one: -sum(one[1]))
    return [
        Sum(words=words, number=len(costs), cost=money(sum(costs), currency)) for (words, currency), costs in ordered
    ]


def _cause(row: OfferRow) -> str:
    if row.cause_id is None:
        return gettext("No cause chosen")
    return named_cause(row.cause_key or "", row.cause_name or "")
