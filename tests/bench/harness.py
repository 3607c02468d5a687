"""What a benchmark measures, and on which machine. Ratios are taken within one run, since the machine differs."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure. `ratio` is value / baseline; `reached` is None where nothing is wanted."""

    name: str  # "ingest.fresh.sqlite"
    value: float
    unit: str
    baseline: float | None = None  # in the same unit
    ratio: float | None = None
    wanted: str = ""  # ">= 0.5": of the ratio, or of the value where there is no baseline
    reached: bool | None = None


def at_least(name: str, value: float, unit: str, *, wanted: float, baseline: float | None = None) -> Measure:
    """More is better."""
    return _measure(name, value, unit, baseline, f">= {wanted:g}", lambda figure: figure >= wanted)


def at_most(name: str, value: float, unit: str, *, wanted: float, baseline: float | None = None) -> Measure:
    """Less is better."""
    return _measure(name, value, unit, baseline, f"<= {wanted:g}", lambda figure: figure <= wanted)


def noted(name: str, value: float, unit: str) -> Measure:
    """A figure to know, with nothing wanted of it."""
    return Measure(name=name, value=value, unit=unit)


def machine() -> dict[str, str | int]:
    """Enough to tell whether two reports can be compared."""
    return {
        "system": platform.platform(terse=True),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        "python": platform.python_version(),
    }


def disturbance() -> str:
    """What to know before believing the figures that follow; empty on a calm machine."""
    load, cores = os.getloadavg()[0], machine()["cores"]
    if load <= 0.5 * int(cores):
        return ""
    return f"The machine is busy (load {load:.1f} on {cores} cores): run it again when it is calm."


def seconds(work: Callable[[], object]) -> float:
    """How long a call takes, by the clock."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def median_seconds(work: Callable[[], object], *, rounds: int) -> float:
    """The median of several calls: neighbours on the machine disturb single ones."""
    return median(seconds(work) for _ in range(rounds))


def _measure(
    name: str, value: float, unit: str, baseline: float | None, wanted: str, is_enough: Callable[[float], bool]
) -> Measure:
    ratio = value / baseline if baseline else None
    reached = is_enough(value if ratio is None else ratio)
    return Measure(name=name, value=value, unit=unit, baseline=baseline, ratio=ratio, wanted=wanted, reached=reached)


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123 - a file of the system
            names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    except OSError:
        names = []
    return names[0] if names else platform.processor() or platform.machine()
