"""A saved model predicts as it did; a file that is none is one sentence, whatever stands in it."""

import json
import math

import numpy as np
import pytest

from plainview.core.learner.choose import saved
from plainview.core.learner.choose.models import BY_NAME
from plainview.core.learner.simulated_irt import World, simulate
from plainview.core.learner.tracing import fitting
from plainview.core.mendable import Mendable

WORLD = World(n_students=40, n_items=30, n_skills=4, n_answers=25)


@pytest.fixture(scope="module")
def logs():
    return simulate(WORLD, seed=1).log, simulate(World(n_students=9, n_items=40, n_skills=5), seed=2).log


@pytest.fixture(scope="module")
def fits(logs):
    return {name: model.load()(logs[0]) for name, model in BY_NAME.items()}


@pytest.mark.parametrize("name", BY_NAME)
def test_a_model_that_was_read_again_says_the_same_of_known_and_unknown_students(name, logs, fits, tmp_path):
    saved.write(tmp_path / "model.json", fits[name], model=name, judged={"by": "nobody"})
    again = saved.read(tmp_path / "model.json")
    assert (again.model, type(again.fit)) == (name, type(fits[name]))
    for log in logs:
        np.testing.assert_array_equal(again.fit.predict(log), fits[name].predict(log))
    assert again.fit.explain(logs[0], 30) == fits[name].explain(logs[0], 30)
    assert repr(again.fit.ended) == repr(fits[name].ended)


@pytest.mark.parametrize("by_item", [True, False])
def test_tracing_with_items_and_students_of_its_own_comes_back_too(by_item, logs, tmp_path):
    fit = fitting.fit(logs[0], forgets=True, by_item=by_item, by_student=not by_item)
    saved.write(tmp_path / "model.json", fit, model="bkt")
    np.testing.assert_array_equal(
        saved.read(tmp_path / "model.json").fit.predict(logs[1]), fit.predict(logs[1])
    )


def test_names_of_students_are_kept_only_where_students_have_weights(fits, tmp_path):
    for name, fit in fits.items():
        saved.write(tmp_path / "model.json", fit, model=name)
        assert ('"s7"' in (tmp_path / "model.json").read_text()) == (name == "afm")


def held(fits, name, tmp_path):
    saved.write(tmp_path / "model.json", fits[name], model=name)
    return json.loads((tmp_path / "model.json").read_text())


def refused(told, tmp_path):
    path = tmp_path / "other.json"
    path.write_text(told if isinstance(told, str) else json.dumps(told))
    with pytest.raises(Mendable) as fault:
        saved.read(path)
    said = str(fault.value)
    assert said.startswith(str(path)) and said.endswith(f"{saved.EXPECTED}.") and "\n" not in said
    return said


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", '{"kind": 3}', '{"model": "elo"}', "[" * 100_000])
def test_what_is_no_model_is_one_sentence(text, tmp_path):
    refused(text, tmp_path)


def test_no_file_and_a_folder_are_sentences(tmp_path):
    for path, sentence in ((tmp_path / "no.json", "there is no such file"), (tmp_path, "cannot be read")):
        with pytest.raises(Mendable, match=sentence):
            saved.read(path)


@pytest.mark.parametrize("name", BY_NAME)
def test_every_part_that_is_gone_or_of_another_kind_is_named(name, fits, tmp_path):
    told = held(fits, name, tmp_path)
    for part, was in told["fit"].items():
        for other in ({"gone": 1}, "word", None, [["a"]]):
            broken = {**told, "fit": {**told["fit"], part: other}}
            if isinstance(was, float | None) and other is None:
                continue  # NaN, which a number may be
            if not (isinstance(was, str) and other == "word"):
                path = tmp_path / "other.json"
                path.write_text(json.dumps(broken))
                try:
                    fit = saved.read(path).fit
                except Mendable as fault:
                    assert "\n" not in str(fault)
                else:
                    assert other is None and fit is not None, part
        broken = {**told, "fit": {k: v for k, v in told["fit"].items() if k != part}}
        assert f"found no '{part}'" in refused(broken, tmp_path)


@pytest.mark.parametrize(
    ("name", "part", "value"),
    [
        ("elo", "difficulty", [0.0]),
        ("elo", "items", ["i1"] * 30),
        ("elo", "floor", 7.0),
        ("elo", "ease", [None] * 4),
        ("ability", "difficulty_sd", [1.0, 1.0]),
        ("skill-rate", "rate", [2.0] * 4),
        ("bkt", "p", [0.5]),
        ("bkt", "share_right", math.inf),
        ("best-lr", "coefficients", [0.0]),
        ("extended", "means", [1.0]),
        ("extended", "covariance", [[1.0]]),
    ],
)
def test_parts_that_do_not_belong_together_are_refused(name, part, value, fits, tmp_path):
    told = held(fits, name, tmp_path)
    value = "inf" if value is math.inf else value
    assert f"fit.{part}" in refused({**told, "fit": {**told["fit"], part: value}}, tmp_path)


def test_a_place_that_points_outside_is_refused(fits, tmp_path):
    told = held(fits, "bkt", tmp_path)
    told["fit"]["layout"]["cell_skill"][0] = 10**6
    assert "found a place outside" in refused(told, tmp_path)
    told = held(fits, "extended", tmp_path)
    told["fit"]["layout"]["past"][0] = -5
    assert "found a place outside" in refused(told, tmp_path)
    told = held(fits, "extended", tmp_path)
    told["fit"]["layout"]["blocks"][0] = "student"
    assert "not known" in refused(told, tmp_path)


def test_a_place_where_nothing_can_be_written_is_a_sentence(fits, tmp_path):
    with pytest.raises(Mendable, match="cannot be written"):
        saved.write(tmp_path / "no" / "model.json", fits["elo"], model="elo")
