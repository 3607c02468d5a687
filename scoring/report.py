"""Show a report of evaluate.py as text, at most 120 columns wide and in plain characters: it is pasted into notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .baselines import INSTALL
from .figures import Report

COLUMNS = (
    ("auroc", "AUROC"),
    ("average_precision", "av. precision"),
    ("f1", "F1"),
    ("f1_best", "best F1"),
    ("precision_at_recall_90", "P at recall .9"),
    ("ece", "ECE"),
)
NONE = "-"
PLACE = 80  # characters of a path that are shown
LANGUAGE_LEAST = 30  # texts; fewer say too little for a line of figures, or for a range
RANGE = len(" (.93 .95)")


def lines(report: Report) -> str:
    """The whole report, ending with a line break."""
    other = report.get("compare")
    models = [report, other] if other else [report]
    parts = [
        _head(models),
        _table("angry or not", list(_rows(report, models))),
        _beside_baselines(report),
        _difference(other) if other else [],
        *(_labels(what, models) for what in ("topics", "risks")),
        *(_levels(one, _name(at, models)) for at, one in enumerate(models)),
        _notes(report),
    ]
    return "\n\n".join("\n".join(line.rstrip() for line in part) for part in parts if part) + "\n"


def _head(models: Sequence[Report]) -> list[str]:
    found = []
    for at, one in enumerate(models):
        found.append(f"{_name(at, models)}: {one['version']}, {one['reviews_per_s']} texts a second")
        under = one["measured"]["calibration"]
        found.append(f"  measured: {_end_of(one['measured']['model'])}")
        found.append(f"  probabilities and thresholds: {f'of {_end_of(under)}' if under else 'as the model came'}")
    return found


def _end_of(place: str) -> str:
    """The end of a long path says more than its beginning."""
    return place if len(place) <= PLACE else f"...{place[3 - PLACE :]}"


def _name(at: int, models: Sequence[Report]) -> str:
    return "this model" if len(models) == 1 else ("first model", "second model")[at]


def _rows(report: Report, models: Sequence[Report]) -> Iterator[tuple[str, Report]]:
    yield from ((_name(at, models), one) for at, one in enumerate(models))
    yield from report["baselines"].items()
    for language in _shown_languages(report):
        for at, one in enumerate(models):
            name = f"{language}, {('first', 'second')[at]}" if len(models) > 1 else language
            yield name, one["per_language"][language]


def _shown_languages(report: Report) -> dict[str, Report]:
    return {language: one for language, one in report["per_language"].items() if one["texts"] >= LANGUAGE_LEAST}


def _table(title: str, rows: Sequence[tuple[str, Report]]) -> list[str]:
    head = f"{title:<16}{'texts':>6}{'angry':>6}" + "".join(f"{name:>15}" for _, name in COLUMNS)
    return [head, *(
        f"{label[:16]:<16}{one['texts']:>6}{one['angry']:>6}"
        + "".join(f"{_ranged(one.get(key), one['intervals'].get(key)):>15}" for key, _ in COLUMNS)
        for label, one in rows
    )]  # fmt: skip


def _beside_baselines(report: Report) -> list[str]:
    """AUROC per language beside the baselines': two of them read English only."""
    languages = _shown_languages(report)
    if not languages:
        return []
    names = list(report["baselines"])
    head = f"{'AUROC by language':<18}{'model':>12}" + "".join(f"{name:>12}" for name in names)
    return [head, *(
        f"{language:<18}{_plain(one['auroc']):>12}"
        + "".join(f"{_plain(one['baselines'][name]['auroc']):>12}" for name in names)
        for language, one in languages.items()
    )]  # fmt: skip


def _difference(other: Report) -> list[str]:
    names = dict(COLUMNS)
    return ["second model less first model", *(
        f"  {names[key]:<16}{_signed(one)}" for key, one in other["difference"].items()
    )]  # fmt: skip


def _labels(what: str, models: Sequence[Report]) -> list[str]:
    if not models[0][what]["per_label"]:
        return []
    mean = f"{f'{what}, macro F1':<24}{models[0][what]['texts']:>6}"
    mean += "".join(f"{_ranged(one[what]['macro_f1'], one[what]['interval']):>26}" for one in models)
    head = f"{'':<24}{'texts':>6}" + "".join(f"{'precision':>12}{'recall':>8}{'F1':>6}" for _ in models)
    found = [mean, head]
    for label, first in models[0][what]["per_label"].items():
        cells = [one[what]["per_label"][label] for one in models]
        figures = (f"{_plain(one['precision']):>12}{_plain(one['recall']):>8}{_plain(one['f1']):>6}" for one in cells)
        found.append(f"  {label:<22}{first['texts']:>6}" + "".join(figures))
    return found


def _levels(one: Report, name: str) -> list[str]:
    found = [f"{name}: {'labelled':<12}" + "".join(f"{level:>9}" for level in one["levels"]) + "   (judged)"]
    indent = " " * (len(name) + 2)
    found += [f"{indent}{level:<12}" + "".join(f"{texts:>9}" for texts in told.values())
              for level, told in one["levels"].items()]  # fmt: skip
    for use, told in one["uses"].items():
        found.append(f"{indent}{use}: {told['told']} texts, precision {_plain(told['precision'])}, "
                     f"recall {_plain(told['recall'])}")  # fmt: skip
    found.append(f"{indent}annoyed or more, from the same number: AUROC "
                 f"{_ranged(one['auroc_annoyed'], one['intervals']['auroc_annoyed'])}")  # fmt: skip
    marked = one["sentences"]
    if marked["texts"]:
        found.append(f"{indent}angriest sentence meets a marked passage: {_plain(marked['share'])} of "
                     f"{marked['texts']} texts (by chance {_plain(marked['by_chance'])})")  # fmt: skip
    return found


def _notes(report: Report) -> list[str]:
    found = [
        "In brackets: the middle 95 % over 1,000 resamples of the texts.",
        "F1 is at the shipped or customary threshold, best F1 at the one that suits these very texts.",
    ]
    shown = _shown_languages(report)
    few = [f"{language} {one['texts']}" for language, one in report["per_language"].items() if language not in shown]
    if few:
        found.append(
            f"Languages with too few texts for figures of their own: {', '.join(few)}. --json has what it can."
        )
    if report["left_out"]:
        found.append(
            f"Could not be read and does not count: {len(report['left_out'])} lines or labels, told before this."
        )
    if report["baselines_not_installed"]:
        found.append(f"Not installed: {', '.join(report['baselines_not_installed'])}; {INSTALL} brings them.")
    return found


def _ranged(value: float | None, interval: Sequence[float] | None) -> str:
    shown = NONE if value is None else _short(value, 3)
    return shown + (f" ({_short(interval[0], 2)} {_short(interval[1], 2)})" if interval else " " * RANGE)


def _signed(one: Report) -> str:
    if one["figure"] is None:
        return NONE
    low, high = one["interval"] or (None, None)
    return f"{one['figure']:+.3f}" + (f" ({low:+.3f} {high:+.3f})" if low is not None else "")


def _plain(value: float | None) -> str:
    return NONE if value is None else _short(value, 2)


def _short(value: float, places: int) -> str:
    """As wide as a point and so many digits: without the nought in front, and one as "1.0"."""
    return f"{value:.{places}f}".removeprefix("0")[: places + 1]
