"""Words and shapes that answers about a test share.

In:   what was found of a test, or why nothing was.
Out:  a finding, or a sentence on what it would need.
Not here: what is asked of a test; each has its own file beside this one.
"""

from collections.abc import Callable, Sequence

import numpy as np

from plainview.core.audit.soundness.checks import CHECKS
from plainview.core.audit.soundness.responses import Responses, responses_of
from plainview.core.audit.soundness.speed import FEWEST_STUDENTS
from plainview.core.cannot_say import CannotSay
from plainview.core.charts.chart import Chart
from plainview.core.dossier.dossier import Dossier
from plainview.core.finding import Answer, Cell, Finding, Number, Table
from plainview.core.plural import counted
from plainview.core.stats.interval import Interval

ASKS = {check.name.removeprefix("soundness.").removesuffix("/1"): check for check in CHECKS}


def each_test(name: str, dossier: Dossier, ask: Callable[[Responses], Answer]) -> list[Answer]:
    tests = responses_of(dossier)
    if not tests:
        return [cannot_of(name, "no answers were handed over", ASKS[name].needs)]
    return [ask(test) for test in tests]


def finding(
    name: str,
    answer: str,
    sentence: str,
    effect: Number,
    test: Responses,
    *,
    noise_floor: str,
    power: str,
    not_seen: str,
    numbers: tuple[Number, ...] = (),
    tables: tuple[Table, ...] = (),
    charts: tuple[Chart, ...] = (),
    said: tuple[str, ...] = (),
    seed: int | None = None,
) -> Finding:
    return Finding(
        check=f"soundness.{name}/1",
        question=ASKS[name].asks,
        answer=answer,
        sentence=sentence,
        effect=effect,
        numbers=numbers,
        tables=tuple(table for table in tables if table.rows),
        charts=charts,
        said=(
            f"From {test.file}: {len(test.scores):,} students, {len(test.items)} items.",
            *test.told,
            *said,
        ),
        noise_floor=noise_floor,
        power=power,
        not_seen=not_seen,
        seed=seed,
    )


def taken_from(found: CannotSay, name: str, test: Responses) -> CannotSay:
    return cannot(name, found.reason, found.would_need, test)


def too_few(name: str, test: Responses) -> CannotSay | None:
    """Of a handful of students any coefficient is chance."""
    n = len(test.scores)
    if n >= FEWEST_STUDENTS:
        return None
    return cannot(name, f"found {counted(n, 'student')}", f"at least {FEWEST_STUDENTS} students", test)


def cannot(name: str, reason: str, would_need: str, test: Responses) -> CannotSay:
    return cannot_of(name, f"of {test.file}: {reason}", would_need)


def cannot_of(name: str, reason: str, would_need: str) -> CannotSay:
    return CannotSay(
        question=ASKS[name].asks, reason=reason, would_need=would_need, check=f"soundness.{name}/1"
    )


def clean(value: Cell) -> Cell:
    """No number is "not a number" in a finding."""
    return None if isinstance(value, float) and not np.isfinite(value) else value


def finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def in_100(share: float) -> str:
    return f"{100 * share:.0f}"


def wide(interval: Interval) -> str:
    return f"{interval.low:.2f} to {interval.high:.2f}"


def some(names: Sequence[str], most: int = 5) -> str:
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"
