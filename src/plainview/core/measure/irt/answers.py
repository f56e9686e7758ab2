"""Answers as small whole numbers, in an order that makes the counting cheap.

In:   students x items, NaN where nobody answered.
Out:  codes (-1 = not answered), equal rows counted once where items are few, students sorted by how much they
      got; and what must be said of items that carry nothing.
Not here: any model.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int8]
Floats = NDArray[np.float64]

MOST_CATEGORIES = 30
FEW_ITEMS = 24  # up to here equal rows are likely, and counting them once pays
CHUNK_CELLS = 1 << 18  # a chunk's table of doubles stays within 2 MB, near the processor
SPARSE = 0.04  # below this share of answers given, walking the answers is cheaper than multiplying tables


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answers:
    """Rows are sorted by score; ``of_row`` finds each student's row again, -1 where she answered nothing."""

    codes: Codes  # (n_rows, n_kept): 0, 1, ... ; -1 = not answered
    times: Floats  # (n_rows,) how many students gave this row
    of_row: NDArray[np.int64]  # (n_students_in,)
    kept: NDArray[np.intp]  # the columns that are fitted
    categories: tuple[tuple[int, ...], ...]  # per column of the input: the answers seen
    n_answers: NDArray[np.int64]  # per column of the input
    complete: bool

    @property
    def n_students(self) -> int:
        return int(self.times.sum())

    @property
    def n_categories(self) -> NDArray[np.int64]:
        return np.array([len(self.categories[j]) for j in self.kept], dtype=np.int64)

    @property
    def share_given(self) -> float:
        return float(self.n_answers[self.kept].sum() / max(1, self.n_students * len(self.kept)))

    def chunks(self) -> list[slice]:
        n_rows, n_items = self.codes.shape
        size = max(32, CHUNK_CELLS // max(1, n_items))
        return [slice(start, min(start + size, n_rows)) for start in range(0, n_rows, size)]


def coded(answers: NDArray[np.generic], *, categories: tuple[tuple[int, ...], ...] | None = None) -> Answers:
    """Read the table once. ``categories``: those of an earlier fit, so that new answers mean the same."""
    codes = _whole_numbers(np.asarray(answers))
    seen = tuple(_seen(codes))
    if categories is not None:
        _check_known(seen, categories)
        seen = categories
    n_answers = np.count_nonzero(codes >= 0, axis=0).astype(np.int64)
    kept = np.flatnonzero([len(values) > 1 for values in seen])
    codes = _renumbered(codes[:, kept] if len(kept) < codes.shape[1] else codes, [seen[j] for j in kept])
    codes, times, of_row = _rows(codes)
    return Answers(
        codes=codes,
        times=times,
        of_row=of_row,
        kept=kept,
        categories=seen,
        n_answers=n_answers,
        complete=bool(codes.size == 0 or codes.min() >= 0),
    )


def _check_known(seen: tuple[tuple[int, ...], ...], known: tuple[tuple[int, ...], ...]) -> None:
    if len(seen) != len(known):
        raise ValueError(f"answers: found {len(seen)} items, expected {len(known)} as in the fit.")
    for column, (here, there) in enumerate(zip(seen, known, strict=True)):
        if len(there) > 1 and not set(here) <= set(there):
            raise ValueError(f"answers, item {column}: found {here}, expected only {there} as in the fit.")


def _whole_numbers(answers: NDArray[np.generic]) -> Codes:
    if answers.ndim != 2:
        raise ValueError(f"answers: found {answers.ndim} dimensions, expected students x items.")
    codes = np.empty(answers.shape, dtype=np.int8)
    size = max(1, CHUNK_CELLS // max(1, answers.shape[1]))
    for start in range(0, len(answers), size):
        rows = slice(start, start + size)
        codes[rows] = _whole_numbers_of(np.asarray(answers[rows]).astype(np.float64), start)
    return codes


def _whole_numbers_of(part: Floats, start: int) -> Codes:
    absent = np.isnan(part)
    part[absent] = -1
    codes: Codes = np.clip(part, -2, 127).astype(np.int8)
    wrong = (codes != part) | (codes < -1) | ((codes == -1) & ~absent) | (codes > MOST_CATEGORIES)
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        raise ValueError(
            f"answers, student {start + row}, item {column}: found {part[row, column]:g}, expected a whole "
            f"number from 0 to {MOST_CATEGORIES}, or NaN where nobody answered."
        )
    return codes


def _seen(codes: Codes) -> list[tuple[int, ...]]:
    highest = int(codes.max(initial=0))
    used = np.stack([(codes == k).any(axis=0) for k in range(highest + 1)]) if codes.size else None
    if used is None:
        return [()] * codes.shape[1]
    return [tuple(int(k) for k in np.flatnonzero(column)) for column in used.T]


def _renumbered(codes: Codes, seen: list[tuple[int, ...]]) -> Codes:
    """Categories that nobody chose are left out of the count: 0, 2, 3 becomes 0, 1, 2."""
    for column, values in enumerate(seen):
        if values != tuple(range(len(values))):
            table = np.full(MOST_CATEGORIES + 2, -1, dtype=np.int8)
            table[list(values)] = np.arange(len(values), dtype=np.int8)
            codes[:, column] = table[codes[:, column]]  # -1 reads the last place, which stays -1
    return codes


def _rows(codes: Codes) -> tuple[Codes, Floats, NDArray[np.int64]]:
    of_row = np.full(len(codes), -1, dtype=np.int64)
    given = np.flatnonzero((codes >= 0).any(axis=1)) if codes.size else np.array([], dtype=np.int64)
    if len(given) < len(codes):
        codes = codes[given]
    times = np.ones(len(codes))
    where = np.arange(len(codes))
    if codes.shape[1] <= FEW_ITEMS and len(codes):
        first, where, counts = _equal_rows(codes)
        codes, times = codes[first], counts.astype(float)
    order = np.argsort(_score(codes), kind="stable")
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    of_row[given] = back[np.asarray(where).reshape(-1)]
    return np.ascontiguousarray(codes[order]), times[order], of_row


def _equal_rows(codes: Codes) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Where each different row first occurs, which of them each row is, and how often each occurs."""
    base = int(codes.max()) + 2
    keys = codes if base ** codes.shape[1] >= 2**62 else _as_one_number(codes, base)
    _, first, where, counts = np.unique(
        keys, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    return first, where, counts


def _as_one_number(codes: Codes, base: int) -> NDArray[np.int64]:
    """Sorting whole numbers is some ten times faster than sorting rows."""
    keys = np.zeros(len(codes), dtype=np.int64)
    for column in codes.T:
        keys = keys * base + (column + 1)
    return keys


def _score(codes: Codes) -> Floats:
    """How much of what was asked she got, compared with everybody on the same items."""
    if not codes.size:
        return np.zeros(len(codes))
    given = codes >= 0
    sums = codes.sum(axis=1, dtype=np.int64) + np.count_nonzero(~given, axis=1)
    if given.all():
        return np.asarray(sums, dtype=np.float64)
    means = np.where(given, codes, 0).sum(axis=0, dtype=np.int64) / np.maximum(given.sum(axis=0), 1)
    expected = np.asarray(given.astype(np.float32) @ means.astype(np.float32), dtype=float)
    n_given = given.sum(axis=1)
    return np.asarray((sums - expected) / (n_given + np.sqrt(n_given)))
