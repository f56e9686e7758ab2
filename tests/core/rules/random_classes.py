"""Classes by chance, for the properties that every card of every class must have.

Each class is made from a number, so that a failure names the class that broke it.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from random import Random

from hypothesis import strategies as st
from tests.core.rules.story import TODAY

from plainview.core.learner.estimate import State
from plainview.core.learner.piece import Helped, Kind, Medium, Piece
from plainview.core.rules.card import Card
from plainview.core.rules.catalogue import propose
from plainview.core.rules.snapshot import ActivityView, CompetencyView, GroupRecord, Snapshot, StudentView

CODES = ("4.NF.A.1", "4.NF.A.2", "4.NF.B.3.a", "4.NF.C.5")
STUDENTS = tuple(f"s{n}" for n in (1, 2, 3, 10, 11, 20))
THINKING = ("bigger-bottom-is-bigger", "gap-thinking")
PRINT, ALONE = ("large-print",), ("no-partner",)
N_CLASSES = 150

numbers = st.integers(0, N_CLASSES - 1)


@lru_cache(maxsize=N_CLASSES)
def the_class(number: int) -> Snapshot:
    chance = Random(number)
    likely = {code: chance.choice([0.0, 1.0]) for code in CODES}  # what most of this class can do
    return Snapshot(
        as_of=TODAY,
        class_ref="c1",
        students=tuple(_student(chance, ref, likely) for ref in chance.sample(STUDENTS, len(STUDENTS))),
        competencies=_competencies(chance),
        activities=tuple(_activity(chance, f"a-{n}") for n in range(1, 15)),
        misconceptions=THINKING,
    )


@lru_cache(maxsize=N_CLASSES)
def its_cards(number: int) -> tuple[Card, ...]:
    return propose(the_class(number))


def _run(chance: Random, likely: float) -> tuple[Piece, ...]:
    """Some pieces on one thing: often of one mind, else no rule would ever speak."""
    usual = likely if chance.random() < 0.8 else None
    kinds = chance.choice([(Kind.ANSWER,), (Kind.TALK,), *[(Kind.ANSWER, Kind.TALK), tuple(Kind)] * 2])
    thinking = chance.choice([THINKING[0], THINKING[0], THINKING[0], THINKING[1], ""])
    newest = chance.choice([*range(7), *range(7), chance.randint(0, 70)])
    apart = chance.choice([0, 1, 2, 2, 4])
    return tuple(
        Piece(
            ref=f"e{chance.randint(1, 10**6)}",
            kind=kinds[i % len(kinds)],
            shown=chance.choice([0, 0.5, 1]) if usual is None else usual,
            on=TODAY - timedelta(days=newest + apart * i),
            helped=chance.choice([Helped.NONE, Helped.NONE, Helped.ADULT]),
            medium=chance.choice(list(Medium)),
            source=chance.choice(["", "family-a", "family-b"]),
            misconception=thinking if usual == 0 else "",
        )
        for i in range(chance.choice([0, 2, 5, 6, 7, 8]))
    )


def _student(chance: Random, ref: str, likely: Mapping[str, float]) -> StudentView:
    return StudentView(
        ref=ref,
        pieces={code: _run(chance, abs(likely[code] - (chance.random() < 0.25))) for code in CODES},
        absent=chance.random() < 0.1,
        supports=chance.choice([(), (), (), (), (), PRINT, ALONE]),
        language=chance.choice(["en", "es", "ht"]),
        screen_minutes_left=chance.choice([0, 9, 20]),
        holds=chance.choice([(), (), ("a-1",), ("a-2", "a-3")]),
        apart_from=tuple(r for r in chance.choice([(), (), (), (), (), ("s1",), ("s10", "s2")]) if r != ref),
        groups=tuple(_group(chance, ref) for _ in range(chance.randint(0, 6))),
        judged=chance.choice([{}, {}, {}, {CODES[0]: State.STEADY}, {CODES[1]: State.MET_ONCE}]),
    )


def _group(chance: Random, ref: str) -> GroupRecord:
    return GroupRecord(
        on=TODAY - timedelta(days=chance.randint(0, 70)),
        purpose=chance.choice(["reteach_together", "reteach_together", "project", "pair_up"]),
        members=tuple(sorted({ref, chance.choice(STUDENTS)})),
    )


def _activity(chance: Random, ref: str) -> ActivityView:
    medium, minutes = chance.choice(list(Medium)), chance.randint(5, 30)
    fewest = chance.choice([1, 2, 2])
    return ActivityView(
        ref=ref,
        competencies=tuple(sorted(chance.sample(CODES, chance.randint(1, 3)))),
        kind=chance.choice(["small_group", "small_group", "game", "conversation", "practice", "project"]),
        minutes=minutes,
        adult_minutes=chance.choice([0, 2, minutes, minutes]),
        group_min=fewest,
        group_max=chance.choice([fewest, 2, 5, 6]),
        medium=medium,
        screen_minutes=minutes if medium is Medium.SCREEN else 0,
        blocked_by=chance.choice([(), (), PRINT, ALONE]),
        misconceptions=chance.choice([(), THINKING[:1], THINKING]),
    )


def _competencies(chance: Random) -> tuple[CompetencyView, ...]:
    """Any web of earlier and later in which nothing comes before itself."""
    pairs = [(a, b) for i, a in enumerate(CODES) for b in CODES[i + 1 :]]
    links = sorted(chance.sample(pairs, chance.randint(1, len(pairs))))
    return tuple(
        CompetencyView(
            ref=code,
            grade=4,
            requires=tuple(a for a, b in links if b == code),
            next=tuple(b for a, b in links if a == code),
        )
        for code in CODES
    )
