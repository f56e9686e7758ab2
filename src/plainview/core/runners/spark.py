"""Shards on Spark: the one place where this house enters it.

In:   a job, a log that is laid aside in a folder that all workers see, what is finished already.
Out:  every shard's table: the same as in threads, to the last bit.
Not here: what is computed (job). Workers need this package: ``pip install 'plainview[spark]'``, and Java 17.

Spark promises no order of rows, neither into a group nor out of it. So each row carries its place in the log,
and each row that comes out its place in its shard's table.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from plainview.core.mendable import Mendable
from plainview.core.runners.aside import COLUMNS, Laid
from plainview.core.runners.job import Job, Progress
from plainview.core.runners.keep import Done

NEEDS = "Spark is not here: pip install 'plainview[spark]', and Java 17."


def run(job: Job, laid: Laid, done: Done, *, progress: Progress | None = None, session: Any = None) -> None:
    """Compute what is wanting. ``session``: a SparkSession; None makes one on this machine.

    Raises
    ------
    Mendable
        If Spark is not installed.
    """
    wanting = done.wanting()
    there = [shard for shard in wanting if laid.place(shard).exists()]
    found = dict[int, pa.Table]()
    with tempfile.TemporaryDirectory(prefix="plainview-spark-", dir=laid.folder) as out:
        if there:
            _compute(job, laid, there, session or here(), Path(out) / "out")
            found = _read(job, Path(out) / "out")
        for n, shard in enumerate(wanting, start=1):
            done.put(shard, found.get(shard, job.schema.empty_table()))
            if progress is not None:
                progress(laid.n - len(wanting) + n, laid.n, "")


def here() -> Any:
    """A session on this machine, with this Python for its workers."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise Mendable(NEEDS) from None
    made = SparkSession.builder.appName("plainview").config("spark.ui.enabled", "false")
    made = made.config("spark.sql.session.timeZone", "UTC")
    return made.config("spark.sql.execution.arrow.maxRecordsPerBatch", "100000").getOrCreate()


def _compute(job: Job, laid: Laid, shards: list[int], session: Any, out: Path) -> None:
    from pyspark.sql.pandas.types import from_arrow_schema

    rows = session.read.parquet(*(str(laid.place(shard)) for shard in shards))
    gives = from_arrow_schema(_marked(job.schema))
    told = rows.groupBy("shard").applyInArrow(_each(job), gives)
    told.write.parquet(str(out))


def _marked(schema: pa.Schema) -> pa.Schema:
    return schema.append(pa.field("shard_", pa.int32())).append(pa.field("place_", pa.int64()))


def _each(job: Job) -> Callable[[pa.Table], pa.Table]:
    def each(group: pa.Table) -> pa.Table:
        shard = group["shard"][0].as_py()
        table = job.of(_as_laid(group))
        places = pa.array(np.arange(table.num_rows))
        table = table.append_column("shard_", pa.array(np.full(table.num_rows, shard, np.int32)))
        return table.append_column("place_", places)

    return each


def _as_laid(group: pa.Table) -> pa.Table:
    """In the order of the log, and with times in the unit that the log was laid in."""
    group = group.sort_by("row").select([column for column in COLUMNS if column in group.column_names])
    at = group.schema.field("at").type
    if not pa.types.is_timestamp(at):
        return group
    return group.set_column(group.column_names.index("at"), "at", group["at"].cast(pa.timestamp("ms", "UTC")))


def _read(job: Job, out: Path) -> dict[int, pa.Table]:
    whole = pq.read_table(out).sort_by([("shard_", "ascending"), ("place_", "ascending")])
    shard = whole["shard_"].to_numpy()
    starts = np.searchsorted(shard, np.unique(shard))
    ends = np.append(starts[1:], len(shard))
    return {
        int(shard[a]): whole.slice(a, b - a).select(job.schema.names).cast(job.schema)
        for a, b in zip(starts.tolist(), ends.tolist(), strict=True)
    }
