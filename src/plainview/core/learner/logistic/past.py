"""One walk through each student's answers: what was known of her just before each of them.

In:   rows student by student, each student's in her own order; what the training rows say of each item.
Out:  a row of numbers for each answer, made from the same student's earlier rows only.
Not here: what the numbers are called (columns), what they weigh (solve).

The functions are plain Python. `compiled` makes the same functions fast for long logs: one source, two ways
to run it, compared by test. So they keep to what both understand: arrays, numbers, loops.

Sources: counts, Pavlik, Cen & Koedinger (2009) and Gervet et al. (2020), JEDM 12(3), 31-54; decayed rates,
Galyardt & Goldin (2015), JEDM 7(2), 83-108; the ability so far is Elo's update with a step that shrinks as
the doubt does (Glickman 1999, Applied Statistics 48, 377-394; two levels as Pelanek 2016).
"""

from math import exp, log

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

# Half-lives of the decayed rates, in answers: at the same skill, and of the student whatever the skill.
SKILL_HALF_LIVES = (1.5, 5.0, 20.0)
STUDENT_HALF_LIVES = (3.0, 10.0, 40.0)
SKILL_KEPT = tuple(0.5 ** (1 / h) for h in SKILL_HALF_LIVES)
STUDENT_KEPT = tuple(0.5 ** (1 / h) for h in STUDENT_HALF_LIVES)

# Ability so far, in log-odds: how far students differ, how far one student's skills differ, and how much
# doubt each further answer brings back (she learns, and forgets).
STUDENT_VARIANCE, SKILL_VARIANCE = 0.8, 0.5
STUDENT_DRIFT, SKILL_DRIFT = 0.002, 0.02

# What is kept of a student, of a student at a skill, of a student at an item: places in a row of state.
WINS, FAILS, LAST, RIGHT_RUN, WRONG_RUN, SEEN_AT, ABILITY, DOUBT, RATES = 0, 1, 2, 3, 4, 5, 6, 7, 8
N_STATE = RATES + 6

# Places in a row of numbers.
STUDENT, SKILL, ITEM, ROW, N_COLUMNS = 0, 9, 21, 26, 28


def fresh(state: Floats, variance: float) -> None:
    """Nothing seen yet."""
    state[:] = 0.0
    state[SEEN_AT] = -1.0
    state[DOUBT] = variance


def learn(state: Floats, right: float, surprise: float, at: float, kept: tuple[float, float, float]) -> None:
    """One more answer: counts, the last one, runs, decayed sums of surprise and of answers."""
    state[WINS] += right
    state[FAILS] += 1.0 - right
    state[LAST] = right - 0.5
    state[RIGHT_RUN] = state[RIGHT_RUN] + 1.0 if right >= 0.5 else 0.0
    state[WRONG_RUN] = state[WRONG_RUN] + 1.0 if right < 0.5 else 0.0
    state[SEEN_AT] = at
    for n in range(3):
        state[RATES + n] = kept[n] * state[RATES + n] + surprise
        state[RATES + 3 + n] = kept[n] * state[RATES + 3 + n] + 1.0


def rate(state: Floats, n: int) -> float:
    """Share right beyond what such items usually get, recent answers counting most; 0 with nothing seen."""
    value: float = state[RATES + n] / (state[RATES + 3 + n] + 1.0)
    return value


def tell_student(state: Floats, out: Floats) -> None:
    out[STUDENT] = log(1.0 + state[WINS])
    out[STUDENT + 1] = log(1.0 + state[FAILS])
    for n in range(3):
        out[STUDENT + 2 + n] = rate(state, n)
    out[STUDENT + 5] = state[LAST]
    out[STUDENT + 6] = log(1.0 + state[RIGHT_RUN])
    out[STUDENT + 7] = log(1.0 + state[WRONG_RUN])
    out[STUDENT + 8] = state[ABILITY]


def tell_skill(state: Floats, now: float, share: float, out: Floats) -> None:
    """Add one skill of the row, at its share: a row of several skills gets their mean."""
    seen = state[SEEN_AT] >= 0.0
    out[SKILL] += share * log(1.0 + state[WINS])
    out[SKILL + 1] += share * log(1.0 + state[FAILS])
    for n in range(3):
        out[SKILL + 2 + n] += share * rate(state, n)
    out[SKILL + 5] += share * state[LAST]
    out[SKILL + 6] += share * log(1.0 + state[RIGHT_RUN])
    out[SKILL + 7] += share * log(1.0 + state[WRONG_RUN])
    if seen:
        out[SKILL + 8] += share * log(now - state[SEEN_AT])
    else:
        out[SKILL + 9] += share
    out[SKILL + 10] += share * state[ABILITY]


def tell_item(state: Floats, now: float, out: Floats) -> None:
    out[ITEM] = log(1.0 + state[WINS])
    out[ITEM + 1] = log(1.0 + state[FAILS])
    out[ITEM + 2] = state[LAST]
    if state[SEEN_AT] >= 0.0:
        out[ITEM + 3] = log(now - state[SEEN_AT])
        out[ITEM + 4] = 1.0


def update_ability(student: Floats, skills: Floats, mine: NDArray[np.int32], right: float, b: float) -> None:
    """Elo with doubt, on two levels: the surer we are of an ability, the less one answer moves it."""
    share = 1.0 / len(mine) if len(mine) else 0.0
    ability, doubt = student[ABILITY], student[DOUBT]
    for k in mine:
        ability += share * skills[k, ABILITY]
        doubt += share * share * skills[k, DOUBT]
    p = 1.0 / (1.0 + exp(b - ability))
    told = p * (1.0 - p)
    step = 1.0 / (1.0 + told * doubt)
    for k in mine:
        moved = share * skills[k, DOUBT] * step
        skills[k, ABILITY] += moved * (right - p)
        skills[k, DOUBT] += SKILL_DRIFT - moved * told * share * skills[k, DOUBT]
    moved = student[DOUBT] * step
    student[ABILITY] += moved * (right - p)
    student[DOUBT] += STUDENT_DRIFT - moved * told * student[DOUBT]


def tell_skills(student: Floats, skills: Floats, mine: NDArray[np.int32], now: float, out: Floats) -> None:
    """Means over the row's skills; how far below the weakest lies; what the row before shared."""
    if not len(mine):
        return
    share, weakest, again = 1.0 / len(mine), skills[mine[0], ABILITY], 0.0
    for k in mine:
        tell_skill(skills[k], now, share, out)
        weakest = min(weakest, skills[k, ABILITY])
        if now > 0.0 and skills[k, SEEN_AT] == now - 1.0:
            again += share
    out[SKILL + 11] = weakest - out[SKILL + 10]
    out[ROW] = log(float(len(mine)))
    out[ROW + 1] = again


def walk(
    starts: NDArray[np.int64],
    item: NDArray[np.int32],
    right: NDArray[np.float32],
    skill_from: NDArray[np.int64],
    skill: NDArray[np.int32],
    usual: Floats,
    difficulty: Floats,
    n_skills: int,
    out: Floats,
    pair_counts: Floats,
) -> None:
    """Every student's rows, one after the other: first tell what was known, then learn from the answer.

    ``usual[i]`` is the share right of item i, ``difficulty[i]`` its log-odds the other way round, both from
    training rows. Fills ``out`` (n_rows, N_COLUMNS), zero before, and ``pair_counts`` (n_pairs, 2): wins
    and fails at each skill of each row.
    """
    student = np.zeros(N_STATE)
    skills, items = np.zeros((n_skills, N_STATE)), np.zeros((len(usual), N_STATE))
    skill_of, item_of = np.full(n_skills, -1), np.full(len(usual), -1)
    for s in range(len(starts) - 1):
        fresh(student, STUDENT_VARIANCE)
        for r in range(starts[s], starts[s + 1]):
            i, now, mine = item[r], float(r - starts[s]), skill[skill_from[r] : skill_from[r + 1]]
            if item_of[i] != s:
                item_of[i] = s
                fresh(items[i], 0.0)
            for n in range(len(mine)):
                if skill_of[mine[n]] != s:
                    skill_of[mine[n]] = s
                    fresh(skills[mine[n]], SKILL_VARIANCE)
                pair_counts[skill_from[r] + n, 0] = skills[mine[n], WINS]
                pair_counts[skill_from[r] + n, 1] = skills[mine[n], FAILS]
            tell_student(student, out[r])
            tell_skills(student, skills, mine, now, out[r])
            tell_item(items[i], now, out[r])
            answer = float(right[r])  # single precision would round the surprise
            surprise = answer - usual[i]
            update_ability(student, skills, mine, answer, difficulty[i])
            learn(student, answer, surprise, now, STUDENT_KEPT)
            learn(items[i], answer, surprise, now, SKILL_KEPT)
            for k in mine:
                learn(skills[k], answer, surprise, now, SKILL_KEPT)


# Callees first: `compiled` goes through them in this order.
PARTS = (fresh, learn, rate, tell_student, tell_skill, tell_item, update_ability, tell_skills, walk)
