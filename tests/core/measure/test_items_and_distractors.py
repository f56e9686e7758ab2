"""Items one by one, and what is chosen instead of the right answer."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.distractors import distractors
from plainview.core.measure.items import Item, items

REFERENCE = json.loads(Path(__file__).parents[2].joinpath("references/classical_by_r.json").read_text())


@pytest.mark.parametrize("case", REFERENCE["cases"], ids=lambda c: c["name"])
def test_r_finds_the_same(case):
    found = items(case["scores"])
    assert [i.difficulty for i in found] == pytest.approx(case["means"], rel=1e-9), REFERENCE["made_with"]
    assert [i.item_rest.value for i in found] == pytest.approx(case["rest"], rel=1e-9)


def test_an_item_that_hardly_goes_with_the_rest_is_flagged():
    """Items 1, 4 and 5 of section 6 of the LSAT stand below .15."""
    (case,) = (c for c in REFERENCE["cases"] if c["name"] == "lsat6")
    assert [i.name for i in items(case["scores"]) if i.is_flagged] == ["item 1", "item 4", "item 5"]


def test_the_sentence_says_it():
    table = [[1, 1, 0], [1, 0, 0], [0, 1, 1], [1, 1, 0]] * 5
    first = items(table, names=["half of 6", "b", "c"])[0]
    assert first.sentence.startswith("half of 6: 75 % of 20 students got it right")


def with_gaps(seed=1, n=300, k=7):
    chance = np.random.default_rng(seed)
    table = np.round(chance.normal(size=(n, 1)) + chance.normal(size=(n, k)), 1)
    table[chance.random(table.shape) < 0.4] = np.nan
    return table


def test_gaps_slowly_student_by_student():
    table = with_gaps()
    for j, found in enumerate(items(table)):
        pairs = [
            (row[j], np.nanmean(np.delete(row, j)))
            for row in table
            if not np.isnan(row[j]) and not np.isnan(np.delete(row, j)).all()
        ]
        assert found.item_rest.value == pytest.approx(np.corrcoef(np.array(pairs).T)[0, 1], rel=1e-9)
        assert found.item_rest.n == len(pairs)
        assert found.n_students + found.n_left_out == len(table)
        assert found.difficulty == pytest.approx(np.nanmean(table[:, j]))


def test_an_ability_may_stand_in_for_the_rest():
    table, able = with_gaps(n=9000), np.random.default_rng(3).normal(size=9000)
    able[:50] = np.nan
    found = items(table, criterion=able)[2]
    keep = ~np.isnan(table[:, 2]) & ~np.isnan(able)
    assert found.item_rest.value == pytest.approx(np.corrcoef(table[keep, 2], able[keep])[0, 1], abs=1e-9)
    assert found.item_rest.n == keep.sum()


tables = arrays(
    float, st.tuples(st.integers(0, 8), st.integers(0, 4)), elements=st.sampled_from([0.0, 1.0, np.nan])
)


@settings(max_examples=150, deadline=None)
@given(table=tables)
def test_no_table_is_too_odd(table):
    for found in items(table):
        assert isinstance(found, Item | CannotSay)
        if isinstance(found, Item):
            assert found.difficulty_interval.low <= found.difficulty <= found.difficulty_interval.high
            assert isinstance(found.item_rest, CannotSay) or -1 <= found.item_rest.value <= 1


def test_all_right_says_how_easy_but_not_whether_it_goes_with_the_rest():
    (found, _) = items([[1, 1], [1, 0], [1, 1], [1, 0]])
    assert found.difficulty == 1
    assert found.difficulty_interval.low < 0.6
    assert isinstance(found.item_rest, CannotSay)
    assert not found.is_flagged


def test_wrong_shapes_are_the_callers_mistake():
    with pytest.raises(ValueError, match="2 names for 3 items"):
        items(np.ones((4, 3)), names=["a", "b"])
    with pytest.raises(ValueError, match="expected one each"):
        items(np.ones((4, 3)), criterion=[1, 2])


def choices(n=400):
    """Item 1 is sound; item 2's key is turned; item 3 has two right answers and an option nobody takes."""
    chance = np.random.default_rng(1)
    able = chance.normal(size=n)
    knows = [able + chance.normal(size=n) > 0 for _ in range(6)]
    table = np.empty((n, 6), dtype=object)
    for j in range(6):
        table[:, j] = np.where(knows[j], "a", chance.choice(list("bc"), size=n))
    table[:, 2] = np.where(knows[2], chance.choice(list("ad"), size=n), chance.choice(list("bc"), size=n))
    table[::40, 2] = "e"
    table[::10, 0] = ""
    return table


def test_what_wants_looking_at_is_said():
    right = ["a", "b", "a", "a", "a", "a"]
    found = distractors(choices(), right=right)
    assert not found[0].is_flagged
    assert (found[0].n_students, found[0].n_left_out) == (360, 40)
    assert "is the key right?" in found[1].sentence
    assert "d: students who do well elsewhere choose it: is it right too?" in found[2].sentence
    assert "e: hardly anybody chooses it" in found[2].sentence


def test_shares_add_up_and_the_right_answer_rises_with_the_thirds():
    sound = distractors(choices(), right=["a"] * 6)[0]
    assert sum(o.share.value for o in sound.options) == pytest.approx(1)
    (right,) = (o for o in sound.options if o.is_right)
    assert right.by_third[0] < right.by_third[1] < right.by_third[2]
    assert right.with_rest.interval.low > 0


def test_few_students_and_nobody_who_chose_the_right_answer():
    assert all(isinstance(found, CannotSay) for found in distractors(choices(20), right=["a"] * 6))
    never = distractors(choices(), right=["z"] + ["a"] * 5)[0]
    assert [o.share.n_hits for o in never.options if o.is_right] == [0]
    with pytest.raises(ValueError, match="one right option"):
        distractors(choices(), right=["a"])
