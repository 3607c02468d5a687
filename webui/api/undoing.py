"""Taking back what was just done over the API, or on the pages by the same person: soon, once, and in words."""

from __future__ import annotations

from datetime import datetime

from flask import Response, url_for
from pydantic import BaseModel, Field

from db.acting import UNDO_KEPT, Actor
from db.errors import CaseChanged
from db.phrases import say
from db.queries.offers import place_of_offer
from db.queries.places import places_of_cases
from db.roles import Act
from db.scopes import Scope
from db.session import read_scope
from db.ways_back import Made, take_back, way_back

from ..i18n import gettext, ngettext
from ..pages import pages
from .door import caller, check_place, operation, sent, writing
from .given import UndoPath
from .problems import Refused
from .told import CaseWhole
from .told_offers import OfferTold

SCOPES = {Made.OFFER: Scope.WRITE_OFFERS, Made.COMPLAINT: Scope.WRITE_COMPLAINTS}  # all else: write:cases


class WayBack(BaseModel):
    """What takes an act back: a POST to `path`, by the same person."""

    token: str
    path: str
    until: datetime = Field(description="from then on it works no more")

    @classmethod
    def by(cls, token: str | None, by: Actor) -> WayBack | None:
        """The way back from what was just done; None where nothing was changed."""
        if token is None:
            return None
        return cls(token=token, path=url_for("api.undo", token=token), until=by.now + UNDO_KEPT)


BACK = Field(description="how to take it back; null: nothing was changed")


class CaseDone(CaseWhole):
    undo: WayBack | None = BACK


class OfferDone(OfferTold):
    undo: WayBack | None = BACK


class ComplaintTaken(BaseModel):
    review_id: int
    is_repeated: bool = Field(description="it was taken before, with this Idempotency-Key")
    undo: WayBack | None = Field(description="how to take it back, until somebody works on it; null: it is repeated")


class Undone(BaseModel):
    kind: str = Field(description="of what was taken back, as the timeline names it")
    changed: int = Field(description="cases or offers that are as they were before")
    kept: int = Field(description="cases that somebody has changed since, and that stay as they are")


@operation("POST", "/undo/<string(maxlength=64):token>", Undone, group="Undo", also=(403, 404, 409, 410, 422),
           has_body=False)  # fmt: skip
def undo(path: UndoPath) -> Response:
    """Take back what was just done, by the “undo” of its answer. It takes the scope and the role of the act itself."""
    who = caller()
    with read_scope(pages().engine) as session:
        now = pages().clock()
        found = way_back(session, path.token, by=Actor(person_id=who.person_id, name=who.person_name, now=now))
        if found is None:
            raise _too_late()
        scope = next((of for made, of in SCOPES.items() if found.kind == made), Scope.WRITE_CASES)
        if scope not in who.scopes:
            raise Refused("scope-missing", gettext("It takes the scope %(scope)s.", scope=scope.value))
        if found.offer_id is not None:
            places = [place_of_offer(session, found.offer_id)]
        else:
            places = [one.location_id for one in places_of_cases(session, found.case_ids)] or [None]
    for place in places:
        check_place(Act.WORK, place)
    with writing() as (session, by):
        undone = take_back(session, path.token, by=by)
        if undone is None:
            raise _too_late()
        if not undone.changed:
            raise CaseChanged(say("Somebody has changed it since, so it stays as it is. Change it by hand instead."))
    return sent(Undone(kind=undone.kind, changed=undone.changed, kept=undone.kept))


def _too_late() -> Refused:
    seconds = int(UNDO_KEPT.total_seconds())
    words = ngettext(
        "A way back works for %(num)s second, once, and for whoever did it.",
        "A way back works for %(num)s seconds, once, and for whoever did it.",
        seconds,
    )
    return Refused("too-late", words)
