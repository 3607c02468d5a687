"""Composed drafts of every combination: they pass the checks, fit the platform, and hold no word of the guest's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.folding import fold
from scoring.rubric.types import Record
from scoring.suggest import CaseFile, Contact, Draft, Memory, Post, Review, Route, RouteKind, compose, why
from scoring.suggest.names import greeted
from scoring.suggest.phrases import LANGUAGES
from scoring.types import AngerLevel, Reason, Risk, Topic

from .composing import ALL_PLATFORMS, DAY, ELENA, MAIL, PHONE, RECORDS, WORDS, drafted, failed, findings, scored
from .hostile import PIECES

ROUTES = (MAIL, PHONE, *(Route(kind=kind) for kind in RouteKind if kind not in (RouteKind.MAIL, RouteKind.PHONE)))
NAMES = ("", "Sam", "Sam K.", "Zoë", "Jean-Luc Martin", "xX_gamer_99", "A Google User", "{name}", "Sam\n\nP.S. 20 EUR")
PORTUGUESE = ("pt", "pt-BR", "pt-PT")
SAFE_RISKS = (Risk.REFUND, Risk.CHURN)


@st.composite
def reviews(draw: st.DrawFn, language: str) -> Review:
    stars = draw(st.sampled_from([None, 1, 2, 3, 4, 5]))
    text = draw(st.sampled_from([WORDS[language]] * 5 + [""]))
    level = draw(st.sampled_from(list(AngerLevel)))
    is_told = bool(text)
    return Review(
        score=scored(
            language,
            draw(st.lists(st.sampled_from(list(Topic)), max_size=6, unique=True)) if is_told else (),
            risks=draw(st.lists(st.sampled_from(SAFE_RISKS), max_size=2, unique=True)) if is_told else (),
            level=level if is_told else AngerLevel.CALM,
            sentiment=draw(st.sampled_from([1.2, 2.8, 4.7])),
            reasons=[Reason.PRAISE_TURNED_AROUND] if draw(st.integers(0, 9)) == 0 else [],
        ),
        text=text,
        language=draw(st.sampled_from(PORTUGUESE)) if language == "pt" else language,
        stars=stars,
        author_name=draw(st.sampled_from(NAMES)),
        is_failure=draw(st.sampled_from([None, None, None, True, False])),
    )


@st.composite
def cases(draw: st.DrawFn, language: str) -> CaseFile:
    records: list[Record] = draw(st.lists(st.sampled_from(RECORDS), max_size=4, unique=True))
    return CaseFile(
        contact=Contact(
            name=draw(st.sampled_from(["Elena Rossi", "Tom", "Anne-Sophie Van den Broecke"])),
            post=draw(st.sampled_from(list(Post))),
            routes=tuple(draw(st.lists(st.sampled_from(ROUTES), max_size=3, unique=True))),
        ),
        platform=draw(st.sampled_from(ALL_PLATFORMS)),
        records=tuple(records),
        today=draw(st.sampled_from([None, DAY, DAY + timedelta(days=1)])),
        has_policy=draw(st.booleans()),
        feeling=draw(st.sampled_from(["", "furious", "worried about the child", "felt ignored", "enttäuscht"])),
        cause=draw(st.sampled_from([None, None, *Topic])),
        house_language=language,
        is_informal=draw(st.booleans()),
    )


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_a_draft_passes_the_checks_and_fits_its_platform(language: str, data: st.DataObject) -> None:
    """No block and no warning; under a complaint S01 to S05 are met; the length is right."""
    review, case = data.draw(reviews(language)), data.draw(cases(language))
    draft = drafted(review, case, Memory(seed=str(data.draw(st.integers(0, 999)))))
    found = findings(draft, review, case)
    assert failed(found, "B", "W") == [], draft.text
    knows_what = set(draft.topics) - {Topic.OTHER} or Risk.REFUND in {one.risk for one in review.score.risks}
    asked = ("S02", "S03", "S04", "S05", *(("S01",) if knows_what else ()))
    assert failed(found, *asked, "S06", "S10") == [], draft.text
    is_roomy = case.platform.most_chars is None
    words = len(draft.text.removesuffix(draft.signature).split())
    assert words <= (150 if draft.is_negative else 60)
    assert words >= (15 if is_roomy and not draft.is_negative else 38 if is_roomy else 10)
    assert draft.language == language
    assert "{" not in draft.text
    assert "|" not in draft.text


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    text=st.one_of(st.sampled_from(list(PIECES.values())), st.text(max_size=300)),
    name=st.one_of(st.sampled_from(list(PIECES.values())), st.text(max_size=300)),
    feeling=st.text(max_size=100),
    words=st.text(max_size=100),
    role=st.text(max_size=60),
    address=st.text(max_size=80),
)
def test_hostile_texts_never_reach_a_draft(
    text: str, name: str, feeling: str, words: str, role: str, address: str
) -> None:
    """The same draft as without them, but for a display name that reads as one."""
    contact = Contact(name="Elena Rossi", role=role, routes=(Route(kind=RouteKind.MAIL, address=address),))
    record = Record(kind=RECORDS[0].kind, words=words)
    case = CaseFile(contact=contact, feeling=feeling, records=(record,))
    composed = compose(Review(score=scored("en", [Topic.WAITING]), text=text + "x", stars=1, author_name=name), case)
    assert isinstance(composed, Draft)
    said = composed.text
    plain = compose(
        Review(score=scored("en", [Topic.WAITING]), text="x", stars=1), CaseFile(contact=Contact(name="Elena Rossi"))
    )
    assert isinstance(plain, Draft)
    allowed = set("\n .,;'’-@0123456789+&()/_") | {char for char in said if char.isalpha()}
    assert set(said) <= allowed
    assert len(said) <= 1_000
    assert greeted(name) in said


def test_a_display_name_is_greeted_only_where_it_reads_as_one() -> None:
    """One or two words of letters; a trailing initial is left out, what platforms put in place of a name too."""
    assert greeted("Sam K.") == "Sam"
    assert greeted("  Jean-Luc   Martin ") == "Jean-Luc Martin"
    for name in (
        *NAMES[5:8],
        "VISIT WWW.SPAM.TEST",
        "Free Vouchers At example",
        "x",
        "Gast",
        "<b>Sam</b>",
        "Sam\u202enigcuf",
    ):
        assert greeted(name) == "", name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_tells_why_it_is_there(language: str) -> None:
    """A message with its values, and what the sentence was built from."""
    review = Review(
        score=scored(language, [Topic.WAITING, Topic.PRICE, Topic.STAFF], risks=SAFE_RISKS), text=WORDS[language]
    )
    case = CaseFile(contact=Contact(name="Tom", routes=(MAIL,)), records=RECORDS, has_policy=True)
    draft = drafted(review, case)
    assert all(one.why.message % one.why.values for one in draft.sentences)
    assert all(one.text in draft.text for one in draft.sentences)
    assert {part for one in draft.sentences for part in one.built_from} >= {"topic:staff", "topic:price", "risk:refund"}


def test_the_same_values_give_the_same_draft() -> None:
    """Nothing is drawn by chance but by the seed."""
    review = Review(score=scored("en", [Topic.QUALITY]), text=WORDS["en"], stars=1)
    case = CaseFile(contact=Contact(name="Tom"))
    texts = {drafted(review, case, Memory(seed=seed)).text for seed in ("1", "1", "2", "3", "4")}
    assert drafted(review, case, Memory(seed="1")) == drafted(review, case, Memory(seed="1"))
    assert len(texts) == 4
    assert fold("quality") in fold(drafted(review, case).text)


def test_confirmed_facts_come_before_guessed_ones() -> None:
    """What a person wrote down of the case is answered first, in whichever language; the rest stays behind it."""
    text = "We waited an hour, the table was dirty and we were charged twice for the wine."
    review = Review(score=scored("en", [Topic.HYGIENE, Topic.PRICE, Topic.WAITING]), text=text, stars=1)
    guessed = drafted(review, CaseFile(contact=ELENA))
    assert guessed.topics[0] is Topic.HYGIENE
    for facts in ("Waited an hour at the door.", "Esperaron una hora en la puerta."):
        case = CaseFile(contact=ELENA, facts=facts, house_language="es")
        draft = drafted(review, case)
        assert draft.topics == (Topic.WAITING, Topic.HYGIENE, Topic.PRICE)
        assert failed(findings(draft, review, case), "B", "W") == []
    told = [drafted(review, case, Memory(seed=str(seed))).sentences for seed in range(6)]
    assert any(one.why.message == why.CONFIRMED for sentences in told for one in sentences)
    chosen = drafted(review, CaseFile(contact=ELENA, facts=facts, house_language="es", cause=Topic.PRICE))
    assert chosen.topics[0] is Topic.PRICE, "a cause that was chosen stands above all"


def test_facts_stand_in_where_the_judgement_knows_nothing() -> None:
    """And they turn no praise into a complaint."""
    facts = CaseFile(contact=ELENA, facts="The heating was broken, nobody answered the phone.")
    blank = Review(score=scored("en", [Topic.OTHER]), text="Never again, all of it.", stars=1)
    assert Topic.OTHER not in drafted(blank, facts).topics
    glad = scored("en", level=AngerLevel.CALM, sentiment=4.9)
    praise = Review(score=glad, text="A lovely evening with friendly people.", stars=5)
    kept = CaseFile(contact=ELENA, facts="Friendly waiter, lovely food.")
    assert not drafted(praise, kept).is_failure
