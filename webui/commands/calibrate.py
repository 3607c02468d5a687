"""`amends calibrate`: fit the model in use to the owner's own labels, and show what changes before it does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from db.wording import printable

if TYPE_CHECKING:
    from scoring.calibration import Thresholds
    from scoring.refit import Figures

    from ..jobs.calibrating import Proposal
    from ..wiring import Services

# The bundled model is wrong about one in ten of the reviews it was measured with; a file in which it is wrong about
# more than a third is hardly a sample.
MANY_WRONG = 1 / 3
_AGAIN = "Every review is judged again by `amends up`, or now by: amends score"


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--from-feedback", is_flag=True, help="In place of FILE: what people said on the pages of reviews.")
@click.option("--accept", is_flag=True, help="Put it to use without asking.")
@click.option("--undo", is_flag=True, help="Remove the calibration: the model judges as it came.")
def calibrate(file: Path | None, from_feedback: bool, accept: bool, undo: bool) -> None:
    """Fit the model in use to FILE, your own labelled reviews, and show what changes before it is accepted.

    FILE is JSON Lines of {"text", "angry": true or false} or {"text", "anger": 0 to 3}, or CSV with such columns.
    """
    from ..model_in_use import calibration_file
    from ..wiring import build_services

    if (file is not None) + from_feedback + undo != 1 or (undo and accept):
        raise click.UsageError("Name a file of labelled reviews, say --from-feedback in its place, or --undo alone.")
    services = build_services()
    place = calibration_file(services.database.data_dir)
    if undo:
        _undo(place)
        return
    proposal = _proposed(services, file)
    click.echo("\n".join(shown(proposal)))
    if not accept and not sys.stdin.isatty():
        click.echo("\nNothing is changed yet. To accept it, say the same with --accept.")
        return
    if not accept and not click.confirm("\nAccept it?", default=False):
        click.echo("Nothing is changed.")
        return
    from ..jobs.calibrating import accept as put_to_use

    put_to_use(proposal, place)
    click.echo(f"Accepted and written to {place}. {_AGAIN}. Take it back: amends calibrate --undo")


def _undo(place: Path) -> None:
    try:
        place.unlink()
    except FileNotFoundError:
        click.echo("There is no calibration; the model judges as it came.")
        return
    click.echo(f"Removed; the model judges as it came. {_AGAIN}")


def _proposed(services: Services, file: Path | None) -> Proposal:
    from db.migrate import require_current
    from scoring.corrections import read_corrections
    from scoring.loading import own_thresholds
    from scoring.settings import ScoringSettings

    from ..jobs.calibrating import propose, said_by_people
    from ..model_in_use import model_folder, open_scorer
    from ..progress import counting

    require_current(services.engine)
    rows = read_corrections(file) if file else said_by_people(services.engine)
    settings, data_dir = ScoringSettings(), services.database.data_dir
    own = own_thresholds(model_folder(settings, data_dir), mapping=settings.mapping)
    with counting("Judging the labelled reviews") as tell:
        return propose(
            rows,
            open_scorer(settings, data_dir),
            services.engine,
            own=own,
            made_at=services.clock().isoformat(timespec="seconds"),
            progress=tell,
        )


def shown(proposal: Proposal) -> Iterator[str]:
    """What would change, for a person who decides."""
    from scoring.refit import OWN_ROWS

    new, used, found = proposal.refit.calibration, proposal.used, proposal.refit
    yield f"{new.rows} labelled reviews, {new.angry} of them angry; model {new.model}"
    rarer = min(new.angry, new.rows - new.angry)
    if rarer < OWN_ROWS:
        kind = "are angry" if rarer == new.angry else "are not"
        yield f"Only {rarer} {kind}: below {OWN_ROWS} the model's own word weighs more, so little changes."
    yield "\nThresholds of the probability    now    then"
    yield from _thresholds(used.thresholds, new.thresholds)
    yield "\nOn these reviews (then: on those left out of the fit)"
    yield "                                 now    then"
    yield from _figures(found.before, found.after)
    if used.rows:
        yield "  (the calibration in use may have been fitted to some of them, which flatters it)"
    elif found.after.f1 < found.before.f1:
        yield "  F1 is no better than it is now: with more labelled reviews it may be. Better not accept this one."
    if found.before.wrong > new.rows * MANY_WRONG:
        yield (
            f"  {found.before.wrong} of the {new.rows} are judged wrongly now. A calibration takes them for a fair "
            "sample of your reviews: if they are corrections above all, add reviews that were judged rightly."
        )
    yield from _changes(proposal)


def _thresholds(now: Thresholds, then: Thresholds) -> Iterator[str]:
    named = {"angry, best F1": "angry", "flag, recall .9": "flag", "alert, precision .9": "alert"}
    for title, name in named.items():
        yield f"  {title:<28} {_number(getattr(now, name)):>5}   {_number(getattr(then, name)):>5}"


def _figures(now: Figures, then: Figures) -> Iterator[str]:
    named = {
        "precision": "precision", "recall": "recall", "F1": "f1", "calibration error": "calibration_error",
        "recall of flag": "flag_recall", "precision of flag": "flag_precision", "precision of alert": "alert_precision",
    }  # fmt: skip
    for title, name in named.items():
        digits = 3 if name == "calibration_error" else 2
        before, after = (_number(getattr(one, name), digits) for one in (now, then))
        yield f"  {title:<28} {before:>5}   {after:>5}"


def _changes(proposal: Proposal) -> Iterator[str]:
    changes = proposal.changes
    if not changes.compared:
        yield "\nNo stored review has been judged with this model yet, so none can be compared."
        return
    yield f"\nOf the newest {changes.compared} stored reviews that this model has judged"
    yield (
        f"  {changes.levels.total()} change their level; {changes.newly_flagged} are flagged that were not, "
        f"{changes.no_longer_flagged} no more"
    )
    for (was, becomes), count in changes.levels.most_common():
        yield f"    {was} -> {becomes}: {count}"
    for example in changes.examples:
        text = printable(example.text)
        cut = text if len(text) <= 90 else f"{text[:89]}…"
        yield f"  {example.was} {example.anger_was:.2f} -> {example.becomes} {example.anger_becomes:.2f}  {cut}"


def _number(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
