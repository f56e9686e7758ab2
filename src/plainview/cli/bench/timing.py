"""The stop-watch: contenders in turns, CPU time of this process, the most memory it ever held.

In:   deeds by name, how often, how long at most.
Out:  seconds of every run and what the last one returned.
Not here: how many threads. They are set before this process begins (core).
"""

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

from plainview.cli.bench.figures import Figure

HOW_TO_GET_PEERS = "pip install 'plainview[bench]'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """All runs of one contender."""

    seconds: tuple[float, ...]  # CPU
    result: Any  # of the last run

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def runs(self) -> str:
        return "one run" if len(self.seconds) == 1 else f"median of {len(self.seconds)} runs"


def in_turns(
    deeds: Mapping[str, Callable[[], Any]], *, n_runs: int, most_s: float = 30.0
) -> dict[str, Timed]:
    """One run of each, then again. Whoever has taken ``most_s`` in all is not asked again."""
    seconds: dict[str, list[float]] = {name: [] for name in deeds}
    results: dict[str, Any] = {}
    for _ in range(n_runs):
        for name, deed in deeds.items():
            if sum(seconds[name]) < most_s:
                results[name] = None  # the last run's result is gone before the next one is made
                gc.collect()
                took, results[name] = cpu(deed)
                seconds[name].append(took)
    return {name: Timed(seconds=tuple(seconds[name]), result=results[name]) for name in deeds}


def cpu(deed: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    result = deed()
    return time.process_time() - began, result


def rate(n: int, timed: Timed) -> float:
    """Millions a CPU-second."""
    return n / timed.median / 1e6


def most_memory_mb() -> float | None:
    """The most that this process ever held at once; None where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return None
    kb = next((line.split()[1] for line in lines if line.startswith("VmHWM:")), None)
    return None if kb is None else int(kb) / 1000


def peer(name: str) -> ModuleType | None:
    """A module of a peer, or None where it is not installed."""
    try:
        return import_module(name)
    except ModuleNotFoundError:
        return None


def absent(
    group: str, what: str, unit: str, *, at_least: float | None = None, at_most: float | None = None
) -> Figure:
    """The line of a peer that is not here: silence is no proof."""
    return Figure(
        group=group,
        what=what,
        measured=None,
        unit=unit,
        at_least=at_least,
        at_most=at_most,
        note=HOW_TO_GET_PEERS,
    )
