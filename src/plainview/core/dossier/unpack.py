"""A packed exhibit, unpacked aside: so far and no further.

In:   a file that ends in .gz, .bz2 or .zip.
Out:  the plain file in a folder aside; or the sentence that says why not.
Not here: what is in it.

A file of a few kilobytes can unpack to more than a disk holds. Text packs to a fifth, a tenth, seldom to a
fiftieth: what unpacks to two hundred times its size was made to.
"""

import bz2
import gzip
import shutil
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any

from plainview.core.mendable import Mendable

MOST_TIMES = 200
# Below this a ratio says nothing: a short table of one value packs as small as that.
ALWAYS_ALLOWED = 64 << 20
MOST_BYTES = 64 << 30
_AT_ONCE = 1 << 20
ENDINGS = (".gz", ".bz2", ".zip")


def is_packed(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS


def unpacked(path: Path, aside: Path, *, name: str) -> Path:
    """The plain file, named as it would be without its last ending.

    Parameters
    ----------
    path : the packed file
    aside : a folder for it
    name : what sentences call it

    Raises
    ------
    Mendable
        If it cannot be unpacked to its end, holds more than one file, or grows beyond all measure.
    """
    aside.mkdir(parents=True, exist_ok=True)
    try:
        if path.suffix.lower() == ".zip":
            return _from_zip(path, aside, name)
        opener: Any = {".gz": gzip.open, ".bz2": bz2.open}[path.suffix.lower()]
        with opener(path, "rb") as source:
            return _copied(source, aside / path.stem, n_packed=path.stat().st_size, name=name)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as fault:
        raise Mendable(
            f"{name}: found a packed file that cannot be unpacked to its end ({_short(fault)}), "
            "expected a whole one."
        ) from None


def _from_zip(path: Path, aside: Path, name: str) -> Path:
    with zipfile.ZipFile(path) as archive:
        files = [one for one in archive.infolist() if not one.is_dir()]
        if len(files) != 1:
            raise Mendable(f"{name}: found {len(files)} files in it, expected one. Unpack it, and name each.")
        # Only the last part of the name: an archive may name places outside.
        out = aside / (Path(files[0].filename.replace("\\", "/")).name or "unpacked")
        with archive.open(files[0]) as source:
            return _copied(source, out, n_packed=path.stat().st_size, name=name)


def _copied(source: IO[bytes], out: Path, *, n_packed: int, name: str) -> Path:
    most = min(MOST_BYTES, max(ALWAYS_ALLOWED, MOST_TIMES * n_packed))
    most = min(most, shutil.disk_usage(out.parent).free // 2)
    n = 0
    with out.open("wb") as plain:
        while piece := source.read(_AT_ONCE):
            n += len(piece)
            if n > most:
                plain.close()
                out.unlink()
                raise Mendable(
                    f"{name}: found a packed file of {n_packed:,} bytes that unpacks to more than {most:,}, "
                    f"expected at most {MOST_TIMES} times its size and room for it. It was not read further."
                )
            plain.write(piece)
    return out


def _short(fault: Exception) -> str:
    return str(fault).splitlines()[0] if str(fault) else type(fault).__name__
