"""Ability beside an item, from all other answers: what adaptive products are matched on."""

import numpy as np

from plainview.core.audit.fairness.theta import NODES, _left_out, _log_likelihoods, matchable
from plainview.core.logs.coded import Coded
from plainview.core.measure.dif.mantel_haenszel import mantel_haenszel


def _log(*, n_students=900, n_items=40, given=18, shift=0.0, gap=0.0, seed=1):
    """Each next item is one of ten near a guess that moves; ``shift`` makes item 20 harder for the group."""
    chance = np.random.default_rng(seed)
    b, everyone = np.linspace(-2, 2, n_items), np.arange(n_students)
    side = everyone % 2 == 1
    ability, guess = chance.normal(0, 1, n_students) - gap * side, np.zeros(n_students)
    met, rows = np.zeros((n_students, n_items), bool), []
    for _ in range(given):
        away = np.where(met, np.inf, np.abs(b - guess[:, None]))
        item = np.argsort(away, axis=1)[everyone, chance.integers(0, 10, n_students)]
        met[everyone, item] = True
        hard = b[item] + shift * (side & (item == n_items // 2))
        right = chance.random(n_students) < 1 / (1 + np.exp(hard - ability))
        guess += np.where(right, 0.5, -0.5)
        rows.append((everyone, item, right))
    student, item, correct = (np.concatenate(column) for column in zip(*rows, strict=True))
    return Coded.from_arrays(student=student, item=item, correct=correct.astype(float)), side


def test_ability_beside_an_item_leaves_its_answer_out():
    """Turning the answer to an item around moves the abilities beside all others, never its own."""
    who, what = np.zeros(3, int), np.arange(3)
    b = np.array([-1.0, 0.0, 1.0])
    one, other = (
        _left_out(who, what, right, b, _log_likelihoods(who, what, right, b, 1) - NODES**2 / 2)
        for right in (np.array([1.0, 1.0, 0.0]), np.array([1.0, 1.0, 1.0]))
    )
    assert one[2] == other[2]
    assert (other[:2] > one[:2]).all()
    assert np.abs(one).max() < NODES.max()


def _flags(shift, gap, seed):
    log, side = _log(shift=shift, gap=gap, seed=seed)
    found = matchable(log, seed=1)
    member = np.array([side[int(log.students[k])] for k in found.students])
    dif = mantel_haenszel(
        found.scores,
        in_group=member,
        group="g",
        match=found.without(member.astype(int)),
        within=found.exposure,
        names=[log.items[k] for k in found.items],
    )
    return dif


def test_an_adaptive_log_without_dif_flags_few_items_though_the_groups_differ():
    dif = _flags(0.0, 0.8, 3)
    p = np.array([item.p_value for item in dif.items])
    assert (p <= 0.05).mean() <= 0.12
    assert sum(item.grade == "C" for item in dif.items) <= 3


def test_an_item_that_is_harder_for_the_group_is_found():
    dif = _flags(1.6, 0.5, 4)
    by_name = {item.name: item for item in dif.items}
    assert by_name["20"].grade == "C" and by_name["30"].effect < 0
