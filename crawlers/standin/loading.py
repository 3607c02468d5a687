"""Reads `business.json`, `reviews_*.jsonl` and `later_reviews.jsonl`, or says which line is wrong.

The files are written by hand, so every mistake is reported with file and line rather than served.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .errors import DataError
from .records import Business, Edit, Kind, Later, Place, Site, StoredReply, StoredReview, api_slug

SHIPPED_DATA = Path(__file__).parent / "data"
LATER_FILE = "later_reviews.jsonl"
_ID = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    business: Business
    reviews: tuple[StoredReview, ...]
    later: tuple[StoredReview, ...]  # those that only appear in the last snapshot
    apis: tuple[Site, ...] = ()  # from apis/<platform>.json, which also holds their reviews


def load(data_dir: Path) -> Dataset:
    """Everything the stand-in serves; raises DataError naming file and line."""
    business = _business(data_dir / "business.json")
    scales = {site.slug: site.scale for site in business.sites}
    seen: dict[str, str] = {}
    reviews: list[StoredReview] = []
    for path in sorted(data_dir.glob("reviews_*.jsonl")):
        reviews.extend(_reviews(path, scales, seen))
    later_path = data_dir / LATER_FILE
    later = tuple(_reviews(later_path, scales, seen)) if later_path.exists() else ()
    apis = []
    for path in sorted((data_dir / "apis").glob("*.json")):
        site, own, own_later = _api(path, {place.slug: place for place in business.places}, seen)
        apis.append(site)
        reviews.extend(own)
        later += own_later
    return Dataset(business=business, reviews=tuple(reviews), later=later, apis=tuple(apis))


def _api(
    path: Path, places: Mapping[str, Place], seen: dict[str, str]
) -> tuple[Site, list[StoredReview], tuple[StoredReview, ...]]:
    """{"place", "name", "ref", "scale", "keys", "reviews", "later_reviews"}: one platform's API and what it tells."""
    fields = _Fields(_json_of(path), f"apis/{path.name}")
    keys = _Fields(fields.part("keys").raw, fields.where)
    slug = api_slug(path.stem)
    site = Site(
        slug=slug,
        place=places[fields.text("place")],
        kind=Kind.API,
        name=fields.text("name"),
        path=f"/api/{path.stem}",
        scale=fields.pair("scale"),
        platform=path.stem,
        ref=fields.text("ref"),
        keys={name: keys.text(name) for name in keys.raw},
    )
    found: dict[str, list[StoredReview]] = {"reviews": [], "later_reviews": []}
    for name, into in found.items():
        for part in fields.parts(name) if fields.has(name) else ():
            review = _review(_Fields({"source": slug, **part.raw}, part.where), {slug: site.scale})
            if review.id in seen:
                part.fail(f'id "{review.id}" is already used in {seen[review.id]}')
            seen[review.id] = part.where
            into.append(review)
    return site, found["reviews"], tuple(found["later_reviews"])


class _Fields:
    """One JSON object with its place in the files, so that a wrong field can be named."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, Mapping):
            raise DataError(f"{where}: expected a JSON object")
        self._data = data
        self.where = where

    @property
    def raw(self) -> Mapping[str, Any]:
        return self._data

    def fail(self, message: str) -> NoReturn:
        raise DataError(f"{self.where}: {message}")

    def has(self, name: str) -> bool:
        return self._data.get(name) is not None

    def text(self, name: str, *, required: bool = True) -> str:
        value = self._data.get(name)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or (required and not value):
            self.fail(f'"{name}" must be a text')
        if any(0xD800 <= ord(char) <= 0xDFFF for char in value):
            self.fail(f'"{name}" holds half a character (a lone surrogate) that cannot be sent')
        return value

    def number(self, name: str) -> float:
        value = self._data.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.fail(f'"{name}" must be a number')
        return float(value)

    def part(self, name: str) -> _Fields:
        return _Fields(self._data.get(name), f'{self.where}: "{name}"')

    def parts(self, name: str) -> list[_Fields]:
        value = self._data.get(name)
        if not isinstance(value, list) or not value:
            self.fail(f'"{name}" must be a list with something in it')
        return [_Fields(part, f'{self.where}: "{name}" number {i}') for i, part in enumerate(value, start=1)]

    def pair(self, name: str) -> tuple[float, float] | None:
        value = self._data.get(name)
        if value is None:
            return None
        if not isinstance(value, list) or len(value) != 2 or not all(isinstance(v, int | float) for v in value):
            self.fail(f'"{name}" must be null or [worst, best]')
        return float(value[0]), float(value[1])


def _json_of(path: Path) -> object:
    try:
        value: object = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{path.name}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise DataError(f"{path.name}: not JSON: {error}") from error
    return value


def _business(path: Path) -> Business:
    fields = _Fields(_json_of(path), path.name)
    places = {part.text("slug"): _place(part) for part in fields.parts("places")}
    sites = tuple(_site(part, places) for part in fields.parts("sources"))
    for name, values in (("slug", [site.slug for site in sites]), ("path", [site.path for site in sites])):
        if len(set(values)) != len(values):
            fields.fail(f'two sources share one "{name}"')
    return Business(name=fields.text("name"), places=tuple(places.values()), sites=sites)


def _place(fields: _Fields) -> Place:
    timezone = fields.text("timezone")
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        fields.fail(f'unknown "timezone" {timezone}')
    return Place(
        slug=fields.text("slug"),
        name=fields.text("name"),
        trade=fields.text("trade"),
        timezone=timezone,
        city=fields.text("city"),
    )


def _site(fields: _Fields, places: Mapping[str, Place]) -> Site:
    kind, place = fields.text("kind"), fields.text("place")
    if kind not in set(Kind):
        fields.fail(f'unknown "kind" {kind}; there are {", ".join(Kind)}')
    if place not in places:
        fields.fail(f'unknown "place" {place}')
    path = fields.text("path")
    if not path.startswith("/") or (kind == Kind.APPSTORE and "/page=1/" not in path):
        fields.fail('"path" must start with "/" (and hold "/page=1/" for an app)')
    return Site(
        slug=fields.text("slug"),
        place=places[place],
        kind=Kind(kind),
        name=fields.text("name"),
        path=path,
        scale=fields.pair("scale"),
    )


def _reviews(
    path: Path, scales: Mapping[str, tuple[float, float] | None], seen: dict[str, str]
) -> Iterable[StoredReview]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name}: cannot be read: {error}") from error
    # Not splitlines(): a review may hold U+2028 or U+0085, which end no line in JSONL.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path.name} line {number}"
        try:
            fields = _Fields(json.loads(line), where)
        except ValueError as error:
            raise DataError(f"{where}: not JSON: {error}") from error
        review = _review(fields, scales)
        if review.id in seen:
            fields.fail(f'id "{review.id}" is already used in {seen[review.id]}')
        seen[review.id] = where
        yield review


def _review(fields: _Fields, scales: Mapping[str, tuple[float, float] | None]) -> StoredReview:
    source = fields.text("source")
    if source not in scales:
        fields.fail(f'unknown "source" {source}')
    days_ago = fields.number("days_ago")
    if days_ago < 0:
        fields.fail('"days_ago" must not be negative')
    review_id = fields.text("id")
    if not _ID.fullmatch(review_id):
        fields.fail('"id" may hold letters, digits, ".", "_" and "-" only: it becomes part of addresses')
    return StoredReview(
        id=review_id,
        source=source,
        lang=fields.text("lang"),
        stars=_stars(fields, scales[source]),
        author=fields.text("author", required=False),
        title=fields.text("title", required=False),
        text=fields.text("text", required=False),
        days_ago=days_ago,
        case=fields.text("case", required=False),
        reply=_reply(fields.part("reply")) if fields.has("reply") else None,
        later=_later(fields.part("later"), scales[source]) if fields.has("later") else Later(),
        extra=fields.part("extra").raw if fields.has("extra") else {},
    )


def _stars(fields: _Fields, scale: tuple[float, float] | None) -> float | None:
    if not fields.has("stars"):
        return None
    stars = fields.number("stars")
    if scale is None:
        fields.fail('"stars" must be null: this source has no ratings')
    if not scale[0] <= stars <= scale[1]:
        fields.fail(f'"stars" {stars:g} is outside {scale[0]:g} to {scale[1]:g}')
    return stars


def _reply(fields: _Fields) -> StoredReply:
    return StoredReply(text=fields.text("text"), days_ago=fields.number("days_ago"))


def _later(fields: _Fields, scale: tuple[float, float] | None) -> Later:
    edit = fields.part("edit") if fields.has("edit") else None
    return Later(
        edit=Edit(stars=_stars(edit, scale), text=edit.text("text", required=False)) if edit else None,
        reply=fields.part("reply").text("text") if fields.has("reply") else None,
        gone=fields.has("gone"),
    )
