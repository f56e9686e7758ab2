"""Steady in one thing, and little seen of the next: offer the step.

In:   states, and what comes after what.
Out:  a draft for up to six children who stand before the same step.
Not here: a push. The step is offered; a child may stay and go deeper.
"""

from collections.abc import Iterator
from datetime import date

from plainview.core.learner.estimate import State
from plainview.core.rules.because import has_shown, mixed, newest, refs, shows
from plainview.core.rules.card import Choice, Task
from plainview.core.rules.fit import another, fitting
from plainview.core.rules.gather import gather
from plainview.core.rules.line import Line, gettext_noop, line
from plainview.core.rules.rule import Draft, Rule
from plainview.core.rules.snapshot import Snapshot

DO = gettext_noop(
    "Offer {students} the next step, {next_competency}: {activity}, {minutes} minutes, {medium}."
)
STEADY_NOW = gettext_noop("Steady on {competency}: {students}. {next_competency} builds on it.")
STAYS_ON = gettext_noop(
    "A piece on {competency} that does not show it, or a child who would rather stay a while."
)
GO_DEEPER = gettext_noop("Stay with {competency} and go deeper: {activity}, {minutes} minutes, {medium}.")
MAKE_ONE = gettext_noop("Stay with {competency}: let {students} make up a problem for someone else.")
THEY_CHOOSE = gettext_noop("Let {students} choose between the next step and staying.")
NOT_LOOKED = gettext_noop(
    "Whether {students} can do {prerequisite}, which {next_competency} also builds on: not enough to say."
)

# A project goes over several lessons; beyond ten hours it is a term's.
A_PROJECT = 600
# More than six and it is the class's next lesson, not an offer.
MOST_CHILDREN = 6


def propose(snapshot: Snapshot) -> Iterator[Draft]:
    for competency, view in snapshot.competency.items():
        for following in view.next:
            if following in snapshot.competency:
                who = [s for s in snapshot.present if _stands_before(snapshot, s, competency, following)]
                for group in gather(snapshot, who, fewest=1, most=MOST_CHILDREN):
                    yield from _draft(snapshot, group, competency, following)


def _stands_before(snapshot: Snapshot, student: str, competency: str, following: str) -> bool:
    return (
        snapshot.says_enough(student, competency)
        and snapshot.state(student, competency) is State.STEADY
        and has_shown(snapshot, student, competency)
        and not snapshot.aged(student, competency).is_old
        and not snapshot.says_enough(student, following)
        and following not in snapshot.student[student].judged
        and not any(
            _speaks_against(snapshot, student, c) for c in _also_before(snapshot, competency, following)
        )
        and not any(following in snapshot.activity[a].competencies for a in _held(snapshot, student))
    )


def _held(snapshot: Snapshot, student: str) -> list[str]:
    return [a for a in snapshot.student[student].holds if a in snapshot.activity]


def _also_before(snapshot: Snapshot, competency: str, following: str) -> tuple[str, ...]:
    requires = snapshot.competency[following].requires
    return tuple(c for c in requires if c != competency and c in snapshot.competency)


def _speaks_against(snapshot: Snapshot, student: str, competency: str) -> bool:
    """There is enough to say, and it says: not steady yet."""
    on_the_way = (State.STEADY, State.GETTING_STEADY)
    return snapshot.says_enough(student, competency) and snapshot.state(student, competency) not in on_the_way


def _draft(snapshot: Snapshot, students: tuple[str, ...], competency: str, following: str) -> Iterator[Draft]:
    tasks = _tasks(snapshot, students, following)
    if not tasks:
        return
    task = tasks[0]
    also = _also_before(snapshot, competency, following)
    steady = line(
        STEADY_NOW,
        students=students,
        competency=competency,
        next_competency=following,
        evidence=refs(newest(snapshot, students, competency, which=shows, each=2)),
    )
    yield Draft(
        students=students,
        competency=competency,
        about=following,
        needs=(following, *also),
        task=task,
        do=line(
            DO,
            students=students,
            next_competency=following,
            activity=task.activity,
            minutes=task.minutes,
            medium=task.medium,
        ),
        because=(steady, *mixed(snapshot, students, competency, which=shows)),
        would_change=(line(STAYS_ON, competency=competency),),
        choices=(
            *another(tasks),
            *_deeper(snapshot, students, competency),
            Choice(name="they_choose", say=line(THEY_CHOOSE, students=students)),
        ),
        does_not_know=_not_looked(snapshot, students, also, following),
    )


def _tasks(snapshot: Snapshot, students: tuple[str, ...], competency: str) -> tuple[Task, ...]:
    """Together if an activity holds them all; else each alone."""
    together = fitting(snapshot, students, about=(competency,))
    return together or fitting(snapshot, students, about=(competency,), n_together=1)


def _deeper(snapshot: Snapshot, students: tuple[str, ...], competency: str) -> tuple[Choice, ...]:
    projects = fitting(snapshot, students, about=(competency,), kinds=("project",), most_minutes=A_PROJECT)
    if not projects:
        return (Choice(name="go_deeper", say=line(MAKE_ONE, competency=competency, students=students)),)
    task = projects[0]
    say = line(
        GO_DEEPER, competency=competency, activity=task.activity, minutes=task.minutes, medium=task.medium
    )
    return (Choice(name="go_deeper", say=say, task=task),)


def _not_looked(
    snapshot: Snapshot, students: tuple[str, ...], also: tuple[str, ...], following: str
) -> tuple[Line, ...]:
    unknown = {c: tuple(s for s in students if not snapshot.says_enough(s, c)) for c in also}
    return tuple(
        line(NOT_LOOKED, students=who, prerequisite=c, next_competency=following)
        for c, who in unknown.items()
        if who
    )


RULE = Rule(
    name="move_on",
    version=1,
    title=gettext_noop("Offer the next step"),
    words=gettext_noop(
        "When a child is steady on something, the evidence is not old, and there is not enough to say "
        "about what comes next, I would offer the next step, unless something else it builds on is not "
        "steady yet. The child may stay."
    ),
    written_by="The Plainview authors",
    written_on=date(2026, 11, 21),
    may=gettext_noop("May offer an activity on what comes next. May not take anything off a plan."),
    propose=propose,
    parameters={"most_children": MOST_CHILDREN},
)
