"""One job over a whole log, whichever way.

In:   a job, a log of any format and size, a runner.
Out:  one table, the same whichever runner.
Not here: the jobs (catalogue).
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pyarrow as pa

from plainview.core.logs.door import Log, Mapped
from plainview.core.runners import threads
from plainview.core.runners.aside import Laid, lay
from plainview.core.runners.job import Job, Progress
from plainview.core.runners.keep import Done, Label, put

Runner = Literal["threads", "spark"]
# Of a hundred million rows a shard holds a million and a half: some hundred megabytes while it is computed.
N_SHARDS = 64


def run(
    job: Job,
    log: Log,
    *,
    runner: Runner = "threads",
    n_shards: int = N_SHARDS,
    n_threads: int | None = None,
    folder: Path | None = None,
    progress: Progress | None = None,
    format: str | None = None,
    mapping: Mapped | None = None,
) -> pa.Table:
    """Compute a job of all students of a log.

    Parameters
    ----------
    job : Job
    log, format, mapping : as ``door.open_log`` has them
    runner : "threads" or "spark"
    n_shards : int
        Sums of decimals rest on the cut into shards, in their last digits; counts do not.
    n_threads : int, optional
        None: one a processor. Each holds one shard.
    folder : Path, optional
        Where the log is laid aside and finished shards are kept; the same call goes on from there.
    progress : callable, optional
        Told (shards done, shards in all, what is under way).

    Returns
    -------
    pa.Table
        What ``job.together`` makes of all shards.

    Raises
    ------
    Mendable
        If the log cannot be read, ``folder`` holds another run, or Spark is not there.
    """
    with _folder(folder) as where:
        laid = lay(log, where / "aside", n=n_shards, format=format, mapping=mapping)
        done = Done(folder=where / "done", job=job, log=laid.log, of=n_shards)
        _runs(job, laid, done, runner, n_threads, progress)
        return done.together()


def _runs(
    job: Job, laid: Laid, done: Done, runner: Runner, n_threads: int | None, progress: Progress | None
) -> None:
    if runner == "spark":
        from plainview.core.runners import spark  # an extra

        spark.run(job, laid, done, progress=progress)
    else:
        threads.run(job, laid, done, n_threads=n_threads or os.cpu_count() or 1, progress=progress)


def run_shard(
    job: Job,
    log: Log,
    out: Path,
    *,
    shard: int,
    of: int,
    format: str | None = None,
    mapping: Mapped | None = None,
) -> int:
    """Compute one shard (0 to ``of`` - 1) and write its part; how many rows the part has."""
    with _folder(None) as where:
        laid = lay(log, where, n=of, only=shard, format=format, mapping=mapping)
        attempts = laid.table(shard)
        table = job.schema.empty_table() if attempts is None else job.of(attempts)
        put(table, out, Label(job=job.name, about=job.about, log=laid.log, shard=shard, of=of))
        return int(table.num_rows)


@contextmanager
def _folder(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="plainview-") as made:
        yield Path(made)
