"""Students of item response theory whose truth is known: they learn, forget, guess, slip and stay away.

In:   a world (how many, how able, how items differ, what time does) and a seed.
Out:  a log as any model reads it, and beside it what made each answer likely.
Not here: real students. No number below is fitted to any child; each is stated and may be changed.
Students who know or do not know, and nothing between, are simulated by core.learner.tracing.

    P(right) = guess + (1 - guess - slip) x logistic(a_i (theta_s + strength_sk + practice_sk - b_i))

with unequal discriminations a_i, and practice that grows by ``learns`` with each answer and is halved by
``half_life_days`` without one. An item of two skills takes the mean of both. An answer stays away with
``missing`` chance on average, and more often where it would be wrong if ``missing_if_hard`` is above 0.

Sources: Lord (1980), Applications of Item Response Theory (4PL by Barton & Lord 1981); practice and decay
in the manner of Pavlik & Anderson (2005), Cognitive Science 29, 559-586, kept simple.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from plainview.core.logs.coded import Coded

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STARTS_AT_MS = 1_756_710_000_000  # 1 September 2025, 7:00 UTC
A_DAY_MS = 86_400_000
MINUTE_MS = 60_000
RUN = 5  # answers at one skill before another


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All that is held true. Abilities and difficulties are in log-odds."""

    n_students: int = 500
    n_items: int = 200
    n_skills: int = 10
    n_answers: int = 60  # of each student, before any stays away
    n_a_day: int = 10
    sd_ability: float = 1.0
    sd_strength: float = 0.5  # of one student between skills
    mean_difficulty: float = -0.5
    sd_difficulty: float = 0.8
    sd_log_discrimination: float = 0.25
    two_skills: float = 0.15  # share of items with a second skill
    guess: float = 0.1
    slip: float = 0.05
    learns: float = 0.06  # log-odds an answer, on average; each student has her own pace
    half_life_days: float = 30.0
    share_in_group: float = 0.3
    gap: float = 0.0  # what being of the group adds to ability
    missing: float = 0.0
    missing_if_hard: float = 0.0  # 0: by chance alone; 1: the chance is proportional to P(wrong)

    def __post_init__(self) -> None:
        shares = {
            name: getattr(self, name)
            for name in ("two_skills", "guess", "slip", "share_in_group", "missing", "missing_if_hard")
        }
        for name, share in shares.items():
            if not 0 <= share <= 1:
                raise ValueError(f"{name} is {share}: expected a share from 0 to 1.")
        if self.guess + self.slip >= 1:
            raise ValueError(f"guess and slip add up to {self.guess + self.slip}: expected less than 1.")
        if min(self.n_students, self.n_items, self.n_skills, self.n_answers, self.n_a_day) < 1:
            raise ValueError("a world needs at least one student, item, skill and answer.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What made the log."""

    p: Floats  # (n_rows,) the chance that the answer of this row is right
    ability: Floats  # (n_students,) at the start, the gap of the group included
    pace: Floats  # (n_students,) log-odds gained an answer
    in_group: NDArray[np.bool_]  # (n_students,)
    strength: Floats  # (n_students, n_skills) beyond ability, at the start
    discrimination: Floats  # (n_items,)
    difficulty: Floats  # (n_items,)
    item_skill: Ints  # (n_items, 2) the second is -1 where there is one skill


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    log: Coded
    truth: Truth
    n_away: int  # answers that stayed away


def simulate(world: World | None = None, *, seed: int) -> Simulated:
    """A log of ``world`` and its truth; the same seed gives the same log.

    Rows stand student by student, each student's in the order in which she answered; ``at_ms`` says when.
    """
    world = world or World()
    chance = np.random.default_rng(seed)
    truth = _people_and_items(world, chance)
    item = _which_items(world, truth.item_skill, chance)
    p, correct, away = _answers(world, truth, item, chance)
    stays = ~away.ravel()
    log = _log(world, truth.item_skill, item.ravel(), correct.ravel(), stays)
    return Simulated(log=log, truth=replace(truth, p=p.ravel()[stays]), n_away=int((~stays).sum()))


def _people_and_items(world: World, chance: np.random.Generator) -> Truth:
    in_group = chance.random(world.n_students) < world.share_in_group
    first = np.arange(world.n_items) % world.n_skills
    second = np.full(world.n_items, -1)
    if world.n_skills > 1:
        other = (first + chance.integers(1, world.n_skills, world.n_items)) % world.n_skills
        second = np.where(chance.random(world.n_items) < world.two_skills, other, -1)
    return Truth(
        p=np.empty(0),
        ability=chance.normal(0, world.sd_ability, world.n_students) + world.gap * in_group,
        pace=world.learns * chance.gamma(4, 0.25, world.n_students),
        in_group=in_group,
        strength=chance.normal(0, world.sd_strength, (world.n_students, world.n_skills)),
        discrimination=np.exp(chance.normal(0, world.sd_log_discrimination, world.n_items)),
        difficulty=chance.normal(world.mean_difficulty, world.sd_difficulty, world.n_items),
        item_skill=np.column_stack((first, second)),
    )


def _which_items(world: World, item_skill: Ints, chance: np.random.Generator) -> Ints:
    """(n_students, n_answers): five answers at one skill, then another; items of a skill at random."""
    n_runs = -(-world.n_answers // RUN)
    runs = chance.integers(0, world.n_skills, (world.n_students, n_runs))
    skill = np.repeat(runs, RUN, axis=1)[:, : world.n_answers]
    # Items were dealt to first skills in turn: item i has skill i modulo n_skills.
    n_of = np.bincount(item_skill[:, 0], minlength=world.n_skills)
    which = (chance.random(skill.shape) * n_of[skill]).astype(np.int64)
    items: Ints = np.where(n_of[skill] > 0, which * world.n_skills + skill, which)
    return items


def _answers(
    world: World, truth: Truth, item: Ints, chance: np.random.Generator
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Answer after answer, all students at once. Each (n_students, n_answers)."""
    p, everyone = np.empty(item.shape), np.arange(world.n_students)
    practice, last_day = np.zeros(truth.strength.shape), np.zeros(truth.strength.shape)
    for t in range(world.n_answers):
        first, second = truth.item_skill[item[:, t]].T
        here = _practised(world, practice, last_day, everyone, first, t)
        there = _practised(world, practice, last_day, everyone, second, t)
        of_skill = truth.strength[everyone, first] + here
        of_both = np.where(second < 0, of_skill, (of_skill + truth.strength[everyone, second] + there) / 2)
        b, a = truth.difficulty[item[:, t]], truth.discrimination[item[:, t]]
        known = 1 / (1 + np.exp(-a * (truth.ability + of_both - b)))
        p[:, t] = world.guess + (1 - world.guess - world.slip) * known
        practice[everyone, first] += truth.pace
        has_two = second >= 0
        practice[everyone[has_two], second[has_two]] += truth.pace[has_two]
    correct = (chance.random(item.shape) < p).astype(np.float64)
    hard = 1 - world.missing_if_hard + world.missing_if_hard * (1 - p) / (1 - p).mean()
    return p, correct, chance.random(item.shape) < world.missing * hard


def _practised(world: World, practice: Floats, last_day: Floats, who: Ints, skill: Ints, t: int) -> Floats:
    """Practice at ``skill`` as time has left it; brings the record up to this day."""
    day = t // world.n_a_day
    left = practice[who, skill] * 0.5 ** ((day - last_day[who, skill]) / world.half_life_days)
    there = skill >= 0  # -1 would write to the last skill
    practice[who[there], skill[there]] = left[there]
    last_day[who[there], skill[there]] = day
    return left


def _log(world: World, item_skill: Ints, item: Ints, correct: Floats, stays: NDArray[np.bool_]) -> Coded:
    t = np.tile(np.arange(world.n_answers), world.n_students)
    at_ms = STARTS_AT_MS + (t // world.n_a_day) * A_DAY_MS + (t % world.n_a_day) * MINUTE_MS
    student = np.repeat(np.arange(world.n_students, dtype=np.int32), world.n_answers)
    both = item_skill[item[stays]]
    return Coded(
        student=student[stays],
        item=item[stays].astype(np.int32),
        correct=correct[stays].astype(np.float32),
        skill=both[both >= 0].astype(np.int32),
        skill_from=np.concatenate(([0], np.cumsum((both >= 0).sum(axis=1)))).astype(np.int64),
        at_ms=at_ms[stays].astype(np.int64),
        students=_names("s", world.n_students),
        items=_names("i", world.n_items),
        skills=_names("k", world.n_skills),
    )


def _names(letter: str, n: int) -> tuple[str, ...]:
    return tuple(f"{letter}{i + 1}" for i in range(n))
