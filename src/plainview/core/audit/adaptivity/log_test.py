"""Does the next item depend on the answer just given? A test on logs, by redrawing answers within students.

In:   a log of what a product gave its students; who assigned each row.
Out:  eighteen tests with their effects, and one verdict.
Not here: words for readers (say), one answer against a model (memory_test), groups (group_test).

Held fixed: each student's items, in their order, and in each window of w of them how many were right. Under
"the next item does not depend on the answers" that number tells all about ability that the answers tell
(Rasch), so which of the answers were right is drawn again from its exact conditional law. Ability, placement,
group and slow learning cancel. The tables of next item by answer, inside strata, then show what is left.

Source: Rasch (1960), Probabilistic models for some intelligence and attainment tests, chapter X (the
conditional law); Besag & Clifford (1989), Biometrika 76, 633-642 (tests by redrawing).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.adaptivity.differ import Differ, differ
from plainview.core.audit.adaptivity.difficulty import difficulties
from plainview.core.audit.adaptivity.next_item import (
    Cells,
    NextClass,
    Strata,
    cells,
    classes,
    most_usual,
    octiles,
    strata,
)
from plainview.core.audit.adaptivity.redraw import Counted, counted
from plainview.core.audit.adaptivity.steps import Steps, some, steps_of
from plainview.core.cannot_say import CannotSay
from plainview.core.logs.coded import Coded
from plainview.core.logs.whole import Labels
from plainview.core.plural import counted as in_words
from plainview.core.stats.interval import Interval
from plainview.core.stats.multiplicity import adjusted

CHECK = "adaptivity.log_test/1"
QUESTION = "Does the next item depend on the answer just given?"
WIDTHS = (5, 10, 20)
DRAWS = 999
STUDENT_DRAWS = 199
FEWEST_STUDENTS = 100
FEWEST_STEPS = 1500  # about 20 each, and some leave
BOUND = 0.02
# What a wrong model of answers alone can look like: R up to .0023 in 80,000 steps with guessing, unequal
# discrimination and learning in jumps (docs/methods/log-test.md). Nothing smaller is called a reaction.
LEAST_R = 0.005
USUAL = 0.99  # a sequence of which so much is the same for all has nothing to test
FALSE_DISCOVERIES = 0.05
# Steps that stand beside one that went elsewhere; with fewer there is no table to speak of.
FEWEST_OPEN, LEAST_OPEN = 200, 0.02
# Strata of the current item must agree before "adapts" is said, but where they could not have seen an R of
# this: where nearly every item is met by one student alone.
SEEN_AT_LEAST = 0.05
# "Shown not to" is not said where anything hints at a reaction; nor where what came next goes with the last
# few answers: a product that branches at the end of a unit leaves the answer just given almost alone.
HINTS = 0.25
LAST, LAST_DRAWS, LAST_HINTS = (5, 10), 199, 0.10


class Says(StrEnum):
    """The verdict."""

    ADAPTS = "adapts"
    CALENDAR = "sensitive to the calendar"
    NOT_SHOWN = "not shown"
    SHOWN_NOT_TO = "shown not to"
    FIXED = "fixed sequence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One of the family: a window, a way of classing the next item, a way of holding equal."""

    width: int
    next_class: NextClass
    strata: Strata
    last: int  # 1: the answer just given; k: whether most of the last k were right
    n_steps: int
    degrees: int
    g: float
    p: float  # (1 + redrawn logs as extreme) / (draws + 1)
    p_interval: Interval  # Clopper-Pearson: what more draws would find
    p_adjusted: float  # Benjamini-Hochberg over the tests of the same strata, or over all of the last few
    r: float  # share of the uncertainty about the next item that the answer explains
    r_interval: Interval  # by drawing students
    differ: float  # share of next steps that would have differed, null mean removed
    differ_interval: Interval
    r_floor: float  # R in 95 of 100 redrawn logs is at most this
    r_seen: float  # R that 80 of 100 such logs would show

    @property
    def shows(self) -> bool:
        return self.p_adjusted <= FALSE_DISCOVERIES and self.r >= LEAST_R


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """What the log says."""

    says: Says
    head: Test | None  # the test that the sentence rests on; None for a fixed sequence
    tests: tuple[Test, ...]
    lately: tuple[Test, ...]  # the same of the last five answers, and of the last ten, in the widest windows
    differ: Differ  # what different students see, whatever the reason
    followed: NDArray[np.float64]  # (2, 8): shares of the next item's octile after wrong, and after right
    bound: float
    n_students: int
    n_steps: int  # steps that lead to an item of the product's choice
    n_left_out: int
    usual: float  # share of steps that go where most steps from the same item go
    draws: int
    seed: int
    said: tuple[str, ...]


def log_test(
    log: Coded,
    *,
    assigned_by: Labels | None = None,
    bound: float = BOUND,
    draws: int = DRAWS,
    student_draws: int = STUDENT_DRAWS,
    seed: int,
    tell: Callable[[int, int, str], None] = lambda done, of, what: None,
) -> Tested | CannotSay:
    """Redraw the answers; see whether next items follow them more than they follow chance.

    Parameters
    ----------
    log : Coded
    assigned_by : Labels (n_rows,), optional
        Who assigned each row; only "algorithm" is tested. None: all are held to be the product's.
    bound : float
        "Does not adapt" needs the upper 95 % bound of R below this in every test.
        Set it before the log is opened.
    draws : int
        Redrawn logs, at least 999.
    student_draws : int
        Draws of students, for the intervals.
    seed : int
    tell : callable
        Is told tests done, tests in all, and what is under way.

    Returns
    -------
    Tested
    CannotSay
        If the product assigned fewer than 1,500 rows, or to fewer than 100 students.
    """
    drawn = some(log, assigned_by, seed=seed)
    steps = steps_of(drawn.log, drawn.assigned_by)
    steps = replace(steps, said=(*drawn.said, *steps.said))
    lacks = too_little(steps, check=CHECK, question=QUESTION)
    if lacks is not None:
        return lacks
    octile = octiles(steps, width=max(WIDTHS))
    tables = tables_of(steps, octile)
    usual = most_usual(steps)
    seen = (differ(steps), followed(steps, octile))
    askable = {key: table for key, table in tables.items() if _can_be_asked(table)}
    if usual >= USUAL or not askable:
        return _tested((), (), seen, steps, usual, bound, draws, seed)
    found = dict[tuple[int, NextClass, Strata], Counted]()
    for nth, width in enumerate(WIDTHS):
        tell(nth * len(askable), len(WIDTHS) * len(askable), f"windows of {width}")
        windows = steps.windows(width)
        hard = difficulties(
            item=steps.item,
            right=steps.right,
            windows=windows,
            n_items=steps.n_items,
            terms=steps.practice(),
        )
        every = counted(
            steps,
            hard.log_odds,
            windows,
            list(askable.values()),
            draws=draws,
            student_draws=student_draws,
            seed=seed + width,
        )
        found |= {(width, next_class, by): one for (by, next_class), one in zip(askable, every, strict=True)}
    # In the widest windows, which stand last: in one of five the last five answers hardly vary.
    lately = _lately(steps, hard.log_odds, windows, askable, draws=min(draws, LAST_DRAWS), seed=seed)
    return _tested(_tests(found, askable), lately, seen, steps, usual, bound, draws, seed)


def _lately(
    steps: Steps,
    log_odds: NDArray[np.float64],
    windows: NDArray[np.int64],
    tables: dict[tuple[Strata, NextClass], Cells],
    *,
    draws: int,
    seed: int,
) -> tuple[Test, ...]:
    """The next item against "most of the last answers were right". One family over them all."""
    found = dict[tuple[int, NextClass, Strata], Counted]()
    for last in LAST:
        every = counted(
            steps,
            log_odds,
            windows,
            list(tables.values()),
            draws=draws,
            student_draws=LAST_DRAWS,
            seed=seed + 100 + last,
            seen_as=partial(_most_of_last, steps, last),
        )
        found |= {(last, next_class, by): one for (by, next_class), one in zip(tables, every, strict=True)}
    p = [_p(one) for one in found.values()]
    return tuple(
        _test((max(WIDTHS), *key[1:]), one, tables[key[2], key[1]].degrees, own, shared, last=key[0])
        for (key, one), own, shared in zip(found.items(), p, adjusted(p).tolist(), strict=True)
    )


def _most_of_last(steps: Steps, last: int, answers: NDArray[np.uint8]) -> NDArray[np.uint8]:
    from plainview.core.audit.adaptivity import kernels

    out = np.empty_like(answers)
    kernels.most_of_last(answers, steps.nth, last, out)
    return out


def _p(one: Counted) -> float:
    return (1 + one.n_as_extreme) / (len(one.g_null) + 1)


def too_little(steps: Steps, *, check: str, question: str) -> CannotSay | None:
    if steps.n_students >= FEWEST_STUDENTS and steps.n >= FEWEST_STEPS:
        return None
    left = f" ({in_words(steps.n_left_out, 'row', 'were')} assigned by others)" if steps.n_left_out else ""
    return CannotSay(
        question=question,
        reason=f"the product assigned {in_words(steps.n, 'item')} to "
        f"{in_words(steps.n_students, 'student')}{left}",
        would_need=f"at least {FEWEST_STEPS:,} items assigned by it, to at least {FEWEST_STUDENTS} students",
        check=check,
    )


def tables_of(steps: Steps, octile: NDArray[np.int64]) -> dict[tuple[Strata, NextClass], Cells]:
    """Every way of holding equal with every way of classing the next item."""
    return {
        (by, next_class): cells(steps, stratum, of_next)
        for by, stratum in strata(steps, octile).items()
        for next_class, of_next in classes(steps, octile).items()
    }


def followed(steps: Steps, octile: NDArray[np.int64]) -> NDArray[np.float64]:
    """(2, 8) how often the next item was of each octile, after a wrong and after a right answer."""
    at = np.flatnonzero(steps.leads)
    counts = np.zeros((2, 8))
    np.add.at(counts, (steps.right[at], octile[at + 1]), 1)
    return np.asarray(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1))


def _can_be_asked(table: Cells) -> bool:
    """Whether enough of the steps stand beside one that went elsewhere."""
    of_strata = np.diff(table.cells[table.strata])
    open_ = of_strata[np.diff(table.strata) > 1].sum()
    return bool(open_ >= max(FEWEST_OPEN, LEAST_OPEN * len(table.rows)))


def _tests(
    found: dict[tuple[int, NextClass, Strata], Counted], tables: dict[tuple[Strata, NextClass], Cells]
) -> tuple[Test, ...]:
    p = {key: _p(one) for key, one in found.items()}
    adjusted_p = dict[tuple[int, NextClass, Strata], float]()
    for by in Strata:
        family = [key for key in found if key[2] == by]
        adjusted_p |= dict(zip(family, adjusted([p[key] for key in family]).tolist(), strict=True))
    return tuple(
        _test(key, one, tables[key[2], key[1]].degrees, p[key], adjusted_p[key]) for key, one in found.items()
    )


def _test(
    key: tuple[int, NextClass, Strata],
    one: Counted,
    degrees: int,
    p: float,
    p_adjusted: float,
    *,
    last: int = 1,
) -> Test:
    spread = float(one.r_null.std(ddof=1))
    return Test(
        width=key[0],
        next_class=key[1],
        strata=key[2],
        last=last,
        n_steps=one.n,
        degrees=degrees,
        g=one.g,
        p=p,
        p_interval=clopper_pearson(one.n_as_extreme, len(one.g_null)),
        p_adjusted=p_adjusted,
        r=one.r or 0.0,
        r_interval=_percentiles(one.r_students, one.r or 0.0),
        differ=one.differ_share,
        differ_interval=_percentiles(one.differ_students, one.differ_share),
        r_floor=float(np.quantile(one.r_null, 0.95)),
        # One-sided 5 % shared by nine tests, and 80 in 100: 2.54 + .84 standard deviations.
        r_seen=3.38 * spread,
    )


def _percentiles(draws: NDArray[np.float64], value: float, level: float = 0.95) -> Interval:
    """Draws of students hold fewer different students than the log, and show a little less: what they tell
    is how far a figure moves, so they are set around the log's own."""
    there = draws[np.isfinite(draws)]
    if len(there) < 2:
        return Interval(low=value, high=value, level=level)
    low, middle, high = np.quantile(there, [(1 - level) / 2, 0.5, (1 + level) / 2])
    return Interval(low=value + float(low - middle), high=value + float(high - middle), level=level)


def clopper_pearson(n_hits: int, n: int, level: float = 0.95) -> Interval:
    """The exact interval of a share (Clopper & Pearson 1934, Biometrika 26, 404-413)."""
    from scipy.stats import beta

    low = float(beta.ppf((1 - level) / 2, n_hits, n - n_hits + 1)) if n_hits else 0.0
    high = float(beta.ppf((1 + level) / 2, n_hits + 1, n - n_hits)) if n_hits < n else 1.0
    return Interval(low=low, high=high, level=level)


def verdict(tests: tuple[Test, ...], bound: float, *, lately: tuple[Test, ...] = ()) -> Says:
    """The robust strata must show it, and the sensitive ones must not contradict.

    A reaction inside calendar blocks that vanishes once the item itself is held equal is an item whose
    difficulty was misjudged. ``lately`` shows nothing by itself: it only forbids "shown not to".
    """
    robust = [test for test in tests if test.strata == Strata.CALENDAR]
    by_item = [test for test in tests if test.strata == Strata.ITEM]
    in_calendar, in_item = any(t.shows for t in robust), any(t.shows for t in by_item)
    could_see = any(test.r_seen <= SEEN_AT_LEAST for test in by_item)
    if in_calendar and (in_item or not could_see):
        return Says.ADAPTS
    if in_item:
        return Says.CALENDAR
    hints = any(test.p_adjusted <= HINTS and test.r >= LEAST_R for test in tests)
    hints = hints or any(test.p_adjusted <= LAST_HINTS for test in lately)
    if robust and could_see and not hints and all(test.r_interval.high < bound for test in tests):
        return Says.SHOWN_NOT_TO
    return Says.NOT_SHOWN


def head_of(tests: tuple[Test, ...], says: Says) -> Test | None:
    """The test that the sentence rests on: the largest effect shown, else the one nearest to the bound."""
    by = Strata.ITEM if says == Says.CALENDAR else Strata.CALENDAR
    asked = [test for test in tests if test.strata == by] or list(tests)
    if says in (Says.ADAPTS, Says.CALENDAR):
        asked = [test for test in asked if test.shows]
        return max(asked, key=lambda test: test.differ)
    return max(asked, key=lambda test: test.r_interval.high, default=None)


def slower(lately: tuple[Test, ...]) -> Test | None:
    """The largest sign that next items go with the last few answers, where both kinds of strata show it."""
    clear = [test for test in lately if test.p_adjusted <= FALSE_DISCOVERIES]
    if {test.strata for test in clear} != set(Strata):
        return None
    return max(clear, key=lambda test: test.differ)


def _tested(
    tests: tuple[Test, ...],
    lately: tuple[Test, ...],
    seen: tuple[Differ, NDArray[np.float64]],
    steps: Steps,
    usual: float,
    bound: float,
    draws: int,
    seed: int,
) -> Tested:
    says = verdict(tests, bound, lately=lately) if tests else Says.FIXED
    said = list(steps.said)
    if tests and not any(one.strata == Strata.ITEM and one.r_seen <= SEEN_AT_LEAST for one in tests):
        said.append("too few students met the same item: its strata could not have seen a reaction")
    return Tested(
        says=says,
        head=head_of(tests, says),
        tests=tests,
        lately=lately,
        differ=seen[0],
        followed=seen[1],
        bound=bound,
        n_students=steps.n_students,
        n_steps=steps.n_led,
        n_left_out=steps.n_left_out,
        usual=usual,
        draws=draws,
        seed=seed,
        said=tuple(said),
    )
