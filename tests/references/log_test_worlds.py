"""Worlds in which nothing adapts, made without Plainview's tutors: the log test must not be fooled by them.
And one that adapts so slowly that it may not be called one that does not: units of eight.

In:   a world's name, a seed, how many students and steps.
Out:  a learning log as numbers.
Not here: the test.
"""

import numpy as np

from plainview.core.logs.coded import Coded

N_SKILLS, N_A_SKILL = 8, 15
N = N_SKILLS * N_A_SKILL
SKILL = np.repeat(np.arange(N_SKILLS), N_A_SKILL)


def expit(x):
    return 1 / (1 + np.exp(-x))


def make(kind, seed, *, n=150, steps=20, guess=0.0, unequal=0.0):
    chance = np.random.default_rng(seed)
    difficulty = np.repeat(3 * (np.arange(N_SKILLS) + 0.5) / N_SKILLS - 1.5, N_A_SKILL)
    difficulty = difficulty + chance.normal(0, 0.6, N)
    slope = np.exp(chance.normal(0, unequal, N))
    ability = chance.normal(0, 1, n)
    items, gain, ability, leaves = WORLDS[kind](chance, np.argsort(difficulty), ability, n, steps)
    if kind.startswith("lessons"):
        return _coded(items, _jumps(chance, items, ability, difficulty), leaves)
    along = np.arange(steps) / max(steps - 1, 1)
    theta = ability[:, None] + np.broadcast_to(gain, n)[:, None] * along
    p = guess + (1 - guess) * expit(slope[items] * (theta - difficulty[items]))
    return _coded(items, chance.random((n, steps)) < p, leaves)


def _coded(items, right, leaves):
    n, steps = items.shape
    there = np.ones((n, steps), bool) if leaves is None else np.arange(steps)[None] < leaves[:, None]
    student = np.broadcast_to(np.arange(n)[:, None], (n, steps))
    taken = items.T[there.T]
    return Coded.from_arrays(
        student=student.T[there.T], item=taken, correct=right.T[there.T].astype(float), skills=SKILL[taken]
    )


def _jumps(chance, items, ability, difficulty):
    """Learning in jumps: a skill is known or not; each item met makes it known with chance .3."""
    right = np.zeros(items.shape, bool)
    middle = difficulty.reshape(N_SKILLS, N_A_SKILL).mean(axis=1)
    for i, row in enumerate(items):
        known = chance.random(N_SKILLS) < expit(ability[i] - 1)
        for t, item in enumerate(row):
            skill = SKILL[item]
            base = np.log(9.0) if known[skill] else np.log(1 / 3)
            right[i, t] = chance.random() < expit(base - 0.5 * (difficulty[item] - middle[skill]))
            known[skill] |= chance.random() < 0.3
    return right


def _near(chance, order, share, width):
    """Items about a place in the order of difficulty."""
    place = (share * (N - 1)).astype(int) + chance.integers(-width, width + 1, share.shape)
    return order[np.clip(place, 0, N - 1)]


def chance_only(chance, order, ability, n, steps):
    return chance.integers(0, N, (n, steps)), 0.0, ability, None


def tracks(chance, order, ability, n, steps):
    """A teacher's three tracks, by ability on the whole; neighbouring tracks share items."""
    track = np.digitize(ability + chance.normal(0, 0.5, n), [-0.5, 0.5])
    low, high = np.maximum(0, track * N // 3 - N // 12), np.minimum(N, (track + 1) * N // 3 + N // 12)
    items = order[(low[:, None] + chance.random((n, steps)) * (high - low)[:, None]).astype(int)]
    return items, 0.0, ability, None


def groups(chance, order, ability, n, steps):
    """Two groups with different content, one of them further on."""
    group = chance.integers(0, 2, n)
    skill = np.where(
        group[:, None] == 1, chance.integers(0, 6, (n, steps)), chance.integers(2, 8, (n, steps))
    )
    return skill * N_A_SKILL + chance.integers(0, N_A_SKILL, (n, steps)), 0.0, ability - 0.6 * group, None


def ramp(chance, order, ability, n, steps):
    share = np.broadcast_to(np.arange(steps) / (steps - 1), (n, steps))
    return _near(chance, order, share, 12), 3.0, ability, None


def narrow_ramp(chance, order, ability, n, steps):
    share = np.broadcast_to(np.arange(steps) / (steps - 1), (n, steps))
    return _near(chance, order, share, 3), 3.0, ability, None


def ramp_with_starts(chance, order, ability, n, steps):
    share = (np.arange(steps)[None] + chance.integers(0, 11, n)[:, None]) / (steps + 9)
    return _near(chance, order, np.clip(share, 0, 1), 8), 3.0, ability, None


def ramp_own_pace(chance, order, ability, n, steps):
    """Who climbs faster also learns faster, both set beforehand."""
    pace = np.exp(chance.normal(0, 0.4, n))
    share = np.clip(np.arange(steps)[None] / (steps - 1) * pace[:, None], 0, 1)
    return _near(chance, order, share, 8), 3 * pace, ability, None


def classes(chance, order, ability, n, steps):
    """Six classes, each with its own list; one item in five is another."""
    of = chance.integers(0, 6, n)
    lists = np.stack([chance.permutation(N)[np.arange(steps) % N] for _ in range(6)])
    items = np.where(chance.random((n, steps)) < 0.2, chance.integers(0, N, (n, steps)), lists[of])
    return items, 1.5, ability + np.linspace(-1, 1, 6)[of], None


def attrition(chance, order, ability, n, steps):
    """A ramp that the weaker leave earlier."""
    items, _, _, _ = ramp(chance, order, ability, n, steps)
    stays = chance.poisson((0.65 * steps + 0.2 * steps * np.clip(ability, -2, 2)).clip(2))
    return items, 2.0, ability, np.clip(stays, 2, steps)


def weeks(chance, order, ability, n, steps):
    """A pool a week by the calendar; students do as many items a week as they like."""
    rate = np.exp(chance.normal(1.2 + 0.2 * ability, 0.4))
    week = (np.arange(steps)[None] / rate[:, None]).astype(int) % N_SKILLS
    items = week * N_A_SKILL + chance.integers(0, N_A_SKILL, (n, steps))
    return items, chance.normal(3, 1, n), ability, None


def fast_learners(chance, order, ability, n, steps):
    return chance.integers(0, N, (n, steps)), chance.normal(3, 1.5, n), ability, None


def lessons(chance, order, ability, n, steps):
    """Five items a skill for everybody; skills are learned in jumps."""
    skill = np.broadcast_to(np.arange(steps) // 5 % N_SKILLS, (n, steps))
    return skill * N_A_SKILL + chance.integers(0, N_A_SKILL, (n, steps)), 0.0, ability, None


def lessons_of_any_length(chance, order, ability, n, steps):
    """Three to seven items a skill, by lot."""
    ends = np.cumsum(chance.integers(3, 8, (n, steps)), axis=1)
    skill = np.stack([np.searchsorted(row, np.arange(steps), side="right") for row in ends]) % N_SKILLS
    return skill * N_A_SKILL + chance.integers(0, N_A_SKILL, (n, steps)), 0.0, ability, None


WORLDS = {
    "random": chance_only,
    "teacher's tracks": tracks,
    "content by group": groups,
    "the same ramp, strong learning": ramp,
    "a narrow ramp, strong learning": narrow_ramp,
    "a ramp with several start dates": ramp_with_starts,
    "a ramp at a set pace": ramp_own_pace,
    "a list for each class": classes,
    "a ramp that some leave": attrition,
    "a pool a week": weeks,
    "random, fast learners": fast_learners,
    "lessons of five, learning in jumps": lessons,
    "lessons of three to seven, learning in jumps": lessons_of_any_length,
}


def units_of_eight(seed, *, n=300, steps=60, guess=0.0, unequal=0.0):
    """Eight items in an order drawn by lot; the number right says whether an easy or a hard one follows."""
    chance = np.random.default_rng(seed)
    n_units = -(-steps // 8)
    difficulty = chance.normal(0, 0.5, (n_units, 2, 8)) + np.array([-1.0, 1.0])[None, :, None]
    slope = np.exp(chance.normal(0, unequal, difficulty.shape))
    ability, hard = chance.normal(0, 1, n), chance.integers(0, 2, n)
    items, right = np.empty((n, n_units * 8), int), np.empty((n, n_units * 8), bool)
    for unit in range(n_units):
        place = np.argsort(chance.random((n, 8)), axis=1)
        b, a = (
            difficulty[unit, hard][np.arange(n)[:, None], place],
            slope[unit, hard][np.arange(n)[:, None], place],
        )
        p = guess + (1 - guess) * expit(a * (ability[:, None] - b))
        at = slice(8 * unit, 8 * unit + 8)
        items[:, at] = (2 * unit + hard[:, None]) * 8 + place
        right[:, at] = chance.random((n, 8)) < p
        hard = (right[:, at].sum(axis=1) > 4).astype(int)
    student = np.repeat(np.arange(n), steps)
    items, right = items[:, :steps].ravel(), right[:, :steps].ravel()
    return Coded.from_arrays(student=student, item=items, correct=right.astype(float), skills=items // 16)
