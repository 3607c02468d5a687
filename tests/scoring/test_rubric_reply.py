"""Whole answers: which checks apply, what each weighs, and what a model adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from scoring.rubric import check_reply
from scoring.rubric.catalogue import CHECKS
from scoring.rubric.platforms import PLATFORMS
from scoring.rubric.types import (
    Audience,
    Context,
    Finding,
    Origin,
    Outcome,
    Override,
    Record,
    RecordKind,
    Review,
    Severity,
)

REVIEW = Review(
    text="We waited ninety minutes, the fish was cold and the bill had a bottle on it that we never ordered.",
    author_name="Nora",
    language="en",
)
GOOD = (
    "Nora, you waited an hour and a half, your fish was cold when it came, and you were charged for a bottle that"
    " never stood on your table. I am sorry. Anyone would have been angry after such an evening. We took more "
    "bookings than the kitchen could cook for, and that was our mistake. I am going through the bill today and "
    "will go through the evening with the kitchen at our meeting on Monday. Please write to care@harbour.test and"
    " mark it for me; I answer within one working day.\nMarta Vidal, restaurant manager"
)
BAD = (
    "Thank you for your valued feedback. We apologise if anything was not to your liking. It was a Saturday and "
    "all other guests were delighted. We look forward to your next visit.\nThe Team"
)
WORST = (
    "Mr Holm, our records show that you came at 19:40, so what you write is untrue. There is no need to get so "
    "angry. We would refund 20 euros once you change your review, or our lawyers will see to it."
)
PLAIN = Context(review=REVIEW, language="en")


@dataclass(frozen=True)
class Reader:
    """A sentence model that says what it was told to say."""

    sure_of: dict[str, frozenset[str]]  # by check: parts of the sentences it is sure of
    languages: frozenset[str] = frozenset({"en"})
    asked: list[str] = field(default_factory=list)

    def thresholds(self, sentences: int) -> dict[str, float]:
        return dict.fromkeys(self.sure_of, 0.5 if sentences else 1.0)

    def read(self, sentences: Sequence[str]) -> list[dict[str, float]]:
        self.asked.extend(sentences)
        return [
            {check: 0.9 if any(part in one for part in parts) else 0.1 for check, parts in self.sure_of.items()}
            for one in sentences
        ]


def found(draft: str, context: Context = PLAIN, reader: Reader | None = None) -> dict[str, Finding]:
    return {finding.check: finding for finding in check_reply(draft, context, reader=reader)}


def failing(draft: str, context: Context = PLAIN) -> set[str]:
    return {check for check, finding in found(draft, context).items() if finding.outcome is Outcome.FAILED}


def test_good_answer_passes_every_check() -> None:
    """Specific, sorry, owning it, with a next step and a signature."""
    assert failing(GOOD) == set()


def test_hollow_answer_shows_its_warnings_and_no_block() -> None:
    """Thanks by rote, a conditional apology, an excuse and the happy majority."""
    assert failing(BAD) >= {"W01", "W02", "W03", "S01", "S04", "S05", "S06"}
    assert not any(check.startswith("B") for check in failing(BAD))


def test_worst_answer_is_blocked() -> None:
    """A deal, personal data, a threat, an order to calm down and a contradiction."""
    assert failing(WORST) >= {"B01", "B02", "B04", "B06", "B07", "W05"}


def test_each_check_has_the_weight_of_the_rubric() -> None:
    """Blocks of the first five and of B09 and B10 cannot be lifted; B06 to B08 by an approver."""
    findings = found(GOOD)
    assert list(findings) == list(CHECKS)
    never = {check for check, one in findings.items() if one.override is Override.NEVER}
    assert never == {"B01", "B02", "B03", "B04", "B05", "B09", "B10"}
    assert {check for check, one in findings.items() if one.override is Override.APPROVER} == {"B06", "B07", "B08"}
    assert {check for check, one in findings.items() if one.severity is Severity.HINT} == {
        "S06",
        "S07",
        "S08",
        "S09",
        "S10",
    }


def applying(context: Context) -> set[str]:
    return {check for check, one in found(GOOD, context).items() if one.outcome is not Outcome.NOT_APPLICABLE}


def test_praise_is_answered_under_the_small_set() -> None:
    """The rubric's list, word for word; B03 only where the sector is protected."""
    praise = replace(PLAIN, review=replace(REVIEW, is_negative=False, is_failure=False), is_protected_sector=True)
    wanted = {"B01", "B02", "B03", "B04", "B05", "B08", "B09", "B10", "W05", "W08", "W09", "S06", "S07", "S09", "S10"}
    assert applying(praise) == wanted


def test_private_message_is_checked_as_the_rubric_lists() -> None:
    """Compensation is allowed there, and neither length nor signature matters."""
    wanted = {
        "B01",
        "B04",
        "B05",
        "B06",
        "B07",
        "B09",
        "W01",
        "W02",
        "W03",
        "W04",
        "W06",
        "S01",
        "S02",
        "S03",
        "S04",
        "S05",
    }
    assert applying(replace(PLAIN, audience=Audience.PRIVATE)) == wanted


def test_preference_needs_no_apology() -> None:
    """Where nothing went wrong, nobody has to be sorry or to own it."""
    preference = replace(PLAIN, review=replace(REVIEW, is_failure=False))
    assert {"S03", "S04"}.isdisjoint(applying(preference))


def test_offer_and_advert_block_where_the_platform_removes_the_answer() -> None:
    """A warning elsewhere; on Tripadvisor the offer can never stand and the advert only with an approver."""
    text = "Your next dinner is on the house. Book now on our website."
    elsewhere, there = found(text), found(text, replace(PLAIN, platform=PLATFORMS["tripadvisor"]))
    assert (elsewhere["W05"].severity, elsewhere["W05"].override) == (Severity.WARN, Override.AUTHOR)
    assert (there["W05"].severity, there["W05"].override) == (Severity.BLOCK, Override.NEVER)
    assert (there["W07"].severity, there["W07"].override) == (Severity.BLOCK, Override.APPROVER)
    assert (there["B10"].severity, there["B10"].override) == (Severity.BLOCK, Override.NEVER)


def test_advert_alone_never_blocks_for_good() -> None:
    """What the approver may let stand by W07, the rules of the platform do not forbid for good."""
    there = found("Book now on our website.", replace(PLAIN, platform=PLATFORMS["tripadvisor"]))
    blocks = {one.check: one.override for one in there.values() if one.outcome is Outcome.FAILED and one.check < "C"}
    assert (blocks, there["W07"].override) == ({"B10": Override.APPROVER}, Override.APPROVER)


def test_language_without_rules_is_not_checked() -> None:
    """Never a silent pass; what needs no words is checked all the same."""
    swedish = found("Det var tråkigt att höra att fisken var kall. Hälsningar {name}", replace(PLAIN, language="sv"))
    assert swedish["B04"].outcome is swedish["W01"].outcome is swedish["S02"].outcome is Outcome.NOT_CHECKED
    assert swedish["B09"].outcome is Outcome.FAILED


def test_model_alone_never_blocks_for_good() -> None:
    """Its sentence is marked, and an approver may lift what it found."""
    text = "You do have quite the imagination. I am sorry."
    finding = found(text, reader=Reader({"B05": frozenset({"imagination"})}))["B05"]
    assert (finding.outcome, finding.origin, finding.override) == (Outcome.FAILED, Origin.MODEL, Override.APPROVER)
    assert [text[start:end] for start, end in finding.spans] == ["You do have quite the imagination."]
    assert finding.confidence == pytest.approx(0.9)


def test_rule_has_the_last_word_over_the_model() -> None:
    """Words that prove it stay a finding of the rule, with its override."""
    finding = found("Our lawyer will write to you.", reader=Reader({"B04": frozenset()}))["B04"]
    assert (finding.outcome, finding.origin, finding.override) == (Outcome.FAILED, Origin.RULE, Override.NEVER)


def test_model_finds_what_should_be_there_and_rules_did_not() -> None:
    """An S check passes where either finds it."""
    text = "That stove has let down better cooks than me."
    assert found(text)["S02"].outcome is Outcome.FAILED
    assert found(text, reader=Reader({"S02": frozenset({"stove"})}))["S02"].outcome is Outcome.PASSED


def test_model_of_other_languages_is_not_asked() -> None:
    """It was not measured there, so it has no say."""
    reader = Reader({"B05": frozenset({"a"})}, languages=frozenset({"de"}))
    assert found(GOOD, reader=reader)["B05"].origin is Origin.RULE
    assert reader.asked == []


def test_model_checks_where_rules_know_no_words() -> None:
    """A language of the model that the rules lack counts as checked."""
    reader = Reader({"B05": frozenset()}, languages=frozenset({"sv"}))
    finding = found("Det var tråkigt att höra.", replace(PLAIN, language="sv"), reader)["B05"]
    assert (finding.outcome, finding.origin) == (Outcome.PASSED, Origin.MODEL)


def test_model_is_told_what_the_case_has_on_record() -> None:
    """It takes a sentence for a claim; that the claim is true it cannot know."""
    text = "The chap from the boiler firm came round and it is humming along."
    reader = Reader({"W06": frozenset({"boiler"})})
    visit = Record(kind=RecordKind.TASK, words="boiler firm sent to the house, closed Monday")
    assert found(text, reader=reader)["W06"].origin is Origin.MODEL
    assert found(text, replace(PLAIN, records=(visit,)), reader)["W06"].outcome is Outcome.PASSED


def test_claims_need_their_own_entry_in_the_case() -> None:
    """A refund on record backs no training, and an open task backs nothing."""
    text = "We have retrained the evening shift and refunded you."
    offer = Record(kind=RecordKind.OFFER, words="refund issued")
    task = Record(kind=RecordKind.TASK, words="training for the evening shift", is_done=False)
    assert len(found(text)["W06"].spans) == 2
    assert len(found(text, replace(PLAIN, records=(offer,)))["W06"].spans) == 1
    assert len(found(text, replace(PLAIN, records=(offer, task)))["W06"].spans) == 1
    assert found(text, replace(PLAIN, records=(offer, replace(task, is_done=True))))["W06"].outcome is Outcome.PASSED


def test_contacts_of_the_business_are_no_personal_data() -> None:
    """Those on record stand; another address of theirs does not."""
    context = replace(PLAIN, own_contacts=("marta@harbour.test", "+44 1632 960123"))
    assert "B02" not in failing("Call us on 01632 960123 or write to marta@harbour.test.", context)
    assert "B02" in failing("We sent it to your address nora.b@mail.test.", context)


def test_name_that_the_reviewer_did_not_choose_is_personal() -> None:
    """The display name may be said, a fuller one may not."""
    assert "B02" in failing("Nora Bergqvist, the soup was cold and I am sorry.")
    assert "B02" not in failing("Nora, the soup was cold and I am sorry.")


def test_greeting_names_the_reviewer_or_nobody() -> None:
    """Another name shows that the answer was written to somebody else."""
    assert "B09" in failing("Dear Ben, thank you for telling us about the fish.")
    assert "B09" not in failing("Dear Nora, thank you for telling us about the fish.")
    assert "B09" not in failing("Dear guest, thank you for telling us about the fish.")
    assert "B09" not in failing("Nora, grazie per averci scritto del pesce. Mi dispiace.\nPaola Ferri, titolare"), (
        "no greeting"
    )


def test_missed_points_are_named() -> None:
    """The bill is missing, so the writer is told which."""
    finding = found("I am sorry that you waited so long and that the fish was cold.")["S08"]
    assert finding.outcome is Outcome.FAILED
    assert "price" in finding.missing


def test_points_answered_in_a_private_message_are_not_missed() -> None:
    """Sent, and about them: a note of a call settles nothing. The main point is for everybody to read."""
    words = "I am sorry that you waited so long and that the fish was cold."
    bill = "Dear Nora, the bill was wrong, and we have looked at what you were charged."
    for kind, outcome in ((RecordKind.MESSAGE, Outcome.PASSED), (RecordKind.CONTACT, Outcome.FAILED)):
        told = replace(PLAIN, records=(Record(kind=kind, words=bill),))
        assert found(words, told)["S08"].outcome is outcome
    assert found("Thank you for your words.", told)["S01"].outcome is Outcome.FAILED
