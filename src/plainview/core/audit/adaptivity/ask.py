"""The checks of this question, asked of a dossier: its logs and probes are read, tested, and told.

In:   a dossier.
Out:  answers.
Not here: the tests, words (say, and each check's own).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from plainview.core.audit.adaptivity import group_test as groups
from plainview.core.audit.adaptivity import log_test as logs
from plainview.core.audit.adaptivity import memory_test as memories
from plainview.core.audit.adaptivity import say, say_probe
from plainview.core.audit.adaptivity.differ import differ
from plainview.core.audit.adaptivity.probe import from_json
from plainview.core.audit.adaptivity.steps import steps_of
from plainview.core.audit.check import Progress
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.dossier import Dossier, Exhibit, Kind
from plainview.core.dossier.groups import groups_of
from plainview.core.dossier.log import log_of
from plainview.core.finding import Answer, Finding
from plainview.core.logs.whole import Whole
from plainview.core.mendable import Mendable
from plainview.core.stats.multiplicity import adjusted

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
    table, exhibits = groups_of(dossier), dossier.of_kind(Kind.LOG)
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
    for _, whole in _opened(dossier, exhibits, ("assigned_by",), answers, groups.CHECK, groups.QUESTION):
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
    exhibits = dossier.of_kind(Kind.PROBE)
    if not exhibits:
        reason, need = "the dossier holds no probe", "what `plainview probe` wrote, asked of the product"
        return (CannotSay(question=question, reason=reason, would_need=need, check=check),)
    answers = list[Answer]()
    for exhibit in exhibits:
        try:
            text = exhibit.path.read_text(encoding="utf-8")
            answers.append(told(say_probe.judge(from_json(text, file=exhibit.file))))
        except (Mendable, OSError, UnicodeDecodeError) as fault:
            reason = str(fault).rstrip(".")
            answers.append(
                CannotSay(question=question, reason=reason, would_need="the file mended", check=check)
            )
    return tuple(answers)


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
    exhibits = dossier.of_kind(Kind.LOG)
    if not exhibits:
        reason = "the dossier holds no learning log"
        return (CannotSay(question=question, reason=reason, would_need=NEEDS_LOG, check=check),)
    answers = list[Answer]()
    for n, (exhibit, whole) in enumerate(_opened(dossier, exhibits, columns, answers, check, question)):
        progress(n, len(exhibits), exhibit.file)
        answer = told(whole)
        several = len(exhibits) > 1 and isinstance(answer, Finding)
        answers.append(replace(answer, said=(exhibit.file, *answer.said)) if several else answer)  # type: ignore[union-attr,arg-type]
    progress(len(exhibits), len(exhibits), "")
    return tuple(answers)


def _opened(
    dossier: Dossier,
    exhibits: Sequence[Exhibit],
    columns: Sequence[str],
    answers: list[Answer],
    check: str,
    question: str,
) -> Iterator[tuple[Exhibit, Whole]]:
    for exhibit in exhibits:
        try:
            yield exhibit, log_of(dossier, exhibit, columns)
        except Mendable as fault:
            reason = str(fault).rstrip(".")
            answers.append(
                CannotSay(question=question, reason=reason, would_need="the file mended", check=check)
            )
