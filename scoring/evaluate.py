"""Measure a model on labelled texts: `python -m scoring.evaluate FILE.jsonl [--json] [--compare MODEL]`.

What a file holds is told in labelled.py. A line that cannot be used is told on stderr (and under "left_out") and does
not count; the others do. Several files count as one; instead of files, `--data` names the folder with the labelled real
reviews, and those kept for measuring are read, with the written ones that were held out.

Runs the scorer on the text alone, and says beside it what stars, VADER and TextBlob would say of the same texts. The
model is the one of the settings (a folder, a fetched model of the hub, or the bundled one) with the probabilities and
thresholds it came with; `--calibration` names the file of `amends calibrate` (calibration.json in the data folder) to
measure it exactly as it serves under that. "Angry" is anger >= 2. Trains nothing, changes nothing, asks no other
machine.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from .baselines import baselines
from .calibrated import CalibratedScorer
from .calibration import model_of, read_calibration
from .corpus import Row
from .errors import CalibrationDamaged, ScoringError
from .figures import (
    Judged,
    Report,
    baseline_figures,
    differences,
    level_table,
    model_figures,
    sentence_hits,
    use_figures,
)
from .hub import FOLDER, resolve
from .labelled import Fault, NotLabelled, kept_sets, read_usable
from .loading import load_scorer
from .progress import Telling, progress, silent
from .report import LANGUAGE_LEAST, lines
from .settings import BUNDLED, DataFolder, ScoringSettings
from .types import Score, Scorer

LINE = (
    'A line: {"text": ..., "anger": 0 (calm) to 3 (furious)}, and where known "lang", "stars", "topics", "risks" '
    '(letters of the guide in the model card, or names) and "angry" (the passages that carry the anger).'
)
FAULTS_TOLD = 20  # of a file of another form every line is at fault
AT_ONCE = 256  # texts between two signs of progress; a text scores the same in any company


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m scoring.evaluate", description="Measure a model on labelled texts.", epilog=LINE
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE.jsonl", help="labelled texts, one object a line")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with the labelled real reviews, if no file")
    parser.add_argument(
        "--model", type=Path, metavar="MODEL", help="folder or fetched ORG/NAME; else AMENDS_MODEL_DIR or the bundled"
    )
    parser.add_argument("--compare", type=Path, metavar="MODEL", help="a second model as it came, beside the first")
    parser.add_argument(
        "--calibration", type=Path, metavar="FILE", help="of amends calibrate, for the first model; else as it came"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    given = parser.parse_args(argv)
    if bool(given.files) == bool(given.data):
        parser.error("name either files of labelled texts or, with --data, the folder with the labelled real reviews")
    try:
        files, faults = ([], []) if given.data else read_usable(given.files)
        sets = kept_sets(given.data) if given.data else {"": files}
        models = _load(given.model, given.compare, given.calibration)
    except ValidationError as error:
        first = error.errors()[0]
        sys.exit(f"The setting AMENDS_{str(first['loc'][0]).upper()} cannot be used: {first['msg']}.")
    except (ScoringError, NotLabelled, OSError) as error:
        sys.exit(str(error))
    _tell(faults)
    with progress() as tell:
        scorers = [model.scorer for model in models]
        reports = {name: evaluate(scorers[0], rows, *scorers[1:], tell=tell) for name, rows in sets.items()}
    for report in reports.values():
        report["left_out"] = [str(fault) for fault in faults]
        for one, model in zip([report, report.get("compare", {})], models, strict=False):
            one["measured"] = model.told
    if given.json:
        told = reports if given.data else reports[""]
        sys.stdout.write(json.dumps(told, indent=1, allow_nan=False) + "\n")
    else:
        sys.stdout.write("\n".join((f"== {name} ==\n" if name else "") + lines(one) for name, one in reports.items()))


def evaluate(scorer: Scorer, rows: Sequence[Row], other: Scorer | None = None, *, tell: Telling = silent) -> Report:
    """Every figure of the scorer on the rows, with the baselines and, if given, another model beside it.

    Every language has its figures under "per_language"; one with fewer than LANGUAGE_LEAST texts has no ranges.
    "compare" holds the other model's figures and, under "difference", by how much they are higher.
    """
    judged, report = _measure(scorer, rows, tell)
    found, absent = baselines(rows, tell)
    report["baselines"] = {one.name: baseline_figures(judged.truth, one) for one in found}
    report["baselines_not_installed"] = absent
    for language, places in _languages(rows).items():
        truth, ranged = judged.truth[places], len(places) >= LANGUAGE_LEAST
        report["per_language"][language]["baselines"] = {
            one.name: baseline_figures(truth, one.only(places), ranged=ranged) for one in found
        }
    if other is not None:
        theirs, compared = _measure(other, rows, tell)
        report["compare"] = {**compared, "difference": differences(judged, theirs)}
    return report


def _tell(faults: Sequence[Fault]) -> None:
    for fault in faults[:FAULTS_TOLD]:
        sys.stderr.write(f"{fault}\n")
    if len(faults) > FAULTS_TOLD:
        sys.stderr.write(f"And {len(faults) - FAULTS_TOLD} more; --json tells them all.\n")


def _measure(scorer: Scorer, rows: Sequence[Row], tell: Telling) -> tuple[Judged, Report]:
    began = time.perf_counter()
    scores: list[Score] = []
    for start in range(0, len(rows), AT_ONCE):
        tell("judging", start, len(rows))
        scores += scorer.predict([row.text for row in rows[start : start + AT_ONCE]])
    seconds = max(time.perf_counter() - began, 1e-6)
    judged = Judged(rows=rows, scores=scores)
    languages = _languages(rows)
    told = {}
    for number, (language, places) in enumerate(languages.items()):
        tell("counting by language", number, len(languages))
        told[language] = model_figures(judged.only(places), ranged=len(places) >= LANGUAGE_LEAST)
    return judged, {
        "version": scorer.version,
        "reviews_per_s": round(len(rows) / seconds, 1),
        **model_figures(judged),
        "per_language": told,
        "uses": use_figures(judged),
        "levels": level_table(judged),
        "sentences": sentence_hits(judged),
    }


def _languages(rows: Sequence[Row]) -> dict[str, list[int]]:
    """The places of each language's rows."""
    places: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        places.setdefault(row.lang, []).append(at)
    return dict(sorted(places.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    scorer: Scorer
    told: dict[str, str | None]  # which one it is, and the calibration it is measured under


def _load(first: Path | None, second: Path | None, calibration: Path | None) -> list[Model]:
    settings, fetched = ScoringSettings(), DataFolder().data_dir / FOLDER
    models = []
    for named in [first or settings.model_dir, *([second] if second else [])]:
        folder = resolve(named, fetched)
        scorer = load_scorer(folder, threads=settings.model_threads, mapping=settings.mapping)
        told = "the bundled model" if folder == BUNDLED else str(named)
        models.append(Model(scorer=scorer, told={"model": told, "calibration": None}))
    if calibration:
        told_with = {**models[0].told, "calibration": str(calibration)}
        models[0] = Model(scorer=_calibrated(models[0].scorer, calibration), told=told_with)
    return models


def _calibrated(scorer: Scorer, path: Path) -> Scorer:
    """The scorer under that file; serving leaves out what does not fit, here that would be other figures than asked."""
    found = read_calibration(path)
    if found is None:
        raise CalibrationDamaged(f"There is no calibration {path}. amends calibrate FILE makes one.")
    if found.model != model_of(scorer.version):
        raise CalibrationDamaged(
            f"The calibration {path} was made for the model {found.model}, not for {model_of(scorer.version)}. "
            "Name its model with --model, or leave --calibration out."
        )
    return CalibratedScorer(scorer, path)


if __name__ == "__main__":
    main()
