from math import sqrt

import pytest

from plainview.core.stats.quadrature import gauss_legendre


def test_by_hand_two_and_three_points():
    assert gauss_legendre(1) == ((pytest.approx(0, abs=1e-15), pytest.approx(2)),)
    assert gauss_legendre(2)[1] == pytest.approx((1 / sqrt(3), 1))
    assert gauss_legendre(3)[2] == pytest.approx((sqrt(3 / 5), 5 / 9))


@pytest.mark.parametrize("n", [1, 2, 5, 8, 24, 64])
def test_polynomials_up_to_twice_the_points_less_one_are_exact(n):
    for degree in range(2 * n):
        exact = 2 / (degree + 1) if degree % 2 == 0 else 0.0
        assert sum(w * x**degree for x, w in gauss_legendre(n)) == pytest.approx(exact, abs=1e-12), degree


def test_points_rise_and_need_at_least_one():
    points = [x for x, _ in gauss_legendre(9)]
    assert points == sorted(points)
    with pytest.raises(ValueError, match="at least one point"):
        gauss_legendre(0)
