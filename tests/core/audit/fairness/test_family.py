"""Several ways of grouping are one family: of many, one differs by chance."""

import numpy as np
import pytest
from tests.core.audit.fairness.test_ask import _ask, _csv, _dossier

from plainview.core.audit.fairness.family import as_family
from plainview.core.dossier.dossier import Kind
from plainview.core.stats.multiplicity import adjusted


def test_p_values_are_adjusted_over_all_groupings_and_keep_their_places():
    asked = [[0.01, 0.2], [], [0.03]]
    assert [len(one) for one in as_family(asked)] == [2, 0, 1]
    assert [p for one in as_family(asked) for p in one] == pytest.approx(adjusted([0.01, 0.2, 0.03]).tolist())
    assert as_family([]) == []


def alike(folder, seed):
    """Eight ways of grouping 120 students that say nothing of how well each is foretold."""
    chance = np.random.default_rng(seed)
    said = chance.uniform(0.1, 0.9, 120)
    columns = {
        "student": [f"s{n}" for n in range(120)],
        "predicted": said.round(3),
        "came": (chance.random(120) < said).astype(int),
    }
    groups = {f"way{k}": np.where(chance.random(120) < 0.5, "a", "b") for k in range(8)}
    folder.mkdir()
    return _dossier(
        folder,
        {
            Kind.PREDICTIONS: _csv(**columns),
            Kind.GROUPS: _csv(student=columns["student"], **groups),
        },
    )


def test_a_product_that_treats_all_alike_is_seldom_said_to_differ_by_any_of_many_groupings(tmp_path):
    """One grouping at a time, eight of them would differ in about 30 of 100 such reviews."""
    found = [
        any(one.answer == "differs by group" for one in _ask("learner_error", alike(tmp_path / str(n), n)))
        for n in range(40)
    ]
    assert sum(found) <= 6


def test_each_answer_holds_the_p_of_the_whole_family(tmp_path):
    answers = _ask("learner_error", alike(tmp_path / "one", 5))
    assert len(answers) == 8
    raw = [one.tables[0].rows[0][8] for one in answers]
    assert len(set(raw)) < 8  # Benjamini-Hochberg ties what would be apart
