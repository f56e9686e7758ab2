"""How sure, and what is not known: for these children, from their own pieces.

In:   a snapshot, a child, a competency.
Out:  how sure in words and a range; sentences about what the evidence leaves open.
Not here: the sentence "a model can be wrong". Who reads it learns nothing about this child.
"""

from collections.abc import Collection

from plainview.core.learner.estimate import Aged, Estimate, State
from plainview.core.learner.piece import Helped, Kind, Medium, Piece
from plainview.core.rules.card import Sure
from plainview.core.rules.line import Line, gettext_noop, line
from plainview.core.rules.snapshot import Snapshot

QUITE_SURE = gettext_noop(
    "{student} on {competency}: {state}. Quite sure: between {low} and {high}, from {n_pieces} pieces on "
    "{n_days} days."
)
FAIRLY_SURE = gettext_noop(
    "{student} on {competency}: {state}. Fairly sure: between {low} and {high}, from {n_pieces} pieces on "
    "{n_days} days."
)
UNSURE = gettext_noop(
    "{student} on {competency}: {state}. Unsure: between {low} and {high}, from {n_pieces} pieces on "
    "{n_days} days."
)
ALL_OF_ONE_KIND = gettext_noop("All of it is of one kind: {kinds}.")
IS_OLD = gettext_noop("The newest piece is from {on}, {n_days} days ago. That widens the range.")
EARNED_STAYS = gettext_noop("What was earned stays. The evidence by itself now says: {state}.")
YOUR_WORD = gettext_noop("That is your own word, and it wins. The evidence by itself says: {state}.")

ALL_WIDE = gettext_noop("Each of these estimates is still wide.")
THE_ONE_IS_WIDE = gettext_noop("This estimate is still wide.")
RESTS_ON_ONE = gettext_noop("The card rests on one piece ({kind}).")
RESTS_ON_ALIKE = gettext_noop("The card rests on {n_pieces} pieces of the same kind ({kind}).")
RESTS_ON_SEVERAL = gettext_noop("The card rests on {n_pieces} pieces ({kinds}).")

NO_TALK = gettext_noop(
    "How {students} would explain {competency}: nobody has written down a talk or an observation yet."
)
ONLY_ON_SCREEN = gettext_noop(
    "How {students} would do this on paper or with objects: every piece on {competency} is from a screen."
)
WITH_HELP = gettext_noop(
    "What {student} does alone on {competency}: with help, {n_helped} of {n_pieces} pieces."
)
OTHER_LANGUAGE = gettext_noop(
    "Whether the words or the mathematics got in the way for {student}, who also speaks {language}: the "
    "pieces do not say."
)
SUPPORTS_THEN = gettext_noop(
    "Whether the supports of {student} ({supports}) were in place when these pieces were made."
)
SINCE_THEN = gettext_noop(
    "What {students} may have learned of {competency} since {since}: nothing is written down after that day."
)
ONLY_TODAY = gettext_noop(
    "Whether {students} can still do {competency} in a week: the newest piece is from today."
)

# Half of the range 0..1 or more says little; a quarter or less says enough to speak plainly.
UNSURE_FROM, QUITE_SURE_TO = 0.5, 0.25
MOST_DOUBTS = 4


def how_sure(snapshot: Snapshot, student: str, competency: str) -> Sure:
    """Part 3 of a card, for one child and one competency with enough evidence."""
    estimate, old = snapshot.estimate(student, competency), snapshot.aged(student, competency)
    if estimate.newest_on is None:
        raise ValueError(f"{student}, {competency}: nothing was looked at, so nothing can be sure.")
    judged = snapshot.student[student].judged.get(competency)
    return Sure(
        student=student,
        competency=competency,
        low=old.low,
        high=old.high,
        n_pieces=estimate.n_pieces,
        n_kinds=estimate.n_kinds,
        n_days=estimate.n_days,
        newest_on=estimate.newest_on,
        is_old=old.is_old,
        state=estimate.state,
        held=snapshot.held(student, competency),
        judged=judged,
        lines=_sure_lines(snapshot, student, competency, estimate, judged),
    )


def _sure_lines(
    snapshot: Snapshot, student: str, competency: str, estimate: Estimate, judged: State | None
) -> tuple[Line, ...]:
    old = snapshot.aged(student, competency)
    lines = [
        line(
            level(old.high - old.low, UNSURE, FAIRLY_SURE, QUITE_SURE),
            student=student,
            competency=competency,
            state=snapshot.held(student, competency),
            low=old.low,
            high=old.high,
            n_pieces=estimate.n_pieces,
            n_days=estimate.n_days,
        )
    ]
    if judged:
        lines.append(line(YOUR_WORD, state=estimate.state))
    elif estimate.state is not snapshot.held(student, competency):
        lines.append(line(EARNED_STAYS, state=estimate.state))
    return (*lines, *kinds_and_age(estimate, old))


def kinds_and_age(estimate: Estimate, old: Aged) -> tuple[Line, ...]:
    lines = []
    if estimate.n_kinds == 1:
        lines.append(line(ALL_OF_ONE_KIND, kinds=estimate.kinds))
    if old.is_old:
        lines.append(line(IS_OLD, on=str(estimate.newest_on), n_days=old.days))
    return tuple(lines)


def level(width: float, unsure: str, fairly: str, quite: str) -> str:
    return unsure if width >= UNSURE_FROM else quite if width <= QUITE_SURE_TO else fairly


def rests_on(how_sure: Collection[Sure], carried_by: Collection[Piece]) -> tuple[Line, ...]:
    """What carries a card when no estimate on it says much: said plainly, with how many and of which kind."""
    if any(sure.high - sure.low < UNSURE_FROM for sure in how_sure):
        return ()
    kinds = tuple(kind for kind in Kind if any(piece.kind is kind for piece in carried_by))
    wide = line(ALL_WIDE if len(how_sure) > 1 else THE_ONE_IS_WIDE)
    if len(carried_by) == 1:
        return (wide, line(RESTS_ON_ONE, kind=kinds[0]))
    if len(kinds) == 1:
        return (wide, line(RESTS_ON_ALIKE, n_pieces=len(carried_by), kind=kinds[0]))
    return (wide, line(RESTS_ON_SEVERAL, n_pieces=len(carried_by), kinds=kinds))


def not_known(snapshot: Snapshot, students: Collection[str], competency: str) -> tuple[Line, ...]:
    """What the pieces of these children leave open. Never empty: the last doubt always holds."""
    each = [doubt for s in students for doubt in _about_one(snapshot, s, competency)]
    shared = _about_all(snapshot, tuple(students), competency)
    # The time since is always true and so says least: it comes last, and always gets its place.
    return (*shared[:-1], *each)[: MOST_DOUBTS - 1] + shared[-1:]


def _about_all(snapshot: Snapshot, students: tuple[str, ...], competency: str) -> tuple[Line, ...]:
    pieces = {s: snapshot.pieces(s, competency) for s in students}
    untold = tuple(s for s in students if not any(p.kind in (Kind.TALK, Kind.OBSERVATION) for p in pieces[s]))
    screen = tuple(s for s in students if all(p.medium is Medium.SCREEN for p in pieces[s]))
    lines = [
        line(say, students=who, competency=competency)
        for say, who in ((NO_TALK, untold), (ONLY_ON_SCREEN, screen))
        if who
    ]
    newest = max(p.on for s in students for p in pieces[s])
    if newest < snapshot.as_of:
        return (*lines, line(SINCE_THEN, students=students, competency=competency, since=newest.isoformat()))
    return (*lines, line(ONLY_TODAY, students=students, competency=competency))


def _about_one(snapshot: Snapshot, student: str, competency: str) -> tuple[Line, ...]:
    view, pieces = snapshot.student[student], snapshot.pieces(student, competency)
    helped = [p for p in pieces if p.helped is not Helped.NONE]
    lines = []
    if 2 * len(helped) >= len(pieces):
        lines.append(
            line(
                WITH_HELP, student=student, competency=competency, n_helped=len(helped), n_pieces=len(pieces)
            )
        )
    if view.language != snapshot.language:
        lines.append(line(OTHER_LANGUAGE, student=student, language=view.language))
    if view.supports:
        lines.append(line(SUPPORTS_THEN, student=student, supports=view.supports))
    return tuple(lines)
