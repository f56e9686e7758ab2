"""The dossiers that come with Plainview, published one after the other: what a desk may begin with.

In:   their names, or none for all; the chair, when.
Out:  each with its publication, or None where it was published here before.
Not here: how one is published (as_found).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import plainview
from plainview.core.mendable import Mendable
from plainview.desk.published.models import Publication
from plainview.desk.verdicts.as_found import as_found
from plainview.lobby.people.models import Person


def folders() -> list[Path]:
    """Inside the package once installed, beside src/ in a checkout."""
    package = Path(plainview.__file__).parent
    packed = package / "content" / "dossiers"
    there = packed if packed.is_dir() else package.parents[1] / "content" / "dossiers"
    return sorted(path.parent for path in there.glob("*/product.toml"))


def publish(
    names: Sequence[str] = (), *, by: Person, at: datetime
) -> Iterator[tuple[Path, Publication | None]]:
    there = {path.name: path for path in folders()}
    if unknown := [one for one in names if one not in there]:
        raise Mendable(f"found {', '.join(unknown)}; expected some of: {', '.join(there)}.")
    for name in names or there:
        yield there[name], as_found(there[name], by=by, at=at)
