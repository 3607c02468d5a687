"""What is on record according to words, lists and objects as strangers write them, and what it backs."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.rubric.checking import check_one
from scoring.rubric.rows import draft_context, sentence_context
from scoring.rubric.types import Context, Outcome, Record, RecordKind

TRAINED = "All our staff have been retrained."
HEATER = "I have replaced the broken heater."
REFUND = "We have refunded you in full."
TALK = "I spoke with the evening team about it yesterday."
CALL = "I tried to call you several times."
PROMISE = "Everything will be fixed by tomorrow, I promise."


def passes(check: str, text: str, told: Any) -> bool:
    context = sentence_context({"context": told, "lang": "en"}, check)
    return check_one(check, text, context).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "told",
    [
        "Google",
        "restaurant",
        "small family hotel in Lyon",
        "1-star review, restaurant",
        "hotel, public reply",
        "private message",
        {"case_log": []},
        {"case_log": None},
        {"case_log": "empty"},
        {"case_log": "[]"},
        {"platform": "google"},
        {"case_log": {"tasks": [], "notes": [], "compensation": []}},
        {"case_log": [None, {}, {"note": "nothing on file"}, {"type": "note", "text": ""}]},
        "",
        "-",
        "{}",
        "n/a",
        "case_log: []",
        "tasks: []",
        "case log: blank",
        "the case log is blank",
        "Case log has no matching entry",
        "not in the case log",
        "missing from the log",
        "log is empty; review on Google",
        "The waiter laughed at us and we were charged twice.",
    ],
)
def test_words_without_a_step_back_nothing(told: Any) -> None:
    """Neither where it was written nor an empty log in any shape is a finished task."""
    assert not passes("W06", TRAINED, told)


@pytest.mark.parametrize(
    "told",
    [
        "kein Eintrag im Fall",
        "nichts vermerkt",
        "nada en el expediente",
        "sin registro",
        "ningún registro",
        "rien au dossier",
        "niente agli atti",
        "geen taak",
        "brak wpisu",
    ],
)
def test_nothing_on_file_is_nothing_in_every_language(told: str) -> None:
    """The office writes in its own."""
    assert sentence_context({"context": told}, "W06").records == ()


def test_review_is_no_entry_of_the_case() -> None:
    """Whether it stands in words, in an object or under its own name; what follows it may be one."""
    review = "The heater in our room was broken for two nights."
    assert not passes("W06", HEATER, f"Review: {review}")
    assert not passes("W06", HEATER, {"review": review, "case_log": []})
    assert sentence_context({"review": review}, "W06").records == ()
    assert passes("W06", TALK, "Review: nobody came to our table. Case log: note, talk with evening team 3 May")


@pytest.mark.parametrize(
    "log",
    [
        ["case opened 3 May"],
        "case opened 3 May, assigned to Elena",
        ["Review received 3 May"],
        ["Case opened", "Assigned to Elena"],
        [{"date": "2026-05-03", "event": "case opened"}],
        ["Guest complained at the desk about the steak"],
        {"tasks": [], "notes": []},
        [{"date": "2026-05-03", "entry": "task: retrain staff, planned for June"}],
        ["2026-05-03: staff meeting on agenda for Monday"],
        ["No entries"],
        ["-"],
    ],
)
def test_what_every_case_has_backs_no_claim(log: Any) -> None:
    """That it was opened and that somebody has it is no step towards the guest."""
    assert check_one("W06", TRAINED, draft_context({"case_log": log, "lang": "en"})).outcome is Outcome.FAILED


def test_what_every_case_has_may_be_told() -> None:
    """It backs the words about itself."""
    log = ["10 Nov: ticket assigned to Renske"]
    text = "We have assigned your ticket to Renske."
    assert check_one("W06", text, draft_context({"case_log": log, "lang": "en"})).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEATER, {"case_log": [{"type": "task", "text": "replace heater", "status": "in_progress"}]}),
        (HEATER, {"case_log": [{"type": "task", "text": "replace heater", "status": "todo"}]}),
        (HEATER, {"case_log": [{"type": "task", "text": "replace heater", "done": "no"}]}),
        (HEATER, {"case_log": [{"type": "task", "text": "replace heater", "completed": False}]}),
        (HEATER, {"case_log": [{"task": "replace heater", "closed_at": None}]}),
        (HEATER, {"case_log": [{"date": "2026-05-03", "entry": "Task: replace heater, still open"}]}),
        (HEATER, "task open; replace heater"),
        (HEATER, "heater ordered, not installed"),
        (TRAINED, "training started"),
        (TRAINED, "todo: retrain staff"),
        (TRAINED, "task cancelled"),
        (TRAINED, "tarea abierta: formar al personal"),
        (TRAINED, "tâche ouverte : former l'équipe"),
        (REFUND, "refund will be paid on Friday"),
        (REFUND, "refund being prepared"),
        (REFUND, "refund in process"),
        (REFUND, "refund approved, unpaid"),
        (REFUND, "compensation: rejected"),
        (REFUND, "remboursement refusé"),
        (REFUND, {"compensation": "none"}),
        (REFUND, {"refund": False}),
        (REFUND, "Task closed yesterday, no refund on file"),
        (REFUND, "spoke with guest, refund not yet paid"),
        (CALL, "no contact attempt, only a note on file"),
    ],
)
def test_what_is_not_done_backs_nothing(text: str, told: Any) -> None:
    """However its state is written down."""
    assert not passes("W06", text, told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TALK, {"case_log": "Spoke with the evening team on 3 May."}),
        (TALK, {"case_log": "Evening team briefed on 3 May"}),
        (HEATER, {"case_log": "Heater replaced by Jonas on 3 May."}),
        (HEATER, {"case_log": "3 May: heater swapped for a new one"}),
        (HEATER, {"case_log": ["Heater replaced by Jonas on 3 May; was not working since Monday"]}),
        (TALK, {"case_log": ["Spoke to the evening team; the waiter did not deny it"]}),
        (TALK, {"case_log": ["Team talk held, steak was not checked at the pass"]}),
        (TALK, "No compensation on file. Note: talk with the evening team on 3 May."),
        (TALK, {"note": "spoke with the evening team"}),
        (TALK, "We spoke with the evening team on 3 May"),
        (REFUND, "Refunded 45 EUR on 3 May, no further action"),
        (REFUND, "compensation issued, no call made"),
        (REFUND, {"case_log": {"refund": "issued 3 May"}}),
        (REFUND, {"compensation": [{"amount": 45, "status": "issued"}]}),
        (REFUND, {"refund_issued": True}),
        (REFUND, ["compensation status: issued"]),
        (CALL, "two calls, could not reach guest"),
        (CALL, {"contact_attempts": 2}),
        (CALL, {"contacts": [{"type": "call", "when": "3 May", "result": "no answer"}]}),
        (HEATER, "Hotel on Google. Task closed yesterday"),
        (HEATER, {"task": "replace heater", "status": "done"}),
        (HEATER, {"tasks": [{"title": "replace heater", "done": "yes", "due": "2026-05-04"}]}),
        (HEATER, {"case_log": [{"task": "replace heater", "closed_at": "2026-05-03"}]}),
        (HEATER, "Aufgabe erledigt"),
        (HEATER, "tarea cerrada ayer"),
    ],
)
def test_what_is_done_backs_its_claim(text: str, told: Any) -> None:
    """A "not" about something else leaves a finished step finished."""
    assert passes("W06", text, told)


def test_names_in_an_object_are_kinds() -> None:
    """Each list under such a name holds entries of their own, and its name is one of their words."""
    log = {
        "tasks": [{"title": "replace heater", "status": "done"}],
        "compensation": [{"amount": 45, "status": "issued"}],
        "notes": ["spoke with evening team"],
        "calls": None,
    }
    records = draft_context({"case_log": log}).records
    assert [(one.kind, one.is_done) for one in records] == [
        (RecordKind.TASK, True),
        (RecordKind.OFFER, True),
        (RecordKind.NOTE, True),
    ]
    assert records[1].words.startswith("compensation: ")


@pytest.mark.parametrize(
    "told",
    [
        "matching task with owner and due date on file",
        "task on file: owner Ana, due tomorrow",
        "follow-up task on record (owner: Jonas; due: tomorrow)",
        "task: fix the heating, owner Jonas, due 4 May",
        "task in case: repair due tomorrow, owner Jonas",
        {"case_log": [{"type": "task", "text": "fix heating", "owner": "Jonas", "due": "2026-05-04"}]},
    ],
)
def test_task_with_an_owner_and_a_date_excuses_a_promise(told: Any) -> None:
    """In the rubric's own words, in other words than the promise, or as an object."""
    assert passes("W04", PROMISE, told)


def test_task_about_money_is_a_task() -> None:
    """Whatever else it names; one about something else excuses nothing."""
    told = "refund task with owner and due date Friday in the case"
    (record,) = sentence_context({"context": told}, "W04").records
    assert (record.kind, record.is_done) == (RecordKind.TASK, False)
    assert passes("W04", "Your refund will be with you by Friday, guaranteed.", told)
    assert not passes("W04", PROMISE, told)
    assert not passes("W04", PROMISE, "note on file")


def test_few_words_of_a_case_back_a_claim_of_their_kind_as_before() -> None:
    """What the pages hand over comes from the case itself."""
    context = Context(language="en", records=(Record(kind=RecordKind.TASK, words="heater"),))
    assert check_one("W06", TRAINED, context).outcome is Outcome.PASSED
