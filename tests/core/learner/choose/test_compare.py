"""Which model may speak for a log? The simplest within one standard error of the best."""

import json
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.choose import say
from plainview.core.learner.choose.compare import compare, simplest_as_good
from plainview.core.learner.choose.folds import fold_of, some_students, split
from plainview.core.learner.choose.models import BY_NAME, MODELS
from plainview.core.learner.simulated_irt import World, simulate
from plainview.core.logs.coded import Coded
from plainview.core.mendable import Mendable
from plainview.core.stats.discrimination import auc
from plainview.core.stats.ended import Ended
from plainview.core.stats.losses import log_loss, loss_difference

TWO = (BY_NAME["skill-rate"], BY_NAME["elo"])
SMALL = World(n_students=60, n_items=40, n_skills=4, n_answers=30)
LOG = simulate(SMALL, seed=1).log


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """A model that always says the same, or one that cannot run."""

    name: str
    p: float = 0.5
    words: str = "nothing"
    cannot: CannotSay | None = None
    breaks: Exception | None = None
    converged: bool = True
    calls: list[int] | None = None

    def load(self):
        return lambda log: self.cannot or self

    @property
    def ended(self) -> Ended:
        return Ended(
            converged=self.converged, n_steps=1, log_likelihood=0, objective=0, said=f"{self.name} ended"
        )

    def predict(self, log):
        if self.breaks:
            raise self.breaks
        if self.calls is not None:
            self.calls.append(log.n_rows)
        return np.full(log.n_rows, self.p)


@given(n_students=st.integers(2, 60), n_folds=st.integers(2, 10), seed=st.integers(0, 99))
def test_every_student_is_in_one_fold_and_folds_are_of_one_size(n_students, n_folds, seed):
    if n_folds > n_students:
        return
    which = fold_of(n_students, n_folds, seed=seed)
    sizes = np.bincount(which, minlength=n_folds)
    assert sizes.sum() == n_students
    assert sizes.max() - sizes.min() <= 1
    assert which.tolist() == fold_of(n_students, n_folds, seed=seed).tolist()


def test_no_model_sees_a_student_whom_it_predicts():
    for fold in split(LOG, fold_of(LOG.n_students, 5, seed=1)):
        assert not set(fold.learn.students) & set(fold.test.students)
        assert fold.learn.n_rows + fold.test.n_rows == LOG.n_rows
        assert fold.test.correct.tolist() == LOG.correct[fold.rows].tolist()


def test_by_hand_the_figures_are_those_of_the_folds_predictions():
    """Elo fitted fold by fold, without any of ``choose``."""
    which, predicted = fold_of(LOG.n_students, 5, seed=3), np.empty(LOG.n_rows)
    for number in range(5):
        held = which == number
        fit = BY_NAME["elo"].load()(LOG.take(~held))
        predicted[held[LOG.student]] = fit.predict(LOG.take(held))
    found = compare(LOG, models=TWO, seed=3).of("elo")
    rows = {"correct": LOG.correct, "predicted": predicted, "student": LOG.student}
    assert found.log_loss.value == pytest.approx(log_loss(**rows).value, rel=1e-6)
    assert found.auc.value == pytest.approx(auc(**rows).value, abs=0.01)


def test_a_model_that_says_one_number_orders_nothing_in_any_fold():
    """Each fold's number is the share that its fit has seen, which is lower where the fold itself is able."""

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Middle(Says):
        def load(self):
            return lambda log: replace(self, p=float(log.correct.mean()))

    found = compare(LOG, models=(Middle(name="middle"),), seed=1).of("middle")
    assert found.auc.value == pytest.approx(0.5, abs=1e-6)


def test_models_are_held_against_each_other_student_by_student():
    found = compare(LOG, models=(Says(name="coin"), Says(name="sixty", p=0.6)), seed=1)
    rows = {"correct": LOG.correct, "student": LOG.student}
    wanted = loss_difference(predicted=np.full(LOG.n_rows, 0.5), other=np.full(LOG.n_rows, 0.6), **rows)
    worse = found.of("coin").worse_by
    assert (found.best, found.of("sixty").worse_by.value) == ("sixty", 0)
    assert (worse.value, worse.standard_error) == pytest.approx(
        (wanted.value, wanted.standard_error), rel=1e-5
    )


def test_the_simplest_within_one_standard_error_is_chosen():
    found = compare(LOG, models=(Says(name="coin"), Says(name="sixty", p=0.6)), seed=1)
    coin, sixty = found.results
    for worse, chosen in ((0.009, "coin"), (0.01, "coin"), (0.011, "sixty")):
        near = replace(coin, worse_by=replace(coin.worse_by, value=worse, standard_error=0.01))
        assert simplest_as_good([near, sixty]) == chosen


def test_what_made_the_log_is_found_to_predict_it():
    made = simulate(World(n_students=300, n_items=60, n_skills=5, n_answers=40), seed=2)
    found = compare(made.log, models=TWO, seed=1)
    assert found.chosen == "elo"
    truth = log_loss(correct=made.log.correct, predicted=made.truth.p, student=made.log.student).value
    assert truth < found.of("elo").log_loss.value < found.of("skill-rate").log_loss.value


def test_where_students_do_not_differ_the_skills_rate_is_enough():
    world = World(
        n_students=200, n_items=4, n_skills=4, n_answers=30, sd_ability=0, sd_strength=0, learns=0,
        two_skills=0,
    )  # fmt: skip
    assert compare(simulate(world, seed=3).log, models=TWO, seed=1).chosen == "skill-rate"


def test_the_order_of_simplicity_is_stated_and_every_model_can_be_loaded():
    assert [model.name for model in MODELS] == [
        "skill-rate",
        "elo",
        "bkt",
        "afm",
        "pfa",
        "ability",
        "best-lr",
        "extended",
    ]
    assert all(callable(model.load()) for model in MODELS)


def test_a_model_that_cannot_run_is_left_out_aloud():
    cannot = CannotSay(question="?", reason="no skills", would_need="skills", check="x/1")
    models = (
        Says(name="coin"),
        Says(name="without", cannot=cannot),
        Says(name="broken", breaks=ValueError("a wrong shape")),
        Says(name="beyond", p=1.5),
    )
    found = compare(LOG, models=models, seed=1)
    assert [result.name for result in found.results] == ["coin"]
    whys = {one.name: one.why for one in found.left_out}
    assert whys["without"] == "no skills; it would need skills"
    assert "a wrong shape" in whys["broken"]
    assert "no chance between 0 and 1" in whys["beyond"]


def test_if_none_can_run_it_cannot_say():
    cannot = CannotSay(question="?", reason="no skills", would_need="skills", check="x/1")
    out = compare(LOG, models=(Says(name="without", cannot=cannot),), seed=1)
    assert isinstance(out, CannotSay)
    assert "without: no skills" in out.reason


def test_our_own_bug_keeps_its_traceback():
    with pytest.raises(TypeError):
        compare(LOG, models=(Says(name="bug", breaks=TypeError("a typo")),), seed=1)


def test_a_fit_that_did_not_converge_cannot_be_overlooked():
    found = compare(LOG, models=(Says(name="coin", converged=False),), seed=1)
    assert not found.of("coin").converged
    assert "[not converged]" in say.table(found)
    assert "did not converge" in say.sentence(found)


def test_finished_folds_are_not_computed_again(tmp_path):
    calls = []
    model = Says(name="coin", calls=calls)
    first = compare(LOG, models=(model,), folder=tmp_path / "folds", seed=1)
    assert len(calls) == 5
    (tmp_path / "folds" / "coin-3.npz").unlink()  # as if it had been interrupted there
    again = compare(LOG, models=(model,), folder=tmp_path / "folds", seed=1)
    assert len(calls) == 6
    assert again == first


def test_folds_of_another_log_or_seed_are_not_taken(tmp_path):
    compare(LOG, models=(Says(name="coin"),), folder=tmp_path, seed=1)
    with pytest.raises(Mendable, match="another log, seed or number of folds"):
        compare(LOG, models=(Says(name="coin"),), folder=tmp_path, seed=2)


def test_progress_is_told_from_nothing_to_all():
    told = []
    compare(LOG, models=TWO, progress=lambda done, of, what: told.append((done, of, what)), seed=1)
    assert told[0] == (0, 10, "skill-rate, fold 1")
    assert told[-1] == (10, 10, "")
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)


def test_of_a_long_log_students_are_drawn_and_it_says_so():
    some = some_students(LOG, 600, seed=1)
    assert (some.n_students, some.n_rows) == (20, 600)
    found = compare(LOG, models=TWO, most_rows=600, seed=1)
    assert (found.n_students, found.n_students_of_log) == (20, 60)
    assert "drawn from 60" in say.sentence(found)


@pytest.mark.parametrize(
    ("n_students", "correct", "reason"),
    [(3, [1, 0], "the log holds 3 students"), (12, [1, 1], "all answers are right"), (12, [0, 0], "wrong")],
)
def test_what_carries_no_choice_is_said(n_students, correct, reason):
    log = Coded.from_arrays(
        student=np.repeat(range(n_students), 2),
        item=[1, 2] * n_students,
        correct=correct * n_students,
        skills=["k"] * (2 * n_students),
    )
    out = compare(log, models=TWO, seed=1)
    assert isinstance(out, CannotSay)
    assert reason in out.reason


@pytest.mark.parametrize("world", [replace(SMALL, missing=0.4), replace(SMALL, n_skills=1), SMALL])
def test_a_small_log_gets_an_answer_with_wide_intervals_from_every_model(world):
    log = simulate(replace(world, n_students=12), seed=5).log
    found = compare(log, n_folds=3, seed=1)
    assert len(found.results) + len(found.left_out) == len(MODELS)
    best = found.of(found.chosen)
    assert best.log_loss.interval.high - best.log_loss.interval.low > 0.05
    assert "Other 12 students might choose otherwise." in say.sentence(found)


def test_the_words_and_the_values_for_programs():
    found = compare(LOG, models=TWO, seed=1)
    lines = say.table(found).splitlines()
    assert len(lines) == 3
    assert lines[2].startswith("elo <- chosen") or "elo (best) <- chosen" in lines[2]
    values = json.loads(json.dumps(say.plain(found), allow_nan=False))
    assert values["results"][1]["auc"]["interval"]["level"] == 0.95
    assert values["chosen"] == "elo"
    assert "60 students (1,800 answers)" in say.sentence(found)
