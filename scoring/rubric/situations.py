"""Turn the few words that a labelled text has for its situation into a Context. Offline: for measuring only.

"Tripadvisor", "nothing on file", "refund issued on Monday", "Review in Spanish", "dental practice", "under a report of
injury", or the text of the review itself.
"""

# ruff: noqa: E501 - a pattern broken over lines cannot be searched
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..folding import fold
from .coverage import touched_in
from .platforms import PLATFORMS, UNKNOWN
from .types import Audience, Context, PlatformRules, Record, RecordKind, Review

LANGUAGES = {
    "english": "en", "spanish": "es", "french": "fr", "german": "de", "italian": "it", "portuguese": "pt", "dutch": "nl",
    "polish": "pl", "catalan": "ca", "swedish": "sv", "danish": "da", "czech": "cs", "romanian": "ro", "turkish": "tr",
    "norwegian": "no", "finnish": "fi", "greek": "el", "russian": "ru", "japanese": "ja", "chinese": "zh", "arabic": "ar",
}  # fmt: skip
_PLATFORM_NAMES = {
    "tripadvisor": "tripadvisor", "google play": "googleplay", "play store": "googleplay", "app store": "appstore",
    "apple": "appstore", "google": "google", "yelp": "yelp", "trustpilot": "trustpilot", "thefork": "thefork",
    "foursquare": "foursquare", "facebook": "facebook", "booking.com": "booking",
}  # fmt: skip
_LANGUAGE = re.compile(
    rf"review(?:ed)?(?: is| was| written)? in ({'|'.join(LANGUAGES)})|({'|'.join(LANGUAGES)}) review"
)
_PROTECTED = re.compile(
    r"(?<!\w)(?:protected|dent\w+|doctor\w*|medical|clinic\w*|hospital\w*|practice|pharmac\w+|physio\w*|psych\w+|therap\w+|"
    r"optic\w+|care home|nursing|health\w*|law|lawyer\w*|legal|solicitor\w*|attorney\w*|notary|bank\w*|insur\w+|tax(?!i)|account\w+|"
    r"financ\w+|mortgage|school\w*|kindergarten|nursery|college|universit\w+|tutor\w*|fertility|dermatolog\w+|midwi\w+|"
    r"hearing|debt|vet\w*|zahn\w+|arzt\w*|praxis|klinik|kanzlei|schule|medic\w+|escuela|cl[ií]nica|cabinet|[ée]cole|studio (?:medico|legale|dent\w+|notarile)|scuola)"
)
_OPEN_SECTOR = re.compile(
    r"(?<!\w)(?:not (?:a )?protected|sector (?:flag )?off|restaurant|hotel|shop|bar|cafe|pizzeria)"
)
_ON_FILE = re.compile(
    r"(?<!\w)(?:on file|on record|in the case|logged?|task|note|compensation|refund|offer|contact|call|status|issued|closed|"
    r"done|open|planned|entry|voucher|e-?mail|message|repair\w*|order\w*|talk\w*|meeting|invoice)"
)
_NOT_DONE = re.compile(
    r"(?<!\w)(?:nothing|nobody|no|none|not|never|still|open|undecided|planned|pending|without|only|due|overdue|to do|unassigned|"
    r"in progress|awaiting|awaits|waits|waiting|requested|draft\w*|proposed|empty|booked for|asked for|scheduled|on order|"
    r"to (?:be|begin|start|sign|speak|talk|call|visit|meet|check|decide|confirm)|"
    r"(?:ein)?geplant\w*|angefragt\w*|beantragt\w*|noch|offen\w*|ausstehend\w*|vorgesehen\w*|wartet|bestellt|"
    r"pendientes?|previst[oaei]s?|ningun\w*|solicitad[oa]s?|por (?:confirmar|hacer|revisar|fijar)|falta|aun no|todavia no|"
    r"programad[oa]s?|prevue?s?|demandee?s?|a (?:planifier|faire|fixer|confirmer|verifier|agendar|confirmar)|en attente|"
    r"pas encore|aucune?|da (?:fissare|fare|confermare|verificare)|in attesa|nessun\w*|non ancora|richiest[oaei]|"
    r"programmat[oaei]|pendentes?|por (?:fazer|marcar)|ainda nao|nenhum\w*|encomendad[oa]s?|agendad[oa]s?|aguard\w+|"
    r"gepland|wacht|moet|nog|aangevraagd|(?:za)?planowan\w*|czeka\w*|jeszcze|do (?:zrobienia|ustalenia)|w toku|"
    r"zamowion\w*|brak)(?!\w)"
)
# That nobody picked up makes a call no less made.
_NOT_REACHED = re.compile(
    r"(?:no|without|not) (?:answer\w*|repl\w+|respon\w+|reached)|nobody (?:answer\w*|pick\w*|reach\w*|there|home)|niemand \w+|keine antwort|nicht erreicht|"
    r"sin respuesta|sans reponse|senza risposta|sem resposta|geen (?:antwoord|gehoor)|bez odpowiedzi"
)
_ENDED = re.compile(r"(?<!\w)(?:done|closed|issued|completed|paid|sent)(?!\w)")
_NOT_ENDED = re.compile(rf"(?<!\w)(?:no|not|nothing|never|without|to be)(?: \w+){{0,2}} {_ENDED.pattern}")
_KINDS = (
    (
        RecordKind.OFFER,
        re.compile(r"refund|compensation|offer|voucher|credit|reimburs|money|payment|gift|goodwill|waive|paid"),
    ),
    (
        RecordKind.CONTACT,
        re.compile(
            r"contact|call|phone|rang|mail|message|letter|wrote|spoke (?:to|with) (?:the )?(?:guest|customer|reviewer)|voicemail"
        ),
    ),
    (RecordKind.NOTE, re.compile(r"note|talk|spoke|meeting|discuss|conversation|told|briefed")),
)
_REVIEW_LETTERS = 40  # a longer situation is the review itself
_NEGATION_BEFORE_KIND = re.compile(r"^(?:nothing|no record|empty|none)")


def context_of(words: str, *, check: str = "", language: str = "") -> Context:
    """The context of one labelled text. What is not said is that of an angry review on a platform nobody named."""
    folded = fold(words)
    risks = _risks(folded) if "report of" in folded or "under " in folded[:8] else ()
    is_review = check in ("S01", "S08") or len(words) >= _REVIEW_LETTERS
    found = _LANGUAGE.search(folded)
    return Context(
        audience=Audience.PRIVATE
        if re.search(r"private (?:message|e-?mail|reply)|^private", folded)
        else Audience.PUBLIC,
        review=Review(
            text=words if is_review and not found else "",
            language=LANGUAGES[found.group(1) or found.group(2)] if found else "",
            author_name=_author(words),
            is_negative=not re.search(r"positive review|five[- ]star review|praise", folded),
            risks=risks,
        ),
        platform=platform_of(folded),
        language=language,
        is_protected_sector=bool(_PROTECTED.search(folded)) or (check == "B03" and not _OPEN_SECTOR.search(folded)),
        records=tuple(_of_one_case(words) if check in ("W04", "W06") else records_of(words))
        if not is_review or check in ("W04", "W06")
        else (),
    )


def platform_of(folded: str) -> PlatformRules:
    for name, platform in _PLATFORM_NAMES.items():
        if name in folded:
            return PLATFORMS[platform]
    return UNKNOWN


def _risks(folded: str) -> tuple[str, ...]:
    found = touched_in(folded, ("en",))
    harm = {"safety", "allergy", "self_harm", "discrimination"}
    return tuple(point for point in found if point in harm) or ("safety",)


def _author(words: str) -> str:
    found = re.search(
        r"(?:reviewer|display name|author|signed|name(?:d)?)(?: is|:)? [\"“]?([A-ZÀ-Þ][\w.' -]{1,40})", words
    )
    return found.group(1).strip() if found else ""


def records_of(log: Any) -> Iterator[Record]:
    """Entries of a case: words, a list of words, or objects with "kind", "words" and "done" under any usual name."""
    if isinstance(log, Mapping):
        yield _from_object(log)
    elif isinstance(log, str):
        for part in re.split(r"[;\n]|(?<=[a-z)])\. ", log):
            if _ON_FILE.search(fold(part)):
                yield from _from_words(part)
    elif isinstance(log, Sequence):
        for entry in log:
            if isinstance(entry, str):
                yield from _from_words(entry)
            else:
                yield from records_of(entry)


def _of_one_case(words: str) -> Iterator[Record]:
    """What is done as one entry and what is not as another: "refund paid; talk with the cook planned"."""
    parts = [part.strip() for part in words.split(";")]
    for is_done in (True, False):
        yield from _from_words("; ".join(part for part in parts if _is_done(fold(part)) is is_done))


def _from_words(words: str) -> Iterator[Record]:
    folded = fold(words).strip()
    if not folded or re.match(r"(?:nothing|no |none|empty)", folded):
        return
    yield Record(kind=_kind(folded), words=words.strip(), is_done=_is_done(folded))


def _is_done(folded: str) -> bool:
    told = _NOT_REACHED.sub(" ", folded)
    return not _NOT_DONE.search(told) or bool(_ENDED.search(_NOT_ENDED.sub(" ", told)))


def _from_object(entry: Mapping[str, Any]) -> Record:
    words = " ".join(str(value) for key, value in entry.items() if key not in ("done", "is_done", "kind", "type"))
    kind = fold(str(entry.get("kind") or entry.get("type") or ""))
    state = fold(str(entry.get("status") or entry.get("state") or ""))
    done = entry.get("is_done", entry.get("done"))
    return Record(
        kind=RecordKind(kind) if kind in set(RecordKind) else _kind(f"{kind} {fold(words)}"),
        words=words,
        is_done=bool(done) if done is not None else not _NOT_DONE.search(state),
    )


def _kind(folded: str) -> RecordKind:
    begins = re.match(r"(task|offer|note|contact)\b", folded)
    if begins:
        return RecordKind(begins.group(1))
    return next((kind for kind, words in _KINDS if words.search(folded)), RecordKind.TASK)
