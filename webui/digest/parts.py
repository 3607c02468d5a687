"""The sections of a digest in words, each None where there is nothing to say."""

from __future__ import annotations

from typing import Final

from db.queries.queue import QueueView
from scoring.chance import Finding

from ..cause_lists import named_cause
from ..charts.chart import FEW
from ..direct_words import source_words
from ..filters import day_and_time, decimal, in_words
from ..i18n import gettext, ngettext
from ..labels import ANGER_LEVELS, CASE_STATES, HEALTH, TOPICS, label
from ..money import money, month_words
from ..offer_words import KINDS
from ..shown import one_line
from .facts import ActionLine, Digest, ReviewLine, Spent
from .links import (
    ACTIONS,
    FOLLOW_UPS,
    OFFERS,
    SOURCES,
    cause_path,
    figure_path,
    overdue_path,
    place_path,
    praise_path,
    review_path,
    view_path,
)
from .numbers import share_words
from .told import Line, Section, pair

NAMED_MOST: Final = 3  # lines of one kind of decision; the rest is a number
PLACES_MOST: Final = 5
TROUBLED_MOST: Final = 4
_BETWEEN: Final = " · "


def waiting(digest: Digest, *, most: int = NAMED_MOST) -> Section | None:
    """Decisions needed, of one kind up to `most` in lines of their own."""
    found = digest.waiting
    if found is None:
        return None
    lines: list[Line] = []
    if found.overdue:
        words = ngettext("%(num)s review is overdue", "%(num)s reviews are overdue", found.overdue)
        lines.append(Line(words=words, path=overdue_path(digest)))
    for at, review_id in enumerate(found.submitted[:most]):
        words = ngettext("%(num)s answer to approve", "%(num)s answers to approve", len(found.submitted))
        path = f"{review_path(review_id)}/answer/approve"
        lines.append(Line(words=words if at == 0 else gettext("and another"), path=path))
    if found.not_pursued:
        words = ngettext(
            "%(num)s case that somebody asks not to pursue",
            "%(num)s cases that somebody asks not to pursue",
            found.not_pursued,
        )
        lines.append(Line(words=words, path=view_path(digest, QueueView.APPROVE)))
    for one in found.exceptions[:most]:
        words = gettext(
            "An offer outside the policy to decide: %(kind)s, %(value)s",
            kind=label(KINDS, one.kind),
            value=money(one.value_minor, one.currency),
        )
        path = review_path(one.review_id) if one.review_id is not None else OFFERS
        lines.append(Line(words=words, path=path, more=one_line(one.place)))
    if (left := len(found.exceptions) - most) > 0:
        words = ngettext("%(num)s more offer to decide", "%(num)s more offers to decide", left)
        lines.append(Line(words=words, path=OFFERS))
    if found.follow_ups:
        words = ngettext(
            "%(num)s customer to ask whether it was made right",
            "%(num)s customers to ask whether it was made right",
            found.follow_ups,
        )
        lines.append(Line(words=words, path=FOLLOW_UPS))
    is_quiet = not lines
    if is_quiet:
        lines = [Line(words=gettext("Nothing waits for a decision."))]
    return Section(key="decisions", title=gettext("Decisions needed"), lines=tuple(lines), is_quiet=is_quiet)


def listed(digest: Digest) -> Section | None:
    """Each review, of a week of few."""
    if not digest.listed:
        return None
    lines = tuple(_review(digest, one) for one in digest.listed)
    return Section(key="reviews", title=gettext("The reviews of the week"), lines=lines)


def unhappy(digest: Digest) -> Section | None:
    """Angry reviews, one line each; those of a week of few stand among all of it already."""
    if not digest.unhappy or digest.listed:
        return None
    lines = [_review(digest, one) for one in digest.unhappy]
    if digest.now.unhappy > len(digest.unhappy):
        words = gettext("%(num)s in all", num=decimal(digest.now.unhappy, 0))
        lines.append(Line(words=words, path=figure_path(digest, "unhappy")))
    return Section(key="angry", title=gettext("Angry reviews"), lines=tuple(lines))


def causes(digest: Digest) -> Section | None:
    """The top causes with their change, since when, and a sentence."""
    lines = []
    for one in digest.causes:
        words = gettext(
            "%(cause)s: %(cases)s of %(reviews)s",
            cause=one_line(named_cause(*one.cause)),
            cases=decimal(one.cases, 0),
            reviews=decimal(digest.now.written, 0),
        )
        found = {
            Finding.MORE: gettext("more than usual, by more than chance explains"),
            Finding.FEWER: gettext("less than usual, by more than chance explains"),
            Finding.CHANCE: gettext("no more change than chance explains"),
            Finding.TOO_FEW: gettext("too few to say whether it changes"),
        }[one.finding]
        before = gettext(
            "%(share)s in the twelve weeks before", share=share_words(one.cases_before, digest.written_before)
        )
        since = gettext("first on %(day)s", day=in_words(one.first_on))
        quote = one.quotation
        lines.append(
            Line(
                words=words,
                path=cause_path(digest, one.cause_id),
                more=_BETWEEN.join((found, before, since) if one.cases_before else (found, since)),
                quote=quote.words if quote else "",
                language=quote.language if quote else "",
            )
        )
    return Section(key="causes", title=gettext("Why customers complained"), lines=tuple(lines)) if lines else None


def praise(digest: Digest) -> Section | None:
    """Themes, and staff named: for those who work here only."""
    if not digest.praised or digest.now.written < FEW:
        return None
    words = ngettext("%(num)s calm review with 4 or 5 stars", "%(num)s calm reviews with 4 or 5 stars", digest.praised)
    lines = [Line(words=words, path=praise_path(digest))]
    for topic, number in digest.themes:
        about = gettext("about %(topic)s: %(num)s", topic=label(TOPICS, topic), num=decimal(number, 0))
        lines.append(Line(words=about, path=praise_path(digest, topic)))
    if digest.named:
        names = ", ".join(f"{one_line(name)} ({decimal(number, 0)})" for name, number in digest.named)
        lines.append(Line(words=gettext("Named in them: %(names)s", names=names), path=praise_path(digest)))
    return Section(key="praise", title=gettext("Praise"), lines=tuple(lines), is_quiet=True)


def recovery(digest: Digest) -> Section | None:
    """What was given, what is left, and who allowed what was outside the policy."""
    found = digest.recovery
    if found is None or not (found.offers or found.budgets):
        return None
    lines = []
    if found.offers:
        words = ngettext("%(num)s offer was approved", "%(num)s offers were approved", found.offers)
        kinds = _BETWEEN.join(_spent(one) for one in found.by_kind)
        lines.append(Line(words=words, path=OFFERS, more=kinds))
        by_cause = _BETWEEN.join(_spent(one) for one in found.by_cause)
        lines.append(Line(words=gettext("By cause: %(causes)s", causes=by_cause), path=OFFERS))
    for one in found.exempted[:NAMED_MOST]:
        words = gettext(
            "Outside the policy: %(kind)s, %(cost)s, allowed by %(name)s",
            kind=label(KINDS, one.kind),
            cost=money(one.cost_minor, one.currency),
            name=one_line(one.approved_by) or gettext("somebody who is no longer here"),
        )
        path = review_path(one.review_id) if one.review_id is not None else OFFERS
        lines.append(Line(words=words, path=path, more=one_line(one.place)))
    for budget in found.budgets[:NAMED_MOST]:
        words = gettext(
            "%(left)s of %(budget)s left in %(month)s: %(place)s",
            left=money(budget.left_minor, budget.currency),
            budget=money(budget.budget_minor, budget.currency),
            month=month_words(budget.month),
            place=one_line(budget.place.name),
        )
        lines.append(Line(words=words, path=f"{OFFERS}/{budget.place.id}"))
    return Section(key="recovery", title=gettext("Made right"), lines=tuple(lines), is_quiet=True)


def _spent(one: Spent) -> str:
    if one.kind is not None:
        name = label(KINDS, one.kind)
    else:
        name = one_line(named_cause(*one.cause)) if one.cause else gettext("without a cause")
    return pair(name, f"{decimal(one.offers, 0)} ({money(one.cost_minor, one.currency)})")


def actions(digest: Digest) -> Section | None:
    """Opened, done, and what came of those done before."""
    found = digest.actions
    lines = [_action(gettext("Opened: %(title)s", title=one_line(one.title)), one) for one in found.opened]
    lines += [_action(gettext("Done: %(title)s", title=one_line(one.title)), one) for one in found.done]
    for one in found.effects[:NAMED_MOST]:
        finding = {
            Finding.MORE: gettext("more often since"),
            Finding.FEWER: gettext("less often since"),
            Finding.CHANCE: gettext("no more change than chance explains"),
            Finding.TOO_FEW: gettext("too few to say"),
            None: "",
        }[one.finding]
        words = gettext("Effect of %(title)s: %(finding)s", title=one_line(one.title), finding=finding)
        before, after = share_words(*one.before), share_words(*one.after)
        more = gettext("%(before)s before, %(after)s after", before=before, after=after)
        lines.append(
            Line(words=words, path=f"{ACTIONS}/{one.improvement_id}", more=f"{more}{_BETWEEN}{one_line(one.place)}")
        )
    if not lines:
        return None
    return Section(key="actions", title=gettext("Improvement actions"), lines=tuple(lines), is_quiet=True)


def _action(words: str, one: ActionLine) -> Line:
    more = _BETWEEN.join(map(one_line, (one.place, one.owner)))
    return Line(words=words, path=f"{ACTIONS}/{one.improvement_id}", more=more)


def by_place(digest: Digest) -> Section | None:
    """Where somebody is needed most, with how much was written there."""
    if not digest.by_place:
        return None
    lines = []
    for one in digest.by_place:
        figures = one.figures
        said = [ngettext("%(num)s review", "%(num)s reviews", figures.written)]
        if figures.unhappy:
            said.append(ngettext("%(num)s angry", "%(num)s angry", figures.unhappy))
        if figures.unhappy_open:
            said.append(ngettext("%(num)s of them unanswered", "%(num)s of them unanswered", figures.unhappy_open))
        if figures.stars is not None and figures.rated >= FEW:
            said.append(gettext("%(stars)s of 5 stars", stars=decimal(figures.stars)))
        path = place_path("written", digest.week, one.place.slug)
        lines.append(Line(words=one_line(one.place.name), path=path, more=", ".join(said)))
    left = len(digest.by_place) - PLACES_MOST
    note = ngettext("%(num)s more place has less to do.", "%(num)s more places have less to do.", left)
    return Section(
        key="places",
        title=gettext("By place"),
        lines=tuple(lines[:PLACES_MOST]),
        note=note if left > 0 else "",
        rest=tuple(lines[PLACES_MOST:]),
    )


def read_well(digest: Digest) -> list[Line]:
    """How many of the sources are read well; nothing where there are none."""
    found = digest.unseen
    if not found.sources:
        return []
    words = ngettext(
        "%(fine)s of %(num)s source is read well",
        "%(fine)s of %(num)s sources are read well",
        found.sources,
        fine=found.fine,
    )
    return [Line(words=words, path=SOURCES if digest.opens_sources else "")]


def unseen(digest: Digest) -> Section:
    """How the sources were read, and what nobody could see."""
    found = digest.unseen
    sources = SOURCES if digest.opens_sources else ""
    lines = read_well(digest)
    for one in found.troubled[:TROUBLED_MOST]:
        state = gettext("paused") if one.is_paused else label(HEALTH, one.health)
        read = (
            gettext("last read %(when)s", when=day_and_time(one.last_success_at, timezone=one.timezone))
            if one.last_success_at
            else gettext("never read")
        )
        words = pair(one_line(source_words(one.name)), state)
        lines.append(
            Line(words=words, path=f"/sources#source-{one.source_id}", more=f"{read}{_BETWEEN}{one_line(one.place)}")
        )
    if (left := len(found.troubled) - TROUBLED_MOST) > 0:
        lines.append(Line(words=ngettext("%(num)s more source", "%(num)s more sources", left), path=sources))
    if found.without_source:
        names = ", ".join(one_line(place.name) for place in found.without_source[:NAMED_MOST])
        if (left := len(found.without_source) - NAMED_MOST) > 0:
            names = gettext("%(names)s and %(num)s more", names=names, num=left)
        lines.append(Line(words=gettext("No source yet, so nothing can be seen: %(names)s", names=names), path=sources))
    if found.unjudged:
        words = ngettext(
            "%(num)s review is not judged yet, so nobody knows whether it is angry",
            "%(num)s reviews are not judged yet, so nobody knows whether they are angry",
            found.unjudged,
        )
        lines.append(Line(words=words, path=figure_path(digest, "unjudged")))
    if found.unnamed:
        words = ngettext(
            "%(num)s review calls for somebody and has no cause yet",
            "%(num)s reviews call for somebody and have no cause yet",
            found.unnamed,
        )
        lines.append(Line(words=words, path=cause_path(digest, None)))
    if not lines:
        lines = [Line(words=gettext("There is no place and no source yet."))]
    is_quiet = not (found.troubled or found.without_source)
    return Section(
        key="sources", title=gettext("Sources, and what we could not see"), lines=tuple(lines), is_quiet=is_quiet
    )


def _review(digest: Digest, one: ReviewLine) -> Line:
    level = label(ANGER_LEVELS, one.level) if one.level else gettext("Not judged yet")
    cause = one_line(named_cause(*one.cause)) if one.cause else gettext("no cause chosen yet")
    where = [one_line(source_words(one.source))]
    if len(digest.places) > 1:
        where.insert(0, one_line(one.place))
    stars = [gettext("%(stars)s of 5 stars", stars=decimal(one.stars))] if one.stars is not None else []
    who = one.who or gettext("no name")
    return Line(
        words=_BETWEEN.join((level, *where, cause)),
        path=review_path(one.review_id),
        more=_BETWEEN.join((label(CASE_STATES, one.state), *stars, who, in_words(one.day))),
    )
