"""The dossiers that the demonstration tells of, and what their checks found when they were asked.

In:   a product's word.
Out:  its folder under content/desk; a run that was stored, so that nobody waits for the checks again.
Not here: asking them. scripts/desk_demo.py does, and writes the runs.

Anyone can repeat a stored run: the review's own dossier, taken along from the desk, goes through
`plainview verify`.
"""

import gzip
import json
from pathlib import Path
from typing import Any

import plainview
from plainview.desk.reviews.models import Answered, Run

COLUMNS = ("findings", "report_html", "report_md")
ROWS = (
    *("check_name", "question", "asks", "page", "outcome", "answer", "sentence", "would_need", "effect"),
    *("answers", "charts"),
)


def folder() -> Path:
    """Inside the package once installed, beside src/ in a checkout."""
    package = Path(plainview.__file__).parent
    packed = package / "content" / "desk"
    return packed if packed.is_dir() else package.parents[1] / "content" / "desk"


def stored(name: str) -> dict[str, Any] | None:
    path = _path(name)
    return json.loads(gzip.decompress(path.read_bytes())) if path.exists() else None


def store(name: str, run: Run) -> None:
    rows = Answered.objects.filter(run=run).order_by("pk").values(*ROWS)
    told = {column: getattr(run, column) for column in COLUMNS} | {"answered": list(rows)}
    body = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    _path(name).write_bytes(gzip.compress(body, 9, mtime=0))


def _path(name: str) -> Path:
    return folder() / "runs" / f"{name}.json.gz"
