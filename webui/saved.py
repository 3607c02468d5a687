"""Saved lists as the pages show them: which of them whoever asks may see, and how their addresses are read.

A list that names places is shown to those only who see one of them. Names that they do not know, because they are gone
or not theirs to see, stand in its address as `GONE`: a shared list tells nobody of places that they have no part in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from db.queries.facets import Facets
from db.queries.filtering import NOBODY, PUBLIC, TOLD
from db.saved_views import SavedList, saved_views

from .accounts import access, me
from .position import GONE, MYSELF, Position, position_in


def visible(session: Session) -> list[SavedList]:
    """One's own and those that others share, without those of other places only."""
    who = me()
    if who is None:
        return []
    return [one for one in saved_views(session, who.person_id) if _is_seen(one)]


def _is_seen(one: SavedList) -> bool:
    if one.is_mine or not one.place_ids:
        return True
    return any(access().role_at(id_) is not None for id_ in one.place_ids)


def query_of(position: Position) -> str:
    """A list as it is kept: the address of its top."""
    return urlencode(position.list_values, doseq=True)


def position_of(one: SavedList, known: Facets | None = None) -> Position:
    """Where it leads. With what whoever asks may see, names that they do not know are `GONE`."""
    position = position_in(MultiDict(parse_qsl(one.query))) or position_in(MultiDict())
    if position is None:
        raise RuntimeError("the queue has no first view")
    if known is None:
        return position
    filters = position.filters
    told: dict[str, Any] = {
        "place": _known(filters.place, known.places),
        "source": _known(filters.source, {**known.sources, PUBLIC: "", TOLD: ""}),
        "assignee": _known(filters.assignee, {**known.people, MYSELF: "", NOBODY: ""}),
    }
    return replace(position, filters=replace(filters, **told))


def saved_at(position: Position, lists: Sequence[SavedList], known: Facets) -> SavedList | None:
    """The one of these lists that this position is, as it is kept or as it is shown to whoever asks."""
    here = query_of(position)
    return next((one for one in lists if here in {one.query, query_of(position_of(one, known))}), None)


def _known(values: tuple[str, ...], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value if value in names else GONE for value in values))
