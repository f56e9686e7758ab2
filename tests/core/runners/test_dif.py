"""Does an item favour a group, from counts of shards: what it finds, and the same whichever way it is cut."""

import csv

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from plainview.cli import main
from plainview.core.measure.dif.mantel_haenszel import mantel_haenszel
from plainview.core.runners import dif
from plainview.core.runners.run import run


@pytest.fixture(scope="module")
def made():
    """400 students, 12 items, the eighth a log-odds harder for the group at equal ability."""
    chance = np.random.default_rng(1)
    side = np.arange(400) % 2 == 0
    logits = chance.normal(size=(400, 1)) - np.linspace(-1.5, 1.5, 12)
    logits[:, 7] -= 1.2 * side
    return (chance.random((400, 12)) < 1 / (1 + np.exp(-logits))).astype(float), side


@pytest.fixture(scope="module")
def table(made):
    scores, _ = made
    student, item = np.divmod(np.arange(scores.size), scores.shape[1])
    return pa.table(
        {
            "student": [f"s{s}" for s in student],
            "at": item + 1,
            "item": [f"i{i:02}" for i in item],
            "correct": scores.ravel(),
        }
    )


def job(side):
    return dif.job({f"s{s}": bool(in_it) for s, in_it in enumerate(side)}, group="newcomers")


def test_the_item_that_favours_one_side_is_found_and_no_other_is_called_large(made, table):
    found = run(job(made[1]), table, n_shards=3).to_pylist()
    assert [row["item"] for row in found] == [f"i{i:02}" for i in range(12)]
    assert found[7]["grade"] == "C" and found[7]["d"] < -1.5
    assert "less often" in found[7]["said"]
    assert all(row["grade"] != "C" for i, row in enumerate(found) if i != 7)


def test_where_levels_are_the_totals_it_is_what_measure_says(made, table):
    scores, side = made
    whole = mantel_haenszel(scores, in_group=side, group="newcomers", match="total", purify="no")
    found = run(job(side), table, n_shards=2).to_pylist()
    for mine, its in zip(found, whole.items, strict=True):
        assert (mine["d"], mine["low"], mine["high"]) == pytest.approx(
            (its.effect, its.interval.low, its.interval.high), abs=1e-9
        )
        assert (mine["n_group"], mine["n_others"]) == (its.n_group, its.n_others)
        assert mine["said"] == its.sentence.replace(its.name, mine["item"])


def test_the_cut_into_shards_changes_nothing(made, table):
    assert run(job(made[1]), table, n_shards=1).equals(run(job(made[1]), table, n_shards=7))


def test_students_of_no_known_side_and_few_of_a_side_are_no_answer(table):
    few = dif.job({f"s{s}": s < 10 for s in range(100)}, group="newcomers")
    for row in run(few, table, n_shards=2).to_pylist():
        assert row["d"] is None and "at least 20 students on each side" in row["said"]


def test_four_machines_and_a_merge_say_what_one_says(made, table, tmp_path, capsys):
    log, groups = tmp_path / "log.parquet", tmp_path / "groups.csv"
    pq.write_table(table, log)
    with groups.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["student", "group"])
        rows.writerows([f"s{s}", "newcomers" if in_it else "others"] for s, in_it in enumerate(made[1]))
    words = ["--groups", str(groups), "--group", "newcomers"]
    parts = [str(tmp_path / f"{i}.parquet") for i in (1, 2, 3)]
    for i, part in enumerate(parts, start=1):
        assert main(["each", "dif", str(log), *words, "--shard", f"{i}/3", "-o", part]) == 0
    merged, whole = str(tmp_path / "merged.parquet"), str(tmp_path / "whole.parquet")
    assert main(["merge", *parts, "-o", merged]) == 0
    assert main(["each", "dif", str(log), *words, "-o", whole]) == 0
    assert pq.read_table(merged).equals(pq.read_table(whole))
    capsys.readouterr()
    for wrong, sentence in (
        ([], "found no --groups"),
        (["--groups", str(log), "--group", "x"], "cannot be read"),
        (["--groups", str(groups), "--group", "x"], "found nobody of the group 'x'"),
    ):
        assert main(["each", "dif", str(log), *wrong, "-o", whole]) == 2
        assert sentence in capsys.readouterr().err
