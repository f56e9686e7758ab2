"""Something earlier is not steady, and the new thing needs it: time on the earlier one, for a while.

In:   states on a competency and on what it directly builds on.
Out:  a draft for one child, with a day on which it ends unless a teacher says otherwise.
Not here: instead. The grade's work stays on the plan; this stands beside it.
"""

from collections.abc import Iterator
from datetime import date

from plainview.core.learner.estimate import State
from plainview.core.rules.because import mixed, newest, not_yet, refs
from plainview.core.rules.card import Choice, Task
from plainview.core.rules.fit import another, fitting
from plainview.core.rules.line import gettext_noop, line
from plainview.core.rules.rule import Draft, Rule
from plainview.core.rules.snapshot import Snapshot

DO = gettext_noop(
    "Give {student} time on {prerequisite}: {activity}, {minutes} minutes, {medium}. {competency} stays "
    "on the plan."
)
NOT_STEADY_BEFORE = gettext_noop(
    "{competency} builds on {prerequisite}, and the newest work of {student} does not show {prerequisite} "
    "steadily."
)
IF_SHOWN = gettext_noop(
    "Two pieces in which {student} shows {prerequisite} without help, and this card goes away."
)
IF_OTHER_REASON = gettext_noop(
    "If {student} shows {competency} another way, the earlier step was not what was in the way."
)
STAY_WITH_SUPPORT = gettext_noop("Stay with {competency} and put more support beside {student}.")
INSIDE = gettext_noop("A few minutes on {prerequisite} inside the lesson on {competency}.")
IS_IT_THIS = gettext_noop(
    "Whether {prerequisite} is what is in the way of {competency} for {student}, or something else is."
)

# Rather not known than known, on both: doubt on either speaks for the grade's work.
UNLIKELY_BELOW = 0.5
# What was true last month is no reason to ask for less today.
RECENT_DAYS = 28
# Two weeks is long enough to learn something and too short to become a place.
REVIEW_WITHIN_DAYS = 14
NOT_STEADY = (State.NOT_ENOUGH, State.MET_ONCE)


def propose(snapshot: Snapshot) -> Iterator[Draft]:
    for competency, view in snapshot.competency.items():
        for earlier in view.requires:
            if earlier in snapshot.competency:
                for student in snapshot.present:
                    if _waits(snapshot, student, competency) and _waits(snapshot, student, earlier):
                        yield from _draft(snapshot, student, competency, earlier)


def _waits(snapshot: Snapshot, student: str, competency: str) -> bool:
    if not snapshot.says_enough(student, competency):
        return False
    estimate = snapshot.estimate(student, competency)
    return (
        snapshot.state(student, competency) in NOT_STEADY
        and estimate.p_known < UNLIKELY_BELOW
        and snapshot.aged(student, competency).days <= RECENT_DAYS
    )


def _draft(snapshot: Snapshot, student: str, competency: str, earlier: str) -> Iterator[Draft]:
    tasks = _tasks(snapshot, student, earlier)
    found = newest(snapshot, (student,), earlier, which=not_yet, each=3)
    if not tasks or not found:
        return
    task = tasks[0]
    before = line(
        NOT_STEADY_BEFORE,
        competency=competency,
        prerequisite=earlier,
        student=student,
        evidence=refs(found),
    )
    yield Draft(
        students=(student,),
        competency=competency,
        about=earlier,
        looks_at=(competency, earlier),
        task=task,
        do=line(
            DO,
            student=student,
            prerequisite=earlier,
            competency=competency,
            activity=task.activity,
            minutes=task.minutes,
            medium=task.medium,
        ),
        because=(
            before,
            *mixed(snapshot, (student,), earlier, n=1),
            *mixed(snapshot, (student,), competency, n=1),
        ),
        would_change=(
            line(IF_SHOWN, student=student, prerequisite=earlier),
            line(IF_OTHER_REASON, student=student, competency=competency),
        ),
        choices=(
            Choice(
                name="stay_with_support", say=line(STAY_WITH_SUPPORT, student=student, competency=competency)
            ),
            Choice(name="inside", say=line(INSIDE, prerequisite=earlier, competency=competency)),
            *another(tasks),
        ),
        does_not_know=(line(IS_IT_THIS, prerequisite=earlier, competency=competency, student=student),),
    )


def _tasks(snapshot: Snapshot, student: str, competency: str) -> tuple[Task, ...]:
    return fitting(snapshot, (student,), about=(competency,))


RULE = Rule(
    name="prerequisite_first",
    version=1,
    title=gettext_noop("Time on an earlier step"),
    words=gettext_noop(
        "When there is enough recent evidence that a child cannot yet do something, and just as much that "
        "something it builds on is not there yet, I would give time to the earlier step for two weeks, "
        "beside the grade's work."
    ),
    written_by="The Plainview authors",
    written_on=date(2026, 11, 21),
    may=gettext_noop(
        "May suggest an earlier step beside the grade's work, for two weeks, with a teacher's reason. "
        "May never replace it."
    ),
    propose=propose,
    parameters={
        "unlikely_below": UNLIKELY_BELOW,
        "recent_days": RECENT_DAYS,
        "review_within_days": REVIEW_WITHIN_DAYS,
    },
    lowers_expectation=True,
    review_within_days=REVIEW_WITHIN_DAYS,
)
