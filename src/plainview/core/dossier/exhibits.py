"""The exhibits of a dossier: what lies in exhibits/, with what exhibits.toml says of each.

In:   the folder, the tables of exhibits.toml.
Out:  exhibits, hashed, packed ones unpacked aside; refusals; why an exhibit cannot be opened, in sentences.
Not here: the shape of exhibits.toml (shape), what an exhibit says (the check that asks for it).
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plainview.core.dossier.dossier import Exhibit, Kind, Refusal
from plainview.core.dossier.kinds import guessed
from plainview.core.dossier.unpack import is_packed, unpacked
from plainview.core.mendable import Mendable

FOLDER, SAID = "exhibits", "exhibits.toml"
_OURS = ("file", "kind")


def exhibits_of(
    folder: Path, said: list[Mapping[str, Any]], *, aside: Path, lines: Mapping[int, int]
) -> list[Exhibit]:
    """What exhibits.toml names, as it stands there; then whatever else lies in the folder, by name.

    ``lines`` are where each table of exhibits.toml begins.
    """
    root = folder / FOLDER
    named = [
        _named(root, one, aside=aside, where=f"{FOLDER}/{SAID}, line {lines.get(n, 1)}", n=n)
        for n, one in enumerate(said)
        if "file" in one
    ]
    taken = {exhibit.path for exhibit in named} | {(root / exhibit.file).resolve() for exhibit in named}
    claimed = {_inside(root, one.file) for one in named}
    others = [
        _exhibit(root, path.relative_to(root).as_posix(), {}, aside=aside / f"other-{n}")
        for n, path in enumerate(_files(root))
        if not _is_claimed(path, claimed) and path not in taken
    ]
    return [*named, *others]


def refusals_of(said: list[Mapping[str, Any]]) -> tuple[Refusal, ...]:
    return tuple(
        Refusal(
            kind=Kind(one.get("kind", "other")),
            refused_on=str(one["refused"]),
            asked_on=str(one.get("asked", "")),
            says=one.get("says", ""),
            claims=tuple(one.get("claims", ())),
        )
        for one in said
        if "refused" in one
    )


def exhibit_of_file(path: Path, kind: Kind, settings: Mapping[str, Any], *, aside: Path) -> Exhibit:
    """A file that lies anywhere: for whoever asks one question without a dossier."""
    if not path.exists():
        raise Mendable(f"{path}: there is no such file.")
    return _opened(path, str(path), kind, settings, aside=aside)


def _named(root: Path, said: Mapping[str, Any], *, aside: Path, where: str, n: int) -> Exhibit:
    file = str(said["file"])
    return _exhibit(root, file, said, aside=aside / f"exhibit-{n}", where=where)


def _exhibit(root: Path, file: str, said: Mapping[str, Any], *, aside: Path, where: str = FOLDER) -> Exhibit:
    kind = Kind(said["kind"]) if "kind" in said else guessed(Path(file).name)
    settings = {key: value for key, value in said.items() if key not in _OURS}
    if fault := _why_not(root, file):
        return _closed(root, file, kind, settings, f"{where}: {fault}")
    return _opened(root / file, f"{FOLDER}/{Path(file).as_posix()}", kind, settings, aside=aside)


def _why_not(root: Path, file: str) -> str:
    """A name that leads out of the folder could show anybody's files in a report."""
    path = root / file
    if Path(file).is_absolute() or ".." in Path(file).parts or "\\" in file:
        return f"found the file '{file}', expected a path inside {FOLDER}/, without '..'."
    if not path.is_symlink() and not path.exists():
        return f"found no file '{file}', expected it in {FOLDER}/."
    if not path.resolve().is_relative_to(root.resolve()):
        return f"found a link, '{file}', that leads out of the dossier, expected the file itself."
    if not path.exists():
        return f"found a link, '{file}', that leads nowhere, expected the file itself."
    if not (path.is_file() or path.is_dir()):
        return f"found '{file}', which is no file, expected one."
    return ""


def _opened(path: Path, file: str, kind: Kind, settings: Mapping[str, Any], *, aside: Path) -> Exhibit:
    sha256, n_bytes = _hashed(path)
    plain, fault = path, ""
    if path.is_file() and is_packed(path):
        try:
            plain = unpacked(path, aside, name=file)
        except Mendable as found:
            fault = str(found)
    return Exhibit(
        file=file, path=plain, kind=kind, sha256=sha256, n_bytes=n_bytes, settings=settings, fault=fault
    )


def _closed(root: Path, file: str, kind: Kind, settings: Mapping[str, Any], fault: str) -> Exhibit:
    return Exhibit(
        file=f"{FOLDER}/{file}",
        path=root / "nowhere",
        kind=kind,
        sha256="",
        n_bytes=0,
        settings=settings,
        fault=fault,
    )


def _hashed(path: Path) -> tuple[str, int]:
    """Of a folder: the hash of its files' names and hashes, in order."""
    if path.is_file():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
    whole, n_bytes = hashlib.sha256(), 0
    for one in _files(path):
        digest, n = _hashed(one)
        whole.update(f"{digest}  {one.relative_to(path).as_posix()}\n".encode())
        n_bytes += n
    return whole.hexdigest(), n_bytes


def _files(root: Path) -> Iterator[Path]:
    """In the order of their names; what begins with a dot is nobody's exhibit."""
    if not root.is_dir():
        return
    for path in sorted(root.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if not hidden and (path.is_symlink() or not path.is_dir()) and path != root / SAID:
            yield path


def _inside(root: Path, file: str) -> Path:
    return root / Path(file).relative_to(FOLDER) if file.startswith(f"{FOLDER}/") else root / file


def _is_claimed(path: Path, claimed: set[Path]) -> bool:
    return path in claimed or any(parent in claimed for parent in path.parents)
