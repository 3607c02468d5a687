"""A first draft in the editor: composed, reasoned sentence by sentence, or refused with whom to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.acting import Actor
from db.causes import add_starters, choose_cause, list_causes, rename_cause
from db.contacts import log_contact, promise
from db.gists import save_gist
from db.messages import message_of
from db.models import Case, Channel, OfferKind, OfferState, ReplyVersion, Score, Severity, Source, VersionKind
from db.notes import write_note
from db.offer_policies import change_policy
from db.offer_terms import USUAL
from db.queries.answers import answer_facts, last_answers
from db.replies import save_words
from db.scores import scored_text
from db.session import session_scope
from scoring.reasons import plain_reasons
from scoring.rubric.unconditional import STATEMENTS
from scoring.suggest import Draft, Holding, Part, why
from scoring.suggest.bank import Praised
from scoring.suggest.phrases import bank_of
from scoring.types import AngerLevel
from tests.db.offer_hands import made_offer
from tests.factories import make_case, make_review, make_score, make_source
from tests.factories import make_person as make_staff
from webui.answering import context_of
from webui.compose_words import WHY, why_words
from webui.composing import first_draft, offered
from webui.filters import in_words
from webui.private_messages import private_findings

from .answers import actor_of, answerable, sent, the_reply
from .html import Page
from .signing import client_of, make_person
from .test_case_page import case_of, page_of


def a_case(engine: Engine, body: str, **score: Any) -> int:
    with session_scope(engine) as session:
        source = make_source(session)
        review = make_review(session, source, body=body, language="en")
        make_score(session, review, **score)
        make_case(session, review, is_flagged=True)
        return review.id


def test_every_reason_is_known_to_the_catalogues() -> None:
    """Those of scoring, each of them, and nothing else."""
    found = [value for name, value in vars(why).items() if name.isupper() and isinstance(value, str)]
    assert set(WHY) == {*found, *why.LEFT_PATH.values()}
    assert "waiting" in why_words(why.APOLOGY, {"topic": "waiting"})
    assert "%(" not in why_words(why.DONE, {"step": "talked"})


def test_a_draft_comes_with_its_reasons(client: FlaskClient, engine: Engine) -> None:
    """It is nobody's words yet; what stood there is kept, and asking again gives another wording."""
    with session_scope(engine) as session:
        id_ = answerable(session).id
    page = sent(client, page_of(client, id_), "/answer/compose", body="My own start")
    first = page.one("#answer-body").text
    assert "hello@lanterna.example" in first
    reasons = page.one("#answer .bullets").text
    assert "One apology" in reasons
    assert "My own start" in [one.text for one in page.all(".wordings .reply-text")]
    second = sent(client, page, "/answer/compose", body=first)
    assert second.all("#answer .bullets")
    with session_scope(engine) as session:
        reply = the_reply(session, id_)
        last = session.query(ReplyVersion).filter_by(reply_id=reply.id, number=reply.number).one()
        assert last.kind is VersionKind.COMPOSED
        assert last.facts["sentences"][0]["message"] in WHY
    late = sent(client, page, "/answer/compose", status=409, body="Typed on")
    assert late.one("#answer-body").text == "Typed on"


def test_a_grave_matter_is_shown_to_somebody_first(app: Flask, engine: Engine) -> None:
    """With names and with the holding reply, which is taken only when asked for; new notes are marked as read by it."""
    risks = [{"risk": "legal", "probability": 0.9, "evidence": "my lawyer", "origin": "rule"}]
    id_ = a_case(engine, "My lawyer will write to you about the broken chair.", risks=risks)
    with session_scope(engine) as session:
        person = make_person(session, app=app)
        session.expunge(person)
    client = client_of(app, person)
    shown = page_of(client, id_)
    with session_scope(engine) as session:
        write_note(
            session, case_of(session, id_).id, "Look", [person.id], by=actor_of(make_person(session, app=app).id)
        )
    page = sent(client, shown, "/answer/compose", body="")
    assert "names you" in page.one(".timeline").text
    told = page.one(".theirs").text
    assert "the owner must see it" in told
    assert "Show it to: Person" in told
    assert page.one("#answer-body").text == ""
    taken = sent(client, page, "/answer/compose", body="", holding="yes")
    assert taken.one("#answer-body").text == page.one(".theirs .reply-text").text


def test_a_threat_is_shown_to_an_owner_first(app: Flask, engine: Engine) -> None:
    """No risk is found in it, the reasons of its anger alone say it: no draft, no message to the customer either."""
    words = "You will regret this. I know where you park, and I will break more than your windows."
    reasons = [str(one) for one in plain_reasons(words, level=AngerLevel.FURIOUS, sentiment=1.0)]
    id_ = a_case(engine, words, anger_level="furious", reasons=reasons)
    with session_scope(engine) as session:
        person = make_person(session, app=app)
        session.expunge(person)
    client = client_of(app, person)
    page = sent(client, page_of(client, id_), "/answer/compose", body="")
    told = page.one(".theirs").text
    assert "The text threatens: the owner must see it" in told
    assert "Show it to: Person" in told
    assert page.one("#answer-body").text == ""
    holding = page.one(".theirs .reply-text").text
    assert 0 < len(holding.split()) < 60
    assert sent(client, page, "/answer/compose", body="", holding="yes").one("#answer-body").text == holding
    token = page.find("input[name=csrf_token]").attrs["value"]
    private = client.post(f"/reviews/{id_}/message/compose", data={"csrf_token": token, "version": "0", "body": ""})
    assert "Somebody else has to see this first" in Page(private, status=422).text


def test_a_grave_matter_is_known_by_its_words_before_it_is_judged(app: Flask, engine: Engine) -> None:
    """A review that was just read, one that was edited since it was judged, and one that may not be judged at all."""
    words = (
        "My son has a nut allergy and went into anaphylactic shock after your dessert. Five stars for the paramedics."
    )
    with session_scope(engine) as session:
        by = actor_of(make_person(session, app=app).id, "Elena Rossi")
        fresh, barred = make_review(session, body=words, language="en", stars=5.0), answerable(session, body=words)
        make_case(session, fresh)
        session.delete(session.get_one(Score, barred.id))
        session.get_one(Source, barred.source_id).may_judge = False
        edited = answerable(session, body=words)
        session.get_one(Score, edited.id).content_hash = "before"
        ids = [one.id for one in (fresh, barred, edited)]
    for id_ in ids:
        with app.test_request_context(), session_scope(engine) as session:
            composed = first_draft(session, id_, by=by, number=0)
            assert isinstance(composed, Holding)
            told = offered(session, composed, case_of(session, id_).id, now=by.now)
            assert len(told.keepers) == 1
            context = context_of(session, id_)
        assert context is not None
        assert "allergy" in context.review.risks
        assert context.review.is_failure


def test_what_was_said_in_anger_is_not_thanked_for(app: Flask, engine: Engine) -> None:
    """A good word in a sentence that the model found angry is none; offsets count from the title on."""
    title, body = "Our evening", "The dessert was delicious. The oh so friendly waiter laughed at us."
    angry = scored_text(title, body).index("The oh so")
    with session_scope(engine) as session:
        by = actor_of(make_person(session, app=app).id, "Elena Rossi")
        review = answerable(session, title=title, body=body, rating=3.0, stars=3.0)
        score = session.get_one(Score, review.id)
        score.anger_level, score.anger, score.topics = "annoyed", 0.4, [{"topic": "staff", "probability": 0.9}]
        score.sentences = [
            {"start": angry - 27, "end": angry - 1, "anger": 0.1},
            {"start": angry, "end": len(scored_text(title, body)), "anger": 0.9},
        ]
        id_ = review.id
    with app.test_request_context(), session_scope(engine) as session:
        draft = first_draft(session, id_, by=by, number=0)
    assert isinstance(draft, Draft)
    words = bank_of("en").praised
    assert [one for one, named in words.items() if named in draft.text] == [Praised.FOOD]


def test_a_language_that_is_not_written_says_so(client: FlaskClient, engine: Engine) -> None:
    """And gives an English draft to whoever asks for one."""
    with session_scope(engine) as session:
        review = make_review(session, body="私たちは予約したテーブルを四十分待ちました。", language="ja")
        make_score(session, review, language="ja")
        make_case(session, review, is_flagged=True)
        id_ = review.id
    page = sent(client, page_of(client, id_), "/answer/compose", body="")
    assert "another language" in page.one(".theirs").text
    assert sent(client, page, "/answer/compose", body="", english="yes").one("#answer-body").text


def test_praise_that_may_be_irony_asks_a_person(client: FlaskClient, engine: Engine) -> None:
    """Whoever has read it says which it is, and the draft follows."""
    with session_scope(engine) as session:
        review = make_review(session, body="Five stars for rudeness.", language="en", rating=5.0, stars=5.0)
        make_score(session, review, anger=0.1, anger_level="calm", sentiment=4.8, topics=[])
        make_case(session, review)
        id_ = review.id
    page = sent(client, page_of(client, id_), "/answer/compose", body="")
    assert "may be meant the other way round" in page.one(".theirs").text
    for failure in ("yes", "no"):
        assert sent(client, page, "/answer/compose", body="", failure=failure).one("#answer-body").text
        page = page_of(client, id_)


def test_ten_drafts_of_a_place_open_in_ten_ways(app: Flask, engine: Engine) -> None:
    """On whatever platform, and before any of them is posted; what another place says is its own."""
    with session_scope(engine) as session:
        by = actor_of(make_person(session, app=app).id, "Elena Rossi")
        first = answerable(session)
        other = make_source(session, location=session.get_one(Source, first.source_id).location, platform="trustpilot")
        ids = [first.id]
        for number in range(9):
            review = make_review(session, other if number % 2 else session.get_one(Source, first.source_id))
            make_score(session, review)
            make_case(session, review, is_flagged=True)
            ids.append(review.id)
        elsewhere = answerable(session).id
    with app.test_request_context(), session_scope(engine) as session:
        openings = {composed_for(session, id_, by).sentences[0].text[-40:] for id_ in ids}
        assert len(openings) == 10
        facts = answer_facts(session, elsewhere)
        assert facts is not None
        assert last_answers(session, facts, limit=10) == []


def composed_for(session: Session, review_id: int, by: Actor) -> Draft:
    """A first draft, saved as the answer."""
    composed = first_draft(session, review_id, by=by, number=0)
    assert isinstance(composed, Draft)
    save_words(session, case_of(session, review_id).id, composed.text, seen=0, by=by, kind=VersionKind.COMPOSED)
    return composed


def test_facts_that_a_reader_confirmed_lead_the_draft(app: Flask, engine: Engine) -> None:
    """As they stand in the case; those of an earlier wording are those of another review."""
    with session_scope(engine) as session:
        by = actor_of(make_person(session, app=app).id, "Elena Rossi")
        review = answerable(session, body="We waited an hour, and the table was dirty.")
        topics = [{"topic": one, "probability": 0.9} for one in ("hygiene", "waiting")]
        session.get_one(Score, review.id).topics = topics
        id_, seen_hash = review.id, review.content_hash
    with app.test_request_context(), session_scope(engine) as session:
        guessed = first_draft(session, id_, by=by, number=0)
        save_gist(session, id_, facts="Waited an hour.", feeling="Felt ignored.", seen_hash=seen_hash, seen=0, by=by)
        draft = first_draft(session, id_, by=by, number=0)
    assert isinstance(guessed, Draft)
    assert isinstance(draft, Draft)
    assert (guessed.topics[0], draft.topics[0]) == ("hygiene", "waiting")
    assert any("gist:feeling" in one.built_from for one in draft.sentences)


def said(composed: object, part: Part) -> list[tuple[str, str]]:
    """The sentences of this part, each with its reason in words."""
    assert isinstance(composed, Draft)
    told = [one for one in composed.sentences if one.part is part]
    return [(one.text, why_words(one.why.message, one.why.values)) for one in told]


def test_what_was_promised_and_said_since_is_in_the_draft(app: Flask, engine: Engine) -> None:
    """A promise with its day at the place until that has passed. What was said before the review answers nothing of it,
    and whoever reads a message knows of the others.
    """
    with session_scope(engine) as session:
        by = actor_of(make_person(session, app=app).id, "Elena Rossi")
        review = answerable(session, published_at=by.now - timedelta(days=2))
        id_, case_id = review.id, case_of(session, review.id).id
        log_contact(
            session, case_id, channel=Channel.TABLE, happened_at=by.now - timedelta(days=3), said="Angry", by=by
        )
        due_on = by.now.date() + timedelta(days=4)
        promise(session, case_id, "Check the bill", owner_id=by.person_id, due_on=due_on, today=by.now.date(), by=by)
    with app.test_request_context(), session_scope(engine) as session:
        ((text, reason),) = said(first_draft(session, id_, by=by, number=0), Part.STEP)
        assert bank_of("en").dated(due_on) in text
        assert in_words(due_on) in reason
        late = Actor(person_id=by.person_id, name=by.name, now=by.now + timedelta(days=6))
        ((text, _),) = said(first_draft(session, id_, by=late, number=0), Part.STEP)
        assert bank_of("en").dated(due_on) not in text
        log_contact(session, case_id, channel=Channel.MAIL, happened_at=by.now, said="Dear Sam", is_message=True, by=by)
        public = first_draft(session, id_, by=by, number=0)
        assert said(public, Part.STEP)[0][1] == why_words(why.DONE, {"step": "wrote"})
        private = first_draft(session, id_, by=by, number=0, is_private=True)
        assert len(said(private, Part.STEP)) == 1


def test_a_policy_is_named_only_where_the_owner_has_laid_one_down(app: Flask, engine: Engine) -> None:
    """One that lets money be given back for something like this; what comes with the program is nobody's word."""
    with session_scope(engine) as session:
        by = actor_of(make_person(session, app=app).id, "Elena Rossi")
        id_ = answerable(session, risks=[{"risk": "refund", "probability": 0.9, "origin": "rule"}]).id
    with app.test_request_context(), session_scope(engine) as session:
        assert said(first_draft(session, id_, by=by, number=0), Part.REFUND)[0][1] == why_words(why.REFUND, {})
        change_policy(session, replace(USUAL, customer_offers=3), seen=0, by=by)
        assert said(first_draft(session, id_, by=by, number=0), Part.REFUND)[0][1] == why_words(why.REFUND_POLICY, {})
        none = replace(USUAL.severities[Severity.SERIOUS], kinds=(OfferKind.VOUCHER,))
        terms = replace(USUAL, severities={**USUAL.severities, Severity.SERIOUS: none})
        change_policy(session, terms, seen=1, by=by)
        assert said(first_draft(session, id_, by=by, number=0), Part.REFUND)[0][1] == why_words(why.REFUND, {})


def test_the_cause_of_the_case_leads_the_draft(app: Flask, engine: Engine) -> None:
    """As long as it is one whose words Amends knows: renamed it may be anything."""
    with session_scope(engine) as session:
        by = actor_of(make_person(session, app=app).id, "Elena Rossi")
        id_ = answerable(session, body="We waited an hour, and the table was dirty.").id
        topics = [{"topic": one, "probability": 0.9} for one in ("hygiene", "waiting")]
        session.get_one(Score, id_).topics = topics
        add_starters(session, ["kitchen_slow"], now=by.now)
        cause = list_causes(session)[0]
        choose_cause(session, case_of(session, id_).id, cause.id, "Kitchen", by=by, shown=None)
    with app.test_request_context(), session_scope(engine) as session:
        draft = first_draft(session, id_, by=by, number=0)
        assert isinstance(draft, Draft)
        assert draft.topics[0] == "waiting"
        rename_cause(session, cause.id, "Parking", words={})
        renamed = first_draft(session, id_, by=by, number=0)
        assert isinstance(renamed, Draft)
        assert renamed.topics[0] == "hygiene"


def test_what_a_draft_had_to_guess_is_told(client: FlaskClient, engine: Engine) -> None:
    """Without a signature it names a role, without a contact it points to the page: who can mend that is led there."""
    with session_scope(engine) as session:
        id_ = answerable(session).id
        case_of(session, id_).review.source.location.contact = ""
    assert "what you sign with" not in page_of(client, id_).one("#answer").text
    sent(client, page_of(client, id_), "/answer/compose")
    answer = page_of(client, id_).one("#answer")
    assert "You have not said what you sign with" in answer.text
    assert "how guests reach this place" in answer.text
    ends = [link.attrs["href"].rpartition("/")[2] for link in answer.all("a")]
    assert {"account#signature", "1#contact"} <= set(ends)


def test_private_draft_says_that_the_offer_depends_on_no_review(client: FlaskClient, engine: Engine) -> None:
    """Made where the field is empty, to the customer alone; what is typed is never replaced, and its checks pass it."""
    with session_scope(engine) as session:
        review = answerable(session)
        id_ = review.id
        case_id = session.scalars(select(Case.id).where(Case.review_id == id_)).one()
        made_offer(session, case_id, by=actor_of(make_staff(session, name="Ben").id), state=OfferState.APPROVED)
    address = f"/reviews/{id_}/message"
    token = page_of(client, id_).find("input[name=csrf_token]").attrs["value"]
    typed = client.post(f"{address}/compose", data={"csrf_token": token, "version": "0", "body": "My own words"})
    assert typed.status_code == 422
    assert "My own words" in Page(typed, status=422).one("#message-body").text
    made = client.post(f"{address}/compose", data={"csrf_token": token, "version": "0", "body": ""})
    assert made.status_code == 303
    with session_scope(engine) as session:
        message = message_of(session, case_id)
        assert message is not None
        body, version = message.body, message.version
        assert message.has_offer
    assert body.endswith(STATEMENTS["en"])
    assert "sorry" in body.lower() or "apolog" in body.lower()
    findings = private_findings(engine, id_, body)
    assert findings is not None
    assert not [one for one in findings if one["outcome"] == "failed" and one["severity"] == "block"]
    fields = {"csrf_token": token, "version": str(version), "body": body, "has_offer": "yes", "unconditional": "yes"}
    read = " ".join(str(one["check"]) for one in findings)
    ready = client.post(f"{address}/ready", data={**fields, "read": read, "ticked": "yes"})
    assert ready.status_code == 303
    assert page_of(client, id_).one("#message .reply-text").text.count(STATEMENTS["en"]) == 1
