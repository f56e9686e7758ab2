"""A log of students whose truth is known, by the tens or the millions.

In:   how many students, skills and answers; the four numbers of each skill; what departs from the plain
      model (forgetting, items of unequal difficulty, students and groups that differ, rows that are missing).
Out:  a coded log, and beside every row what was so: did she know it, how likely was a right answer.
Not here: a class day by day, with talk and help (core.learner.simulate).

Source: Corbett & Anderson (1995), User Modeling and User-Adapted Interaction 4, 253-278: the process that is
drawn from. Everything else is stated in ``World``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.logs.coded import Coded

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Where the log comes from. Left as it is, the plain model is true of it."""

    n_students: int
    n_skills: int
    n_items_a_skill: int = 10
    mean_length: float = 8.0  # answers of one student to one skill; geometric, at least one
    share_of_skills: float = 1.0  # how many of the skills a student meets
    known: tuple[float, float] = (0.1, 0.8)  # each skill's number is drawn evenly between the two
    learn: tuple[float, float] = (0.05, 0.35)
    guess: tuple[float, float] = (0.05, 0.4)
    slip: tuple[float, float] = (0.02, 0.25)
    forget: tuple[float, float] = (0.0, 0.0)
    spread_of_students: float = 0.0  # sd, in log-odds of knowing a skill at the start
    spread_of_items: float = 0.0  # sd, in log-odds of a right answer, knowing or not
    gap_of_groups: float = 0.0  # log-odds that every second student starts lower by
    missing: float = 0.0  # share of rows that are lost
    missing_if_wrong: float | None = None  # the share among wrong rows, where it is another


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What was so, and no model is told."""

    known: Floats  # (n_skills,) of a student in the middle, by the log's codes of skills
    learn: Floats
    guess: Floats
    slip: Floats
    forget: Floats
    knew: NDArray[np.bool_]  # (n_rows,) whether she knew the skill when she answered
    p_right: Floats  # (n_rows,) how likely a right answer was, for one who knew whether she knew
    group: NDArray[np.int8]  # (n_students,) 0 or 1; 1 starts lower by the gap
    ability: Floats  # (n_students,) log-odds, added to every start


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    log: Coded
    truth: Truth


def simulate(world: World, *, seed: int) -> Simulated:
    """Draw a log. The same world and seed give the same log on every machine with this numpy.

    Parameters
    ----------
    world : World
    seed : int
        No default: whoever reports a number must be able to repeat it.

    Returns
    -------
    Simulated
        Skills are named "skill 0", "skill 1" ... by their code; one skill a row.
    """
    chance = np.random.default_rng(seed)
    numbers = {
        name: chance.uniform(low, high, size=world.n_skills) for name, (low, high) in _ranges(world).items()
    }
    group = (np.arange(world.n_students) % 2).astype(np.int8)
    ability = (
        world.spread_of_students * chance.standard_normal(world.n_students) - world.gap_of_groups * group
    )
    student, skill = _who_meets_what(world, chance)
    lengths = chance.geometric(1 / world.mean_length, size=len(student))
    answers = _answers(world, chance, numbers, ability, student, skill, lengths)
    order = _interleaved(chance, student, lengths)
    order = order[_kept(world, chance, answers.right[order])]
    sequence = np.repeat(np.arange(len(student)), lengths)[order]
    log = Coded(
        student=student[sequence],
        item=(skill[sequence] * world.n_items_a_skill + answers.item[order]).astype(np.int32),
        correct=answers.right[order].astype(np.float32),
        skill=skill[sequence],
        skill_from=np.arange(len(order) + 1, dtype=np.int64),
        at_ms=None,
        students=tuple(f"student {n}" for n in range(world.n_students)),
        items=tuple(f"item {n}" for n in range(world.n_skills * world.n_items_a_skill)),
        skills=tuple(f"skill {n}" for n in range(world.n_skills)),
    )
    truth = Truth(
        **numbers, knew=answers.knew[order], p_right=answers.p_right[order], group=group, ability=ability
    )
    return Simulated(log=log, truth=truth)


def _ranges(world: World) -> dict[str, tuple[float, float]]:
    return {
        "known": world.known,
        "learn": world.learn,
        "guess": world.guess,
        "slip": world.slip,
        "forget": world.forget,
    }


def _who_meets_what(world: World, chance: np.random.Generator) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    n = world.n_students * world.n_skills
    met = (
        np.flatnonzero(chance.random(n) < world.share_of_skills)
        if world.share_of_skills < 1
        else np.arange(n)
    )
    return (met // world.n_skills).astype(np.int32), (met % world.n_skills).astype(np.int32)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    right: NDArray[np.bool_]
    knew: NDArray[np.bool_]
    p_right: Floats
    item: NDArray[np.int32]


def _answers(
    world: World,
    chance: np.random.Generator,
    numbers: dict[str, Floats],
    ability: Floats,
    student: NDArray[np.int32],
    skill: NDArray[np.int32],
    lengths: NDArray[np.int64],
) -> _Answers:
    """All first answers at once, then all second ones: rows stand sequence by sequence."""
    n_rows = int(lengths.sum())
    begins = np.cumsum(lengths) - lengths
    item = chance.integers(world.n_items_a_skill, size=n_rows, dtype=np.int32)
    easier = world.spread_of_items * chance.standard_normal((world.n_skills, world.n_items_a_skill))
    knew, p_right = np.zeros(n_rows, dtype=np.bool_), np.zeros(n_rows)
    by_length = np.argsort(-lengths, kind="stable")
    on = by_length
    knows = chance.random(len(on)) < _shifted(numbers["known"][skill[on]], ability[student[on]])
    for t in range(int(lengths.max(initial=0))):
        going = int(np.searchsorted(-lengths[by_length], -t, side="left"))
        on, knows = on[:going], knows[:going]
        row, of = begins[on] + t, skill[on]
        knew[row] = knows
        plain = np.where(knows, 1 - numbers["slip"][of], numbers["guess"][of])
        p_right[row] = _shifted(plain, easier[of, item[row]])
        changes = chance.random(going) < np.where(knows, numbers["forget"][of], numbers["learn"][of])
        knows = knows ^ changes
    return _Answers(right=chance.random(n_rows) < p_right, knew=knew, p_right=p_right, item=item)


def _shifted(p: Floats, by: Floats) -> Floats:
    """``p``, moved by so many log-odds."""
    odds = p * np.exp(by)
    return np.asarray(odds / (odds + 1 - p))


def _interleaved(
    chance: np.random.Generator, student: NDArray[np.int32], lengths: NDArray[np.int64]
) -> NDArray[np.int64]:
    """A student works at several skills in turn, each in its own order; students one after the other."""
    n_rows = int(lengths.sum())
    sequence = np.repeat(np.arange(len(student)), lengths)
    when = chance.random(n_rows)
    in_sequence = np.lexsort((when, sequence))  # each sequence's moments, rising
    return np.asarray(np.lexsort((when[in_sequence], student[sequence])), dtype=np.int64)


def _kept(world: World, chance: np.random.Generator, right: NDArray[np.bool_]) -> NDArray[np.bool_]:
    lost = world.missing if world.missing_if_wrong is None else world.missing_if_wrong
    return np.asarray(chance.random(len(right)) >= np.where(right, world.missing, lost))
