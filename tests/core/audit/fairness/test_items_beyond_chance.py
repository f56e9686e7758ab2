"""Items that favour a side: what is told beyond chance, for whom each is harder, and what is to look at."""

import numpy as np

from plainview.core.audit.fairness import say_items
from plainview.core.measure.dif.item import Dif
from plainview.core.measure.dif.logistic import logistic
from plainview.core.measure.dif.mantel_haenszel import mantel_haenszel


def answers(n, seed, harder=None, apart=0.5):
    """A test of 20 items, n students a side; ``harder``: items that the group finds harder, by logits."""
    rng = np.random.default_rng(seed)
    group = np.arange(2 * n) < n
    theta, hard = rng.normal(0, 1, 2 * n) - apart * group, np.linspace(-1.5, 1.5, 20)
    shift = np.zeros(20)
    for item, logits in (harder or {}).items():
        shift[item] = logits
    logit = theta[:, None] - hard - shift * group[:, None]
    return (rng.random((2 * n, 20)) < 1 / (1 + np.exp(-logit))).astype(float), group


def told(n, seed, harder=None):
    y, group = answers(n, seed, harder)
    names = [f"q{j + 1}" for j in range(20)]
    even, uneven = (ask(y, in_group=group, group="new", names=names) for ask in (mantel_haenszel, logistic))
    return say_items.dif("home", [("new", even, uneven if isinstance(uneven, Dif) else None)], matched="m")


def test_fair_items_of_small_groups_are_seldom_called_unfair():
    """In 25 students a side two tests in three have an item of class B or C. One in 20 may say so."""
    found = [told(25, seed) for seed in range(40)]
    assert sum(one.answer == "items to read" for one in found) <= 5
    assert sum(one.answer == "items to look at" for one in found) > 12


def test_planted_items_are_named_with_the_side_for_whom_they_are_harder():
    found = told(600, 3, {3: 0.2, 7: 0.55, 11: 0.9, 15: -0.9})
    assert found.answer == "items to read"
    assert "Harder for 'new': q12" in found.sentence and "Harder for all but 'new': q16" in found.sentence
    every = {row[1]: row for row in found.tables[-1].rows}
    assert len(every) == 20
    assert [every[name][8] for name in ("q4", "q12", "q16")] == ["A", "C", "C"]
    assert every["q12"][3] < -1.5 and every["q16"][3] > 1.5


def test_an_item_that_chance_alone_can_make_is_to_be_looked_at_and_speaks_against_nothing():
    found = next(one for one in (told(25, seed) for seed in range(40)) if one.answer == "items to look at")
    assert "may favour a side" in found.sentence and "Chance alone can do that." in found.sentence
    assert found.effect.value == 0


def test_none_shown_is_not_told_as_none_there():
    found = next(one for one in (told(200, seed) for seed in range(40)) if one.answer == "none shown")
    assert found.sentence.endswith("One may still.")
