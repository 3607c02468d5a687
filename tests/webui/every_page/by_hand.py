"""A complaint that was taken by hand, with all that its page shows of its customer."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from db.acting import Actor
from db.attachments import NewAttachment, attach
from db.complaint_links import link
from db.complaints import Noted, take_complaint
from db.contacts import keep_promise, log_contact, promise
from db.judging import case_of
from db.messages import Typed, find_fit, keep_findings, save_message
from db.models import AttachmentKind, Channel, Review, Source
from tests.webui.pictures import png
from webui.pictures import clean_picture

BODY = "Dear Ada Rossi, I am sorry that you waited. Ana Peña, owner"


def take_by_hand(session: Session, review_id: int, *, by: Actor, now: datetime) -> int:
    """At the place of a review by the same customer; the id of its own review."""
    location_id = session.get_one(Source, session.get_one(Review, review_id).source_id).location_id
    noted = Noted(channel=Channel.TABLE, words="We waited an hour.", name="Ada Rossi", contact="ada@example.org")
    taken = take_complaint(session, location_id, noted, by=by)
    case = case_of(session, taken)
    assert case is not None
    picture = clean_picture(png())
    kept = [NewAttachment(kind=AttachmentKind.PICTURE, media_type=picture.media_type, name="table", data=picture.data)]
    kept.append(NewAttachment(kind=AttachmentKind.MAIL, media_type="text/plain", name="mail.eml", data=b"We waited."))
    attach(session, taken, kept, by=by)
    log_contact(session, case.id, channel=Channel.PHONE, happened_at=now, said="Cross.", agreed="We call.", by=by)
    today = (now - timedelta(days=3)).date()
    for days, what in ((0, "Call her"), (9, "Mend the chair"), (5, "Write to her")):
        due_on = today + timedelta(days=days)
        made = promise(session, case.id, what, owner_id=by.person_id, due_on=due_on, today=today, by=by)
    keep_promise(session, case.id, made, by=by)
    typed = Typed(address="ada@example.org", subject="Your evening", body=BODY, has_offer=True)
    seen = save_message(session, case.id, typed, seen=0, by=by)
    keep_findings(session, case.id, [], seen=seen)
    find_fit(session, case.id, seen=seen, read=frozenset())
    link(session, taken, review_id, goes_on=taken, by=by)
    return taken
