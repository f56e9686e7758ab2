"""Five worlds of students whose truth is known, made to differ: most hold what none of our models has.

In:   a seed, how many students.
Out:  a log each: about a thousand students, sixty answers each.
Not here: the models (deep). Two more worlds, skill building and tutoring, come from logistic_ablation.

forgetting      what is known is known or not, learned by chance and forgotten by chance; items differ.
practice        ability, unequal items, guessing; practice adds up, days without halve it; the log has times.
prerequisites   a skill is hardly learned before those it rests on, and learning one also teaches its
                neighbours: a graph of twelve skills that the log does not hold, met in mixed order.
unlike          careful ones, guessers, tiring ones and fast learners, each by numbers of their own.
gaps            strength is the power-law sum of all earlier practice (Pavlik & Anderson 2005), gaps from
                minutes to months: who comes back late has forgotten, and spaced practice lasts.
"""

from math import exp, log

import numpy as np

from plainview.core.learner import simulated_irt
from plainview.core.learner.tracing import simulate as tracing
from plainview.core.logs.coded import Coded

N_STUDENTS, N_ANSWERS = 1000, 60


def sigmoid(x):
    return 1 / (1 + exp(-x))


def coded(rows, *, times=False):
    student, item, right, skills, at = zip(*rows, strict=True)
    right = np.array(right, dtype=float)
    items = np.array(item)
    return Coded.from_arrays(
        student=np.array(student), item=items, correct=right, skills=skills, at_ms=at if times else None
    )


def forgetting(seed, n_students=N_STUDENTS):
    world = tracing.World(
        n_students=n_students, n_skills=8, n_items_a_skill=8, mean_length=7.5,
        forget=(0.02, 0.12), spread_of_items=0.6,
    )  # fmt: skip
    return tracing.simulate(world, seed=seed).log


def practice(seed, n_students=N_STUDENTS):
    world = simulated_irt.World(
        n_students=n_students, n_items=120, n_answers=N_ANSWERS, n_a_day=8, learns=0.12, half_life_days=5.0
    )
    return simulated_irt.simulate(world, seed=seed).log


def prerequisites(seed, n_students=N_STUDENTS, n_skills=12, a_skill=8):
    chance = np.random.default_rng(seed)
    rests_on = [[]] + [sorted({int(q) for q in chance.integers(0, k, min(k, 2))}) for k in range(1, n_skills)]
    hard = chance.normal(0, 0.6, n_skills * a_skill)
    rows = []
    for student in range(n_students):
        ability, reached = chance.normal(0, 0.7), 0
        knows = chance.random(n_skills) < np.where(np.arange(n_skills) < 4, 0.4, 0.1)
        for t in range(N_ANSWERS):
            if t % 4 == 0:
                reached = min(n_skills, 4 + t // 6)
                k = int(chance.integers(0, reached))
            i = k * a_skill + int(chance.integers(a_skill))
            p = 0.1 + 0.85 * sigmoid((1.8 if knows[k] else -1.8) + 0.5 * ability - hard[i])
            rows.append((student, i, float(chance.random() < p), [k], 0))
            ready = all(knows[q] for q in rests_on[k])
            if not knows[k] and chance.random() < (0.35 if ready else 0.03):
                knows[k] = True
                for other in range(n_skills):
                    near = k in rests_on[other] or other in rests_on[k]
                    knows[other] = knows[other] or (near and chance.random() < 0.3)
    return coded(rows)


KINDS = {  # ability, learns an answer, guesses, slips, tires in so many answers
    "careful": (0.0, 0.10, 0.05, 0.02, 1e9),
    "guesser": (-0.8, 0.04, 0.30, 0.10, 1e9),
    "tiring": (0.4, 0.08, 0.10, 0.05, 12.0),
    "quick": (-0.4, 0.35, 0.10, 0.05, 1e9),
}


def unlike(seed, n_students=N_STUDENTS, n_skills=10, a_skill=10):
    chance = np.random.default_rng(seed)
    hard = chance.normal(0, 0.8, n_skills * a_skill) + np.repeat(chance.normal(0.3, 0.5, n_skills), a_skill)
    rows, kinds = [], list(KINDS.values())
    for student in range(n_students):
        middle, learns, guesses, slips, tires = kinds[int(chance.integers(len(kinds)))]
        ability, own = chance.normal(middle, 0.5), chance.normal(0, 0.5, n_skills)
        in_session, k = 0, 0
        for t in range(N_ANSWERS):
            if t % 5 == 0:
                k = int(chance.integers(n_skills))
            in_session = 0 if t % 20 == 0 else in_session + 1
            i = k * a_skill + int(chance.integers(a_skill))
            know = sigmoid(ability + own[k] - hard[i] - in_session / tires)
            p = guesses + (1 - guesses - slips) * know
            rows.append((student, i, float(chance.random() < p), [k], 0))
            own[k] += learns * (1 + chance.normal(0, 0.3))
    return coded(rows)


def gaps(seed, n_students=N_STUDENTS, n_skills=10, a_skill=10):
    chance = np.random.default_rng(seed)
    hard = chance.normal(0, 0.7, n_skills * a_skill)
    rows = []
    for student in range(n_students):
        ability, fades = chance.normal(0, 0.8), float(np.exp(chance.normal(-1.0, 0.3)))
        when, hour, k = [[] for _ in range(n_skills)], 0.0, 0
        for t in range(N_ANSWERS):
            if t % 4 == 0:
                k = int(chance.integers(n_skills))
                hour += float(np.exp(chance.normal(2.5, 2.0)))  # 12 hours in the middle, minutes to months
            hour += 0.02
            i = k * a_skill + int(chance.integers(a_skill))
            left = sum((hour - at + 0.05) ** -fades for at in when[k])
            strength = 0.9 * log(left) + 0.6 if left else -1.0
            p = 0.1 + 0.86 * sigmoid(ability + strength - hard[i])
            right = float(chance.random() < p)
            rows.append((student, i, right, [k], int(hour * 3.6e6)))
            when[k].append(hour)
    return coded(rows, times=True)


WORLDS = (forgetting, practice, prerequisites, unlike, gaps)
