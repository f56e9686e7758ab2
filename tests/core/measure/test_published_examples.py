"""Worked examples of the literature, typed from print; docs/methods/validation.md lists them so."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from plainview.core.measure.agreement.kappa import kappa
from plainview.core.measure.agreement.many import ac1
from plainview.core.measure.classical.alpha import alpha
from plainview.core.measure.dif.mantel_haenszel import mantel_haenszel
from plainview.core.stats.interval import wilson

LSAT = Path(__file__).parents[2] / "references" / "irt_direct.json"


def rated(table):
    """Two raters' marks from their table: rows the first one's, columns the second one's."""
    pairs = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    return np.array(pairs, dtype=float).T


def test_cohens_two_clinicians():
    """Published: Cohen (1968), Psychological Bulletin 70, 213-220, table 1: kappa .492 of 200 patients."""
    found = kappa(*rated([[88, 14, 18], [10, 40, 10], [2, 6, 12]]))
    assert round(found.value, 3) == 0.492


def test_the_standard_error_of_fleiss_cohen_and_everitt():
    """Published: Fleiss, Cohen & Everitt (1969), Psychol. Bulletin 72, 323-327: .429, variance 2.885e-3."""
    found = kappa(*rated([[106, 10, 4], [22, 28, 10], [2, 12, 6]]))
    assert round(found.value, 3) == 0.429
    assert found.standard_error**2 == pytest.approx(0.002885, abs=1e-6)


def test_the_pathologists_of_landis_and_koch():
    """Published: Agresti (2013), Categorical Data Analysis, 3rd ed., section 11.5: .493, error .057."""
    found = kappa(*rated([[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]]))
    assert (round(found.value, 3), round(found.standard_error, 3)) == (0.493, 0.057)


def test_gwets_paradox():
    """Published: Gwet (2008), BJMSP 61, 29-48: of 125 things 118 both positive: kappa -.023, AC1 .941."""
    one, other = rated([[118, 5], [2, 0]])
    assert kappa(one, other).value == pytest.approx(-0.0234, abs=5e-5)
    assert ac1(np.column_stack([one, other])).value == pytest.approx(0.9408, abs=5e-5)


# Admitted and refused men, admitted and refused women, by department.
BERKELEY = [
    (512, 313, 89, 19),
    (353, 207, 17, 8),
    (120, 205, 202, 391),
    (138, 279, 131, 244),
    (53, 138, 94, 299),
    (22, 351, 24, 317),
]
# Cured and not, after 1.5 hours' delay and at once, by dose of penicillin.
RABBITS = [(0, 5, 0, 6), (0, 6, 3, 3), (2, 4, 6, 0), (6, 0, 5, 1), (5, 0, 2, 0)]


def in_strata(tables):
    """(right, in_group, stratum) row by row; the group is the second pair of each table."""
    rows = [
        (right, group, s)
        for s, (a, b, c, d) in enumerate(tables)
        for (right, group), n in zip(((1, 0), (0, 0), (1, 1), (0, 1)), (a, b, c, d), strict=True)
        for _ in range(n)
    ]
    right, group, stratum = np.array(rows).T
    return right[:, None].astype(float), group.astype(bool), stratum.astype(float)


def common_odds_ratio(tables):
    right, group, stratum = in_strata(tables)
    asked = mantel_haenszel(right, in_group=group, group="women", match=stratum, n_bands=len(tables))
    (item,) = asked.items
    return item, [np.exp(-d / 2.35) for d in (item.effect, item.interval.high, item.interval.low)]


def test_admissions_to_berkeley():
    """Published: Bickel, Hammel & O'Connell (1975), Science 187, 398-404; in R: .9047 (.7719 to 1.0603)."""
    _, (ratio, low, high) = common_odds_ratio(BERKELEY)
    assert (ratio, low, high) == pytest.approx((0.9046968, 0.7719074, 1.0603298), abs=5e-8)


def test_penicillin_and_rabbits():
    """Published: Mantel (1963), JASA 58, 690-700; R prints chi-square 3.9286, ratio 7 (1.0267 to 47.7251)."""
    tables = [(c, d, a, b) for a, b, c, d in RABBITS]
    item, (ratio, low, high) = common_odds_ratio(tables)
    assert item.chi_square == pytest.approx(3.9286, abs=5e-5)
    assert (ratio, low, high) == pytest.approx((7, 1.026713, 47.725133), abs=5e-6)


@pytest.mark.parametrize(
    ("n_hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_newcombes_single_shares(n_hits, n, low, high):
    """Published: Newcombe (1998), Statistics in Medicine 17, 857-872, table I: Wilson, without correction."""
    found = wilson(n_hits=n_hits, n=n)
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high), abs=5e-5)


def test_alpha_of_both_lsat_sections():
    """Published: Bock & Lieberman's (1970) LSAT 6 and 7, as ltm and mirt print it: alpha .295 and .453."""
    tables = json.loads(LSAT.read_text(encoding="utf-8"))["tables"]
    patterns = np.array(list(itertools.product([0.0, 1.0], repeat=5)))
    rows = [np.repeat(patterns, tables[name], axis=0) for name in ("LSAT6", "LSAT7")]
    assert [round(alpha(one).value, 3) for one in rows] == [0.295, 0.453]
