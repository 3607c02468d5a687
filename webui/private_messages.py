"""What the checks are told of a private message, what they find in it, and how it goes out.

A message goes out by hand: copied, or by a link that opens the writer's own mail program. Nothing is sent from here, so
that an answer comes to an address which somebody reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.acting import Actor
from db.complaints import complaint_of
from db.errors import BadValue
from db.messages import Typed
from db.models import PrivateMessage
from db.phrases import say
from db.queries.offers import still_offered
from db.session import read_scope
from scoring.rubric.types import Audience, Origin, PlatformRules, Severity
from scoring.suggest import Holding
from scoring.suggest.types import NoDraft, Part

from .answer_view import Checked, checked_view
from .answering import as_stored, check_answer, context_of
from .composing import first_draft

# Windows hands programs 2,048 characters at most, and cuts what is longer without a word.
LINK_MOST: Final = 1900


def private_findings(engine: Engine, review_id: int, body: str) -> list[dict[str, Any]] | None:
    """What the private set of the rubric finds in a message; None where there is no such review."""
    with read_scope(engine) as session:
        context = context_of(session, review_id)
    if context is None:
        return None
    if not body.strip():
        return []
    private = replace(context, audience=Audience.PRIVATE, platform=PlatformRules(), recent_replies=())
    return [_in_private(one) for one in as_stored(check_answer(body, private))]


def _in_private(finding: dict[str, Any]) -> dict[str, Any]:
    """A block that the model alone found is a warning here.

    Under a review an approver may lift it. A private message has no second reader, and the model learned from public
    answers, in which any offer is suspect; what the rules find stays blocked for good.
    """
    is_guess = finding["severity"] == Severity.BLOCK and finding["origin"] == Origin.MODEL
    return finding | {"severity": Severity.WARN.value} if is_guess else finding


def private_checked(findings: Sequence[Mapping[str, Any]], body: str) -> Checked:
    """The same in words. No block can be lifted: there is no second reader who could."""
    found = checked_view(findings, body)
    return replace(found, blocks=found.blocks + found.lifts, lifts=0)


def is_offering(body: str, *, has_offer: bool) -> bool:
    """Whether it offers something: by its words, or as its writer says."""
    from scoring.rubric.unconditional import mentions_offer

    return bool(body.strip()) and (has_offer or mentions_offer(body))


def as_sent(message: PrivateMessage) -> str:
    """The whole text: with the fixed sentence where something is offered."""
    from scoring.rubric.unconditional import with_statement

    return with_statement(message.body) if is_offering(message.body, has_offer=message.has_offer) else message.body


def private_draft(
    session: Session, review_id: int, case_id: int, present: PrivateMessage | None, *, by: Actor
) -> Typed:
    """A first draft of a message, as the public composer writes one, to the address that is known.

    Whoever reads it has been reached, so no sentence asks them to write elsewhere. Where the case holds an offer, the
    sentence that it depends on no review stands at the end.

    Raises:
        BadValue: there can be none, and why; or somebody has to see the review first.
        CaseChanged: the case is gone.
    """
    from scoring.rubric.unconditional import with_statement

    number = present.version if present else 0
    composed = first_draft(session, review_id, by=by, number=number, is_private=True)
    if isinstance(composed, Holding):
        raise BadValue(say("Somebody else has to see this first: nothing is drafted. Speak with them, then write."))
    if isinstance(composed, NoDraft):
        raise BadValue(say("There can be no draft: too little is known, or it is in a language not drafted in."))
    text = composed.text
    for one in composed.sentences:
        if one.part is Part.ROUTE:
            text = text.replace(one.text, "")
    text = "\n\n".join(part for lines in text.split("\n\n") if (part := re.sub(r" {2,}", " ", lines).strip()))
    has_offer = bool(still_offered(session, case_id))
    complaint = complaint_of(session, review_id)
    return Typed(
        address=present.address if present and present.address else complaint.contact if complaint else "",
        subject=present.subject if present else "",
        body=with_statement(text) if has_offer else text,
        has_offer=has_offer,
    )


def mail_link(address: str, subject: str, text: str) -> str:
    """An address that opens a mail program with all of it; empty where it would be too long, or goes nowhere."""
    if "@" not in address or any(char.isspace() or char in ",;?&" for char in address):
        return ""
    lines = text.replace("\n", "\r\n")  # RFC 6068
    link = f"mailto:{quote(address, safe='@+')}?subject={quote(subject)}&body={quote(lines)}"
    return link if len(link) <= LINK_MOST else ""
