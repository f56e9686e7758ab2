"""A dossier that comes as a zip, unpacked: so far and no further, and nowhere else.

In:   an archive.
Out:  its files in a folder of ours; or the sentence that says why not.
Not here: what is in them (take_in).
"""

import stat
import zipfile
import zlib
from pathlib import Path

from plainview.core.dossier.unpack import ALWAYS_ALLOWED, MOST_TIMES
from plainview.core.mendable import Mendable
from plainview.desk.reviews import names, store
from plainview.desk.reviews.upload import LARGEST

MOST_FILES = 2_000
MOST_OTHERS = 2  # beside each file: its folder, and what a desktop leaves of it
LONGEST_ENTRY = 512  # bytes of the directory, each with its name


def unzip(path: Path, to: Path) -> Path:
    """The folder with product.toml: the archive's own, or the one folder that it holds.

    Raises
    ------
    Mendable
        If it is no archive, names places outside, holds links, or unpacks beyond all measure.
    """
    try:
        _check_directory(path)
        with zipfile.ZipFile(path) as archive:
            files = [one for one in archive.infolist() if not one.is_dir() and not _is_hidden(one.filename)]
            _check(files, n_packed=path.stat().st_size)
            _unpack(archive, files, to, n_packed=path.stat().st_size)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
        raise Mendable(f"The archive cannot be unpacked to its end ({type(fault).__name__}).") from None
    except OSError as fault:  # a file stands where a folder is named, or a path is too long
        raise Mendable(f"A file of the archive cannot be written here: {fault.strerror}.") from None
    return _root(to)


def _check_directory(path: Path) -> None:
    """Before it is read: an entry of some fifty bytes becomes an object many times as large.

    The record at the end is read as ``ZipFile`` itself reads it, so that no second record says otherwise.
    What it counts may be untrue, and ``ZipFile`` goes by the size: both are held to a measure.
    """
    with path.open("rb") as file:
        ends = zipfile._EndRecData(file)
    if ends is None:
        return
    n_entries, n_bytes = ends[zipfile._ECD_ENTRIES_TOTAL], ends[zipfile._ECD_SIZE]
    most = MOST_FILES * (1 + MOST_OTHERS)
    if n_entries > most:
        raise Mendable(f"The archive holds {n_entries:,} entries, expected at most {most:,}.")
    if n_bytes > most * LONGEST_ENTRY:
        raise Mendable(f"The archive's directory has {n_bytes:,} bytes, expected fewer.")


def _is_hidden(name: str) -> bool:
    """What a desktop leaves in an archive is nobody's exhibit."""
    parts = name.split("/")
    return "__MACOSX" in parts or any(part.startswith(".") and part.strip(".") for part in parts)


def _check(files: list[zipfile.ZipInfo], *, n_packed: int) -> None:
    if len(files) > MOST_FILES:
        raise Mendable(f"The archive holds {len(files):,} files, expected at most {MOST_FILES:,}.")
    for one in files:
        if stat.S_ISLNK(one.external_attr >> 16):
            raise Mendable(f"The archive holds a link, '{one.filename[:80]}', expected the file itself.")
        _place(one.filename)
    seen = [one.filename.lower() for one in files]
    if len(set(seen)) != len(seen):
        raise Mendable("The archive holds two files of one name, expected each once.")


def _place(name: str) -> str:
    try:
        return names.checked_path(name) if not name.endswith("/exhibits.toml") else name
    except names.NotTaken as fault:
        raise Mendable(str(fault)) from None


def _unpack(archive: zipfile.ZipFile, files: list[zipfile.ZipInfo], to: Path, *, n_packed: int) -> None:
    """What an archive says of its sizes is not believed: bytes are counted as they come."""
    left = min(LARGEST, max(ALWAYS_ALLOWED, MOST_TIMES * n_packed))
    for one in files:
        there = to / one.filename
        if not there.resolve().is_relative_to(to.resolve()):
            raise Mendable("The archive names a place outside of it, expected paths inside.")
        there.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(one) as source, there.open("wb") as out:
            while piece := source.read(store.AT_ONCE):
                left -= len(piece)
                if left < 0 or not store.has_room(len(piece)):
                    raise Mendable(
                        f"The archive of {n_packed:,} bytes unpacks to more than it may. "
                        "It was not read further."
                    )
                out.write(piece)


def _root(to: Path) -> Path:
    if (to / "product.toml").is_file():
        return to
    inside = [one for one in to.iterdir() if one.is_dir()] if to.is_dir() else []
    if len(inside) == 1 and (inside[0] / "product.toml").is_file():
        return inside[0]
    raise Mendable("product.toml: there is no such file in the archive.")
