"""The checks of this question, asked of a dossier: its logs and probes are read, tested, and told.

In:   a dossier.
Out:  answers.
Not here: the tests, words (say, and each check's own).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.adaptivity import degree as degrees
from plainview.core.audit.adaptivity import group_test as groups
from plainview.core.audit.adaptivity import log_test as logs
from plainview.core.audit.adaptivity import memory_test as memories
from plainview.core.audit.adaptivity import opportunities, say, say_economy, say_probe
from plainview.core.audit.adaptivity import over_practice as practices
from plainview.core.audit.adaptivity import stopping as stoppings
from plainview.core.audit.adaptivity import wheel_spinning as wheels
from plainview.core.audit.adaptivity import white as whites
from plainview.core.audit.adaptivity.differ import differ
from plainview.core.audit.adaptivity.probe import Probe, from_json
from plainview.core.audit.adaptivity.ranges import left_out_range
from plainview.core.audit.adaptivity.sequences import IN_A_ROW, Sequences, Tracing, sequences, traced
from plainview.core.audit.adaptivity.steps import steps_of
from plainview.core.audit.check import Progress
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.dossier import Dossier, Exhibit, Kind
from plainview.core.dossier.groups import groups_of
from plainview.core.dossier.log import logs_of
from plainview.core.dossier.unread import each_read
from plainview.core.finding import Answer, Finding
from plainview.core.learner.bkt import Skill
from plainview.core.logs.coded import Coded, codes_in
from plainview.core.logs.whole import Whole
from plainview.core.mendable import Mendable, sentence
from plainview.core.plural import counted
from plainview.core.stats.multiplicity import adjusted

ASKS_DEGREE = "How adaptive is it, beside the best that the same pool allows?"
FEWEST_STUDENTS, FEWEST_ITEMS, MOST_STUDENTS = 20, 5, 5000
Floats = NDArray[np.float64]
NEEDS_LOG = "a learning log of what the product gave its students (docs/methods/logs.md)"


def log_test(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    plan = dossier.plan

    def told(whole: Whole) -> Answer:
        found = logs.log_test(
            whole.coded,
            assigned_by=whole.text("assigned_by"),
            bound=plan.bound("adaptivity.log_test", "bound", logs.BOUND),
            draws=max(plan.draws, logs.DRAWS),
            seed=plan.seed,
            tell=progress,
        )
        return found if isinstance(found, CannotSay) else say.log_finding(found)

    return each_log(dossier, progress, logs.CHECK, logs.QUESTION, ("assigned_by",), told)


def differentiation(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    question = "Do different students see different content?"

    def told(whole: Whole) -> Answer:
        steps = steps_of(whole.coded, whole.text("assigned_by"))
        lacks = logs.too_little(steps, check=say.DIFFERENTIATION, question=question)
        return lacks or say.differ_finding(differ(steps), steps)

    return each_log(dossier, progress, say.DIFFERENTIATION, question, ("assigned_by",), told)


def memory(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    plan = dossier.plan

    def told(whole: Whole) -> Answer:
        found = memories.memory_test(
            whole.coded,
            assigned_by=whole.text("assigned_by"),
            bound=plan.bound("adaptivity.memory", "bound", logs.BOUND),
            draws=max(plan.draws, logs.DRAWS),
            seed=plan.seed,
        )
        return found if isinstance(found, CannotSay) else say.memory_finding(found)

    return each_log(dossier, progress, memories.CHECK, memories.QUESTION, ("assigned_by",), told)


def same_for_all(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    """Every way of grouping is one test of a family."""
    table, exhibits = groups_of(dossier), [one for one in dossier.exhibits if one.kind is Kind.LOG]
    if table is None or not table.columns or not exhibits:
        return (
            CannotSay(
                question=groups.QUESTION,
                reason="the dossier holds no log" if not exhibits else "the dossier holds no table of groups",
                would_need=f"{NEEDS_LOG}, and a table of groups keyed by student",
                check=groups.CHECK,
            ),
        )
    plan = dossier.plan
    bound = plan.bound("adaptivity.same_for_all", "bound", groups.BOUND)
    answers = list[Answer]()
    for _, whole in logs_of(dossier, ("assigned_by",)):
        found = list[groups.Grouped]()
        for n, column in enumerate(table.columns):
            progress(n, len(table.columns), column)
            one = groups.group_test(
                whole.coded,
                table.of(column, whole.coded.students),
                column=column,
                assigned_by=whole.text("assigned_by"),
                bound=bound,
                draws=max(plan.draws, logs.DRAWS),
                seed=plan.seed,
            )
            if isinstance(one, CannotSay):
                answers.append(one)
            else:
                found.append(one)
        answers += [say.group_finding(one) for one in _as_family(found)]
    return tuple(answers)


def _as_family(found: list[groups.Grouped]) -> list[groups.Grouped]:
    p_values = adjusted([one.p for one in found]).tolist() if found else []
    return [
        replace(one, p_adjusted=p, says=groups.verdict(p, one.differ, one.differ_interval, one.bound))
        for one, p in zip(found, p_values, strict=True)
    ]


# --- what practice costs -----------------------------------------------------------------------------


def wheel_spinning(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    def told(found: Sequences, whole: Whole) -> Answer:
        counts = wheels.wheel_spinning(found)
        if counts.n_mastered + counts.n_spinning:
            return say_economy.wheel_finding(counts)
        return CannotSay(
            question=question,
            reason=f"nobody worked ten times at a skill or was right {IN_A_ROW} times in a row",
            would_need="longer work at skills",
            check=wheels.CHECK,
        )

    question = "How many students go on with a skill without coming to master it?"
    return _each_with_skills(dossier, progress, wheels.CHECK, question, told)


def over_practice(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    def told(found: Sequences, whole: Whole) -> Answer:
        p_known = _traced(found, whole)
        if isinstance(p_known, CannotSay):
            return p_known
        by = (
            (say_economy.BY_RUN, found.in_a_row()),
            (say_economy.BY_TRACING, found.first(p_known >= practices.MASTERED)),
        )
        return say_economy.practice_finding(
            [practices.over_practice(found, reached, criterion=name) for name, reached in by]
        )

    question = "How much practice comes too late, and how much stops too soon?"
    return _each_with_skills(dossier, progress, practices.CHECK, question, told)


def expected_opportunities(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    seed = dossier.plan.seed

    def told(found: Sequences, whole: Whole) -> Answer:
        expected = _expected(whole.coded)
        if isinstance(expected, CannotSay):
            return expected
        made = opportunities.made(found)
        rows = list(zip(whole.coded.skills, expected, made.of_skills, strict=True))
        mean = opportunities.mean_of(expected)
        drawn = left_out_range(_mean_expected, whole.coded, value=mean, seed=seed)
        return say_economy.opportunities_finding(
            rows, made=made, interval=drawn, n_students=found.n_students, seed=seed
        )

    question = "How many attempts does a skill need until it is likely to be known?"
    return _each_with_skills(dossier, progress, opportunities.CHECK, question, told)


def _expected(log: Coded) -> list[opportunities.Expected] | CannotSay:
    numbers = _numbers(log)
    if isinstance(numbers, CannotSay):
        return numbers
    return [opportunities.expected_opportunities(skill) for skill in _skills(numbers)]


def _mean_expected(log: Coded) -> float | None:
    found = _expected(log)
    return None if isinstance(found, CannotSay) else opportunities.mean_of(found)


def effort_and_score(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    def told(found: Sequences, whole: Whole) -> Answer:
        p_known = _traced(found, whole)
        if isinstance(p_known, CannotSay):
            return p_known
        curves = [whites.white(found, p_known, criterion) for criterion in whites.CRITERIA]
        return say_economy.white_finding(curves, n_students=len(np.unique(found.student)))

    question = "How much practice does a criterion ask for, and how well do students do after it?"
    return _each_with_skills(dossier, progress, whites.CHECK, question, told)


def equity_of_stopping(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    question = "Does the rule that ends practice serve slower students as well as quick ones?"

    def told(found: Sequences, whole: Whole) -> Answer:
        p_known = _traced(found, whole)
        if isinstance(p_known, CannotSay):
            return p_known
        reached = found.first(p_known >= practices.MASTERED)
        stops = stoppings.equity_of_stopping(found, reached)
        if stops is not None:
            fewest = min(stops.slower.n_with_after, stops.faster.n_with_after)
            if fewest >= stoppings.FEWEST_AFTER:
                return say_economy.stopping_finding(stops)
            return CannotSay(
                question=question,
                reason=f"of the slower or the faster half, only {counted(fewest, 'student')} at a skill "
                "went on after practice may end",
                would_need=f"at least {stoppings.FEWEST_AFTER} students at a skill who went on, in each half",
                check=stoppings.CHECK,
            )
        return CannotSay(
            question=question,
            reason="nobody with two skills goes on after practice may end",
            would_need="attempts after a skill is likely to be known, of students with two skills or more",
            check=stoppings.CHECK,
        )

    return _each_with_skills(dossier, progress, stoppings.CHECK, question, told)


def degree(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    seed = dossier.plan.seed

    def told(whole: Whole) -> Answer:
        stated = whole.number("difficulty")
        if stated is None:
            return CannotSay(
                question=ASKS_DEGREE,
                reason="the log states no difficulties",
                would_need="a column 'difficulty' in log-odds, one value an item",
                check=degrees.CHECK,
            )
        return _degree(whole, stated, seed)

    return each_log(dossier, progress, degrees.CHECK, ASKS_DEGREE, ("difficulty",), told)


def _degree(whole: Whole, stated: Floats, seed: int) -> Answer:
    log = whole.coded
    by = log.by_student()
    known = np.isfinite(stated)
    rows = [
        _once_each(log.item, rows[known[rows]])
        for rows in (by.of(student) for student in _some_students(by.sizes, seed))
    ]
    rows = [one for one in rows if len(one) >= FEWEST_ITEMS]
    if len(rows) < FEWEST_STUDENTS:
        return CannotSay(
            question=ASKS_DEGREE,
            reason=f"{counted(len(rows), 'student', 'were')} given {FEWEST_ITEMS} items of known difficulty",
            would_need=f"at least {FEWEST_STUDENTS}",
            check=degrees.CHECK,
        )
    given = [stated[one] for one in rows]
    right = [(log.correct[one] >= 0.5).astype(np.float64) for one in rows]
    items, first = np.unique(log.item[known], return_index=True)
    found = degrees.degrees(given, degrees.abilities(given, right), stated[known][first], seed=seed)
    said = (
        f"{counted(len(rows), 'student')}, {counted(len(items), 'item')}; abilities by the stated "
        "difficulties (Rasch)",
    )
    return say_economy.degree_finding(found, seed=seed, said=said)


def _once_each(item: NDArray[np.int32], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first row of each item: one that comes again would count as another of the same pool."""
    return rows[np.sort(np.unique(item[rows], return_index=True)[1])]


def _some_students(sizes: NDArray[np.int64], seed: int) -> list[int]:
    """All, or so many drawn by chance: indices of thousands of students do not move."""
    there = np.flatnonzero(sizes >= FEWEST_ITEMS)
    if len(there) > MOST_STUDENTS:
        there = np.sort(np.random.default_rng(seed).choice(there, MOST_STUDENTS, replace=False))
    return [int(student) for student in there]


def _each_with_skills(
    dossier: Dossier,
    progress: Progress,
    check: str,
    question: str,
    told: Callable[[Sequences, Whole], Answer],
) -> tuple[Answer, ...]:
    def of(whole: Whole) -> Answer:
        found = sequences(whole.coded)
        if found.n and found.n_students >= FEWEST_STUDENTS:
            answer = told(found, whole)
            return answer if isinstance(answer, Finding) else replace(answer, question=question, check=check)
        return CannotSay(
            question=question,
            reason=f"the log holds {counted(len(np.unique(found.student)), 'student')} who worked at a skill",
            would_need=f"a log that names skills, of at least {FEWEST_STUDENTS} students",
            check=check,
        )

    return each_log(dossier, progress, check, question, (), of)


def _numbers(log: Coded) -> Tracing | CannotSay:
    from plainview.core.learner.tracing.fitting import fit

    # One set of numbers a skill: what is reckoned with them goes by the skill.
    found = fit(log, by_item=False, other_starts=())
    if isinstance(found, CannotSay):
        return found
    place = codes_in(found.skills, log.skills)
    return Tracing(**{kind: found.of_skills(kind)[place] for kind in ("known", "learn", "guess", "slip")})


def _traced(found: Sequences, whole: Whole) -> Floats | CannotSay:
    numbers = _numbers(whole.coded)
    return numbers if isinstance(numbers, CannotSay) else traced(found, numbers)


def _skills(numbers: Tracing) -> Iterator[Skill]:
    columns = (numbers.known, numbers.learn, numbers.guess, numbers.slip)
    for known, learn, guess, slip in zip(*(column.tolist() for column in columns), strict=True):
        yield Skill(p_known=known, p_learn=learn, p_guess=guess, p_slip=slip)


# --- probes of a dossier ------------------------------------------------------------------------------


def twin_probe(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    bound = dossier.plan.bound("adaptivity.twin_probe", "bound", say_probe.BOUND)
    return _each_probe(
        dossier, say_probe.TWINS, say_probe.ASKS_TWINS, lambda one: say_probe.twin_finding(one, bound=bound)
    )


def irrelevant(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    bound = dossier.plan.bound("adaptivity.irrelevant", "bound", say_probe.BOUND)
    return _each_probe(
        dossier,
        say_probe.IRRELEVANT,
        say_probe.ASKS_IRRELEVANT,
        lambda one: say_probe.irrelevant_finding(one, bound=bound),
    )


def stated_reasons(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    return _each_probe(dossier, say_probe.REASONS, say_probe.ASKS_REASONS, say_probe.reasons_finding)


def drills(dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
    return _each_probe(dossier, say_probe.DRILLS, say_probe.ASKS_DRILLS, say_probe.drills_finding)


def _each_probe(
    dossier: Dossier, check: str, question: str, told: Callable[[say_probe.Judged], Answer]
) -> tuple[Answer, ...]:
    if not any(one.kind is Kind.PROBE for one in dossier.exhibits):
        reason, need = "the dossier holds no probe", "what `plainview probe` wrote, asked of the product"
        return (CannotSay(question=question, reason=reason, would_need=need, check=check),)
    left = list[str]()
    answers = [told(say_probe.judge(probe)) for _, probe in each_read(dossier, Kind.PROBE, _probe, left=left)]
    return tuple(_saying(answer, left) for answer in answers)


def _probe(exhibit: Exhibit) -> Probe:
    try:
        return from_json(exhibit.path.read_text(encoding="utf-8"), file=exhibit.file)
    except UnicodeDecodeError:
        raise Mendable(f"{exhibit.file}: found bytes that are not UTF-8, expected a probe.") from None


def _saying(answer: Answer, left: Sequence[str]) -> Answer:
    return replace(answer, said=(*answer.said, *left)) if isinstance(answer, Finding) else answer


# --- logs of a dossier --------------------------------------------------------------------------------


def each_log(
    dossier: Dossier,
    progress: Progress,
    check: str,
    question: str,
    columns: Sequence[str],
    told: Callable[[Whole], Answer],
) -> tuple[Answer, ...]:
    """One answer a log; of several, each says which."""
    exhibits = [one for one in dossier.exhibits if one.kind is Kind.LOG]
    if not exhibits:
        reason = "the dossier holds no learning log"
        return (CannotSay(question=question, reason=reason, would_need=NEEDS_LOG, check=check),)
    answers = list[Answer]()
    try:
        for n, (exhibit, whole) in enumerate(logs_of(dossier, columns)):
            progress(n, len(exhibits), exhibit.file)
            answer = told(whole)
            several = len(exhibits) > 1 and isinstance(answer, Finding)
            answers.append(replace(answer, said=(exhibit.file, *answer.said)) if several else answer)  # type: ignore[union-attr,arg-type]
    except Mendable as fault:  # not one of them could be read
        answers.append(
            CannotSay(
                question=question,
                reason=sentence(fault.faults).rstrip("."),
                would_need="the file mended",
                check=check,
            )
        )
    progress(len(exhibits), len(exhibits), "")
    return tuple(answers)
