"""`amends calibrate`: what it says will change is what changes, and nothing before it is accepted."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from crawlers.config import CrawlSettings
from db.models import Case, Score
from db.session import read_scope, session_scope
from db.settings import DbSettings
from scoring.calibrated import CalibratedScorer
from scoring.calibration import Thresholds, unchanged, write_calibration
from scoring.corrections import Correction
from scoring.loading import own_thresholds
from scoring.model import BUNDLED, OnnxScorer
from scoring.types import AngerLevel
from tests.factories import make_case, make_review, make_score, make_source
from tests.flow.running import Home
from webui.commands.calibrate import shown
from webui.jobs.calibrating import Proposal, accept, propose
from webui.jobs.judging import score_due
from webui.settings import WebSettings
from webui.wiring import Services

HARSH = [
    "You are liars and thieves. You stole my deposit and laughed at me.",
    "Shame on you! The manager insulted my mother and threw us out.",
    "Scammers. They charged me twice and call me a liar when I complain.",
    "Disgusting people, they treat guests like dirt. Shut this place down.",
    "What a rip-off, crooks, the lot of you! Never again!!!",
    "The rudest staff alive. He screamed at my child. Unforgivable!",
    "LIARS! They promised a refund and then blocked my number.",
    "I am furious. You cheated us and you know it.",
    "Arrogant, nasty owner. He swore at us in front of everybody!",
    "Criminals. I am going to the police about this theft.",
    "How dare you serve this and then mock us? Contemptible!",
    "Fraud! They took the money and never answered. Thieves!",
]
MILD = [
    "Lovely quiet room and good soup.",
    "The food was bland and the room small.",
    "We waited twenty minutes, then all was fine.",
    "Friendly people, fair prices, we come again.",
    "The museum is close and the bus stops outside.",
    "Breakfast could be better, the view is great.",
    "The soup was cold, they brought another one.",
    "A bit loud in the evening, otherwise pleasant.",
    "Good value for a short stay.",
    "Parking is difficult, take the train.",
    "The dessert was too sweet for me.",
    "Nice terrace, slow service at noon.",
]
BORDER = [  # just below the bundled model's level, just below its flag, and two that draw both down
    "Nobody cared and nobody apologised. Never ever again!",
    "Awful place, never again!",
    "A waste of time and money.",
    "Nobody answers the phone. Useless!",
]
ROWS = [*(Correction(text, True) for text in [*HARSH, *BORDER]), *(Correction(text, False) for text in MILD)]


@pytest.fixture(scope="session")
def bundled() -> OnnxScorer:
    return OnnxScorer.load(threads=1)


@pytest.fixture
def scorer(bundled: OnnxScorer, tmp_path: Path) -> CalibratedScorer:
    return CalibratedScorer(bundled, tmp_path / "calibration.json")


@pytest.fixture
def services(engine: Engine, scorer: CalibratedScorer, tmp_path: Path, now: datetime) -> Services:
    return Services(
        database=DbSettings(data_dir=tmp_path, _env_file=None),
        crawl=CrawlSettings(_env_file=None),
        web=WebSettings(_env_file=None),
        engine=engine,
        scorer=scorer,
        clock=lambda: now,
    )


@pytest.fixture
def judged(services: Services) -> Services:
    """Twenty-eight reviews, judged by the model as it came."""
    with session_scope(services.engine) as session:
        source = make_source(session)
        for text in [*HARSH, *MILD, *BORDER]:
            make_case(session, make_review(session, source, body=text))
    assert score_due(services) == 28
    return services


def proposed(services: Services, rows: list[Correction] = ROWS) -> Proposal:
    assert isinstance(services.scorer, CalibratedScorer)
    return propose(
        rows, services.scorer, services.engine, own=own_thresholds(BUNDLED), made_at="2026-11-22T12:00:00+00:00",
        progress=lambda _done, _left: None,
    )  # fmt: skip


def levels(engine: Engine) -> dict[int, AngerLevel]:
    with read_scope(engine) as session:
        return {id_: AngerLevel(level) for id_, level in session.execute(select(Score.review_id, Score.anger_level))}


def flagged(engine: Engine) -> set[int]:
    with read_scope(engine) as session:
        return set(session.scalars(select(Case.review_id).where(Case.is_flagged)))


def test_what_it_announces_is_what_happens(judged: Services, scorer: CalibratedScorer, tmp_path: Path) -> None:
    """Accepted, every review is judged again, and exactly the announced levels and flags have changed."""
    before, flags, version = levels(judged.engine), flagged(judged.engine), scorer.version
    found = proposed(judged)
    assert found.changes.compared == 28
    assert score_due(judged) == 0  # nothing before it is accepted
    accept(found, tmp_path / "calibration.json")
    assert scorer.version == version + found.refit.calibration.suffix
    assert score_due(judged) == 28
    after = levels(judged.engine)
    assert Counter((before[at], after[at]) for at in after if before[at] is not after[at]) == found.changes.levels
    now_flagged = flagged(judged.engine)
    assert (len(now_flagged - flags), len(flags - now_flagged)) == (
        found.changes.newly_flagged,
        found.changes.no_longer_flagged,
    )
    assert found.changes.newly_flagged > 0  # the four at the border, or it would show nothing


def test_stored_scores_of_a_calibration_in_use_are_compared_too(
    judged: Services, scorer: CalibratedScorer, tmp_path: Path
) -> None:
    """Their numbers are taken back to the model's own: the same rows again announce no change."""
    accept(proposed(judged), tmp_path / "calibration.json")
    score_due(judged)
    again = proposed(judged)
    assert (again.changes.compared, again.changes.levels.total()) == (28, 0)
    assert again.used == scorer.calibration


def test_examples_are_reviews_that_change(judged: Services) -> None:
    """Shown with what they were and become, on one line, without control characters."""
    with session_scope(judged.engine) as session:
        make_case(session, make_review(session, body=f"\x1b[2J{BORDER[0]}\n\nRight\u202ely so."))
    score_due(judged)
    found = proposed(judged)
    assert 0 < len(found.changes.examples) <= 6
    assert all(example.was is not example.becomes for example in found.changes.examples)
    assert not any(char in line for line in shown(found) for char in "\x1b\u202e")


def test_undone_calibration_judges_all_again(judged: Services, tmp_path: Path) -> None:
    """Without the file the scores become what they were."""
    before = levels(judged.engine)
    accept(proposed(judged), tmp_path / "calibration.json")
    score_due(judged)
    (tmp_path / "calibration.json").unlink()
    assert score_due(judged) == 28
    assert levels(judged.engine) == before


def test_calibration_accepted_while_reviews_are_judged(
    judged: Services, scorer: CalibratedScorer, tmp_path: Path
) -> None:
    """A run that is in the middle goes on with the new one and ends: no review is judged to and fro."""
    with session_scope(judged.engine) as session:
        source = make_source(session)
        for number in range(100):
            make_review(session, source, body=f"{MILD[0]} {number}")
    own = own_thresholds(BUNDLED)
    told: list[int] = []

    def accept_after_a_batch(done: int, _left: int) -> None:
        told.append(done)
        if len(told) == 2:
            write_calibration(tmp_path / "calibration.json", unchanged(scorer.version, own))

    # 64 with the old version; then all 128 with the new one.
    assert score_due(judged, progress=accept_after_a_batch) in {192, 128 + 100}
    with read_scope(judged.engine) as session:
        assert set(session.scalars(select(Score.model_version))) == {scorer.version}


def test_nothing_stored_is_said(services: Services) -> None:
    """A fresh installation can be calibrated, with nothing to compare."""
    text = "\n".join(shown(proposed(services)))
    assert "No stored review has been judged with this model yet" in text
    assert "28 labelled reviews, 16 of them angry" in text
    assert "below 30 the model's own word weighs more" in text


def test_other_models_scores_are_not_compared(services: Services, session: Session) -> None:
    """What another model said of a review says nothing of this one."""
    make_score(session, make_review(session), model_version="other")
    session.commit()
    assert proposed(services).changes.compared == 0


def test_file_full_of_mistakes_is_questioned(services: Services) -> None:
    """Where the model is wrong about most rows, the owner is asked for those it was right about."""
    rows = [*ROWS, *(Correction(f"{text} Thank you.", True) for text in [*MILD, *MILD[:8]])]
    rows = list({row.text: row for row in rows}.values())
    text = "\n".join(shown(proposed(services, rows)))
    assert "add reviews that were judged rightly" in text


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "data", environment={"AMENDS_MODEL_THREADS": "1"})
    assert home.amends("db", "upgrade").returncode == 0
    return home


def written(home: Home, name: str = "labels.jsonl") -> str:
    file = home.data_dir.parent / name
    file.write_text("".join(json.dumps({"text": row.text, "angry": row.is_angry}) + "\n" for row in ROWS))
    return str(file)


def test_command_shows_accepts_and_undoes(home: Home) -> None:
    """Without a terminal it asks nobody: shown first, accepted by --accept, named by doctor, removed by --undo."""
    place = home.data_dir / "calibration.json"
    done = home.amends("calibrate", written(home))
    assert done.returncode == 0, done.stderr
    assert "To accept it, say the same with --accept." in done.stdout
    assert not place.exists()
    done = home.amends("calibrate", written(home), "--accept")
    assert done.returncode == 0, done.stderr
    assert "amends calibrate --undo" in done.stdout
    assert json.loads(place.read_text())["rows"] == 28
    told = home.amends("doctor").stdout
    assert "+cal." in told
    assert "on 28 reviews, 16 of them angry" in told
    assert "Removed" in home.amends("calibrate", "--undo").stdout
    assert not place.exists()
    assert "There is no calibration" in home.amends("calibrate", "--undo").stdout


def test_doctor_names_a_calibration_that_is_left_out(home: Home, bundled: OnnxScorer) -> None:
    """Of another model, or damaged: a hint that says how to get rid of it."""
    place = home.data_dir / "calibration.json"
    own = Thresholds(angry=0.5, flag=0.5, alert=None)
    write_calibration(place, unchanged("another.model.1", own))
    told = home.amends("doctor")
    assert "was made for another model (another.model) and is left out" in told.stdout
    place.write_text("{")
    told = home.amends("doctor")
    assert (told.returncode, "cannot be read" in told.stdout, bundled.version in told.stdout) == (0, True, True)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((), 2, "Name a file of labelled reviews"),
        (("nowhere.jsonl",), 1, "There is no file nowhere.jsonl"),
        (("--undo", "--accept"), 2, "--undo alone"),
        (("labels.jsonl", "--from-feedback"), 2, "--from-feedback in its place"),
        (("--from-feedback",), 1, "Nobody has said of any review"),
        ((".",), 1, "is a folder"),
    ],
)
def test_bad_use_is_told_in_a_sentence(home: Home, arguments: tuple[str, ...], code: int, says: str) -> None:
    """No traceback, and nothing is changed."""
    done = home.amends("calibrate", *arguments)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert says in done.stderr
