"""A machine's scores beside people's: four checks, each met, not met, or open."""

import numpy as np
import pytest

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.agreement.kappa import quadratic_weighted_kappa
from plainview.core.measure.agreement.scoring import automated_scoring, smd


def scores(n=600, *, seed=1, noise=0.4, lenient=0.0):
    chance = np.random.default_rng(seed)
    true = chance.normal(2.5, 1.0, size=n)
    rate = lambda extra: np.clip(np.round(true + extra + noise * chance.normal(size=n)), 0, 5)  # noqa: E731
    return rate(0.0), rate(0.0), rate(lenient)


def test_a_sound_machine_meets_all_checks():
    person, second, machine = scores()
    found = automated_scoring(person=person, machine=machine, second_person=second, groups=np.arange(600) % 2)
    assert found.all_met
    assert len(found.checks) == 5
    assert found.not_asked == ()


def test_a_lenient_machine_is_noticed():
    person, _, machine = scores(lenient=0.4)
    found = automated_scoring(person=person, machine=machine)
    qwk, difference = found.checks
    assert qwk.is_met
    assert not difference.is_met
    assert difference.is_sure
    assert difference.value == pytest.approx(0.4 / person.std(), abs=0.1)
    assert not found.all_met
    assert found.not_asked == ("agreement of two people", "groups")
    assert "held against 0.15: not met" in difference.sentence


def test_a_machine_that_is_lenient_to_one_group_only():
    person, _, machine = scores()
    machine[::2] += 0.3
    group = np.where(np.arange(600) % 2, "a", "b")
    by_group = automated_scoring(person=person, machine=machine, groups=group).checks[2:]
    assert [(c.name[-1], c.is_met) for c in by_group] == [("a", True), ("b", False)]


def test_the_drop_and_its_interval_by_leaving_out_each_work():
    person, second, machine = scores(120, noise=0.7)
    drop = automated_scoring(person=person, machine=machine, second_person=second).checks[2]
    each = []
    for i in range(120):
        p, s, m = (np.delete(x, i) for x in (person, second, machine))
        each.append(quadratic_weighted_kappa(p, s).value - quadratic_weighted_kappa(p, m).value)
    error = np.sqrt(119 / 120 * ((np.array(each) - np.mean(each)) ** 2).sum())
    assert drop.interval.high - drop.value == pytest.approx(1.9801 * error, rel=1e-4)


def test_the_difference_of_means_by_hand():
    """The person: 1 to 4, deviation about 1.13; the machine half a point higher throughout."""
    person = np.tile([1.0, 2.0, 3.0, 4.0], 10)
    found = smd(person=person, machine=person + 0.5)
    assert found.value == pytest.approx(0.5 / np.std(person, ddof=1))


def test_gaps_are_left_out_check_by_check():
    person, second, machine = scores(100)
    machine[:30] = np.nan
    second[80:] = np.nan
    qwk, difference, drop = automated_scoring(person=person, machine=machine, second_person=second).checks
    assert [(c.n, c.n_left_out) for c in (qwk, difference, drop)] == [(70, 30), (70, 30), (50, 50)]


@pytest.mark.parametrize(
    "person, machine",
    [([], []), ([1, 2, 3], [1, 2, 3]), ([2] * 40, [2] * 40), ([np.nan] * 40, [1] * 40)],
    ids=["none", "three", "all alike", "no person"],
)
def test_too_little_is_said_check_by_check(person, machine):
    found = automated_scoring(
        person=person, machine=machine, second_person=person, groups=np.zeros(len(person))
    )
    assert all(isinstance(check, CannotSay) for check in found.checks)
    assert not found.all_met


def test_callers_mistakes():
    with pytest.raises(ValueError, match="as long as the person's"):
        automated_scoring(person=[1, 2], machine=[1, 2, 3])
    with pytest.raises(ValueError, match="expected one each"):
        automated_scoring(person=[1, 2], machine=[1, 2], groups=[1])
