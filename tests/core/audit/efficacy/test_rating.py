"""The clearinghouse's rules, as a table that one can read."""

import pytest

from plainview.core.audit.efficacy.attrition import attrition, boundary_table, highest_differential
from plainview.core.audit.efficacy.equivalence import Baseline, Equivalence
from plainview.core.audit.efficacy.essa import Tier, tier
from plainview.core.audit.efficacy.outcome import Outcome
from plainview.core.audit.efficacy.rating import Kind, Rating, rate

TEST = Outcome(name="state test", is_standardised=True)


def _lost(treated, control, *, boundary="cautious"):
    return attrition(
        assigned_treated=1000,
        assigned_control=1000,
        analysed_treated=1000 - treated,
        analysed_control=1000 - control,
        boundary=boundary,
    )


@pytest.mark.parametrize(
    ("treated", "control", "boundary", "is_low"),
    [
        (100, 100, "cautious", True),
        (131, 69, "cautious", True),  # 10 overall, 6.2 apart: the limit is 6.3
        (132, 68, "cautious", False),  # 6.4
        (227, 173, "cautious", True),  # 20 overall: 5.4
        (228, 172, "cautious", False),  # 5.6
        (251, 149, "optimistic", True),  # 10.2 at 20
        (252, 148, "optimistic", False),  # 10.4
        (570, 570, "cautious", True),  # 57 overall: only no difference at all
        (580, 580, "cautious", False),
        (650, 650, "optimistic", True),
        (660, 660, "optimistic", False),
    ],
)
def test_the_boundary(treated, control, boundary, is_low):
    """Overall and differential attrition count together."""
    assert _lost(treated, control, boundary=boundary).is_low is is_low


def test_between_two_rows_the_boundary_runs_straight():
    assert highest_differential(20.5) == pytest.approx((5.4 + 5.3) / 2)
    assert highest_differential(57.5) is None


def test_the_table_is_whole():
    assert list(boundary_table("cautious")) == list(range(58))
    assert list(boundary_table("optimistic")) == list(range(66))
    assert all(boundary_table("cautious")[p] < boundary_table("optimistic")[p] for p in range(58))


def test_rows_that_were_recalled_are_named():
    assert _lost(590, 590, boundary="optimistic").rests_on_recalled_rows
    assert not _lost(590, 590).rests_on_recalled_rows


def test_more_analysed_than_assigned_is_refused():
    with pytest.raises(ValueError, match="no more than assigned"):
        attrition(assigned_treated=10, assigned_control=10, analysed_treated=11, analysed_control=10)


@pytest.mark.parametrize(
    ("g", "adjusted", "says"),
    [
        (0.05, False, Baseline.SATISFIED),
        (-0.05, False, Baseline.SATISFIED),
        (0.051, True, Baseline.BY_ADJUSTMENT),
        (0.051, False, Baseline.NOT_ADJUSTED),
        (0.25, True, Baseline.BY_ADJUSTMENT),
        (-0.251, True, Baseline.TOO_FAR),
        (None, True, Baseline.NOT_KNOWN),
    ],
)
def test_the_baseline(g, adjusted, says):
    assert Equivalence(measure="pretest", g=g, adjusted=adjusted).says == says


LOW, HIGH = _lost(50, 50), _lost(300, 100)
ALIKE, APART = (Equivalence(measure="pretest", g=g, adjusted=True) for g in (0.1, 0.4))


@pytest.mark.parametrize(
    ("kind", "lost", "before", "rest", "rating"),
    [
        (Kind.TRIAL, LOW, APART, {}, Rating.WITHOUT),
        (Kind.TRIAL, HIGH, ALIKE, {}, Rating.WITH),
        (Kind.TRIAL, HIGH, APART, {}, Rating.NOT),
        (Kind.TRIAL, LOW, ALIKE, {"is_compromised": True}, Rating.WITH),
        (Kind.QUASI, LOW, ALIKE, {}, Rating.WITH),
        (Kind.QUASI, LOW, APART, {}, Rating.NOT),
        (Kind.TRIAL, LOW, ALIKE, {"units_control": 1}, Rating.NOT),
        (Kind.TRIAL, LOW, ALIKE, {"confound": "all treated classes got laptops"}, Rating.NOT),
        (Kind.TRIAL, LOW, ALIKE, {"outcome": Outcome(name="quiz", internal=0.4)}, Rating.NOT),
        (Kind.TRIAL, LOW, ALIKE, {"outcome": Outcome(name="quiz")}, Rating.NOT),
        (Kind.TRIAL, LOW, ALIKE, {"outcome": Outcome(name="quiz", internal=0.5)}, Rating.WITHOUT),
        (Kind.USAGE, LOW, ALIKE, {}, Rating.NOT),
    ],
)
def test_the_rating(kind, lost, before, rest, rating):
    asked = {"outcome": TEST} | rest
    assert rate(kind=kind, attritions=(lost,), equivalence=before, **asked).rating == rating


def test_unknown_attrition_counts_as_high():
    assert rate(kind=Kind.TRIAL, outcome=TEST, attritions=(), equivalence=ALIKE).rating == Rating.WITH


def test_clusters_and_students_must_both_be_low():
    clusters = attrition(
        assigned_treated=20, assigned_control=20, analysed_treated=20, analysed_control=14, level="clusters"
    )
    found = rate(kind=Kind.TRIAL, outcome=TEST, attritions=(clusters, LOW), equivalence=APART)
    assert found.rating == Rating.NOT


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, Tier.STRONG),
        ({"rating": Rating.WITH}, Tier.MODERATE),
        ({"n_students": 349}, Tier.PROMISING),
        ({"n_sites": 1}, Tier.PROMISING),
        ({"n_sites": None}, Tier.PROMISING),
        ({"p_value": 0.051}, Tier.NONE),
        ({"g": -0.2}, Tier.NONE),
        ({"overriding_negative": True}, Tier.NONE),
        ({"capped": True}, Tier.NONE),
        ({"rating": Rating.NOT}, Tier.NONE),
        ({"rating": Rating.NOT, "kind": Kind.USAGE, "controls_for_before": True}, Tier.PROMISING),
        ({"rating": Rating.NOT, "kind": Kind.USAGE}, Tier.NONE),
        ({"p_value": 0.5, "has_logic_model": True, "study_under_way": True}, Tier.RATIONALE),
    ],
)
def test_the_tier(change, found):
    plain = {
        "kind": Kind.TRIAL,
        "rating": Rating.WITHOUT,
        "g": 0.2,
        "p_value": 0.01,
        "n_students": 350,
        "n_sites": 2,
        "controls_for_before": False,
    }
    assert tier(**(plain | change)).tier == found
