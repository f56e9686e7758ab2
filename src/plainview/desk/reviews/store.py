"""Where the bytes of exhibits lie: each once, by its hash, readable by the site alone.

In:   bytes, piece by piece.
Out:  their hash, their number, a file of that name in HOME/exhibits. Nothing is served from there by path.
Not here: what an exhibit is called, and who may have it (receive, policy).
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

from django.conf import settings

AT_ONCE = 1 << 20
LEFT_FREE = 256 << 20  # bytes of the disk
COMING_IN = ".coming-in"  # begins with a dot: no hash does


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    sha256: str
    n_bytes: int


def folder() -> Path:
    here = Path(settings.HOME) / "exhibits"
    here.mkdir(mode=0o700, parents=True, exist_ok=True)
    return here


def path_of(sha256: str) -> Path:
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("this is no hash")
    return folder() / sha256


class Incoming:
    """A file that is being handed over: ``add`` its pieces, then ``keep`` it, or ``drop`` it."""

    def __init__(self) -> None:
        place = folder() / COMING_IN
        place.mkdir(mode=0o700, exist_ok=True)
        descriptor, name = mkstemp(dir=place)
        self._file, self.path = os.fdopen(descriptor, "wb"), Path(name)
        self._digest, self.n_bytes = hashlib.sha256(), 0

    def add(self, piece: bytes) -> None:
        self._file.write(piece)
        self._digest.update(piece)
        self.n_bytes += len(piece)

    def keep(self) -> Kept:
        """On the disk before anyone is told that it was received."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        sha256 = self._digest.hexdigest()
        self.path.replace(path_of(sha256))
        return Kept(sha256=sha256, n_bytes=self.n_bytes)

    def drop(self) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)


def keep(pieces: Iterable[bytes]) -> Kept:
    incoming = Incoming()
    try:
        for piece in pieces:
            incoming.add(piece)
        return incoming.keep()
    except BaseException:
        incoming.drop()
        raise


def keep_file(path: Path) -> Kept:
    return keep(pieces_of(path))


def pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(AT_ONCE):
            yield piece


def put(sha256: str, there: Path, *, linked: bool = False) -> None:
    """The bytes under a name of their own. Linked costs no room: for a folder that nobody changes."""
    there.parent.mkdir(parents=True, exist_ok=True)
    if linked:
        try:
            os.link(path_of(sha256), there)
            return
        except OSError:
            pass  # another disk: then it is copied
    shutil.copyfile(path_of(sha256), there)


def has_room(n_bytes: int) -> bool:
    """Some must stay free whatever comes, piece by piece: the database lives on the same disk."""
    return shutil.disk_usage(folder()).free > LEFT_FREE + n_bytes
