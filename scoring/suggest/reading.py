"""Read what an answer has to meet: the tone, the complaints with the gravest first, the feeling, what was praised.

Judgements are those of the Score; words of the text only tell them closer.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ..folding import fold
from ..patterns import Words, compile_folded
from ..rubric.coverage import touched_in
from ..rubric.wordings.topics import TOPICS
from ..text import clean, is_readable, split_sentences
from ..types import AngerLevel, Reason, Risk, Topic
from .bank import Bank, Detail, Feeling, Grave, Praised
from .phrases import LANGUAGES, bank_of
from .types import CaseFile, Keeper, Review

_LONGEST = 8_000  # characters of a review that are read for details
_LONGEST_FACTS = 600
_GLAD_STARS = 4.0
_GLAD_TEXT = 3.6  # the stars a text without stars must read like to be praise
_CALM_SENTENCE = 0.3  # a sentence above is no praise, whatever words it holds
_TASTE_STARS = 2.5  # from here a calm text without a complaint tells a preference

# Gravest first: what touches health, dignity or money goes before what costs time or comfort.
_GRAVITY = (
    Topic.HYGIENE, Topic.STAFF, Topic.PRICE, Topic.COMPLAINT_HANDLING, Topic.INFORMATION, Topic.ORDER, Topic.QUALITY,
    Topic.WAITING, Topic.COMFORT, Topic.OTHER,
)  # fmt: skip
DETAIL_TOPIC = {
    Detail.COLD_FOOD: Topic.QUALITY,
    Detail.BROKEN: Topic.QUALITY,
    Detail.BILL: Topic.PRICE,
    Detail.LATE_DELIVERY: Topic.ORDER,
    Detail.WRONG_ITEM: Topic.ORDER,
    Detail.BOOKING: Topic.ORDER,
    Detail.NO_ANSWER: Topic.COMPLAINT_HANDLING,
    Detail.NOISE: Topic.COMFORT,
}
# Matters that leave the normal path, gravest first: what kind, and who must see it.
LEAVES_PATH = {
    Risk.SELF_HARM: (Grave.LIFE, Keeper.RESPONSIBLE),
    Risk.SAFETY: (Grave.HARM, Keeper.RESPONSIBLE),
    Risk.ALLERGY: (Grave.HARM, Keeper.RESPONSIBLE),
    Risk.DISCRIMINATION: (Grave.DIGNITY, Keeper.OWNER),
    Risk.LEGAL: (Grave.PRESSURE, Keeper.OWNER),
    Risk.EXTORTION: (Grave.PRESSURE, Keeper.OWNER),
    Risk.PRESS: (Grave.PRESSURE, Keeper.OWNER),
}
# The feeling as staff write it down, in the languages they do.
_FEELINGS = {
    Feeling.SLIGHTED: compile_folded(
        [
            "ignored", "humiliat", "not (?:taken serious|heard|listened)", "unwelcome", "belittl", "ashamed",
            "embarrass", "left alone", "ignorad", "humill", "menospreci", "avergonz", "ignore", "humilie", "meprise",
            "pas pris au serieux", "ignoriert", "gedemutigt", "nicht ernst", "beschamt", "alleingelassen", "ignorat",
            "umiliat", "humilhad", "genegeerd", "vernederd", "niet serieus", "zignorowan", "upokorz",
        ]
    ),
    Feeling.WORRY: compile_folded(
        [
            "worri", "afraid", "scared", "anxious", "fear", "unsafe", "preocup", "miedo", "asustad", "inquiet",
            "peur", "besorgt", "angst", "verunsichert", "sorge", "preoccup", "paura", "spaventat", "medo", "assustad",
            "bezorgd", "bang", "ongerust", "zaniepokoj", "przestrasz",
        ]
    ),
    Feeling.ANGER: compile_folded(
        [
            "angr", "anger", "furious", "upset", "outrage", "livid", "enfad", "furios", "indignad", "rabia", "colere",
            "en colere", "furieu", "enerve", "fache", "wut", "wutend", "argerlich", "verargert", "zornig", "emport",
            "arrabbiat", "rabbia", "zangad", "irritad", "boos", "woedend", "kwaad", "zly", "zla\\b", "wsciek",
            "oburzon",
        ]
    ),
    Feeling.DISAPPOINTMENT: compile_folded(
        [
            "disappoint", "let down", "sad", "frustrat", "decepcion", "triste", "decu", "desillusion", "enttausch",
            "traurig", "delus", "desilud", "frustrad", "teleurgesteld", "rozczarowan", "zawiedzion",
        ]
    ),
}  # fmt: skip


class Tone(StrEnum):
    PRAISE = "praise"
    MIXED = "mixed"  # praise with a complaint
    FAILURE = "failure"
    PREFERENCE = "preference"  # nothing went wrong, it was not to their liking
    WORDLESS = "wordless"  # few stars and no words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    tone: Tone
    topics: tuple[Topic, ...] = ()  # those confirmed, then the gravest; never empty under a complaint
    confirmed: frozenset[Topic] = frozenset()  # of these the facts tell that a person confirmed
    cause: Topic | None = None  # what the cause is about that a person chose, where the review is about it as well
    details: tuple[Detail, ...] = ()
    feeling: Feeling = Feeling.DISAPPOINTMENT
    is_feeling_confirmed: bool = False
    praised: tuple[Praised, ...] = ()
    risks: frozenset[Risk] = frozenset()


def read(review: Review, case: CaseFile, bank: Bank) -> Reading:
    told = _told_in_facts(case, bank)
    topics = _ordered({score.topic for score in review.score.topics}, case, told)
    tone = _tone(review, topics, bank)
    if tone in (Tone.FAILURE, Tone.MIXED) and set(topics) <= {Topic.OTHER}:
        topics = _ordered(told or set(topics), case, told)
    praised = _praised(review, bank) if tone is not Tone.FAILURE or _may_praise(review) else ()
    if tone is Tone.FAILURE and praised:
        tone = Tone.MIXED
    details = _details(review, case, bank) if tone in (Tone.FAILURE, Tone.MIXED) else ()
    if tone is Tone.FAILURE:
        topics = _ordered({*topics, *(DETAIL_TOPIC[detail] for detail in details)}, case, told)
    if tone in (Tone.FAILURE, Tone.MIXED, Tone.PREFERENCE):
        topics = topics or (Topic.OTHER,)
    confirmed = _confirmed_feeling(case)
    return Reading(
        tone=tone,
        topics=topics,
        confirmed=told & frozenset(topics),
        cause=case.cause if case.cause in topics else None,
        details=details,
        feeling=confirmed or _feeling(review, topics),
        is_feeling_confirmed=confirmed is not None,
        praised=praised,
        risks=frozenset(score.risk for score in review.score.risks),
    )


def left_path(review: Review) -> tuple[tuple[Risk, ...], bool]:
    """The risks that leave the normal path, gravest first, and whether the wording itself threatens."""
    found = {score.risk for score in review.score.risks}
    return tuple(risk for risk in LEAVES_PATH if risk in found), Reason.THREAT in review.score.reasons


def seems_ironic(review: Review, bank: Bank) -> bool:
    """Whether what reads as praise holds words of complaint that nothing takes back: "Five stars for rudeness"."""
    words = fold(clean(review.text[:_LONGEST]))
    patterns = (bank.bitter_words, *bank.detail_words.values())
    found = (match for pattern in patterns for match in _words(pattern).finditer(words))
    return any(not _words(bank.not_words).search(words, max(0, match.start() - 25), match.start()) for match in found)


def _told_in_facts(case: CaseFile, bank: Bank) -> frozenset[Topic]:
    """What the facts are about that a person confirmed, written in the guest's language or in that of the house.

    Words alone say little and touch much: they put in order what was found, and stand in for it where nothing was.
    """
    folded = fold(case.facts[:_LONGEST_FACTS])
    if not folded.strip():
        return frozenset()
    languages = tuple(tag for tag in dict.fromkeys((bank.language, _tag(case.house_language))) if tag in TOPICS)
    named = frozenset(touched_in(folded, languages))
    return frozenset(topic for topic in Topic if topic in named)


def _tag(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


def _ordered(found: Set[Topic], case: CaseFile, told: frozenset[Topic]) -> tuple[Topic, ...]:
    """The cause that a person chose, then what a person confirmed, each time the gravest first.

    "Other" only where there is nothing else. A cause is the view of the house: what the guest did not complain of is
    no complaint for it.
    """
    known = found - {Topic.OTHER} or found
    ordered = sorted((topic for topic in _GRAVITY if topic in known), key=lambda topic: topic not in told)
    if case.cause is not None and case.cause in ordered:
        ordered = [case.cause, *(topic for topic in ordered if topic is not case.cause)]
    return tuple(ordered)


def _tone(review: Review, topics: tuple[Topic, ...], bank: Bank) -> Tone:
    score = review.score
    is_glad = (review.stars >= _GLAD_STARS) if review.stars is not None else score.sentiment >= _GLAD_TEXT
    if not is_readable(review.text):
        return Tone.PRAISE if is_glad or review.stars is None else Tone.WORDLESS
    if review.is_failure is False:
        return Tone.PRAISE if is_glad and not topics else Tone.PREFERENCE
    if _is_angry(review):
        return Tone.FAILURE
    if is_glad:
        is_whole = score.anger_level is AngerLevel.CALM and not topics and not review.is_failure
        return Tone.PRAISE if is_whole else Tone.MIXED
    stars = review.stars if review.stars is not None else score.sentiment
    says_taste = bool(_words(bank.taste_words).search(fold(clean(review.text[:_LONGEST]))))
    is_taste = _is_calm(review) and stars >= _TASTE_STARS and (says_taste or not topics)
    return Tone.PREFERENCE if is_taste and not review.is_failure else Tone.FAILURE


def _is_calm(review: Review) -> bool:
    return review.score.anger_level is AngerLevel.CALM and not review.score.risks


def _is_angry(review: Review) -> bool:
    """Angry, or praise turned round: then words of praise are none."""
    return review.score.anger_level.rank >= AngerLevel.ANGRY.rank or Reason.PRAISE_TURNED_AROUND in review.score.reasons


def _may_praise(review: Review) -> bool:
    return not _is_angry(review) and (review.stars is None or review.stars >= 3)


def _feeling(review: Review, topics: tuple[Topic, ...]) -> Feeling:
    level = review.score.anger_level
    if level is not AngerLevel.CALM and topics and topics[0] in (Topic.STAFF, Topic.COMPLAINT_HANDLING):
        return Feeling.SLIGHTED
    return Feeling.ANGER if level.rank >= AngerLevel.ANGRY.rank else Feeling.DISAPPOINTMENT


def _confirmed_feeling(case: CaseFile) -> Feeling | None:
    words = fold(case.feeling[:600])
    return next((feeling for feeling, pattern in _FEELINGS.items() if pattern.search(words)), None)


def _details(review: Review, case: CaseFile, bank: Bank) -> tuple[Detail, ...]:
    """Those of the confirmed facts first, then what the review tells beyond them."""
    facts = fold(clean(case.facts[:_LONGEST_FACTS]))
    house = bank_of(_tag(case.house_language)) if _tag(case.house_language) in LANGUAGES else bank
    told = [detail for one in (bank, house) for detail in _detailed(facts, one)]
    return tuple(dict.fromkeys([*told, *_detailed(fold(clean(review.text[:_LONGEST])), bank)]))


def _detailed(folded: str, bank: Bank) -> list[Detail]:
    return [detail for detail, pattern in bank.detail_words.items() if _words(pattern).search(folded)]


def _praised(review: Review, bank: Bank) -> tuple[Praised, ...]:
    """What stands with a good word in a sentence that is calm and turns nothing round."""
    text = clean(review.text[:_LONGEST])
    found = set()
    for start, end in split_sentences(text):
        words = fold(text[start:end])
        is_angry = any(
            one.anger > _CALM_SENTENCE and one.start < end and start < one.end for one in review.score.sentences
        )
        if is_angry or not _words(bank.good_words).search(words) or _words(bank.not_words).search(words):
            continue
        found |= {praised for praised, pattern in bank.praised_words.items() if _words(pattern).search(words)}
    return tuple(praised for praised in Praised if praised in found)[:2]


@lru_cache(maxsize=512)
def _words(pattern: str) -> Words:
    return compile_folded([pattern], then=r"(?!\w)")
