"""What a contrast says, in plain words with its numbers: the findings of a study.

In:   contrasts of one study (from_summary, from_rows), the plan's bound.
Out:  findings.
Not here: counting.
"""

from collections.abc import Sequence
from enum import StrEnum
from math import isfinite

from plainview.core.audit.efficacy.attrition import Attrition, boundary_table
from plainview.core.audit.efficacy.contrast import Contrast
from plainview.core.audit.efficacy.effect import Effect, improvement_index
from plainview.core.audit.efficacy.equivalence import Baseline, Equivalence
from plainview.core.audit.efficacy.essa import Tier, Tiered
from plainview.core.audit.efficacy.mdes import Mdes
from plainview.core.audit.efficacy.rating import Kind, Rating
from plainview.core.charts import attrition as lost_chart
from plainview.core.charts.chart import Chart
from plainview.core.charts.intervals import Ranged, intervals
from plainview.core.finding import Finding, Number, Table

EFFECT, RATING, ATTRITION = "efficacy.effect/1", "efficacy.rating/1", "efficacy.attrition/1"
BASELINE, TIER, POWER = "efficacy.baseline/1", "efficacy.essa/1", "efficacy.power/1"
SIGNIFICANT = 0.05
SMALL, LARGE = 0.05, 0.20  # Kraft (2020), Educational Researcher 49, 241-253
UNIT = "standard deviations"


class Found(StrEnum):
    MORE = "learned more"
    LESS = "learned less"
    SAME = "no difference that matters"
    OPEN = "not shown"
    HIGHER = "scored higher, cause not shown"
    LOWER = "scored lower, cause not shown"
    CAPPED = "inconclusive"


class Grain(StrEnum):
    FINE = "could see a small effect"
    MIDDLE = "could see a medium effect"
    COARSE = "could see only a large effect"


# --- the effect ---------------------------------------------------------------------------------------


def effect(contrast: Contrast, *, p_adjusted: float, bound: float, study: str, n_family: int) -> Finding:
    """Did students who got it learn more, on this outcome?"""
    found = which(contrast, p_adjusted=p_adjusted, bound=bound)
    g = contrast.effect
    return Finding(
        check=EFFECT,
        question=f"Did students who got it learn more, on {contrast.outcome.name}?",
        answer=found,
        sentence=_effect_sentence(contrast, found, bound),
        effect=Number(
            name="effect (Hedges' g)", value=g.value, unit=UNIT, interval=g.interval, n=g.n, of="students"
        ),
        numbers=_effect_numbers(contrast, p_adjusted),
        charts=(
            intervals(
                [Ranged(name=contrast.outcome.name, value=g.value, low=g.interval.low, high=g.interval.high)],
                bound=bound,
            ),
        ),
        said=(f"Study: {study}.", f"Formula: {g.how}.", *contrast.said, *_family(n_family)),
        noise_floor=_noise(g),
        power=seen_by(contrast.mdes),
        not_seen="Who was left out of the study, what came after it, and outcomes that were not measured.",
    )


def which(contrast: Contrast, *, p_adjusted: float, bound: float) -> Found:
    """The one word. Absence is said only where the whole interval lies within the bound."""
    g, meets = contrast.effect, contrast.rated.rating != Rating.NOT
    if contrast.outcome.is_capped:
        return Found.CAPPED
    if -bound < g.interval.low and g.interval.high < bound:
        return Found.SAME if meets else Found.OPEN
    if p_adjusted > SIGNIFICANT:
        return Found.OPEN
    if g.value > 0:
        return Found.MORE if meets else Found.HIGHER
    return Found.LESS if meets else Found.LOWER


def _effect_sentence(contrast: Contrast, found: Found, bound: float) -> str:
    g, name = contrast.effect, contrast.outcome.name
    place = (
        f"The average one stands above {_rank(g.value)} of 100 who did not get it "
        f"({_rank(g.interval.low)} to {_rank(g.interval.high)}). No difference would be 50."
    )
    said = {
        Found.MORE: f"On {name}, students who got it learned more.",
        Found.LESS: f"On {name}, students who got it learned less.",
        Found.SAME: f"On {name}, it made no difference that matters.",
        Found.OPEN: f"On {name}, no effect was shown. One that matters may still be there.",
        Found.HIGHER: f"On {name}, students who got it scored higher. But the study cannot say that the "
        "product did it.",
        Found.LOWER: f"On {name}, students who got it scored lower. But the study cannot say that the "
        "product did it.",
        Found.CAPPED: f"The vendor made the test '{name}' itself. So what it shows stays open.",
    }[found]
    if found == Found.OPEN and -bound < g.interval.low and g.interval.high < bound:
        said = f"On {name}, the scores hardly differ. But the study cannot say why."
    return f"{said} {place}"


def _rank(g: float) -> int:
    return round(50 + improvement_index(g))


def _effect_numbers(contrast: Contrast, p_adjusted: float) -> tuple[Number, ...]:
    g, mine = contrast.effect, contrast.regression
    numbers = [
        Number(name="standard error", value=g.standard_error, unit=UNIT),
        Number(
            name="improvement index",
            value=g.improvement_index,
            unit="percentile ranks",
            interval=g.improvement_interval,
        ),
        Number(name="p", value=g.p_value),
        Number(name="p, adjusted for the family", value=p_adjusted),
        Number(name="degrees of freedom", value=g.df),
        Number(name="students who got it", value=float(g.n_treated), n=g.n_treated, of="students"),
        Number(name="students who did not", value=float(g.n_control), n=g.n_control, of="students"),
    ]
    if mine is not None:
        numbers.append(
            Number(
                name="difference in the outcome's own units",
                value=mine.value,
                unit="points",
                interval=mine.interval,
                n=mine.n_rows,
                of="students",
            )
        )
        numbers.append(Number(name="its standard error", value=mine.standard_error, unit="points"))
    if contrast.mixed is not None:
        other = contrast.mixed
        numbers.append(
            Number(
                name="the same by a mixed model", value=other.value, unit="points", interval=other.interval
            )
        )
    if contrast.icc is not None:
        numbers.append(Number(name="how alike students of a cluster are (ICC)", value=contrast.icc))
    if contrast.n_clusters is not None:
        numbers.append(Number(name="clusters", value=float(contrast.n_clusters)))
    return tuple(numbers)


def _family(n_family: int) -> tuple[str, ...]:
    if n_family < 2:
        return ()
    return (f"{n_family} outcomes of one domain were asked; p is adjusted for it (Benjamini-Hochberg).",)


def _noise(g: Effect) -> str:
    half = (g.interval.high - g.interval.low) / 2
    return f"With no effect at all, 95 of 100 studies like it would show between {-half:.2f} and {half:.2f}."


def effect_of(contrast: Contrast) -> Number:
    g = contrast.effect
    name = f"effect on {contrast.outcome.name}"
    return Number(name=name, value=g.value, unit=UNIT, interval=g.interval, n=g.n, of="students")


def seen_by(mdes: Mdes | None) -> str:
    if mdes is None:
        return "There are too few clusters to say what the study could see."
    return f"80 of 100 studies like it would find an effect of {mdes.value:.2f} standard deviations."


# --- how far to trust it ------------------------------------------------------------------------------


def rating(contrast: Contrast, *, study: str) -> Finding:
    """How far can it be trusted to be the product's doing?"""
    rated, name = contrast.rated, contrast.outcome.name
    said = {
        Rating.WITHOUT: f"What was found on {name} meets the standards in full. Lots were drawn; few left.",
        Rating.WITH: f"What was found on {name} meets the standards in part. The students who were counted "
        "were alike at the start.",
        Rating.NOT: f"What was found on {name} does not meet the standards. It cannot say what the product "
        f"did. {rated.because[-1]}",
    }
    return Finding(
        check=RATING,
        question=f"How far can the finding on {name} be trusted to be the product's doing?",
        answer=rated.rating,
        sentence=said[rated.rating],
        effect=None,
        tables=(Table(title="The steps", columns=("step",), rows=tuple((one,) for one in rated.because)),),
        said=(f"Study: {study}.", "Standards: What Works Clearinghouse, version 5.0."),
        noise_floor="No chance is drawn: the rating follows from rules.",
        power="It does not hang on the number of students, but on how the study was made.",
        not_seen="What the study's authors did not write down.",
    )


def attrition(contrast: Contrast, *, study: str) -> Finding:
    """Was more of one arm lost on the way?"""
    lost = contrast.attritions
    low = all(one.is_low for one in lost)
    worst = max(lost, key=lambda one: (not one.is_low, one.differential))
    return Finding(
        check=ATTRITION,
        question=f"Who was lost on the way, for {contrast.outcome.name}?",
        answer="low" if low else "high",
        sentence=_lost_sentence(worst, low),
        effect=Number(name="differential attrition", value=worst.differential, unit="percentage points"),
        numbers=tuple(
            Number(
                name=f"overall attrition of {one.level}",
                value=one.overall,
                unit="per cent",
                n=one.assigned_treated + one.assigned_control,
                of=one.level,
            )
            for one in lost
        ),
        tables=(_lost_table(lost),),
        charts=(_lost_picture(lost),),
        said=(f"Study: {study}.", *_recalled(lost)),
        noise_floor="The boundary keeps the bias below .05 standard deviations, under its model.",
        power="It does not hang on the number of students.",
        not_seen="Why students left. If those whom the product failed left, even low attrition can mislead.",
    )


def _lost_sentence(worst: Attrition, low: bool) -> str:
    return (
        f"{worst.overall:.0f} of 100 {worst.level} were lost. One arm lost {worst.differential:.1f} points "
        f"more. That is {'few enough' if low else 'too many'} to compare the arms as they stand."
    )


def _lost_table(lost: Sequence[Attrition]) -> Table:
    columns = (
        "who",
        "assigned, got it",
        "analysed, got it",
        "assigned, did not",
        "analysed, did not",
        "counts as",
    )
    rows = tuple(
        (
            one.level,
            one.assigned_treated,
            one.analysed_treated,
            one.assigned_control,
            one.analysed_control,
            "low" if one.is_low else "high",
        )
        for one in lost
    )
    return Table(title="Who was assigned and who was analysed", columns=columns, rows=rows)


def _lost_picture(lost: Sequence[Attrition]) -> Chart:
    dots = [
        lost_chart.Lost(name=one.level, overall=one.overall, differential=one.differential, is_low=one.is_low)
        for one in lost
    ]
    return lost_chart.attrition(dots, boundary=boundary_table(lost[0].boundary))


def _recalled(lost: Sequence[Attrition]) -> tuple[str, ...]:
    if not any(one.rests_on_recalled_rows for one in lost):
        return ()
    return ("The boundary beyond 57 per cent was recalled, not read: verify before relying on it.",)


def baseline(contrast: Contrast, *, study: str) -> Finding:
    """Were the arms alike before it began?"""
    equal = contrast.equivalence
    said = {
        Baseline.SATISFIED: "the arms started alike{size}.",
        Baseline.BY_ADJUSTMENT: "the arms started a bit apart{size}. The study made up for it.",
        Baseline.NOT_ADJUSTED: "the arms started apart{size}. The study did not make up for it.",
        Baseline.TOO_FAR: "the arms started too far apart to be compared{size}.",
        Baseline.NOT_KNOWN: "it is not known how the arms started.",
    }[equal.says].format(size=_apart(equal))
    return Finding(
        check=BASELINE,
        question=f"Were the arms alike before it began, for {contrast.outcome.name}?",
        answer=equal.says,
        sentence=f"On {equal.measure}, {said}",
        effect=Number(
            name="difference before (Hedges' g)",
            value=equal.g,
            unit=UNIT,
            interval=equal.interval,
            n=contrast.effect.n,
            of="students",
        ),
        said=(
            f"Study: {study}.",
            "Up to .05 the arms count as alike; up to .25 if the study adjusts for it.",
        ),
        noise_floor=_noise_before(equal),
        power="The rule looks at the size of the difference, not at chance.",
        not_seen="Differences in anything that was not measured before.",
    )


def _apart(equal: Equivalence) -> str:
    if equal.g is None:
        return ""
    ends = equal.interval
    between = "" if ends is None else f", likely {ends.low:.2f} to {ends.high:.2f}"
    return f" (g = {equal.g:.2f}{between})"


def _noise_before(equal: Equivalence) -> str:
    if equal.interval is None:
        return "How far chance alone would put arms apart cannot be told from what is known."
    half = (equal.interval.high - equal.interval.low) / 2
    return f"Drawn by lot, 95 of 100 such pairs of arms start between {-half:.2f} and {half:.2f} apart."


def tier(
    best: Tiered, effect: Number, power: str, kind: Kind, *, study: str, rows: Sequence[tuple[str, str, str]]
) -> Finding:
    """Which tier of evidence is it in the words of the law?"""
    said = {
        Tier.STRONG: "The study is strong evidence (tier 1)",
        Tier.MODERATE: "The study is moderate evidence (tier 2)",
        Tier.PROMISING: "The study is promising evidence (tier 3)",
        Tier.RATIONALE: "There is a rationale and no more (tier 4)",
        Tier.NONE: "The study is no evidence in the words of the law",
    }
    return Finding(
        check=TIER,
        question="Which tier of evidence is it under the Every Student Succeeds Act?",
        answer=best.tier,
        sentence=f"{said[best.tier]}. {best.because[0]}",
        effect=effect,
        tables=(Table(title="Each outcome", columns=("outcome", "tier", "why"), rows=tuple(rows)),),
        said=(f"Study: {study}.", *(("A usage correlation: tier 3 at most.",) if kind == Kind.USAGE else ())),
        noise_floor="No chance is drawn: the tier follows from rules.",
        power=power,
        not_seen="Other studies of the same product. A tier is of one study.",
    )


def power(contrast: Contrast, *, study: str) -> Finding | None:
    """What could the study have seen?"""
    mdes = contrast.mdes
    if mdes is None or not isfinite(mdes.value):
        return None
    grain = Grain.FINE if mdes.value <= SMALL else Grain.MIDDLE if mdes.value <= LARGE else Grain.COARSE
    return Finding(
        check=POWER,
        question=f"How small an effect could the study have seen, on {contrast.outcome.name}?",
        answer=grain,
        sentence=f"On {contrast.outcome.name}, the study '{study}' could see an effect that puts the average "
        f"student above {_rank(mdes.value)} of 100 who did not get it. It would find that one four times in "
        "five, and a smaller one less often.",
        effect=Number(
            name="smallest effect it would find",
            value=mdes.value,
            unit=UNIT,
            n=contrast.effect.n,
            of="students",
        ),
        numbers=(
            Number(name="degrees of freedom", value=mdes.df),
            Number(name="multiplier", value=mdes.multiplier),
            Number(name="standard error that it rests on", value=mdes.value / mdes.multiplier, unit=UNIT),
        ),
        said=(f"Study: {study}.", _rests_on(mdes), "Small is up to .05, large from .20 (Kraft 2020)."),
        noise_floor=_noise(contrast.effect),
        power=seen_by(mdes),
        not_seen="Whether such an effect is there.",
    )


def _rests_on(mdes: Mdes) -> str:
    if mdes.is_counted:
        return "It is counted from the standard error of the study's own effect."
    return "It is counted from the numbers of students and clusters, as such a study is planned."
