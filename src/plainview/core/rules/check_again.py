"""Nearly steady: two or three fresh questions on paper before anything new.

In:   states, and how the pieces are spread over days and kinds.
Out:  a draft for up to six children to check with on the same thing.
Not here: a test. It is not marked, and a "not yet" takes nothing away.
"""

from collections.abc import Iterator
from datetime import date

from plainview.core.learner.estimate import State
from plainview.core.learner.piece import Medium
from plainview.core.rules.because import has_shown, mixed, newest, refs, shows
from plainview.core.rules.card import Choice, Task
from plainview.core.rules.gather import gather
from plainview.core.rules.line import gettext_noop, line
from plainview.core.rules.rule import Draft, Rule
from plainview.core.rules.snapshot import Snapshot

DO = gettext_noop(
    "Check {competency} once more with {students}: three fresh questions on paper, {minutes} minutes, "
    "without help."
)
# No state's own word: a child's page may say that more was earned.
NEARLY = gettext_noop("Nearly there on {competency}: {students}. Something new builds on it.")
IF_SHOWN = gettext_noop(
    "If {students} can show {competency} now, days after the last time, what comes next can come."
)
IF_NOT = gettext_noop(
    "If the questions do not show it, more time on {competency} comes first, and nothing is taken off."
)
ASK_ALOUD = gettext_noop("Ask {students} to explain one of their own pieces aloud, 2 minutes each.")
IN_THE_NEXT_LESSON = gettext_noop("Put one question on {competency} into the next lesson for everyone.")

# Right after practice a check shows the practice.
REST_DAYS = 2
# Rather known than not, by a good way: a check that will likely be a "not yet" is no kindness.
LIKELY_FROM = 0.75
# With one kind only, another kind says more than one more of the same: that is look_another_way's.
FEWEST_KINDS = 2
MOST_CHILDREN = 6
MINUTES = 5


def propose(snapshot: Snapshot) -> Iterator[Draft]:
    for competency, view in snapshot.competency.items():
        if view.next:
            who = [s for s in snapshot.present if _nearly(snapshot, s, competency)]
            for group in gather(snapshot, who, fewest=1, most=MOST_CHILDREN):
                yield _draft(snapshot, group, competency)


def _nearly(snapshot: Snapshot, student: str, competency: str) -> bool:
    if not snapshot.says_enough(student, competency):
        return False
    estimate, old = snapshot.estimate(student, competency), snapshot.aged(student, competency)
    return (
        snapshot.state(student, competency) is State.GETTING_STEADY
        and has_shown(snapshot, student, competency)
        and estimate.p_known >= LIKELY_FROM
        and estimate.n_kinds >= FEWEST_KINDS
        and old.days >= REST_DAYS
        and not old.is_old
    )


def _draft(snapshot: Snapshot, students: tuple[str, ...], competency: str) -> Draft:
    nearly = line(
        NEARLY,
        competency=competency,
        students=students,
        evidence=refs(newest(snapshot, students, competency, which=shows, each=2)),
    )
    return Draft(
        students=students,
        competency=competency,
        task=Task(minutes=MINUTES, adult_minutes=MINUTES, medium=Medium.PAPER),
        needs=snapshot.competency[competency].next[:1],
        do=line(DO, competency=competency, students=students, minutes=MINUTES),
        because=(nearly, *mixed(snapshot, students, competency)),
        would_change=(
            line(IF_SHOWN, students=students, competency=competency),
            line(IF_NOT, competency=competency),
        ),
        choices=(
            Choice(
                name="ask_aloud",
                say=line(ASK_ALOUD, students=students),
                task=Task(minutes=2, adult_minutes=2 * len(students), medium=Medium.TALK),
            ),
            Choice(name="next_lesson", say=line(IN_THE_NEXT_LESSON, competency=competency)),
        ),
    )


RULE = Rule(
    name="check_again",
    version=1,
    title=gettext_noop("Check once more before moving on"),
    words=gettext_noop(
        "When a child is getting steady, has shown it in two kinds of evidence, and has had two days' "
        "rest, I would ask three fresh questions on paper before anything new. Nothing is marked."
    ),
    written_by="The Plainview authors",
    written_on=date(2026, 11, 21),
    may=gettext_noop("May suggest five minutes on paper. May not hold a child back from anything."),
    propose=propose,
    parameters={
        "rest_days": REST_DAYS,
        "likely_from": LIKELY_FROM,
        "fewest_kinds": FEWEST_KINDS,
        "most_children": MOST_CHILDREN,
    },
)
