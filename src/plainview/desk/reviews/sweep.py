"""Bytes that nobody uses go: an upload that was refused, a folder that a killed worker left.

In:   a time before which nothing is still on its way.
Out:  how many files went. What an exhibit uses stays, set aside or not;
      so does what a room above uses.
Not here: erasing an exhibit. Nobody does.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from plainview.desk.reviews import store
from plainview.desk.reviews.models import Exhibit

# Rooms above keep bytes here too; each says at its start how its hashes are found.
USED_ABOVE: list[Callable[[], Iterable[str]]] = []


def sweep(*, before: datetime) -> int:
    used, n = set(_used()), 0
    for path in _lying_about():
        if path.name not in used and path.stat().st_mtime < before.timestamp():
            _drop(path)
            n += 1
    return n


def _used() -> Iterator[str]:
    for sha256, parts in Exhibit.objects.values_list("sha256", "parts").iterator():
        yield sha256
        yield from (part["sha256"] for part in parts)
    for hashes in USED_ABOVE:
        yield from hashes()


def _lying_about() -> list[Path]:
    here = store.folder()
    coming_in = here / store.COMING_IN
    return [
        *(path for path in here.iterdir() if path != coming_in),
        *(coming_in.iterdir() if coming_in.is_dir() else ()),
    ]


def _drop(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
