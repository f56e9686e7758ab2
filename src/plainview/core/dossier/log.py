"""An exhibit that is a learning log, opened: parsed once in a review, however many checks ask for it.

In:   a dossier, one of its logs, the columns that a check wants.
Out:  the log as numbers with those columns beside it.
Not here: how it is read (core.logs).
"""

import hashlib
import json
from collections.abc import Sequence

from plainview.core.dossier.dossier import Dossier, Exhibit
from plainview.core.logs.whole import Whole, whole


def log_of(dossier: Dossier, exhibit: Exhibit, columns: Sequence[str] = ()) -> Whole:
    """The log, aligned row for row with the wanted columns.

    Students are called as the log calls them, so that groups can be joined; no name may reach a finding.

    Raises
    ------
    Mendable
        If nothing can be read.
    """
    dossier.aside.mkdir(parents=True, exist_ok=True)
    return whole(
        exhibit.path,
        columns=tuple(columns),
        format=exhibit.settings.get("format"),
        mapping=exhibit.settings.get("mapping"),
        kept=dossier.aside / f"log-{_key(exhibit)}.parquet",
    )


def _key(exhibit: Exhibit) -> str:
    """The same file read in another way is another log."""
    how = [exhibit.sha256, exhibit.settings.get("format"), exhibit.settings.get("mapping")]
    return hashlib.sha256(json.dumps(how, sort_keys=True, default=str).encode()).hexdigest()[:32]
