"""Only one kind of evidence: look another way before believing it.

In:   which kinds of evidence an estimate rests on.
Out:  a draft for up to four children to look at in another way.
Not here: distrust of any one kind. Four talks and no answer need another look as much as four answers.
"""

from collections.abc import Iterator
from datetime import date

from plainview.core.learner.estimate import State
from plainview.core.learner.piece import Kind, Medium
from plainview.core.rules.because import SCORED, in_words, newest, refs
from plainview.core.rules.card import Choice, Task
from plainview.core.rules.fit import another, fitting
from plainview.core.rules.gather import gather
from plainview.core.rules.line import Line, gettext_noop, line
from plainview.core.rules.rule import Draft, Rule
from plainview.core.rules.snapshot import Snapshot

ACTIVITY = gettext_noop(
    "See {competency} another way, with {students}: {activity}, {minutes} minutes, {medium}."
)
ASK = gettext_noop(
    "Ask {students} to show you {competency} with paper or objects and say why, {minutes} minutes each."
)
WRITE = gettext_noop("Ask {students} for a few written answers on {competency}, {minutes} minutes, on paper.")
ONE_KIND = gettext_noop("All {n_pieces} pieces on {competency} are of one kind ({kind}): {students}.")
SAME = gettext_noop("If another kind of evidence says the same about {competency}, we can trust it more.")
DIFFERENT = gettext_noop(
    "If it says something else about {students}, we know that the way of asking matters."
)
OWN_WAY = gettext_noop("Let {students} choose how to show it: build, draw, explain or write.")
WATCH = gettext_noop("Watch {students} in their next piece of work and write one sentence each.")
ELSE = gettext_noop("Whether {students} can do {competency} in any way but this one ({kind}).")

# With three pieces one may still wait for the fourth to be of another kind.
FEWEST_PIECES = 4
# Each talk takes minutes of a person: four are a quarter of an hour.
MOST_CHILDREN = 4
MINUTES_EACH = 3
AWAY_FROM_THE_SCREEN = (Medium.PAPER, Medium.HANDS_ON, Medium.TALK)


def propose(snapshot: Snapshot) -> Iterator[Draft]:
    for competency in snapshot.competency:
        for kind in Kind:
            who = [s for s in snapshot.present if _only(snapshot, s, competency, kind)]
            for group in gather(snapshot, who, fewest=1, most=MOST_CHILDREN):
                yield _draft(snapshot, group, competency, kind)


def _only(snapshot: Snapshot, student: str, competency: str, kind: Kind) -> bool:
    if len(snapshot.pieces(student, competency)) < FEWEST_PIECES or not snapshot.says_enough(
        student, competency
    ):
        return False
    return (
        snapshot.estimate(student, competency).kinds == (kind,)
        and not snapshot.aged(student, competency).is_old
        and snapshot.state(student, competency) is not State.STEADY
    )


def _draft(snapshot: Snapshot, students: tuple[str, ...], competency: str, kind: Kind) -> Draft:
    tasks = _tasks(snapshot, students, competency, kind)
    last = newest(snapshot, students, competency, each=2)
    pieces = tuple(piece for s in students for piece in snapshot.pieces(s, competency))
    return Draft(
        students=students,
        competency=competency,
        about=kind,
        task=tasks[0],
        do=_do(tasks[0], students, competency, kind),
        because=(
            line(
                ONE_KIND,
                n_pieces=len(pieces),
                competency=competency,
                kind=kind,
                students=students,
                evidence=refs(last),
            ),
            in_words(competency, *last[-1]),
        ),
        carried_by=pieces,
        would_change=(line(SAME, competency=competency), line(DIFFERENT, students=students)),
        choices=(
            *(another(tasks) if len(tasks) > 1 and tasks[1].activity else ()),
            Choice(name="own_way", say=line(OWN_WAY, students=students)),
            Choice(name="watch", say=line(WATCH, students=students)),
        ),
        does_not_know=(line(ELSE, students=students, competency=competency, kind=kind),),
    )


def _tasks(snapshot: Snapshot, students: tuple[str, ...], competency: str, kind: Kind) -> tuple[Task, ...]:
    """After answers something to talk over or handle, after talk something written; a plain asking always."""
    if kind not in SCORED:
        return (Task(minutes=MINUTES_EACH, adult_minutes=1, medium=Medium.PAPER),)
    plain_asking = Task(minutes=MINUTES_EACH, adult_minutes=MINUTES_EACH * len(students), medium=Medium.TALK)
    talks = fitting(
        snapshot,
        students,
        about=(competency,),
        kinds=("conversation", "small_group", "game"),
        media=AWAY_FROM_THE_SCREEN,
    )
    return (*talks, plain_asking)


def _do(task: Task, students: tuple[str, ...], competency: str, kind: Kind) -> Line:
    if task.activity:
        return line(
            ACTIVITY,
            competency=competency,
            students=students,
            activity=task.activity,
            minutes=task.minutes,
            medium=task.medium,
        )
    return line(
        ASK if kind in SCORED else WRITE, students=students, competency=competency, minutes=task.minutes
    )


RULE = Rule(
    name="look_another_way",
    version=1,
    title=gettext_noop("Look another way"),
    words=gettext_noop(
        "When four pieces or more are all of one kind, I would look another way before believing them: "
        "after answers a talk or something in the hands, after talks something written."
    ),
    written_by="The Plainview authors",
    written_on=date(2026, 11, 21),
    may=gettext_noop("May suggest a talk, a task or a few written answers. May not call the evidence wrong."),
    propose=propose,
    parameters={"fewest_pieces": FEWEST_PIECES, "most_children": MOST_CHILDREN},
)
