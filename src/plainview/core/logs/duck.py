"""DuckDB's answers as Arrow, whichever of its versions is installed.

In:   a connection and a question.
Out:  batches of rows.
Not here: questions.
"""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa


def batches(db: Any, query: str, rows: int) -> Iterator[pa.RecordBatch]:
    """So many rows at a time; nothing else is held."""
    relation = db.sql(query)
    read = getattr(relation, "to_arrow_reader", None) or relation.fetch_record_batch  # the name before 1.5
    yield from read(rows)
