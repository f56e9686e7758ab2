"""Classical statistics of items from a log of any size: sums a shard, then difficulty and item-rest.

In:   attempts of some students.
Out:  sums a shard, item by item; from all of them what ``measure.items`` says, as a table.
Not here: the statistics (measure.items).

A student's score on an item is her first attempt at it. The rest of an item is the mean over the other items
that she answered, as ``measure.items`` has it where there are gaps: in a log there always are.
"""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.logs.coded import Coded
from plainview.core.logs.door import open_log
from plainview.core.measure.items import Item, item_from_sums
from plainview.core.runners.job import Job

# x: points; y: the rest; of those with a rest, but for n_all, x_all and xx_all, which are of all.
SUMS = ("n_all", "x_all", "xx_all", "between", "n", "x", "y", "xx", "yy", "xy")
SCHEMA = pa.schema([("item", pa.string()), *((name, pa.float64()) for name in SUMS)])


def sums_by_item(attempts: pa.Table) -> pa.Table:
    """What some students add to every item's sums."""
    log = open_log(attempts).coded
    student, item, x = first_attempts(log)
    n_of, total = np.bincount(student, minlength=log.n_students), np.bincount(student, x, log.n_students)
    others = n_of[student] - 1
    y = (total[student] - x) / np.maximum(others, 1)
    both = (others > 0).astype(np.float64)
    between = ((x > 0) & (x < 1)).astype(np.float64)
    every: list[NDArray[Any]] = [np.ones(len(x)), x, x * x, between]
    every += [both * one for one in (np.ones(len(x)), x, y, x * x, y * y, x * y)]
    columns = [np.bincount(item, one, log.n_items) for one in every]
    return pa.table([pa.array(log.items, pa.string()), *map(pa.array, columns)], schema=SCHEMA)


def first_attempts(log: Coded) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """Student, item and points of every first attempt of a student at an item."""
    pairs = log.student.astype(np.int64) * max(log.n_items, 1) + log.item
    first = np.unique(pairs, return_index=True)[1]
    return log.student[first], log.item[first], log.correct[first].astype(np.float64)


def told(parts: pa.Table) -> pa.Table:
    """Every item's difficulty and item-rest correlation with intervals, from the sums of all shards."""
    # One after the other: sums of decimals rest on their order in the last digit.
    grouped = parts.group_by("item", use_threads=False).aggregate([(name, "sum") for name in SUMS])
    sums = grouped.select(["item", *(f"{name}_sum" for name in SUMS)]).rename_columns(["item", *SUMS])
    return pa.Table.from_pylist([_row(one) for one in sums.sort_by("item").to_pylist()], schema=TOLD)


ITEMS = Job(name="item/1", each=sums_by_item, schema=SCHEMA, together=told)

_NUMBERS = ("difficulty", "difficulty_low", "difficulty_high", "item_rest", "item_rest_low", "item_rest_high")
TOLD = pa.schema(
    [
        ("item", pa.string()),
        ("n_students", pa.int64()),
        *((name, pa.float64()) for name in _NUMBERS),
        ("is_flagged", pa.bool_()),
        ("said", pa.string()),
    ]
)


def _row(sums: dict[str, Any]) -> dict[str, Any]:
    found = item_from_sums(sums["item"], **{name: sums[name] for name in SUMS})
    row: dict[str, Any] = {"item": sums["item"], "n_students": round(sums["n_all"]), "said": str(found)}
    if isinstance(found, CannotSay):
        return row
    return row | _figures(found)


def _figures(found: Item) -> dict[str, Any]:
    row = {
        "difficulty": found.difficulty,
        "difficulty_low": found.difficulty_interval.low,
        "difficulty_high": found.difficulty_interval.high,
        "is_flagged": found.is_flagged,
        "said": found.sentence,
    }
    if isinstance(found.item_rest, CannotSay):
        return row
    rest = found.item_rest
    return row | {
        "item_rest": rest.value,
        "item_rest_low": rest.interval.low,
        "item_rest_high": rest.interval.high,
    }
