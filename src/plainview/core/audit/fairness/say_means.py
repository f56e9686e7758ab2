"""Decisions and means by group, in plain words.

In:   what parity and gaps found.
Out:  findings. Cells of few students are not shown.
Not here: counting.
"""

from collections.abc import Sequence

from plainview.core.audit.fairness.cells import shown_rows
from plainview.core.audit.fairness.gaps import Gap
from plainview.core.audit.fairness.parity import FLAG, Parity
from plainview.core.audit.fairness.words import (
    PARITY,
    SIGNIFICANT,
    WHOSE_FAULT,
    Word,
)
from plainview.core.audit.in_100 import with_range
from plainview.core.charts.intervals import IntervalsWords, Ranged, intervals
from plainview.core.finding import Finding, Number, Table
from plainview.core.stats.interval import Interval


def parity(
    grouping: str,
    found: Sequence[tuple[str, Parity]],
    p_adjusted: Sequence[float],
    *,
    bound: float,
    seed: int,
    said: Sequence[str],
) -> Finding:
    pairs = list(zip(found, p_adjusted, strict=True))
    flagged = [name for (name, one), q in pairs if one.flagged and q <= SIGNIFICANT]
    alike = all(bound < one.interval.low and one.interval.high < 1 / bound for _, one in found)
    differs = any(q <= SIGNIFICANT for q in p_adjusted)
    answer = Word.FLAG if flagged else Word.ALIKE if alike else Word.DIFFERS if differs else Word.OPEN
    (group, worst), _ = min(
        pairs, key=lambda one: (one[0][0] not in flagged, one[1], min(one[0][1].ratio, 1 / one[0][1].ratio))
    )
    rows = tuple(
        (
            name,
            one.ratio,
            one.interval.low,
            one.interval.high,
            one.raw_ratio,
            one.share_group,
            one.share_others,
            one.p_value,
            q,
            one.n_group,
        )
        for (name, one), q in pairs
    )
    return Finding(
        check=PARITY,
        question=f"Are students who did as well decided upon alike, by {grouping}?",
        answer=answer,
        sentence=_parity_sentence(grouping, group, worst, answer),
        effect=Number(
            name=f"impact ratio at equal performance, {group}",
            value=worst.ratio,
            unit="ratio",
            interval=worst.interval,
            n=worst.n_group,
            of="students",
        ),
        numbers=(
            Number(name="raw impact ratio (rewards ignoring need)", value=worst.raw_ratio, unit="ratio"),
        ),
        tables=(
            Table(
                title="Each group against all others",
                columns=(
                    "group",
                    "ratio at equal performance",
                    "low",
                    "high",
                    "raw ratio",
                    "share",
                    "share of others",
                    "p",
                    "p adjusted",
                    "students",
                ),
                rows=shown_rows(rows, [one.n_group for _, one in found]),
            ),
        ),
        charts=(
            intervals(
                [
                    Ranged(name=name, value=one.ratio, low=one.interval.low, high=one.interval.high)
                    for name, one in found
                ],
                nothing_at=1.0,
                words=IntervalsWords(title="Impact ratio at equal performance: 1 is alike", along="ratio"),
            ),
        ),
        said=(*said, f"A ratio below {FLAG:.2f} is flagged; that is a reason to look, never a verdict."),
        noise_floor="Where students are decided upon alike, 1 in 20 such reviews shows a difference at all.",
        power=f"The ratio is known to within {worst.interval.low:.2f} and {worst.interval.high:.2f}.",
        not_seen="Whether performance itself is measured fairly, and whether the decision does good. "
        + WHOSE_FAULT,
        seed=seed,
    )


def _parity_sentence(grouping: str, group: str, worst: Parity, answer: Word) -> str:
    ends = worst.interval
    first = {
        Word.OPEN: "no difference in decisions was shown. One may still be there",
        Word.ALIKE: "students who did as well get the same",
    }.get(answer, "students who did as well do not get the same")
    return (
        f"By {grouping}, {first}. For each 100 yeses of the rest, '{group}' has {100 * worst.ratio:.0f} "
        f"({100 * ends.low:.0f} to {100 * ends.high:.0f})."
    )


def _gap_told(worst: Gap, cases: str) -> str:
    """Its size, and its range in the direction in which it was seen."""
    times = (100.0 if cases else 1.0) * (1 if worst.difference > 0 else -1)
    ends = sorted((times * worst.interval.low, times * worst.interval.high))
    size = Interval(low=ends[0], high=ends[1], level=worst.interval.level)
    return with_range(times * worst.difference, size, digits=1) + (f" in 100 {cases}" if cases else "")


def gap(
    check: str,
    question: str,
    grouping: str,
    found: Sequence[Gap],
    *,
    bound: float,
    what: str,
    unit: str,
    cases: str,
    alike: str,
    none_shown: str,
    more: str,
    less: str,
    conditional: Sequence[tuple[str, float, Interval, float]] = (),
    said: Sequence[str] = (),
    seed: int | None = None,
    not_seen: str,
) -> Finding:
    """A mean of each group against all others.

    ``alike``, ``none_shown``, ``more`` and ``less`` are the answer in words, ``cases`` what a share is of.
    """
    differs = [one for one in found if one.p_adjusted <= SIGNIFICANT]
    within = all(-bound < one.interval.low and one.interval.high < bound for one in found)
    answer = Word.ALIKE if within else Word.DIFFERS if differs else Word.OPEN
    worst = max(differs or found, key=lambda one: abs(one.difference))
    gap = _gap_told(worst, cases if unit == "share" else "")
    top = f"{100 * bound:g} in 100 {cases}" if unit == "share" else f"{bound:g}"
    sentences = {
        Word.ALIKE: f"By {grouping}, {alike}: all gaps lie below {top}.",
        Word.OPEN: f"By {grouping}, {none_shown}. The widest gap seen is {gap}; one may still be there.",
        Word.DIFFERS: f"By {grouping}, '{worst.group}' {more if worst.difference > 0 else less}. The gap is "
        f"{gap}.",
    }
    rows = tuple(
        (
            one.group,
            one.mean.value,
            one.mean.interval.low,
            one.mean.interval.high,
            one.others.value,
            one.difference,
            one.interval.low,
            one.interval.high,
            one.p_adjusted,
            one.n_students,
        )
        for one in found
    )
    tables = [
        Table(
            title=f"{what}, each group against all others",
            columns=(
                "group",
                "mean",
                "low",
                "high",
                "others",
                "difference",
                "low",
                "high",
                "p adjusted",
                "students",
            ),
            rows=shown_rows(rows, [one.n_students for one in found]),
        )
    ]
    if conditional:
        tables.append(
            Table(
                title=f"{what}, at equal performance",
                columns=("group", "difference", "low", "high", "p"),
                rows=tuple((name, value, ends_.low, ends_.high, p) for name, value, ends_, p in conditional),
            )
        )
    half = max((one.interval.high - one.interval.low) / 2 for one in found)
    return Finding(
        check=check,
        question=question,
        answer=answer,
        sentence=sentences[answer],
        effect=Number(
            name=f"{what}, {worst.group} less all others",
            value=worst.difference,
            unit=unit,
            interval=worst.interval,
            n=worst.n_students,
            of="students",
        ),
        numbers=tuple(
            Number(
                name=f"{what}, {one.group}",
                value=one.mean.value,
                unit=unit,
                interval=one.mean.interval,
                n=one.n_students,
                of="students",
            )
            for one in found
        ),
        tables=tuple(tables),
        charts=(
            intervals(
                [
                    Ranged(name=one.group, value=one.difference, low=one.interval.low, high=one.interval.high)
                    for one in found
                ],
                words=IntervalsWords(title=f"{what}: each group less all others", along=unit),
            ),
        ),
        said=tuple(said),
        noise_floor="Where groups are alike, 1 in 20 such reviews shows a difference at all.",
        power=f"A difference of {half:.2g} or more would mostly be seen.",
        not_seen=f"{not_seen} {WHOSE_FAULT}",
        seed=seed,
    )
