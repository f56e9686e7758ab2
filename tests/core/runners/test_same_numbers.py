"""Whichever way a log is run, the numbers are the same."""

import importlib.util
import shutil
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest

from plainview.core.learner import tracing
from plainview.core.learner.tracing.simulate import World, simulate
from plainview.core.logs.coded import Coded
from plainview.core.measure.items import items as items_of_table
from plainview.core.runners import histories, items, students
from plainview.core.runners.keep import together
from plainview.core.runners.run import run, run_shard

HAS_SPARK = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None


def as_table(log: Coded) -> pa.Table:
    names = np.array(log.skills, dtype=object)
    starts = log.skill_from.tolist()
    skills = [names[log.skill[a:b]].tolist() for a, b in pairwise(starts)]
    return pa.table(
        {
            "student": np.array(log.students, dtype=object)[log.student],
            "at": pa.array(np.arange(log.n_rows) * 60_000 + 1_735_689_600_000).cast(
                pa.timestamp("ms", "UTC")
            ),
            "item": np.array(log.items, dtype=object)[log.item],
            "skills": skills,
            "correct": log.correct.astype(np.float64),
        }
    )


@pytest.fixture(scope="module")
def log():
    return simulate(World(n_students=300, n_skills=8, mean_length=7), seed=3).log


@pytest.fixture(scope="module")
def table(log):
    return as_table(log)


def same(one, other, *, within=1e-9):
    assert one.schema.names == other.schema.names
    for name in one.schema.names:
        mine, its = one[name], other[name]
        if pa.types.is_floating(mine.type):
            mine, its = mine.to_numpy(), its.to_numpy()
            np.testing.assert_allclose(mine, its, rtol=0, atol=within, err_msg=name)
        else:
            assert mine.to_pylist() == its.to_pylist(), name


def test_the_fit_of_the_sums_is_the_fit_of_the_log(log, table):
    whole = tracing.fit(log, by_item=False)
    summed = histories.fit(run(histories.HISTORIES, table, n_shards=7, n_threads=2))
    place = [summed.skills.index(name) for name in whole.skills]
    for kind in whole.layout.kinds:
        mine, its = whole.p[whole.layout.of[kind]], summed.p[summed.layout.of[kind]]
        np.testing.assert_allclose(mine, its[place], rtol=0, atol=1e-9)
        mine, its = whole.se[whole.layout.of[kind]], summed.se[summed.layout.of[kind]]
        np.testing.assert_allclose(mine, its[place], rtol=0, atol=1e-9)
    assert summed.ended.log_likelihood == pytest.approx(whole.ended.log_likelihood, abs=1e-9 * log.n_rows)
    assert (summed.n_rows, summed.n_students) == (whole.n_rows, whole.n_students)
    assert summed.share_right == pytest.approx(whole.share_right, abs=1e-12)
    np.testing.assert_allclose(summed.predict(log), whole.predict(log), rtol=0, atol=1e-9)


def test_counts_are_the_same_however_the_log_is_cut(table):
    one = run(histories.HISTORIES, table, n_shards=1, n_threads=1)
    for n in (2, 16, 400):  # more shards than students, too: some are empty
        assert run(histories.HISTORIES, table, n_shards=n, n_threads=2).equals(one)


def test_shards_of_many_machines_are_the_whole_whatever_their_order(table, tmp_path):
    for job in (histories.HISTORIES, items.ITEMS):
        parts = [tmp_path / f"{i}.parquet" for i in range(4)]
        for i, part in enumerate(parts):
            run_shard(job, table, part, shard=i, of=4)
        whole = run(job, table, n_shards=4, n_threads=2)
        assert together(job, parts).equals(whole)
        assert together(job, parts[::-1]).equals(whole)


def test_what_a_fit_expects_is_the_same_for_every_student(log, table):
    fit = tracing.fit(log)
    found = run(students.job(fit, about="this fit"), table, n_shards=5, n_threads=2)
    groups = log.by_student()
    whole = {
        (log.students[log.student[row]], place): p
        for row, place, p in zip(range(log.n_rows), groups.place().tolist(), fit.predict(log), strict=True)
    }
    assert found.num_rows == log.n_rows
    for one in found.to_pylist():
        assert one["p_right"] == pytest.approx(whole[one["student"], one["place"]], abs=1e-12)


def test_items_are_judged_as_their_table_of_scores_is(log, table):
    scores = np.full((log.n_students, log.n_items), np.nan)
    for row in reversed(range(log.n_rows)):  # the first attempt is written last
        scores[log.student[row], log.item[row]] = log.correct[row]
    judged = {one.name: one for one in items_of_table(scores, names=log.items) if hasattr(one, "name")}
    found = {one["item"]: one for one in run(items.ITEMS, table, n_shards=3, n_threads=1).to_pylist()}
    for name, one in judged.items():
        row = found[name]
        assert (row["difficulty"], row["n_students"]) == (
            pytest.approx(one.difficulty, abs=1e-9),
            one.n_students,
        )
        assert row["difficulty_low"] == pytest.approx(one.difficulty_interval.low, abs=1e-9)
        if hasattr(one.item_rest, "value"):
            assert row["item_rest"] == pytest.approx(one.item_rest.value, abs=1e-9)
            assert row["is_flagged"] == one.is_flagged


@pytest.mark.skipif(not HAS_SPARK, reason="pyspark or java is not here: pip install 'plainview[spark]'")
def test_spark_gives_the_same_as_threads(log, table):
    jobs = [histories.HISTORIES, items.ITEMS, students.job(tracing.fit(log), about="this fit")]
    for job in jobs:
        threads = run(job, table, n_shards=5, n_threads=2)
        same(run(job, table, n_shards=5, runner="spark"), threads)
