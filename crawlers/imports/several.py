"""Several files in one import: a place has many saved pages. A zip archive is the files in it.

A file that cannot be read is rejected with its reason and stops no other. All files must come under the same terms: the
pages of two platforms are two imports.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath

from db.phrases import say, say_count, say_list

from ..errors import ParseError
from ..items import ReviewItem
from ..platforms import PLATFORMS
from .columns import Columns
from .plan import ImportPlan, make_plan
from .rows import Rejected
from .sniff import MAX_BYTES
from .table import MAX_ROWS, Told, silent

MAX_FILES = 200
MAX_UNPACKED = 100 * 1024 * 1024  # bytes, all files together
MAX_MEMBERS = 10_000  # entries of an archive that are looked at; a saved page brings hundreds of pictures
_MAX_NAME = 120

# What browsers save beside a page, and what systems leave in archives.
_BESIDE = re.compile(
    r"\.(?:css|m?js|map|png|jpe?g|gif|webp|avif|svg|ico|bmp|woff2?|[to]tf|eot|mp[34]|webm|db|ini|download)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One file as it was given."""

    name: str
    data: bytes


def plan_of_files(
    files: Sequence[Sent],
    *,
    columns: Columns | None = None,
    remembered: Columns | None = None,
    now: datetime,
    told: Told = silent,
) -> ImportPlan:
    """What importing all of these would store.

    Raises:
        ParseError: none of them can be read, or they do not belong together.
    """
    unpacked: list[Sent] = []
    for file in files:
        unpacked += _members(file) if _is_archive(file.data) else [file]
        if len(unpacked) > MAX_FILES:
            raise ParseError(say("These are more than %(most)s files. Import them in parts.", most=MAX_FILES))
    if sum(len(one.data) for one in unpacked) > MAX_UNPACKED:
        raise ParseError("The files hold more than 100 MB together. Import them in parts.")
    if not unpacked:
        raise ParseError("There is no file that could hold reviews in it.")
    if len(unpacked) == 1:
        one = unpacked[0]
        return make_plan(one.data, one.name, columns=columns, remembered=remembered, now=now, told=told)
    return _together(unpacked, columns, remembered, now, told)


def _together(
    files: Sequence[Sent], columns: Columns | None, remembered: Columns | None, now: datetime, told: Told
) -> ImportPlan:
    plans: list[tuple[str, ImportPlan]] = []
    rejected: list[Rejected] = []
    read = 0
    for number, file in enumerate(files):
        told(read, 0, len(rejected))
        name = _shown(file.name) or f"#{number + 1}"
        try:
            plan = make_plan(
                file.data,
                file.name,
                columns=columns,
                remembered=remembered,
                now=now,
                told=partial(_told_of_one, told, read, len(rejected)),
            )
        except ParseError as error:
            rejected.append(Rejected(line=0, reason=str(error), file=name))
            continue
        plans.append((name, plan))
        rejected += (replace(row, file=name) for row in plan.rejected)
        read += len(plan.items) + len(plan.rejected)
    if not plans:
        first = rejected[0]
        raise ParseError(
            say(
                "None of the %(files)s files can be read. %(name)s: %(reason)s",
                files=len(files),
                name=first.file,
                reason=say(first.reason),
            )
        )
    _check_alike(plans)
    return _merged(plans, rejected)


def _told_of_one(told: Told, read_before: int, rejected_before: int, read: int, _left: int, rejected: int) -> None:
    told(read_before + read, 0, rejected_before + rejected)


def _check_alike(plans: Sequence[tuple[str, ImportPlan]]) -> None:
    platforms = sorted({plan.platform for _, plan in plans})
    if len(platforms) > 1:
        names = say_list([say(PLATFORMS[key].name) if key else say("exports") for key in platforms])
        raise ParseError(
            say("These files come under different terms: %(names)s. Import one kind after the other.", names=names)
        )


def _merged(plans: Sequence[tuple[str, ImportPlan]], rejected: Sequence[Rejected]) -> ImportPlan:
    _, first = plans[0]
    items: dict[str, ReviewItem] = {}
    lines: dict[str, int] = {}
    again = 0
    for _, plan in plans:
        for item, line in zip(plan.items, plan.lines, strict=True):
            again += item.external_id in items
            items.setdefault(item.external_id, item)
            lines.setdefault(item.external_id, line)
    if len(items) > MAX_ROWS:
        raise ParseError("The files have more than 100,000 reviews together. Import them in parts.")
    warnings = dict.fromkeys(warning for _, plan in plans for warning in plan.warnings)
    if again:
        told = say_count(
            "%(num)s review stands in more than one of the files, and counts once.",
            "%(num)s reviews stand in more than one of the files, and count once.",
            again,
        )
        warnings[told] = None
    is_one_table = all(plan.has_columns and plan.headers == first.headers for _, plan in plans)
    return replace(
        first,
        has_columns=is_one_table,
        headers=first.headers if is_one_table else (),
        items=tuple(items.values()),
        lines=tuple(lines.values()),
        rejected=tuple(rejected),
        skipped=sum(plan.skipped for _, plan in plans),
        warnings=tuple(warnings),
        files=len(plans),
    )


def _is_archive(data: bytes) -> bool:
    """A zip archive that is no workbook."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "[Content_Types].xml" not in archive.NameToInfo
    except Exception:  # noqa: BLE001 - zipfile raises what it meets; the reader of workbooks says it in words
        return False


def _members(file: Sent) -> list[Sent]:
    """Raises ParseError: it is damaged, locked, or unpacks to more than it may."""
    try:
        return list(_unpacked(file.data))
    except ParseError:
        raise
    except Exception as error:  # zipfile raises BadZipFile, NotImplementedError, RuntimeError, zlib.error and more
        raise ParseError("The zip archive cannot be read: it is damaged or locked by a password.") from error


def _unpacked(data: bytes) -> Iterator[Sent]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MAX_MEMBERS:
            raise ParseError("The zip archive holds more than 10,000 files. Pack fewer.")
        wanted = [part for part in parts if _may_hold_reviews(part.filename)]
        if len(wanted) > MAX_FILES:
            raise ParseError(
                say("The zip archive holds more than %(most)s files with reviews. Pack fewer.", most=MAX_FILES)
            )
        # zipfile never unpacks more of a part than it states here
        if sum(part.file_size for part in wanted) > MAX_UNPACKED:
            raise ParseError("The zip archive unpacks to more than 100 MB. Import its files in parts.")
        for part in wanted:
            with archive.open(part) as member:
                yield Sent(name=PurePosixPath(part.filename).name, data=member.read(MAX_BYTES + 1))


def _may_hold_reviews(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    is_hidden = any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
    is_hidden |= any(folder.endswith("_files") for folder in path.parts[:-1])  # what a page had in frames
    return not name.endswith("/") and not is_hidden and not _BESIDE.fullmatch(path.suffix)


def _shown(name: str) -> str:
    return "".join(char for char in name if char.isprintable())[-_MAX_NAME:]
