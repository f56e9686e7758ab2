"""What do students choose when they do not choose the right answer?

In:   the option that each student chose at each item; the right ones.
Out:  for each option: how many chose it, in each third of the class by the rest of the test, and whether
      better students choose it; a sentence where an option wants looking at.
Not here: why they chose it. Only a person who reads the item can say.

Source: Haladyna & Rodriguez (2013), Developing and Validating Test Items, chapter 18.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.scores import Floats, named
from plainview.core.plural import counted
from plainview.core.stats.correlation import Correlation, correlation
from plainview.core.stats.interval import Share, wilson

CHECK = "measure.distractors/1"
FEWEST_STUDENTS = 30
HARDLY_CHOSEN = 0.05  # Haladyna & Rodriguez: an option below it does no work


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of one item."""

    name: str
    is_right: bool
    share: Share  # of those who answered the item
    with_rest: Correlation | None  # chosen or not, with the rest of the test; None where all or none chose it
    by_third: tuple[float, ...]  # share among students of the lowest, middle and highest third of the rest
    note: str  # "" where nothing wants looking at


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What was chosen at one item."""

    name: str
    options: tuple[Option, ...]
    n_students: int
    n_left_out: int  # who did not answer it, or nothing else
    is_flagged: bool
    sentence: str


def distractors(
    chosen: ArrayLike, *, right: Sequence[object], names: Sequence[str] | None = None, level: float = 0.95
) -> tuple[Choices | CannotSay, ...]:
    """Each option's share and its correlation with the rest, overall and by thirds.

    Parameters
    ----------
    chosen : (n_students, n_items) of anything that can be compared, such as "a" or 3
        None, NaN or "" where nobody answered.
    right : (n_items,)
        The right option of each item.

    Returns
    -------
    tuple of Choices
        ``CannotSay`` in place of an item that fewer than 30 students answered: thirds would say nothing.
    """
    table = np.asarray(chosen, dtype=object)
    if table.ndim != 2 or len(right) != table.shape[1]:
        raise ValueError(
            f"found choices of shape {table.shape} and {len(right)} right options, "
            "expected students x items, and one right option for each item."
        )
    there = np.array([[_given(x) for x in row] for row in table], dtype=bool).reshape(table.shape)
    hits = np.where(there, table == np.array(right, dtype=object), False)
    called = named(names, table.shape[1])
    return tuple(
        _choices(name, table[:, j], there[:, j], _rest(hits, there, j), right[j], level)
        for j, name in enumerate(called)
    )


def _given(answer: object) -> bool:
    return not (answer is None or answer == "" or answer != answer)  # NaN is not itself


def _rest(hits: NDArray[np.bool_], there: NDArray[np.bool_], j: int) -> Floats:
    """Share right among the other items that the student answered; NaN where she answered none."""
    n = there.sum(axis=1) - there[:, j]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(n > 0, (hits.sum(axis=1) - hits[:, j]) / n, np.nan)


def _choices(
    name: str,
    column: NDArray[np.object_],
    there: NDArray[np.bool_],
    rest: Floats,
    right: object,
    level: float,
) -> Choices | CannotSay:
    keep = there & ~np.isnan(rest)
    n, n_left_out = int(keep.sum()), int((~keep).sum())
    if n < FEWEST_STUDENTS:
        return CannotSay(
            question=f"What do students choose at {name}?",
            reason=f"{counted(n, 'student')} answered it and something else",
            would_need=f"at least {FEWEST_STUDENTS} students",
            check=CHECK,
        )
    picked, rest = column[keep], rest[keep]
    third = np.searchsorted(np.quantile(rest, [1 / 3, 2 / 3]), rest, side="left")
    all_options = sorted({*picked.tolist(), right}, key=str)
    options = tuple(_option(o, picked, rest, third, is_right=o == right, level=level) for o in all_options)
    notes = [f"{option.name}: {option.note}" for option in options if option.note]
    return Choices(
        name=name,
        options=options,
        n_students=n,
        n_left_out=n_left_out,
        is_flagged=bool(notes),
        sentence=f"{name}: " + ("; ".join(notes) if notes else "every option does its work") + ".",
    )


def _option(
    option: object,
    picked: NDArray[np.object_],
    rest: Floats,
    third: NDArray[np.int64],
    *,
    is_right: bool,
    level: float,
) -> Option:
    took = np.array([p == option for p in picked], dtype=np.float64)
    share = wilson(n_hits=int(took.sum()), n=len(took), level=level)
    with_rest = None
    if 0 < share.n_hits < share.n and rest.std() > 0:
        with_rest = correlation(float(np.corrcoef(took, rest)[0, 1]), n=len(took), level=level)
    return Option(
        name=str(option),
        is_right=is_right,
        share=share,
        with_rest=with_rest,
        by_third=tuple(
            float(took[third == t].mean()) if (third == t).any() else float("nan") for t in range(3)
        ),
        note=_note(share, with_rest, is_right),
    )


def _note(share: Share, with_rest: Correlation | None, is_right: bool) -> str:
    if is_right:
        turned = with_rest is not None and with_rest.interval.high < 0
        return (
            "marked right, but students who do well elsewhere avoid it: is the key right?" if turned else ""
        )
    if share.value < HARDLY_CHOSEN:
        return "hardly anybody chooses it"
    if with_rest is not None and with_rest.interval.low > 0:
        return "students who do well elsewhere choose it: is it right too?"
    return ""
