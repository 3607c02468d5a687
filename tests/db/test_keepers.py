"""Who alone approves an answer to a review that leaves the normal path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.absences import add_absence
from db.acting import Actor
from db.assignment_rules import ANY_RISK, When, add_rule
from db.errors import BadValue
from db.keepers import OF_OWNER, OF_RESPONSIBLE, keepers_of
from db.models import Case, ReplyState, Score
from db.people import add_person
from db.queries.answers import next_to_approve
from db.replies import reply_of, save_words
from db.reply_flow import approve, submit
from db.roles import Access, Role
from scoring.suggest.reading import LEAVES_PATH
from scoring.suggest.types import Keeper
from tests.factories import NOW, make_case, make_review, make_score
from webui.word_risks import by_words


@dataclass
class House:
    session: Session
    case: Case
    ids: dict[str, int]

    @property
    def location_id(self) -> int:
        return self.case.review.source.location_id

    def actor(self, name: str) -> Actor:
        return Actor(person_id=self.ids[name], name=name, now=NOW)

    def judged(self, *risks: str, **columns: Any) -> None:
        found = [{"risk": risk, "probability": 0.9, "origin": "model", "evidence": []} for risk in risks]
        make_score(self.session, self.case.review, risks=found, **columns)

    def keepers(self) -> list[str] | None:
        found = keepers_of(self.session, self.case.id, now=NOW, by_words=by_words)
        return None if found is None else [one.name for one in found.people]


@pytest.fixture
def house(session: Session) -> House:
    """An owner, two who may approve, and one who writes."""
    roles = {"Olga": Role.OWNER, "Ben": Role.APPROVER, "Cleo": Role.APPROVER, "Ana": Role.STAFF}
    ids = {
        name: add_person(session, f"{name}@x.example", name=name, access=Access(everywhere=role), now=NOW).id
        for name, role in roles.items()
    }
    return House(session, make_case(session, make_review(session), is_flagged=True), ids)


def test_they_are_those_that_the_composer_means() -> None:
    """Every risk that leaves the normal path is known here, with who has to see it."""
    assert {risk.value for risk, (_, keeper) in LEAVES_PATH.items() if keeper is Keeper.OWNER} == set(OF_OWNER)
    assert {risk.value for risk, (_, keeper) in LEAVES_PATH.items() if keeper is not Keeper.OWNER} == set(
        OF_RESPONSIBLE
    )


@pytest.mark.parametrize(
    ("risks", "reasons", "keepers"),
    [
        ([], [], None),
        (["refund", "churn"], ["insult"], None),
        (["allergy"], [], ["Ben", "Cleo", "Olga"]),
        (["safety", "press"], [], ["Olga"]),
        ([], ["threat"], ["Olga"]),
        (["allergy"], ["threat"], ["Olga"]),
    ],
)
def test_who_it_is_follows_from_the_matter(
    house: House, risks: list[str], reasons: list[str], keepers: list[str] | None
) -> None:
    """Where somebody was harmed, approvers and owners; owners alone for pressure; nobody on the normal path."""
    assert house.keepers() is None  # nobody has judged it yet
    house.judged(*risks, reasons=reasons)
    assert house.keepers() == keepers


def test_words_name_them_until_the_model_has_judged(house: House) -> None:
    """What an edit brought in, beside what the wording of before held; then the model's word alone counts."""
    house.judged("allergy")
    house.case.review.body, house.case.review.content_hash = "My lawyer will sue you.", "edited"
    house.session.flush()
    assert house.keepers() == ["Olga"]
    found = keepers_of(house.session, house.case.id, now=NOW, by_words=by_words)
    assert found is not None
    assert found.risks == ("allergy", "legal")
    house.session.get_one(Score, house.case.review_id).content_hash = "edited"
    house.session.flush()
    assert house.keepers() == ["Ben", "Cleo", "Olga"]


def test_a_review_that_nobody_has_judged_has_keepers_by_its_words(house: House) -> None:
    """They approve and are shown it, and nobody else."""
    house.case.review.title, house.case.review.body = "Never", "My lawyer will sue you."
    put = save_words(house.session, house.case.id, "We have seen it.", seen=0, by=house.actor("Ana"))
    submit(house.session, house.case.id, seen=put.version, findings=[], by=house.actor("Ana"))
    with pytest.raises(BadValue, match="Olga"):
        approve(house.session, house.case.id, seen=put.version + 1, by=house.actor("Ben"), by_words=by_words)
    shown = {
        name: next_to_approve(house.session, person_id=house.ids[name], places=None, now=NOW, by_words=by_words)
        for name in ("Ben", "Olga")
    }
    assert shown == {"Ben": None, "Olga": house.case.review_id}
    approve(house.session, house.case.id, seen=put.version + 1, by=house.actor("Olga"), by_words=by_words)


def test_a_rule_names_the_responsible_person(house: House) -> None:
    """For this risk or any, without further conditions, and only who may approve; who stands in is a keeper too."""
    house.judged("allergy")
    add_rule(house.session, When(risk="allergy"), [house.ids["Ana"]], now=NOW)
    add_rule(house.session, When(risk="allergy", least="furious"), [house.ids["Cleo"]], now=NOW)
    assert house.keepers() == ["Ben", "Cleo", "Olga"]
    add_rule(house.session, When(risk=ANY_RISK, location_id=house.location_id), [house.ids["Cleo"]], now=NOW)
    assert house.keepers() == ["Cleo", "Olga"]
    today = NOW.date()
    add_absence(house.session, house.ids["Cleo"], from_on=today, until_on=today + timedelta(days=2),
                deputy_id=house.ids["Ben"], now=NOW)  # fmt: skip
    assert house.keepers() == ["Cleo", "Olga", "Ben"]


def test_nobody_else_approves(house: House) -> None:
    """Nor is it shown to them as the next; the keeper does, and the log says so."""
    house.judged("legal")
    put = save_words(house.session, house.case.id, "We have seen it.", seen=0, by=house.actor("Ana"))
    submit(house.session, house.case.id, seen=put.version, findings=[], by=house.actor("Ana"))
    with pytest.raises(BadValue, match="Olga"):
        approve(house.session, house.case.id, seen=put.version + 1, by=house.actor("Ben"))
    assert next_to_approve(house.session, person_id=house.ids["Ben"], places=None, now=NOW) is None
    assert next_to_approve(house.session, person_id=house.ids["Olga"], places=None, now=NOW) == house.case.review_id
    approve(house.session, house.case.id, seen=put.version + 1, by=house.actor("Olga"))
    reply = reply_of(house.session, house.case.id)
    assert reply is not None
    assert reply.state is ReplyState.APPROVED
