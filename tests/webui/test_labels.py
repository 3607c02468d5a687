"""Every id that the other packages keep has its words on the pages."""

from __future__ import annotations

from enum import StrEnum

import pytest

from crawlers.items import ReplyState
from crawlers.platforms import PLATFORMS, ReplyBy
from db.acting import Event
from db.holds import LIFTED, PLACED
from db.models import (
    CaseStage,
    CaseState,
    CrawlState,
    ErasedFor,
    FollowUpOutcome,
    MailKind,
    Retention,
    SourceHealth,
    Standing,
)
from db.queries.cursors import Sort
from db.queries.queue import QueueView
from db.redrafts import REDRAFT_ASKED
from db.schedule import NotNow
from scoring.priority import PriorityFacts, priority
from scoring.types import AngerLevel, Reason, Risk, Topic
from webui import follow_words, labels, people_words
from webui.density import Density
from webui.follow_words import follow_event
from webui.timeline import SENTENCES, STAGE_SENTENCES, TAKEN_BACK

from .seed import NOW, SHAPES


@pytest.mark.parametrize(
    ("words", "members"),
    [
        (labels.ANGER_LEVELS, AngerLevel),
        (labels.TOPICS, Topic),
        (labels.RISKS, Risk),
        (labels.REASONS, Reason),
        (labels.CASE_STATES, CaseState),
        (labels.STAGES, CaseStage),
        (labels.VIEWS, QueueView),
        (labels.VIEW_MEANINGS, QueueView),
        (labels.SORTS, Sort),
        (labels.DENSITIES, Density),
        (labels.HEALTH, SourceHealth),
        (labels.RUN_STATES, CrawlState),
        (labels.ERASED, ErasedFor),
        (labels.STANDINGS, Standing),
        (labels.REPLY_STATES, ReplyState),
        (labels.REPLY_BY, ReplyBy),
        (labels.RETENTION, Retention),
        (labels.NOT_NOW, NotNow),
        (people_words.MAIL_KINDS, MailKind),
        (follow_words.OUTCOMES, FollowUpOutcome),
        (follow_words.BUTTONS, FollowUpOutcome),
    ],
)
def test_every_member_has_words(words: dict[str, object], members: type[StrEnum]) -> None:
    """None is missing and none is left over."""
    assert set(words) == {str(member) for member in members}


def test_every_component_of_the_priority_has_words() -> None:
    """As the real formula names them."""
    facts = PriorityFacts(
        anger=0.5,
        anger_level=AngerLevel.ANGRY,
        risks=(),
        stars=None,
        reach=0.5,
        published_at=NOW,
        changed_at=None,
    )
    assert {component.name for component in priority(facts, now=NOW).components} == set(labels.PRIORITY_PARTS)


def test_every_kind_of_source_has_words() -> None:
    """Each platform and each syntax; an id is never all there is to read."""
    for platform, syntax in SHAPES.values():
        assert platform in labels.SHAPES_OF_SOURCE
        assert syntax in labels.SHAPES_OF_SOURCE
    for key, facts in PLATFORMS.items():
        assert labels.source_shape(key, "") in {facts.name, labels.SHAPES_OF_SOURCE.get(key)}


def test_unknown_ids_are_shown_as_they_are() -> None:
    """A newer model's words reach the reader, and an unknown risk is taken as a grave one."""
    assert labels.label(labels.REASONS, "cold_anger") == "cold anger"
    assert labels.label(labels.REASONS, None) == ""
    assert labels.risk_name("data_leak") == "data leak"
    assert labels.risk_instruction("data_leak") == ""
    assert labels.is_grave("data_leak")


def test_every_event_of_a_case_has_its_sentence() -> None:
    """None is shown by its id."""
    told_apart = {Event.ASSIGNED, Event.STAGE, Event.WOKEN, Event.ESCALATED, Event.JUDGED, Event.CAUSE, Event.UNDONE}
    of_follow_ups = {Event.FOLLOW_UP_SET, Event.FOLLOWED_UP, Event.FOLLOW_UP_REOPENED, Event.FOLLOW_UP_GONE}
    assert all(follow_event(kind, {}) for kind in of_follow_ups)
    assert set(SENTENCES) | told_apart | of_follow_ups == {*Event, REDRAFT_ASKED, PLACED, LIFTED}
    assert set(STAGE_SENTENCES) | {"not_pursued"} == set(CaseStage)
    never_undone = {Event.UNDONE, Event.NOT_US, Event.ABOUT_US, Event.ESCALATED, Event.FOLLOW_UP_GONE}
    assert set(TAKEN_BACK) | never_undone == set(Event)
