"""A transaction that is on the disk when it returns.

Answers are many, and a lost second of them after a power cut is bearable (SQLite's ``NORMAL``). Decisions,
consents and the chain are few, and must not be lost (``FULL``).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def durable() -> Iterator[None]:
    # SQLite takes the pragma only outside a transaction; within one, the outermost has already chosen.
    eager = connection.vendor == "sqlite" and not connection.in_atomic_block
    if eager:
        _synchronous("FULL")
    try:
        with transaction.atomic():
            yield
    finally:
        if eager:
            _synchronous("NORMAL")


def _synchronous(how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={how}")
