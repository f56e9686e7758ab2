"""The forward pass of knowledge tracing beside the same loop in C.

In:   a simulated log, in the order in which its rows happened and sequence by sequence.
Out:  millions of rows a CPU-second of both; left out where there is no C compiler.
Not here: the fit.
"""

import ctypes
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plainview.cli.bench.elo import simulated
from plainview.cli.bench.figures import Figure
from plainview.cli.bench.timing import in_turns, rate
from plainview.core.learner.tracing import kernels
from plainview.core.logs.coded import Coded

Floats = NDArray[np.float64]
KNOWN, LEARN, GUESS, SLIP = 0.4, 0.2, 0.2, 0.1
FLAGS = ("-O3", "-march=native", "-shared", "-fPIC")

# The same sums, products and tables as core.learner.tracing.kernels.
C_LOOPS = r"""
#include <stdint.h>
#define FAR 1e200

void in_order(int64_t n, const int32_t *student, const int32_t *skill, const uint8_t *value, int64_t width,
              double *stands, const double *step, const double *gain, const double *start,
              const double *known, const double *unknown, double *out) {
    for (int64_t row = 0; row < n; row++) {
        int32_t k = skill[row];
        int64_t place = (int64_t)student[row] * width + k;
        double odds = stands[place];
        if (odds == 0.0) odds = start[k];
        out[row] = (odds * known[k] + unknown[k]) / (1 + odds);
        odds = odds * step[2 * k + value[row]] + gain[k];
        stands[place] = odds < FAR ? odds : FAR;
    }
}

void grouped(int64_t n, const int64_t *starts, const int32_t *skill, const uint8_t *value, const double *step,
             const double *gain, const double *start, const double *known, const double *unknown,
             double *out) {
    for (int64_t q = 0; q < n; q++) {
        int32_t k = skill[q];
        double odds = start[k];
        for (int64_t at = starts[q]; at < starts[q + 1]; at++) {
            out[at] = (odds * known[k] + unknown[k]) / (1 + odds);
            odds = odds * step[2 * k + value[at]] + gain[k];
            odds = odds < FAR ? odds : FAR;
        }
    }
}
"""


def measure(quick: bool, say: Callable[[str], None]) -> list[Figure]:
    log = simulated(400_000 if quick else 5_000_000)
    group = f"forward pass of knowledge tracing: {log.n_rows:,} rows"
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        what = "plainview's rows a CPU-second, as a share of C's"
        note = "there is no C compiler here"
        return [Figure(group=group, what=what, measured=None, unit="x", at_least=0.8, note=note)]
    with TemporaryDirectory(prefix="plainview-bench-") as folder:
        loops = compiled(compiler, Path(folder))
        say("in order, and sequence by sequence")
        return as_it_happened(group, log, loops) + by_sequence(group, log, loops)


def compiled(compiler: str, folder: Path) -> ctypes.CDLL:
    source, library = folder / "loops.c", folder / "loops.so"
    source.write_text(C_LOOPS)
    subprocess.run([compiler, *FLAGS, str(source), "-o", str(library)], check=True)  # noqa: S603
    return ctypes.CDLL(str(library))


def _numbers(n_skills: int) -> tuple[Floats, ...]:
    """step by skill and answer, gain, odds at the start, P(right | known), P(right | unknown); by skill."""
    ratio = np.array([SLIP / (1 - GUESS), (1 - SLIP) / GUESS])
    step = np.tile(ratio / (1 - LEARN), n_skills)
    rest = (LEARN / (1 - LEARN), KNOWN / (1 - KNOWN), 1 - SLIP, GUESS)
    return (step, *(np.full(n_skills, number) for number in rest))


def as_it_happened(group: str, log: Coded, loops: ctypes.CDLL) -> list[Figure]:
    value, numbers = log.correct.astype(np.uint8), _numbers(log.n_skills)
    student, skill, n_skills = log.student, log.skill, log.n_skills

    def ours() -> Floats:
        out, stands = np.zeros(log.n_rows), np.zeros(log.n_students * n_skills)
        part = (log.n_students, 2, 0, n_skills, stands)
        kernels.expected_plain(student, skill, value, *part, *numbers, out)
        return out

    def in_c() -> Floats:
        out, stands = np.zeros(log.n_rows), np.zeros(log.n_students * n_skills)
        columns = [_at(one) for one in (student, skill, value)]
        rest = [_at(one) for one in (stands, *numbers, out)]
        loops.in_order(ctypes.c_int64(log.n_rows), *columns, ctypes.c_int64(n_skills), *rest)
        return out

    return _beside(group, "rows as they happened", log.n_rows, ours, in_c)


def by_sequence(group: str, log: Coded, loops: ctypes.CDLL) -> list[Figure]:
    pairs = log.by_skill()
    starts = np.append(np.flatnonzero(pairs.begins), len(pairs.row)).astype(np.int64)
    value = log.correct[pairs.row].astype(np.uint8)
    skill, numbers = log.skill[pairs.pair[starts[:-1]]], _numbers(log.n_skills)

    def ours() -> Floats:
        out = np.zeros(len(value))
        kernels.expected_grouped(starts, skill, value, 2, *numbers, out)
        return out

    def in_c() -> Floats:
        out = np.zeros(len(value))
        columns = [_at(one) for one in (starts, skill, value, *numbers, out)]
        loops.grouped(ctypes.c_int64(len(starts) - 1), *columns)
        return out

    return _beside(group, "sequence by sequence", len(value), ours, in_c)


def _at(column: NDArray[Any]) -> ctypes.c_void_p:
    return ctypes.c_void_p(column.ctypes.data)


def _beside(
    group: str, how: str, n_rows: int, ours: Callable[[], Floats], in_c: Callable[[], Floats]
) -> list[Figure]:
    ours()  # loads what is compiled
    timed = in_turns({"plainview": ours, "C": in_c}, n_runs=9)
    apart = float(np.abs(timed["plainview"].result - timed["C"].result).max())
    rates = {name: rate(n_rows, one) for name, one in timed.items()}
    unit, runs = "million rows a CPU-s", timed["C"].runs
    return [
        Figure(group=group, what=f"plainview, {how}", measured=rates["plainview"], unit=unit, note=runs),
        Figure(
            group=group,
            what=f"C, {how}",
            measured=rates["C"],
            unit=unit,
            note=f"cc {' '.join(FLAGS[:2])}; {runs}",
        ),
        Figure(
            group=group,
            what=f"plainview's share of C's speed, {how}",
            measured=rates["plainview"] / rates["C"],
            unit="x",
            at_least=0.8,
            note=f"farthest apart in any row: {apart:.0e}",
        ),
    ]
