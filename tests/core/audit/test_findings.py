"""findings.json: the same bytes for the same dossier, the published shape, every difference by name."""

import json
from copy import deepcopy

import numpy as np
import pytest

from plainview.core.audit.findings import differences, findings_of, n_numbers, schema, written
from plainview.core.audit.review import review
from plainview.core.dossier.shape import Shape


@pytest.fixture
def told(dossier, catalogue):
    return json.loads(
        written(findings_of(review(dossier(adapts=("adaptivity.log_test",)), checks=catalogue)))
    )


def test_it_has_the_shape_that_is_published(told):
    shape = Shape(told, schema(), file="findings.json")
    assert (shape.faults, shape.unknown) == ([], [])


def test_twice_is_the_same_bytes(dossier, catalogue):
    once, again = (written(findings_of(review(dossier(), checks=catalogue))) for _ in range(2))
    assert once == again


def test_no_day_stands_in_it_but_one_that_was_asked_for(dossier, catalogue):
    found = review(dossier(), checks=catalogue)
    assert "at" not in findings_of(found)
    assert findings_of(found, at="2026-03-09")["at"] == "2026-03-09"


def test_what_is_no_number_is_nothing_and_numpys_numbers_are_numbers():
    told = {"a": np.float64(0.5), "b": float("nan"), "c": np.int64(3), "d": (1, np.inf), "e": np.bool_(True)}
    assert json.loads(written(told)) == {"a": 0.5, "b": None, "c": 3, "d": [1, None], "e": True}


def test_the_same_agrees_whatever_versions_made_it(told):
    other = deepcopy(told) | {"made_with": {"python": "9"}, "at": "2026-01-01"}
    assert differences(told, other) == []
    assert n_numbers(told) > 10


def test_a_number_that_differs_is_named(told):
    other = deepcopy(told)
    other["checks"][0]["answers"][0]["effect"]["value"] = 0.08
    assert differences(told, other) == [
        "checks 1 (adaptivity.log_test/1), answers 1 (adaptivity.log_test/1), effect, value: "
        "was 0.091, now is 0.08."
    ]


def test_what_another_machine_may_round_is_no_difference(told):
    other = deepcopy(told)
    other["checks"][0]["answers"][0]["effect"]["value"] *= 1 + 1e-12
    assert differences(told, other) == []


def test_an_exhibit_that_was_changed_and_an_answer_that_is_gone_are_named(told):
    other = deepcopy(told)
    other["exhibits"][0]["sha256"] = "1" * 64
    other["checks"][2]["answers"] = []
    found = differences(told, other)
    assert found[0].startswith("exhibits 1 (exhibits/ana.har), sha256: was ")
    assert found[1] == "checks 3 (fairness.dif/1), answers: there were 1, now there are 0."


def test_one_exhibit_more_is_one_difference_wherever_it_stands(told):
    """Told apart by their names, not by their places: else every exhibit after it would differ."""
    other = deepcopy(told)
    other["exhibits"].insert(0, {**told["exhibits"][0], "file": "exhibits/aaa.csv"})
    assert differences(told, other) == ["exhibits: exhibits/aaa.csv is new."]
    assert differences(other, told) == ["exhibits: exhibits/aaa.csv was there then, and is no more."]


def test_a_sentence_more_is_one_difference(told):
    one, other = deepcopy(told) | {"told": ["a", "b"]}, deepcopy(told) | {"told": ["new", "a", "b"]}
    assert differences(one, other) == ['told: not said then: "new".']
    assert differences(other, one) == ['told: said then, and no more: "new".']
    other["told"] = ["a", "c"]
    assert differences(one, other) == ['told: was "b", now is "c".']
    other["told"] = ["b", "a"]
    assert differences(one, other) == ["told: the same, in another order or another number of times."]
