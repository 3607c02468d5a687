"""What is held of a customer, to be told to them (GDPR, Art. 15): by the list of `db.personal`, table by table.

Names of those who work here are left out: they are no data of the customer. Bytes are not read here; an export takes
attachments one by one. Nothing here writes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy import inspect as sa_inspect
from sqlalchemy.orm import Session

from .cases import chunks
from .models import Attachment, Location, Review, Source
from .personal import HELD, TYPED_FACTS, Held, with_review


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row: what it is, and what it says, in the order of `db.personal`; values as JSON has them."""

    kind: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that is held about one review."""

    review_id: int
    location_name: str
    source_name: str
    platform: str
    basis: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One attachment, with its bytes."""

    id: int
    review_id: int
    name: str
    media_type: str
    data: bytes


def count_held(session: Session, review_ids: Collection[int]) -> dict[str, int]:
    """How many rows of each kind are held about these reviews; kinds without any are left out."""
    found: Counter[str] = Counter()
    for held in HELD:
        if not (held.columns or held.has_typed_facts):
            continue
        for ids in chunks(review_ids):
            found[held.kind] += session.scalar(select(func.count()).select_from(held.table).where(held.rows(ids))) or 0
    return {kind: count for kind, count in found.items() if count}


def told(session: Session, review_ids: Collection[int]) -> Iterator[Told]:
    """What is held about each of these reviews, one after the other, so that a large export needs little memory."""
    wanted = (
        select(Review.id, Source.name, Source.platform, Source.basis_note, Location.name.label("location_name"))
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .order_by(Review.published_at, Review.id)
    )
    for ids in chunks(review_ids):
        for row in session.execute(wanted.where(Review.id.in_(ids))).all():
            records = [record for held in HELD if held.columns or held.has_typed_facts
                       for record in _records(session, held, row.id)]  # fmt: skip
            yield Told(
                review_id=row.id,
                location_name=row.location_name,
                source_name=row.name,
                platform=row.platform,
                basis=row.basis_note,
                records=tuple(records),
            )


def files(session: Session, review_ids: Collection[int]) -> Iterator[File]:
    """The attachments of these reviews, one after the other."""
    wanted = select(Attachment.id).order_by(Attachment.id)
    ids = [id_ for some in chunks(review_ids) for id_ in session.scalars(wanted.where(Attachment.review_id.in_(some)))]
    columns = (Attachment.id, Attachment.review_id, Attachment.name, Attachment.media_type, Attachment.data)
    for id_ in ids:
        row = session.execute(select(*columns).where(Attachment.id == id_)).mappings().one_or_none()
        if row is not None:
            yield File(**row)


def _records(session: Session, held: Held, review_id: int) -> Iterator[Record]:
    table: Any = held.table
    names = [name for name in (*held.told, *held.columns) if name != "data"]
    if held.has_typed_facts:
        names.append("facts")
    columns = [getattr(table, name).label(f"c_{name}") for name in dict.fromkeys(names)]
    order = sa_inspect(held.table).primary_key
    for row in session.execute(with_review(held, *columns).where(held.rows([review_id])).order_by(*order)).mappings():
        values = {name: _plain(row[f"c_{name}"]) for name in dict.fromkeys(names)}
        if held.has_typed_facts:
            facts = values.pop("facts")
            values |= {name: facts[name] for name in sorted(TYPED_FACTS & facts.keys())}
        yield Record(
            kind=held.kind, values={name: one for name, one in values.items() if one not in (None, "", [], {})}
        )


def _plain(value: Any) -> Any:
    """As JSON has it: instants with their zone, days, words."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return json.loads(json.dumps(value)) if isinstance(value, dict | list) else value
