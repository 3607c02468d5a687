"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import DateTime, Dialect, Enum, String
from sqlalchemy.types import TypeDecorator

from .phrases import packed, unpacked
from .wording import clean, cut


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Takes and gives aware datetimes in UTC; a naive one is refused, since it names no instant.

    SQLite keeps no zone, so the value is stored in UTC without one and given its zone back on reading.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime names no instant; give it a zone")
        if value.tzinfo is not UTC:  # most are already, and bulk inserts ask a million times
            value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - by name
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class StoredWords(TypeDecorator[str]):
    """A column of sentences. One that is too long as phrase and values is kept as plain English, cut."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - by name
        if value is None:
            return None
        most = getattr(self.impl_instance, "length", None) or len(value)
        kept = clean(packed(value))
        return kept if len(kept) <= most else cut(str.__str__(value), most)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - by name
        return None if value is None else unpacked(value)


def stored_by_value(enum: type[StrEnum]) -> Enum:
    """An enum kept as its text value in a plain VARCHAR: adding a member later needs no migration."""
    return Enum(
        enum, native_enum=False, create_constraint=False, length=24, values_callable=lambda e: [m.value for m in e]
    )
