"""The measuring command, run as it is typed, on a small file of our own sentences."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.settings import DbSettings
from scoring.calibration import Thresholds, unchanged, write_calibration
from scoring.model import BUNDLED
from scoring.settings import DataFolder

ROOT = Path(__file__).parents[2]
PLACES = ("café", "garage", "hotel", "clinic", "shop", "gym")
# text, anger, stars, topics, risks
ENGLISH = (
    ("You liars took my money and laughed at me! Shame on the whole {}!!!", 2, 1, "sp", ""),
    ("CROOKS!!! My lawyer is on it, this filthy {} should be shut down, you thieving scum!", 3, 1, "ph", "l"),
    ("Terrible service at this {}, won't be back.", 1, 2, "s", "c"),
    ("The {} was a bit cold and the staff were slow.", 0, 3, "aw", ""),
    ("Lovely {}, we come every week and leave happy.", 0, 5, "", ""),
    ("Ate there and was sick all night; I want my money back from this {}.", 1, None, "q", "im"),
)
OTHERS = (
    ("de", "Betrüger! Nie wieder, das ist eine bodenlose Frechheit, ihr Diebe!", 2, 1, "p", "c"),
    ("de", "Nettes Lokal, gerne wieder.", 0, 5, "", ""),
    ("fr", "Bande de voleurs, vous devriez avoir honte !!!", 2, 1, "p", ""),
    ("es", "El desayuno estaba frío.", 0, 3, "q", ""),
    ("tr", "Garson çok kabaydı, bir daha gelmem.", 1, 2, "s", "c"),
)
ISSUE = {
    "auroc", "average_precision", "f1", "precision_at_recall_90", "ece", "intervals", "per_language", "baselines",
    "topics", "risks",
}  # fmt: skip
FIGURES = {"texts", "angry", "auroc", "average_precision", "f1", "precision_at_recall_90", "f1_best", "intervals"}
OWN = {
    "version", "texts", "angry", "reviews_per_s", "f1_best", "auroc_annoyed", "baselines_not_installed",
    "uses", "levels", "sentences", "left_out", "measured",
}  # fmt: skip


def run(*arguments: object, settings: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), cwd=ROOT, env=environment(settings), capture_output=True, encoding="utf-8", check=False
    )


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "scoring.evaluate", *map(str, arguments)]


def environment(settings: dict[str, str] | None = None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AMENDS_")}
    return {**kept, "TERM": "xterm", **(settings or {})}


def measured(*arguments: object) -> dict[str, Any]:
    done = run(*arguments, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    report: dict[str, Any] = json.loads(done.stdout, parse_constant=pytest.fail)  # NaN is no JSON
    return report


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def all_rows() -> list[dict[str, Any]]:
    names = ("lang", "text", "anger", "stars", "topics", "risks")
    english = [("en", text.format(place), *rest) for place in PLACES for text, *rest in ENGLISH]
    return [dict(zip(names, row, strict=True)) for row in [*english, *OTHERS]]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("measured") / "own.jsonl", all_rows())


@pytest.fixture(scope="module")
def report(file: Path) -> dict[str, Any]:
    return measured(file)


@pytest.fixture(scope="module")
def other_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled network that calls nothing angry: the same numbers, another threshold."""
    folder = tmp_path_factory.mktemp("other")
    for path in BUNDLED.iterdir():
        (folder / path.name).symlink_to(path)
    manifest = json.loads((BUNDLED / "model.json").read_text(encoding="utf-8"))
    manifest |= {"version": "never-angry"}
    manifest["anger"]["thresholds"][1] = 1.1
    (folder / "model.json").unlink()
    (folder / "model.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def test_json_has_every_figure(report: dict[str, Any]) -> None:
    """What was agreed and what this program adds; each figure in its range; baselines beside it, per language too."""
    assert set(report) == ISSUE | OWN
    assert (report["texts"], report["angry"]) == (41, 14)
    for name in ("auroc", "average_precision", "f1", "precision_at_recall_90", "ece", "auroc_annoyed"):
        low, high = report["intervals"][name]
        assert 0 <= low <= report[name] <= high <= 1
    assert report["auroc"] > 0.9
    assert set(report["baselines"]) == {"stars", "vader", "textblob"}
    assert report["baselines"]["stars"]["texts"] == 35  # the others have none
    assert all(set(one) >= FIGURES for one in report["baselines"].values())
    assert {name: (one["texts"], one["angry"]) for name, one in report["per_language"].items()} == {
        "de": (2, 1), "en": (36, 12), "es": (1, 0), "fr": (1, 1), "tr": (1, 0),
    }  # fmt: skip
    assert set(report["per_language"]["en"]) >= FIGURES | {"ece", "topics", "risks", "baselines"}
    assert sum(sum(given.values()) for given in report["levels"].values()) == 41


def test_a_language_of_few_texts_has_what_can_be_said(report: dict[str, Any]) -> None:
    """The same keys as any, without ranges; null where texts of one kind cannot say."""
    few, many = report["per_language"]["de"], report["per_language"]["en"]
    assert set(few) == set(many)
    assert (few["auroc"], report["per_language"]["es"]["auroc"]) == (1, None)
    assert not any(few["intervals"].values())
    assert not any(few["baselines"]["stars"]["intervals"].values())
    assert (few["topics"]["interval"], few["risks"]["interval"]) == (None, None)
    assert many["intervals"]["auroc"]


def test_topics_and_risks_are_those_the_file_uses(report: dict[str, Any]) -> None:
    """Mean F1 over the labels that occur; a file of the older guide knows nothing of the finer ones."""
    assert set(report["topics"]["per_label"]) == {"staff", "price", "hygiene", "comfort", "waiting", "quality"}
    assert set(report["risks"]["per_label"]) == {"legal", "churn", "safety", "refund"}
    for what in ("topics", "risks"):
        each = [one["f1"] for one in report[what]["per_label"].values()]
        assert report[what]["macro_f1"] == pytest.approx(sum(each) / len(each), abs=1e-4)


def test_text_fits_a_terminal_and_a_note(file: Path) -> None:
    """At most 120 columns, with the ranges, the baselines and the languages too rare to say anything."""
    done = run(file)
    assert (done.returncode, done.stderr) == (0, "")
    shown = done.stdout.splitlines()
    assert max(map(len, shown)) <= 120
    assert not [line for line in shown if "nan" in line.split() or "None" in line]
    for start in ("this model ", "stars ", "vader ", "textblob ", "en ", "topics, macro F1", "risks, macro F1"):
        assert any(line.startswith(start) for line in shown), start
    assert "too few texts for figures of their own: de 2, es 1, fr 1, tr 1." in done.stdout


def test_two_models_side_by_side(file: Path, other_model: Path, report: dict[str, Any]) -> None:
    """The second model's figures, and by how much each is higher; the order of the texts is the same here."""
    compared = measured(file, "--compare", other_model)
    other = compared["compare"]
    assert set(compared) == ISSUE | OWN | {"compare"}
    assert {name: compared[name] for name in ISSUE} == {name: report[name] for name in ISSUE}
    assert other["version"].startswith("never-angry")
    assert other["measured"] == {"model": str(other_model), "calibration": None}
    assert (other["auroc"], other["f1"]) == (report["auroc"], 0)
    assert other["difference"]["auroc"] == {"figure": 0, "interval": [0, 0]}
    assert other["difference"]["f1"]["figure"] == pytest.approx(-report["f1"])
    low, high = other["difference"]["f1"]["interval"]
    assert low <= -report["f1"] <= high < 0


def test_two_models_side_by_side_fit_a_terminal(file: Path, other_model: Path) -> None:
    """The folder of the settings against a named one, at most 120 columns."""
    done = run(file, "--compare", BUNDLED, settings={"AMENDS_MODEL_DIR": str(other_model)})
    assert (done.returncode, done.stderr) == (0, "")
    shown = done.stdout.splitlines()
    assert max(map(len, shown)) <= 120
    assert shown[0].startswith("first model: never-angry")
    for start in ("first model ", "second model ", "en, first ", "en, second ", "second model less first model"):
        assert any(line.startswith(start) for line in shown), start


def test_a_fetched_model_is_found_by_its_name(file: Path, other_model: Path, tmp_path: Path) -> None:
    """As the settings or the arguments name it; one that was not fetched says how."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "house--angry").symlink_to(other_model)
    home = {"AMENDS_DATA_DIR": str(tmp_path)}
    done = run(file, "--compare", "house/angry", settings={**home, "AMENDS_MODEL_DIR": "house/angry"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:3] == [
        done.stdout.splitlines()[0], "  measured: house/angry", "  probabilities and thresholds: as the model came",
    ]  # fmt: skip
    missing = run(file, "--model", "house/calm", settings=home)
    assert (missing.returncode, missing.stdout) == (1, "")
    assert "Fetch it: amends model fetch house/calm" in missing.stderr


def test_a_calibration_is_measured_where_it_is_named(file: Path, report: dict[str, Any], tmp_path: Path) -> None:
    """The order of the texts is as before and what is called angry is not; without the option nothing of it counts."""
    path, version = tmp_path / "calibration.json", report["version"]
    strict = Thresholds(angry=1, flag=1, alert=None)
    write_calibration(path, replace(unchanged(version, strict), made_at="2026-11-29"))
    found = measured(file, "--calibration", path)
    assert found["version"].startswith(f"{version}+cal.")
    assert (found["auroc"], found["f1"]) == (report["auroc"], 0)
    assert found["measured"] == {"model": "the bundled model", "calibration": str(path)}
    write_calibration(path, replace(unchanged("another.1", strict), made_at="2026-11-29"))
    for name, told in ((path, "was made for the model another, not for"), (tmp_path / "no", "There is no calibration")):
        done = run(file, "--calibration", name)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert told in done.stderr


def test_fetched_models_lie_where_the_product_keeps_its_data() -> None:
    """The same folder by default as the database's."""
    assert DataFolder(_env_file=None).data_dir == DbSettings(_env_file=None).data_dir


@pytest.mark.parametrize(("level", "known"), [(0, {"ece"}), (3, {"average_precision", "f1", "ece"})])
def test_texts_of_one_kind_only(tmp_path: Path, level: int, known: set[str]) -> None:
    """What cannot be told is null, in text a dash; nothing but the texts is needed, not even a language."""
    file = write(tmp_path / "kind.jsonl", [{"text": row["text"], "anger": level} for row in all_rows()])
    report = measured(file)
    names = ("auroc", "average_precision", "f1", "ece")
    assert {name for name in names if report[name] is not None} == known
    assert {name for name in names if report["intervals"][name] is not None} == known
    assert report["baselines"]["stars"] | {"texts": 0, "auroc": None, "f1": None} == report["baselines"]["stars"]
    assert (report["topics"]["macro_f1"], report["topics"]["texts"], report["risks"]["per_label"]) == (None, 0, {})
    assert list(report["per_language"]) == ["und"]
    shown = run(file).stdout
    assert "nan" not in shown
    assert "topics" not in shown


def test_one_text_is_enough(tmp_path: Path) -> None:
    """A file of one line, empty text included."""
    report = measured(write(tmp_path / "one.jsonl", [{"text": "", "anger": 0}]))
    assert (report["texts"], report["auroc"], list(report["per_language"])) == (1, None, ["und"])


def test_several_files_count_as_one(file: Path, tmp_path: Path) -> None:
    """Their texts are added up."""
    second = write(tmp_path / "second.jsonl", [{"text": "Fine.", "anger": 0, "lang": "en"}])
    assert measured(file, second)["texts"] == 42


def test_lines_that_cannot_be_used_are_told_and_hide_nothing(tmp_path: Path) -> None:
    """On stderr, in the report, and in one line under the tables."""
    path = write(tmp_path / "odd.jsonl", [{"text": "Fine.", "anger": 0, "lang": "English"}, {"text": "No anger."}])
    done = run(path, "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["texts"], done.stderr) == (0, 1, report["left_out"][0] + "\n")
    assert report["left_out"][0].startswith(f'{path}, line 2: "anger" must be 0')
    assert "does not count: 1 lines or labels" in run(path).stdout


def test_missing_libraries_of_the_baselines_are_named_and_no_obstacle(file: Path) -> None:
    """They are an extra; everything else is measured without them."""
    code = (
        "import sys; sys.modules.update(dict.fromkeys(['vaderSentiment', 'textblob'])); "
        f"from scoring.evaluate import main; main([{str(file)!r}])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert "Not installed: vader, textblob; pip install 'amends[measure]' brings them." in done.stdout
    assert "\nstars " in done.stdout


def test_progress_is_shown_on_a_terminal_only(file: Path, tmp_path: Path) -> None:
    """On stderr, so that the result can be read by a program all the same."""
    pty = pytest.importorskip("pty")
    reader, terminal = pty.openpty()
    result = tmp_path / "result.json"
    with result.open("wb") as output:
        started = subprocess.Popen(
            command(file, "--json"), cwd=ROOT, env=environment(), stdout=output, stderr=terminal
        )  # fmt: skip
    os.close(terminal)
    shown = b"".join(_until_closed(reader)).decode()
    os.close(reader)
    assert started.wait() == 0
    assert "/" in shown  # so many of so many
    assert json.loads(result.read_text(encoding="utf-8"))["texts"] == 41


def _until_closed(reader: int) -> Iterator[bytes]:
    # Linux ends with an error where the other side of a terminal is closed, others with nothing.
    with contextlib.suppress(OSError):
        while piece := os.read(reader, 4096):
            yield piece


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "cannot be read (No such file or directory). Name a file of labelled texts."),
        ("", "holds no labelled text. Each line must be an object"),
        ("anger\n", "line 1 is no JSON. Each line must be an object"),
        ('{"text": "Fine."}\n', 'line 1: "anger" must be 0 (calm)'),
        ('{"text": "Fine.", "anger": 5}\n', "3 (furious), not 5."),
    ],
    ids=["missing", "empty", "no JSON", "no anger", "anger 5"],
)
def test_bad_file_ends_in_a_sentence(tmp_path: Path, content: str | None, told: str) -> None:
    """On stderr, before any model is loaded; the exit status says so too."""
    path = tmp_path / "bad.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    done = run(path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert told in done.stderr


@pytest.mark.parametrize(
    ("arguments", "settings", "told"),
    [
        (["--model", "nowhere"], {}, "nowhere/model.json is missing. Install Amends again, or name another"),
        (["--compare", "nowhere"], {}, "nowhere/model.json is missing."),
        ([], {"AMENDS_MODEL_DIR": "nowhere"}, "nowhere/model.json is missing."),
        ([], {"AMENDS_MODEL_THREADS": "none"}, "The setting AMENDS_MODEL_THREADS cannot be used: "),
    ],
)
def test_bad_model_ends_in_a_sentence(file: Path, arguments: list[str], settings: dict[str, str], told: str) -> None:
    """Whichever way the folder was named."""
    done = run(file, *arguments, settings=settings)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert told in done.stderr


@pytest.mark.parametrize("arguments", [[], ["own.jsonl", "--data", "folder"]], ids=["neither", "both"])
def test_without_texts_it_says_how_to_name_them(arguments: list[str]) -> None:
    """Files or the folder of the real reviews: one of the two."""
    done = run(*arguments)
    assert done.returncode == 2
    assert "name either files of labelled texts or, with --data, the folder" in done.stderr
