import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.stats.interval import Interval, wilson

REFERENCE = json.loads(Path(__file__).parents[2].joinpath("references/wilson.json").read_text())


@pytest.mark.parametrize("case", REFERENCE["cases"])
def test_wilsons_interval_is_the_one_that_scipy_finds(case):
    out = wilson(n_hits=case["hits"], n=case["n"], level=case["level"])
    assert (out.interval.low, out.interval.high) == pytest.approx((case["low"], case["high"]), rel=1e-9), (
        REFERENCE["made_with"]
    )


def test_wilson_by_hand_half_of_four():
    """z = 1.959964, z^2 = 3.841459: middle 0.5, half 0.349961."""
    out = wilson(n_hits=2, n=4)
    assert out.value == 0.5
    assert (out.interval.low, out.interval.high) == pytest.approx((0.150039, 0.849961), abs=2e-6)


@given(n=st.integers(1, 500), data=st.data(), level=st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_the_interval_holds_the_share_and_stays_within_0_and_1(n, data, level):
    out = wilson(n_hits=data.draw(st.integers(0, n)), n=n, level=level)
    assert 0 <= out.interval.low <= out.value <= out.interval.high <= 1


@given(n=st.integers(1, 200), data=st.data())
def test_the_interval_of_the_misses_mirrors_that_of_the_hits(n, data):
    hits = data.draw(st.integers(0, n))
    one, other = wilson(n_hits=hits, n=n).interval, wilson(n_hits=n - hits, n=n).interval
    assert one.low == pytest.approx(1 - other.high, abs=1e-12)


@pytest.mark.parametrize(("hits", "n"), [(1, 0), (3, 2), (-1, 4)])
def test_what_cannot_be_counted_is_said(hits, n):
    with pytest.raises(ValueError, match=f"found {hits} of {n}"):
        wilson(n_hits=hits, n=n)


def test_an_interval_knows_what_it_holds():
    inside = Interval(low=0.2, high=0.4, level=0.9)
    assert inside.holds(0.2) and inside.holds(0.4) and not inside.holds(0.41)
