"""Ctrl-C, noticed also where a library makes something else of it.

In:   the interrupt.
Out:  KeyboardInterrupt as ever; and whether there was one.
Not here: what is said to whoever stopped us (ask, review).

DuckDB, stopped in the middle of a query, says "RuntimeError: Query interrupted". A review that takes that
for a check which broke would go on with the next.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

_ASKED = Event()


def asked() -> bool:
    """Whether somebody has asked us to stop."""
    return _ASKED.is_set()


@contextmanager
def watched() -> Iterator[None]:
    """While a command runs. Where somebody else handles interrupts, and in another thread, all stays."""
    _ASKED.clear()
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:
        yield
        return
    try:
        signal.signal(signal.SIGINT, _note)
    except ValueError:  # not the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _note(number: int, frame: Any) -> None:
    _ASKED.set()
    raise KeyboardInterrupt
