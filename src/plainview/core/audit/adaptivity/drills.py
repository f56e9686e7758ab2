"""Drills: made-up students who do one thing all along, and what the tutor makes of it.

In:   a tutor.
Out:  served difficulty by ability; how soon it turns around; what it does for one who is always wrong, or
      always right; whether a teacher's word holds.
Not here: twins (twins), HTTP (cli.probe).
"""

import random
from dataclasses import dataclass
from math import exp

import numpy as np

from plainview.core.audit.adaptivity.twins import Given, Script, sit, step
from plainview.core.stats.interval import Interval
from plainview.core.tutors.tutor import Offer, Profile, Tutor

GRID = (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
STEPS_OF_A_GRID, EACH = 30, 2
BEFORE, AFTER, LATELY = 10, 20, 5
LEAST_SHIFT = 0.75  # log-odds
ACCOUNTS = 3  # that go the same way
PATIENCE = 10
RIGHT_ALONG, IN_A_ROW = 20, 3
BEFORE_OVERRIDE, AFTER_OVERRIDE = 5, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Mean difficulty of the second half of a session, by the ability of who sat it."""

    ability: float
    difficulty: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drills:
    """What was seen; None where it could not be."""

    served: tuple[Served, ...]
    slope: float | None  # served difficulty on ability, log-odds a log-odds
    slope_interval: Interval | None
    reversal_lag: int | None  # items until half the shift, after right answers turned to wrong ones
    reversal_shift: float | None  # log-odds easier in the end
    wrong_reaction: str  # "calls the teacher", "stops", "changes approach", "gives easier items", "nothing"
    wrong_after: int | None  # items until then
    right_wasted: int  # items on a skill after three right in a row at it
    right_given: int
    override_holds: float | None  # share of the items after a teacher's word that obey it
    override_skill: str


def drills(tutor: Tutor, *, seed: int) -> Drills:
    """All of them, each with fresh accounts."""
    served = tuple(_grid(tutor, seed))
    slope, interval = _slope(served)
    lag, shift = _reversal(tutor, seed + 1)
    reaction, after = _always_wrong(tutor, seed + 2)
    wasted, given = _always_right(tutor, seed + 3)
    holds, skill = _override(tutor, seed + 4)
    return Drills(
        served=served,
        slope=slope,
        slope_interval=interval,
        reversal_lag=lag,
        reversal_shift=shift,
        wrong_reaction=reaction,
        wrong_after=after,
        right_wasted=wasted,
        right_given=given,
        override_holds=holds,
        override_skill=skill,
    )


def _grid(tutor: Tutor, seed: int) -> list[Served]:
    chance = random.Random(seed)
    found = [_sat(tutor, ability, chance, seed + 10 * n) for n, ability in enumerate(GRID * EACH)]
    return [one for one in found if one is not None]


def _sat(tutor: Tutor, ability: float, chance: random.Random, seed: int) -> Served | None:
    """One session of a made-up student who answers as her ability has it (Rasch)."""

    def answers(offer: Offer) -> float:
        return float(chance.random() < 1 / (1 + exp((offer.difficulty or 0.0) - ability)))

    session, steps = tutor.open(Profile(), seed=seed), list[Given]()
    while len(steps) < STEPS_OF_A_GRID:
        one = step(session, answers, Script(answers=()))
        if one.stopped:
            break
        steps.append(one)
    late = [one.difficulty for one in steps[len(steps) // 2 :] if one.difficulty is not None]
    return Served(ability=ability, difficulty=sum(late) / len(late)) if late else None


def _slope(served: tuple[Served, ...]) -> tuple[float | None, Interval | None]:
    if len(served) < 5:
        return None, None
    from scipy.stats import linregress, t

    fit = linregress([one.ability for one in served], [one.difficulty for one in served])
    half = float(t.ppf(0.975, len(served) - 2) * fit.stderr)
    slope = float(fit.slope)
    if not np.isfinite(half):  # the same for all abilities: a straight line without doubt
        half = 0.0
    return slope, Interval(low=slope - half, high=slope + half, level=0.95)


def _paths(tutor: Tutor, answers: tuple[float, ...], seed: int) -> list[tuple[Given, ...]]:
    """What some accounts are given who all answer so."""
    return [
        sit(tutor.open(Profile(), seed=seed + n), Script(answers=answers), len(answers))
        for n in range(ACCOUNTS)
    ]


def _levels(paths: list[tuple[Given, ...]]) -> list[float]:
    """Mean difficulty by step, as far as all accounts go."""
    known = [[one.difficulty for one in path if one.difficulty is not None] for path in paths]
    return [sum(at) / len(at) for at in zip(*known, strict=False)]


def _apart(harder: list[float], easier: list[float]) -> tuple[int | None, float | None]:
    """From which step on one path lies half as far below the other as in the end; and how far in the end."""
    gaps = [a - b for a, b in zip(harder, easier, strict=False)]
    if len(gaps) < 2 * LATELY:
        return None, None
    shift = sum(gaps[-LATELY:]) / LATELY
    if shift < LEAST_SHIFT:
        return None, shift
    smooth = [float(np.median(gaps[max(0, n - 1) : n + 2])) for n in range(len(gaps))]
    return next(n for n, gap in enumerate(smooth) if gap >= shift / 2), shift


def _reversal(tutor: Tutor, seed: int) -> tuple[int | None, float | None]:
    """Against accounts who went on being right: a list may become easier by itself."""
    right = _levels(_paths(tutor, (1.0,) * (BEFORE + AFTER), seed))
    turned = _levels(_paths(tutor, (1.0,) * BEFORE + (0.0,) * AFTER, seed))
    # The item at place BEFORE was still chosen after right answers only.
    lag, shift = _apart(right[BEFORE + 1 :], turned[BEFORE + 1 :])
    return (None if lag is None else lag + 1), shift


def _always_wrong(tutor: Tutor, seed: int) -> tuple[str, int | None]:
    wrong = _paths(tutor, (0.0,) * (PATIENCE + 1), seed)
    for n, one in enumerate(wrong[0]):
        if one.calls_teacher:
            return "calls the teacher", n
        if one.stopped:
            return "stops", n
        if one.approach != wrong[0][0].approach:
            return "changes approach", n
    right = _paths(tutor, (1.0,) * (PATIENCE + 1), seed)
    after, _ = _apart(_levels(right), _levels(wrong))
    return ("gives easier items", after) if after is not None else ("nothing", None)


def _always_right(tutor: Tutor, seed: int) -> tuple[int, int]:
    steps = sit(tutor.open(Profile(), seed=seed), Script(answers=(1.0,) * RIGHT_ALONG), RIGHT_ALONG)
    met = dict[str, int]()
    wasted = 0
    for one in steps:
        if one.stopped:
            break
        wasted += met.get(one.skill, 0) >= IN_A_ROW
        met[one.skill] = met.get(one.skill, 0) + 1
    return wasted, sum(not one.stopped for one in steps)


def _override(tutor: Tutor, seed: int) -> tuple[float | None, str]:
    """A teacher names the skill that came first; does it stay?"""
    session = tutor.open(Profile(), seed=seed)
    before = sit(session, Script(answers=(1.0,) * BEFORE_OVERRIDE), BEFORE_OVERRIDE)
    skill = before[0].skill
    if not skill or before[-1].stopped:
        return None, skill
    try:
        session.override(skill)
    except (NotImplementedError, ValueError):
        return None, skill
    after = sit(session, Script(answers=(1.0,) * AFTER_OVERRIDE), AFTER_OVERRIDE)
    return sum(one.skill == skill for one in after) / AFTER_OVERRIDE, skill
