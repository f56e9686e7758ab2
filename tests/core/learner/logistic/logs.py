"""Logs for these tests: drawn by Hypothesis, or simulated with a truth that is known."""

import numpy as np
from hypothesis import strategies as st

from plainview.core.logs.coded import Coded

HOUR = 3_600_000

row = st.tuples(
    st.integers(0, 3),  # student
    st.integers(0, 4),  # item
    st.sampled_from([0.0, 1.0, 0.5]),
    st.lists(st.integers(0, 2), max_size=3, unique=True),  # skills
    st.integers(0, 800 * HOUR),  # how long after the row before
)
any_rows = st.lists(row, min_size=1, max_size=40)


def coded(rows, *, times=True):
    student, item, right, skills, gaps = zip(*rows, strict=True)
    at = np.cumsum(gaps) if times else None
    return Coded.from_arrays(student=student, item=item, correct=right, skills=skills, at_ms=at)


def simulated(n_students, n_rows, *, seed, n_items=30, n_skills=5, learns=0.1):
    """Students of normal ability, items of normal difficulty, each answer at a skill teaching a little."""
    chance = np.random.default_rng(seed)
    shape = (n_students, n_rows)
    item = chance.integers(0, n_items, shape)
    skill, hard = item % n_skills, chance.normal(0, 1, n_items)
    onehot = skill[:, :, None] == np.arange(n_skills)
    seen = np.take_along_axis(np.cumsum(onehot, axis=1), skill[:, :, None], axis=2)[:, :, 0] - 1
    eta = chance.normal(0, 1, (n_students, 1)) - hard[item] + learns * seen
    right = chance.random(shape) < 1 / (1 + np.exp(-eta))
    student = np.repeat(np.arange(n_students), n_rows)
    return Coded.from_arrays(
        student=student, item=item.ravel(), correct=right.ravel().astype(float), skills=skill.ravel()
    )


def log_likelihood(right, p):
    """A row, on average."""
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return float(np.mean(right * np.log(p) + (1 - right) * np.log1p(-p)))
