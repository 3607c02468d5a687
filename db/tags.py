"""Words that staff sort cases by. One word is one tag, in whatever case and with whatever accents it is typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, delete, exists, func, select
from sqlalchemy.orm import Session

from .errors import BadValue
from .models import Case, CaseTag, Review, Source, Tag
from .phrases import say
from .upserts import insert_missing
from .wording import clean
from .words import words_of

NAME_MOST: Final = 40
FOLDED_MOST: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRow:
    id: int
    name: str


def folded_tag(name: str) -> str:
    """What makes two names one tag."""
    return " ".join(words_of(name))[:FOLDED_MOST]


def tag_named(session: Session, name: str) -> TagRow:
    """The tag of this name, made where there is none.

    Raises:
        BadValue: nothing is left of the name, or it is too long.
    """
    name = clean(" ".join(name.split()).removeprefix("#").strip())
    folded = folded_tag(name)
    if not folded:
        raise BadValue(say("Type a word for the tag first."))
    if len(name) > NAME_MOST:
        raise BadValue(say("That is too long for a tag: %(most)s letters at most.", most=NAME_MOST))
    found = session.execute(select(Tag.id, Tag.name).where(Tag.folded == folded)).one_or_none()
    if found is not None:
        return TagRow(id=found.id, name=found.name)
    insert_missing(session, Tag, [{"name": name, "folded": folded}])
    made = session.execute(select(Tag.id, Tag.name).where(Tag.folded == folded)).one()
    return TagRow(id=made.id, name=made.name)


def get_tag(session: Session, tag_id: int) -> TagRow | None:
    """The tag of this id."""
    tag = session.get(Tag, tag_id)
    return TagRow(id=tag.id, name=tag.name) if tag else None


def tags_of(session: Session, case_ids: Collection[int]) -> dict[int, list[TagRow]]:
    """The tags of cases, each by name; of those that have any."""
    rows = session.execute(
        select(CaseTag.case_id, Tag.id, Tag.name)
        .join(Tag, Tag.id == CaseTag.tag_id)
        .where(CaseTag.case_id.in_(case_ids))
        .order_by(Tag.folded)
    )
    found: dict[int, list[TagRow]] = {}
    for case_id, id_, name in rows:
        found.setdefault(case_id, []).append(TagRow(id=id_, name=name))
    return found


def suggested_tags(session: Session, location_id: int, *, limit: int = 30) -> list[str]:
    """What cases of a place are tagged with, the most used first. Words of other places are not told."""
    rows = session.execute(
        select(Tag.name)
        .join(CaseTag, CaseTag.tag_id == Tag.id)
        .join(Case, Case.id == CaseTag.case_id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .where(Source.location_id == location_id)
        .group_by(Tag.id, Tag.name, Tag.folded)
        .order_by(func.count().desc(), Tag.folded)
        .limit(limit)
    )
    return list(rows.scalars())


def tagged(names: Iterable[str]) -> ColumnElement[bool]:
    """For statements over cases: whether a case carries any of these tags. It can be started at the tags."""
    folded = [folded_tag(name) for name in names]
    carrying = select(CaseTag.case_id).join(Tag, Tag.id == CaseTag.tag_id).where(Tag.folded.in_(folded))
    return Case.id.in_(carrying)


def tags_at(session: Session, places: Collection[int] | None, *, limit: int = 200) -> list[str]:
    """What cases of these places, or of all, are tagged with, by name. Words of other places are not told."""
    carried = exists().where(CaseTag.tag_id == Tag.id)
    if places is not None:
        carried = carried.where(
            Case.id == CaseTag.case_id,
            Review.id == Case.review_id,
            Source.id == Review.source_id,
            Source.location_id.in_(places),
        )
    return list(session.scalars(select(Tag.name).where(carried).order_by(Tag.folded).limit(limit)))


def with_tag(session: Session, tag_id: int, case_ids: Collection[int]) -> set[int]:
    """Those of the cases that carry it."""
    rows = select(CaseTag.case_id).where(CaseTag.tag_id == tag_id, CaseTag.case_id.in_(case_ids))
    return set(session.scalars(rows))


def put_tag(session: Session, tag_id: int, case_ids: Collection[int]) -> None:
    """Tag cases that are not tagged with it yet."""
    insert_missing(session, CaseTag, [{"tag_id": tag_id, "case_id": id_} for id_ in sorted(case_ids)])


def take_tag(session: Session, tag_id: int, case_ids: Collection[int]) -> None:
    """Take it from cases."""
    session.execute(delete(CaseTag).where(and_(CaseTag.tag_id == tag_id, CaseTag.case_id.in_(case_ids))))


def put_back(session: Session, before: Sequence[Mapping[str, Any]]) -> list[int]:
    """Undo what was done to one tag, where nobody has undone it since; the ids of the cases it was done to."""
    if not before:
        return []
    tag_id, was_on = int(before[0]["tag_id"]), bool(before[0]["was_on"])
    ids = {int(one["case_id"]) for one in before}
    there = set(session.scalars(select(Case.id).where(Case.id.in_(ids))))
    carrying = with_tag(session, tag_id, there)
    if was_on:
        back = there - carrying if get_tag(session, tag_id) else set()
        put_tag(session, tag_id, back)
    else:
        back = carrying
        take_tag(session, tag_id, back)
    return sorted(back)
