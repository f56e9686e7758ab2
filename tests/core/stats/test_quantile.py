import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.stats.quantile import place_of

weights = st.lists(st.floats(0, 10), min_size=1, max_size=30)


@pytest.mark.parametrize(("weight", "place"), [(0.5, 0.5), (1, 1), (2, 2 + 1 / 3), (4, 3), (5, 4), (9, 4)])
def test_by_hand_one_none_three_one(weight, place):
    assert place_of(weight, [1, 0, 3, 1]) == pytest.approx(place)


@given(bins=weights, share=st.floats(0.01, 1), more=st.floats(0, 1))
def test_more_weight_is_never_reached_earlier(bins, share, more):
    total = sum(bins)
    assert place_of(share * total, bins) <= place_of((share + more) * total, bins) + 1e-12


@given(bins=weights, share=st.floats(0.01, 0.99))
def test_a_scale_common_to_all_weights_changes_nothing(bins, share):
    total = sum(bins)
    if total < 1e-3:
        return
    eight = [8 * weight for weight in bins]  # a power of two: the same digits
    assert place_of(share * total * 8, eight) == place_of(share * total, bins)
