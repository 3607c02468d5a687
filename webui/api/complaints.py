"""Complaints that another program takes: a till, a form, a telephone system. Each is made once, however often sent."""

from __future__ import annotations

import json

from flask import Response, url_for
from sqlalchemy.exc import IntegrityError

from db.api_tokens import keep_receipt, receipt_of
from db.complaints import Noted, take_complaint
from db.roles import Act
from db.scopes import Scope
from db.vault import digest_of
from db.ways_back import from_complaint

from ..i18n import gettext
from .door import caller, check_place, operation, sent, writing
from .given import ComplaintGiven, IdempotencyKey
from .problems import Refused
from .undoing import ComplaintTaken, WayBack


@operation("POST", "/complaints", ComplaintTaken, group="Complaints", scope=Scope.WRITE_COMPLAINTS, act=Act.WORK,
           status=201, also=(404, 409), headers=("Location",))  # fmt: skip
def take(header: IdempotencyKey, body: ComplaintGiven) -> Response:
    """Enter a complaint. Its case stands in the queue at once.

    With an Idempotency-Key the same request may be sent again for 24 hours, and makes nothing new.
    """
    check_place(Act.WORK, body.place_id)
    noted = Noted(
        channel=body.channel,
        words=body.words,
        name=body.name,
        contact=body.contact,
        heard_level=body.heard_level or "",
        visited_at=body.visited_at,
    )
    said = body.model_dump(mode="json", exclude=set() if body.visited_at else {"visited_at"})  # as before it was asked
    key, asked = header.idempotency_key, json.dumps(said, sort_keys=True)
    try:
        with writing() as (session, by):
            receipt = receipt_of(session, caller().token_id, key, now=by.now) if key else None
            if receipt is not None:
                if receipt.asked_digest != digest_of(asked):
                    raise Refused(
                        "not-taken",
                        gettext("This Idempotency-Key came with another complaint."),
                        advice=gettext("Take a new key for each complaint."),
                    )
                if receipt.review_id is None:
                    raise Refused("conflict", gettext("The complaint of this key was taken back or erased since."))
                return _taken(receipt.review_id, None, is_repeated=True)
            kept = keep_receipt(session, caller().token_id, key, asked, now=by.now) if key else None
            review_id = take_complaint(session, body.place_id, noted, by=by)
            if kept is not None:
                kept.review_id = review_id
            back = WayBack.by(from_complaint(session, review_id, by=by), by)
        return _taken(review_id, back, is_repeated=False)
    except IntegrityError as error:
        # Two at once with one key: the other is being made, or just was.
        words = gettext("The same request is being carried out.")
        raise Refused("conflict", words, advice=gettext("Send it again with the same key.")) from error


def _taken(review_id: int, undo: WayBack | None, *, is_repeated: bool) -> Response:
    told = ComplaintTaken(review_id=review_id, is_repeated=is_repeated, undo=undo)
    return sent(told, 201, Location=url_for("api.get_case", review_id=review_id))
