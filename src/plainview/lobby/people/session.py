"""Who came in here before: Django's sessions in the database, in plain statements.

In:   the key from a cookie; what a session is to keep.
Out:  what it keeps; nothing where it has ended, or never was. A new one is written once, at the page's end.
Not here: ending. That is Django's own.
"""

from secrets import token_hex

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSession
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

TABLE = Session._meta.db_table
# Every page asks. Plain SQL: the query compiler takes five times as long as the database.
OPEN = f"SELECT session_data FROM {TABLE} WHERE session_key = %s AND expire_date > %s"  # noqa: S608 - our name
WRITE = f"INSERT INTO {TABLE} (session_data, expire_date, session_key) VALUES (%s, %s, %s)"  # noqa: S608
CHANGE = f"UPDATE {TABLE} SET session_data = %s, expire_date = %s WHERE session_key = %s"  # noqa: S608
BYTES_OF_A_KEY = 16


class SessionStore(DatabaseSession):
    _is_new = False

    def load(self) -> dict:
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(OPEN, [self.session_key, now])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None  # as Django does: a key that opens nothing is never taken up again
            return {}
        return self.decode(row[0])

    def create(self) -> None:
        """Django writes it now, empty, to see whether the key is taken, and again when the page is done.

        Of so many keys none is drawn twice; were one, the database would refuse it.
        """
        self._session_key = token_hex(BYTES_OF_A_KEY)
        self._is_new = self.modified = True

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
        is_new = self._is_new or must_create
        kept = self.encode(self._get_session(no_load=is_new))
        ends = connection.ops.adapt_datetimefield_value(self.get_expiry_date())
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(WRITE if is_new else CHANGE, [kept, ends, self.session_key])
            if not is_new and cursor.rowcount == 0:
                raise UpdateError
        self._is_new = False
