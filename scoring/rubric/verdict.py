"""What a rule says of a draft, before a model is heard and it becomes a Finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..text import Span
from .draft import Draft
from .types import Outcome, Override, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`severity` and `override` only where they differ from the catalogue's."""

    outcome: Outcome
    spans: tuple[Span, ...] = ()
    severity: Severity | None = None
    override: Override | None = None
    message: str = ""
    missing: tuple[str, ...] = ()


PASSED = Verdict(outcome=Outcome.PASSED)
NOT_APPLICABLE = Verdict(outcome=Outcome.NOT_APPLICABLE)
NOT_CHECKED = Verdict(outcome=Outcome.NOT_CHECKED)


def failed(
    spans: Sequence[Span] = (),
    *,
    severity: Severity | None = None,
    override: Override | None = None,
    message: str = "",
    missing: tuple[str, ...] = (),
) -> Verdict:
    return Verdict(
        outcome=Outcome.FAILED,
        spans=tuple(sorted(set(spans))),
        severity=severity,
        override=override,
        message=message,
        missing=missing,
    )


def must_not(draft: Draft, spans: Sequence[Span]) -> Verdict:
    """Fails where words were found; passes only in a language whose words are known."""
    if spans:
        return failed(spans)
    return PASSED if draft.is_ruled else NOT_CHECKED


def should(draft: Draft, spans: Sequence[Span]) -> Verdict:
    """Passes where words were found; fails only in a language whose words are known."""
    if spans:
        return PASSED
    return failed() if draft.is_ruled else NOT_CHECKED
