import numpy as np
import pytest

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.choose.skill_rate import fit
from plainview.core.logs.coded import Coded

LOG = Coded.from_arrays(
    student=["a", "a", "b", "b"],
    item=[1, 2, 1, 2],
    skills=[["x"], ["x", "y"], ["x"], []],
    correct=[1, 0, 1, 0],
)


def test_by_hand():
    """Middle 1/2. x: 2 of 3 right, so (2 + 5) / 13; y: 0 of 1, so 5 / 11; no skill: the middle."""
    found = fit(LOG)
    x, y = 7 / 13, 5 / 11
    assert found.predict(LOG).tolist() == pytest.approx([x, (x + y) / 2, x, 0.5])
    assert found.n_of_skill.tolist() == [3, 1]
    p = found.predict(LOG)
    likely = np.log(p[0]) + np.log(1 - p[1]) + np.log(p[2]) + np.log(1 - p[3])
    assert found.ended.log_likelihood == pytest.approx(likely)


@pytest.mark.parametrize("row", range(4))
def test_an_explanation_adds_up(row):
    found = fit(LOG)
    told = found.explain(LOG, row)
    assert told.total == pytest.approx(found.predict(LOG)[row])


def test_a_skill_not_seen_counts_as_the_middle():
    other = Coded.from_arrays(student=["c"], item=[9], skills=["new"], correct=[1])
    assert fit(LOG).predict(other)[0] == 0.5
    assert fit(LOG).explain(other, 0).parts[0].moved == 0


def test_an_empty_log_cannot_say():
    assert isinstance(fit(Coded.from_arrays(student=[], item=[], correct=[])), CannotSay)
