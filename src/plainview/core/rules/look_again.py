"""What was shown long ago, where new work builds on it: look again.

In:   the age of the evidence, and what the child works on now.
Out:  a draft for up to six children to look at again on the same thing.
Not here: forgetting. We do not know that anything was forgotten; that is why we look.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from plainview.core.learner.estimate import OLD_AFTER_DAYS, State
from plainview.core.learner.piece import Medium, Piece
from plainview.core.rules.because import in_words, newest, refs
from plainview.core.rules.card import Choice, Task
from plainview.core.rules.gather import gather
from plainview.core.rules.line import Line, gettext_noop, line
from plainview.core.rules.rule import Draft, Rule
from plainview.core.rules.snapshot import Snapshot, ref_order

DO = gettext_noop(
    "Look again at {competency} with {students}: two questions on paper, or a short talk, {minutes} minutes."
)
LONG_AGO = gettext_noop("Nothing on {competency} since {since} or longer: {students}.")
BUILDS_ON_IT = gettext_noop("{next_competency}, which builds on it, has begun for {students}.")
STILL_THERE = gettext_noop(
    "A fresh piece on {competency} for each child, and this card goes away: {students}."
)
WATCH = gettext_noop(
    "Watch {students} for {competency} in their work on {next_competency}, and write down what you see."
)
WARM_UP = gettext_noop("Use {competency} as a warm-up for everyone.")
ELSEWHERE = gettext_noop("Whether {students} used {competency} in other subjects or at home since {since}.")

# New work from the last three weeks is work of now.
NOW_DAYS = 21
MOST_CHILDREN = 6
MINUTES = 5
ONCE_SHOWN = (State.GETTING_STEADY, State.STEADY)


def propose(snapshot: Snapshot) -> Iterator[Draft]:
    for competency in snapshot.competency:
        who = [s for s in snapshot.present if _is_due(snapshot, s, competency)]
        for group in gather(snapshot, who, fewest=1, most=MOST_CHILDREN):
            yield _draft(snapshot, group, competency)


def _is_due(snapshot: Snapshot, student: str, competency: str) -> bool:
    return bool(
        _works_on(snapshot, student, competency)
        and snapshot.says_enough(student, competency)
        and snapshot.aged(student, competency).is_old
        and snapshot.state(student, competency) in ONCE_SHOWN
    )


def _works_on(snapshot: Snapshot, student: str, competency: str) -> tuple[tuple[str, Piece], ...]:
    """The child's newest piece of these weeks on each thing that builds on this one."""
    since = snapshot.as_of - timedelta(days=NOW_DAYS)
    following = sorted(snapshot.competency[competency].next, key=ref_order)
    return tuple((c, p) for c in following for p in snapshot.pieces(student, c)[-1:] if p.on > since)


def _draft(snapshot: Snapshot, students: tuple[str, ...], competency: str) -> Draft:
    last = newest(snapshot, students, competency)
    since = max(p.on for _, p in last).isoformat()
    following = _works_on(snapshot, students[0], competency)[0][0]
    return Draft(
        students=students,
        competency=competency,
        needs=snapshot.competency[competency].next,
        task=Task(minutes=MINUTES, adult_minutes=MINUTES, medium=Medium.PAPER),
        do=line(DO, competency=competency, students=students, minutes=MINUTES),
        because=(
            line(LONG_AGO, competency=competency, since=since, students=students, evidence=refs(last)),
            _builds_on_it(snapshot, students, competency, following),
            in_words(competency, *last[0]),
        ),
        would_change=(line(STILL_THERE, competency=competency, students=students),),
        choices=(
            Choice(
                name="watch",
                say=line(WATCH, competency=competency, students=students, next_competency=following),
            ),
            Choice(name="warm_up", say=line(WARM_UP, competency=competency)),
        ),
        does_not_know=(line(ELSEWHERE, students=students, competency=competency, since=since),),
    )


def _builds_on_it(snapshot: Snapshot, students: tuple[str, ...], competency: str, following: str) -> Line:
    found = {s: p for s in students for c, p in _works_on(snapshot, s, competency) if c == following}
    return line(BUILDS_ON_IT, next_competency=following, students=tuple(found), evidence=refs(found.items()))


RULE = Rule(
    name="look_again",
    version=1,
    title=gettext_noop("Look again at what is old"),
    words=gettext_noop(
        "When a child once showed something well, nothing has been written down on it for six weeks, and "
        "she now works on something that builds on it, I would look again for five minutes."
    ),
    written_by="The Plainview authors",
    written_on=date(2026, 11, 21),
    may=gettext_noop("May suggest five minutes of looking. May not take back what was earned."),
    propose=propose,
    parameters={"old_after_days": OLD_AFTER_DAYS, "now_days": NOW_DAYS, "most_children": MOST_CHILDREN},
)
