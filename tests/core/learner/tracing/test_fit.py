"""A fit says what it found, how sure it is, and how it ended."""

import numpy as np
import pytest

from plainview.core.cannot_say import CannotSay
from plainview.core.learner import bkt
from plainview.core.learner.bkt import Beta
from plainview.core.learner.tracing import fit, fitting
from plainview.core.learner.tracing.simulate import World, simulate
from plainview.core.logs.coded import Coded

PLAIN = simulate(World(n_students=150, n_skills=8, mean_length=6.0), seed=11)
FIT = fit(PLAIN.log)


def log_of(rows):
    """(student, skills, right) a row."""
    student, skills, right = zip(*rows, strict=True)
    return Coded.from_arrays(student=student, item=list(range(len(rows))), correct=right, skills=list(skills))


def test_all_skills_converge_and_the_fit_says_so():
    assert FIT.ended.converged and FIT.ended.said.startswith("all 8 skills converged")
    assert FIT.skill("skill 3").ended.converged


def test_the_same_log_gives_the_same_numbers():
    assert (fit(PLAIN.log).p == FIT.p).all()


def test_the_order_in_which_students_stand_does_not_matter():
    turned = PLAIN.log.student.max() - PLAIN.log.student
    order = np.argsort(turned, kind="stable")
    log = Coded.from_arrays(
        student=turned[order],
        item=PLAIN.log.item[order],
        correct=PLAIN.log.correct[order],
        skills=[PLAIN.log.skills[s] for s in PLAIN.log.skill[order]],
    )
    again = fit(log)
    for name in FIT.skills:
        assert again.skill(name).guess.value == pytest.approx(FIT.skill(name).guess.value, abs=1e-5)


def test_no_step_from_the_top_climbs():
    """At the top, moving any number of a skill lowers log-likelihood plus log prior."""
    from plainview.core.learner.tracing.arrange import plain_tree
    from plainview.core.learner.tracing.climb import objective
    from plainview.core.learner.tracing.expect import expect
    from plainview.core.learner.tracing.numbers import held

    hold, tree = held(FIT.layout, FIT.priors), plain_tree(PLAIN.log, FIT.layout)
    for kind in FIT.layout.kinds:
        for by in (0.98, 1.02):
            p = FIT.p.copy()
            p[FIT.layout.of[kind]] *= by
            p = hold.inside(p)
            there = objective(FIT.layout, hold, p, expect(tree, FIT.layout, p))
            moved = p[FIT.layout.of[kind]] != FIT.p[FIT.layout.of[kind]]
            assert (there <= FIT.objective_of)[moved].all()


def test_stopped_short_a_fit_says_so_in_capitals():
    short = fit(PLAIN.log, most_steps=3)
    assert not short.ended.converged
    assert "did NOT converge" in short.ended.said and "skill " in short.ended.said
    one = next(short.skill(name) for name in short.skills if not short.skill(name).ended.converged)
    assert "NOT converged" in one.ended.said


def test_at_its_cap_a_number_has_no_standard_error_and_says_why():
    rows = [(f"s{n}", "one", float((n * 7 + t * 3) % 10 < 6)) for n in range(60) for t in range(4)]
    found = fit(log_of(rows), priors={"guess": Beta(a=2, b=4, cap=0.2)}, pooled=False).skill("one")
    assert found.guess.value == pytest.approx(0.2)
    assert found.guess.se is None and "cap of 0.2" in found.guess.said
    assert found.guess.interval.low < 0.2 == found.guess.interval.high


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([(f"s{n % 3}", "one", float(n % 2)) for n in range(60)], "3 students"),
        ([(f"s{n % 9}", "one", float(n % 2)) for n in range(10)], "10 answers"),
        ([(f"s{n % 9}", "one", 1.0) for n in range(90)], "all 90 answers are right"),
        ([(f"s{n % 9}", "one", 0.0) for n in range(90)], "all 90 answers are wrong"),
        ([(f"s{n % 9}", "", float(n % 2)) for n in range(90)], "no row of the log names a skill"),
    ],
)
def test_a_log_that_cannot_carry_a_fit_is_told_so(rows, reason):
    answer = fit(log_of(rows))
    assert isinstance(answer, CannotSay) and reason in answer.reason


def test_a_skill_with_right_answers_alone_is_wide_and_says_so():
    rows = [(f"s{n}", "mixed", float((n + t) % 3 > 0)) for n in range(30) for t in range(4)]
    rows += [(f"s{n}", "easy", 1.0) for n in range(30)]
    easy = fit(log_of(rows)).skill("easy")
    assert "all 30 answers are right" in easy.said
    assert easy.guess.interval.high - easy.guess.interval.low > 0.3
    assert easy.learn.interval.high - easy.learn.interval.low > 0.3


def test_one_skill_of_five_students_is_wide():
    rows = [(f"s{n}", "one", float((n + t) % 2)) for n in range(5) for t in range(5)]
    one = fit(log_of(rows)).skill("one")
    assert one.known.interval.high - one.known.interval.low > 0.5


def test_priors_and_caps_are_stated_with_every_fit():
    assert FIT.stated_priors["guess"] == Beta(a=2, b=4, cap=0.5)
    assert FIT.stated_priors["slip"] == Beta(a=2, b=6, cap=0.5)
    assert set(FIT.priors) == {"known", "learn", "guess", "slip"} and FIT.pooled
    assert fit(PLAIN.log, pooled=False).priors == FIT.stated_priors


def test_an_unknown_prior_or_start_is_a_callers_mistake():
    with pytest.raises(ValueError, match="not known: luck"):
        fit(PLAIN.log, priors={"luck": Beta(a=2, b=2)})
    with pytest.raises(ValueError, match="not known: the moon"):
        fit(PLAIN.log, other_starts=("the moon",))
    with pytest.raises(ValueError, match="flat"):
        fit(PLAIN.log, priors={"learn": Beta(a=1, b=1)})


def test_a_skill_with_few_answers_leans_on_the_others():
    """Thirty skills of one kind, where everyone guesses well; one of them has three answers."""
    world = World(n_students=120, n_skills=30, share_of_skills=0.4, guess=(0.38, 0.42), slip=(0.02, 0.05))
    log = simulate(world, seed=3).log
    rare = log.rows(np.flatnonzero((log.skill != 0) | (np.cumsum(log.skill == 0) <= 3)))
    alone, together = (fit(rare, pooled=pooled).skill("skill 0") for pooled in (False, True))
    assert abs(together.slip.value - 0.035) < abs(alone.slip.value - 0.035)
    assert together.slip.interval.high < alone.slip.interval.high


def test_another_top_is_reported_and_lies_lower():
    """Half the students always right, half always wrong at first: knowing, or guessing and learning?"""
    log = simulate(World(n_students=25, n_skills=40, mean_length=3.0, guess=(0.3, 0.5)), seed=1).log
    found = fit(log, pooled=False)
    assert found.other_tops
    for name, tops in found.other_tops.items():
        assert all(top.below >= -1e-6 for top in tops)
        assert all(top.start in found.starts for top in tops), name


def test_the_numbers_that_made_the_log_are_found():
    big = simulate(World(n_students=3000, n_skills=4, mean_length=8.0), seed=1)
    found = fit(big.log)
    for kind, tolerance in (("known", 0.06), ("learn", 0.04), ("guess", 0.06), ("slip", 0.02)):
        values = found.p[found.layout.of[kind]]
        assert values == pytest.approx(getattr(big.truth, kind), abs=tolerance), kind


def test_the_intervals_hold_the_truth_as_often_as_they_say():
    """400 numbers of 100 skills, seed 21: 95 in 100, give or take two and a bit standard errors (.025)."""
    many = simulate(World(n_students=100, n_skills=100, mean_length=6.0), seed=21)
    found = fit(many.log)
    truth = np.concatenate([getattr(many.truth, kind) for kind in found.layout.kinds])
    held = (found.low <= truth) & (truth <= found.high)
    assert 0.92 <= held.mean() <= 0.99


def test_trace_is_what_bkt_says():
    found = fit(PLAIN.log, by_item=False)
    skill = found.skill("skill 2")
    numbers = bkt.Skill(
        p_known=skill.known.value,
        p_learn=skill.learn.value,
        p_guess=skill.guess.value,
        p_slip=skill.slip.value,
    )
    rows = (PLAIN.log.student == 7) & (PLAIN.log.skill == 2)
    assert found.trace(PLAIN.log, student="student 7", skill="skill 2") == bkt.trace(
        PLAIN.log.correct[rows].tolist(), numbers
    )


@pytest.mark.parametrize("variant", [{"by_item": True}, {"by_student": True}])
def test_the_numbers_of_a_skill_are_those_of_all_its_items_and_students_together(variant):
    log = simulate(World(n_students=80, n_skills=2, n_items_a_skill=50, mean_length=8.0), seed=5).log
    found, plain = fit(log, **variant), fit(log, by_item=False)
    assert found.own is not None and found.own.ended.converged and plain.own is None
    assert repr(found.skill("skill 1")) == repr(plain.skill("skill 1"))
    assert found.skill("skill 1").guess.se > 0


def test_where_items_have_not_arrived_the_whole_fit_has_not(monkeypatch):
    log = simulate(World(n_students=100, n_skills=2, spread_of_items=1.5, n_items_a_skill=30), seed=5).log
    assert fit(log, by_item=True).ended.converged
    climbs = fitting.by_item_and_student
    monkeypatch.setattr(fitting, "by_item_and_student", lambda *told: climbs(*told[:4], 1, told[5]))
    short = fit(log, by_item=True)
    assert not short.ended.converged and "NOT converge" in short.ended.said
    assert short.skill("skill 1").ended.converged  # the skill's own numbers have


def test_with_forty_in_a_hundred_rows_lost_it_still_converges_and_is_wider():
    world = {"n_students": 60, "n_skills": 6, "mean_length": 6.0}
    whole, part = (fit(simulate(World(**world, missing=m), seed=9).log) for m in (0.0, 0.4))
    assert part.ended.converged
    widths = [np.median(found.high - found.low) for found in (whole, part)]
    assert widths[1] > widths[0]
