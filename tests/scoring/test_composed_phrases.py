"""Every phrase of every language, alone: it trips no check of the rubric and does what its place asks."""

from __future__ import annotations

import pytest

from scoring.rubric import check_reply
from scoring.rubric.types import Context, Outcome
from scoring.rubric.types import Review as Answered
from scoring.suggest.bank import RouteKind, StepKind
from scoring.suggest.phrases import LANGUAGES, bank_of
from scoring.suggest.spelled import phrases_of, spelled
from scoring.types import Topic

from .composing import CALLED, MAIL, PHONE, RECORDS, WROTE, platform
from .test_rubric_reply import Reader

# What a phrase is there for: the check that must find it.
ASKED = {
    "feelings": "S02",
    "ask": "S02",
    "understood": "S02",
    "general_matter": "S02",
    "apologies": "S03",
    "sorry": "S03",
    "ownership": "S04",
    "owned": "S04",
    "routes": "S05",
    "complaints": "S01",
    "details": "S01",
    "also": "S01",
    "openings_matter": "S01",
    "refund": "S01",
    "refund_policy": "S01",
}
BACKED = (*RECORDS, CALLED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_trips_no_check_and_does_what_it_is_there_for(language: str) -> None:
    """On Tripadvisor, whose rules are the strictest, wherever it lets the phrase stand."""
    bank = bank_of(language)
    faults = []
    for phrase in phrases_of(bank):
        name, key = phrase.field, phrase.key
        every = tuple(Topic) if name in ASKED else (Topic.STAFF, Topic.WAITING, Topic.INFORMATION)
        for topic, text in spelled(bank, phrase, every):
            is_sent = key in (RouteKind.MAIL, RouteKind.PHONE) or "{way}" in phrase.text
            asked = Context(
                platform=platform("thefork" if is_sent else "tripadvisor"),
                language=language,
                is_protected_sector=name.startswith("general"),
                records=BACKED,
                staff_names=("Elena Rossi",),
                own_contacts=(MAIL.address, PHONE.address),
                review=Answered(
                    text="x",
                    language=language,
                    is_negative=not name.startswith("praise"),
                    topics=(topic.value,),
                    risks=("refund",) if name.startswith("refund") else (),
                ),
            )
            wanted = ASKED.get(name) if topic is not Topic.OTHER or ASKED.get(name) != "S01" else None
            wanted = "S01" if name.startswith("refund") else wanted
            for found in check_reply(text, asked):
                is_fault = found.outcome is Outcome.FAILED and found.check[0] in "BW" and found.check != "W08"
                if is_fault or (found.check == wanted and found.outcome is not Outcome.PASSED):
                    faults.append(f"{name} {found.check}: {text}")
    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_takes_no_step_for_a_claim_that_nobody_logged(language: str) -> None:
    """However sure it is: what is promised is still to come, and a word with the guest is on record as one."""
    bank = bank_of(language)
    sure = Reader({"W06": frozenset({""})}, languages=frozenset({language}))
    for phrase in phrases_of(bank):
        is_said = phrase.field == "done" and phrase.key in (StepKind.WROTE, StepKind.REACHED)
        if is_said or phrase.field == "planned_by":
            for _, text in spelled(bank, phrase, (Topic.WAITING,)):
                asked = Context(language=language, records=(CALLED, WROTE) if is_said else ())
                found = {one.check: one for one in check_reply(text, asked, reader=sure)}
                assert found["W06"].outcome is Outcome.PASSED, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_more_openings_than_the_ten_that_are_remembered(language: str) -> None:
    """So that no opening ever has to come twice among ten answers."""
    bank = bank_of(language)
    for openings in (bank.openings, bank.wordless, bank.praise, bank.general):
        assert len(set(openings)) > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_is_told_in_several_ways(language: str) -> None:
    """A complaint in three ways or more, an apology in two."""
    bank = bank_of(language)
    assert all(len(set(bank.complaints[topic])) >= 3 and len(set(bank.apologies[topic])) >= 2 for topic in Topic)
    assert set(bank.matters) == set(bank.general_matters) == set(bank.ownership) == set(Topic)
