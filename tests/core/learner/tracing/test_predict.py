"""What is expected of a row rests on the same student's earlier rows, and is explained to the last digit."""

import json
from pathlib import Path

import numpy as np
import pytest

from plainview.core.learner.bkt import if_known, if_unknown
from plainview.core.learner.explanation import SHARE
from plainview.core.learner.tracing import fit
from plainview.core.learner.tracing.forecast import in_order
from plainview.core.learner.tracing.simulate import World, simulate
from plainview.core.logs.coded import Coded

VARIANTS = [
    {"by_item": False},
    {"forgets": True},
    {"by_item": True},
    {"by_student": True},
    {"forgets": True, "by_item": True, "by_student": True},
]


def several_skills(seed=4, n_students=40):
    """Rows with one skill, two skills or none, and partial credit now and then."""
    plain = simulate(World(n_students=n_students, n_skills=5, mean_length=4.0), seed=seed).log
    chance = np.random.default_rng(seed)
    skills = [[plain.skills[s]] for s in plain.skill]
    skills = [
        row if u > 0.2 else [] if u < 0.05 else [*row, "skill 0"]
        for row, u in zip(skills, chance.random(len(skills)), strict=True)
    ]
    right = np.where(chance.random(plain.n_rows) < 0.15, 0.4, plain.correct)
    students = [plain.students[s] for s in plain.student]
    items = [plain.items[i] for i in plain.item]
    return Coded.from_arrays(student=students, item=items, correct=right, skills=skills)


LOG = several_skills()


@pytest.mark.parametrize("variant", VARIANTS)
def test_base_and_parts_add_up_to_the_prediction(variant):
    found = fit(LOG, other_starts=(), **variant)
    expected = found.predict(LOG)
    for row in range(0, LOG.n_rows, 7):
        told = found.explain(LOG, row)
        assert told.scale == SHARE
        assert told.total == pytest.approx(told.p, abs=1e-12) == pytest.approx(expected[row], abs=1e-9)


@pytest.mark.parametrize("variant", VARIANTS)
def test_later_rows_and_other_students_do_not_enter(variant):
    found = fit(LOG, other_starts=(), **variant)
    expected = found.predict(LOG)
    half = LOG.n_rows // 2
    assert found.predict(LOG.rows(np.arange(half))) == pytest.approx(expected[:half], abs=1e-12)
    one = LOG.take([3])
    assert found.predict(one) == pytest.approx(expected[LOG.student == 3], abs=1e-12)


def test_the_rows_own_answer_does_not_enter():
    found = fit(LOG, other_starts=())
    turned = Coded(**{f: getattr(LOG, f) for f in LOG.__slots__} | {"correct": 1 - LOG.correct})
    first = np.unique(LOG.student, return_index=True)[1]
    assert found.predict(turned)[first] == pytest.approx(found.predict(LOG)[first], abs=1e-12)


def test_skills_are_found_by_name_whatever_their_code():
    found = fit(LOG, other_starts=())
    names = [
        [LOG.skills[s] for s in LOG.skill[a:b]]
        for a, b in zip(LOG.skill_from, LOG.skill_from[1:], strict=False)
    ]
    turned = Coded.from_arrays(
        student=LOG.student[::-1], item=LOG.item[::-1], correct=LOG.correct[::-1], skills=names[::-1]
    )
    back = Coded.from_arrays(student=LOG.student, item=LOG.item, correct=LOG.correct, skills=names)
    assert found.predict(back) == pytest.approx(found.predict(LOG), abs=1e-12)
    assert turned.skills != back.skills  # other codes for the same names
    assert np.isfinite(found.predict(turned)).all()


def test_a_row_with_two_skills_is_their_average_and_tells_both():
    found = fit(LOG, other_starts=())
    pair = Coded.from_arrays(
        student=["new"] * 2, item=["x"] * 2, correct=[1, 1], skills=[["skill 1", "skill 2"], ["skill 2"]]
    )
    alone = [
        found.predict(Coded.from_arrays(student=["new"], item=["x"], correct=[1], skills=[[name]]))[0]
        for name in ("skill 1", "skill 2")
    ]
    expected = found.predict(pair)
    assert expected[0] == pytest.approx(np.mean(alone))
    assert expected[1] > alone[1]  # the right answer before it counted for skill 2 as well


def test_what_nobody_has_seen_gets_what_is_usual():
    found = fit(LOG, other_starts=())
    new = Coded.from_arrays(
        student=["new"] * 3, item=["x"] * 3, correct=[1, 1, 0], skills=[["never seen"], ["never seen"], []]
    )
    expected = found.predict(new)
    prior = found.priors["known"]
    assert prior.a > 0 and expected[0] < expected[1]
    assert expected[2] == pytest.approx(found.share_right)


def test_partial_credit_is_part_right_part_wrong():
    """.4 of a right answer: (1 - slip)^.4 slip^.6 against guess^.4 (1 - guess)^.6 (core.learner.bkt)."""
    found = fit(LOG, other_starts=())
    one = found.skill("skill 1")
    log = Coded.from_arrays(student=["n"] * 2, item=["x"] * 2, correct=[0.4, 1], skills=["skill 1"] * 2)
    known = one.known.value * if_known(0.4, 1, one.slip.value)
    unknown = (1 - one.known.value) * if_unknown(0.4, 1, one.guess.value)
    p = known / (known + unknown)
    p += (1 - p) * one.learn.value
    assert found.predict(log)[1] == pytest.approx(p * (1 - one.slip.value) + (1 - p) * one.guess.value)


@pytest.mark.parametrize("variant", [{}, {"forgets": True}])
def test_the_compiled_way_expects_the_same(variant):
    found = fit(LOG, other_starts=(), **variant)
    assert in_order(found, LOG) == pytest.approx(found.predict(LOG), abs=1e-12)
    plain = simulate(World(n_students=30, n_skills=5), seed=9).log
    assert in_order(found, plain) == pytest.approx(found.predict(plain), abs=1e-12)


def test_a_log_without_rows_is_expected_nothing_of():
    found = fit(LOG, other_starts=())
    assert len(found.predict(LOG.take([]))) == 0


def test_variants_find_what_they_are_for():
    """Held-out answers of 100 students: a variant is worth more where it is true. Seeds 1, 2, 3."""
    for seed, (variant, world) in enumerate(
        (
            ({"forgets": True}, {"forget": (0.2, 0.4), "slip": (0.02, 0.05), "guess": (0.05, 0.1)}),
            ({"by_item": True}, {"spread_of_items": 1.2, "n_items_a_skill": 4}),
            ({"by_student": True}, {"spread_of_students": 2.0, "learn": (0.02, 0.1)}),
        ),
        start=1,
    ):
        plainly = {"by_item": False, "other_starts": ()}
        log = simulate(World(n_students=300, n_skills=8, **world), seed=seed).log
        train, test = log.take(np.arange(200)), log.take(np.arange(200, 300))
        plain, varied = (worth(fit(train, **plainly | v).predict(test), test) for v in ({}, variant))
        assert varied > plain + 0.002, variant


def worth(p, log):
    """Mean log-likelihood of an answer."""
    return float(np.mean(log.correct * np.log(p) + (1 - log.correct) * np.log(1 - p)))


SMALL = Path(__file__).parents[3] / "references" / "tracing_small.json"


def test_small_classes_are_expected_better_than_by_a_constant_and_by_pybkt_in_every_draw():
    """With 100 students and four skills both plain models find the same numbers: there a tie is one."""
    reference = json.loads(SMALL.read_text())
    for case in reference["cases"]:
        for draw in case["draws"][:10]:
            n = case["n_students"]
            world = World(n_students=n + reference["n_held_out"], **reference["worlds"][case["world"]])
            both = simulate(world, seed=draw["seed"]).log
            found = fit(both.take(np.arange(n)), other_starts=())
            test = both.take(np.arange(n, n + reference["n_held_out"]))
            ours = worth(found.predict(test), test)
            said = (case["world"], n, draw, reference["made_with"])
            assert ours > max(draw["constant"], draw["constant_by_skill"]) + 0.02, said
            assert ours > draw["pybkt"] - (0.0 if n < 100 else 0.002), said


def test_where_items_do_not_differ_the_variant_costs_next_to_nothing():
    """Held-out, 30 students, seed 3: an item a skill of ten, none of them easier than another."""
    log = simulate(World(n_students=130, n_skills=6), seed=3).log
    train, test = log.take(np.arange(30)), log.take(np.arange(30, 130))
    plain, varied = (worth(fit(train, other_starts=(), by_item=v).predict(test), test) for v in (False, True))
    assert varied > plain - 0.005
