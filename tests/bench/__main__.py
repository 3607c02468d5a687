"""`python -m tests.bench [NAME…] [--json]`: run the modules bench_<name>.py beside this one and show their figures.

Each has `run() -> list[Measure]`. The table says how far the wanted ratios are reached; it fails nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from .harness import Measure, disturbance, machine


def main() -> None:
    names = sorted(file.stem.removeprefix("bench_") for file in Path(__file__).parent.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Run benchmarks; by default all.")
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*names, []], help=", ".join(names))
    parser.add_argument("--json", action="store_true", help="print a list of objects instead of a table")
    options = parser.parse_args()
    if disturbed := disturbance():
        print(disturbed, file=sys.stderr)
    measures: list[Measure] = []
    for name in options.names or names:
        print(f"{name} …", file=sys.stderr, flush=True)
        measures += import_module(f".bench_{name}", __package__).run()
    if options.json:
        on = machine()
        print(json.dumps([asdict(measure) | {"machine": on} for measure in measures], indent=2))
    else:
        _show(measures)


def _show(measures: list[Measure]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=", ".join(f"{name} {value}" for name, value in machine().items()))
    for heading in ("name", "value", "unit", "baseline", "ratio", "wanted", "reached"):
        table.add_column(heading, justify="right" if heading in {"value", "baseline", "ratio"} else "left")
    for measure in measures:
        reached = "" if measure.reached is None else "yes" if measure.reached else "NO"
        figures = [_figure(number) for number in (measure.value, measure.baseline, measure.ratio)]
        table.add_row(measure.name, figures[0], measure.unit, figures[1], figures[2], measure.wanted, reached)
    Console(width=120).print(table)


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


if __name__ == "__main__":
    main()
