"""Django's own SQLite backend, with one queue in each process for those who write.

In:   transactions, as Django begins and ends them.
Out:  the same transactions, one at a time in a process.
Not here: the other processes. Between them SQLite's own wait holds, as before.

SQLite knows no queue: who finds the file locked sleeps 1, 2, 5, 10 ... 100 ms and tries again, and may find
it locked by somebody who came later. With eight threads that write, one answer in a hundred slept for a tenth
of a second. Figures in docs/performance.md.
"""

from __future__ import annotations

import threading

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

LONGEST_WAIT = 20.0  # seconds, where the settings name no "timeout"
_queues: dict[str, threading.Lock] = {}  # by file


class DatabaseWrapper(base.DatabaseWrapper):
    _turn: threading.Lock | None = None  # held from the beginning of a transaction to its end

    def _start_transaction_under_autocommit(self) -> None:
        self._wait_for_my_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._end_my_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # where it fails, Django rolls back
        self._end_my_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._end_my_turn()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._end_my_turn()

    def _wait_for_my_turn(self) -> None:
        queue = _queues.setdefault(str(self.settings_dict["NAME"]), threading.Lock())
        wait = self.settings_dict["OPTIONS"].get("timeout", LONGEST_WAIT)
        if self._turn is None and not queue.acquire(timeout=wait):
            raise OperationalError("database is locked")
        self._turn = queue

    def _end_my_turn(self) -> None:
        if self._turn is not None:
            queue, self._turn = self._turn, None
            queue.release()
