"""Messages to webhooks against a real receiver: signed, once, tried again, given up, switched off, lost by nobody."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from crawlers.config import CrawlSettings, Environment
from crawlers.errors import RefusedUrl
from crawlers.webhook_sender import checked_url, post, signed_headers
from db.acting import Actor
from db.erasing import erase
from db.models import DeliveryState, ErasedFor, OffFor, Webhook, WebhookAttempt, WebhookDelivery
from db.session import session_scope
from db.settings import DbSettings
from db.vault import vault_of
from db.webhook_events import Told, tell
from db.webhook_outbox import AGAIN_AFTER, BACK_OFF, KEPT, OFF_AFTER, claim_delivery, resend
from db.webhooks import OVERLAP, add_hook, rotate_secret, switch_hook
from tests.factories import make_case, make_person, make_review
from webui.jobs.webhooks import deliver_due
from webui.settings import WebSettings
from webui.wiring import Services

from .hook_receiver import Receiver, hook_receiver

WHILE_S = 60.0
MINUTE = timedelta(minutes=1)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with hook_receiver() as made:
        yield made


@pytest.fixture
def services(engine: Engine, database_url: str, data_dir: Path, receiver: Receiver) -> Services:
    scorer: Any = None  # nothing is judged here
    return Services(
        database=DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None),
        crawl=CrawlSettings(environment=Environment.TEST, crawl_allow_hosts=receiver.address, _env_file=None),
        web=WebSettings(base_url="https://desk.example", _env_file=None),
        engine=engine,
        scorer=scorer,
        clock=lambda: datetime.now(UTC),
    )


def made(services: Services, url: str, *, is_named: bool = False) -> tuple[int, str]:
    """A webhook that hears of follow-ups: its id and its secret."""
    with session_scope(services.engine) as session:
        by = Actor(person_id=make_person(session).id, name="Ana", now=services.clock())
        vault = vault_of(services.database)
        return add_hook(session, url, [Told.FOLLOW_UP_DUE], is_named=is_named, vault=vault, by=by)


def due(services: Services, *, count: int = 1, case_id: int | None = None) -> None:
    """So many events, now."""
    with session_scope(services.engine) as session:
        for number in range(count):
            tell(session, Told.FOLLOW_UP_DUE, case_id, {"follow_up_id": number}, now=services.clock())


def later(services: Services, by: timedelta) -> Services:
    at = services.clock() + by
    return replace(services, clock=lambda: at)


def state_of(services: Services, hook_id: int) -> tuple[DeliveryState, int]:
    """State and number of tries of its one delivery."""
    with session_scope(services.engine) as session:
        row = session.scalars(select(WebhookDelivery).where(WebhookDelivery.webhook_id == hook_id)).one()
        tries = session.scalars(select(func.count()).select_from(WebhookAttempt)).one()
        return row.state, tries


def test_published_vector() -> None:
    """Of the specification's reference libraries: https://github.com/standard-webhooks/standard-webhooks."""
    secret, at = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", datetime.fromtimestamp(1614265330, UTC)
    found = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', [secret], now=at)
    assert found == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_a_message_is_signed_and_tells_nobodys_name(services: Services, receiver: Receiver) -> None:
    """Its receiver checks it with the secret; changed by a letter, or an hour old, it is refused."""
    _, secret = made(services, receiver.url)
    _, other = made(services, receiver.url, is_named=True)
    with session_scope(services.engine) as session:
        review = make_review(session, author_name="Ada Rossi", body="The soup was cold.")
        case_id, review_id = make_case(session, review).id, review.id
    due(services, case_id=case_id)
    assert deliver_due(services, within_s=WHILE_S) == 2
    masked, named = receiver.came
    assert masked.name == named.name, "one event, one id"
    told = Verifier(secret).verify(masked.body, masked.headers)
    assert (told["type"], told["data"]["follow_up_id"]) == ("follow_up.due", 0)
    assert told["data"]["link"] == f"https://desk.example/reviews/{review_id}"
    assert told["data"]["customer"] == {"name": "A. R.", "contact": "", "is_masked": True}
    assert "Rossi" not in masked.body
    assert "soup" not in masked.body + named.body
    assert Verifier(other).verify(named.body, named.headers)["data"]["customer"]["name"] == "Ada Rossi"
    for body, headers in (
        (masked.body.replace("0", "1"), masked.headers),
        (masked.body, masked.headers | {"webhook-timestamp": str(int(masked.headers["webhook-timestamp"]) - 3600)}),
        (masked.body, masked.headers | {"webhook-id": "msg_other"}),
    ):
        with pytest.raises(WebhookVerificationError):
            Verifier(secret).verify(body, headers)


def test_ten_workers_send_each_message_once(services: Services, receiver: Receiver) -> None:
    """As many as there are events, whoever comes first."""
    made(services, receiver.url)
    due(services, count=30)
    workers = [threading.Thread(target=deliver_due, args=(services,), kwargs={"within_s": WHILE_S}) for _ in range(10)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert deliver_due(services, within_s=WHILE_S) == 0
    assert Counter(Counter(one.name for one in receiver.came).values()) == {1: 30}


def test_what_a_killed_worker_held_comes_again_under_its_id(services: Services, receiver: Receiver) -> None:
    """Killed after the claim: the next one sends it, no sooner than the first could still be at it."""
    hook_id, _ = made(services, receiver.url)
    due(services)
    with session_scope(services.engine) as session:
        held = claim_delivery(session, now=services.clock())
    assert held is not None
    assert deliver_due(services, within_s=WHILE_S) == 0
    assert deliver_due(later(services, AGAIN_AFTER + MINUTE), within_s=WHILE_S) == 1
    assert [one.name for one in receiver.came] == [held.name]
    assert state_of(services, hook_id) == (DeliveryState.DELIVERED, 2), "the log shows the try that ended in nothing"


def test_it_is_tried_for_a_day_and_then_given_up(services: Services, receiver: Receiver) -> None:
    """With growing pauses, longer where the receiver asks for it; by hand it is sent again."""
    hook_id, _ = made(services, receiver.url)
    receiver.status, receiver.answer, receiver.headers = 503, b"<b>busy</b> " * 50, {"Retry-After": "600"}
    due(services)
    passed = timedelta()
    assert timedelta(hours=20) < sum(BACK_OFF, timedelta()) <= timedelta(days=1)
    for rest in BACK_OFF:
        assert deliver_due(later(services, passed), within_s=WHILE_S) == 0
        tries = len(receiver.came)
        deliver_due(later(services, passed + max(rest, timedelta(minutes=10)) - MINUTE), within_s=WHILE_S)
        assert len(receiver.came) == tries, "too soon"
        passed += max(rest, timedelta(minutes=10)) + MINUTE
    deliver_due(later(services, passed), within_s=WHILE_S)
    assert state_of(services, hook_id) == (DeliveryState.FAILED, len(BACK_OFF) + 1)
    assert len({one.name for one in receiver.came}) == 1
    with session_scope(services.engine) as session:
        kept = session.scalars(select(WebhookAttempt)).all()
        assert {(one.status, len(one.answer)) for one in kept} == {(503, 200)}
        delivery = session.scalars(select(WebhookDelivery)).one()
        by = Actor(person_id=make_person(session).id, name="Ana", now=services.clock())
        assert resend(session, hook_id, delivery.id, by=by)
    receiver.status = 204
    assert deliver_due(services, within_s=WHILE_S) == 1
    assert state_of(services, hook_id)[0] is DeliveryState.DELIVERED


@pytest.mark.parametrize("why", [OffFor.FAILED, OffFor.GONE])
def test_it_goes_off_after_days_and_owners_hear_of_it_once(
    services: Services, receiver: Receiver, data_dir: Path, why: OffFor
) -> None:
    """Also at once, where the receiver says that it wants no more. Switched on again, what waits goes out."""
    hook_id, _ = made(services, receiver.url)
    receiver.status = 410 if why is OffFor.GONE else 500
    due(services)
    deliver_due(services, within_s=WHILE_S)
    after = services if why is OffFor.GONE else later(services, OFF_AFTER + MINUTE)
    for _ in range(2):
        deliver_due(after, within_s=WHILE_S)
    with session_scope(services.engine) as session:
        hook = session.get_one(Webhook, hook_id)
        assert (hook.is_on, hook.off_for) == (False, why)
    (mail,) = (data_dir / "mail").iterdir()
    assert receiver.address in mail.read_text()
    assert "/hooks/amends" not in mail.read_text()
    tries = len(receiver.came)
    deliver_due(later(after, timedelta(days=1)), within_s=WHILE_S)
    assert len(receiver.came) == tries
    receiver.status = 200
    with session_scope(services.engine) as session:
        by = Actor(person_id=make_person(session).id, name="Ana", now=after.clock())
        switch_hook(session, hook_id, is_on=True, by=by)
    assert deliver_due(after, within_s=WHILE_S) == 1


def test_both_secrets_sign_for_a_day(services: Services, receiver: Receiver) -> None:
    """Whichever the receiver holds; afterwards the new one alone."""
    hook_id, old = made(services, receiver.url)
    with session_scope(services.engine) as session:
        by = Actor(person_id=make_person(session).id, name="Ana", now=services.clock())
        new = rotate_secret(session, hook_id, vault=vault_of(services.database), by=by)
        stored = session.get_one(Webhook, hook_id)
        assert not {old, new} & {stored.sealed_secret, stored.sealed_earlier}
    due(services)
    deliver_due(services, within_s=WHILE_S)
    with session_scope(services.engine) as session:
        session.get_one(Webhook, hook_id).earlier_until_at = services.clock() - OVERLAP
    due(services)
    deliver_due(services, within_s=WHILE_S)
    overlap, after = receiver.came
    for secret in (old, new):
        Verifier(secret).verify(overlap.body, overlap.headers)
    Verifier(new).verify(after.body, after.headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(old).verify(after.body, after.headers)


def test_what_was_erased_is_not_told_later(services: Services, receiver: Receiver) -> None:
    """A message that waited while the customer was forgotten names nobody, and the log forgets after a month."""
    made(services, receiver.url, is_named=True)
    with session_scope(services.engine) as session:
        review = make_review(session, author_name="Ada Rossi")
        due_case = make_case(session, review).id
    due(services, case_id=due_case)
    with session_scope(services.engine) as session:
        erase(session, [review.id], ErasedFor.REQUEST, now=services.clock())
    deliver_due(services, within_s=WHILE_S)
    assert receiver.came[0].json["data"]["customer"]["name"] == ""
    deliver_due(later(services, KEPT + MINUTE), within_s=WHILE_S)
    with session_scope(services.engine) as session:
        assert session.scalars(select(WebhookAttempt)).all() == []


@pytest.mark.parametrize(
    "typed",
    [
        "http://crm.example/hooks",
        "https://127.0.0.1/hooks",
        "https://10.0.0.8:8443/hooks",
        "https://2130706433/hooks",
        "https://localhost/hooks",
        "https://[::1]/hooks",
        "https://169.254.169.254/latest/meta-data",
        "https://user:pass@crm.example/",
        "ftp://crm.example/",
        "crm",
    ],
)
def test_addresses_that_lead_inside_are_refused(typed: str) -> None:
    """When they are entered, and again when something is sent."""
    crawl = CrawlSettings(_env_file=None)
    with pytest.raises(RefusedUrl):
        checked_url(typed, crawl)
    assert post(typed, b"{}", {}, crawl).status is None
