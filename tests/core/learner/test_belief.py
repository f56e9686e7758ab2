"""The quick sum over crossings against slow, plain ways to the same numbers."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.core.learner import belief
from plainview.core.learner.bkt import Beta, Skill, SkillPrior, trace

REFERENCE = json.loads(Path(__file__).parents[2].joinpath("references/range_by_draws.json").read_text())
PRIOR = SkillPrior()
terms = st.lists(
    st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([0.09, 0.3, 0.7, 1.0])),
    min_size=1,
    max_size=9,
)


def last(pieces, prior=PRIOR):
    return list(belief.after_each(pieces, prior))[-1]


@pytest.mark.parametrize("case", REFERENCE["cases"], ids=lambda c: "".join(f"{p[0]:g}" for p in c["pieces"]))
def test_sixty_thousand_random_draws_find_the_same_estimate_and_range(case):
    now = last([tuple(piece) for piece in case["pieces"]])
    low, high = now.range
    assert now.p_known == pytest.approx(case["p_known"], abs=0.006), REFERENCE["made_with"]
    assert low == pytest.approx(case["low"], abs=0.035)
    assert high == pytest.approx(case["high"], abs=0.025)


@settings(max_examples=25, deadline=None)
@given(pieces=terms)
def test_it_is_plain_bkt_at_every_crossing_weighed(pieces):
    """Slowly: the trace at each crossing of slip, guess and learn, weighed by prior and likelihood."""
    found, top, bottom = last(pieces), 0.0, 0.0
    for slip, w_slip in PRIOR.slip.nodes(belief.N_SLIP):
        for guess, w_guess in PRIOR.guess.nodes(belief.N_GUESS):
            for learn, w_learn in PRIOR.learn.nodes(belief.N_LEARN):
                # The start enters linearly: its mean is enough for P(known).
                skill = Skill(p_known=0.5, p_learn=learn, p_guess=guess, p_slip=slip)
                steps = trace(pieces, skill)
                likely = 1.0
                for step in steps:
                    likely *= step.p_before * step.if_known + (1 - step.p_before) * step.if_unknown
                weight = w_slip * w_guess * w_learn * likely
                top, bottom = top + weight * steps[-1].p_after, bottom + weight
    assert found.p_known == pytest.approx(top / bottom, rel=1e-9)


@given(pieces=terms)
def test_the_range_holds_the_estimate(pieces):
    for now in belief.after_each(pieces, PRIOR):
        low, high = now.range
        assert 0 <= low <= now.p_known <= high <= 1


def test_hundreds_of_pieces_do_not_run_out_of_numbers():
    now = last([(1.0, 1.0), (0.0, 1.0)] * 600)
    low, high = now.range
    assert 0 <= low <= now.p_known <= high <= 1


def test_all_right_for_a_year_is_as_good_as_sure_and_says_so():
    now = last([(1.0, 1.0)] * 200)
    assert now.range[1] == 1.0
    assert now.p_known == pytest.approx(1)


def test_a_prior_that_knows_more_gives_a_narrower_range():
    wide = last([(1.0, 1.0), (0.0, 1.0)]).range
    sure = SkillPrior(
        known=Beta(a=20, b=20),
        learn=Beta(a=20, b=50),
        guess=Beta(a=40, b=80, cap=0.5),
        slip=Beta(a=20, b=60, cap=0.5),
    )
    narrow = last([(1.0, 1.0), (0.0, 1.0)], sure).range
    assert narrow[1] - narrow[0] < (wide[1] - wide[0]) / 2


def test_more_values_of_each_number_would_not_change_the_estimate(monkeypatch):
    """The few values stand for many: against 16 of each, P(known) within 0.005, the ends 0.02 on average."""
    answers = ["1", "0", "110", "00000", "1101111", "10101010", "0000111011", "111000111000", "10" * 8]
    cases = [[(float(a), 1.0) for a in one] for one in answers]
    few = [(now.p_known, *now.range) for now in map(last, cases)]
    for name in ("N_SLIP", "N_GUESS", "N_LEARN", "N_START"):
        monkeypatch.setattr(belief, name, 16)
    other = SkillPrior(known=Beta(a=2, b=2, cap=1.0 - 1e-12))  # the same prior, not the same cache
    many = [(now.p_known, *now.range) for now in (last(one, other) for one in cases)]
    assert max(abs(a[0] - b[0]) for a, b in zip(few, many, strict=True)) < 0.005
    for end in (1, 2):
        off = [abs(a[end] - b[end]) for a, b in zip(few, many, strict=True)]
        assert sum(off) / len(off) < 0.02
