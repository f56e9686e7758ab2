"""Three to six children show the same way of thinking: a lesson for just that, together.

In:   pieces in which a wrong choice or an adult named a misconception.
Out:  a draft for each small group that shares one.
Not here: a level. The group is for one idea and one lesson.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from plainview.core.learner.estimate import State
from plainview.core.learner.piece import Kind, Piece
from plainview.core.rules.because import MANY, mixed, newest, refs, shows_alone, told_or_made
from plainview.core.rules.card import Choice
from plainview.core.rules.fit import another, candidates, fitting
from plainview.core.rules.gather import gather
from plainview.core.rules.line import Line, gettext_noop, line
from plainview.core.rules.rule import Draft, Rule
from plainview.core.rules.snapshot import Snapshot

DO = gettext_noop(
    "Teach a small group, {students}: {activity}, {minutes} minutes, {medium}. It is about {misconception}."
)
SHARED = gettext_noop("{n_pieces} pieces since {since} fit the same thinking, {misconception}: {students}.")
SEEN_BY_A_PERSON = gettext_noop("On {on} the same thinking came up in what {student} said or made ({kind}).")
DIFFERENT_PLACES = gettext_noop(
    "It came up in {n_sources} different tasks, so no single question explains it."
)
SHOW_IT_ALONE = gettext_noop("If {students} each show {competency} twice without help, this card goes away.")
NOT_THE_THINKING = gettext_noop("If a talk shows another reason for the answers, it is not {misconception}.")
WHOLE_CLASS = gettext_noop(
    "Talk about it with the whole class for 5 minutes, with answers that carry no names."
)
ONE_BY_ONE = gettext_noop("Ask each of them alone first: how did you work this out?")
ONLY_CHOICES = gettext_noop(
    "Whether {students} would say so: {misconception} is read from the answers chosen, and nobody has asked."
)

# Two, because one wrong choice may be a slip of the finger.
FEWEST_PIECES = 2
# A way of thinking from before last month may be gone.
RECENT_DAYS = 28
# Below three it is a talk, above six nobody is heard.
FEWEST_CHILDREN, MOST_CHILDREN = 3, 6
# An adult is there in both; at a small table each child is heard.
LESSONS = ("small_group", "conversation")
# Whoever has since shown it twice alone has found the way out.
OUTGROWN_AFTER = 2


def propose(snapshot: Snapshot) -> Iterator[Draft]:
    for competency in snapshot.competency:
        for misconception in sorted(snapshot.misconceptions):
            who = [s for s in snapshot.present if _thinks_so(snapshot, s, competency, misconception)]
            most = _seats(snapshot, competency, misconception)
            for group in gather(snapshot, who, fewest=FEWEST_CHILDREN, most=most):
                yield from _draft(snapshot, group, competency, misconception)


def _seats(snapshot: Snapshot, competency: str, misconception: str) -> int:
    """How many the best lesson holds: six children and a lesson for five are two groups, not none."""
    lessons = candidates(snapshot, about=(competency,), misconception=misconception, kinds=LESSONS)
    return min([MOST_CHILDREN, *(max(FEWEST_CHILDREN, a.group_max) for a in lessons[:1])])


def _thinks_so(snapshot: Snapshot, student: str, competency: str, misconception: str) -> bool:
    pieces = snapshot.pieces(student, competency)
    fits = [p for p in pieces if _names(p, misconception, snapshot.as_of)]
    if len(fits) < FEWEST_PIECES:
        return False
    since = [p for p in pieces[pieces.index(fits[-1]) + 1 :] if shows_alone(p)]
    return (
        len(since) < OUTGROWN_AFTER
        and snapshot.says_enough(student, competency)
        and snapshot.state(student, competency) is not State.STEADY
    )


def _names(piece: Piece, misconception: str, as_of: date) -> bool:
    return piece.misconception == misconception and piece.on > as_of - timedelta(days=RECENT_DAYS)


def _draft(
    snapshot: Snapshot, students: tuple[str, ...], competency: str, misconception: str
) -> Iterator[Draft]:
    tasks = fitting(snapshot, students, about=(competency,), misconception=misconception, kinds=LESSONS)
    if not tasks:
        return
    task = tasks[0]
    found = newest(
        snapshot, students, competency, which=lambda p: _names(p, misconception, snapshot.as_of), each=MANY
    )
    yield Draft(
        students=students,
        competency=competency,
        about=misconception,
        task=task,
        do=line(
            DO,
            students=students,
            activity=task.activity,
            minutes=task.minutes,
            medium=task.medium,
            misconception=misconception,
        ),
        because=_because(snapshot, found, students, competency, misconception),
        carried_by=tuple(piece for _, piece in found),
        would_change=(
            line(SHOW_IT_ALONE, students=students, competency=competency),
            line(NOT_THE_THINKING, misconception=misconception),
        ),
        choices=(
            *another(tasks),
            Choice(name="whole_class", say=line(WHOLE_CLASS)),
            Choice(name="one_by_one", say=line(ONE_BY_ONE)),
        ),
        does_not_know=_not_asked(found, students, misconception),
    )


def _because(
    snapshot: Snapshot,
    found: tuple[tuple[str, Piece], ...],
    students: tuple[str, ...],
    competency: str,
    misconception: str,
) -> tuple[Line, ...]:
    shared = line(
        SHARED,
        n_pieces=len(found),
        since=min(p.on for _, p in found).isoformat(),
        misconception=misconception,
        students=students,
        evidence=refs(_two_each(found)),
    )
    # Where nobody heard the thinking itself, what a person saw of the whole thing stands beside the answers.
    told = _heard(found) or mixed(snapshot, students, competency, which=told_or_made, n=1)
    return (shared, *told, *_different_places(found))


def _heard(found: tuple[tuple[str, Piece], ...]) -> tuple[Line, ...]:
    heard = sorted((f for f in found if f[1].kind is not Kind.ANSWER), key=lambda f: f[1].on)
    return tuple(
        line(SEEN_BY_A_PERSON, on=p.on.isoformat(), student=student, kind=p.kind, evidence=(p.ref,))
        for student, p in heard[-1:]
    )


def _different_places(found: tuple[tuple[str, Piece], ...]) -> tuple[Line, ...]:
    sources = {piece.source: (student, piece) for student, piece in found if piece.source}
    if len(sources) < 2:
        return ()
    return (line(DIFFERENT_PLACES, n_sources=len(sources), evidence=refs(sources.values())),)


def _two_each(found: tuple[tuple[str, Piece], ...]) -> tuple[tuple[str, Piece], ...]:
    """Each child's newest two: every child on the card is linked to, and no line holds forty links."""
    return tuple(f for s in dict(found) for f in [f for f in found if f[0] == s][-2:])


def _not_asked(
    found: tuple[tuple[str, Piece], ...], students: tuple[str, ...], misconception: str
) -> tuple[Line, ...]:
    asked = {s for s, p in found if p.kind is not Kind.ANSWER}
    only_chose = tuple(s for s in students if s not in asked)
    if not only_chose:
        return ()
    return (line(ONLY_CHOICES, students=only_chose, misconception=misconception),)


RULE = Rule(
    name="reteach_together",
    version=1,
    title=gettext_noop("Teach a small group again"),
    words=gettext_noop(
        "When three to six children each show the same way of thinking twice or more within four weeks, "
        "and have not since shown it twice alone, I would teach just that idea to just them, once."
    ),
    written_by="The Plainview authors",
    written_on=date(2026, 11, 21),
    may=gettext_noop("May suggest one lesson for one small group. May not keep a group together."),
    propose=propose,
    parameters={
        "fewest_pieces": FEWEST_PIECES,
        "recent_days": RECENT_DAYS,
        "fewest_children": FEWEST_CHILDREN,
        "most_children": MOST_CHILDREN,
        "outgrown_after": OUTGROWN_AFTER,
    },
)
