"""`plainview each`, `merge`, `fit --shard`: the same answer from one machine or from many."""

import importlib.util
import json

import pyarrow.parquet as pq
import pytest

from plainview.cli import bar, main


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "log.csv"
    words = ["--students", "120", "--skills", "6", "--items", "30", "--answers", "40", "--seed", "1"]
    assert main(["simulate", "bkt", str(path), *words]) == 0
    return path


def test_four_machines_say_what_one_says(log, tmp_path, capsys):
    parts = [str(tmp_path / f"part{i}.parquet") for i in (1, 2, 3, 4)]
    for i, part in enumerate(parts, start=1):
        assert main(["fit", str(log), "--model", "bkt", "--shard", f"{i}/4", "-o", part]) == 0
    merged, whole = str(tmp_path / "merged.parquet"), str(tmp_path / "whole.parquet")
    assert main(["merge", *parts[::-1], "-o", merged]) == 0
    assert main(["each", "skill", str(log), "-o", whole, "--shards", "9"]) == 0
    assert pq.read_table(merged).equals(pq.read_table(whole))
    capsys.readouterr()
    assert main(["fit", merged, "--save", str(tmp_path / "fit.json")]) == 0
    assert "all 6 skills converged" in capsys.readouterr().out
    assert json.loads((tmp_path / "fit.json").read_text())["fit"]["n_students"] == 120


def test_what_was_to_be_expected_of_every_answer(log, tmp_path):
    sums, out = str(tmp_path / "sums.parquet"), tmp_path / "out.parquet"
    assert main(["each", "skill", str(log), "-o", sums]) == 0
    assert main(["each", "student", str(log), "--fit", sums, "-o", str(out), "--shards", "3"]) == 0
    parts = [str(tmp_path / f"{i}.parquet") for i in (1, 2, 3)]
    for i, part in enumerate(parts, start=1):
        words = ["--fit", sums, "-o", part, "--shard", f"{i}/3"]
        assert main(["each", "student", str(log), *words]) == 0
    merged = tmp_path / "merged.parquet"
    assert main(["merge", *parts, "-o", str(merged)]) == 0
    assert pq.read_table(merged).equals(pq.read_table(out))


def test_a_saved_model_says_what_was_to_be_expected_too(log, tmp_path):
    model, out = tmp_path / "model.json", tmp_path / "out.parquet"
    assert main(["fit", str(log), "--model", "elo", "--save", str(model)]) == 0
    assert main(["each", "student", str(log), "--fit", str(model), "-o", str(out), "--shards", "3"]) == 0
    by_student = {
        row["student"]: row["p_right"] for row in pq.read_table(out).to_pylist() if not row["place"]
    }
    once = tmp_path / "once.parquet"
    assert main(["predict", str(model), str(log), "-o", str(once)]) == 0
    expected = {row["student"]: row["p_right"] for row in pq.read_table(once).to_pylist() if not row["place"]}
    assert by_student == pytest.approx(expected, abs=1e-12)


def test_finished_shards_are_kept_and_told(log, tmp_path, capsys):
    words = [
        "each",
        "item",
        str(log),
        "-o",
        str(tmp_path / "items.parquet"),
        "--resume",
        str(tmp_path / "kept"),
    ]
    assert main([*words, "--shards", "5"]) == 0
    assert "5 of 5 shards done" in capsys.readouterr().err
    assert main([*words, "--shards", "5"]) == 0
    assert "of 5 shards" not in capsys.readouterr().err
    assert main([*words, "--shards", "6"]) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["each", "skill", "LOG", "-o", "x.parquet", "--shard", "5/4"], "expected for example 3/16"),
        (["each", "student", "LOG", "-o", "x.parquet"], "found no --fit"),
        (["fit", "LOG", "--model", "elo", "--shard", "1/2", "-o", "x.parquet"], "expected bkt"),
        (["fit", "LOG", "--shard", "1/2"], "found no -o"),
        (["merge", "LOG", "-o", "x.parquet"], "found no part"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(words, said, log, capsys):
    assert main([str(log) if word == "LOG" else word for word in words]) == 2
    assert said in capsys.readouterr().err


def test_an_interrupted_run_says_where_it_goes_on(log, tmp_path, capsys, monkeypatch):
    words = [
        "each",
        "skill",
        str(log),
        "-o",
        str(tmp_path / "sums.parquet"),
        "--shards",
        "6",
        "--threads",
        "1",
    ]
    words += ["--resume", str(tmp_path / "kept")]

    class Stops(bar.Bar):
        def __call__(self, done, of, what):
            if done == 3:
                raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(bar, "Bar", Stops)
        assert main(words) == 130
    assert "the same words go on from there" in capsys.readouterr().err
    assert 3 <= len(list((tmp_path / "kept" / "done").glob("*.parquet"))) < 6
    assert main(words) == 0


@pytest.mark.skipif(importlib.util.find_spec("pyspark") is not None, reason="pyspark is here")
def test_where_spark_is_not_installed_the_extra_is_named(log, tmp_path, capsys):
    assert main(["each", "item", str(log), "-o", str(tmp_path / "x.parquet"), "--runner", "spark"]) == 2
    assert "pip install 'plainview[spark]'" in capsys.readouterr().err


def test_what_too_few_students_left_cannot_be_fitted(log, tmp_path, capsys):
    few, sums = tmp_path / "few.csv", str(tmp_path / "sums.parquet")
    few.write_text("".join(line + "\n" for line in log.read_text().splitlines()[:61]))
    assert main(["each", "skill", str(few), "-o", sums, "--shards", "2"]) == 0
    capsys.readouterr()
    assert main(["fit", sums]) == 3
    assert "Cannot say: the log holds" in capsys.readouterr().out
