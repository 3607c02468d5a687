"""What a labelled text says is on record in its case, as Records. Offline: for measuring only.

A log may be words ("refund issued; task: retrain staff, open"), a list of them, or objects under any usual names.
"""

# ruff: noqa: E501 - a pattern broken over lines cannot be searched
from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..folding import fold
from . import entries
from .types import Record, RecordKind

# After a lower-case word or a whole date; not inside "4. Mai", "5 déc. : …", "resp. Paul" or "Dr. Osei".
_ENTRY_END = r"[;\n]"
_SENTENCE_END = r"(?:(?<=[^\W\d_A-Z][^\W\d_A-Z])|(?<=\d{4})|(?<=[-/:]\d\d)|(?<=\)))(?<!\b[dDmM]r)(?<!\bMs)(?<!Mrs)(?<!\bSt)(?<!\bno)(?<!\bNr)(?<!resp)(?<!\bwł)(?<!incl)(?<!approx)\. +(?![:\d])"
_PART = re.compile(rf"{_ENTRY_END}|{_SENTENCE_END}")
_LABEL = re.compile(
    r"(?i)^\W*(?:the )?(?:case[ _]?(?:log|file|record)?|log|records?|on (?:file|record)|context)\s*[:=]\s*"
)
_REVIEW = re.compile(
    r"(?is)(?:^|(?<=[.;|\n]))\s*(?:the )?review(?: text)?\s*:.*?(?=(?:case[ _]?log|case|log|records?|on (?:file|record)|notes?|tasks?)\s*:|$)"
)
_SITUATION = re.compile(
    r"(?i)^\W*(?:(?:sector|platform|trade|business|audience|language|place|stars|rating)\s*[:=].*|(?:a )?(?:public|private) (?:reply|answer|message|e-?mail|draft)|direct message)\W*$"
)
# Names in an object that say how an entry stands, or that hold its words without naming them.
_STATES = ("is_done", "done", "completed", "closed", "finished", "resolved", "fulfilled", "executed")
_STATUS = ("status", "state", "outcome", "result", "progress")
_ENDS = re.compile(r"(?:done|clos\w+|complet\w+|finish\w+|resolv\w+|issued|paid|sent)_(?:at|on|date|by)")
_KIND = ("kind", "type", "category")
_WORDS = ("words", "text", "entry", "title", "name", "description", "summary", "what", "event", "action", "subject")
_ASIDE = (
    "date", "at", "time", "timestamp", "when", "day", "by", "author", "who", "owner", "assignee", "assigned_to",
    "due", "due_date", "deadline", "id", "no", "number", "amount", "currency", "created_at", "opened_at",
)  # fmt: skip
_NEUTRAL = frozenset(
    (*_WORDS, "case_log", "caselog", "case", "log", "records", "record", "entries", "items", "history")
)
_ENTRY = frozenset((*_STATES, *_STATUS, *_KIND, *_WORDS, *_ASIDE))
_OF_CASE = re.compile(
    r"(?!own_)\w*(?:case|log|record|entr(?:y|ies)|task|to_?do|note|compens|refund|offer|contact|call|on_file|follow|action|"
    r"repair|training|talk|status|voucher|history|state|done)"
)


def records_of(log: Any) -> Iterator[Record]:
    """Every entry of a log but those that say that there is none, and "review received"."""
    yield from _walk(log, "")


def records_told(words: str) -> Iterator[Record]:
    """What words about the whole situation tell of the case: not the platform, the sector or the review."""
    parts = [
        _LABEL.sub("", part).strip() for part in _PART.split(_REVIEW.sub(" ", words)) if not _SITUATION.match(part)
    ]
    told = itertools.dropwhile(lambda part: entries.says_nothing(fold(part)) or not entries.names_an_act(part), parts)
    yield from _of_words("; ".join(part for part in told if not entries.is_as_a_guest(fold(part))))


def records_in(told: Mapping[str, Any]) -> Iterator[Record]:
    """What an object about the situation holds of the case: the names that say so."""
    case = {key: value for key, value in told.items() if _OF_CASE.match(_name(key)) and _name(key) != "review"}
    yield from _walk(case, "")


def _walk(log: Any, name: str) -> Iterator[Record]:
    if isinstance(log, str):
        if log.strip()[:1] in ("[", "{") and (held := _parsed(log)) is not None:
            yield from _walk(held, name)
        else:
            for part in _PART.split(log):
                yield from _of_words(_LABEL.sub("", part), name)
    elif isinstance(log, Mapping):
        if any(_name(key) in _ENTRY or _ENDS.fullmatch(_name(key)) for key in log):
            yield from _of_object(log, name)
        else:
            for key, value in log.items():
                yield from _walk(_said(value), "" if _name(key) in _NEUTRAL else _name(key))
    elif isinstance(log, Sequence) and not isinstance(log, bytes):
        for entry in log:
            yield from _of_words(_LABEL.sub("", entry), name) if isinstance(entry, str) else _walk(entry, name)


def _parsed(words: str) -> Any:
    try:
        return json.loads(words)
    except (ValueError, RecursionError):
        return None


def _name(key: Any) -> str:
    return re.sub(r"[\s-]+", "_", str(key).strip().casefold())


def _said(value: Any) -> Any:
    """A bare yes or no under a name, as words: {"refund": true}."""
    return "done" if value is True else f"{value} on file" if isinstance(value, int | float) and value else value


def _of_words(words: str, name: str = "") -> Iterator[Record]:
    """One Record of what is done and one of what is not; a part under a bare "task open" is what is open."""
    label = name.replace("_", " ").removesuffix("s")
    told: dict[bool, list[str]] = {True: [], False: []}
    is_open, is_told_apart = False, False
    for part in _PART.split(words):
        if entries.says_nothing(fold(part)):
            continue
        clauses = list(_clauses(part.strip()))
        is_told_apart = is_told_apart or len(clauses) > 1
        for clause in clauses:
            state = entries.state_of(fold(clause))
            told[not is_open if state is None else state].append(clause)
            is_open = state is False and entries.is_bare(fold(clause))
    for is_done, clauses in told.items():
        if clauses:
            said = "; ".join(clauses)
            folded = fold(f"{label}: {said}" if label else said)
            yield Record(
                kind=(entries.kind_named(label) if label else None) or entries.kind_of(folded),
                words=f"{label}: {said}" if label else said,
                is_done=is_done,
                backs_any=not is_told_apart and not all(entries.is_administrative(fold(one)) for one in clauses),
            )


def _clauses(part: str) -> Iterator[str]:
    """Apart what was not done after a comma, so that it does not undo the step before it, nor is taken for done."""
    kept = ""
    for clause in re.split(r", +", part):
        told = fold(clause)
        if not kept:
            kept = "" if entries.says_nothing(told) else clause
        elif entries.is_apart(fold(kept), told):
            yield kept
            kept = "" if entries.says_nothing(told) else clause
        else:
            kept = f"{kept}, {clause}"
    if kept:
        yield kept


def _of_object(entry: Mapping[str, Any], name: str) -> Iterator[Record]:
    """One entry with its status; lists in it are entries of their own. `name`: what it stands under."""
    named = {_name(key): value for key, value in entry.items()}
    nested = {key: value for key, value in named.items() if isinstance(value, Mapping | list)}
    label = name.replace("_", " ").removesuffix("s")
    main = [
        str(value) if key in _WORDS else f"{key.replace('_', ' ')}: {value}"
        for key, value in named.items()
        if key not in nested and not _is_aside(key) and value not in (None, "", False)
    ]
    aside = [
        f"{key} {value}" if key in ("owner", "due") else str(value)
        for key, value in named.items()
        if key not in nested and key in (*_STATUS, *_ASIDE) and value not in (None, "")
    ]
    kind = fold(" ".join(str(named[key]) for key in _KIND if named.get(key)))
    told = fold("; ".join(main))
    state = _state(named)
    if main and all(entries.says_nothing(fold(one.split(": ", 1)[-1])) for one in main):
        main = []
    elif main and state is None and not kind:
        for one in main:
            yield from _of_words(one, name)
    elif main or (aside and not any(key in named for key in _WORDS)) or state:
        words = ", ".join([*([label + ":"] if label else []), *main, *aside]).replace(":, ", ": ")
        yield Record(
            kind=_kind(kind, label, fold(words)),
            words=words,
            is_done=state if state is not None else entries.state_of(told or fold(words)) is not False,
            backs_any=not (main and entries.is_administrative(told)),
        )
    for key, value in nested.items():
        yield from _walk(value, name if key in _NEUTRAL else key)


def _is_aside(key: str) -> bool:
    return key in (*_STATES, *_STATUS, *_KIND, *_ASIDE) or bool(_ENDS.fullmatch(key))


def _kind(kind: str, label: str, folded: str) -> RecordKind:
    if kind in set(RecordKind):
        return RecordKind(kind)
    return entries.kind_named(kind) or entries.kind_named(label) or entries.kind_of(folded)


def _state(named: Mapping[str, Any]) -> bool | None:
    """What the names that say so tell, the plainest first."""
    given = [named[key] for key in _STATES if key in named]
    given += [named[key] for key in _STATUS if named.get(key) is not None]
    given += [value for key, value in named.items() if _ENDS.fullmatch(key)]
    for value in given:
        state = True if not isinstance(value, str | bool | int | float | None) else entries.state_of_value(value)
        if state is not None:
            return state
    return None
