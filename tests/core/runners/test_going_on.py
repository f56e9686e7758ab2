"""A run that was interrupted goes on; parts that do not belong together are refused."""

import pyarrow as pa
import pytest

from plainview.core.mendable import Mendable
from plainview.core.runners.job import Job
from plainview.core.runners.keep import together
from plainview.core.runners.run import run, run_shard

SCHEMA = pa.schema([("student", pa.string()), ("n", pa.int64())])
LOG = pa.table(
    {
        "student": [f"s{i % 40}" for i in range(400)],
        "at": list(range(400)),
        "item": [f"q{i % 9}" for i in range(400)],
        "correct": [i % 2 for i in range(400)],
    }
)


def count(attempts: pa.Table) -> pa.Table:
    found = attempts.group_by("student").aggregate([([], "count_all")])
    return found.rename_columns(["student", "n"]).sort_by("student")


def as_it_is(parts: pa.Table) -> pa.Table:
    return parts.sort_by("student")


def job(each=count, *, about="") -> Job:
    return Job(name="count/1", each=each, schema=SCHEMA, together=as_it_is, about=about)


class StopsAfter:
    def __init__(self, n: int) -> None:
        self.left, self.asked = n, 0

    def __call__(self, attempts: pa.Table) -> pa.Table:
        if not self.left:
            raise KeyboardInterrupt
        self.left, self.asked = self.left - 1, self.asked + 1
        return count(attempts)


def test_finished_shards_are_not_computed_again(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        run(job(StopsAfter(5)), LOG, n_shards=8, n_threads=1, folder=tmp_path)
    rest = StopsAfter(100)
    done = run(job(rest), LOG, n_shards=8, n_threads=1, folder=tmp_path)
    assert rest.asked == 3
    assert done.equals(run(job(), LOG, n_shards=8, n_threads=2))
    assert done["n"].to_pylist() == [10] * 40


def test_another_log_in_the_same_folder_is_refused(tmp_path):
    run(job(), LOG, n_shards=4, n_threads=1, folder=tmp_path)
    with pytest.raises(Mendable, match="another log"):
        run(job(), LOG.slice(1), n_shards=4, n_threads=1, folder=tmp_path)
    with pytest.raises(Mendable, match="another run"):
        run(job(about="another fit"), LOG, n_shards=4, n_threads=1, folder=tmp_path)


def test_progress_ends_where_it_said(tmp_path):
    told = []
    run(job(), LOG, n_shards=6, n_threads=2, progress=lambda *step: told.append(step))
    assert [step[:2] for step in told] == [(n, 6) for n in range(1, 7)]


def parts_of(tmp_path, *, n=3, about=""):
    paths = [tmp_path / f"part {i}.parquet" for i in range(n)]
    for i, path in enumerate(paths):
        run_shard(job(about=about), LOG, path, shard=i, of=n)
    return paths


def test_a_shard_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Mendable, match="2 of 3 shards, expected all: 2 not there"):
        together(job(), [parts_of(tmp_path)[i] for i in (2, 0)])


def test_a_shard_that_stands_twice_is_named(tmp_path):
    paths = parts_of(tmp_path)
    with pytest.raises(Mendable, match="shard 1 of 3 twice"):
        together(job(), [*paths, paths[0]])


def test_parts_of_another_cut_or_fit_are_refused(tmp_path):
    (tmp_path / "other").mkdir()
    other = parts_of(tmp_path / "other", about="another fit")
    with pytest.raises(Mendable, match="of the same fit"):
        together(job(), [*parts_of(tmp_path)[:2], other[2]])


def test_a_file_that_is_no_part_is_said_to_be_none(tmp_path):
    path = tmp_path / "some.parquet"
    path.write_text("student,at\n")
    with pytest.raises(Mendable, match="found no part"):
        together(job(), [path])
    with pytest.raises(Mendable, match="there is no such file"):
        together(job(), [tmp_path / "none.parquet"])
