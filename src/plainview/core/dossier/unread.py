"""What of a dossier could not be read, and is therefore in no answer.

In:   exhibits that cannot be opened; those that a check opened and found broken.
Out:  the others, one after the other; a sentence for each that is left out.
Not here: reading (log, columns, and the check that asks).

One broken file must not silence the rest. But an answer from the rest would look whole: so each says what is
not in it.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from plainview.core.dossier.dossier import Dossier, Exhibit, Kind
from plainview.core.mendable import Mendable

T = TypeVar("T")


def each_read(
    dossier: Dossier, kind: Kind, read: Callable[[Exhibit], T], *, left: list[str] | None = None
) -> Iterator[tuple[Exhibit, T]]:
    """Every exhibit of a kind that can be read, one after the other.

    Parameters
    ----------
    left : takes a sentence for each that was left out

    Raises
    ------
    Mendable
        At the end, if there are some and none could be read.
    """
    faults, n_read = list[str](), 0
    for exhibit in dossier.exhibits:
        if exhibit.kind is not kind:
            continue
        try:
            found = read(readable(exhibit))
        except Mendable as fault:
            faults += fault.faults
            if left is not None:
                left.append(not_in_it(exhibit.file))
            continue
        n_read += 1
        yield exhibit, found
    if faults and not n_read:
        raise Mendable(*faults)


def readable(exhibit: Exhibit) -> Exhibit:
    """The same; Mendable where it cannot even be opened."""
    if exhibit.fault:
        raise Mendable(exhibit.fault)
    return exhibit


def note(dossier: Dossier, exhibit: Exhibit, faults: Iterable[str]) -> None:
    """Kept as long as the review: no check reads it again, and the report tells it once."""
    dossier.aside.mkdir(parents=True, exist_ok=True)
    text = json.dumps(list(faults), ensure_ascii=False)
    _beside(dossier, exhibit).write_text(text, encoding="utf-8")


def tell(dossier: Dossier, exhibit: Exhibit, faults: Iterable[str]) -> None:
    """Faults of an exhibit that was read all the same: the report tells them too."""
    if found := list(faults):
        dossier.aside.mkdir(parents=True, exist_ok=True)
        text = json.dumps(found, ensure_ascii=False)
        _beside(dossier, exhibit, "faults").write_text(text, encoding="utf-8")


def noted(dossier: Dossier, exhibit: Exhibit) -> tuple[str, ...]:
    """The faults with which it was given up; none where it was read, or not asked for yet."""
    if exhibit.fault:
        return (exhibit.fault,)
    return _kept(_beside(dossier, exhibit))


def told(dossier: Dossier) -> tuple[str, ...]:
    """Every fault that some check met when it opened an exhibit, in the order of the exhibits."""
    return tuple(
        fault
        for one in dossier.exhibits
        if not one.fault
        for fault in (*noted(dossier, one), *_kept(_beside(dossier, one, "faults")))
    )


def left_out(dossier: Dossier, kinds: Iterable[Kind]) -> tuple[str, ...]:
    """A sentence for each exhibit of these kinds that was given up."""
    wanted = set(kinds)
    return tuple(
        not_in_it(one.file) for one in dossier.exhibits if one.kind in wanted and noted(dossier, one)
    )


def not_in_it(file: str) -> str:
    return f"{file} could not be opened and is not in this answer"


def _kept(path: Path) -> tuple[str, ...]:
    return tuple(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else ()


def _beside(dossier: Dossier, exhibit: Exhibit, what: str = "unread") -> Path:
    place = hashlib.sha256(f"{exhibit.file} {exhibit.sha256}".encode()).hexdigest()[:24]
    return dossier.aside / f"{what}-{place}.json"
