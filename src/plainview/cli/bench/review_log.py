"""A log of a million attempts (or ten) through every check that a log can answer.

In:   a made-up product that moves up a level after a right answer and down after a wrong one; its CSV file
      and a table of groups, written to the disk as a vendor would hand them over.
Out:  seconds by the clock from the folder to the last answer, check by check, and the most memory ever held.
Not here: how a check computes (core.audit), captures (review_har).
"""

import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import csv

from plainview.cli.bench.figures import Figure
from plainview.cli.bench.timing import most_memory_mb
from plainview.core.audit.review import Telling, review
from plainview.core.dossier.folder import open_dossier

ATTEMPTS, QUICK, LARGE = 1_000_000, 50_000, 10_000_000
STEPS = 100  # of each student
LEVELS, ITEMS_A_LEVEL, SKILLS = 10, 40, 20
DRAWS = 999
MOST_S, MOST_MB = 120.0, 4000.0
MOST_S_LARGE = 20 * 60.0


def measure(quick: bool, say: Callable[[str], None]) -> list[Figure]:
    n = QUICK if quick else ATTEMPTS
    return figures(n, say, bars=None if quick else (MOST_S, MOST_MB))


def figures(n: int, say: Callable[[str], None], *, bars: tuple[float, float] | None) -> list[Figure]:
    """One run: a person waits once. ``bars``: seconds and megabytes."""
    with TemporaryDirectory(prefix="plainview-bench-") as home:
        folder = Path(home) / "dossier"
        n_bytes = written(folder, n)
        say(f"{n:,} attempts, {n_bytes / 1e6:.0f} MB of CSV")
        clock = Clock(say)
        began = time.perf_counter()
        found = review(open_dossier(folder, aside=Path(home) / "aside"), telling=clock)
        took = time.perf_counter() - began
    answered = {one.check.name for one in found.asked if one.findings}
    broke = [one.check.name for one in found.asked if one.broke]
    if broke:
        raise RuntimeError(f"broke: {', '.join(broke)}")
    group = f"{n:,} attempts, B = {DRAWS}"
    seconds, megabytes = bars or (None, None)
    whole = Figure(
        group=group,
        what=f"every log check, from CSV to the last answer ({len(answered)} answered)",
        measured=took,
        unit="s",
        at_most=seconds,
    )
    most = Figure(
        group=group, what="most memory held", measured=most_memory_mb(), unit="MB", at_most=megabytes
    )
    each = [
        Figure(group=group, what=name, measured=s, unit="s")
        for name, s in clock.seconds.items()
        if name in answered
    ]
    return [whole, most, *each]


class Clock(Telling):
    """How long each check took by the clock; the first one to ask for the log also reads it."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say, self.seconds, self.began = say, dict[str, float](), 0.0

    def begins(self, check: Any, n: int, of: int) -> None:
        self.began = time.perf_counter()

    def ended(self, asked: Any) -> None:
        took = time.perf_counter() - self.began
        self.seconds[asked.check.name] = took
        words = ", ".join(dict.fromkeys(getattr(one, "answer", "cannot say") for one in asked.answers))
        self.say(f"{asked.check.name}: {took:.1f} s, {words}")


def written(folder: Path, n: int) -> int:
    """The dossier; how many bytes its log has."""
    (folder / "exhibits").mkdir(parents=True)
    (folder / "product.toml").write_text('name = "bench"\nvendor = "nobody"\nversion = "1"\n')
    (folder / "plan.toml").write_text(f"seed = 1\ndraws = {DRAWS}\n")
    n_students = n // STEPS
    chance = np.random.default_rng(1)
    group = chance.integers(0, 2, n_students)
    log = folder / "exhibits" / "log.csv"
    csv.write_csv(_log(chance, n_students, group), str(log))
    names = np.array([f"s{k:07d}" for k in range(n_students)])
    sexes = np.array(["a", "b"])[group]
    csv.write_csv(pa.table({"student": names, "group": sexes}), str(folder / "exhibits" / "groups.csv"))
    return log.stat().st_size


def _log(chance: np.random.Generator, n_students: int, group: Any) -> pa.Table:
    """One step of every student at a time: a level up after a right answer, down after a wrong one."""
    ability = chance.normal(0, 1, n_students) - 0.3 * group
    level = np.full(n_students, LEVELS // 2)
    items, rights, chances = [], [], []
    for step in range(STEPS):
        item = level * ITEMS_A_LEVEL + chance.integers(0, ITEMS_A_LEVEL, n_students)
        p = 1 / (1 + np.exp(level * 0.4 - 1.8 - ability - 0.005 * step))
        right = chance.random(n_students) < p
        items.append(item)
        rights.append(right)
        chances.append(np.clip(p + chance.normal(0, 0.1, n_students), 0.01, 0.99))
        level = np.clip(level + np.where(right, 1, -1), 0, LEVELS - 1)
    item, right = np.concatenate(items), np.concatenate(rights)
    student = np.tile(np.arange(n_students), STEPS)
    seconds = np.repeat(np.arange(STEPS), n_students) * 60 + student % 60
    at = np.datetime64("2026-01-05T08:00:00") + seconds.astype("timedelta64[s]")
    return pa.table(
        {
            "student": pa.array(np.array([f"s{k:07d}" for k in range(n_students)])).take(pa.array(student)),
            "at": pa.array(at, pa.timestamp("s", "UTC")),
            "item": pa.array([f"item-{k:03d}" for k in range(LEVELS * ITEMS_A_LEVEL)]).take(pa.array(item)),
            "skills": pa.array([f"skill-{k:02d}" for k in range(SKILLS)]).take(pa.array(item % SKILLS)),
            "correct": pa.array(right.astype(np.int8)),
            "response_ms": pa.array(chance.integers(2_000, 60_000, len(item))),
            "assigned_by": pa.array(["algorithm"]).take(pa.array(np.zeros(len(item), np.int8))),
            "estimate_before": pa.array(np.round(np.concatenate(chances), 3)),
        }
    )
