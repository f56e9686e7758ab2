"""Predictions that serve groups unequally, in plain words.

In:   what abroca and errors found.
Out:  findings. Cells of few students are not shown.
Not here: counting.
"""

from collections.abc import Sequence

from plainview.core.audit.fairness.abroca import Abroca
from plainview.core.audit.fairness.cells import shown_rows
from plainview.core.audit.fairness.errors import FIGURES, Apart, OfGroup
from plainview.core.audit.fairness.words import (
    ABROCA,
    ERRORS,
    SIGNIFICANT,
    WHOSE_FAULT,
    Word,
)
from plainview.core.audit.in_100 import in_100
from plainview.core.charts.chart import Chart
from plainview.core.charts.intervals import IntervalsWords, Ranged, intervals
from plainview.core.finding import Cell, Finding, Number, Table
from plainview.core.stats.interval import Interval


def abroca(
    grouping: str,
    found: Sequence[tuple[str, Abroca]],
    p_adjusted: Sequence[float],
    *,
    chart: Chart | None,
    said: Sequence[str],
) -> Finding:
    pairs = list(zip(found, p_adjusted, strict=True))
    (group, worst), p = min(pairs, key=lambda one: (one[0][1].p_value, -one[0][1].value))
    differs = p <= SIGNIFICANT
    rows = tuple(
        (name, one.value, one.null_median, one.null_95, one.p_value, q, one.n_group)
        for (name, one), q in pairs
    )
    return Finding(
        check=ABROCA,
        question=f"Does the prediction tell right from wrong as well for every group of {grouping}?",
        answer=Word.DIFFERS if differs else Word.OPEN,
        sentence=_abroca_sentence(grouping, group, worst, differs),
        effect=Number(
            name=f"area between the curves (ABROCA), {group} against others",
            value=worst.value,
            n=worst.n_group,
            of="students",
        ),
        numbers=(
            Number(name="the same where labels are dealt at random (median)", value=worst.null_median),
            Number(name="the same in 1 of 20 such deals", value=worst.null_95),
            Number(name="p", value=worst.p_value, interval=worst.p_interval, n=worst.n_draws, of="draws"),
            Number(name="p, adjusted for all groups and groupings", value=p),
        ),
        tables=(
            Table(
                title="Each group against all others",
                columns=("group", "ABROCA", "by chance", "by chance, 1 in 20", "p", "p adjusted", "students"),
                rows=shown_rows(rows, [one.n_group for _, one in found]),
            ),
        ),
        charts=(chart,) if chart else (),
        said=tuple(said),
        noise_floor=f"Labels dealt at random make {worst.null_median:.3f}, and in 1 of 20 deals "
        f"{worst.null_95:.3f} or more.",
        power=f"An area above {worst.null_95:.3f} would be told from chance here.",
        not_seen="Whether the numbers can be taken at their word for each group (see the errors by group). "
        + WHOSE_FAULT,
        seed=worst.seed,
    )


def _abroca_sentence(grouping: str, group: str, worst: Abroca, differs: bool) -> str:
    first = (
        f"By {grouping}, the tool ranks '{group}' in another way than the rest."
        if differs
        else f"By {grouping}, no group was shown to be ranked better or worse."
    )
    return f"{first} The gap is {worst.value:.3f}. By chance it would be about {worst.null_median:.3f}."


def errors(
    grouping: str,
    found: Sequence[OfGroup],
    *,
    threshold: float,
    bound: float,
    said: Sequence[str],
    seed: int | None,
) -> Finding:
    """AUC, calibration, false alarms and misses by group."""
    every = [(one.group, apart) for one in found for apart in one.apart]
    shares = [(g, a) for g, a in every if a.figure in ("AUC", "false alarms", "misses")]
    seen = [(g, a) for g, a in every if a.p_adjusted <= SIGNIFICANT]
    alike = bool(shares) and all(-bound < a.interval.low and a.interval.high < bound for _, a in shares)
    answer = Word.DIFFERS if seen else Word.ALIKE if alike else Word.OPEN
    group, top = max(
        seen or shares or every, key=lambda one: (_PLAIN.index(one[1].figure), abs(one[1].value))
    )
    return Finding(
        check=ERRORS,
        question=f"Does the prediction err as often for every group of {grouping}?",
        answer=answer,
        sentence=_errors_sentence(grouping, group, top, answer, len(seen), bound),
        effect=Number(name=f"{top.figure}, {group} less all others", value=top.value, interval=top.interval),
        numbers=(
            Number(name="threshold", value=threshold),
            Number(name="figures that differ", value=float(len(seen)), n=len(every), of="figures"),
        ),
        tables=(_figures_table(found), _apart_table(every)),
        charts=(_errors_chart(found),),
        said=tuple(said),
        noise_floor="Where all groups are served alike, 1 in 20 such reviews shows a difference at all.",
        power=_widest(shares),
        not_seen="Groups that nobody asked about, and errors that the answers themselves carry. "
        "Equal calibration and equal errors cannot both hold where groups differ. " + WHOSE_FAULT,
        seed=seed,
    )


# What is plainest is told first, where several figures differ: the last of these.
_PLAIN = ("calibration slope", "AUC", "calibration intercept", "false alarms", "misses")


def _errors_sentence(grouping: str, group: str, top: Apart, answer: Word, n: int, bound: float) -> str:
    if answer == Word.ALIKE:
        return (
            f"By {grouping}, every group is served alike: no kind of error differs by {100 * bound:.0f} in "
            "100 or more."
        )
    if answer == Word.OPEN:
        return f"By {grouping}, no group was shown to be served better or worse, and none can be ruled out."
    up, others = top.value > 0, f" {n} figures differ in all." if n > 1 else ""
    far = in_100(abs(top.value), _as_size(top.interval, up))
    said = {
        "false alarms": f"gets {far} in 100 {'more' if up else 'fewer'} false alarms than the rest",
        "misses": f"is missed {far} in 100 times {'more' if up else 'less'} than the rest",
        "AUC": f"is sorted {'better' if up else 'worse'} than the rest",
        "calibration intercept": f"is foretold too {'low' if up else 'high'}, beside the rest",
        "calibration slope": f"is foretold too {'timidly' if up else 'boldly'}, beside the rest",
    }[top.figure]
    return f"By {grouping}, '{group}' {said}.{others}"


def _as_size(interval: Interval, up: bool) -> Interval:
    """The range of the size of a difference, in the direction in which it was seen."""
    return interval if up else Interval(low=-interval.high, high=-interval.low, level=interval.level)


def _figures_table(found: Sequence[OfGroup]) -> Table:
    columns = ("group", *(part for figure in FIGURES for part in (figure, "low", "high")), "students")
    rows = []
    for one in found:
        cells = list[Cell]()
        for figure in FIGURES:
            score = one.figures[figure]
            cells += [None] * 3 if score is None else [score.value, score.interval.low, score.interval.high]
        rows.append((one.group, *cells, one.n_students))
    return Table(
        title="Each group", columns=columns, rows=shown_rows(rows, [one.n_students for one in found])
    )


def _apart_table(every: Sequence[tuple[str, Apart]]) -> Table:
    rows = tuple(
        (group, a.figure, a.value, a.interval.low, a.interval.high, a.p_value, a.p_adjusted)
        for group, a in every
    )
    columns = ("group", "figure", "less all others", "low", "high", "p", "p adjusted")
    return Table(title="Each group less all others", columns=columns, rows=rows)


def _errors_chart(found: Sequence[OfGroup]) -> Chart:
    """Calibration by group: 1 is right."""
    lines = [
        Ranged(name=one.group, value=s.value, low=s.interval.low, high=s.interval.high)
        for one in found
        if (s := one.figures["calibration slope"]) is not None
    ]
    words = IntervalsWords(title="Calibration by group: 1 is right, below 1 is too sure", along="slope")
    return intervals(lines, nothing_at=1.0, words=words)


def _widest(shares: Sequence[tuple[str, Apart]]) -> str:
    halves = [(a.interval.high - a.interval.low) / 2 for _, a in shares]
    if not halves:
        return "Too few answers to say."
    return f"Differences of {100 * max(halves):.0f} in 100 or more would mostly be seen, smaller ones not."
