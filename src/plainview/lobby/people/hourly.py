"""How often something was tried from one place within the hour, without writing down where that is.

In:   a request, the hour, and how many tries that hour has.
Out:  whether this one is within them.
Not here: anything on a disk. The counts are in the memory of one process, under a key that is drawn at the
      turn of the hour and then thrown away: what is left of an hour ago tells no address, not even to us.
      A site of two processes lets up to twice as many pass, which is bearable; a restart begins anew.
"""

import hashlib
import secrets
import threading
from collections import Counter
from datetime import datetime

from django.http import HttpRequest

from plainview.lobby.people.address import address_of


class Tries:
    """One process' counts of one hour."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._begin_anew("")

    def _begin_anew(self, hour: str) -> None:
        self._hour, self._key, self._counts = hour, secrets.token_bytes(32), Counter()

    def take(self, request: HttpRequest, *, of: str, most: int, at: datetime) -> bool:
        """Count one try from where the request comes; ``False`` where there were ``most`` already."""
        with self._lock:
            if (hour := f"{at:%Y%m%d%H}") != self._hour:
                self._begin_anew(hour)
            place = self._place(request, of)
            self._counts[place] += 1
            return self._counts[place] <= most

    def is_full(self, request: HttpRequest, *, of: str, most: int, at: datetime) -> bool:
        """Whether there were ``most`` already. Nothing is counted: some doors count wrong tries alone."""
        with self._lock:
            same_hour = f"{at:%Y%m%d%H}" == self._hour
            return same_hour and self._counts[self._place(request, of)] >= most

    def _place(self, request: HttpRequest, of: str) -> bytes:
        said = f"{of}\n{address_of(request)}".encode()
        return hashlib.blake2b(said, key=self._key, digest_size=16).digest()


tries = Tries()
