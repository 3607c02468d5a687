"""Reviews that are almost certainly angry, by the threshold of the real model for alerts, and what calibrations do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from db.models import AlertReason, Case, Complaint, Score, Source
from db.session import session_scope
from scoring.calibrated import CalibratedScorer
from scoring.calibration import Thresholds, unchanged, write_calibration
from scoring.loading import own_thresholds
from scoring.model import BUNDLED, OnnxScorer
from tests.clock import Clock
from tests.factories import make_case, make_review
from webui.jobs.judging import score_due

from .alert_desk import HOUR, NOON, Desk, json_url, messages
from .alert_desk import clock as clock  # noqa: PLC0414 - a fixture, as those that follow
from .alert_desk import desk as desk  # noqa: PLC0414
from .alert_desk import receiver as receiver  # noqa: PLC0414
from .alert_desk import services as services  # noqa: PLC0414
from .hook_receiver import Receiver
from .inbox import inbox as inbox  # noqa: PLC0414 - the server

# The bundled model calls both angry and neither furious: the first at .93, the second at .64; it asks for an alert
# from .89 on.
SURE = "LIARS! Shame on you, you kept our deposit."
ANGRY = "The manager insulted my mother and threw us out."


@pytest.fixture(scope="module")
def bundled() -> OnnxScorer:
    return OnnxScorer.load(threads=1)


@pytest.fixture
def calibration(desk: Desk, bundled: OnnxScorer, tmp_path: Path) -> Path:
    """The file in which the owner's calibration comes to lie; the desk judges by the real model."""
    file = tmp_path / "calibration.json"
    desk.services = replace(desk.services, scorer=CalibratedScorer(bundled, file))
    return file


def came(desk: Desk, body: str) -> int:
    """A review that nobody has judged yet."""
    with session_scope(desk.services.engine) as session:
        review = make_review(
            session,
            session.get_one(Source, desk.source_id),
            body=body,
            first_seen_at=desk.services.clock(),
            published_at=NOON - HOUR,
            published_precision="instant",
        )
        make_case(session, review, opened_at=NOON)
        return review.id


def judged(desk: Desk) -> dict[int, bool]:
    """Whether each review calls for an alert, judged by the model as it is now."""
    score_due(desk.services)
    with session_scope(desk.services.engine) as session:
        return dict(session.execute(select(Score.review_id, Score.reaches_alert)).all())


def calibrate(desk: Desk, file: Path, *, alert: float | None) -> None:
    """Another threshold for alerts, and nothing else."""
    scorer = desk.services.scorer
    assert isinstance(scorer, CalibratedScorer)
    own = own_thresholds(BUNDLED)
    changed = Thresholds(angry=own.angry, flag=own.flag, alert=alert)
    write_calibration(file, replace(unchanged(scorer.base.version, own), thresholds=changed))


@pytest.mark.usefixtures("calibration")
def test_review_that_is_almost_certainly_angry_is_told_at_once_and_says_so(desk: Desk, receiver: Receiver) -> None:
    """And no other that is merely angry; to whoever wants to hear of furious ones."""
    desk.way(url=json_url(receiver), reasons=(AlertReason.FURIOUS,))
    desk.way(url=json_url(receiver), reasons=(AlertReason.RISK,))
    sure, angry = came(desk, SURE), came(desk, ANGRY)
    assert judged(desk) == {sure: True, angry: False}
    assert desk.sweep() == (1, 1)
    ((title, body),) = messages(receiver)
    assert title == "Almost certainly angry: Trattoria"
    assert body.startswith("Almost certainly angry · Trattoria · Guide")
    assert f"/reviews/{sure}\n" in body


@pytest.mark.usefixtures("calibration")
def test_what_people_have_said_goes_before_the_model(desk: Desk, receiver: Receiver) -> None:
    """A reader who says that it is not angry, and whoever took a complaint and heard how angry its customer was."""
    desk.way(url=json_url(receiver))
    said, heard = came(desk, SURE), came(desk, SURE)
    with session_scope(desk.services.engine) as session:
        session.add(Complaint(review_id=heard, heard_level="annoyed", channel="phone", taken_at=NOON, taken_by_name=""))
    assert judged(desk) == {said: True, heard: False}
    with session_scope(desk.services.engine) as session:
        session.scalars(select(Case).where(Case.review_id == said)).one().said_angry = False
    assert desk.sweep() == (0, 0)


def test_another_calibration_tells_nothing_twice(
    desk: Desk, clock: Clock, receiver: Receiver, calibration: Path
) -> None:
    """Each of its judgements is that of the threshold then; what reaches it anew is told, what was told is not."""
    desk.way(url=json_url(receiver))
    sure, angry = came(desk, SURE), came(desk, ANGRY)
    assert judged(desk) == {sure: True, angry: False}
    assert desk.sweep() == (1, 1)
    calibrate(desk, calibration, alert=0.6)
    assert judged(desk) == {sure: True, angry: True}
    clock.now += HOUR
    assert desk.sweep() == (1, 1)
    assert f"/reviews/{angry}\n" in messages(receiver)[-1][1]
    calibrate(desk, calibration, alert=None)  # as a model of another house, which has none
    assert judged(desk) == {sure: False, angry: False}
    third = came(desk, SURE)
    assert judged(desk)[third] is False
    assert desk.sweep() == (0, 0)
    calibration.unlink()
    assert judged(desk) == {sure: True, angry: False, third: True}
    assert desk.sweep() == (1, 1)
    assert len(messages(receiver)) == 3
