"""What people are alerted of, and what not; what a message says. Against a real mail server and a real receiver."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.alerting import RISKS, WAKING
from db.kept import Kept, keep
from db.models import (
    AlertReason,
    Case,
    CaseStage,
    Location,
    Person,
    Retention,
    Review,
    Score,
    Source,
    SourceHealth,
)
from db.session import session_scope
from tests.clock import Clock
from tests.flow.running import Home
from webui import labels
from webui.jobs.alerting import find_spikes, rehearse

from .alert_desk import DAY, HOUR, MINUTE, NOON, Desk, json_url, messages
from .alert_desk import clock as clock  # noqa: PLC0414 - a fixture, as those that follow
from .alert_desk import desk as desk  # noqa: PLC0414
from .alert_desk import receiver as receiver  # noqa: PLC0414
from .alert_desk import services as services  # noqa: PLC0414
from .hook_receiver import Receiver
from .inbox import Inbox
from .inbox import inbox as inbox  # noqa: PLC0414 - the server


def test_furious_review_is_told_at_once_and_once(desk: Desk, inbox: tuple[Inbox, int], receiver: Receiver) -> None:
    """By mail and to a service: the place, the source, initials, the masked sentence and the link, nothing else."""
    desk.way()
    desk.way(url=json_url(receiver))
    words = "Marco Bianchi shouted at my wife, call me at +39 06 5555 1234!"
    review_id = desk.review(body=words, author_name="Ada Rossi")
    assert desk.sweep() == (1, 2)
    assert desk.sweep() == (0, 0)
    ((title, body),) = messages(receiver)
    assert title == "Furious review: Trattoria"
    head, link, quoted = body.splitlines()
    assert head == "Furious · Trattoria · Guide · by A. R."
    assert "shouted at my wife" in quoted
    assert link == f"https://desk.example/reviews/{review_id}"
    for hidden in ("Rossi", "Bianchi", "5555", "hunter2"):
        assert hidden not in body
    (mail,) = inbox[0].mails
    assert mail["Subject"] == title
    assert f"{head}\n{quoted}\n{link}\n" in mail.get_content().replace("\r\n", "\n")
    assert "https://desk.example/alerts" in mail.get_content()


def test_shout_is_quoted_with_what_it_is_about(desk: Desk, receiver: Receiver) -> None:
    """With the sentence that follows, or of the last one with that before; a whole sentence stands alone."""
    desk.way(url=json_url(receiver), bundle_min=0)
    told = {"Liars! ": 0.9, "They kept my deposit for six months. ": 0.5, "It rained. ": 0.1, "Thieves!": 0.2}

    def quoted(**anger: float) -> str:
        sentences, at = [], 0
        for words, usual in told.items():
            end = at + len(words.rstrip())
            sentences.append({"start": at, "end": end, "anger": anger.get(words.split()[0].strip("!"), usual)})
            at += len(words)
        review_id = desk.review(body="".join(told))
        with session_scope(desk.services.engine) as session:
            session.get_one(Score, review_id).sentences = sentences
        assert desk.sweep() == (1, 1)
        return messages(receiver)[-1][1].splitlines()[-1]

    assert quoted() == "“Liars! They kept my deposit for six months.”"
    assert quoted(They=0.95) == "“They kept my deposit for six months.”"
    assert quoted(Thieves=0.95) == "“It rained. Thieves!”"


def test_words_go_along_only_where_reader_and_terms_want_it(desk: Desk, receiver: Receiver) -> None:
    """Not on a way that is to go without, nor of a source whose text may not be kept."""
    desk.way(url=json_url(receiver), has_words=False)
    desk.review(body="They shouted.")
    assert desk.sweep() == (1, 1)
    desk.way(url=json_url(receiver))
    with session_scope(desk.services.engine) as session:
        session.get_one(Source, desk.source_id).retention = Retention.DAYS_30
    desk.review(body="They shouted again.")
    assert desk.sweep() == (1, 2)
    assert len(messages(receiver)) == 3
    assert all("shouted" not in body for _, body in messages(receiver))


def test_fury_by_a_model_that_nobody_has_measured_is_told_to_nobody(desk: Desk, receiver: Receiver) -> None:
    """As by any model of another house before its owner has calibrated it; its risks are told, and as risks alone."""
    desk.way(url=json_url(receiver), reasons=(AlertReason.FURIOUS,))
    desk.way(url=json_url(receiver), reasons=(AlertReason.RISK,))
    desk.review()
    desk.review(risk="allergy")
    with session_scope(desk.services.engine) as session:
        session.execute(update(Score).values(reaches_alert=False))
    assert desk.sweep() == (1, 1)


def test_review_with_a_risk_that_is_furious_too_is_told_once(desk: Desk, receiver: Receiver) -> None:
    """To whoever wants to hear of either."""
    desk.way(url=json_url(receiver), reasons=(AlertReason.FURIOUS,))
    desk.way(url=json_url(receiver), reasons=(AlertReason.RISK,))
    desk.way(url=json_url(receiver), reasons=(AlertReason.SPIKE,))
    desk.review(risk="allergy", body="My son had a reaction.")
    assert desk.sweep() == (1, 2)
    assert {title for title, _ in messages(receiver)} == {"Review with a risk (Allergy): Trattoria"}


def test_demand_for_money_is_no_alarm(desk: Desk, receiver: Receiver) -> None:
    """It stands in the queue; what tells of danger, the law or the press, and is called grave, does not wait."""
    desk.way(url=json_url(receiver))
    desk.review(level="angry", risk="refund")
    desk.review(level="angry", risk="churn")
    assert desk.sweep() == (0, 0)
    assert {name for name, words in labels.RISKS.items() if words.is_grave} == RISKS
    assert RISKS > WAKING


def test_several_come_as_one_the_gravest_first(desk: Desk, receiver: Receiver) -> None:
    """With how many, and no more lines than one reads."""
    desk.way(url=json_url(receiver))
    for _ in range(14):
        desk.review()
    allergy = desk.review(level="angry", risk="allergy", body="שלום, my son had a reaction.")
    assert desk.sweep() == (15, 1)
    ((title, body),) = messages(receiver)
    assert title == "15 urgent reviews: Trattoria"
    first, *_, last = body.split("\n\n")
    assert first.startswith("Angry · Allergy · Trattoria")
    assert "“\u2068שלום" in first, "held together, so that the line is not turned round"
    assert f"/reviews/{allergy}" in first
    assert last == "And 3 more: https://desk.example"


def test_what_is_calm_old_settled_or_elsewhere_is_told_to_nobody(desk: Desk, receiver: Receiver) -> None:
    """Nor anything to somebody of another place."""
    desk.way(desk.eve_id, url=json_url(receiver))
    desk.review()
    desk.review(level="angry")
    desk.review(published_at=NOON - 30 * DAY)
    desk.review(at=NOON - 5 * DAY)
    with session_scope(desk.services.engine) as session:
        session.scalars(select(Case).where(Case.review_id == desk.review())).one().stage = CaseStage.DONE
    assert desk.sweep() == (1, 0)
    assert receiver.came == []


def test_first_look_at_an_old_database_tells_nothing(desk: Desk, receiver: Receiver, clock: Clock) -> None:
    """What was there before is history; what comes afterwards is told."""
    with session_scope(desk.services.engine) as session:
        keep(session, Kept.ALERTS, {}, now=NOON)
    desk.way(url=json_url(receiver))
    for _ in range(3):
        desk.review(risk="safety", at=NOON - MINUTE)
    assert desk.sweep() == (0, 0)
    clock.now += HOUR
    desk.review()
    assert desk.sweep() == (1, 1)


def test_review_without_a_date_of_a_new_source_is_told_to_nobody(desk: Desk, receiver: Receiver) -> None:
    """The first reading of a source shows years of them, all of the day on which they were read."""
    desk.way(url=json_url(receiver))
    with session_scope(desk.services.engine) as session:
        session.get_one(Source, desk.source_id).created_at = NOON - HOUR
    desk.review(published_precision="none", published_at=NOON)
    assert desk.sweep() == (0, 0)


def test_changed_wording_that_is_furious_now_is_told_again(desk: Desk, receiver: Receiver, clock: Clock) -> None:
    """One alert for each wording."""
    desk.way(url=json_url(receiver))
    review_id = desk.review()
    assert desk.sweep() == (1, 1)
    clock.now += DAY
    with session_scope(desk.services.engine) as session:
        review = session.get_one(Review, review_id)
        review.body, review.content_hash = "Worse!", "f" * 64
        make_score_anew(session, review, at=clock.now)
    assert desk.sweep() == (1, 1)


def make_score_anew(session: Session, review: Review, *, at: datetime) -> None:
    from db.models import Score

    score = session.get_one(Score, review.id)
    score.content_hash, score.scored_at, score.sentences = review.content_hash, at, []
    session.scalars(select(Case).where(Case.review_id == review.id)).one().reopened_at = at


def test_source_is_told_once_until_it_is_well_again(desk: Desk, clock: Clock, receiver: Receiver) -> None:
    """And once a day at most."""
    desk.way(url=json_url(receiver), bundle_min=0)

    def turns(health: SourceHealth) -> tuple[int, int]:
        with session_scope(desk.services.engine) as session:
            session.get_one(Source, desk.source_id).health = health
        return desk.sweep()

    assert turns(SourceHealth.BLOCKED) == (1, 1)
    assert turns(SourceHealth.SUSPICIOUS) == (0, 0)
    clock.now += 3 * DAY
    assert desk.sweep() == (0, 0)
    assert turns(SourceHealth.HEALTHY) == (0, 0)
    assert turns(SourceHealth.BLOCKED) == (1, 1)
    assert turns(SourceHealth.HEALTHY) == (0, 0)
    assert turns(SourceHealth.BLOCKED) == (0, 0)


def test_hostile_names_stay_in_their_line(desk: Desk, inbox: tuple[Inbox, int]) -> None:
    """Of a place, a source, a guest and a person: no head is added, no line is forged."""
    evil = "Bar\r\nBcc: thief@evil.example\r\n\r\nPay here"
    with session_scope(desk.services.engine) as session:
        session.get_one(Location, desk.place_id).name = evil
        session.get_one(Source, desk.source_id).name = evil
        session.get_one(Person, desk.ana_id).name = evil
    desk.way()
    desk.review(author_name=evil, body=evil)
    assert desk.sweep() == (1, 1)
    (mail,) = inbox[0].mails
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Furious review: Bar Bcc: thief@evil.example Pay here"
    assert not any(line.startswith(("Bcc", "Pay")) for line in mail.get_content().splitlines())


def test_unusually_many_angry_reviews_are_told_with_what_is_usual(desk: Desk, receiver: Receiver) -> None:
    """Six on a day, at a place that gets one a week; once, however often one looks."""
    desk.way(url=json_url(receiver), bundle_min=0, reasons=(AlertReason.SPIKE,))
    for week in range(1, 12):
        desk.review(level="angry", at=NOON - week * 7 * DAY)
        desk.review(level="calm", at=NOON - week * 7 * DAY)
    assert find_spikes(desk.services) == 0
    for number in range(6):
        desk.review(level="angry", published_at=NOON - (number + 1) * HOUR)
    assert find_spikes(desk.services) == 1
    assert find_spikes(desk.services) == 0
    assert desk.sweep()[1] == 1
    ((title, body),) = messages(receiver)
    assert title == "Unusually many angry reviews: Trattoria"
    assert "6 angry reviews in 24 hours; usual are 0 to 1, by the 11 weeks before" in body
    assert "anger=angry&anger=furious&place=" in body


def test_new_place_has_no_history_to_compare_with(desk: Desk) -> None:
    """Six on its third day."""
    for number in range(6):
        desk.review(level="angry", published_at=NOON - (number + 1) * HOUR)
        desk.review(level="calm", published_at=NOON - 2 * DAY)
    assert find_spikes(desk.services) == 0


def test_rehearsal_tells_and_keeps_nothing(desk: Desk) -> None:
    """What `amends alerts --dry-run` prints."""
    desk.review()
    for _ in range(2):
        assert rehearse(desk.services) == ["Trattoria: Furious review"]
    assert desk.sweep() == (1, 0)
    assert rehearse(desk.services) == []


def test_command_does_what_the_worker_does(tmp_path: Path) -> None:
    """On an installation without anything, in words."""
    home = Home(tmp_path / "data")
    assert home.amends("db", "upgrade").returncode == 0
    assert home.amends("alerts", "--dry-run").stdout == "Nothing new.\n"
    assert home.amends("alerts").stdout == "Found 0 new, sent 0 messages.\n"
