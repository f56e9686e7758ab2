"""The fast walk over all students at once says what the plain one says of each."""

import json
from itertools import pairwise, product
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.learner import bkt
from plainview.core.learner.tracing.alike import grow_in_order
from plainview.core.learner.tracing.arrange import plain_layout, plain_tree
from plainview.core.learner.tracing.expect import compiled, expect, odds_before, tables
from plainview.core.learner.tracing.numbers import from_log_odds, log_odds
from plainview.core.learner.tracing.simulate import World, simulate
from plainview.core.logs.coded import Coded

NUMBERS = {"known": 0.4, "learn": 0.2, "guess": 0.25, "slip": 0.1, "forget": 0.07}
SKILL = bkt.Skill(p_known=0.4, p_learn=0.2, p_guess=0.25, p_slip=0.1)
histories = st.lists(
    st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=6), min_size=1, max_size=6
)


def log_of(answers):
    """One skill; a list of answers a student."""
    student = [n for n, row in enumerate(answers) for _ in row]
    right = [one for row in answers for one in row]
    return Coded.from_arrays(
        student=student, item=[0] * len(right), correct=right, skills=["one"] * len(right)
    )


def walked(answers, *, forgets):
    layout = plain_layout(1, forgets=forgets)
    return expect(plain_tree(log_of(answers), layout), layout, layout.filled(NUMBERS)), layout


def by_all_paths(answers, forget):
    """Every way in which knowing may have come and gone, weighed: slow, and nothing to get wrong."""
    n, total = NUMBERS, 0.0
    hits, trials = dict.fromkeys(n, 0.0), dict.fromkeys(n, 0.0)
    for path in product([0, 1], repeat=len(answers)):
        weight = n["known"] if path[0] else 1 - n["known"]
        for then, now in pairwise(path):
            change = forget if then else n["learn"]
            weight *= change if then != now else 1 - change
        for knows, shown in zip(path, answers, strict=True):
            weight *= bkt.if_known(shown, 1, n["slip"]) if knows else bkt.if_unknown(shown, 1, n["guess"])
        total += weight
        count = {"known": (path[0], 1)}
        pairs = list(pairwise(path))
        count["learn"] = (sum((a, b) == (0, 1) for a, b in pairs), sum(a == 0 for a, _ in pairs))
        count["forget"] = (sum((a, b) == (1, 0) for a, b in pairs), sum(a == 1 for a, _ in pairs))
        count["guess"] = (sum(x for k, x in zip(path, answers, strict=True) if not k), path.count(0))
        count["slip"] = (sum(1 - x for k, x in zip(path, answers, strict=True) if k), path.count(1))
        for kind, (hit, trial) in count.items():
            hits[kind] += weight * hit
            trials[kind] += weight * trial
    return log(total), {k: v / total for k, v in hits.items()}, {k: v / total for k, v in trials.items()}


@settings(max_examples=40, deadline=None)
@given(answers=histories, forgets=st.booleans())
def test_the_expected_counts_are_those_of_all_paths(answers, forgets):
    seen, layout = walked(answers, forgets=forgets)
    alone = [by_all_paths(row, NUMBERS["forget"] if forgets else 0.0) for row in answers]
    assert seen.log_likelihood[0] == pytest.approx(sum(one[0] for one in alone), abs=1e-10)
    for kind in layout.kinds:
        assert seen.hits[layout.of[kind]][0] == pytest.approx(sum(one[1][kind] for one in alone), abs=1e-10)
        assert seen.trials[layout.of[kind]][0] == pytest.approx(sum(one[2][kind] for one in alone), abs=1e-10)


def test_by_hand_two_right_answers():
    """P(right) = .4 x .9 + .6 x .25 = .51; then p = .36 / .51, learned: + .2 of the rest; P(right) again."""
    seen, _ = walked([[1.0, 1.0]], forgets=False)
    p = 0.36 / 0.51
    p += (1 - p) * 0.2
    assert seen.log_likelihood[0] == pytest.approx(log(0.51) + log(p * 0.9 + (1 - p) * 0.25))


def test_a_long_run_of_right_answers_leaves_the_machines_range_and_nothing_breaks():
    """After 2,000 right answers the odds are beyond any number; a wrong one must still count."""
    seen, layout = walked([[1.0] * 2000 + [0.0] * 3, [1.0, 0.0]], forgets=False)
    assert np.isfinite(seen.log_likelihood).all() and np.isfinite(seen.hits).all()
    p, total = 0.4, 0.0
    for right in [True] * 2000 + [False] * 3:
        p_right = p * 0.9 + (1 - p) * 0.25
        total += log(p_right if right else 1 - p_right)
        p = bkt.after_answer(p, right, SKILL)
    short, _ = walked([[1.0, 0.0]], forgets=False)
    assert seen.log_likelihood[0] - short.log_likelihood[0] == pytest.approx(total, abs=1e-6)
    assert (seen.hits <= seen.trials + 1e-9)[: layout.n].all()


def test_what_is_expected_of_each_answer_is_what_the_plain_steps_expect():
    log_ = simulate(World(n_students=30, n_skills=1), seed=2).log
    layout = plain_layout(1, forgets=False)
    tree = plain_tree(log_, layout)
    odds = odds_before(tree, layout, layout.filled(NUMBERS))
    told = set(np.round(odds / (1 + odds), 12))
    for student in range(30):
        shown = log_.correct[log_.student == student].tolist()
        steps = bkt.trace(shown, SKILL)
        assert {round(step.p_before, 12) for step in steps} <= {round(x, 12) for x in told}


REFERENCE = json.loads((Path(__file__).parents[3] / "references" / "bkt_by_pybkt.json").read_text())


@pytest.mark.parametrize("case", REFERENCE["cases"][:3])
def test_pybkt_expects_the_same(case):
    numbers = REFERENCE["skill"]
    shown = [float(a) for a in case["answers"]]
    layout = plain_layout(1, forgets=False)
    p = layout.filled(
        {
            "known": numbers["prior"],
            "learn": numbers["learns"],
            "guess": numbers["guesses"],
            "slip": numbers["slips"],
        }
    )
    odds = odds_before(plain_tree(log_of([shown]), layout), layout, p)
    known = odds / (1 + odds)
    right = known * (1 - numbers["slips"]) + (1 - known) * numbers["guesses"]
    assert right.tolist() == pytest.approx(case["p_right"], abs=1e-6), REFERENCE["made_with"]


@pytest.mark.parametrize("forgets", [False, True])
def test_the_slope_is_the_slope(forgets):
    log_ = simulate(World(n_students=40, n_skills=3), seed=5).log
    layout = plain_layout(3, forgets=forgets)
    tree, p = plain_tree(log_, layout), layout.filled(NUMBERS)
    seen = expect(tree, layout, p)
    for kind in layout.kinds:
        z = log_odds(p)
        z[layout.of[kind]] += 1e-4
        up = expect(tree, layout, from_log_odds(z)).log_likelihood
        z[layout.of[kind]] -= 2e-4
        down = expect(tree, layout, from_log_odds(z)).log_likelihood
        slope = (seen.hits - seen.trials * p)[layout.of[kind]]
        assert (up - down) / 2e-4 == pytest.approx(slope, abs=1e-4)


@pytest.mark.parametrize("forgets", [False, True])
def test_the_compiled_walk_is_the_same(forgets):
    log_ = simulate(World(n_students=60, n_skills=4, share_of_skills=0.7), seed=5).log
    layout = plain_layout(4, forgets=forgets)
    tree, other = plain_tree(log_, layout), grow_in_order(log_)
    assert (tree.n_nodes, tree.levels.tolist()) == (other.n_nodes, other.levels.tolist())
    p = layout.filled(NUMBERS)
    one, two = expect(tree, layout, p), compiled(other, layout, tables(other, layout, p))
    for field in ("log_likelihood", "hits", "trials"):
        assert getattr(one, field) == pytest.approx(getattr(two, field), abs=1e-9)


@pytest.mark.parametrize("forgets", [False, True])
def test_a_few_very_long_sequences_are_walked_in_strides_and_nothing_changes(forgets):
    """Forty students, some with hundreds of answers; against the compiled walk, node by node."""
    chance = np.random.default_rng(8)
    lengths = np.concatenate([chance.integers(1, 12, 30), chance.integers(60, 400, 10)])
    student = np.repeat(np.arange(40), lengths)
    right = (chance.random(len(student)) < 0.7).astype(float)
    log_ = Coded.from_arrays(student=student, item=student, correct=right, skills=student % 3)
    layout = plain_layout(3, forgets=forgets)
    tree, shared = plain_tree(log_, layout), grow_in_order(log_)
    p = layout.filled(NUMBERS)
    one, two = expect(tree, layout, p), compiled(shared, layout, tables(shared, layout, p))
    assert tree.deep is not None
    for field in ("log_likelihood", "hits", "trials"):
        assert getattr(one, field) == pytest.approx(getattr(two, field), abs=1e-8)
    kept = np.array([True, False, True])
    part = expect(tree.only(kept), layout, p)
    assert part.log_likelihood[kept] == pytest.approx(one.log_likelihood[kept], abs=1e-9)
