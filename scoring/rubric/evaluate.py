"""Measure the checks on labelled texts: `python -m scoring.rubric.evaluate FILE.jsonl [--drafts FILE.jsonl] [--json]`.

A line of sentences: {"check", "label": "pass" or "fail", "text", "lang", "context"}; each is judged for its one check.
Precision is of what fired, recall of the failing ones; "not checked" counts as a miss. A line of whole drafts:
{"review", "case_log", "draft", "expected", "must_not", "verdict"}. Lines that cannot be used are told and left out.
With `--blocking` every block of a draft is told with its words, and whether a rule or the model found it, how sure.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import ScoringError
from .catalogue import CHECKS
from .checking import check_one, check_reply
from .heads import SentenceModel
from .labelling import check_of, ids_in, is_clean, label_of, names_nothing
from .rows import Row, draft_context, sentence_context
from .types import Finding, Outcome, SentenceReader, Severity


@dataclass(slots=True)
class Tally:
    """How often a check fired, on texts that fail it and on others."""

    hits: int = 0
    misses: int = 0
    false_alarms: int = 0
    right_silences: int = 0

    def count(self, *, fails: bool, fired: bool) -> None:
        if fails:
            self.hits, self.misses = self.hits + fired, self.misses + (not fired)
        else:
            self.false_alarms, self.right_silences = self.false_alarms + fired, self.right_silences + (not fired)

    def figures(self) -> dict[str, float | int]:
        """A share of nothing is 0: a check that never fires has no precision to boast of."""
        precision, recall = self._share(self.hits + self.false_alarms), self._share(self.hits + self.misses)
        total = precision + recall
        return {
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / total if total else 0.0,
            "n": self.hits + self.misses + self.false_alarms + self.right_silences,
        }

    def _share(self, of: int) -> float:
        return self.hits / of if of else 0.0


@dataclass(slots=True)
class Report:
    checks: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    drafts: list[dict[str, Any]] = field(default_factory=list)
    draft_checks: dict[str, Tally] = field(
        default_factory=lambda: defaultdict(Tally)
    )  # what drafts expect, or must not
    clean_blocked: int = 0
    left_out: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "checks": _figures(self.checks),
            "clean_blocked": self.clean_blocked,
            "per_draft": self.drafts,
            "draft_checks": _figures(self.draft_checks),
            "left_out": self.left_out,
        }


def _figures(tallies: Mapping[str, Tally]) -> dict[str, dict[str, float | int]]:
    return {check: tallies[check].figures() for check in CHECKS if check in tallies}


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m scoring.rubric.evaluate", description="Measure the checks on labelled texts."
    )
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE.jsonl", help="labelled sentences, one object a line"
    )
    parser.add_argument("--drafts", type=Path, action="append", default=[], metavar="FILE.jsonl", help="whole drafts")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    parser.add_argument("--blocking", action="store_true", help="tell which rule or score blocks each draft, and where")
    parser.add_argument("--rules-only", action="store_true", help="leave the sentence model out")
    given = parser.parse_args(argv)
    if not given.files and not given.drafts:
        parser.error("name a file of labelled sentences, or one of whole drafts with --drafts")
    try:
        reader = None if given.rules_only else SentenceModel.load()
        report = evaluate(given.files, given.drafts, reader=reader)
    except (ScoringError, OSError) as error:
        sys.exit(str(error))
    for line in report.left_out:
        sys.stderr.write(line + "\n")
    told = json.dumps(report.as_json(), indent=1, ensure_ascii=False) if given.json else "\n".join(_lines(report))
    if given.blocking and not given.json:
        told = "\n".join([told, *_blocking(report)])
    sys.stdout.write(told + "\n")


def evaluate(files: Sequence[Path], drafts: Sequence[Path], *, reader: SentenceReader | None = None) -> Report:
    """Judge every usable line of the files."""
    report = Report()
    for place, row in _rows(files, report):
        _count_sentence(place, row, reader, report)
    for place, row in _rows(drafts, report):
        _count_draft(place, row, reader, report)
    return report


def _rows(files: Iterable[Path], report: Report) -> Iterator[tuple[str, Row]]:
    for file in files:
        for place, row in _read(file, report):
            if isinstance(row, dict):
                yield place, row
            else:
                report.left_out.append(f"{place}: this is no object and was left out.")


def _read(file: Path, report: Report) -> Iterator[tuple[str, Any]]:
    """One value a line, or all of them as one JSON array. Only "\\n" ends a line: texts may hold U+2028."""
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    if text.lstrip().startswith("["):
        try:
            rows = json.loads(text)
        except ValueError:
            pass  # a line that is no object: told below
        else:
            yield from ((f"{file.name}, entry {number}", row) for number, row in enumerate(rows, start=1))
            return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"{file.name}, line {number}"
            try:
                yield place, json.loads(line)
            except ValueError:
                report.left_out.append(f"{place}: this is not JSON and was left out.")


def _count_sentence(place: str, row: Row, reader: SentenceReader | None, report: Report) -> None:
    check, label = check_of(row.get("check")), label_of(row.get("label"))
    text = row.get("text")
    if not check:
        report.left_out.append(f'{place}: "{row.get("check", "")}" is no check of the rubric; the line was left out.')
    elif not label:
        report.left_out.append(
            f'{place}: the label is "{row.get("label", "")}" and not pass or fail; the line was left out.'
        )
    elif not isinstance(text, str) or (not text.strip() and check != "S06"):
        report.left_out.append(f"{place}: there is no text; the line was left out.")
    elif row.get("kind") == "description":
        report.left_out.append(f"{place}: the text describes a draft and is none; the line was left out.")
    else:
        context = sentence_context(row, check)
        finding = check_one(check, text, context, reader=reader)
        report.checks[check].count(fails=label == "fail", fired=finding.outcome is Outcome.FAILED)


def _count_draft(place: str, row: Row, reader: SentenceReader | None, report: Report) -> None:
    draft = row.get("draft", row.get("text"))
    if isinstance(draft, Mapping):
        draft = draft.get("text", draft.get("draft"))
    if not isinstance(draft, str):
        report.left_out.append(f"{place}: there is no draft; the line was left out.")
        return
    findings = check_reply(draft, draft_context(row), reader=reader)
    fired = [finding.check for finding in findings if finding.outcome is Outcome.FAILED]
    expected, must_not = ids_in(row.get("expected")), ids_in(row.get("must_not"))
    blocks = [finding.check for finding in findings if _blocks(finding)]
    report.left_out += _not_understood(place, row)
    clean = is_clean(row.get("verdict")) is True
    report.clean_blocked += clean and bool(blocks)
    for check in expected:
        report.draft_checks[check].count(fails=True, fired=check in fired)
    for check in must_not:
        report.draft_checks[check].count(fails=False, fired=check in fired)
    report.drafts.append(
        {
            "place": place,
            "verdict": row.get("verdict", ""),
            "hits": [check for check in expected if check in fired],
            "misses": [check for check in expected if check not in fired],
            "false_alarms": [check for check in fired if check in must_not or (clean and check in blocks)],
            "fired": fired,
            "blocks": blocks,
            "blocking": [_told(finding, draft) for finding in findings if _blocks(finding)],
            "not_checked": [finding.check for finding in findings if finding.outcome is Outcome.NOT_CHECKED],
        }
    )


def _blocks(finding: Finding) -> bool:
    return finding.outcome is Outcome.FAILED and finding.severity is Severity.BLOCK


def _told(finding: Finding, draft: str) -> dict[str, Any]:
    return {
        "check": finding.check,
        "origin": finding.origin.value,
        "confidence": round(finding.confidence, 3),
        "words": [draft[slice(*span)] for span in finding.spans],
    }


def _blocking(report: Report) -> Iterator[str]:
    for draft in report.drafts:
        for one in draft["blocking"]:
            named = f"{one['check']} {CHECKS[one['check']].key} by {one['origin']}"
            yield f"{draft['place']}: {named}, {one['confidence']:.2f}: " + " | ".join(one["words"])


def _not_understood(place: str, row: Row) -> Iterator[str]:
    """What a line of drafts says that nobody counts: better told than dropped."""
    for part in ("expected", "must_not"):
        if names_nothing(row.get(part)):
            yield f'{place}: "{part}" names no check of the rubric; it was left out.'
    if is_clean(row.get("verdict")) is None:
        yield f'{place}: the verdict "{row.get("verdict")}" is not understood; it was left out.'


def _lines(report: Report) -> Iterator[str]:
    yield from _table("check ", report.checks)
    yield from _table("drafts", report.draft_checks)
    if report.drafts:
        yield f"{len(report.drafts)} drafts, {report.clean_blocked} clean ones blocked"
    for draft in report.drafts:
        told = {name: ", ".join(draft[name]) for name in ("hits", "misses", "false_alarms") if draft[name]}
        if told:
            yield f"{draft['place']}: " + "; ".join(
                f"{name.replace('_', ' ')} {checks}" for name, checks in told.items()
            )


def _table(title: str, tallies: Mapping[str, Tally]) -> Iterator[str]:
    if tallies:
        yield f"{title} precision  recall     f1      n"
    for check, figures in _figures(tallies).items():
        shares = f"{figures['precision']:9.3f} {figures['recall']:7.3f} {figures['f1']:6.3f}"
        yield f"{check}    {shares} {figures['n']:6d}  {CHECKS[check].key}"


if __name__ == "__main__":
    main()
