"""What a page shows of files that are to be imported: a plan without its reviews, small enough to lie beside them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from db.phrases import packed

if TYPE_CHECKING:
    from crawlers.imports.plan import ImportPlan
    from crawlers.items import ReviewItem
    from db.ingest import IngestCounts

SHOWN_REVIEWS = 5
SHOWN_REJECTED = 20
_TEXT_MOST = 300
_CELL_MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundReview:
    rating: str
    author: str
    day: str  # ISO, empty without a date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFault:
    file: str
    unit: str
    line: int  # 0: the whole file
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Counts, the first reviews and rejected rows, and the columns as they were understood."""

    kind: str
    encoding: str
    unit: str
    headers: tuple[str, ...]
    columns: dict[str, Any]
    has_columns: bool
    sample: tuple[str, ...]  # the cells of the first row
    first: tuple[FoundReview, ...]
    faults: tuple[FoundFault, ...]
    warnings: tuple[str, ...]
    reviews: int
    rejected: int
    skipped: int
    ambiguous: int  # rows whose day and month cannot be told apart
    example: str  # a date of one of them
    platform: str
    files: int
    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def without_texts(self) -> Found:
        """What may be seen for longer than the files are kept."""
        return replace(self, first=(), sample=())

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Found | None:
        """What was kept; None for nothing, or for what another version has kept."""
        try:
            return cls(
                **value
                | {name: tuple(value[name]) for name in ("headers", "sample", "warnings")}
                | {"first": tuple(FoundReview(**one) for one in value["first"])}
                | {"faults": tuple(FoundFault(**one) for one in value["faults"])}
            )
        except (KeyError, TypeError):
            return None


def found_in(plan: ImportPlan, counts: IngestCounts) -> Found:
    """The plan as a page shows it."""
    from crawlers.imports.column_dates import AMBIGUOUS
    from crawlers.imports.sniff import encoding_name

    unclear = [row for row in plan.rejected if AMBIGUOUS in row.reason]
    return Found(
        kind=plan.kind,
        encoding=encoding_name(plan.encoding) if plan.encoding else "",
        unit=plan.unit,
        headers=plan.headers,
        columns=plan.columns.as_json(),
        has_columns=plan.has_columns,
        sample=tuple(cell[:_CELL_MOST] for cell in plan.sample[0]) if plan.sample else (),
        first=tuple(_review(item) for item in plan.items[:SHOWN_REVIEWS]),
        faults=tuple(
            FoundFault(file=row.file, unit=plan.unit, line=row.line, reason=packed(row.reason))
            for row in plan.rejected[:SHOWN_REJECTED]
        ),
        warnings=tuple(packed(one) for one in plan.warnings),
        reviews=len(plan.items),
        rejected=len(plan.rejected),
        skipped=plan.skipped,
        ambiguous=len(unclear),
        example=_date_of(plan, unclear[0].cells) if unclear else "",
        platform=plan.platform,
        files=plan.files,
        new=counts.new,
        changed=counts.changed,
        unchanged=counts.unchanged,
    )


def _review(item: ReviewItem) -> FoundReview:
    return FoundReview(
        rating=_rating(item),
        author=item.author_name,
        day=item.published_at.date().isoformat() if item.published_at else "",
        text=f"{item.title} {item.body}".strip()[:_TEXT_MOST],
    )


def _rating(item: ReviewItem) -> str:
    """As the file has it; a bare figure with the end of its scale."""
    is_bare = item.rating is not None and item.rating_max is not None and item.rating_raw.strip().isdecimal()
    return f"{item.rating_raw.strip()}/{item.rating_max:g}" if is_bare else item.rating_raw


def _date_of(plan: ImportPlan, cells: tuple[str, ...]) -> str:
    header = plan.columns.fields.get("date", "")
    at = plan.headers.index(header) if header in plan.headers else len(cells)
    return cells[at].strip()[:20] if at < len(cells) else ""
