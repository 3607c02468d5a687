"""What a draft says, and when there is none: the path of each kind of review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from scoring.rubric.types import Record, RecordKind
from scoring.suggest import (
    CaseFile,
    Contact,
    Draft,
    Feeling,
    Holding,
    Memory,
    NoDraft,
    Part,
    Review,
    Route,
    RouteKind,
    Sentence,
    Why,
    compose,
    why,
)  # fmt: skip
from scoring.suggest.bank import Detail, StepKind
from scoring.suggest.phrases import LANGUAGES, bank_of
from scoring.suggest.steps import steps_on_record
from scoring.suggest.types import Keeper
from scoring.types import AngerLevel, Reason, Risk, Topic

from .composing import (
    ALL_PLATFORMS,
    BILL,
    CALLED,
    DAY,
    ELENA,
    MAIL,
    PROMISED,
    TALKED,
    VOUCHER,
    WORDS,
    WROTE,
    drafted,
    failed,
    findings,
    platform,
    scored,
)

CASE = CaseFile(contact=ELENA)
ANGRY = Review(score=scored("en", [Topic.WAITING]), text=WORDS["en"], stars=1, author_name="Sam")
CALM = scored("en", level=AngerLevel.CALM, sentiment=4.8)
LEAVING = (Risk.SAFETY, Risk.ALLERGY, Risk.DISCRIMINATION, Risk.LEGAL, Risk.PRESS, Risk.EXTORTION, Risk.SELF_HARM)


def parts(draft: Draft) -> list[Part]:
    return [one.part for one in draft.sentences]


def step_of(draft: Draft) -> Sentence:
    return next(one for one in draft.sentences if one.part is Part.STEP)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("risk", LEAVING)
def test_a_grave_matter_gets_no_draft_but_somebody_who_must_see_it(risk: Risk, language: str) -> None:
    """However calm and kind the review is; the short answer passes every block, on every platform."""
    review = Review(
        score=scored(language, risks=[risk], level=AngerLevel.CALM, sentiment=5), text=WORDS[language], stars=5
    )
    for rules in ALL_PLATFORMS:
        case = replace(CASE, platform=rules)
        held = compose(review, case)
        assert isinstance(held, Holding)
        assert held.risks == (risk,)
        assert len(held.why) == 1
        draft = Draft(
            text=held.text, language=language, sentences=(), signature="", is_negative=True, is_failure=False, topics=()
        )
        assert failed(findings(draft, review, case), "B", "W01", "W02", "W03", "W04", "W05", "W06", "W07", "W09") == []


def test_the_gravest_risk_says_who_must_see_it() -> None:
    """The owner as soon as one of them asks for the owner."""
    assert compose_held([Risk.SAFETY]).keeper is Keeper.RESPONSIBLE
    assert compose_held([Risk.SELF_HARM, Risk.SAFETY]).risks == (Risk.SELF_HARM, Risk.SAFETY)
    assert compose_held([Risk.LEGAL, Risk.SAFETY]).keeper is Keeper.OWNER
    assert compose_held([], reasons=[Reason.THREAT]).keeper is Keeper.OWNER


def compose_held(risks: list[Risk], reasons: list[str] | None = None) -> Holding:
    held = compose(Review(score=scored("en", risks=risks, reasons=reasons or []), text="x y z", stars=1), CASE)
    assert isinstance(held, Holding)
    return held


def test_a_language_that_nobody_writes_is_said_honestly() -> None:
    """English only when somebody asks for it; who must see a grave matter is said all the same."""
    greek = Review(score=scored("el", [Topic.WAITING]), text="κείμενο", stars=1)
    refused = compose(greek, CASE)
    assert isinstance(refused, NoDraft)
    assert refused.asks_english
    assert refused.why.values == {"language": "el"}
    asked = compose(greek, CASE, in_english=True)
    assert isinstance(asked, Draft)
    assert asked.language == "en"
    held = compose(replace(greek, score=scored("el", risks=[Risk.SAFETY])), CASE)
    assert isinstance(held, Holding)
    assert held.text == ""


def test_nobody_signs_no_draft() -> None:
    """A name that is none does not sign either."""
    assert isinstance(compose(ANGRY, CaseFile(contact=Contact(name=" \u202e{}1 "))), NoDraft)


def test_complaints_come_gravest_first_and_each_is_touched() -> None:
    """Two in sentences of their own, the others in one; a cause that a person chose goes before all."""
    topics = [Topic.COMFORT, Topic.WAITING, Topic.HYGIENE, Topic.PRICE]
    review = replace(ANGRY, score=scored("en", topics))
    draft = drafted(review, CASE)
    assert draft.topics == (Topic.HYGIENE, Topic.PRICE, Topic.WAITING, Topic.COMFORT)
    assert failed(findings(draft, review, CASE), "S08") == []
    assert drafted(review, replace(CASE, cause=Topic.COMFORT)).topics[0] is Topic.COMFORT


def test_a_detail_is_told_closer_than_its_topic() -> None:
    """Cold food is named, in our own words."""
    review = replace(ANGRY, score=scored("en", [Topic.QUALITY]), text="The steak was stone cold and grey.")
    draft = drafted(review, CASE)
    told = next(one for one in draft.sentences if one.part is Part.COMPLAINT)
    assert told.why.values == {"topic": Topic.QUALITY, "detail": Detail.COLD_FOOD}
    assert "cold" in told.text
    assert "stone" not in draft.text


@pytest.mark.parametrize(
    ("words", "feeling"),
    [
        ("felt humiliated", Feeling.SLIGHTED),
        ("war besorgt um das Kind", Feeling.WORRY),
        ("muy enfadada", Feeling.ANGER),
    ],
)
def test_a_confirmed_feeling_goes_before_the_one_that_was_read(words: str, feeling: Feeling) -> None:
    """Read in the language of staff, said in that of the guest."""
    draft = drafted(ANGRY, replace(CASE, feeling=words))
    met = next(one for one in draft.sentences if one.part is Part.FEELING)
    assert met.text in bank_of("en").feelings[feeling]
    assert met.built_from == ("gist:feeling",)


def test_only_what_is_on_record_is_said_to_be_done() -> None:
    """A closed task is told as done, an open one as an intention, an offer and a plan in a note never."""
    assert steps_on_record([BILL, TALKED]) == [(StepKind.TALKED, True), (StepKind.BILL, False)]
    assert steps_on_record([CALLED]) == [(StepKind.REACHED, True)]
    plan = Record(kind=RecordKind.NOTE, words="must talk to the team tomorrow")
    denied = Record(kind=RecordKind.TASK, words="did not speak with the team")
    assert steps_on_record([VOUCHER, plan, denied]) == []
    assert Part.STEP not in parts(drafted(ANGRY, replace(CASE, records=(VOUCHER, plan, denied))))
    assert Part.WISH in parts(drafted(ANGRY, CASE))
    told = drafted(ANGRY, replace(CASE, records=(TALKED,)))
    assert [one.built_from for one in told.sentences if one.part is Part.STEP] == [("record:talked",)]
    assert failed(findings(told, ANGRY, CASE), "W06") != [], "without the record the same words are a claim"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_promise_is_told_with_its_day_as_long_as_that_is_to_come(language: str) -> None:
    """Told as an intention without a day once it has passed, or where something else of the kind has none."""
    review = Review(score=scored(language, [Topic.WAITING]), text=WORDS[language], stars=1)
    case = replace(CASE, records=(PROMISED,), today=DAY, house_language=language)
    dated = step_of(drafted(review, case))
    assert dated.why.values == {"step": StepKind.REACHED, "day": "2026-12-08"}
    assert bank_of(language).dated(DAY) in dated.text
    open_ended = replace(PROMISED, words="call the guest back about the bill", due=None)
    for other in (replace(case, today=DAY + timedelta(days=1)), replace(case, records=(PROMISED, open_ended))):
        assert step_of(drafted(review, other)).why == Why(why.PLANNED, {"step": StepKind.REACHED})


def test_days_are_written_as_each_language_writes_them() -> None:
    """Some know days that are written unlike the others."""
    first = date(2026, 12, 1)
    assert [bank_of(one).dated(first) for one in ("en", "de", "es")] == ["1 December", "1. Dezember", "1 de diciembre"]
    assert [bank_of(one).dated(first) for one in ("fr", "it", "pl")] == ["1er décembre", "il 1° dicembre", "1 grudnia"]
    assert [bank_of("it").dated(date(2026, 5, day)) for day in (8, 9, 11)] == [
        "l'8 maggio",
        "il 9 maggio",
        "l'11 maggio",
    ]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Talk to the guest on Monday", StepKind.REACHED),
        ("Call her back about the bill", StepKind.REACHED),
        ("Den Gast am Freitag anrufen", StepKind.REACHED),
        ("Rappeler la cliente", StepKind.REACHED),
        ("Talk to the evening team", StepKind.TALKED),
        ("Parlare con la squadra", StepKind.TALKED),
        ("Call the plumber to repair the heating", StepKind.REPAIRED),
        ("Speak with Marta", None),
        ("Refund the bill", None),
        ("Ersatz für die Reparatur schicken", None),
    ],
)
def test_a_promise_is_told_as_what_it_is(words: str, kind: StepKind | None) -> None:
    """A word with the guest is none with the team; what the guest is to be given is never told in public."""
    assert steps_on_record([replace(PROMISED, words=words)]) == ([(kind, False)] if kind else [])


def test_a_word_with_the_guest_is_told_by_how_it_came_about() -> None:
    """A message was written, a talk was not; who was not reached was not. A note of it is no talk with the team."""
    assert steps_on_record([CALLED, WROTE, TALKED]) == [(StepKind.TALKED, True), (StepKind.WROTE, True)]
    assert steps_on_record([replace(CALLED, words="called, no answer, left a message")]) == []
    assert steps_on_record([Record(kind=RecordKind.NOTE, words="Spoke with the guest, she was upset")]) == []
    written, spoken = (drafted(ANGRY, replace(CASE, records=(one,))) for one in (WROTE, CALLED))
    assert "written" in step_of(written).text
    assert "written" not in step_of(spoken).text


def test_a_cause_leads_only_where_the_review_is_about_it() -> None:
    """And the sentence says why it comes first: the house may know a cause that no guest has complained of."""
    review = replace(ANGRY, score=scored("en", [Topic.WAITING, Topic.PRICE]))
    reasons = [
        one.why for seed in range(6)
        for one in drafted(review, replace(CASE, cause=Topic.WAITING), Memory(seed=str(seed))).sentences
    ]  # fmt: skip
    assert Why(why.CAUSE, {"topic": Topic.WAITING}) in reasons
    assert Topic.HYGIENE not in drafted(review, replace(CASE, cause=Topic.HYGIENE)).topics


def test_a_demand_for_money_goes_to_a_person_without_figures() -> None:
    """And says that there is a policy only where there is one."""
    review = replace(ANGRY, score=scored("en", [Topic.PRICE], risks=[Risk.REFUND]))
    for case in (CASE, replace(CASE, has_policy=True)):
        draft = drafted(review, case)
        told = next(one for one in draft.sentences if one.part is Part.REFUND)
        assert ("setting:policy" in told.built_from) is case.has_policy is ("policy" in told.text)
        assert not any(char.isdigit() for char in draft.text)


def test_praise_is_short_and_names_what_was_praised() -> None:
    """Nothing is named where praise is turned round in the same sentence."""
    glad = Review(score=CALM, text="The food was delicious. The rooms were not clean though.", stars=5)
    draft = drafted(glad, CASE)
    assert "the food" in draft.text
    assert "rooms" not in draft.text
    assert Part.APOLOGY not in parts(draft)
    assert Part.ROUTE not in parts(draft)


def test_stars_alone_are_asked_about_or_thanked_for() -> None:
    """Few stars without a word: a question, no apology for what nobody knows."""
    few = drafted(Review(score=scored("und", level=AngerLevel.CALM), stars=1), replace(CASE, house_language="de"))
    assert few.language == "de"
    assert not few.is_failure
    assert Part.APOLOGY not in parts(few)
    assert Part.ROUTE in parts(few)
    assert not drafted(Review(score=scored("und", level=AngerLevel.CALM), stars=5), CASE).is_negative


def test_a_preference_needs_no_apology() -> None:
    """Told as a matter of taste, or said to be one by a person."""
    taste = Review(
        score=scored("en", [Topic.COMFORT], level=AngerLevel.CALM), text="Not my style, too modern for me.", stars=3
    )
    said = replace(ANGRY, is_failure=False)
    for review in (taste, said):
        draft = drafted(review, CASE)
        assert Part.PREFERENCE in parts(draft)
        assert Part.APOLOGY not in parts(draft)
        assert not draft.is_failure


def test_praise_with_a_complaint_is_thanked_for_and_apologised_for() -> None:
    """Both are named."""
    mixed = Review(
        score=scored("en", [Topic.WAITING], level=AngerLevel.CALM, sentiment=4.2),
        text="The staff were lovely. We waited forty minutes for the bill.",
        stars=4,
    )
    draft = drafted(mixed, CASE)
    assert "our people" in draft.sentences[0].text
    assert Part.APOLOGY in parts(draft)
    assert failed(findings(draft, mixed, CASE), "S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08") == []


def test_praise_that_may_be_meant_the_other_way_round_is_read_first() -> None:
    """A person says what it is; what the Score calls sarcasm is a complaint from the start."""
    bitter = Review(score=CALM, text="Best place ever. Five stars for rudeness.", stars=5)
    assert isinstance(compose(bitter, CASE), NoDraft)
    assert drafted(replace(bitter, is_failure=True), CASE).is_failure
    assert not drafted(replace(bitter, is_failure=False), CASE).is_negative
    judged = scored("en", [Topic.STAFF], sentiment=1.2, reasons=[Reason.PRAISE_TURNED_AROUND])
    assert Part.PRAISE not in parts(drafted(replace(bitter, score=judged), CASE))
    assert isinstance(compose(replace(bitter, text="Lovely people, never rude, always quick."), CASE), Draft)


def test_the_way_to_a_person_is_one_that_the_platform_allows() -> None:
    """Tripadvisor: no mail address and no number, though the owner likes them best."""
    routes = (MAIL, Route(kind=RouteKind.PHONE, address="+49 30 1234567"), Route(kind=RouteKind.DESK))
    case = CaseFile(contact=Contact(name="Tom", routes=routes), platform=platform("tripadvisor"))
    text = drafted(ANGRY, case).text
    assert "@" not in text
    assert "1234567" not in text
    assert "front desk" in text
    assert "@" in drafted(ANGRY, replace(case, platform=platform("google"))).text


def test_google_play_gets_its_350_characters_with_everything_that_counts() -> None:
    """In the wordiest case, in every language."""
    contact = Contact(name="Maximiliane Hohenstein-Oberdorfer", post=ELENA.post, routes=(MAIL,))
    case = CaseFile(contact=contact, platform=platform("googleplay"), has_policy=True)
    for language in LANGUAGES:
        review = Review(score=scored(language, Topic, risks=[Risk.REFUND, Risk.CHURN]), text=WORDS[language], stars=1)
        draft = drafted(review, case)
        assert len(draft.text) <= 350
        assert failed(findings(draft, review, case), "B", "W", "S01", "S02", "S03", "S04", "S05", "S06") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_protected_trade_confirms_nothing(language: str) -> None:
    """No visit, no treatment, no apology that would admit either."""
    case = replace(CASE, is_protected_sector=True)
    for topic in Topic:
        review = Review(score=scored(language, [topic]), text=WORDS[language], stars=1, author_name="Sam")
        draft = drafted(review, case)
        names_it = ("S01",) if topic is not Topic.OTHER else ()
        assert failed(findings(draft, review, case), "B", "W", "S02", "S05", *names_it) == []
        assert "Sam" not in draft.text


def test_spanish_says_usted_or_tu_and_portuguese_follows_the_country() -> None:
    """The setting of the house, and the region of the review."""
    spanish = Review(score=scored("es", [Topic.STAFF]), text=WORDS["es"], stars=1)
    assert " usted" in drafted(spanish, CASE).text or " le " in drafted(spanish, CASE).text
    assert "usted" not in drafted(spanish, replace(CASE, is_informal=True)).text
    brazil = Review(score=scored("pt", [Topic.WAITING]), text=WORDS["pt"], language="pt-BR", stars=1)
    told = replace(CASE, records=(TALKED,))
    assert "equipa " not in drafted(brazil, told).text
    assert drafted(brazil, told).language == "pt"
