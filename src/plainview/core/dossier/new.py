"""A new dossier: the files with comments, ready to be filled in.

In:   a folder that holds none of them yet.
Out:  product.toml, plan.toml, exhibits/exhibits.toml, ratings/ratings.csv.
Not here: changing files that are there. Nothing is ever written over.
"""

from importlib import resources
from pathlib import Path

from plainview.core.mendable import Mendable

FILES = {
    "product.toml": "product.toml",
    "plan.toml": "plan.toml",
    "exhibits/exhibits.toml": "exhibits.toml",
    "ratings/ratings.csv": "ratings.csv",
}


def new(folder: Path) -> tuple[Path, ...]:
    """Write the files; say which.

    Raises
    ------
    Mendable
        If one of them is there already, or nothing can be written.
    """
    if folder.is_file():
        raise Mendable(f"{folder}: found a file, expected a folder, or a name that is not taken.")
    there = [name for name in FILES if (folder / name).exists()]
    if there:
        raise Mendable(
            *(f"{folder / name}: is there already, and nothing is written over." for name in there)
        )
    try:
        return tuple(_written(folder / name, template) for name, template in FILES.items())
    except OSError as fault:
        raise Mendable(f"{folder}: nothing can be written there ({fault.strerror or fault}).") from None


def _written(path: Path, template: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = (resources.files(__package__) / "templates" / template).read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
