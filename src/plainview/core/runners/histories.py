"""What knowledge tracing needs to know of a log: how many students gave which answers, skill by skill.

In:   attempts of some students.
Out:  (skill, history, n): so many sequences of answers at that skill were just so. Whole numbers, so that
      adding up loses nothing; from the sums, the very fit that the whole log gives with all items of a
      skill held alike (as they are of themselves in a log of more than 50,000 answers).
Not here: the fit (learner.tracing). It is asked once, with the sums.

A history is a byte an answer: hundredths of a point, as tracing reads them. Two rows without a skill's name
tell of the log as a whole: how many students and rows it has, and how much was right.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.tracing.alike import STEPS_OF_CREDIT, Sequences, sequences
from plainview.core.learner.tracing.fitted import TracingFit
from plainview.core.learner.tracing.fitting import fit_told
from plainview.core.logs.coded import Coded
from plainview.core.logs.door import open_log
from plainview.core.runners.job import Job

# Of the log as a whole: no skill has a name that begins so.
STUDENTS, ROWS, RIGHT = "\x00students", "\x00rows", "\x00right"
# As Spark knows it. ``LONG`` is the same, with places that reach beyond two gigabytes.
SCHEMA = pa.schema([("skill", pa.string()), ("history", pa.binary()), ("n", pa.int64())])
LONG = pa.schema([("skill", pa.string()), ("history", pa.large_binary()), ("n", pa.int64())])


def histories(attempts: pa.Table) -> pa.Table:
    """The histories of some students."""
    log = open_log(attempts).coded
    told = sequences(log)
    parts = [_of_log(log)]
    if len(told.begins):
        worth = np.rint(told.values * STEPS_OF_CREDIT).astype(np.uint8)[told.value]
        starts = np.append(told.begins, len(worth)).astype(np.int64)
        buffers = [None, pa.py_buffer(starts), pa.py_buffer(worth)]
        history = pa.Array.from_buffers(pa.large_binary(), len(told.begins), buffers)
        skill = pa.array(log.skills, pa.string()).take(pa.array(told.skill))
        ones = pa.array(np.ones(len(told.begins), np.int64))
        parts.append(added(pa.table([skill, history, ones], schema=LONG)))
    return pa.concat_tables(parts)


def added(parts: pa.Table) -> pa.Table:
    """Equal histories once, in the order of skill and history: whatever order the parts came in."""
    # Of all shards together they may be longer than short places can say.
    parts = parts.cast(LONG)
    sums = parts.group_by(["skill", "history"]).aggregate([("n", "sum")])
    sums = sums.rename_columns(["skill", "history", "n"]).select(SCHEMA.names)
    return sums.sort_by([("skill", "ascending"), ("history", "ascending")])


HISTORIES = Job(name="skill/1", each=histories, schema=SCHEMA, together=added)


def _of_log(log: Coded) -> pa.Table:
    hundredths = int(np.rint(log.correct * np.float32(STEPS_OF_CREDIT)).sum(dtype=np.float64))
    names, counts = [STUDENTS, ROWS, RIGHT], [log.n_students, log.n_rows, hundredths]
    return pa.table([pa.array(names), pa.array([b""] * 3, pa.large_binary()), pa.array(counts)], schema=LONG)


def fit(sums: pa.Table) -> TracingFit | CannotSay:
    """The fit of the log that these sums are of: the same numbers as ``tracing.fit`` of the log itself.

    What is expected of an answer is the same where that holds items alike (``by_item=False``).

    Skills stand in the order of their names.
    """
    whole = {name: _count(sums, name) for name in (STUDENTS, ROWS, RIGHT)}
    own = sums.filter(pc.not_equal(pc.utf8_slice_codeunits(sums["skill"], 0, 1), "\x00"))
    return fit_told(
        told(own),
        skills=tuple(pc.unique(own["skill"]).to_pylist()),
        n_students=whole[STUDENTS],
        n_rows=whole[ROWS],
        share_right=whole[RIGHT] / STEPS_OF_CREDIT / max(whole[ROWS], 1),
    )


def _count(sums: pa.Table, name: str) -> int:
    return int(pc.sum(sums["n"].filter(pc.equal(sums["skill"], name))).as_py() or 0)


def told(sums: pa.Table) -> Sequences:
    """Histories as sequences, each with how often it stands there."""
    history = sums["history"].combine_chunks()
    history = history.chunk(0) if isinstance(history, pa.ChunkedArray) else history
    lengths = pc.binary_length(history).to_numpy(zero_copy_only=False).astype(np.int64)
    worth = np.frombuffer(b"".join(history.to_pylist()), np.uint8)
    there = np.bincount(worth, minlength=STEPS_OF_CREDIT + 1) > 0
    there[[0, STEPS_OF_CREDIT]] = True
    coded = sums["skill"].combine_chunks().dictionary_encode()
    coded = coded.chunk(0) if isinstance(coded, pa.ChunkedArray) else coded
    skill = coded.indices.to_numpy(zero_copy_only=False).astype(np.int32)
    return Sequences(
        begins=np.cumsum(lengths) - lengths,
        lengths=lengths,
        skill=skill,
        start=skill,
        value=(np.cumsum(there) - 1).astype(np.uint8)[worth],
        cell=None,
        values=np.flatnonzero(there) / STEPS_OF_CREDIT,
        row=np.arange(len(worth)),
        times=sums["n"].to_numpy(),
    )
