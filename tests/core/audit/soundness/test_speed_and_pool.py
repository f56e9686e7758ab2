"""Running out of time, and how a pool is used: the same as when students are counted one by one."""

import json
from pathlib import Path

import numpy as np
import pytest

from plainview.core.audit.soundness.pool import used
from plainview.core.audit.soundness.speed import reached, rushed

REFERENCE = json.loads(
    (Path(__file__).parents[3] / "references" / "speed_and_pool.json").read_text(encoding="utf-8")
)


def test_how_far_students_come_is_what_counting_them_says():
    found, told = reached(np.array(REFERENCE["rows"], dtype=float)), REFERENCE["speed"]
    assert (found.reach_last.n_hits, found.reach_most.n_hits, found.n_skipped) == (
        told["reach_last"],
        told["reach_most"],
        told["n_skipped"],
    )
    assert found.by_item == pytest.approx(told["by_item"], rel=1e-12)
    assert found.ratio == pytest.approx(told["ratio"], rel=1e-12)


def test_how_a_pool_is_used_is_what_all_pairs_of_students_say():
    told = REFERENCE["pool"]
    names = told["names"]
    found = used(
        student=np.array([s for s, _ in told["met"]]),
        item=np.array([names.index(item) for _, item in told["met"]]),
        names=names,
        pool=names,
    )
    assert dict(found.rates) == pytest.approx(told["rates"])
    assert (found.overlap, found.uneven) == pytest.approx((told["overlap"], told["uneven"]), rel=1e-12)
    assert found.n_unused == sum(rate == 0 for rate in told["rates"].values())


def test_a_row_that_stands_twice_counts_once():
    found = used(student=np.array([0, 0, 1]), item=np.array([0, 0, 1]), names=["a", "b"])
    assert dict(found.rates) == {"a": 0.5, "b": 0.5} and found.overlap == 0


def test_students_who_rush_at_the_end_are_told_from_quick_students():
    """A rule: less than a tenth of the item's mean time. A quick student is quick throughout."""
    rng = np.random.default_rng(8)
    student = np.repeat(np.arange(40), 16)
    item = np.tile(np.arange(16), 40)
    ms = rng.uniform(8000, 12000, 640) * np.where(student % 2, 1.0, 0.4)
    assert rushed(student=student, item=item, ms=ms).more == 0
    ms[(item >= 14)] = 200
    ms[(item >= 14) & (student < 20)] = 40_000
    found = rushed(student=student, item=item, ms=ms)
    assert found.late == pytest.approx(0.25) and found.interval.low > 0


def test_too_few_are_refused():
    with pytest.raises(ValueError, match="19 students"):
        reached(np.ones((19, 4)))
    with pytest.raises(ValueError, match="no times"):
        rushed(student=np.array([0]), item=np.array([0]), ms=np.array([np.nan]))
