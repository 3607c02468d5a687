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
from scoring.rubric.types import Audience, Finding, Origin, Outcome, PlatformRules, Severity
from scoring.suggest import Holding
from scoring.suggest.types import NoDraft, Part

from .answer_view import Checked, checked_view
from .answering import SURE, as_stored, check_answer, context_of, is_bargain
from .composing import first_draft

# Windows hands programs 2,048 characters at most, and cuts what is longer without a word.
LINK_MOST: Final = 1900


def whole(subject: str, body: str) -> str:
    """All that its reader sees, as one text: what the checks read, and what their spans count in."""
    return f"{subject}\n\n{body}" if subject.strip() else body


def private_findings(engine: Engine, review_id: int, body: str, subject: str = "") -> list[dict[str, Any]] | None:
    """What the private set of the rubric finds in a message and its subject; None where there is no such review.

    Nothing in a message without a body, which cannot be sent. The spans count in `whole`.
    """
    with read_scope(engine) as session:
        context = context_of(session, review_id)
    if context is None:
        return None
    if not body.strip():
        return []
    private = replace(context, audience=Audience.PRIVATE, platform=PlatformRules(), recent_replies=())
    words = whole(subject, body)
    return as_stored([_in_private(one, words) for one in check_answer(words, private)])


def _in_private(finding: Finding, words: str) -> Finding:
    """A block that the model alone found is a warning here, but where the law is strictest.

    Under a review an approver may lift it. A private message has no second reader, and the model learned from public
    answers, in which any offer is suspect. So what it takes for a bargain stays blocked where it is sure and the marked
    sentence speaks of a review: whoever offers takes that out of it. A threat of which it is sure stays blocked too,
    and so does all that the rules find.
    """
    is_guess = (
        finding.outcome is Outcome.FAILED and finding.severity is Severity.BLOCK and finding.origin is Origin.MODEL
    )
    is_threat = finding.check == "B04" and finding.confidence >= SURE
    if not is_guess or is_threat or is_bargain(finding, words):
        return finding
    return replace(finding, severity=Severity.WARN)


def private_checked(findings: Sequence[Mapping[str, Any]], words: str) -> Checked:
    """The same in words; `words` is the `whole`. No block can be lifted: there is no second reader who could."""
    found = checked_view(findings, words)
    return replace(found, blocks=found.blocks + found.lifts, lifts=0)


def is_offering(body: str, *, has_offer: bool, subject: str = "") -> bool:
    """Whether it offers something: by its words, in the subject too, or as its writer says."""
    from scoring.rubric.unconditional import mentions_offer

    return bool(body.strip()) and (has_offer or mentions_offer(body) or mentions_offer(subject))


def as_sent(message: PrivateMessage) -> str:
    """The whole text: with the fixed sentence where something is offered."""
    from scoring.rubric.unconditional import with_statement

    offers = is_offering(message.body, has_offer=message.has_offer, subject=message.subject)
    return with_statement(message.body) if offers else message.body


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
