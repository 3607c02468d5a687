"""What an answer says, sentence by sentence, for each tone of a review. What it says it with is the bank's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..types import Risk, Topic
from . import why
from .bank import Bank, Detail, Grave, Phrases, RouteKind, StepKind
from .choice import Chooser
from .names import address, signed
from .plan import NEEDED, Line
from .reading import DETAIL_TOPIC, LEAVES_PATH, Reading, Tone
from .steps import promised_by, steps_on_record
from .types import CaseFile, Part, Route, Why

_WHOLE = 2  # so many complaints have a sentence of their own; the further ones share one
_MOST_NAMED = 5


def of_failure(reading: Reading, case: CaseFile, bank: Bank, chooser: Chooser, greeting: str) -> list[Line]:
    """The complaint told and then apologised for, or the apology naming it: the seed decides."""
    first = reading.topics[0]
    names_it = chooser.lot("shape") % 3 == 0 and not _of_topic(reading, first)
    others = list(_complaints(reading, bank, reading.topics[1:_WHOLE]))
    if names_it:
        middle = [_apology(first, bank), _ownership(bank.ownership[first], first), *others, _feeling(reading, bank)]
    else:
        owned = bank.owned if others else (*bank.ownership[first], *bank.owned)
        told = [*_complaints(reading, bank, (first,)), *others]
        middle = [*told, _feeling(reading, bank), _apologise(first, bank.sorry), _ownership(owned, first)]
    return [
        _opening(reading, bank, greeting, chooser, is_named_next=names_it),
        *middle,
        *_also(bank, reading.topics[_WHOLE:_MOST_NAMED]),
        *_asked(reading, case, bank),
        *_next(case, bank),
    ]


def of_failure_in_short(reading: Reading, case: CaseFile, bank: Bank, chooser: Chooser) -> list[Line]:
    """For platforms with room for a few lines: what happened stands first, and the further points come last."""
    first = reading.topics[0]
    start = _start_in_short(reading, bank, chooser)
    sorry = {Part.OPENING: [_apology(first, bank)], Part.COMPLAINT: [_apologise(first, bank.sorry)]}
    return [
        start,
        *sorry.get(start.part, []),
        *_also(bank, reading.topics[1:_MOST_NAMED]),
        _feeling(reading, bank, spare=1),
        _ownership(bank.owned, first),
        *_asked(reading, case, bank),
        _route(case, bank),
    ]


def of_preference(reading: Reading, case: CaseFile, bank: Bank, greeting: str) -> list[Line]:
    topics = tuple(topic for topic in reading.topics[:_MOST_NAMED] if topic is not Topic.OTHER)
    taken_up = Line(
        part=Part.PREFERENCE,
        phrases=bank.preference,
        slots={"matter": _named(topics, bank, bank.general_matters)},
        why=Why(why.PREFERENCE, _values(topics)),
        built_from=_from_topics(topics),
    )
    return [
        Line(part=Part.OPENING, phrases=bank.openings, why=Why(why.OPENING), greeting=greeting),
        *([taken_up] if topics else []),
        Line(part=Part.FEELING, phrases=bank.understood, why=Why(why.UNDERSTOOD), spare=1),
        *_asked(reading, case, bank),
        _invite(bank),
        _route(case, bank),
    ]


def of_wordless(case: CaseFile, bank: Bank, greeting: str) -> list[Line]:
    return [
        Line(part=Part.OPENING, phrases=bank.wordless, why=Why(why.WORDLESS), greeting=greeting, built_from=("stars",)),
        Line(part=Part.FEELING, phrases=bank.ask, why=Why(why.ASK)),
        _invite(bank),
        _route(case, bank),
    ]


def of_praise(reading: Reading, bank: Bank, greeting: str, *, is_general: bool) -> list[Line]:
    """Short. In a sector that may confirm nothing, it names nothing and looks forward to nobody."""
    openings = bank.praise
    opening = Line(part=Part.OPENING, phrases=openings, why=Why(why.PRAISE), greeting=greeting)
    more = Line(part=Part.PRAISE, phrases=bank.praise_more, why=Why(why.PRAISE_MORE), spare=1)
    close = Line(part=Part.CLOSE, phrases=bank.praise_close, why=Why(why.PRAISE_CLOSE), spare=2)
    if is_general:
        general = Line(part=Part.OPENING, phrases=bank.general, why=Why(why.GENERAL))
        return [general, more]
    if not reading.praised:
        return [opening, more, close]
    named = Line(
        part=Part.PRAISE,
        phrases=bank.praise_praised,
        slots={"praised": bank.conjunction.join(bank.praised[one] for one in reading.praised)},
        why=Why(why.PRAISED, {"praised": ", ".join(reading.praised)}),
        built_from=tuple(f"praised:{one}" for one in reading.praised),
    )
    return [opening, named, more, close]


def of_general(reading: Reading, case: CaseFile, bank: Bank) -> list[Line]:
    """Nothing that confirms that the writer was ever here."""
    kind, at = _allowed(case)
    person, way = signed(case.contact.name), bank.ways[kind].replace("{address}", at)
    known = [topic for topic in reading.topics if topic is not Topic.OTHER]
    topic = known[0] if known else Topic.PRICE if Risk.REFUND in reading.risks else Topic.OTHER
    named = bank.general_matters[topic]
    general = Why(why.GENERAL)
    built_from = ("setting:protected_sector",)
    return [
        Line(part=Part.OPENING, phrases=bank.general, why=general, built_from=built_from, spare=2),
        Line(part=Part.GENERAL, phrases=bank.general_matter, slots={"matter": named}, why=general,
             built_from=built_from),
        Line(part=Part.GENERAL, phrases=bank.general_private, why=general, built_from=built_from, spare=1),
        Line(part=Part.ROUTE, phrases=bank.general_route, slots={"person": person, "way": way},
             why=_route_why(case, kind), built_from=("setting:contact",)),
    ]  # fmt: skip


def of_holding(risks: Sequence[Risk], case: CaseFile, bank: Bank) -> list[Line]:
    grave = LEAVES_PATH[risks[0]][0] if risks else Grave.PRESSURE
    built_from = tuple(f"risk:{risk}" for risk in risks)
    route = _route(case, bank)
    return [
        Line(part=Part.HOLDING, phrases=bank.holding[grave], why=Why(why.HOLDING), built_from=built_from),
        replace(route, phrases=route.phrases[:1]),  # the others say that the writer can decide: not yet
    ]


# -- single sentences --------------------------------------------------------------------------------------------------
def _opening(reading: Reading, bank: Bank, greeting: str, chooser: Chooser, *, is_named_next: bool) -> Line:
    """Of a mixed review one that thanks for both, unless it was used lately.

    `is_named_next`: the next sentence names the complaint as well, and twice is once too often.
    """
    named = reading.topics[:1]
    slots = {"matter": _named(named, bank)}
    message = why.OPENING_MATTER
    phrases = bank.openings if is_named_next else (*bank.openings, *bank.openings_matter)
    if reading.tone is Tone.MIXED:
        mixed = bank.mixed_praised if reading.praised else bank.mixed
        slots["praised"] = bank.conjunction.join(bank.praised[one] for one in reading.praised)
        if fresh := tuple(phrase for phrase in mixed if not chooser.staleness(phrase)):
            phrases, message = fresh, why.OPENING_MIXED
    chosen = chooser.pick(Part.OPENING, phrases)
    if "{" not in chosen:
        message = why.OPENING
    return Line(
        part=Part.OPENING,
        phrases=(chosen,),
        slots=slots,
        why=Why(message, _values(named)),
        built_from=_from_topics(named) if "{" in chosen else (),
        greeting=greeting,
        spare=1,
    )


def _start_in_short(reading: Reading, bank: Bank, chooser: Chooser) -> Line:
    """Where there is no room for an opening, the first sentence opens: one that the last ten answers did without."""
    first = reading.topics[0]
    (complaint,) = _complaints(reading, bank, (first,))
    chosen = chooser.opener((*bank.apologies[first], *complaint.phrases, *bank.openings_matter))
    if chosen in bank.openings_matter:
        told, named = Why(why.OPENING_MATTER, _values((first,))), {"matter": _named((first,), bank)}
        built_from = _from_topics((first,))
        return Line(part=Part.OPENING, phrases=(chosen,), slots=named, why=told, built_from=built_from)
    line = complaint if chosen in complaint.phrases else _apology(first, bank)
    return replace(line, phrases=(chosen,))


def _complaints(reading: Reading, bank: Bank, topics: Sequence[Topic]) -> Iterator[Line]:
    for topic in topics:
        spare = NEEDED if topic is reading.topics[0] else 6
        detail = _of_topic(reading, topic)
        if detail is None:
            told, phrases = Why(why.COMPLAINT, {"topic": topic}), bank.complaints[topic]
        else:
            told, phrases = Why(why.DETAIL, {"topic": topic, "detail": detail}), bank.details[detail]
        built_from = (f"topic:{topic}", *((f"detail:{detail}",) if detail else ()))
        if topic in reading.confirmed:
            told, built_from = Why(why.CONFIRMED, {"topic": topic}), (*built_from, "gist:facts")
        elif topic is reading.cause:
            told, built_from = Why(why.CAUSE, {"topic": topic}), (*built_from, "case:cause")
        yield Line(part=Part.COMPLAINT, phrases=phrases, why=told, built_from=built_from, spare=spare)


def _of_topic(reading: Reading, topic: Topic) -> Detail | None:
    return next((detail for detail in reading.details if DETAIL_TOPIC[detail] is topic), None)


def _feeling(reading: Reading, bank: Bank, *, spare: int = NEEDED) -> Line:
    message = why.FEELING_CONFIRMED if reading.is_feeling_confirmed else why.FEELING_READ
    return Line(
        part=Part.FEELING,
        phrases=bank.feelings[reading.feeling],
        why=Why(message, {"feeling": reading.feeling}),
        built_from=("gist:feeling",) if reading.is_feeling_confirmed else ("score:anger",),
        spare=spare,
    )


def _apology(topic: Topic, bank: Bank) -> Line:
    return _apologise(topic, bank.apologies[topic])


def _apologise(topic: Topic, phrases: Phrases) -> Line:
    told = Why(why.APOLOGY, {"topic": topic})
    return Line(part=Part.APOLOGY, phrases=phrases, why=told, built_from=(f"topic:{topic}",))


def _ownership(phrases: Phrases, topic: Topic) -> Line:
    return Line(part=Part.OWNERSHIP, phrases=phrases, why=Why(why.OWNERSHIP), built_from=(f"topic:{topic}",))


def _also(bank: Bank, topics: Sequence[Topic]) -> Iterator[Line]:
    if topics:
        yield Line(
            part=Part.ALSO,
            phrases=bank.also,
            slots={"matter": _named(topics, bank)},
            why=Why(why.ALSO, _values(topics)),
            built_from=_from_topics(topics),
            spare=4,
        )


def _asked(reading: Reading, case: CaseFile, bank: Bank) -> Iterator[Line]:
    if Risk.REFUND in reading.risks:
        phrases, message = (bank.refund_policy, why.REFUND_POLICY) if case.has_policy else (bank.refund, why.REFUND)
        built_from = ("risk:refund", *(("setting:policy",) if case.has_policy else ()))
        is_all = set(reading.topics) <= {Topic.OTHER}
        spare = NEEDED if is_all else 2
        yield Line(part=Part.REFUND, phrases=phrases, why=Why(message), built_from=built_from, spare=spare)
    if Risk.CHURN in reading.risks:
        yield Line(part=Part.CHURN, phrases=bank.churn, why=Why(why.CHURN), built_from=("risk:churn",), spare=7)


def _next(case: CaseFile, bank: Bank) -> list[Line]:
    """What was done and what stands as a task, else a wish; and the way to a person. A paragraph of its own."""
    some = [
        replace(
            _done(kind, bank) if is_done else _planned(kind, case, bank),
            spare=3 if at == 0 else 8,
            opens_paragraph=at == 0,
        )
        for at, (kind, is_done) in enumerate(steps_on_record(case.records))
    ]
    if not some:
        some = [Line(part=Part.WISH, phrases=bank.wants, why=Why(why.WISH), spare=5, opens_paragraph=True)]
    return [*some, _route(case, bank)]


def _done(kind: StepKind, bank: Bank) -> Line:
    told = Why(why.DONE, {"step": kind})
    return Line(part=Part.STEP, phrases=bank.done[kind], why=told, built_from=(f"record:{kind}",))


def _planned(kind: StepKind, case: CaseFile, bank: Bank) -> Line:
    """With its day, where it was promised by one."""
    day = promised_by(case.records, kind, case.today) if case.today else None
    built_from = (f"record:{kind}",)
    if day is None:
        told = Why(why.PLANNED, {"step": kind})
        return Line(part=Part.STEP, phrases=bank.planned[kind], why=told, built_from=built_from)
    told = Why(why.PROMISED, {"step": kind, "day": day.isoformat()})
    slots = {"day": bank.dated(day)}
    return Line(part=Part.STEP, phrases=bank.planned_by[kind], slots=slots, why=told, built_from=built_from)


def _invite(bank: Bank) -> Line:
    return Line(part=Part.WISH, phrases=bank.invite, why=Why(why.INVITE), spare=2)


def _route(case: CaseFile, bank: Bank) -> Line:
    kind, at = _allowed(case)
    return Line(
        part=Part.ROUTE,
        phrases=bank.routes[kind],
        slots={"address": at, "person": signed(case.contact.name)},
        why=_route_why(case, kind),
        built_from=("setting:contact", f"platform:{case.platform.name or 'unknown'}"),
    )


def _route_why(case: CaseFile, kind: RouteKind) -> Why:
    is_first = not case.contact.routes or case.contact.routes[0].kind is kind
    return Why(why.ROUTE if is_first else why.ROUTE_CHANGED, {"name": signed(case.contact.name)})


def _allowed(case: CaseFile) -> tuple[RouteKind, str]:
    """The first way that the platform lets an answer name; whatever the page shows fits everywhere."""
    return next(filter(None, (_fit(route, case) for route in case.contact.routes)), (RouteKind.PAGE, ""))


def _fit(route: Route, case: CaseFile) -> tuple[RouteKind, str] | None:
    rules = case.platform
    forbidden = {RouteKind.MAIL: rules.mail_addresses is False, RouteKind.PHONE: rules.phone_numbers is False}
    if route.kind not in forbidden:
        return route.kind, ""
    at = address(route.address)
    return (route.kind, at) if at and not forbidden[route.kind] else None


def _named(topics: Sequence[Topic], bank: Bank, matters: Mapping[Topic, str] | None = None) -> str:
    words = [(matters or bank.matters)[topic] for topic in topics]
    return bank.conjunction.join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def _values(topics: Sequence[Topic]) -> dict[str, str]:
    return {"topics": ", ".join(topics)}


def _from_topics(topics: Sequence[Topic]) -> tuple[str, ...]:
    return tuple(f"topic:{topic}" for topic in topics)
