"""Comparisons weaker than a study's own arms: a virtual group, heavy users, students "as recommended".

In:   a study's rows.
Out:  findings that say by their name how weak they are.
Not here: matching (match), what is unseen (sensitivity), the correlation (usage).
"""

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.efficacy import effect as e
from plainview.core.audit.efficacy.attrition import attrition
from plainview.core.audit.efficacy.contrast import Contrast
from plainview.core.audit.efficacy.effect import Arm, Effect
from plainview.core.audit.efficacy.equivalence import Equivalence
from plainview.core.audit.efficacy.match import CALIPER, FEWEST, MOST, Matched, virtual_group
from plainview.core.audit.efficacy.rating import Kind, rate
from plainview.core.audit.efficacy.sensitivity import Bounds, EValue, bounds, e_value
from plainview.core.audit.efficacy.study import Asked, Design, Rows
from plainview.core.audit.efficacy.usage import Usage, usage
from plainview.core.cannot_say import CannotSay
from plainview.core.charts.intervals import IntervalsWords, Ranged, intervals
from plainview.core.finding import Answer, Finding, Number
from plainview.core.plural import counted, part_of
from plainview.core.stats.cluster_robust import estimate
from plainview.core.stats.interval import wilson

VIRTUAL, USAGE, RECOMMENDED = "efficacy.virtual_group/1", "efficacy.usage/1", "efficacy.as_recommended/1"
UNIT = "standard deviations"
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
FEWEST_MATCHED = 20


# --- a virtual comparison group -----------------------------------------------------------------------


def virtual(asked: Asked, rows: Rows, design: Design) -> tuple[Contrast, Matched, EValue, Bounds] | CannotSay:
    """The contrast of matched students, with what something unseen would have to be."""
    question = f"How do students who got it compare with matched records, on {asked.outcome.name}?"
    if not asked.before:
        return _cannot(question, "no start score is named", "a start score, in before_columns", VIRTUAL)
    y, start = rows.numbers[asked.after], rows.numbers[asked.before[0]].copy()
    known = ~np.isnan(np.column_stack([rows.numbers[name] for name in (asked.after, *asked.before)])).any(
        axis=1
    )
    start[~known] = np.nan
    school = rows.site if rows.site is not None else rows.cluster
    reach = CALIPER if rows.caliper is None else rows.caliper
    matched = virtual_group(treated=rows.treated, start=start, exact=rows.exact, school=school, caliper=reach)
    n_matched = matched.n_students - matched.n_lost
    if n_matched < FEWEST_MATCHED:
        return _cannot(
            question,
            f"{part_of(n_matched, matched.n_students, 'student', 'have')} {FEWEST} matches or more",
            f"at least {FEWEST_MATCHED} matched students",
            VIRTUAL,
        )
    if school is not None:
        used = matched.weight > 0
        n_schools = [len(np.unique(school[used & (rows.treated == side)])) for side in (True, False)]
        if min(n_schools) < 2:
            reason = f"the matched students are of {n_schools[0]} schools, their records of {n_schools[1]}"
            return _cannot(question, reason, "at least 2 schools on each side", VIRTUAL)
    return _counted(asked, rows, design, matched, y, start, school)


def _counted(
    asked: Asked,
    rows: Rows,
    design: Design,
    matched: Matched,
    y: Floats,
    start: Floats,
    school: NDArray[np.str_] | None,
) -> tuple[Contrast, Matched, EValue, Bounds]:
    here = matched.weight > 0
    got, weight = rows.treated[here], matched.weight[here]
    design_of = np.column_stack([got.astype(float), start[here], np.ones(int(here.sum()))])
    found = estimate(y[here], design_of, cluster=None if school is None else school[here], weight=weight)
    n, sides = (
        (int(got.sum()), int((~got).sum())),
        [_weighed(y[here], weight, got, side) for side in (True, False)],
    )
    effect = e.with_degrees(
        e.from_regression(
            estimate=found.value,
            standard_error=found.standard_error,
            sd=e.pooled_sd(*sides),
            n_treated=n[0],
            n_control=n[1],
            version=design.version,
        ),
        found.df,
    )
    starts = [_weighed(start[here], weight, got, side) for side in (True, False)]
    before = e.hedges_g(treated=starts[0], control=starts[1], version=design.version)
    equivalence = Equivalence(
        measure=asked.before[0], g=before.value, adjusted=True, interval=before.interval
    )
    lost = attrition(
        assigned_treated=int(rows.treated.sum()),
        assigned_control=int((~rows.treated).sum()),
        analysed_treated=n[0],
        analysed_control=int((~rows.treated).sum()),
        boundary=design.boundary,
        level="students who got it (lost without 5 matches)",
    )
    rated = rate(
        kind=Kind.VIRTUAL,
        outcome=asked.outcome,
        attritions=(),
        equivalence=equivalence,
        confound=design.confound,
    )
    contrast = Contrast(
        outcome=asked.outcome,
        effect=effect,
        equivalence=equivalence,
        attritions=(lost,),
        mdes=None,
        rated=rated,
        adjusted_for_before=True,
        n_clusters=found.n_clusters if school is not None else None,
        regression=found,
        said=_virtual_said(matched, school is not None),
    )
    one, other = matched.nearest
    e_values = e_value(g=effect.value, standard_error=effect.standard_error)
    return contrast, matched, e_values, bounds(y[one] - y[other])


def _weighed(values: Floats, weight: Floats, got: Bools, side: bool) -> Arm:
    mine, w = values[got == side], weight[got == side]
    mean = float(w @ mine / w.sum())
    n = len(mine)
    spread = float(w @ (mine - mean) ** 2 / w.sum()) * n / max(n - 1, 1)
    return Arm(n=n, mean=mean, sd=float(np.sqrt(spread)))


def _virtual_said(matched: Matched, has_schools: bool) -> tuple[str, ...]:
    n = matched.n_students
    return (
        f"{part_of(n - matched.n_lost, n, 'student', 'were')} matched with up to {MOST} records each that "
        f"start within {matched.caliper:.3g} points; {counted(matched.n_records, 'record', 'serve')}.",
        "Schools of students who got it lend no records, and doubt counts schools."
        if has_schools
        else "Schools are not known: doubt counts students, and may be too small.",
    )


def virtual_finding(
    contrast: Contrast, matched: Matched, unseen: EValue, gamma: Bounds, *, p_adjusted: float, study: str
) -> Finding:
    g, name = contrast.effect, contrast.outcome.name
    meets = contrast.equivalence.is_satisfied
    way = "higher" if g.value > 0 else "lower"
    answer = f"scored {way} than matched records" if p_adjusted <= 0.05 and meets else "not shown"
    shown = f"scored {way} than" if answer != "not shown" else "were not shown to differ from"
    rank = round(50 + e.improvement_index(g.value))
    ends = [round(50 + e.improvement_index(end)) for end in (g.interval.low, g.interval.high)]
    return Finding(
        check=VIRTUAL,
        question=f"How do students who got it compare with matched records, on {name}?",
        answer=answer,
        sentence=f"On {name}, students who got it {shown} records that started alike. The average one stands "
        f"above {rank} of 100 ({ends[0]} to {ends[1]}). Who got it was not left to chance.",
        effect=Number(
            name="effect (Hedges' g)",
            value=g.value,
            unit=UNIT,
            interval=g.interval,
            n=g.n_treated,
            of="students",
        ),
        numbers=(
            Number(name="p, adjusted for the family", value=p_adjusted),
            Number(
                name="difference before, matched (Hedges' g)",
                value=contrast.equivalence.g,
                unit=UNIT,
                interval=contrast.equivalence.interval,
            ),
            Number(
                name="students lost for want of matches",
                value=float(matched.n_lost),
                n=matched.n_students,
                of="students",
            ),
            Number(name="E-value of the effect", value=unseen.estimate, unit="risk ratio"),
            Number(name="E-value of the interval's near end", value=unseen.near_end, unit="risk ratio"),
            Number(
                name="Gamma up to which pairs speak for it",
                value=gamma.gamma,
                unit="odds ratio",
                n=gamma.n_pairs,
                of="pairs",
            ),
        ),
        charts=(intervals([Ranged(name=name, value=g.value, low=g.interval.low, high=g.interval.high)]),),
        said=(f"Study: {study}.", *contrast.said),
        noise_floor=f"With no effect, and nothing unseen that differs, 95 of 100 would show between "
        f"{-_half(g):.2f} and {_half(g):.2f}.",
        power=f"Its interval reaches {_half(g):.2f} standard deviations to either side.",
        not_seen="Anything that made students get it and learn more and is not in the start score: a keen "
        "teacher, a better school, a parent. The E-value says how strong it would have to be.",
    )


def _half(g: Effect) -> float:
    return (g.interval.high - g.interval.low) / 2


# --- users against those who used it less -------------------------------------------------------------


def usage_finding(asked: Asked, rows: Rows, *, study: str) -> Answer:
    """The correlation, with the gap before it shown first."""
    found = usage_of(asked, rows)
    return found if isinstance(found, CannotSay) else _usage_said(asked, found, study)


def usage_of(asked: Asked, rows: Rows) -> Usage | CannotSay:
    question = _of_use(asked)
    if rows.use is None:
        return _cannot(question, "the study has no column of use", "how much each student used it", USAGE)
    known = rows.treated & ~np.isnan(rows.use)
    for name in (asked.after, *asked.before):
        known &= ~np.isnan(rows.numbers[name])
    if known.sum() < FEWEST_MATCHED:
        return _cannot(
            question,
            f"{counted(int(known.sum()), 'student', 'can')} be counted",
            f"at least {FEWEST_MATCHED} students",
            USAGE,
        )
    try:
        return usage(
            use=rows.use[known],
            after=rows.numbers[asked.after][known],
            before=rows.numbers[asked.before[0]][known] if asked.before else None,
            cluster=None if rows.cluster is None else rows.cluster[known],
        )
    except ValueError as fault:
        return _cannot(question, str(fault).rstrip("."), "use and outcomes that differ", USAGE)


def _of_use(asked: Asked) -> str:
    return f"Do students who used it more do better on {asked.outcome.name}?"


def _usage_said(asked: Asked, found: Usage, study: str) -> Finding:
    gap = found.gap_before
    first = "How they stood before is not known. " if gap is None else _stood_before(gap)
    numbers = [
        Number(
            name="correlation without the pretest",
            value=found.slope_alone,
            interval=found.slope_alone_interval,
            n=found.n,
            of="students",
        ),
        Number(name="p", value=found.p_value),
    ]
    if gap is not None:
        numbers.insert(
            0,
            Number(
                name="gap before between heavy and light users (Hedges' g)",
                value=gap.value,
                unit=UNIT,
                interval=gap.interval,
                n=gap.n,
                of="students",
            ),
        )
    lines = [
        Ranged(
            name="outcome, pretest held equal",
            value=found.slope,
            low=found.slope_interval.low,
            high=found.slope_interval.high,
        )
    ]
    if gap is not None:
        lines.insert(
            0, Ranged(name="gap before", value=gap.value, low=gap.interval.low, high=gap.interval.high)
        )
    return Finding(
        check=USAGE,
        question=_of_use(asked),
        answer="usage correlation",
        sentence=f"{first}This is a usage correlation. It cannot say that use helped on "
        f"{asked.outcome.name}.",
        effect=Number(
            name="outcome for one standard deviation of use, pretest held equal",
            value=found.slope,
            unit=UNIT,
            interval=found.slope_interval,
            n=found.n,
            of="students",
        ),
        numbers=tuple(numbers),
        charts=(intervals(lines, words=IntervalsWords(title="Use and scores, before and after")),),
        said=(
            f"Study: {study}.",
            "Users against those who used it less are no comparison group; tier 3 at most.",
        ),
        noise_floor="Keen students use more and score more: where nothing works a slope above 0 is seen too.",
        power=f"Its interval runs from {found.slope_interval.low:.2f} to {found.slope_interval.high:.2f}.",
        not_seen="Why some used it more: time, keenness, a teacher, help at home.",
    )


def _stood_before(gap: Effect) -> str:
    way = 1 if gap.value >= 0 else -1
    ends = sorted((way * gap.interval.low, way * gap.interval.high))
    return (
        f"Before it began, heavy users already stood {way * gap.value:.2f} ({ends[0]:.2f} to {ends[1]:.2f}) "
        f"deviations {'above' if way > 0 else 'below'} the rest. "
    )


# --- as recommended -----------------------------------------------------------------------------------


def recommended_finding(asked: Asked, rows: Rows, whole: Contrast, *, study: str) -> Answer:
    """Those who used it as the vendor recommends, beside all to whom it was given."""
    question = f"What of students who used it as recommended, on {asked.outcome.name}?"
    if rows.use is None or rows.recommended is None:
        return _cannot(
            question,
            "the study does not say how much use is recommended",
            "use and 'recommended'",
            RECOMMENDED,
        )
    known = ~np.isnan(rows.numbers[asked.after])
    for name in asked.before:
        known &= ~np.isnan(rows.numbers[name])
    enough = rows.treated & known & (np.nan_to_num(rows.use, nan=-1.0) >= rows.recommended)
    others = ~rows.treated & known
    n = int(enough.sum())
    if min(n, int(others.sum())) < 10:
        return _cannot(
            question, f"{counted(n, 'student')} used it as recommended", "at least 10 of them", RECOMMENDED
        )
    here = enough | others
    columns = [rows.numbers[name][here] for name in asked.before]
    design = np.column_stack([enough[here].astype(float), *columns, np.ones(int(here.sum()))])
    y = rows.numbers[asked.after]
    found = estimate(y[here], design, cluster=None if rows.cluster is None else rows.cluster[here])
    arms = [
        Arm(n=int(side.sum()), mean=float(y[side].mean()), sd=float(y[side].std(ddof=1)))
        for side in (enough, others)
    ]
    g = e.with_degrees(
        e.from_regression(
            estimate=found.value,
            standard_error=found.standard_error,
            sd=e.pooled_sd(*arms),
            n_treated=arms[0].n,
            n_control=arms[1].n,
        ),
        found.df,
    )
    return _recommended_said(asked, g, whole.effect, n, int(rows.treated.sum()), question, study)


def _recommended_said(
    asked: Asked, g: Effect, whole: Effect, n: int, n_given: int, question: str, study: str
) -> Finding:
    pair = (("used it as recommended (not causal)", g), ("all to whom it was given", whole))
    lines = [
        Ranged(name=name, value=one.value, low=one.interval.low, high=one.interval.high) for name, one in pair
    ]
    return Finding(
        check=RECOMMENDED,
        question=question,
        answer="not causal",
        sentence=f"Of {counted(n_given, 'student')} to whom it was given, {n} used it as recommended. How "
        f"they did on {asked.outcome.name} is not the product's doing alone. They are the ones who kept at "
        "it.",
        effect=Number(
            name="those who used it as recommended (not causal)",
            value=g.value,
            unit=UNIT,
            interval=g.interval,
            n=n,
            of="students",
        ),
        numbers=(
            Number(
                name="all to whom it was given",
                value=whole.value,
                unit=UNIT,
                interval=whole.interval,
                n=whole.n,
                of="students",
            ),
            Number(
                name="share who used it as recommended",
                value=n / n_given,
                unit="share",
                interval=wilson(n_hits=n, n=n_given).interval,
                n=n_given,
                of="students",
            ),
        ),
        charts=(intervals(lines),),
        said=(
            f"Study: {study}.",
            "A group that is chosen by what it did is no longer the group that was assigned.",
        ),
        noise_floor="Students who keep at things score higher with any product, and with none.",
        power=f"Its interval reaches {_half(g):.2f} standard deviations to either side.",
        not_seen="What made them keep at it.",
    )


def _cannot(question: str, reason: str, would_need: str, check: str) -> CannotSay:
    return CannotSay(question=question, reason=reason, would_need=would_need, check=check)
