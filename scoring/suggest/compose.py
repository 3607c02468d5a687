"""Compose a draft: read the review, choose what to say, write it within the platform's room."""

from __future__ import annotations

from collections.abc import Sequence

from ..language import UNDETERMINED
from ..text import is_readable
from ..types import Risk
from . import lines, why
from .bank import Bank
from .choice import Chooser, likeness
from .names import greeted, signed
from .phrases import LANGUAGES, bank_of
from .plan import MOST_WORDS, MOST_WORDS_OF_PRAISE, Line, laid_out, room_of, write
from .reading import LEAVES_PATH, Reading, Tone, left_path, read, seems_ironic
from .types import CaseFile, Composed, Contact, Draft, Holding, Keeper, Memory, NoDraft, Review, Why

_SHORT_CHARS = 600  # platforms below have room for what is needed and no more
_LONGEST_ROLE = 40
_ATTEMPTS = 6  # drafts to choose from, so that it is least like the earlier answers
NO_MEMORY = Memory()


def compose(review: Review, case: CaseFile, memory: Memory = NO_MEMORY, *, in_english: bool = False) -> Composed:
    """A draft in the review's language; or who must see the review first; or why there is no draft.

    `in_english`: somebody asked for English, the review being in a language that drafts are not written in.
    """
    language = _language(review, case)
    region = review.language or review.score.language
    known = language if language in LANGUAGES else "en" if in_english else ""
    choosers = [
        Chooser(memory, second=_takes_second(known, region, case), attempt=attempt)
        for attempt in range(_ATTEMPTS if memory.recent else 1)
    ]
    risks, is_threat = left_path(review)
    if risks or is_threat:
        return _holding(known or language, risks, case, choosers[0])
    if not known:
        return NoDraft(why=Why(why.NO_LANGUAGE, {"language": language}), asks_english=True)
    if not signed(case.contact.name):
        return NoDraft(why=Why(why.NO_SIGNER))
    bank = bank_of(known)
    reading = read(review, case, bank)
    if reading.tone is Tone.PRAISE and review.is_failure is None and seems_ironic(review, bank):
        return NoDraft(why=Why(why.IRONY))
    drafts = [_draft(review, case, reading, bank, chooser) for chooser in choosers]
    return min(drafts, key=lambda draft: likeness(draft.text, memory.recent))


def _draft(review: Review, case: CaseFile, reading: Reading, bank: Bank, chooser: Chooser) -> Draft:
    signature = _signature(case.contact, bank)
    is_praise = reading.tone is Tone.PRAISE
    room = room_of(case.platform, signature, words=MOST_WORDS_OF_PRAISE if is_praise else MOST_WORDS)
    is_short = room.chars < _SHORT_CHARS
    greeting = _greeting(review, bank, chooser)
    planned = _lines(reading, case, bank, chooser, greeting=greeting, is_short=is_short)
    written = write(planned, room, chooser, bank.capitals)
    return Draft(
        text=laid_out(written, signature, is_short=room.is_short),
        language=bank.language,
        sentences=tuple(one.sentence() for one in written),
        signature=signature,
        is_negative=not is_praise,
        is_failure=reading.tone in (Tone.FAILURE, Tone.MIXED) and not case.is_protected_sector,
        topics=reading.topics,
    )


def _lines(
    reading: Reading, case: CaseFile, bank: Bank, chooser: Chooser, *, greeting: str, is_short: bool
) -> list[Line]:
    if case.is_protected_sector and reading.tone is not Tone.PRAISE:
        return lines.of_general(reading, case, bank)
    if reading.tone is Tone.PRAISE:
        return lines.of_praise(reading, bank, greeting, is_general=case.is_protected_sector)
    if reading.tone is Tone.WORDLESS:
        return lines.of_wordless(case, bank, greeting)
    if reading.tone is Tone.PREFERENCE:
        return lines.of_preference(reading, case, bank, greeting)
    if is_short:
        return lines.of_failure_in_short(reading, case, bank, chooser)
    return lines.of_failure(reading, case, bank, chooser, greeting)


def _holding(language: str, risks: Sequence[Risk], case: CaseFile, chooser: Chooser) -> Holding:
    keepers = {LEAVES_PATH[risk][1] for risk in risks} or {Keeper.OWNER}
    messages = [Why(why.LEFT_PATH[risk]) for risk in risks] or [Why(why.THREAT)]
    text = ""
    if language in LANGUAGES and signed(case.contact.name):
        bank = bank_of(language)
        signature = _signature(case.contact, bank)
        room = room_of(case.platform, signature, words=MOST_WORDS)
        written = write(lines.of_holding(risks, case, bank), room, chooser, bank.capitals)
        text = laid_out(written, signature, is_short=True)
    return Holding(
        keeper=Keeper.OWNER if Keeper.OWNER in keepers else Keeper.RESPONSIBLE,
        risks=tuple(risks),
        why=tuple(messages),
        text=text,
        language=language,
    )


def _language(review: Review, case: CaseFile) -> str:
    """Primary tag; a review without words, or with too few to tell, is answered in the language of the house."""
    tag = _primary(review.language or review.score.language)
    if tag in ("", UNDETERMINED) or (not review.language and not is_readable(review.text)):
        tag = _primary(case.house_language)
    return tag


def _primary(tag: str) -> str:
    return tag.replace("_", "-").split("-")[0].lower()


def _takes_second(language: str, region: str, case: CaseFile) -> bool:
    """Spanish with tú, Portuguese as in Brazil: the second of two ways to say a thing."""
    if language == "pt":
        return region.replace("_", "-").lower().startswith("pt-br")
    return case.is_informal


def _greeting(review: Review, bank: Bank, chooser: Chooser) -> str:
    name = greeted(review.author_name)
    if name and bank.greetings:
        return chooser.render(chooser.pick("greeting", bank.greetings), {"name": name})
    return chooser.pick("greeting", bank.plain_greetings) if bank.plain_greetings else ""


def _signature(contact: Contact, bank: Bank) -> str:
    words = " ".join(contact.role.split())
    is_fit = bool(words) and len(words) <= _LONGEST_ROLE and all(char.isalpha() or char in " '’-&," for char in words)
    return f"{signed(contact.name)}, {words if is_fit else bank.posts[contact.post]}"
