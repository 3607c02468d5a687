"""The mails to those who work here, in the language of the pages they saw last. None holds a word of a guest, nor
their name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from db.alert_routes import RouteRow
from db.mail_contents import BrokenWayContent, CasesContent, DigestContent, DueMail, ImprovementContent, NoteContent
from db.masking import mask
from db.models import MailKind
from db.queries.rows import QueueRow

from .alert_words import route_name
from .cause_lists import named_cause
from .clock_words import clock_view
from .direct_words import source_words
from .filters import in_words
from .i18n import gettext, ngettext, speaking
from .labels import risk_name
from .mail import new_message
from .rows import level_words, risks_by_weight
from .rule_words import words_of_event
from .settings import WebSettings
from .shown import one_line, shown
from .told import told


def staff_mail(settings: WebSettings, mail: DueMail, *, off: str, now: datetime) -> EmailMessage:
    """One mail, ready to be sent. The same order gives the same Message-ID each time. `off` turns its kind off.

    Raises:
        MailError: the address cannot stand in a head.
    """
    with speaking(mail.language):
        if isinstance(mail.content, NoteContent):
            subject, text = _of_note(settings, mail, mail.content)
        elif isinstance(mail.content, ImprovementContent):
            subject, text = _of_improvement(settings, mail, mail.content)
        elif isinstance(mail.content, BrokenWayContent):
            subject, text = _of_broken_way(settings, mail, mail.content.row)
        elif isinstance(mail.content, DigestContent):
            raise TypeError("a digest is written by webui.digest.message, which reads what it tells")
        else:
            subject, text = CASES[mail.kind](settings, mail, mail.content, now)
        if mail.absent:
            names = ", ".join(map(one_line, mail.absent))
            text += "\n" + gettext("You hear of it because you stand in for %(names)s.", names=names) + "\n"
        text += "\n-- \n" + gettext("No more mails of this kind: %(address)s", address=off) + "\n"
    return new_message(settings, to=mail.email, subject=subject, text=text, now=now, batch=mail.batch, off=off)


def _of_note(settings: WebSettings, mail: DueMail, note: NoteContent) -> tuple[str, str]:
    """It quotes the note, masked, and nothing of what the guest wrote."""
    writer, place = one_line(note.writer), one_line(note.location_name)
    is_mention = mail.kind is MailKind.MENTION
    if is_mention:
        subject = gettext("%(writer)s names you in a note: %(place)s", writer=writer, place=place)
    else:
        subject = gettext("A note by %(writer)s: %(place)s", writer=writer, place=place)
    text = gettext(
        "Hello %(name)s,\n\n%(writer)s wrote on a case of %(place)s:\n\n%(note)s\n\nThe case: %(address)s\n",
        name=one_line(mail.name),
        writer=writer,
        place=place,
        note="\n".join(f"> {line}" for line in mask(shown(note.body), note.author_name).splitlines()),
        address=f"{settings.public_url}/reviews/{note.review_id}#note-{note.note_id}",
    )
    if not is_mention:
        text += gettext("\nYou watch this case or have it. To hear no more of it, press “Watch no more” there.\n")
    return subject, text


def _of_improvement(settings: WebSettings, mail: DueMail, given: ImprovementContent) -> tuple[str, str]:
    row, place = given.row, one_line(given.row.location_name)
    subject = gettext("%(name)s gave you an improvement action: %(place)s", name=one_line(given.by), place=place)
    opening = gettext("this improvement action was given to you:")
    about = [
        f"{mask(one_line(row.title))} · {place}",
        "  " + gettext("because of: %(cause)s", cause=one_line(named_cause(row.cause_key, row.cause_name))),
        "  " + gettext("by %(day)s", day=in_words(row.due_on)),
        f"  {settings.public_url}/actions/{row.id}",
        "",
    ]
    return subject, _letter(mail, opening, about, gettext("Say there what is done, so that others see how far it is."))


def _of_broken_way(settings: WebSettings, mail: DueMail, row: RouteRow) -> tuple[str, str]:
    """Of a service alone: of mails that are not taken nobody can be told by mail."""
    name, service = route_name(row), one_line(row.service)
    called = name if service in ("", name) else f"{name} ({service})"
    lines = [
        gettext("Hello %(name)s,", name=one_line(mail.name)),
        "",
        gettext("your way “%(way)s” takes no alerts any more: several in a row did not get through.", way=called),
        "",
        *([gettext("The last time: %(why)s", why=told(row.trouble))] if row.trouble else []),
        gettext(
            "Send a test, or enter the address anew: %(address)s", address=f"{settings.public_url}/alerts/{row.id}"
        ),
        gettext("What did not reach you: %(address)s", address=f"{settings.public_url}/alerts?state=given_up#log-head"),
        "",
        gettext("The queue shows everything all the same. You get this mail once until something gets through again."),
    ]
    return gettext("Your alerts do not reach you: %(way)s", way=name), "\n".join(lines) + "\n"


def _of_escalation(settings: WebSettings, mail: DueMail, cases: CasesContent, now: datetime) -> tuple[str, str]:
    subject = ngettext(
        "%(num)s review runs out of time", "%(num)s reviews run out of time", cases.count, num=cases.count
    )
    opening = ngettext(
        "a guest waits for an answer, and time runs out:",
        "guests wait for an answer, and time runs out:",
        cases.count,
    )
    listed = _listed(settings, cases, now, still=gettext("settled meanwhile"))
    ending = gettext("Who hears of what, and when, stands at the places: %(address)s", address=_places(settings))
    return subject, _letter(mail, opening, listed, ending)


def _of_assigned(settings: WebSettings, mail: DueMail, cases: CasesContent, now: datetime) -> tuple[str, str]:
    givers = {str(one.get("by") or "") for one in cases.facts.values()}
    if cases.count == 1 and (by := givers.pop()):
        place = one_line(cases.rows[0].location_name)
        subject = gettext("%(name)s gave you a case: %(place)s", name=one_line(by), place=place)
    else:
        subject = ngettext("%(num)s case is yours now", "%(num)s cases are yours now", cases.count)
    opening = ngettext("this case was given to you:", "these cases were given to you:", cases.count)
    ending = ngettext(
        "Not for you? Give it on or back there; it is yours until then.",
        "Not for you? Give them on or back there; they are yours until then.",
        cases.count,
    )
    return subject, _letter(mail, opening, _listed(settings, cases, now), ending)


def _of_approval(settings: WebSettings, mail: DueMail, cases: CasesContent, now: datetime) -> tuple[str, str]:
    subject = ngettext("%(num)s answer waits for approval", "%(num)s answers wait for approval", cases.count)
    opening = ngettext(
        "this answer has waited for a while. Approve it, or send it back with what to mend:",
        "these answers have waited for a while. Approve them, or send them back with what to mend:",
        cases.count,
    )
    listed = _listed(settings, cases, now, page="/answer/approve")
    return subject, _letter(mail, opening, listed, gettext("You are reminded of each of them once."))


def _of_follow_up(settings: WebSettings, mail: DueMail, cases: CasesContent, now: datetime) -> tuple[str, str]:
    subject = ngettext("%(num)s customer to ask again", "%(num)s customers to ask again", cases.count)
    opening = ngettext(
        "today is the day to ask this customer whether it was made right:",
        "today is the day to ask these customers whether it was made right:",
        cases.count,
    )
    listed = _listed(settings, cases, now, page="#follow-ups")
    ending = gettext("All who are to be asked: %(address)s", address=f"{settings.public_url}/follow-ups")
    return subject, _letter(mail, opening, listed, ending)


def _of_promise(settings: WebSettings, mail: DueMail, cases: CasesContent, now: datetime) -> tuple[str, str]:
    subject = ngettext("A promise is due", "Promises in %(num)s cases are due", cases.count)
    opening = ngettext(
        "what a customer was promised here is due today:",
        "what customers were promised here is due today:",
        cases.count,
    )
    listed = _listed(settings, cases, now, page="#contacts")
    ending = gettext("All that is promised: %(address)s", address=f"{settings.public_url}/promises")
    return subject, _letter(mail, opening, listed, ending)


def _of_exception(settings: WebSettings, mail: DueMail, cases: CasesContent, now: datetime) -> tuple[str, str]:
    subject = ngettext(
        "%(num)s offer outside the policy waits for you",
        "%(num)s offers outside the policy wait for you",
        cases.count,
    )
    opening = ngettext(
        "somebody wants to offer more than the policy allows. Allow it with a reason, or decline it:",
        "somebody wants to offer more than the policy allows. Allow each with a reason, or decline it:",
        cases.count,
    )
    listed = _listed(settings, cases, now, page="#offers")
    return subject, _letter(mail, opening, listed, gettext("The customer does not know of it yet."))


CASES: dict[MailKind, Callable[[WebSettings, DueMail, CasesContent, datetime], tuple[str, str]]] = {
    MailKind.ASSIGNED: _of_assigned,
    MailKind.ESCALATION: _of_escalation,
    MailKind.APPROVAL: _of_approval,
    MailKind.FOLLOW_UP: _of_follow_up,
    MailKind.PROMISE: _of_promise,
    MailKind.EXCEPTION: _of_exception,
}


def _letter(mail: DueMail, opening: str, listed: Sequence[str], ending: str) -> str:
    hello = gettext("Hello %(name)s,", name=one_line(mail.name))
    return "\n".join([hello, "", opening, "", *listed, ending]) + "\n"


def _listed(settings: WebSettings, cases: CasesContent, now: datetime, *, still: str = "", page: str = "") -> list[str]:
    """The cases with their addresses, or that of a `page` of each; `still` is said of those without a clock."""
    lines = []
    for row in cases.rows:
        by = _given_by(cases.facts.get(row.case_id, {}))
        lines += [
            _line(row, now=now, still=still, end=by),
            f"  {settings.public_url}/reviews/{row.review_id}{page}",
            "",
        ]
    if more := cases.count - len(cases.rows):
        address = settings.public_url
        lines += [ngettext("And %(num)s more: %(address)s", "And %(num)s more: %(address)s", more, address=address), ""]
    return lines


def _given_by(facts: Mapping[str, Any]) -> str:
    if facts.get("rule"):
        return gettext("by the rule “%(rule)s”", rule=words_of_event(facts["rule"]))
    by = facts.get("by")
    return gettext("by %(name)s", name=one_line(str(by))) if by else ""


def _line(row: QueueRow, *, now: datetime, still: str, end: str) -> str:
    clock = clock_view(row, now=now)
    risks = [risk_name(name) for name in risks_by_weight(row)]
    what = ", ".join([level_words(row.anger_level), *risks])
    where = f"{one_line(row.location_name)}, {one_line(source_words(row.source_name))}"
    return " · ".join(filter(None, [what, where, clock.words if clock else still, end]))


def _places(settings: WebSettings) -> str:
    return f"{settings.public_url}/places"
