"""The owner's calibration around the bundled model: what it changes, what it leaves, and that it is followed."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.calibrated import CalibratedScorer
from scoring.calibration import Calibration, Thresholds, model_of, read_calibration, unchanged, write_calibration
from scoring.errors import CalibrationDamaged
from scoring.loading import own_thresholds
from scoring.model import BUNDLED, OnnxScorer, rules_digest
from scoring.types import AngerLevel, Reason, Urgency

RAGE = "LIARS AND THIEVES!!! You stole my money, you crooks. I am going to the police."
ANGRY = "The manager lied to my face and treated us like dirt. Shame on you."
CALM = "Lovely room, kind people, good soup."
TEXTS = [RAGE, ANGRY, CALM, "", "Waited an hour. Won't be back."]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "calibration.json"


@pytest.fixture
def plain(scorer: OnnxScorer) -> Calibration:
    """The bundled model's own reading as a calibration."""
    return replace(unchanged(scorer.version, own_thresholds(BUNDLED)), rows=40, angry=20)


def test_without_a_file_nothing_changes(scorer: OnnxScorer, file: Path) -> None:
    """The scores and the version are the model's."""
    calibrated = CalibratedScorer(scorer, file)
    assert calibrated.version == scorer.version
    assert calibrated.predict(TEXTS) == scorer.predict(TEXTS)
    assert calibrated.predict([]) == []


def test_calibration_that_says_the_same_changes_no_level(scorer: OnnxScorer, file: Path, plain: Calibration) -> None:
    """The model's own thresholds and a straight line: levels, reasons and numbers stay, the version tells."""
    write_calibration(file, plain)
    calibrated = CalibratedScorer(scorer, file)
    assert calibrated.version.startswith(f"{scorer.version}+cal.")
    for found, was in zip(calibrated.predict(TEXTS), scorer.predict(TEXTS), strict=True):
        assert found.anger == pytest.approx(was.anger, abs=1e-9)
        assert replace(found, anger=was.anger, model_version=was.model_version, urgency=was.urgency) == was
        assert found.model_version == calibrated.version


def test_thresholds_decide_level_and_urgency(scorer: OnnxScorer, file: Path, plain: Calibration) -> None:
    """Above every number nobody is angry and nobody is alerted; below every number all are, but only rage is fury."""
    rage = scorer.predict([RAGE])[0]
    assert rage.anger_level is AngerLevel.FURIOUS
    write_calibration(file, replace(plain, thresholds=Thresholds(angry=1.0, flag=1.0, alert=None)))
    calibrated = CalibratedScorer(scorer, file)
    strict = calibrated.predict([RAGE, CALM])
    assert [(one.anger_level, one.urgency) for one in strict] == [
        (AngerLevel.ANNOYED, Urgency.NONE),
        (AngerLevel.CALM, Urgency.NONE),
    ]
    write_calibration(file, replace(plain, thresholds=Thresholds(angry=0.0, flag=0.0, alert=rage.anger)))
    lax = calibrated.predict([RAGE, CALM])
    assert [(one.anger_level, one.urgency) for one in lax] == [
        (AngerLevel.FURIOUS, Urgency.ALERT),
        (AngerLevel.ANGRY, Urgency.FLAG),
    ]


def test_reasons_follow_the_level(scorer: OnnxScorer, file: Path, plain: Calibration) -> None:
    """A text that comes to be called angry gets the reason that goes with it, one that no longer is loses it."""
    write_calibration(file, replace(plain, thresholds=Thresholds(angry=0.0, flag=0.0, alert=None)))
    (lax,) = CalibratedScorer(scorer, file).predict([CALM])
    assert Reason.ANGRY_TONE in lax.reasons
    assert Reason.ANGRY_TONE not in scorer.predict([CALM])[0].reasons


def test_line_moves_the_probability_and_nothing_else(scorer: OnnxScorer, file: Path, plain: Calibration) -> None:
    """Order, sentences, risks and topics are the model's."""
    write_calibration(file, replace(plain, slope=1.0, offset=-1.0))
    for found, was in zip(CalibratedScorer(scorer, file).predict(TEXTS), scorer.predict(TEXTS), strict=True):
        assert found.anger < was.anger or was.anger == found.anger == 0
        assert (found.sentences, found.risks, found.topics) == (was.sentences, was.risks, was.topics)


def test_empty_text_stays_calm(scorer: OnnxScorer, file: Path, plain: Calibration) -> None:
    """Nothing was written, so no calibration makes it angry."""
    write_calibration(file, replace(plain, offset=9.0, thresholds=Thresholds(angry=0.5, flag=0.5, alert=0.5)))
    for found in CalibratedScorer(scorer, file).predict(["", " \n"]):
        assert (found.anger, found.anger_level, found.urgency) == (0.0, AngerLevel.CALM, Urgency.NONE)


def test_running_scorer_follows_the_file(scorer: OnnxScorer, file: Path, plain: Calibration) -> None:
    """A worker takes up a new calibration, another one, and its removal, without being started again."""
    calibrated = CalibratedScorer(scorer, file)
    versions = [calibrated.version]
    for offset in (1.0, 2.0):
        write_calibration(file, replace(plain, offset=offset))
        versions.append(calibrated.version)
    assert len(set(versions)) == 3
    assert calibrated.predict([ANGRY])[0].model_version == versions[-1]
    file.unlink()
    assert calibrated.version == versions[0]


def test_calibration_of_another_model_is_left_out(
    scorer: OnnxScorer, file: Path, plain: Calibration, caplog: pytest.LogCaptureFixture
) -> None:
    """Its numbers mean nothing here; the log says so once, not for each review."""
    write_calibration(file, replace(plain, model="other.1+rules.1"))
    calibrated = CalibratedScorer(scorer, file)
    with caplog.at_level(logging.WARNING, logger="scoring.calibrated"):
        assert calibrated.predict(TEXTS) == scorer.predict(TEXTS)
        assert calibrated.version == scorer.version
    (record,) = caplog.records
    assert "made_for=other.1+rules.1" in record.getMessage()


def test_new_words_in_the_rules_do_not_make_it_void(scorer: OnnxScorer) -> None:
    """The version ends with the digest of the rules, and the calibration hangs on what stands before it."""
    assert scorer.version == f"{model_of(scorer.version)}.{rules_digest()}"


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "7", "[" * 99_000, "{}", '{"slope": 0}', b"\xff\xfe", "x" * 200_000, "nan slope"]
)
def test_damaged_file_is_left_out_and_told(
    scorer: OnnxScorer, file: Path, plain: Calibration, content: str | bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """Reviews are judged on as the model came; the log and whoever reads the file are told what to do."""
    write_calibration(file, plain)
    if content == "nan slope":
        content = json.dumps(json.loads(file.read_text()) | {"slope": float("nan")})
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CalibrationDamaged, match="amends calibrate --undo"):
        read_calibration(file)
    with caplog.at_level(logging.WARNING, logger="scoring.calibrated"):
        assert CalibratedScorer(scorer, file).version == scorer.version
    assert "cannot be read" in caplog.text


def test_file_is_replaced_whole(file: Path, plain: Calibration) -> None:
    """What was written is read again, for the owner alone, and nothing is left beside it."""
    for offset in (0.25, -1.5):
        write_calibration(file, replace(plain, offset=offset))
        assert read_calibration(file) == replace(plain, offset=offset)
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert file.stat().st_mode & 0o077 == 0


def test_version_fits_its_column(scorer: OnnxScorer, plain: Calibration) -> None:
    """Also of a swapped model, whose version is the longer one."""
    assert len(scorer.version + plain.suffix) <= 64
    assert len(f"transformers.{'a' * 12}+rules.1.1.{'b' * 6}" + plain.suffix) <= 64


@settings(deadline=None)
@given(st.floats(1e-6, 1 - 1e-6), st.floats(0.05, 5), st.floats(-5, 5))
def test_own_probability_comes_back(share: float, slope: float, offset: float) -> None:
    """Stored scores are compared through the line and back, and the line never turns the order around."""
    own = Thresholds(angry=0.5, flag=0.5, alert=None)
    line = replace(unchanged("m.1.x", own), slope=slope, offset=offset)
    # Beyond that the rounding of a probability near 1 eats its logit.
    if 1e-6 < line.probability(share) < 1 - 1e-6:
        assert line.own(line.probability(share)) == pytest.approx(share, rel=1e-3, abs=1e-6)
    assert line.probability(share) <= line.probability(min(1.0, share + 1e-3))
