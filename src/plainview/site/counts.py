"""Where rate limits are counted: Django's database cache, in one statement where it takes four.

In:   a key, what to keep, for how long.
Out:  the same answers as Django's own. Every hundredth write is Django's own: it keeps the table small.
Not here: the limits themselves (settings, and the doors that ask for them).

A sign-in counts its tries in eight writes, each a commit; a school signs in at eight o'clock.
"""

from base64 import b64decode, b64encode
from datetime import UTC, datetime
from itertools import count
from pickle import HIGHEST_PROTOCOL, dumps, loads

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connection

TIDY_EVERY = 100  # Django counts the whole table at each write, to see whether it has grown too large
FOR_EVER = datetime.max.replace(microsecond=0, tzinfo=UTC)


class Counts(DatabaseCache):
    def __init__(self, table: str, params: dict) -> None:
        super().__init__(table, params)
        table, self._writes = connection.ops.quote_name(table), count(1)
        self._read = f"SELECT value FROM {table} WHERE cache_key = %s AND expires >= %s"  # noqa: S608 - our name
        self._write = (
            f"INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s) "  # noqa: S608
            "ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"
        )
        self._write_new = f"{self._write} WHERE {table}.expires < %s"

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

    def _row(self, key, value, timeout, version) -> list:
        ends = self.get_backend_timeout(timeout)
        until = FOR_EVER if ends is None else datetime.fromtimestamp(int(ends), tz=UTC)
        kept = b64encode(dumps(value, HIGHEST_PROTOCOL)).decode("latin1")
        return [self.make_and_validate_key(key, version), kept, _moment(until)]


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _moment(at: datetime):
    return connection.ops.adapt_datetimefield_value(at)
