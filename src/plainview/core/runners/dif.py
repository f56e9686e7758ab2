"""Do items favour a group, in a log of any size? Mantel-Haenszel from counts, which add up without loss.

In:   attempts of some students; who is in the group, by pseudonym (a table of its own: groups are in no log).
Out:  item by level by side: how many, and how many right; from all of them, each item's D, class and p.
Not here: the statistic (measure.dif.mantel_haenszel).

Students are matched on the share right of their first attempts, in twenty levels of equal width: a level is
then a student's own, whoever else is in her shard. With everything in memory ``measure.dif`` makes levels of
equal numbers, and purifies; this does neither. Students of no known side are left out. Where an algorithm
chose the items by the answers, a share right is no match: see docs/methods/dif.md.
"""

from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.logs.door import open_log
from plainview.core.measure.dif.mantel_haenszel import MantelHaenszel, of_counts
from plainview.core.runners.items import first_attempts
from plainview.core.runners.job import Job

N_LEVELS = 20
FEWEST_MET = 5  # items, below which a share right is no match
SCHEMA = pa.schema([("item", pa.string()), *((name, pa.int64()) for name in ("level", "side", "n", "right"))])
_NUMBERS = ("d", "low", "high", "p_value", "p_adjusted")
TOLD = pa.schema(
    [
        ("item", pa.string()),
        *((name, pa.float64()) for name in _NUMBERS),
        ("grade", pa.string()),
        ("n_group", pa.int64()),
        ("n_others", pa.int64()),
        ("said", pa.string()),
    ]
)


def job(in_group: Mapping[str, bool], *, group: str) -> Job:
    """``in_group``: each student's side by pseudonym; whoever is not in it is left out."""
    sides = repr(sorted(in_group.items())).encode()
    return _job(dict(in_group), f"{sha256(sides).hexdigest()[:16]} {group}")


def again(about: str) -> Job:
    """The job of parts that are there already: they are only put together."""
    return _job({}, about)


def _job(in_group: dict[str, bool], about: str) -> Job:
    return Job(
        name="dif/1",
        each=partial(counts, in_group=in_group),
        schema=SCHEMA,
        together=partial(told, group=about.partition(" ")[2]),
        about=about,
    )


def counts(attempts: pa.Table, *, in_group: Mapping[str, bool]) -> pa.Table:
    """What some students add. An answer that is half right or more counts as right."""
    log = open_log(attempts).coded
    student, item, share = first_attempts(log)
    right = (share >= 0.5).astype(np.int64)
    n_of = np.bincount(student, minlength=log.n_students)
    total = np.bincount(student, right, log.n_students).astype(np.int64)
    level = np.minimum(total * N_LEVELS // np.maximum(n_of, 1), N_LEVELS - 1)
    side = np.array([in_group.get(name, -1) for name in log.students], dtype=np.int64)
    keep = ((n_of >= FEWEST_MET) & (side >= 0))[student]
    cell = ((item.astype(np.int64) * N_LEVELS + level[student]) * 2 + side[student])[keep]
    cells, place = np.unique(cell, return_inverse=True)
    return pa.table(
        {
            "item": pa.array(log.items, pa.string()).take(pa.array(cells // (2 * N_LEVELS))),
            "level": pa.array(cells // 2 % N_LEVELS),
            "side": pa.array(cells % 2),
            "n": pa.array(np.bincount(place, minlength=len(cells)).astype(np.int64)),
            "right": pa.array(np.bincount(place, right[keep], len(cells)).astype(np.int64)),
        },
        schema=SCHEMA,
    )


def told(parts: pa.Table, *, group: str) -> pa.Table:
    """Every item's answer, in the order of their names."""
    items = sorted(set(parts["item"].to_pylist()))
    code = {name: j for j, name in enumerate(items)}
    at = (parts["level"].to_numpy(), parts["side"].to_numpy(), [code[i] for i in parts["item"].to_pylist()])
    right, n = (np.zeros((N_LEVELS, 2, len(items))) for _ in range(2))
    np.add.at(right, at, parts["right"].to_numpy())
    np.add.at(n, at, parts["n"].to_numpy())
    found = of_counts(right=right, n=n, names=items, group=group)
    return pa.Table.from_pylist(
        [_row(name, one) for name, one in zip(items, found, strict=True)], schema=TOLD
    )


def _row(name: str, found: MantelHaenszel | CannotSay) -> dict[str, Any]:
    if isinstance(found, CannotSay):
        return {"item": name, "said": str(found)}
    numbers: dict[str, NDArray[np.float64] | float] = {
        "d": found.effect,
        "low": found.interval.low,
        "high": found.interval.high,
        "p_value": found.p_value,
        "p_adjusted": found.p_adjusted,
    }
    row = {"item": name, "grade": found.grade, "n_group": found.n_group, "n_others": found.n_others}
    return row | numbers | {"said": found.sentence}
