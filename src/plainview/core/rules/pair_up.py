"""Two children, each steady in what the other is still working on.

In:   states on every competency with enough evidence.
Out:  a draft for each pair, nobody in two.
Not here: a tutor and a pupil. Each has something to show, or there is no pair.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from plainview.core.learner.estimate import State
from plainview.core.rules.because import has_shown, newest, refs, shows
from plainview.core.rules.card import Choice, Task
from plainview.core.rules.fit import another, fitting
from plainview.core.rules.line import Line, gettext_noop, line
from plainview.core.rules.rule import Draft, Rule
from plainview.core.rules.snapshot import Snapshot, ref_order

DO = gettext_noop("Pair {student} and {partner}: {activity}, {minutes} minutes, {medium}.")
CAN_SHOW = gettext_noop("{student} shows {competency} steadily.")
BOTH_WAYS = gettext_noop(
    "In their newest work each is still on the way with what the other can show: {students}."
)
ONE_TURN_STAYS = gettext_noop(
    "If {student} or {partner} shows both, {competency} and {next_competency}, they need no pair for it."
)
RATHER_NOT = gettext_noop("If {student} or {partner} would rather work with someone else.")
THEY_CHOOSE = gettext_noop("Let {student} and {partner} each choose a partner.")
WITH_YOU = gettext_noop("Sit with each of them for 5 minutes instead.")
NEVER_TOGETHER = gettext_noop(
    "How {student} and {partner} work together: they have shared no group that is written down."
)
LAST_TOGETHER = gettext_noop(
    "How it went when {student} and {partner} shared a group on {on}: nothing here says."
)

# In the order in which two get something out of it for each other.
FOR_TWO = ("game", "conversation", "small_group", "reading", "practice")
# The same two at one table every week is a seating plan, not a pairing.
REST_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Strengths:
    """What one child can show another, and what she is still working on."""

    steady: frozenset[str]
    on_the_way: frozenset[str]


def propose(snapshot: Snapshot) -> Iterator[Draft]:
    known = {s: _strengths(snapshot, s) for s in snapshot.present}
    taken: set[str] = set()
    for one, other in combinations(snapshot.present, 2):
        if taken & {one, other} or not _may_pair(snapshot, one, other):
            continue
        draft = _first_fit(snapshot, one, other, known)
        if draft:
            taken |= {one, other}
            yield draft


def _strengths(snapshot: Snapshot, student: str) -> Strengths:
    said = [
        c
        for c in snapshot.competency
        if snapshot.says_enough(student, c) and not snapshot.aged(student, c).is_old
    ]
    steady = frozenset(c for c in said if snapshot.state(student, c) is State.STEADY)
    can_show = frozenset(c for c in steady if has_shown(snapshot, student, c))
    return Strengths(steady=can_show, on_the_way=frozenset(said) - steady)


def _may_pair(snapshot: Snapshot, one: str, other: str) -> bool:
    last = _last_together(snapshot, one, other)
    rested = last is None or last <= snapshot.as_of - timedelta(days=REST_DAYS)
    return rested and snapshot.may_work_together((one, other))


def _last_together(snapshot: Snapshot, one: str, other: str) -> date | None:
    records = (*snapshot.student[one].groups, *snapshot.student[other].groups)
    return max((g.on for g in records if {one, other} <= set(g.members)), default=None)


def _first_fit(snapshot: Snapshot, one: str, other: str, known: Mapping[str, Strengths]) -> Draft | None:
    gives = sorted(known[one].steady & known[other].on_the_way, key=ref_order)
    takes = sorted(known[other].steady & known[one].on_the_way, key=ref_order)
    for competency in gives:
        for second in takes:
            if tasks := fitting(snapshot, (one, other), about=(competency, second), kinds=FOR_TWO):
                return _draft(snapshot, one, other, competency, second, tasks)
    return None


def _draft(
    snapshot: Snapshot, one: str, other: str, competency: str, second: str, tasks: tuple[Task, ...]
) -> Draft:
    task = tasks[0]
    can_one = refs(newest(snapshot, (one,), competency, which=shows, each=2))
    can_other = refs(newest(snapshot, (other,), second, which=shows, each=2))
    working = newest(snapshot, (one,), second) + newest(snapshot, (other,), competency)
    return Draft(
        students=(one, other),
        competency=competency,
        about=second,
        looks_at=(competency, second),
        task=task,
        do=line(
            DO, student=one, partner=other, activity=task.activity, minutes=task.minutes, medium=task.medium
        ),
        because=(
            line(CAN_SHOW, student=one, competency=competency, evidence=can_one),
            line(CAN_SHOW, student=other, competency=second, evidence=can_other),
            line(BOTH_WAYS, students=(one, other), evidence=refs(working)),
        ),
        would_change=(
            line(ONE_TURN_STAYS, student=one, partner=other, competency=competency, next_competency=second),
            line(RATHER_NOT, student=one, partner=other),
        ),
        choices=(
            *another(tasks),
            Choice(name="they_choose", say=line(THEY_CHOOSE, student=one, partner=other)),
            Choice(name="with_you", say=line(WITH_YOU)),
        ),
        does_not_know=(_how_together(snapshot, one, other),),
    )


def _how_together(snapshot: Snapshot, one: str, other: str) -> Line:
    last = _last_together(snapshot, one, other)
    if last is None:
        return line(NEVER_TOGETHER, student=one, partner=other)
    return line(LAST_TOGETHER, student=one, partner=other, on=last.isoformat())


RULE = Rule(
    name="pair_up",
    version=1,
    title=gettext_noop("Pair two who can show each other something"),
    words=gettext_noop(
        "When two children are each steady in something the other is still working on, and have not "
        "shared a group for two weeks, I would give them something to do together. Nobody is the teacher "
        "of the other."
    ),
    written_by="The Plainview authors",
    written_on=date(2026, 11, 21),
    may=gettext_noop("May suggest one activity for two. May not make one child responsible for another."),
    propose=propose,
    parameters={"rest_days": REST_DAYS},
)
