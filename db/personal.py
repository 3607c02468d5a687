"""Where in the database something stands of customers: the one list by which it is found, told, and taken out.

A new table with words about a customer needs an entry in `HELD`, or its columns in `HARMLESS`, with the reason. A test
walks all models and fails for a column of text, JSON or bytes that is in neither. What has an entry is then forgotten
by `db.forgetting`, found by `db.subjects` and told by `db.access`, without another line.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, select

from .models import (
    Attachment,
    Base,
    Case,
    CaseEvent,
    Complaint,
    ComplaintLink,
    Contact,
    CustomerMerge,
    FollowUp,
    Gist,
    LegalHold,
    Note,
    NoteDraft,
    Offer,
    OfferStep,
    PracticeAttempt,
    PrivateMessage,
    Promise,
    Reply,
    ReplyVersion,
    Review,
    Revision,
    Score,
)

# Of the facts of an event or a step, what people have typed; the rest are ids, names of staff and figures.
TYPED_FACTS: Final = frozenset({"reason", "lift", "description"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one table holds of the customers of some reviews.

    `columns` is what goes, each with what stands there afterwards. `told` is what is also said of a row in an access
    export: when, how, how much. `searched` is where a name, an address or a number is looked for.
    """

    kind: str  # one word: headings, counts and keys of exports go by it
    table: type[Base]
    by: str  # the column that ties a row to a review: a key of `_TIES`
    columns: Mapping[str, Any] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    is_dropped: bool = False  # the rows go as a whole
    has_typed_facts: bool = False  # of its column `facts` what was typed goes
    is_of_review: bool = False  # db.erasing takes it out: it has to go where a platform's terms say so, too

    def rows(self, review_ids: Collection[int]) -> ColumnElement[bool]:
        """Which rows are of these reviews."""
        column: ColumnElement[int] = getattr(self.table, self.by)
        return column.in_(_TIES[self.by](review_ids))


def _cases(review_ids: Collection[int]) -> Select[int]:
    return select(Case.id).where(Case.review_id.in_(review_ids))


# How a row finds its review. What hangs on something else than these needs a line here.
_TIES: Final[Mapping[str, Any]] = {
    "id": lambda ids: ids,
    "review_id": lambda ids: ids,
    "complaint_id": lambda ids: ids,
    "other_id": lambda ids: ids,
    "case_id": _cases,
    "reply_id": lambda ids: select(Reply.id).where(Reply.case_id.in_(_cases(ids))),
    "offer_id": lambda ids: select(Offer.id).where(Offer.case_id.in_(_cases(ids))),
}

HELD: Final = (
    Held(
        kind="review", table=Review, by="id", is_of_review=True,
        columns=dict.fromkeys(("url", "author_name", "author_ref", "title", "body", "positive", "negative",
                               "translation", "reply_body", "reply_author", "reply_note"), ""),
        told=("published_at", "edited_at", "visited_at", "visited_precision", "rating_raw", "stars", "language",
              "external_id", "reply_published_at", "first_seen_at", "last_seen_at"),
        searched=("author_name", "author_ref", "title", "body", "reply_body"),
    ),
    Held(
        kind="wording", table=Revision, by="review_id", is_of_review=True, is_dropped=True,
        columns={"title": "", "body": ""}, told=("rating_raw", "seen_from_at", "replaced_at"),
        searched=("title", "body"),
    ),
    Held(
        kind="judgement", table=Score, by="review_id", is_of_review=True,
        columns={"sentences": [], "reasons": []},
        told=("anger_level", "anger", "reaches_alert", "sentiment", "language", "topics", "risks", "scored_at",
              "model_version"),
    ),
    Held(
        kind="gist", table=Gist, by="review_id", is_of_review=True, is_dropped=True,
        columns={"facts": "", "feeling": ""}, told=("saved_at",), searched=("facts", "feeling"),
    ),
    Held(
        kind="complaint", table=Complaint, by="review_id", columns={"contact": ""}, told=("channel", "taken_at"),
        searched=("contact",),
    ),
    Held(kind="complaint_link", table=ComplaintLink, by="complaint_id", is_dropped=True),
    # A link to what somebody wrote in public would tell who complained: from either end.
    Held(kind="complaint_link", table=ComplaintLink, by="review_id", is_dropped=True),
    # That two are one person, said by hand: the same.
    Held(kind="customer_merge", table=CustomerMerge, by="review_id", is_dropped=True),
    Held(kind="customer_merge", table=CustomerMerge, by="other_id", is_dropped=True),
    Held(
        kind="attachment", table=Attachment, by="review_id", is_dropped=True, columns={"name": "", "data": b""},
        told=("kind", "media_type", "size", "added_at"), searched=("name",),
    ),
    Held(
        kind="case", table=Case, by="review_id", columns={"reason": ""},
        told=("state", "stage", "opened_at"), searched=("reason",),
    ),
    Held(kind="event", table=CaseEvent, by="case_id", has_typed_facts=True, told=("kind", "happened_at")),
    Held(
        kind="note", table=Note, by="case_id", columns={"body": ""}, told=("written_at", "edited_at"),
        searched=("body",),
    ),
    Held(
        kind="note_draft", table=NoteDraft, by="case_id", is_dropped=True, columns={"body": ""}, told=("saved_at",),
        searched=("body",),
    ),
    Held(
        kind="contact", table=Contact, by="case_id", columns={"said": "", "agreed": ""},
        told=("channel", "happened_at"), searched=("said", "agreed"),
    ),
    Held(
        kind="promise", table=Promise, by="case_id", columns={"what": ""}, told=("due_on", "made_at", "done_at"),
        searched=("what",),
    ),
    Held(
        kind="follow_up", table=FollowUp, by="case_id", columns={"note": ""},
        told=("due_on", "outcome", "closed_at"), searched=("note",),
    ),
    Held(
        kind="message", table=PrivateMessage, by="case_id", is_dropped=True,
        columns={"address": "", "address_key": "", "subject": "", "body": ""}, told=("saved_at",),
        searched=("address", "subject", "body"),
    ),
    Held(
        kind="answer", table=Reply, by="case_id",
        columns=dict.fromkeys(("body", "posted_body", "live_body", "lift_reason", "sent_back_reason", "trouble"), ""),
        told=("state", "posted_at", "live_at"), searched=("body", "posted_body"),
    ),
    Held(
        kind="answer_wording", table=ReplyVersion, by="reply_id", columns={"body": "", "facts": {}},
        told=("kind", "saved_at"), searched=("body",),
    ),
    Held(
        kind="offer", table=Offer, by="case_id",
        columns={"description": "", "reason": "", "exception_reason": ""},
        told=("kind", "state", "value_minor", "currency", "valid_until_on", "code", "channel", "proposed_at",
              "issued_at", "redeemed_at"),
        searched=("description", "reason", "exception_reason"),
    ),
    Held(kind="offer_step", table=OfferStep, by="offer_id", has_typed_facts=True, told=("state", "happened_at")),
    Held(
        kind="legal_hold", table=LegalHold, by="case_id", is_dropped=True, columns={"reason": ""}, told=("placed_at",),
        searched=("reason",),
    ),
)  # fmt: skip

# Of staff and not of customers, but as old as they: db.keeping empties these by their own age.
OF_STAFF: Final[Mapping[type[Base], tuple[str, ...]]] = {PracticeAttempt: ("body",)}

_STAFF = "names and settings of those who work here"
_MACHINE = "an id, a digest, a key, a state or a figure: no words of anybody"
_BUSINESS = "words of the business about itself"
_SEALED = "encrypted, and of the business"

# table -> why its columns tell nothing of a customer -> which columns that are.
HARMLESS: Final[Mapping[str, Mapping[str, str]]] = {
    "alert": {_MACHINE: "key facts"},
    "alert_delivery": {_MACHINE: "claim batch trouble"},
    "alert_route": {_STAFF: "name reasons place_ids before", _SEALED: "sealed_address", _MACHINE: "service"},
    "assignment_rule": {_MACHINE: "topic risk least"},
    "attachment": {_MACHINE: "media_type", _STAFF: "person_name"},
    "attempt": {_MACHINE: "key"},
    "audit_entry": {_MACHINE: "kind digest facts", _STAFF: "person_name"},  # free words only as digests: db.audit
    "case": {_MACHINE: "priority_parts"},
    "case_event": {_MACHINE: "kind", _STAFF: "person_name"},
    "api_receipt": {_MACHINE: "key_digest asked_digest"},
    "api_token": {_BUSINESS: "name", _MACHINE: "digest scopes"},
    "cause": {_BUSINESS: "key name"},
    "complaint": {_MACHINE: "heard_level", _STAFF: "taken_by_name"},
    "complaint_link": {_STAFF: "person_name"},
    "contact": {_STAFF: "person_name"},
    "crawl_run": {_MACHINE: "reason message block_kind robots_verdict"},
    "customer_merge": {_STAFF: "person_name"},
    "digest_issue": {_MACHINE: "week"},
    "erased_mark": {_MACHINE: "mark"},
    "follow_up": {_STAFF: "made_by_name closed_by_name"},
    "gist": {_MACHINE: "content_hash", _STAFF: "person_name"},
    # A customer named there is masked by db.forgetting.
    "improvement": {_BUSINESS: "title work", _STAFF: "owner_name opened_by_name"},
    "improvement_step": {_BUSINESS: "before after", _STAFF: "person_name"},
    "legal_hold": {_STAFF: "person_name"},
    "location": {_BUSINESS: "slug name timezone opening targets chain contact"},
    "note": {_STAFF: "person_name"},
    "note_draft": {_MACHINE: "page"},
    "offer": {_MACHINE: "currency outside month code"},
    "offer_policy": {_BUSINESS: "terms", _STAFF: "person_name"},
    "offer_step": {_STAFF: "person_name"},
    "passkey": {_STAFF: "name", _MACHINE: "credential_id public_key"},
    "person": {
        _STAFF: "email name signature mails_off keys",
        _MACHINE: "password_hash session_key passkey_handle",
        _SEALED: "sealed_totp sealed_codes",
    },
    "person_link": {_MACHINE: "digest"},
    "practice_attempt": {_MACHINE: "case_key findings passed"},
    "privacy_wish": {_MACHINE: "token language review_ids counts", _STAFF: "person_name"},
    "private_message": {_MACHINE: "findings", _STAFF: "person_name"},
    "promise": {_STAFF: "owner_name made_by_name done_by_name"},
    "push_refusal": {_MACHINE: "reason"},
    "reply": {_MACHINE: "author_ids content_hash findings claim receipt"},
    "reply_version": {_STAFF: "person_name"},
    "review": {
        # external_id may name its writer: db.erasing gives it another.
        _MACHINE: "external_id id_kind rating_raw rating_kind language published_precision visited_precision "
        "reply_state reply_event standing content_hash reply_hash erased_for scored_with score_claim",
    },
    "revision": {_MACHINE: "rating_raw content_hash"},
    "saved_reply": {_BUSINESS: "name body", _MACHINE: "language topic anger_level"},
    "saved_view": {_STAFF: "slug name query", _MACHINE: "place_ids"},
    "score": {_MACHINE: "model_version content_hash anger_level language topics risks"},  # evidence: db.erasing
    "score_label": {_MACHINE: "kind name"},
    "setting": {_BUSINESS: "name value"},
    "sign_in": {_MACHINE: "digest via language", _STAFF: "agent address"},
    "source": {
        _BUSINESS: "slug name platform syntax url place_ref options host basis_note",
        _SEALED: "sealed_keys sealed_token",
        _MACHINE: "hook_digest claim health_note",
    },
    "staff_mail": {_MACHINE: "facts batch"},  # gone once it is sent
    "tag": {_BUSINESS: "name folded"},
    "undo_step": {_MACHINE: "token kind before"},  # gone within a minute, and void once the case has changed
    "verdict": {_MACHINE: "content_hash model_version"},
    "webhook": {
        _BUSINESS: "url events place_ids",
        _SEALED: "sealed_secret sealed_earlier",
        _STAFF: "made_by_name",
    },
    "webhook_attempt": {_BUSINESS: "answer trouble"},  # of a receiver of the business, who was sent ids alone
    "webhook_delivery": {_MACHINE: "claim"},
    "webhook_message": {_MACHINE: "name kind facts"},
}


def left_of_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of an event or step without what people have typed."""
    return {name: value for name, value in facts.items() if name not in TYPED_FACTS}


def with_review(held: Held, *columns: Any) -> Select[Any]:
    """These columns of its rows, after the id of the review of each."""
    table: Any = held.table
    column = getattr(table, held.by)
    if held.by in ("id", "review_id", "complaint_id", "other_id"):
        return select(column.label("of_review"), *columns)
    found = select(Case.review_id.label("of_review"), *columns).select_from(table)
    if held.by == "reply_id":
        return found.join(Reply, Reply.id == column).join(Case, Case.id == Reply.case_id)
    if held.by == "offer_id":
        return found.join(Offer, Offer.id == column).join(Case, Case.id == Offer.case_id)
    return found.join(Case, Case.id == column)
