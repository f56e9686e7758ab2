"""Can an exhibit be read? By its kind, in a worker: the faults by line, and nothing of what it says.

In:   an exhibit's number.
Out:  on its row: how it was read, how many faults, the first fifty.
Not here: any answer. That nobody looked at the outcome before the plan was frozen must stay true.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from plainview.core.mendable import MOST_FAULTS_SHOWN, Mendable
from plainview.desk.reviews import store
from plainview.desk.reviews.models import Exhibit, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    told: tuple[str, ...] = ()
    n_faults: int = 0
    faults: tuple[str, ...] = ()


def read(pk: int) -> None:
    exhibit = Exhibit.objects.get(pk=pk)
    with tempfile.TemporaryDirectory(prefix=".read-", dir=store.folder()) as aside:
        said = _said(exhibit, Path(aside))
    Exhibit.objects.filter(pk=pk).update(**said)


def _said(exhibit: Exhibit, aside: Path) -> dict:
    try:
        found = _read(exhibit, aside)
    except Mendable as fault:
        faults = [_without(line, aside) for line in fault.faults]
        return {
            "reading": Exhibit.Reading.NOT_READ,
            "n_faults": len(faults),
            "faults": faults[:MOST_FAULTS_SHOWN],
        }
    except (OSError, ValueError, MemoryError, RecursionError) as fault:
        # A file made to break its reader breaks this one sentence.
        line = f"{exhibit.name}: it cannot be read ({type(fault).__name__})."
        return {"reading": Exhibit.Reading.NOT_READ, "n_faults": 1, "faults": [line]}
    is_whole = found.n_faults == 0
    return {
        "reading": Exhibit.Reading.READ if is_whole else Exhibit.Reading.FAULTY,
        "n_faults": found.n_faults,
        "faults": [_without(line, aside) for line in found.faults],
        "told": [_without(line, aside) for line in found.told],
    }


def _read(exhibit: Exhibit, aside: Path) -> Read:
    from plainview.core.dossier.dossier import Kind as CoreKind
    from plainview.core.dossier.exhibits import exhibit_of_file

    path = _laid_out(exhibit, aside)
    handed = exhibit_of_file(path, CoreKind(exhibit.kind), exhibit.settings, aside=aside / "plain")
    if handed.fault:
        raise Mendable(handed.fault)
    reader = READERS.get(Kind(exhibit.kind))
    return reader(handed.path, exhibit) if reader else Read()


def _laid_out(exhibit: Exhibit, aside: Path) -> Path:
    """Under its own name: a reader goes by its ending."""
    path = aside / "exhibits" / exhibit.file
    for part in exhibit.parts:
        store.put(part["sha256"], path / part["file"], linked=True)
    if not exhibit.parts:
        store.put(exhibit.sha256, path, linked=True)
    return path


def _log(path: Path, exhibit: Exhibit) -> Read:
    from plainview.core.logs.door import check_log

    settings = exhibit.settings
    found = check_log(path, format=settings.get("format"), mapping=settings.get("mapping"))
    return Read(
        told=tuple(found.sentences()),
        n_faults=found.faults.n,
        faults=tuple(map(str, found.faults.first)),
    )


def _table(path: Path, exhibit: Exhibit) -> Read:
    from plainview.core.dossier.columns import columns_of

    found = columns_of(path, file=exhibit.name)
    return Read(told=(f"{found.n_rows:,} rows.", *found.told))


def _words(path: Path, exhibit: Exhibit) -> Read:
    import tomllib

    if path.suffix != ".toml":
        return _table(path, exhibit)
    try:
        tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise Mendable(f"{exhibit.name}: found bytes that are not UTF-8, expected a file in UTF-8.") from None
    except tomllib.TOMLDecodeError as fault:
        raise Mendable(f"{exhibit.name}: found no TOML ({fault}), expected it.") from None
    return Read()


READERS: dict[Kind, Callable[[Path, Exhibit], Read]] = {
    Kind.LOG: _log,
    Kind.GROUPS: _table,
    Kind.RESPONSES: _table,
    Kind.ITEMS: _table,
    Kind.SCORES: _table,
    Kind.PREDICTIONS: _table,
    Kind.TABLE: _table,
    Kind.STUDY: _words,
    Kind.CAPTURE: _words,
}


def _without(line: str, aside: Path) -> str:
    """Where a file lies on this machine is nothing to a reader."""
    for place in (aside / "exhibits", aside / "plain", aside):
        line = line.replace(f"{place}/", "exhibits/")
    return line
