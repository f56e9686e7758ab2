"""Logs of simulated students who were taught by a tutor whose truth is known.

In:   a tutor's name, what the students are like, a seed.
Out:  a learning log with the columns that the checks ask for, and what was true of each student.
Not here: files (cli.simulate), the checks.

An answer is right with probability c + (1 - c) expit(a (ability - difficulty)). Ability grows over the steps
by ``gain`` log-odds (each student's own, spread by ``gain_spread``).
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from math import exp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plainview.core.logs.coded import Coded
from plainview.core.logs.whole import Labels
from plainview.core.tutors.pool import Pool, PoolItem, make_pool
from plainview.core.tutors.products import product
from plainview.core.tutors.tutor import Profile, Reply, Stop, Tutor

CHOSEN_BY = {"choice": "student", "fixed": "fixed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the simulated students are like."""

    n_students: int = 150
    n_steps: int = 20
    gain: float = 0.0  # log-odds gained over all steps
    gain_spread: float = 0.0  # standard deviation of the gain between students
    guess: float = 0.0
    unequal: float = 0.0  # standard deviation of log discrimination
    leaves: float = 0.0  # chance to stop after each answer
    gap: float = 0.0  # log-odds by which group b starts lower
    pool: Pool | None = None
    said_by_product: bool = True  # assigned_by = algorithm, whoever chose; False: as the tutor says


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    profile: Profile
    ability: float
    gain: float


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """A log and its truth, row by row."""

    coded: Coded
    difficulty: NDArray[np.float64]  # (n_rows,)
    assigned_by: Labels
    reason: Labels
    group: Labels  # (n_students,) by the log's codes
    students: tuple[Student, ...] = field(default=())  # by the log's codes


def simulate(name: str, world: World, *, seed: int) -> Simulated:
    """A log of ``world.n_students`` students with the tutor ``name``.

    Parameters
    ----------
    name : one of ``products.PRODUCTS``
    seed : the same seed gives the same log
    """
    pool = world.pool or make_pool(unequal=world.unequal)
    return simulate_with(product(name, pool), world, by_name=pool.by_name, seed=seed, name=name)


def simulate_with(
    tutor: Tutor, world: World, *, by_name: dict[str, PoolItem], seed: int, name: str = ""
) -> Simulated:
    """The same with any tutor: steps of all students in turn, so that rows stand in the order of time."""
    chance = random.Random(seed)
    students = tuple(_student(n, world, chance) for n in range(world.n_students))
    told = [_sit(student, tutor, world, by_name, chance) for student in students]
    who = "algorithm" if world.said_by_product else CHOSEN_BY.get(name, "algorithm")
    return _simulated(students, told, who)


def _student(n: int, world: World, chance: random.Random) -> Student:
    group = "b" if n % 2 else "a"
    ability = chance.gauss(-world.gap if group == "b" else 0.0, 1.0)
    # A teacher's placement: right on the whole, not always.
    placed = ability + chance.gauss(0.0, 0.5)
    track = "low" if placed < -0.5 else "high" if placed > 0.5 else "middle"
    poverty = "high" if chance.random() < 0.5 else "low"
    profile = Profile(name=f"Student {n + 1}", group=group, placement=track, school_poverty=poverty)
    return Student(profile=profile, ability=ability, gain=world.gain + chance.gauss(0.0, world.gain_spread))


_Row = tuple[int, str, str, float, float, str]  # step, item, skill, difficulty, correct, reason


def _sit(
    student: Student, tutor: Tutor, world: World, by_name: dict[str, PoolItem], chance: random.Random
) -> list[_Row]:
    session = tutor.open(student.profile, seed=chance.randrange(2**31))
    rows = list[_Row]()
    for step in range(world.n_steps):
        offer = session.next()
        if isinstance(offer, Stop):
            break
        item = by_name[offer.item]
        ability = student.ability + student.gain * step / max(world.n_steps - 1, 1)
        correct = float(chance.random() < p_right(ability, item, world.guess))
        session.answer(Reply(item=offer.item, correct=correct, response_ms=chance.randrange(3000, 60000)))
        rows.append((step, offer.item, offer.skill, item.difficulty, correct, offer.reason.words))
        if world.leaves and chance.random() < world.leaves:
            break
    return rows


def p_right(ability: float, item: PoolItem, guess: float = 0.0) -> float:
    return guess + (1 - guess) / (1 + exp(-item.discrimination * (ability - item.difficulty)))


def _simulated(students: tuple[Student, ...], told: list[list[_Row]], who: str) -> Simulated:
    rows = sorted((row[0], n, row) for n, each in enumerate(told) for row in each)
    column: Callable[[int], list[Any]] = lambda k: [row[2][k] for row in rows]  # noqa: E731
    coded = Coded.from_arrays(
        student=[f"student-{row[1] + 1:05d}" for row in rows],
        item=column(1),
        correct=column(4),
        skills=column(2),
    )
    there = [int(name.split("-")[1]) - 1 for name in coded.students]
    return Simulated(
        coded=coded,
        difficulty=np.array(column(3), dtype=np.float64),
        assigned_by=Labels(codes=np.zeros(len(rows), np.int32), names=(who,)),
        reason=labels(column(5)),
        group=labels([students[n].profile.group for n in there]),
        students=tuple(students[n] for n in there),
    )


def labels(texts: list[str]) -> Labels:
    names = tuple(dict.fromkeys(texts))
    place = {name: n for n, name in enumerate(names)}
    return Labels(codes=np.array([place[text] for text in texts], np.int32), names=names)
