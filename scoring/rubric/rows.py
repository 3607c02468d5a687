"""The contexts of labelled lines, as liberal as people write them. Offline: for measuring only."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..tongues import tag_of
from .audiences import audience_by
from .earlier import replies_by, replies_of
from .headings import split_head
from .places import platform_by
from .platforms import UNKNOWN
from .recorded import records_in, records_of, records_told
from .reviews import TEXTS, review_of, text_of
from .sectors import protected_by, protected_in, speaks_of_staff
from .situations import context_of
from .types import Context

Row = dict[str, Any]


def sentence_context(row: Row, check: str) -> Context:
    """The situation that a labelled sentence is judged in."""
    told = row.get("context") or row.get("review") or ""
    language = tag_of(row.get("lang") or row.get("language"))
    language = "" if check == "W09" else language
    if isinstance(told, Mapping):
        context = _with_object(context_of(_as_words(told), check=check, language=language), told, check)
    else:
        words = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
        context = context_of(words, check=check, language=language)
        if not row.get("context"):
            context = replace(context, records=())  # the review is none of the case
        elif isinstance(told, list):
            context = replace(context, records=tuple(one for words in map(str, told) for one in records_told(words)))
        if check == "W08" and words.strip():
            context = replace(context, recent_replies=tuple(replies_of(told)))
    if row.get("case_log"):
        context = replace(context, records=tuple(records_of(row["case_log"])))
    return context


def _as_words(told: Mapping[str, Any]) -> str:
    """What an object says in single values, its review's text left out: "platform: Google; protected: False"."""
    review = told.get("review")
    inner = {key: value for key, value in review.items() if key not in TEXTS} if isinstance(review, Mapping) else {}
    pairs = {**inner, **{key: value for key, value in told.items() if key not in ("review", *TEXTS)}}
    return "; ".join(
        f"{key}: {value}".replace("_", " ")
        for key, value in pairs.items()
        if isinstance(value, str | int | float) and not re.search("repl|template|log|record", key)
    )


def _with_object(context: Context, told: Mapping[str, Any], check: str) -> Context:
    """A situation as an object: the names that are known are used, and the others say what they can as words."""
    review = told.get("review")
    is_protected = protected_by(told, review if isinstance(review, Mapping) else {})
    if is_protected is None:
        is_protected = check == "B03" or context.is_protected_sector
    given = review_of(review, told) if review else review_of({**told, "name": ""})
    if not given.language:
        given = replace(given, language=context.review.language)
    if given.stars is None:
        given = replace(given, is_negative=context.review.is_negative)
    recent, saved = replies_by(told)
    return replace(
        context,
        review=replace(given, author_name=given.author_name or context.review.author_name),
        platform=context.platform if platform_by(told) is UNKNOWN else platform_by(told),
        is_protected_sector=is_protected,
        records=tuple(records_in(told)),
        recent_replies=recent,
        saved_replies=saved,
    )


def draft_context(row: Row) -> Context:
    """The context of a whole draft: its review as text or object, what is on record, and where it will stand."""
    told = row.get("review") or ""
    inner = told if isinstance(told, Mapping) else {}
    given = row.get("context") or ""
    situation = _as_words(given) if isinstance(given, Mapping) else str(given)
    context = context_of(situation) if situation else Context()
    contacts = row.get("own_contacts") or ()
    platform = platform_by(row, inner)
    recent, saved = replies_by(row, inner)
    return replace(
        context,
        audience=audience_by(row, inner) or context.audience,
        review=review_of(told, row),
        platform=context.platform if platform is UNKNOWN else platform,
        language=tag_of(row.get("lang") or row.get("language")),
        is_protected_sector=_is_protected(row, inner, situation),
        records=tuple(records_of(row.get("case_log") or ())),
        own_contacts=tuple(map(str, contacts)) if isinstance(contacts, list) else (),
        recent_replies=recent,
        saved_replies=saved,
    )


def _is_protected(row: Row, review: Mapping[str, Any], situation: str) -> bool:
    """As a key or the situation says, else as the review does: by what it is headed with, or whom it speaks of."""
    text = text_of(row.get("review"))
    for told in (protected_by(row, review), protected_in(situation)):
        if told is not None:
            return told
    head, _ = split_head(text)
    return bool(protected_in(head)) or speaks_of_staff(text)
