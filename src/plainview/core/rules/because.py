"""Reasons: single pieces in words, answers and what people saw mixed.

In:   the pieces of the children on a card.
Out:  lines that link to real work. The site adds the date, the source and who entered it.
Not here: opinions. A line without a piece behind it is none.
"""

from collections.abc import Callable, Collection, Iterable

from plainview.core.learner.piece import Helped, Kind, Piece
from plainview.core.rules.line import Line, gettext_noop, line
from plainview.core.rules.snapshot import Snapshot, ref_order

SHOWED = gettext_noop("{student} showed {competency} on {on} ({kind}).")
SHOWED_WITH_HELP = gettext_noop("{student} showed {competency} on {on}, with help ({kind}, {helped}).")
PARTLY = gettext_noop("{student} showed part of {competency} on {on} ({kind}).")
NOT_YET = gettext_noop("{student} did not show {competency} yet on {on} ({kind}).")
SAID_YES = gettext_noop("{student} said on {on} of {competency}: I can do this.")
SAID_PARTLY = gettext_noop("{student} said on {on} of {competency}: I can do part of this.")
SAID_NOT_YET = gettext_noop("{student} said on {on} of {competency}: not yet.")

SHOWS = 0.75  # as core.learner.states has it: "partly" is not yet a showing
PARTLY_FROM = 0.25
SCORED = frozenset({Kind.ANSWER, Kind.RUBRIC})
# A line with forty links is no reason but a heap; the newest few say it.
MOST_LINKS = 12

MANY = 1000

Which = Callable[[Piece], bool]


def anything(piece: Piece) -> bool:
    return True


def shows(piece: Piece) -> bool:
    return piece.shown >= SHOWS


def told_or_made(piece: Piece) -> bool:
    return piece.kind not in SCORED


def shows_alone(piece: Piece) -> bool:
    return shows(piece) and piece.helped is Helped.NONE


def not_yet(piece: Piece) -> bool:
    return piece.shown < SHOWS


def has_shown(snapshot: Snapshot, student: str, competency: str) -> bool:
    """Whether there is a showing to link to: a teacher may call a child steady who has shown nothing yet."""
    return any(shows(piece) for piece in snapshot.pieces(student, competency))


def newest(
    snapshot: Snapshot, students: Collection[str], competency: str, *, which: Which = anything, each: int = 1
) -> tuple[tuple[str, Piece], ...]:
    """The newest pieces of each child, child by child in the order of references."""
    return tuple(
        (student, piece)
        for student in sorted(students, key=ref_order)
        for piece in [p for p in snapshot.pieces(student, competency) if which(p)][-each:]
    )


def refs(found: Iterable[tuple[str, Piece]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.ref for _, piece in found))[:MOST_LINKS]


def in_words(competency: str, student: str, piece: Piece) -> Line:
    """One piece as one line."""
    gaps: dict[str, str] = {"student": student, "competency": competency, "on": piece.on.isoformat()}
    if piece.kind is Kind.SELF_ASSESSMENT:
        return line(_said(piece), evidence=(piece.ref,), **gaps)
    if shows(piece) and piece.helped is not Helped.NONE:
        return line(SHOWED_WITH_HELP, evidence=(piece.ref,), kind=piece.kind, helped=piece.helped, **gaps)
    return line(_did(piece), evidence=(piece.ref,), kind=piece.kind, **gaps)


def mixed(
    snapshot: Snapshot, students: Collection[str], competency: str, *, which: Which = anything, n: int = 2
) -> tuple[Line, ...]:
    """The newest piece that a person put in words, and the newest that was scored; each as a line."""
    found = newest(snapshot, students, competency, which=which, each=MANY)
    found = tuple(sorted(found, key=lambda f: (f[1].on, ref_order(f[1].ref)), reverse=True))
    told = [f for f in found if f[1].kind not in SCORED][:1]
    scored = [f for f in found if f[1].kind in SCORED]
    # Another child than the one already told of, where there is one.
    scored.sort(key=lambda f: any(f[0] == student for student, _ in told))
    chosen = [*told, *scored[:1]]
    chosen += [f for f in found if f not in chosen]
    return tuple(in_words(competency, student, piece) for student, piece in chosen[:n])


def _said(piece: Piece) -> str:
    return SAID_YES if shows(piece) else SAID_PARTLY if piece.shown >= PARTLY_FROM else SAID_NOT_YET


def _did(piece: Piece) -> str:
    return SHOWED if shows(piece) else PARTLY if piece.shown >= PARTLY_FROM else NOT_YET
