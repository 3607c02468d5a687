"""Everything that happened to a case, in sentences, oldest first, under a heading for each day of the place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from babel.dates import format_date, format_time
from markupsafe import Markup, escape

from db.acting import Event
from db.contacts import ContactRow
from db.holds import LIFTED as HOLD_LIFTED
from db.holds import PLACED as HOLD_PLACED
from db.mentions import find_mentions
from db.models import BY_HAND
from db.notes import NoteRow
from db.people import Named
from db.queries.case_work import EventRow
from db.queries.reviews import ReviewDetail
from db.redrafts import REDRAFT_ASKED
from db.reminders import REMINDED
from db.wording import cut

from .direct_words import SPOKE, WROTE, direct_event
from .filters import Instant, clock_or_date, in_words, percent, when, zone
from .follow_words import follow_event
from .i18n import N_, current_locale, gettext
from .labels import STAGES, label
from .offer_words import event_words
from .rows import level_words
from .rule_words import words_of_event
from .shown import one_line, shown

# What a person did. Facts of the event fill the holes; those that are moments are written as such.
SENTENCES: dict[str, str] = {
    Event.SNOOZED: N_("%(who)s put it off until %(until)s"),
    Event.APPROVAL_ASKED: N_("%(who)s asked not to pursue it"),
    Event.APPROVED: N_("%(who)s agreed not to pursue it"),
    Event.SENT_BACK: N_("%(who)s wants it pursued"),
    Event.WITHDRAWN: N_("%(who)s no longer asks to let it go"),
    Event.TAGGED: N_("%(who)s tagged it “%(name)s”"),
    Event.UNTAGGED: N_("%(who)s took the tag “%(name)s” off"),
    Event.NOT_US: N_("%(who)s put it aside: it is about somebody else"),
    Event.ABOUT_US: N_("%(who)s says that it is about us after all"),
    HOLD_PLACED: N_("%(who)s keeps this case for a legal reason"),
    HOLD_LIFTED: N_("%(who)s lifted the legal reason to keep it"),
    REDRAFT_ASKED: N_("%(who)s sent review and draft, with names masked, to the model at %(host)s"),
}
# Of answers: those with a doer, and those that Amends itself did or saw.
ANSWERS: dict[str, str] = {
    "reply_submitted": N_("%(who)s submitted an answer"),
    "reply_approved": N_("%(who)s approved the answer"),
    "reply_sent_back": N_("%(who)s sent the answer back"),
    "reply_taken_back": N_("%(who)s took the answer back"),
    "reply_held": N_("%(who)s had the answer posted"),
    "reply_stopped": N_("%(who)s stopped the posting"),
    "reply_anew": N_("%(who)s began another answer"),
    "reply_posted": N_("%(who)s posted the answer"),
}
ANSWERS_ALONE: dict[str, str] = {
    "reply_posting": N_("The answer is being posted"),
    "reply_posted": N_("The answer was posted"),
    "reply_put_off": N_("Posting was put off"),
    "reply_unsure": N_("Nobody knows yet whether the answer arrived"),
    "reply_failed": N_("The answer could not be posted"),
    "reply_live": N_("The answer was seen at the source"),
    "reply_rejected": N_("The platform refused the answer"),
    "reply_other": N_("The source shows another answer than ours"),
    "reply_unseen": N_("Two readings have not seen the answer"),
    "reply_told": N_("The answer counts as given: readings of this source show none"),
}
# By whether it is angry, and None where somebody took their own word back.
JUDGED = {
    True: N_("%(who)s says that it is angry"),
    False: N_("%(who)s says that it is not angry"),
    None: N_("%(who)s took their word on its anger back"),
}
STAGE_SENTENCES = {
    "todo": N_("%(who)s set it back to do"),
    "waiting": N_("%(who)s waits for the guest"),
    "done": N_("%(who)s set it to done"),
}
WOKEN = {
    "": N_("It came back: its time had come"),
    "reply": N_("It came back: the reply at the source changed"),
    "edit": N_("It came back: the guest changed the review"),
    "author": N_("It came back: the guest has written again"),
}
TAKEN_BACK = {
    Event.ASSIGNED: N_("whose it is"),
    Event.STAGE: N_("its state"),
    Event.SNOOZED: N_("the snooze"),
    Event.WOKEN: N_("waking it"),
    Event.APPROVAL_ASKED: N_("the question whether to let it go"),
    Event.APPROVED: N_("the agreement to let it go"),
    Event.SENT_BACK: N_("the wish to pursue it"),
    Event.WITHDRAWN: N_("the end of that question"),
    Event.TAGGED: N_("a tag"),
    Event.UNTAGGED: N_("the removal of a tag"),
    Event.JUDGED: N_("the word on its anger"),
    Event.CAUSE: N_("its cause"),
    Event.FOLLOW_UP_SET: N_("a day to ask the customer"),
    Event.FOLLOWED_UP: N_("what came of asking the customer"),
    Event.FOLLOW_UP_REOPENED: N_("that the customer is to be asked again"),
}
REPLY_SEEN = {
    "seen": N_("Your reply was first seen at the source"),
    "changed": N_("Your reply was changed at the source"),
    "gone": N_("Your reply was no longer shown at the source"),
}
MOMENTS = frozenset({"until", "due_at"})
LATEST = 3  # of the last things that happened are told above all of them
QUOTED = 120  # letters; the style sheet cuts them at the end of a line


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """A note as it stands on the page."""

    id: int
    version: int
    writer: str
    body: str  # as it was typed
    words: Markup
    is_mine: bool
    is_new: bool  # names whoever reads, who sees it for the first time
    is_edited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened."""

    at: datetime
    clock: str  # empty where only the day is known
    machine: str
    words: Markup
    kind: str  # a class of the style sheet: person, source or note
    quote: str = ""  # what somebody gave as a reason
    anchor: str = ""  # where on the page there is more
    note: NoteView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """One of the last things that happened, in one line."""

    at: Instant
    words: Markup
    quote: str  # the beginning of a note or of a reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    heading: str
    entries: tuple[Entry, ...]


def timeline(
    detail: ReviewDetail,
    events: Sequence[EventRow],
    notes: Sequence[NoteRow],
    contacts: Sequence[ContactRow],
    people: Sequence[Named],
    *,
    reader_id: int,
    now: datetime,
) -> tuple[Day, ...]:
    """All of it. `people` are those who may be named in notes."""
    entries = [
        *_of_source(detail),
        *(_of_event(event, detail.timezone, now=now) for event in events),
        *(_of_contact(contact, detail.timezone) for contact in contacts),
        *(_of_note(note, people, detail.timezone, reader_id=reader_id) for note in notes),
    ]
    entries.sort(key=lambda entry: entry.at)
    there = zone(detail.timezone)
    by_day = groupby(entries, key=lambda entry: entry.at.astimezone(there if entry.clock else UTC).date())
    return tuple(Day(heading=_heading(day), entries=tuple(some)) for day, some in by_day)


def of_customer(
    detail: ReviewDetail, events: Sequence[EventRow], contacts: Sequence[ContactRow], *, now: datetime
) -> list[Entry]:
    """What happened in one case as far as it tells of its customer, the oldest first."""
    entries = [
        *(entry for entry in _of_source(detail) if entry.anchor in ("who", "versions-head", "reply-head")),
        *(_of_event(event, detail.timezone, now=now) for event in events),
        *(_of_contact(contact, detail.timezone) for contact in contacts),
    ]
    return sorted(entries, key=lambda entry: entry.at)


def since(days: Iterable[Day], moment: datetime) -> list[Entry]:
    """What happened from this moment on."""
    return [entry for day in days for entry in day.entries if entry.at >= moment and entry.clock]


def latest(days: Sequence[Day], *, timezone: str, now: datetime) -> tuple[Latest, ...]:
    """The last few, newest first."""
    entries = [entry for day in days for entry in day.entries][: -LATEST - 1 : -1]
    return tuple(
        Latest(
            at=when(entry.at, now=now, timezone=timezone, precision="instant" if entry.clock else "day"),
            words=entry.words,
            quote=cut(one_line(entry.note.body if entry.note else entry.quote), QUOTED),
        )
        for entry in entries
    )


def note_words(body: str, people: Sequence[Named]) -> Markup:
    """A note with the names that are meant set apart."""
    parts: list[Markup] = []
    at = 0
    for found in find_mentions(body, people):
        parts.append(escape(shown(body[at : found.start])))
        kind = "mention" if len(found.people) == 1 else "mention-unclear"
        words = Markup('<span class="{}">{}</span>').format(kind, shown(body[found.start : found.end]))
        parts.append(words)
        at = found.end
    return Markup("").join([*parts, escape(shown(body[at:]))])


def _heading(day: Any) -> str:
    return format_date(day, "full", locale=current_locale())


def _of_event(event: EventRow, timezone: str, *, now: datetime) -> Entry:
    words = _event_words(event, timezone, now=now)
    if event.facts.get("via"):
        words += Markup(" ") + _sentence(N_("(a program did it, by the token “%(token)s”)"), token=event.facts["via"])
    return _entry(
        event.happened_at,
        timezone,
        words,
        kind="person" if event.person_name else "source",
        quote=one_line(str(event.facts.get("reason") or event.facts.get("lift") or "")),
    )


def _event_words(event: EventRow, timezone: str, *, now: datetime) -> Markup:
    facts, who = dict(event.facts), event.person_name or gettext("Somebody")
    for name in MOMENTS & facts.keys():
        facts[name] = clock_or_date(datetime.fromisoformat(facts[name]), now=now, timezone=timezone)
    if (direct := direct_event(event.kind, facts)) is not None:
        return _sentence(direct[0], who=who, **direct[1])
    if (followed := follow_event(event.kind, facts)) is not None:
        return _sentence(followed[0], who=who, **followed[1])
    if event.kind == Event.ASSIGNED and facts.get("rule"):
        rule = words_of_event(facts["rule"])
        whom, absent = facts.get("to_name") or "", facts.get("for")
        if absent:
            phrase = N_("Assigned to %(whom)s, who stands in for %(absent)s, by the rule “%(rule)s”")
            return _sentence(phrase, whom=whom, absent=absent, rule=rule)
        return _sentence(N_("Assigned to %(whom)s by the rule “%(rule)s”"), whom=whom, rule=rule)
    if event.kind == Event.ASSIGNED and facts.get("answer") and not event.person_name:
        phrase = N_("Assigned to %(whom)s, who had submitted the answer")
        return _sentence(phrase, whom=facts.get("to_name") or "")
    if event.kind == Event.ASSIGNED:
        if facts.get("to_id") is None:
            return _sentence(N_("%(who)s assigned it to nobody"), who=who)
        if facts["to_id"] == event.person_id:
            return _sentence(N_("%(who)s took it"), who=who)
        return _sentence(N_("%(who)s gave it to %(whom)s"), who=who, whom=facts.get("to_name") or "")
    if event.kind == Event.STAGE:
        words = _sentence(STAGE_SENTENCES.get(str(facts.get("stage")), label(STAGES, facts.get("stage"))), who=who)
        if facts.get("follow_up_at"):
            day = datetime.fromisoformat(facts["follow_up_at"]).astimezone(zone(timezone)).date()
            words += Markup(". ") + _sentence(N_("To be asked again on %(day)s"), day=in_words(day))
        return words
    if event.kind == "reply_submitted" and facts.get("free"):
        return _sentence(N_("%(who)s answers with an approved saved reply"), who=who)
    if event.kind in ANSWERS and event.person_name:
        return _sentence(ANSWERS[event.kind], who=who)
    if event.kind in ANSWERS_ALONE:
        return _sentence(ANSWERS_ALONE[event.kind])
    if event.kind == Event.WOKEN:
        if facts.get("by_hand"):
            return _sentence(N_("%(who)s brought it back"), who=who)
        return _sentence(WOKEN.get(str(facts.get("why") or ""), WOKEN[""]))
    if event.kind == Event.ESCALATED:
        return _escalated(facts)
    if event.kind == REMINDED:
        return _sentence(N_("%(names)s heard that the answer waits"), names=", ".join(facts.get("names") or []))
    if event.kind == Event.JUDGED:
        return _sentence(JUDGED[facts.get("is_angry")], who=who)
    if event.kind == Event.CAUSE:
        if not facts.get("name"):
            return _sentence(N_("%(who)s took the cause away"), who=who)
        return _sentence(N_("%(who)s chose the cause “%(name)s”"), who=who, name=facts["name"])
    if (offered := event_words(event.kind, who, facts)) is not None:
        return offered
    if event.kind == Event.UNDONE:
        what = label({str(kind): words for kind, words in TAKEN_BACK.items()}, str(facts.get("kind")))
        return _sentence(N_("%(who)s took back: %(what)s"), who=who, what=what)
    return _sentence(SENTENCES.get(event.kind, event.kind.replace("_", " ")), who=who, **facts)


def _escalated(facts: Mapping[str, Any]) -> Markup:
    names = ", ".join(facts.get("names") or []) or gettext("nobody")
    if facts.get("over_min"):
        return _sentence(N_("The answer is overdue: %(names)s heard of it"), names=names)
    if facts.get("percent") == 100:
        return _sentence(N_("The time for an answer ran out: %(names)s heard of it"), names=names)
    share = percent((facts.get("percent") or 0) / 100)
    return _sentence(N_("%(share)s of the time for an answer is used: %(names)s heard of it"), share=share, names=names)


def _of_source(detail: ReviewDetail) -> list[Entry]:
    timezone = detail.timezone
    found: list[Entry] = []

    def add(at: datetime | None, phrase: str, *, anchor: str = "", is_day: bool = False, **names: str) -> None:
        if at is not None:
            words = _sentence(phrase, **names)
            found.append(_entry(at, timezone, words, kind="source", anchor=anchor, is_day=is_day))

    is_told = detail.platform == BY_HAND  # that it was taken is told by whoever took it
    if detail.published_precision in ("instant", "day") and not is_told:
        is_day = detail.published_precision == "day"
        add(detail.published_at, N_("The guest wrote the review"), anchor="who", is_day=is_day)
    if not is_told:
        add(detail.first_seen_at, N_("First seen at %(source)s"), source=detail.source_name)
    if detail.anger_level:
        level = level_words(detail.anger_level)
        add(detail.scored_at, N_("Judged: %(level)s"), level=level.lower(), anchor="judgement")
    for revision in detail.revisions:
        add(revision.replaced_at, N_("The guest changed the review"), anchor="versions-head")
    if detail.reply_event in REPLY_SEEN:
        add(detail.reply_event_at, REPLY_SEEN[detail.reply_event])
    if detail.reply_body:
        add(detail.reply_published_at, N_("Answered in public"), anchor="reply-head")
    add(detail.missing_since_at, N_("No longer shown at the source"))
    add(detail.erased_at, N_("Its text was taken out"))
    return found


def _of_contact(contact: ContactRow, timezone: str) -> Entry:
    phrase = WROTE if contact.is_message else SPOKE.get(contact.channel.value, WROTE)
    words = _sentence(phrase, who=contact.person_name)
    quote = one_line(" → ".join(part for part in (contact.said, contact.agreed) if part))
    anchor = f"contact-{contact.id}"
    return _entry(contact.happened_at, timezone, words, kind="contact", quote=cut(quote, QUOTED * 2), anchor=anchor)


def _of_note(note: NoteRow, people: Sequence[Named], timezone: str, *, reader_id: int) -> Entry:
    view = NoteView(
        id=note.id,
        version=note.version,
        writer=note.person_name,
        body=note.body,
        words=note_words(note.body, people) if note.body else escape(gettext("Its words were taken out")),
        is_mine=note.person_id == reader_id,
        is_new=note.is_new_for_me,
        is_edited=note.edited_at is not None,
    )
    words = _sentence(N_("%(who)s wrote a note"), who=note.person_name)
    return _entry(note.written_at, timezone, words, kind="note", note=view)


def _entry(at: datetime, timezone: str, words: Markup, *, is_day: bool = False, **more: Any) -> Entry:
    local = at.astimezone(zone(timezone))
    clock = "" if is_day else format_time(local, "short", locale=current_locale())
    machine = f"{at:%Y-%m-%d}" if is_day else local.isoformat(timespec="seconds")
    return Entry(at=at, clock=clock, machine=machine, words=words, **more)


def _sentence(phrase: str, **names: Any) -> Markup:
    """The phrase in the reader's language. Names may be written in another direction than the words around them."""
    values = {name: Markup("<bdi>{}</bdi>").format(one_line(str(value))) for name, value in names.items()}
    words = escape(gettext(phrase))
    try:
        return words % values
    except (KeyError, ValueError, TypeError):  # an event of another version
        return words
