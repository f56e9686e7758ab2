"""Shards in threads of this machine: as many in memory as there are threads.

In:   a job, a log that is laid aside, what is finished already.
Out:  every shard's table, kept as soon as it is there.
Not here: what is computed (job).
"""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from plainview.core.runners.aside import Laid
from plainview.core.runners.job import Job, Progress
from plainview.core.runners.keep import Done


def run(job: Job, laid: Laid, done: Done, *, n_threads: int, progress: Progress | None = None) -> None:
    """Compute what is wanting. An interruption loses the shards under way, and no other."""
    wanting = done.wanting()
    pool = ThreadPoolExecutor(max_workers=n_threads)
    try:
        for n, _ in enumerate(_finished(job, laid, done, wanting, pool, n_threads), start=1):
            if progress is not None:
                progress(laid.n - len(wanting) + n, laid.n, "")
    finally:
        # What waits is dropped; what runs is let end, or its file would be written into nowhere.
        pool.shutdown(wait=True, cancel_futures=True)


def _finished(
    job: Job, laid: Laid, done: Done, wanting: list[int], pool: ThreadPoolExecutor, at_once: int
) -> Iterator[int]:
    waiting, under_way = iter(wanting), set[Future[int]]()
    for shard in waiting:
        under_way.add(pool.submit(_one, job, laid, done, shard))
        if len(under_way) >= at_once:
            ended, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            yield from (one.result() for one in ended)
    while under_way:
        ended, under_way = wait(under_way, return_when=FIRST_COMPLETED)
        yield from (one.result() for one in ended)


def _one(job: Job, laid: Laid, done: Done, shard: int) -> int:
    attempts = laid.table(shard)
    done.put(shard, job.schema.empty_table() if attempts is None else job.of(attempts))
    return shard
