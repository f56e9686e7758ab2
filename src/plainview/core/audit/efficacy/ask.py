"""The checks of this question, asked of a dossier: its studies are read, counted, and told.

In:   a dossier.
Out:  answers.
Not here: counting (from_summary, from_rows, compared), words (say).
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

import numpy as np

from plainview.core.audit.check import Progress
from plainview.core.audit.efficacy import compared, from_rows, from_summary, say
from plainview.core.audit.efficacy.contrast import Contrast
from plainview.core.audit.efficacy.essa import Tier, Tiered
from plainview.core.audit.efficacy.essa import tier as tier_of
from plainview.core.audit.efficacy.rating import Kind as StudyKind
from plainview.core.audit.efficacy.rating import Rating
from plainview.core.audit.efficacy.read_study import read_study
from plainview.core.audit.efficacy.study import Asked, Study
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.dossier import Dossier, Kind
from plainview.core.dossier.unread import readable
from plainview.core.finding import Answer, Number
from plainview.core.mendable import Mendable
from plainview.core.stats.multiplicity import adjusted

ANY = "Does it work?"
BOUND = 0.10  # standard deviations: what is smaller does not matter, unless the plan says otherwise
Counted = Contrast | CannotSay
Telling = Callable[[Contrast], Answer | None]


def effect(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    bound = dossier.plan.bound("efficacy.effect", "bound", BOUND)
    answers = list[Answer]()
    for study in _studies(dossier, say.EFFECT, answers, progress):
        counted = _counted(study, say.EFFECT)
        good = [one for one in counted if isinstance(one, Contrast)]
        adjusted_p, families = _adjusted(good), Counter(one.outcome.domain for one in good)
        answers += [one for one in counted if isinstance(one, CannotSay)]
        answers += [
            say.effect(
                one,
                p_adjusted=p,
                bound=bound,
                study=study.design.title,
                n_family=families[one.outcome.domain],
            )
            for one, p in zip(good, adjusted_p, strict=True)
        ]
    return tuple(answers)


def rating(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    return _each(dossier, say.RATING, progress, lambda study, one: say.rating(one, study=study.design.title))


def attrition(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    def told(study: Study, one: Contrast) -> Answer:
        if one.attritions:
            return say.attrition(one, study=study.design.title)
        return CannotSay(
            question=f"Who was lost on the way, for {one.outcome.name}?",
            reason="the study does not say how many were assigned to each arm",
            would_need="the numbers assigned and analysed, of students and of clusters",
            check=say.ATTRITION,
        )

    return _each(dossier, say.ATTRITION, progress, told)


def baseline(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    def told(study: Study, one: Contrast) -> Answer:
        if one.equivalence.g is not None:
            return say.baseline(one, study=study.design.title)
        return CannotSay(
            question=f"Were the arms alike before it began, for {one.outcome.name}?",
            reason="the study does not say how the analysed students stood before",
            would_need="means and deviations of a pretest, by arm, of the students who were analysed",
            check=say.BASELINE,
        )

    return _each(dossier, say.BASELINE, progress, told)


def power(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    def told(study: Study, one: Contrast) -> Answer:
        return say.power(one, study=study.design.title) or CannotSay(
            question=f"How small an effect could the study have seen, on {one.outcome.name}?",
            reason="there are too few clusters",
            would_need="at least three clusters",
            check=say.POWER,
        )

    return _each(dossier, say.POWER, progress, told)


def essa(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    """One answer a study: the best tier of its outcomes."""
    answers = list[Answer]()
    for study in _studies(dossier, say.TIER, answers, progress):
        if study.design.kind == StudyKind.USAGE:
            answers += _tiers_of_use(study)
            continue
        counted = _counted(study, say.TIER)
        good = [one for one in counted if isinstance(one, Contrast)]
        answers += [one for one in counted if isinstance(one, CannotSay)]
        if good:
            answers.append(_tier(study, good, _adjusted(good)))
    return tuple(answers)


def _tier(study: Study, contrasts: list[Contrast], p_values: list[float]) -> Answer:
    negative = {
        one.outcome.domain
        for one, p in zip(contrasts, p_values, strict=True)
        if p <= say.SIGNIFICANT and one.effect.value < 0 and one.rated.rating != Rating.NOT
    }
    tiers = [_one_tier(study, one, p, negative) for one, p in zip(contrasts, p_values, strict=True)]
    order = list(Tier)
    best = min(range(len(tiers)), key=lambda n: order.index(tiers[n].tier))
    rows = [(c.outcome.name, str(t.tier), " ".join(t.because)) for c, t in zip(contrasts, tiers, strict=True)]
    effect, power = say.effect_of(contrasts[best]), say.seen_by(contrasts[best].mdes)
    return say.tier(tiers[best], effect, power, study.design.kind, study=study.design.title, rows=rows)


def _tiers_of_use(study: Study) -> list[Answer]:
    """Users against those who used it less: tier 3 at most, and only beside a pretest."""
    answers, rows_of_use = list[Answer](), study.rows
    if rows_of_use is None:
        need = "rows with a column of use"
        return [
            CannotSay(
                question=ANY, reason="users were handed over as numbers", would_need=need, check=say.TIER
            )
        ]
    for asked in study.asked:
        found = compared.usage_of(asked, rows_of_use)
        if isinstance(found, CannotSay):
            answers.append(replace(found, check=say.TIER))
            continue
        tiered = tier_of(
            kind=StudyKind.USAGE,
            rating=Rating.NOT,
            g=found.slope,
            p_value=found.p_value,
            n_students=found.n,
            n_sites=study.design.n_sites,
            controls_for_before=bool(asked.before),
            has_logic_model=study.design.has_logic_model,
            study_under_way=study.design.study_under_way,
            capped=asked.outcome.is_capped,
        )
        slope = Number(
            name="outcome for one standard deviation of use, pretest held equal",
            value=found.slope,
            unit=say.UNIT,
            interval=found.slope_interval,
            n=found.n,
            of="students",
        )
        rows = [(asked.outcome.name, str(tiered.tier), " ".join(tiered.because))]
        power = "A usage correlation cannot find an effect, however many students it counts."
        answers.append(say.tier(tiered, slope, power, StudyKind.USAGE, study=study.design.title, rows=rows))
    return answers


def _one_tier(study: Study, one: Contrast, p: float, negative: set[str]) -> Tiered:
    design = study.design
    sites = design.n_sites
    if sites is None and study.rows is not None and study.rows.site is not None:
        sites = len(np.unique(study.rows.site[study.rows.site != ""]))
    return tier_of(
        kind=design.kind,
        rating=one.rated.rating,
        g=one.effect.value,
        p_value=p,
        n_students=one.effect.n,
        n_sites=sites,
        controls_for_before=one.adjusted_for_before,
        overriding_negative=one.outcome.domain in negative,
        has_logic_model=design.has_logic_model,
        study_under_way=design.study_under_way,
        capped=one.outcome.is_capped,
    )


def virtual_group(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    answers = list[Answer]()
    for study in _studies(dossier, compared.VIRTUAL, answers, progress):
        if study.design.kind != StudyKind.VIRTUAL or study.rows is None:
            answers.append(
                _other(study, compared.VIRTUAL, "How do students who got it compare with matched records?")
            )
            continue
        found = [compared.virtual(one, study.rows, study.design) for one in study.asked]
        answers += [one for one in found if isinstance(one, CannotSay)]
        good = [one for one in found if not isinstance(one, CannotSay)]
        p_values = _adjusted([one[0] for one in good])
        answers += [
            compared.virtual_finding(*one, p_adjusted=p, study=study.design.title)
            for one, p in zip(good, p_values, strict=True)
        ]
    return tuple(answers)


def usage(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    answers = list[Answer]()
    for study in _studies(dossier, compared.USAGE, answers, progress):
        if study.rows is None or study.rows.use is None:
            answers.append(_other(study, compared.USAGE, "Do students who used it more do better?"))
            continue
        answers += [compared.usage_finding(one, study.rows, study=study.design.title) for one in study.asked]
    return tuple(answers)


def as_recommended(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    question = "What of students who used it as recommended?"
    answers = list[Answer]()
    for study in _studies(dossier, compared.RECOMMENDED, answers, progress):
        rows = study.rows
        if (
            rows is None
            or rows.recommended is None
            or study.design.kind in (StudyKind.USAGE, StudyKind.VIRTUAL)
        ):
            answers.append(_other(study, compared.RECOMMENDED, question))
            continue
        for one, whole in zip(study.asked, _counted(study, compared.RECOMMENDED), strict=True):
            if isinstance(whole, Contrast):
                answers.append(compared.recommended_finding(one, rows, whole, study=study.design.title))
            else:
                answers.append(whole)
    return tuple(answers)


# --- studies of a dossier -----------------------------------------------------------------------------


def _each(
    dossier: Dossier, check: str, progress: Progress, told: Callable[[Study, Contrast], Answer]
) -> tuple[Answer, ...]:
    answers = list[Answer]()
    for study in _studies(dossier, check, answers, progress):
        answers += [one if isinstance(one, CannotSay) else told(study, one) for one in _counted(study, check)]
    return tuple(answers)


def _studies(dossier: Dossier, check: str, answers: list[Answer], progress: Progress) -> Iterator[Study]:
    """Every design file that can be read; of the others, and of none, an answer says so."""
    every = [one for one in dossier.exhibits if one.kind is Kind.STUDY]
    designs = [one for one in every if PurePosixPath(one.file).suffix.lower() == ".toml"]
    if not designs:
        without = [one for one in every if not one.fault]
        if every and not without:
            raise Mendable(*(one.fault for one in every))
        reason = (
            f"{without[0].file} has no design file that says what its columns are"
            if without
            else "the dossier holds no study"
        )
        need = "a study: summary numbers or rows, with a design file (docs/for-reviewers/study.md)"
        answers.append(CannotSay(question=ANY, reason=reason, would_need=need, check=check))
    for n, exhibit in enumerate(designs):
        progress(n, len(designs), exhibit.file)
        try:
            yield read_study(readable(exhibit).path, file=exhibit.file)
        except Mendable as fault:
            reason = str(fault).rstrip(".")
            answers.append(CannotSay(question=ANY, reason=reason, would_need="the file mended", check=check))
    progress(len(designs), max(1, len(designs)), "")


def _counted(study: Study, check: str) -> list[Counted]:
    """Every outcome of a study; one that cannot be counted says why."""
    counted = list[Counted]()
    for one in study.reported:
        try:
            counted.append(from_summary.contrast_of(one, study.design))
        except ValueError as fault:
            counted.append(_uncounted(one.outcome.name, fault, check))
    for asked in study.asked:
        counted.append(_of_rows(asked, study, check))
    return counted


def _of_rows(asked: Asked, study: Study, check: str) -> Counted:
    rows, design = study.rows, study.design
    if rows is None:
        raise ValueError("a study with columns has no rows.")
    try:
        if design.kind == StudyKind.VIRTUAL:
            found = compared.virtual(asked, rows, design)
            return found if isinstance(found, CannotSay) else found[0]
        if design.kind == StudyKind.USAGE:
            return CannotSay(
                question=f"Did students who got it learn more, on {asked.outcome.name}?",
                reason="users are held against those who used it less, which is no comparison group",
                would_need="students who were not given it, assigned by lot or alike before",
                check=check,
            )
        return from_rows.contrast_of(asked, rows, design)
    except ValueError as fault:
        return _uncounted(asked.outcome.name, fault, check)


def _uncounted(name: str, fault: ValueError, check: str) -> CannotSay:
    return CannotSay(
        question=f"Did students who got it learn more, on {name}?",
        reason=str(fault).rstrip("."),
        would_need="numbers that carry an effect",
        check=check,
    )


def _adjusted(contrasts: list[Contrast]) -> list[float]:
    """p by family: the outcomes of one domain in one study."""
    p = [one.effect.p_value for one in contrasts]
    made = list(p)
    for domain in {one.outcome.domain for one in contrasts}:
        here = [n for n, one in enumerate(contrasts) if one.outcome.domain == domain]
        for n, value in zip(here, adjusted([p[k] for k in here]), strict=True):
            made[n] = float(value)
    return made


def _other(study: Study, check: str, question: str) -> CannotSay:
    needs = {
        compared.VIRTUAL: "a study of kind 'virtual' with rows",
        compared.USAGE: "rows with a column of use",
        compared.RECOMMENDED: "rows with a column of use and how much is recommended",
    }
    return CannotSay(
        question=question,
        reason=f"{study.file} is another kind of study",
        would_need=needs[check],
        check=check,
    )
