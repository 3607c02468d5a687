"""What the checks are told of the case of an answer, and what they find by it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.contacts import log_contact
from db.models import Case, Channel, Offer, OfferKind, OfferState, Person, SavedReply, Score
from db.offer_undo import take_back
from db.offers import redeem, step
from db.replies import save_words
from db.roles import Role
from db.saved_replies import Fields, approve_saved, filled, keep_reply
from db.session import session_scope
from tests.db.offer_hands import Hands, led, make_hands, proposed
from tests.factories import make_location, make_person
from webui.answering import findings_in, tied_to_review
from webui.private_messages import private_findings
from webui.saved_picks import values_for

from .answers import actor_of, answerable, the_reply
from .test_case_page import case_of

VOUCHER = "We have sent you a voucher."
REFUND = "I am sorry that you waited. We have refunded you in full."
SAVED = (
    "Hello {name}, I am sorry that you waited for your table at {place}, and that nobody told you why. We should have "
    "said so at the door. Please write to me at {contact}, so that I can hear how your evening went on. {signature}"
)


def offering(engine: Engine, kind: OfferKind, state: OfferState) -> tuple[Hands, int, int]:
    """A case with an offer that is as far as this: (whose hands, the review, the offer)."""
    with session_scope(engine) as session:
        hands = make_hands(session, cases=1)
        # Above what the policy allows it waits for the owner.
        value = 9_000 if state is OfferState.PROPOSED else 3_000
        offer = proposed(session, hands, kind=kind, value_minor=value, price_minor=20_000)
        if state not in (OfferState.PROPOSED, OfferState.APPROVED):
            led(session, offer, state, by=hands.actor(Role.STAFF))
        assert offer.state is state
        return hands, session.get_one(Case, hands.case_ids[0]).review_id, offer.id


def is_backed(engine: Engine, review_id: int, words: str) -> bool:
    """Whether all that the words tell as done is on record: in public and in private alike."""
    public, private = findings_in(engine, review_id, words), private_findings(engine, review_id, words)
    told = ["W06" in [one["check"] for one in found or ()] for found in (public, private)]
    assert told[0] is told[1]
    return not told[0]


@pytest.mark.parametrize(("kind", "words"), [(OfferKind.REFUND, REFUND), (OfferKind.VOUCHER, VOUCHER)])
def test_what_was_given_may_be_told(engine: Engine, kind: OfferKind, words: str) -> None:
    """It is on record in the case: nobody is asked to log it first."""
    _, review_id, _ = offering(engine, kind, OfferState.ISSUED)
    assert is_backed(engine, review_id, words)


def test_what_was_given_backs_nothing_else(engine: Engine) -> None:
    """Neither what the rules find nor what the model alone does."""
    _, review_id, _ = offering(engine, OfferKind.REFUND, OfferState.ISSUED)
    for words in ("All our staff have been retrained.", "The waiter is no longer at our place."):
        assert not is_backed(engine, review_id, words), words
        assert not is_backed(engine, review_id, f"We have refunded you. {words}"), words


@pytest.mark.parametrize("state", [OfferState.PROPOSED, OfferState.APPROVED, OfferState.OFFERED, OfferState.ACCEPTED])
def test_what_is_only_on_its_way_is_not_done(engine: Engine, state: OfferState) -> None:
    """However far it is, short of given."""
    _, review_id, _ = offering(engine, OfferKind.VOUCHER, state)
    assert not is_backed(engine, review_id, VOUCHER)


def test_what_was_withdrawn_or_declined_backs_nothing(engine: Engine) -> None:
    """Also where it was given first; what was redeemed stays given."""
    hands, review_id, offer_id = offering(engine, OfferKind.VOUCHER, OfferState.ISSUED)
    by = hands.actor(Role.STAFF)
    with session_scope(engine) as session:
        offer = session.get_one(Offer, offer_id)
        redeem(session, offer.code or "", by=by, places=None)
    assert is_backed(engine, review_id, VOUCHER)
    with session_scope(engine) as session:
        offer = session.get_one(Offer, offer_id)
        take_back(session, offer_id, seen=offer.version, by=by)
        step(session, offer_id, OfferState.CANCELLED, seen=offer.version, by=by, reason="To the wrong guest")
    assert not is_backed(engine, review_id, VOUCHER)
    hands, review_id, offer_id = offering(engine, OfferKind.VOUCHER, OfferState.OFFERED)
    with session_scope(engine) as session:
        offer = session.get_one(Offer, offer_id)
        step(session, offer_id, OfferState.DECLINED, seen=offer.version, by=hands.actor(Role.STAFF))
    assert not is_backed(engine, review_id, VOUCHER)


def test_what_a_sent_message_answers_need_not_be_said_in_public(engine: Engine) -> None:
    """A message, not a talk that was noted down."""
    words = "I am sorry that you waited so long for your table. Elena Rossi, restaurant manager"
    with session_scope(engine) as session:
        review_id = answerable(session).id
        session.get_one(Score, review_id).topics = [{"topic": one, "probability": 0.9} for one in ("waiting", "price")]
        case_id, by = case_of(session, review_id).id, actor_of(make_person(session).id)
    for is_message, misses in ((False, True), (True, False)):
        with session_scope(engine) as session:
            said = "Dear Sam, you were charged twice, and the bill is being put right."
            log_contact(
                session, case_id, channel=Channel.MAIL, happened_at=by.now, said=said, is_message=is_message, by=by
            )
        assert ("S08" in [one["check"] for one in findings_in(engine, review_id, words) or ()]) is misses


def saved_at(session: Session, *, body: str = SAVED, is_approved: bool = True, **fields: Any) -> SavedReply:
    """A saved reply of somebody's; approved by somebody else."""
    saved = keep_reply(session, None, Fields(name="Wait", body=body, **fields), by=actor_of(make_person(session).id))
    if is_approved:
        approve_saved(session, saved.id, seen=saved.version, by=actor_of(make_person(session).id))
    return saved


def put_in(session: Session, review_id: int, saved: SavedReply) -> str:
    """The words as the desk puts them in for somebody who signs with more than a name."""
    writer = make_person(session, name="Elena")
    session.get_one(Person, writer.id).signature = "Elena Rossi, manager"
    by = actor_of(writer.id, "Elena")
    words = filled(saved.body, values_for(session, review_id, by=by))
    save_words(session, case_of(session, review_id).id, words, seen=0, by=by, saved_reply_id=saved.id)
    return words


def is_same_again(engine: Engine, review_id: int, words: str) -> bool:
    return "W08" in [one["check"] for one in findings_in(engine, review_id, words) or ()]


def test_a_saved_reply_is_warned_of_unless_it_went_in_approved(engine: Engine) -> None:
    """Pasted by hand or changed a little it is a copy; as it was approved and put in, it may go out."""
    with session_scope(engine) as session:
        pasted, used = answerable(session).id, answerable(session).id
        saved_at(session, body=SAVED + " See you soon.")
        words = put_in(session, used, saved_at(session))
        assert "Elena Rossi, manager" in words
    assert is_same_again(engine, pasted, words)
    assert not is_same_again(engine, used, words)
    assert is_same_again(engine, used, words.replace("Elena Rossi, manager", "Ben Okri, owner"))
    anew = "Forty minutes for a table that was yours is too long. Nobody told you why, and that was my mistake. Elena"
    assert not is_same_again(engine, used, anew)


def test_a_saved_reply_that_nobody_approved_is_warned_of(engine: Engine) -> None:
    """Also where the desk put it in: from the start, and once it was approved anew in other words."""
    with session_scope(engine) as session:
        review_id, other_id = answerable(session).id, answerable(session).id
        words = put_in(session, review_id, saved_at(session, is_approved=False))
        later = saved_at(session)
        older = put_in(session, other_id, later)
        by = actor_of(make_person(session).id)
        fields = Fields(name="Wait", body=SAVED.replace("at the door", "in the hall"))
        keep_reply(session, later.id, fields, seen=later.version, by=by)
        approve_saved(session, later.id, seen=later.version, by=actor_of(make_person(session).id))
        assert the_reply(session, other_id).saved_reply_id == later.id
    assert is_same_again(engine, review_id, words)
    assert is_same_again(engine, other_id, older)


def test_a_saved_reply_of_another_place_is_not_compared(engine: Engine) -> None:
    """Nobody can take it here."""
    with session_scope(engine) as session:
        review_id = answerable(session).id
        saved_at(session, location_id=make_location(session).id)
        by = actor_of(make_person(session).id)
        words = filled(SAVED, values_for(session, review_id, by=by))
    assert not is_same_again(engine, review_id, words)


def test_words_of_an_offer_are_read_by_the_model_too() -> None:
    """What no rule knows is found where it speaks of a review; an offer alone is none, nor is its cause."""
    hidden = "The voucher is in the drawer until the review reads like the evening we usually give."
    assert tied_to_review(hidden) == hidden
    for plain in (
        "Voucher of 50 euros for the next stay",
        "Goodwill: the guest left two stars because of the noise",
        "Refund of two main courses after the bad review about the wait",
        "We send you 30 euros for the cold dinner that you described in your review.",
    ):
        assert tied_to_review(plain) == "", plain
