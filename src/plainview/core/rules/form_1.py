"""How a suggestion was worded in a file of format 1, so that what a school took along stays checkable.

In:   a card as it is written now, and its snapshot.
Out:  the same card and inputs, word for word as format 1 had them.
Not here: rules. What they look at is the same in both; only the words for it are not.
"""

from typing import Any

from plainview.core.rules import card as cards
from plainview.core.rules import check_again, pair_up, prerequisite_first
from plainview.core.rules import snapshot as snapshots
from plainview.core.rules.canonical import plain
from plainview.core.rules.card import Card, Sure
from plainview.core.rules.doubt import kinds_and_age, level
from plainview.core.rules.line import Line, gettext_noop, line
from plainview.core.rules.snapshot import Snapshot

# The site still says these: a card that was stored with them keeps its own words.
QUITE_SURE = gettext_noop(
    "Quite sure for {student} on {competency}: {state}. Between {low} and {high}, from {n_pieces} pieces "
    "on {n_days} days."
)
FAIRLY_SURE = gettext_noop(
    "Fairly sure for {student} on {competency}: {state}. Between {low} and {high}, from {n_pieces} "
    "pieces on {n_days} days."
)
UNSURE = gettext_noop(
    "Unsure for {student} on {competency}: {state}. Between {low} and {high}, from {n_pieces} pieces on "
    "{n_days} days."
)
YOUR_WORD = gettext_noop("Your own word for {student} on {competency}: {state}. Your word wins.")
SAID_THEN = {
    check_again.NEARLY: gettext_noop(
        "Getting steady on {competency}: {students}. Something new builds on it."
    ),
    pair_up.BOTH_WAYS: gettext_noop("Each is still working on what the other can show: {students}."),
    prerequisite_first.NOT_STEADY_BEFORE: gettext_noop(
        "{competency} builds on {prerequisite}, and {student} does not show {prerequisite} steadily yet."
    ),
}


def card(made: Card, snapshot: Snapshot) -> dict[str, Any]:
    written = cards.as_json(made)
    del written["rests_on"]
    for reason in written["because"]:
        reason["say"] = SAID_THEN.get(reason["say"], reason["say"])
    for sure, was in zip(made.how_sure, written["how_sure"], strict=True):
        del was["held"]
        was["lines"] = plain(_lines(sure, snapshot))
    return written


def inputs(snapshot: Snapshot) -> dict[str, Any]:
    written = snapshots.as_json(snapshot)
    for student in written["students"]:
        del student["earned"]
    return written


def _lines(sure: Sure, snapshot: Snapshot) -> tuple[Line, ...]:
    """What the evidence said, whatever had been earned; the teacher's own word came last."""
    asked = sure.student, sure.competency
    first = line(
        level(sure.high - sure.low, UNSURE, FAIRLY_SURE, QUITE_SURE),
        student=sure.student,
        competency=sure.competency,
        state=sure.state,
        low=sure.low,
        high=sure.high,
        n_pieces=sure.n_pieces,
        n_days=sure.n_days,
    )
    between = kinds_and_age(snapshot.estimate(*asked), snapshot.aged(*asked))
    return (first, *between, *_own_word(sure))


def _own_word(sure: Sure) -> tuple[Line, ...]:
    if sure.judged is None:
        return ()
    return (line(YOUR_WORD, student=sure.student, competency=sure.competency, state=sure.judged),)
