"""Each student's first attempts at each skill, in order: what the checks of economy count with.

In:   a log.
Out:  sequences; where each reaches three right in a row; what knowledge tracing holds after each attempt.
Not here: what it costs (wheel_spinning, over_practice, white, stopping, opportunities).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.logs.coded import Coded

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
IN_A_ROW = 3
RIGHT_FROM = 0.5
NEVER = -1


@dataclass(frozen=True, kw_only=True)
class Sequences:
    """Attempts by skill, inside by student, inside in order. A row with two skills counts for both."""

    right: NDArray[np.bool_]  # (n_pairs,)
    starts: Longs  # (n_sequences + 1,)
    student: NDArray[np.int32]  # (n_sequences,)
    skill: NDArray[np.int32]  # (n_sequences,)
    n_students: int
    n_skills: int

    @property
    def n(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> Longs:
        return np.diff(self.starts)

    def nth(self) -> Longs:
        """(n_pairs,) the how-manieth attempt of its sequence, from 0."""
        return np.arange(len(self.right)) - np.repeat(self.starts[:-1], self.lengths)

    def by_student(self, values: NDArray[np.generic]) -> Floats:
        """(n_students,) sums of ``values`` (n_sequences,)."""
        sums = np.bincount(self.student, values.astype(np.float64), minlength=self.n_students)
        return sums.astype(np.float64)

    def first(self, there: NDArray[np.bool_]) -> Longs:
        """(n_sequences,) after how many attempts something is first there; -1: never."""
        at = np.flatnonzero(there)
        which = np.searchsorted(self.starts, at, side="right") - 1
        found = np.full(self.n, NEVER, np.int64)
        # The last that is written is the first attempt.
        found[which[::-1]] = (at - self.starts[which] + 1)[::-1]
        return found

    def in_a_row(self, n: int = IN_A_ROW) -> Longs:
        """(n_sequences,) after how many attempts ``n`` in a row were right; -1: never."""
        wrong_at = np.where(self.right, -1, np.arange(len(self.right)))
        last_wrong = np.maximum.accumulate(wrong_at) if len(wrong_at) else wrong_at
        begin = np.repeat(self.starts[:-1], self.lengths) - 1
        run = np.arange(len(self.right)) - np.maximum(last_wrong, begin)
        return self.first(run >= n)


def sequences(log: Coded) -> Sequences:
    """All sequences of a log; rows without a skill are in none."""
    by = log.by_skill()
    begins = np.flatnonzero(by.begins)
    return Sequences(
        right=log.correct[by.row] >= RIGHT_FROM,
        starts=np.append(begins, len(by.row)).astype(np.int64),
        student=log.student[by.row[begins]],
        skill=log.skill[by.pair[begins]],
        n_students=log.n_students,
        n_skills=log.n_skills,
    )


@dataclass(frozen=True, kw_only=True)
class Tracing:
    """The four numbers of each skill."""

    known: Floats  # (n_skills,)
    learn: Floats
    guess: Floats
    slip: Floats


def traced(found: Sequences, numbers: Tracing) -> Floats:
    """(n_pairs,) P(known) after each attempt (Corbett & Anderson 1995, equations 2 and 3)."""
    out = np.empty(len(found.right))
    p = numbers.known[found.skill].copy()
    learn, guess, slip = (column[found.skill] for column in (numbers.learn, numbers.guess, numbers.slip))
    # Longest sequences first: those that go on stand at the front.
    order = np.argsort(-found.lengths, kind="stable")
    lengths = found.lengths[order]
    for t in range(int(lengths.max(initial=0))):
        now = order[: int(np.searchsorted(-lengths, -t, side="left"))]
        at = found.starts[now] + t
        right = found.right[at]
        known = p[now] * np.where(right, 1 - slip[now], slip[now])
        unknown = (1 - p[now]) * np.where(right, guess[now], 1 - guess[now])
        whole = known + unknown
        after = np.divide(known, whole, out=p[now].copy(), where=whole > 0)
        p[now] = after + (1 - after) * learn[now]
        out[at] = p[now]
    return out
