"""The contexts of labelled lines, as liberal as people write them. Offline: for measuring only."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .recorded import records_in, records_of, records_told
from .situations import LANGUAGES, context_of, platform_of
from .types import Audience, Context, Review

Row = dict[str, Any]
# Before the text of an earlier answer: "Recent reply: …".
_REPLY = re.compile(
    r"^\W*(?:(?:recent|earlier|last|previous|saved|yesterday\S*)\s+)?(?:reply|answer)[^:]{0,30}:\s*", re.IGNORECASE
)


def sentence_context(row: Row, check: str) -> Context:
    """The situation that a labelled sentence is judged in."""
    told = row.get("context") or row.get("review") or ""
    language = _tag(row.get("lang") or row.get("language"))
    words = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
    context = context_of(words, check=check, language="" if check == "W09" else language)
    if not row.get("context"):
        context = replace(context, records=())  # the review is none of the case
    elif isinstance(told, list):
        context = replace(context, records=tuple(one for words in map(str, told) for one in records_told(words)))
    if isinstance(told, Mapping):
        context = _with_object(context, told)
    elif check == "W08" and words.strip():
        context = replace(context, recent_replies=tuple(_REPLY.sub("", one).strip() for one in words.split(" || ")))
    if row.get("case_log"):
        context = replace(context, records=tuple(records_of(row["case_log"])))
    return context


def _with_object(context: Context, told: Mapping[str, Any]) -> Context:
    """A situation as an object: the names that are known are used, and the others say what they can as words."""
    review = told.get("review")
    if isinstance(review, Mapping):
        context = replace(context, review=_review(review))
    elif isinstance(review, str):
        context = replace(context, review=_review({"text": review}))
    if told.get("platform"):
        context = replace(context, platform=platform_of(str(told["platform"]).lower()))
    context = replace(context, records=tuple(records_in(told)))
    replies = told.get("recent_replies") or ()
    return replace(context, recent_replies=tuple(map(str, replies)) if isinstance(replies, list) else ())


def draft_context(row: Row) -> Context:
    """The context of a whole draft: its review as text or object, what is on record, and where it will stand."""
    told = row.get("review") or ""
    platform = str(row.get("platform") or (told.get("platform") if isinstance(told, Mapping) else "") or "").lower()
    situation = str(row.get("context") or "")
    context = context_of(situation) if situation else Context()
    contacts = row.get("own_contacts") or ()
    sector = f"{row.get('sector') or row.get('trade') or ''}"
    return replace(
        context,
        audience=Audience.PRIVATE if str(row.get("audience", "")).lower() == "private" else context.audience,
        review=_review(told if isinstance(told, Mapping) else {"text": str(told), **_of_review(row)}),
        platform=platform_of(platform) if platform else context.platform,
        language=_tag(row.get("lang") or row.get("language")),
        is_protected_sector=context.is_protected_sector
        or bool(row.get("is_protected_sector", row.get("protected")))
        or context_of(sector).is_protected_sector,
        records=tuple(records_of(row.get("case_log") or ())),
        own_contacts=tuple(map(str, contacts)) if isinstance(contacts, list) else (),
    )


def _of_review(row: Row) -> Row:
    return {
        key: row[key] for key in ("stars", "rating", "author", "author_name", "reviewer", "review_lang") if row.get(key)
    }


def _review(told: Mapping[str, Any]) -> Review:
    raw = told.get("stars", told.get("rating"))
    stars = float(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else None
    text = " ".join(str(told[part]) for part in ("title", "text", "body") if told.get(part))
    return Review(
        text=text,
        language=_tag(told.get("lang") or told.get("language") or told.get("review_lang")),
        author_name=str(
            told.get("author_name") or told.get("author") or told.get("reviewer") or told.get("name") or ""
        ),
        stars=stars,
        is_negative=stars is None or stars <= 3,
        is_failure=stars is None or stars <= 3,
        topics=_strings(told.get("topics")),
        risks=_strings(told.get("risks")),
    )


def _strings(given: Any) -> tuple[str, ...]:
    return tuple(map(str, given)) if isinstance(given, list) else ()


def _tag(given: Any) -> str:
    word = str(given or "").strip().lower()
    return LANGUAGES.get(word, word.split("-")[0].split("_")[0])
