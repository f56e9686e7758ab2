"""Only the last answer, or a memory? And are students treated alike who answered alike?"""

import numpy as np
import pytest

from plainview.core.audit.adaptivity.group_test import Reacts, group_test
from plainview.core.audit.adaptivity.memory_test import Remembers, memory_test
from plainview.core.cannot_say import CannotSay
from plainview.core.tutors.taught import World, simulate

FEW = {"draws": 199, "seed": 1}


@pytest.mark.parametrize("kind", ["mastery", "bkt"])
def test_three_in_a_row_is_a_memory(kind):
    found = memory_test(simulate(kind, World(), seed=5).coded, bound=0.02, **FEW)
    assert found.says == Remembers.OLDER and found.head.r > 0.05


@pytest.mark.parametrize("kind", ["one-step", "random", "tracks"])
def test_one_step_up_and_down_has_none(kind):
    """Nothing before the last answer counts: neither where the last does, nor where none does."""
    for seed in (7, 8, 9):
        found = memory_test(simulate(kind, World(), seed=seed).coded, bound=0.02, **FEW)
        assert found.says != Remembers.OLDER


def test_of_a_fixed_sequence_a_memory_cannot_be_told():
    found = memory_test(simulate("fixed", World(n_students=120), seed=1).coded, bound=0.02, **FEW)
    assert isinstance(found, CannotSay) and "same item came before" in found.reason


def by_poverty(made):
    return np.array([student.profile.school_poverty == "high" for student in made.students], np.int32)


def test_a_product_that_holds_a_group_back_is_noticed():
    made = simulate("partial", World(n_students=500), seed=2)
    found = group_test(made.coded, by_poverty(made), column="school_poverty", **FEW)
    assert found.says == Reacts.GROUP
    assert found.differ_interval.low > 0.005


@pytest.mark.parametrize("kind", ["one-step", "cat", "mastery", "random"])
def test_a_product_that_looks_at_answers_alone_treats_a_weaker_group_alike(kind):
    """One group starts .8 log-odds lower: it is given other items, but not where it answered alike."""
    made = simulate(kind, World(n_students=400, gap=0.8), seed=2)
    found = group_test(made.coded, made.group.codes, column="group", **FEW)
    assert found.says == Reacts.ALIKE


def test_without_students_who_answered_alike_it_cannot_say():
    made = simulate("random", World(n_students=100, n_steps=15), seed=2)
    found = group_test(made.coded, made.group.codes, column="group", **FEW)
    assert isinstance(found, CannotSay) and "alike students" in found.reason
