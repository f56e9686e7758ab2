"""`plainview simulate` writes a log whose truth is known; `plainview fit` says which model may speak."""

import csv
import io
import json
import sys
from dataclasses import replace

import pytest

from plainview.cli import fit, main
from plainview.core.learner.choose import models
from plainview.core.learner.choose.saved import read
from plainview.core.logs.door import open_log


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "out.csv"
    assert main(["simulate", "irt", str(path), "--students", "40", "--answers", "20", "--seed", "1"]) == 0
    return path


QUICK = ("--model", "skill-rate", "--model", "elo")


def test_a_log_and_its_truth_are_written(log):
    with log.open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 800
    assert set(rows[0]) == {"student", "at", "item", "skills", "correct"}
    truth = log.with_name(f"truth-of-{log.stem}.rows.csv").read_text().splitlines()
    assert (truth[0], len(truth)) == ('"p"', 801)
    students = log.with_name(f"truth-of-{log.stem}.students.csv").read_text()
    assert students.startswith('"student","ability","pace","in_group"')


@pytest.mark.parametrize("model", ["irt", "bkt"])
def test_the_same_words_write_the_same_bytes(model, tmp_path):
    words = ["--students", "8", "--seed", "3", "--missing", "0.4", "--gap", "0.5", "--forgetting"]
    for name in ("one.csv", "two.csv"):
        assert main(["simulate", model, str(tmp_path / name), *words]) == 0
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    assert (tmp_path / "truth-of-one.rows.csv").read_bytes() == (
        tmp_path / "truth-of-two.rows.csv"
    ).read_bytes()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["simulate", "irt", "out.txt", "--seed", "1"], "expected a name that ends in .csv"),
        (["simulate", "irt", "{dir}/no/out.csv", "--seed", "1"], "there is no such folder"),
        (["simulate", "irt", "{dir}", "--seed", "1"], "expected a name that ends in .csv"),
        (["fit", "{dir}/nothing.csv"], "there is no such file"),
        (["fit", "{log}", "--model", "oracle"], "--model: found oracle, expected one of skill-rate, elo"),
        (["fit", "{log}", "--folds", "1"], "--folds: found 1, expected from 2"),
    ],
)
def test_what_can_be_mended_is_a_sentence(words, sentence, log, tmp_path, capsys):
    words = [word.format(dir=tmp_path, log=log) for word in words]
    assert main(words) == 2
    assert sentence in capsys.readouterr().err


def test_a_parquet_file_that_is_none_is_a_sentence(tmp_path, capsys):
    for name, content in (
        ("cut.parquet", b"PAR1" + bytes(200) + b"PAR1"),
        ("words.parquet", b"student,item"),
    ):
        (tmp_path / name).write_bytes(content)
        assert main(["fit", str(tmp_path / name)]) == 2
        assert f"{name}: this file cannot be read" in capsys.readouterr().err


def test_the_choice_is_a_table_and_a_sentence(log, capsys):
    assert main(["fit", str(log), *QUICK]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("800 attempts of 40 students at 200 items with 10 skills")
    assert "<- chosen" in out
    assert "40 students (800 answers)" in out
    assert "5 folds, seed 1." in out
    assert err.splitlines()[-1] == "10 of 10 fits done"


def test_for_programs_it_is_json_and_nothing_else(log, capsys):
    assert main(["fit", str(log), *QUICK, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [result["name"] for result in said["results"]] == ["skill-rate", "elo"]
    assert said["log"]["n_students"] == 40
    assert said["chosen"] in said["said"]


def test_three_students_cannot_carry_a_choice(log, tmp_path, capsys):
    few = tmp_path / "few.csv"
    few.write_text("".join(line + "\n" for line in log.read_text().splitlines()[:61]))
    assert main(["fit", str(few)]) == 3
    assert (
        "Cannot say: the log holds 3 students. It would need at least 10 students." in capsys.readouterr().out
    )
    assert main(["fit", str(few), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["cannot_say"] is True


def test_the_chosen_model_is_fitted_to_everyone_and_saved(log, tmp_path):
    out = tmp_path / "model.json"
    assert main(["fit", str(log), "--model", "elo", "--save", str(out)]) == 0
    saved = json.loads(out.read_text())
    assert (saved["model"], saved["fit"]["n_students"]) == ("elo", 40)
    assert len(saved["fit"]["difficulty"]) == len(saved["fit"]["items"])
    assert saved["judged"]["log_loss"]["n_students"] == 40


def test_of_a_very_long_log_it_is_said_that_some_students_were_fitted(log, tmp_path, monkeypatch, capsys):
    few = replace(models.BY_NAME["pfa"], options=(("model", "pfa"), ("most_rows", 400)))
    monkeypatch.setitem(models.BY_NAME, "pfa", few)
    assert main(["fit", str(log), "--model", "pfa", "--save", str(tmp_path / "model.json")]) == 0
    assert "pfa, fitted to 400 of 800 answers (evenly spaced students)" in capsys.readouterr().err


def test_a_saved_model_foresees_another_log_and_says_how_well(log, tmp_path, capsys):
    model, other, out = (tmp_path / name for name in ("model.json", "other.csv", "out.csv"))
    assert main(["fit", str(log), *QUICK, "--save", str(model)]) == 0
    assert main(["simulate", "irt", str(other), "--students", "12", "--answers", "10", "--seed", "2"]) == 0
    capsys.readouterr()
    assert main(["predict", str(model), str(other), "-o", str(out)]) == 0
    said = capsys.readouterr().out
    assert "It has met" in said and "AUC: " in said and "Calibration slope: " in said
    with out.open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 120 and rows[10]["place"] == "0"
    expected = read(model).fit.predict(open_log(other).coded)
    assert [float(row["p_right"]) for row in rows] == pytest.approx(expected.tolist(), abs=1e-12)
    assert main(["predict", str(model), str(other), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["auc"]["n_students"] == 12


def test_a_model_that_is_none_and_a_name_that_is_none_can_be_mended(log, tmp_path, capsys):
    assert main(["predict", str(log), str(log)]) == 2
    assert "found no JSON; expected a model" in capsys.readouterr().err
    model = tmp_path / "model.json"
    assert main(["fit", str(log), "--model", "elo", "--save", str(model)]) == 0
    assert main(["predict", str(model), str(log), "-o", str(tmp_path / "out.doc")]) == 2
    assert "expected a name that ends in .csv or .parquet" in capsys.readouterr().err


def test_where_nothing_can_be_said_nothing_is_saved_and_that_is_said(log, tmp_path, capsys):
    few, model = tmp_path / "few.csv", tmp_path / "model.json"
    few.write_text("".join(line + "\n" for line in log.read_text().splitlines()[:61]))
    assert main(["fit", str(few), "--save", str(model), "--charts", str(tmp_path / "pictures")]) == 3
    err = capsys.readouterr().err
    assert "Nothing was saved" in err and "Nothing was drawn" in err
    assert not model.exists() and not (tmp_path / "pictures").exists()


def test_pictures_of_the_chosen_model_are_drawn(log, tmp_path, capsys):
    folder = tmp_path / "pictures"
    assert main(["fit", str(log), "--model", "elo", "--charts", str(folder)]) == 0
    names = sorted(path.name for path in folder.iterdir())
    assert names[0] == "calibration.svg" and names[-1] == "learning.svg" and len(names) == 12
    assert "12 pictures in" in capsys.readouterr().err
    for path in folder.iterdir():
        assert "<svg" in path.read_text() and "NaN" not in path.read_text()


def test_an_interrupted_comparison_goes_on_where_it_stood(log, tmp_path, capsys, monkeypatch):
    words = ["fit", str(log), *QUICK, "--resume", str(tmp_path / "folds"), "--json"]

    class Stops(fit.Bar):
        def __call__(self, done, of, what):
            if done == 5:
                raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(fit, "Bar", Stops)
        assert main(words) == 130
    assert "the same words go on from there" in capsys.readouterr().err
    n_kept = len(list((tmp_path / "folds").glob("*.npz")))
    assert 4 <= n_kept < 10
    assert main(words) == 0
    resumed = json.loads(capsys.readouterr().out)
    assert main(["fit", str(log), *QUICK, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == resumed


def test_on_a_screen_there_is_a_bar(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    bar = fit.Bar()
    bar(1, 4, "elo, fold 2")
    bar(4, 4, "")
    err = capsys.readouterr().err
    assert "[#######......................." in err
    assert err.endswith("\n")


def test_a_log_may_come_through_a_pipe(log, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(log.read_bytes())))
    assert main(["fit", "-", "--model", "skill-rate"]) == 0
    assert "Only skill-rate was judged" in capsys.readouterr().out


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    path = tmp_path_factory.mktemp("shared") / "out.csv"
    assert main(["simulate", "irt", str(path), "--students", "90", "--items", "8", "--seed", "1"]) == 0
    return path


def test_what_each_item_of_a_log_asks(shared, tmp_path, capsys):
    out = tmp_path / "items.json"
    assert main(["fit", str(shared), "--items", "2pl", "--save", str(out)]) == 0
    said = capsys.readouterr().out
    assert "later attempts are left out" in said and "converged after" in said and "difficulty (SE)" in said
    told = json.loads(out.read_text())
    assert len(told["fit"]["items"]) == len(told["names"]) == 8
    assert "eap" not in told["fit"] and '"s7"' not in out.read_text()


def test_items_that_cannot_be_fitted_are_said_and_nothing_is_saved(log, shared, tmp_path, capsys):
    out = tmp_path / "items.json"
    assert main(["fit", str(log), "--items", "3pl", "--save", str(out), "--json"]) == 3
    said = capsys.readouterr()
    assert json.loads(said.out)["cannot_say"] is True and "Nothing was saved" in said.err
    assert not out.exists()
    asked = ((["oracle"], "expected one of rasch"), (["2pl", "--categories", "3"], "expected it with"))
    for words, sentence in asked:
        assert main(["fit", str(shared), "--items", *words]) == 2
        assert sentence in capsys.readouterr().err
