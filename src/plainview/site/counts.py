"""Where rate limits are counted: Django's database cache, in one statement where it takes four.

In:   a key, what to keep, for how long; or limits, and a try that counts against each.
Out:  the same answers as Django's own; whether the try is within its limits.
      Every hundredth write is Django's own: it keeps the table small.
Not here: the limits themselves (settings, and the doors that ask for them).

A school signs in at eight o'clock. A try is a row of its own that ends by itself: it takes one statement, and
nobody needs a lock to read a list, add to it and write it back. No transaction is open when it returns.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pickle import HIGHEST_PROTOCOL, dumps, loads
from uuid import uuid4

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connection

TIDY_EVERY = 100  # Django counts the whole table at each write, to see whether it has grown too large
FOR_EVER = datetime.max.replace(microsecond=0, tzinfo=UTC)


Limit = tuple[str, int, float]  # a key: so many within so many seconds


class Counts(DatabaseCache):
    def __init__(self, table: str, params: dict) -> None:
        super().__init__(table, params)
        table, self._writes = connection.ops.quote_name(table), count(1)
        self._read = f"SELECT value FROM {table} WHERE cache_key = %s AND expires >= %s"  # noqa: S608 - our name
        self._write = (
            f"INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s) "  # noqa: S608
            "ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"
        )
        self._add_to = f"UPDATE {table} SET value = %s WHERE cache_key = %s AND value = %s AND expires >= %s"  # noqa: S608
        self._write_new = f"{self._write} WHERE {table}.expires < %s"
        # A key is followed by ":" and a word of chance, so that its tries stand between "key:" and "key;".
        room = (
            f"(SELECT COUNT(*) FROM {table} "  # noqa: S608 - our name
            "WHERE cache_key > %s AND cache_key < %s AND expires >= %s) < %s"
        )
        self._tries = f"INSERT INTO {table} (cache_key, value, expires) {{}}"
        self._try, self._room = f"SELECT %s, '', %s WHERE {room}", f" AND {room}"
        self._take_back = f"DELETE FROM {table} WHERE cache_key IN ({{}})"  # noqa: S608 - our name

    def get(self, key, default=None, version=None):
        with connection.cursor() as cursor:
            cursor.execute(self._read, [self.make_and_validate_key(key, version), _moment(_now())])
            row = cursor.fetchone()
        return loads(b64decode(row[0])) if row else default  # noqa: S301 - written by ourselves, below

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> None:
        if next(self._writes) % TIDY_EVERY == 0:
            super().set(key, value, timeout, version)
            return
        with connection.cursor() as cursor:
            cursor.execute(self._write, self._row(key, value, timeout, version))

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        with connection.cursor() as cursor:
            row = [*self._row(key, value, timeout, version), _moment(_now())]
            return cursor.execute(self._write_new, row).rowcount > 0

    def incr(self, key, delta=1, version=None) -> int:
        """Django's own gives a count five minutes more each time: one that was to last a day would not."""
        while True:
            kept = self.get(key, version=version)
            if kept is None:
                raise ValueError(key)
            was, now = self._row(key, kept, None, version), self._row(key, kept + delta, None, version)
            with connection.cursor() as cursor:
                cursor.execute(self._add_to, [now[1], now[0], was[1], _moment(_now())])
                if cursor.rowcount:  # else somebody counted between: once more
                    return kept + delta

    def take(self, limits: Sequence[Limit]) -> list[str] | None:
        """Count a try against each limit, up to the first that is full; ``None`` where one is."""
        if next(self._writes) % TIDY_EVERY == 0:
            self._tidy()
        now, rows, selects, values, rooms = _now(), [], [], [], []
        for name, amount, seconds in limits:
            key = self.make_and_validate_key(name)
            rows.append(f"{key}:{uuid4().hex}")
            rooms += [f"{key}:", f"{key};", _moment(now), amount]
            selects.append(self._try + self._room * len(selects))
            values += [rows[-1], _moment(now + timedelta(seconds=seconds)), *rooms]
        with connection.cursor() as cursor:
            cursor.execute(self._tries.format(" UNION ALL ".join(selects)), values)
            return rows if cursor.rowcount == len(rows) else None

    def take_back(self, taken: Sequence[str]) -> None:
        """It was no wrong try."""
        with connection.cursor() as cursor:
            cursor.execute(self._take_back.format(", ".join(["%s"] * len(taken))), list(taken))

    def _tidy(self) -> None:
        super().set("tidied", True, timeout=0)

    def _row(self, key, value, timeout, version) -> list:
        ends = self.get_backend_timeout(timeout)
        until = FOR_EVER if ends is None else datetime.fromtimestamp(int(ends), tz=UTC)
        kept = b64encode(dumps(value, HIGHEST_PROTOCOL)).decode("latin1")
        return [self.make_and_validate_key(key, version), kept, _moment(until)]


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _moment(at: datetime):
    return connection.ops.adapt_datetimefield_value(at)
