"""What is taken away is taken off the disk too, as far as a database can.

In:   deeds that delete or rewrite rows.
Out:  the same, and no copy of the old words in the file's free pages or in the log beside it.
Not here: backups that an operator made before; docs/adr/0009 says how long those may live.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from plainview.lobby.ledger.durable import durable


@contextmanager
def leaving_nothing_behind() -> Iterator[None]:
    """One transaction on the disk; what it frees is overwritten, and the write-ahead log is emptied."""
    before = _pragma("secure_delete")
    _pragma("secure_delete=ON")  # else deleted bytes lie where they lay until something needs the place
    try:
        with durable():
            yield
    finally:
        _pragma(f"secure_delete={before}")
    if not connection.in_atomic_block:  # within another transaction, the log is still being written
        _pragma("wal_checkpoint(TRUNCATE)")  # a reader may hold it up; the next one takes it along


def _pragma(words: str) -> int:
    """SQLite's own means; what it answers. Elsewhere nothing is done: see docs/for-operators/stories.md."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {words}")
        rows = cursor.fetchall()
    return rows[0][0] if rows else 0
