"""A small class for the tests of the rules: few children, few fractions, every number on purpose."""

from dataclasses import replace
from datetime import date, timedelta

from plainview.core.learner.piece import Helped, Kind, Medium, Piece
from plainview.core.rules.snapshot import ActivityView, CompetencyView, Snapshot, StudentView

TODAY = date(2026, 3, 2)
EQUAL, COMPARE, ADD = "4.NF.A.1", "4.NF.A.2", "4.NF.B.3.a"
SAYS_BIGGER_BOTTOM = "bigger-bottom-is-bigger"

COMPETENCIES = (
    CompetencyView(ref=EQUAL, grade=4, requires=(), next=(COMPARE, ADD)),
    CompetencyView(ref=COMPARE, grade=4, requires=(EQUAL,), next=()),
    CompetencyView(ref=ADD, grade=4, requires=(EQUAL,), next=()),
)

TABLE = ActivityView(
    ref="fold-and-compare",
    competencies=(EQUAL, COMPARE),
    kind="small_group",
    minutes=15,
    adult_minutes=15,
    group_min=2,
    group_max=6,
    medium=Medium.HANDS_ON,
    misconceptions=(SAYS_BIGGER_BOTTOM,),
)
GAME = ActivityView(
    ref="fraction-war",
    competencies=(COMPARE, ADD),
    kind="game",
    minutes=20,
    adult_minutes=2,
    group_min=2,
    group_max=2,
    medium=Medium.PAPER,
)
PRACTICE = ActivityView(
    ref="same-size",
    competencies=(EQUAL,),
    kind="practice",
    minutes=10,
    medium=Medium.SCREEN,
    screen_minutes=10,
)
STEPS = ActivityView(ref="add-steps", competencies=(ADD,), kind="practice", minutes=10)
ACTIVITIES = (TABLE, GAME, PRACTICE, STEPS)

_counted = iter(range(1, 1_000_000))


def piece(
    shown: float = 1,
    *,
    days_ago: int,
    kind: Kind = Kind.ANSWER,
    medium: Medium | None = None,
    helped: Helped = Helped.NONE,
    misconception: str = "",
    source: str = "",
) -> Piece:
    if medium is None:
        medium = Medium.SCREEN if kind is Kind.ANSWER else Medium.PAPER
    return Piece(
        ref=f"e{next(_counted)}",
        kind=kind,
        shown=shown,
        on=TODAY - timedelta(days=days_ago),
        helped=helped,
        medium=medium,
        source=source,
        misconception=misconception,
    )


def steady(*, newest_days_ago: int = 3) -> tuple[Piece, ...]:
    """Six showings, two kinds, three weeks: steady by the stated rules."""
    kinds = (Kind.ANSWER, Kind.ANSWER, Kind.TALK, Kind.ANSWER, Kind.WORK, Kind.ANSWER)
    return tuple(
        piece(1, days_ago=newest_days_ago + 4 * (len(kinds) - 1 - i), kind=kind)
        for i, kind in enumerate(kinds)
    )


def not_yet(*, misconception: str = "", newest_days_ago: int = 3) -> tuple[Piece, ...]:
    """Four pieces on four days, none of them a showing."""
    kinds = (Kind.ANSWER, Kind.OBSERVATION, Kind.ANSWER, Kind.ANSWER)
    return tuple(
        piece(
            0,
            days_ago=newest_days_ago + 2 * (3 - i),
            kind=kind,
            misconception=misconception,
            source=f"family-{i}",
        )
        for i, kind in enumerate(kinds)
    )


def child(ref: str, **pieces_and_more) -> StudentView:
    """``child("s1", equal=steady(), absent=True)``: pieces by a competency's short word, and fields."""
    short = {"equal": EQUAL, "compare": COMPARE, "add": ADD}
    pieces = {short[k]: v for k, v in pieces_and_more.items() if k in short}
    rest = {k: v for k, v in pieces_and_more.items() if k not in short}
    return StudentView(
        ref=ref, pieces=pieces, screen_minutes_left=rest.pop("screen_minutes_left", 20), **rest
    )


def a_class(*students: StudentView, **changed) -> Snapshot:
    snapshot = Snapshot(
        as_of=TODAY,
        class_ref="c1",
        students=students,
        competencies=COMPETENCIES,
        activities=ACTIVITIES,
        misconceptions=(SAYS_BIGGER_BOTTOM,),
    )
    return replace(snapshot, **changed)
