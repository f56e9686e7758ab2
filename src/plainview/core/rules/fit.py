"""Which activities fit these children, and what doing one would cost.

In:   a snapshot, the children, the competencies it should be about.
Out:  tasks, the best fit first: about the same way of thinking, then away from the screen.
Not here: whether the children should do it.
"""

from collections.abc import Collection, Sequence
from typing import Any

from plainview.core.learner.piece import Medium
from plainview.core.rules.card import Choice, Task
from plainview.core.rules.line import gettext_noop, line
from plainview.core.rules.snapshot import ActivityView, Snapshot, ref_order

# A card is about one lesson. A project of several days is a child's own choice, not a rule's.
ONE_LESSON = 60

ANOTHER_ACTIVITY = gettext_noop("{activity} instead: {minutes} minutes, {medium}.")


# One lesson. What takes longer is a project, and a project is the child's own choice.
A_LESSON = 45


def fitting(
    snapshot: Snapshot,
    students: Collection[str],
    *,
    about: Collection[str],
    misconception: str = "",
    n_together: int = 0,
    kinds: Sequence[str] = (),
    media: Collection[Medium] = (),
    most_minutes: int = A_LESSON,
) -> tuple[Task, ...]:
    """Tasks for these children. ``n_together`` is how many work at one table; all of them, unless said."""
    size = n_together or len(students)
    fits = [
        a
        for a in candidates(snapshot, about=about, misconception=misconception, kinds=kinds)
        if a.group_min <= size <= a.group_max
        and a.minutes <= most_minutes
        and (not media or a.medium in media)
        and not blocked(snapshot, students, a.ref)
        and not any(a.ref in snapshot.student[s].holds for s in students)
    ]
    return tuple(task(snapshot, students, a.ref) for a in fits)


def candidates(
    snapshot: Snapshot, *, about: Collection[str], misconception: str = "", kinds: Sequence[str] = ()
) -> list[ActivityView]:
    """Activities about this, whoever they are for, the best first; ``kinds`` in the order they are liked."""
    found = [
        a
        for a in snapshot.activity.values()
        if set(a.competencies) & set(about) and (not kinds or a.kind in kinds)
    ]
    return sorted(found, key=lambda a: _preference(a, about, misconception, kinds))


def task(snapshot: Snapshot, students: Collection[str], activity: str) -> Task:
    """The activity as these children could do it today: on paper where screen minutes do not reach."""
    view = snapshot.activity[activity]
    left = min(snapshot.student[s].screen_minutes_left for s in students)
    is_twin = view.screen_minutes > left
    return Task(
        activity=activity,
        minutes=view.minutes,
        adult_minutes=view.adult_minutes,
        medium=Medium.PAPER if is_twin else view.medium,
        screen_minutes=0 if is_twin else view.screen_minutes,
        is_twin=is_twin,
    )


def blocked(snapshot: Snapshot, students: Collection[str], activity: str) -> bool:
    """Whether a support of any of them clashes with the activity as it stands."""
    against = set(snapshot.activity[activity].blocked_by)
    return any(against & set(snapshot.student[s].supports) for s in students)


def another(tasks: tuple[Task, ...]) -> tuple[Choice, ...]:
    """The second-best fit as another choice, where there is one."""
    return tuple(
        Choice(
            name="another_activity",
            say=line(ANOTHER_ACTIVITY, activity=t.activity, minutes=t.minutes, medium=t.medium),
            task=t,
        )
        for t in tasks[1:2]
    )


def _preference(
    view: ActivityView, about: Collection[str], misconception: str, kinds: Sequence[str]
) -> tuple[Any, ...]:
    return (
        bool(misconception) and misconception not in view.misconceptions,
        kinds.index(view.kind) if kinds else 0,
        view.screen_minutes > 0,
        view.group_max == 1,  # with others before alone
        len(set(about) - set(view.competencies)),
        ref_order(view.ref),
    )
