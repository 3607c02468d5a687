"""By which way an answer goes out: posted by the worker or put there by a person, and what is missing for the first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crawlers.platforms import PLATFORMS
from crawlers.posters import POSTERS, Way, entered_names, lacking, way_of
from db.models import Reply, ReplyState
from db.people import who_may
from db.reply_flow import must_look, why_not_again
from db.roles import Access, Act
from db.source_changes import source_of
from db.vault import Vault

from .i18n import gettext
from .new_sources import stored_keys
from .told import told


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWay:
    """`lack` says why the worker cannot post here though the platform has a way for it; empty where it can, or where
    there is none. What is missing is entered at the settings of the source, or asked of `ask`."""

    by_api: bool
    lack: str = ""
    source_id: int | None = None  # whose settings whoever reads may change
    ask: str = ""  # names of people who may
    shows_at_once: bool = True  # an answer that has arrived is seen when the platform is asked
    is_replaced: bool = True  # another takes the place of the one that is there; by hand also where nobody knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """Whether an answer that did not get through may go once more as it stands, and why, or why not."""

    may: bool
    why: str
    must_look: bool  # the platform would not show an answer that has arrived: a person has to look there first


def again_of(session: Session, reply: Reply, way: AnswerWay) -> Again:
    """Of one that failed or was refused; no other one can go again as it stands, but a person may have to look."""
    has_to_look = must_look(reply, shows_at_once=way.shows_at_once)
    if reply.state not in (ReplyState.FAILED, ReplyState.REJECTED):
        return Again(may=False, why="", must_look=has_to_look)
    hindrance = why_not_again(session, reply.case_id, is_replaced=way.is_replaced)
    covered = gettext("Nobody has to approve it again: its words are those that were approved. Changed words need it.")
    return Again(
        may=reply.state is ReplyState.FAILED and not hindrance,
        why=told(hindrance) or covered,
        must_look=has_to_look,
    )


def is_replaced(platform: str) -> bool:
    """Whether the platform is known to put a second answer in the place of the first."""
    facts = PLATFORMS.get(platform)
    return facts is not None and facts.reply_rules.is_replaced is True


def answer_way(session: Session, source_id: int, vault: Vault, *, access: Access) -> AnswerWay:
    """How the reviews of this source are answered now."""
    source = source_of(session, source_id)
    if source is None:
        return AnswerWay(by_api=False)
    entered = entered_names(stored_keys(vault, source), source.options)
    if way_of(source.platform, entered) is Way.API:
        shows_at_once = POSTERS[source.platform].shows_at_once
        return AnswerWay(by_api=True, shows_at_once=shows_at_once, is_replaced=is_replaced(source.platform))
    facts = PLATFORMS.get(source.platform)
    may_be_another = facts is None or facts.reply_rules.is_replaced is not False
    missing = lacking(source.platform, entered)
    if not missing:
        return AnswerWay(by_api=False, is_replaced=may_be_another)
    may_enter = access.may(Act.SOURCES, source.location_id)
    return AnswerWay(
        by_api=False,
        is_replaced=may_be_another,
        lack=gettext(
            "%(name)s takes answers from here, once these are entered: %(keys)s.",
            name=PLATFORMS[source.platform].name,
            keys=", ".join(told(key.label) for key in missing),
        ),
        source_id=source.id if may_enter else None,
        ask="" if may_enter else ", ".join(who_may(session, Act.SOURCES, source.location_id)),
    )
