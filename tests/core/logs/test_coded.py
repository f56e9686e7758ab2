import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.logs import coded, counting, order
from plainview.core.logs.coded import Coded

LOG = Coded.from_arrays(
    student=["bo", "eve", "bo", "bo", "eve"],
    item=[7, 7, 8, 9, 9],
    correct=[1, 0, 0.5, 1, 1],
    skills=[["halves"], ["halves"], ["halves", "thirds"], [], ["thirds"]],
)


def test_codes_are_given_in_the_order_of_first_appearance():
    assert LOG.students == ("bo", "eve")
    assert LOG.items == ("7", "8", "9")
    assert LOG.student.tolist() == [0, 1, 0, 0, 1]
    assert LOG.item.tolist() == [0, 0, 1, 2, 2]
    assert LOG.correct.tolist() == [1, 0, 0.5, 1, 1]


def test_an_attempt_keeps_all_its_skills_in_one_row():
    assert LOG.skills == ("halves", "thirds")
    assert LOG.skill.tolist() == [0, 0, 0, 1, 1]
    assert LOG.skill_from.tolist() == [0, 1, 2, 4, 4, 5]
    assert (LOG.n_rows, LOG.n_pairs, LOG.n_students, LOG.n_items, LOG.n_skills) == (5, 5, 2, 3, 2)


def test_a_students_rows_stay_in_her_own_order():
    groups = LOG.by_student()
    assert groups.of(0).tolist() == [0, 2, 3]
    assert groups.of(1).tolist() == [1, 4]
    assert groups.place().tolist() == [0, 0, 1, 2, 1]
    assert groups.sizes.tolist() == [3, 2]


def test_pairs_stand_by_skill_then_student_then_time():
    pairs = LOG.by_skill()
    assert pairs.row.tolist() == [0, 2, 1, 2, 4]
    assert pairs.starts.tolist() == [0, 3, 5]
    assert pairs.pair.tolist() == [0, 2, 1, 3, 4]
    assert pairs.begins.tolist() == [True, False, True, True, True]


@pytest.mark.parametrize("chosen", [[False, True], [1], np.array([1])])
def test_taking_students_keeps_the_codes_of_items_and_skills(chosen):
    eve = LOG.take(chosen)
    assert eve.students == ("eve",)
    assert eve.student.tolist() == [0, 0]
    assert eve.item.tolist() == [0, 2]
    assert eve.items is LOG.items
    assert eve.skill.tolist() == [0, 1]
    assert eve.skill_from.tolist() == [0, 1, 2]


def test_taking_nobody_is_an_empty_log():
    nobody = LOG.take([False, False])
    assert (nobody.n_rows, nobody.n_students, nobody.skill_from.tolist()) == (0, 0, [0])
    assert nobody.by_skill().starts.tolist() == [0, 0, 0]


def test_numbers_and_text_of_the_same_name_are_the_same_student():
    numbers, text = coded.code(np.array([3, 1, 3])), coded.code(["3", "1", "3"])
    assert numbers[1] == text[1] == ("3", "1")
    assert numbers[0].tolist() == text[0].tolist() == [0, 1, 0]


def test_one_skill_a_row_may_be_blank():
    log = Coded.from_arrays(student=[1, 1], item=[1, 2], correct=[1, 0], skills=["halves", None])
    assert log.skill_from.tolist() == [0, 1, 1]


def test_a_skill_named_twice_in_a_row_counts_once():
    log = Coded.from_arrays(student=[1], item=[1], correct=[1], skills=[["halves", "halves"]])
    assert log.skill.tolist() == [0]


def test_a_log_without_skills_has_none():
    log = Coded.from_arrays(student=[1, 2], item=[1, 1], correct=[1, 0], at_ms=[5, 6])
    assert (log.n_skills, log.by_skill().row.tolist(), log.at_ms.tolist()) == (0, [], [5, 6])


def test_names_are_looked_up_never_numbers():
    assert coded.codes_in(("a", "b"), ("b", "c", "a")).tolist() == [1, -1, 0]
    assert coded.codes_in(LOG.items, LOG.items).tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"correct": [1, float("nan")]}, "no blanks"),
        ({"correct": [1, 2]}, "from 0 to 1"),
        ({"correct": [1]}, "expected 2 rows"),
        ({"item": [1]}, "expected 2 rows"),
        ({"skills": [["a"]]}, "expected 2, as student has"),
        ({"student": [[1, 2]]}, "one value a row"),
        ({"at_ms": [1]}, "expected 2 rows"),
    ],
)
def test_a_wrong_shape_is_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        Coded.from_arrays(**{"student": [1, 2], "item": [1, 1], "correct": [1, 0]} | wrong)


def test_a_choice_of_students_that_are_not_there_is_a_sentence():
    with pytest.raises(ValueError, match="expected 2 students"):
        LOG.take([True])
    with pytest.raises(ValueError, match="outside 0 to 1"):
        LOG.take([2])


def test_a_code_outside_its_groups_is_a_sentence():
    with pytest.raises(ValueError, match="expected 0 to 1"):
        order.group(np.array([0, 2]), 2)


many_codes = st.tuples(
    st.sampled_from([1, 3, 65_536, 65_537, 200_000]), st.integers(0, 400), st.integers(0, 2**32 - 1)
)


@settings(deadline=None, max_examples=60)  # the first call compiles
@given(many_codes)
def test_counting_orders_as_a_stable_sort_does(shape):
    n_groups, n, seed = shape
    codes = np.random.default_rng(seed).integers(0, n_groups, n).astype(np.int32)
    groups = order.group(codes, n_groups)
    expected = np.argsort(codes, kind="stable")
    assert groups.order.tolist() == expected.tolist()
    compiled, starts = counting.count(codes, n_groups)
    assert compiled.tolist() == expected.tolist()
    assert groups.starts.tolist() == starts.tolist()
    assert order._by_digits(codes, n_groups).tolist() == expected.tolist()


@settings(deadline=None, max_examples=60)
@given(many_codes)
def test_every_row_is_in_exactly_one_group(shape):
    n_groups, n, seed = shape
    codes = np.random.default_rng(seed).integers(0, n_groups, n)
    groups = order.group(codes, n_groups)
    assert sorted(groups.order) == list(range(n))
    assert groups.starts[-1] == n
