"""The plan, frozen: its hash, and what had been opened when it was taken.

In:   a dossier's folder, a day.
Out:  plan.lock beside plan.toml; and what it says when it is read again.
Not here: the clock. The day is passed in.

What can be shown is that the plan is word for word what it was when the lock was written, and that Plainview
had not opened an exhibit of this folder before. That nobody looked in another way cannot be shown from here.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from plainview.core.dossier.dossier import Exhibit
from plainview.core.mendable import Mendable

PLAN, LOCK, OPENED = "plan.toml", "plan.lock", "opened.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """plan.lock."""

    sha256: str
    frozen_on: str
    opened_before: tuple[str, ...]


def freeze(folder: Path, exhibits: Iterable[Exhibit], *, on: str) -> Lock:
    """Write plan.lock.

    Raises
    ------
    Mendable
        If there is no plan, or nothing can be written, or it was frozen before: a second lock would hide what
        the first one held.
    """
    if not (folder / PLAN).is_file():
        raise Mendable(f"{PLAN}: there is no such file in {folder}: there is nothing to freeze yet.")
    if (folder / LOCK).exists():
        raise Mendable(
            f"{LOCK}: the plan was frozen already. Take the file away yourself if you mean to begin anew."
        )
    lock = Lock(sha256=hash_of_plan(folder), frozen_on=on, opened_before=tuple(opened(folder)))
    try:
        (folder / LOCK).write_text(_written(lock, exhibits), encoding="utf-8")
    except OSError as fault:
        raise Mendable(f"{folder}: nothing can be written there ({fault.strerror or fault}).") from None
    return lock


def _written(lock: Lock, exhibits: Iterable[Exhibit]) -> str:
    lines = [
        "# Written by `plainview dossier freeze`. Do not change it: the report compares.",
        f"plan_sha256 = {json.dumps(lock.sha256)}",
        f"frozen_on = {json.dumps(lock.frozen_on)}",
        "# Exhibits that Plainview had opened before the plan was frozen. Best is none.",
        f"opened_before = {json.dumps(list(lock.opened_before))}",
        "# Exhibits that lay here unopened.",
    ]
    for one in exhibits:
        if one.sha256 and one.file not in lock.opened_before:
            file = json.dumps(one.file, ensure_ascii=False)
            lines += ["", "[[unopened]]", f"file = {file}", f'sha256 = "{one.sha256}"']
    return "\n".join([*lines, ""])


def read_lock(folder: Path) -> Lock | None:
    """None where the plan was never frozen."""
    path = folder / LOCK
    if not path.is_file():
        return None
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        return Lock(
            sha256=str(said["plan_sha256"]),
            frozen_on=str(said["frozen_on"]),
            opened_before=tuple(map(str, said["opened_before"])),
        )
    except (ValueError, KeyError, TypeError) as fault:
        raise Mendable(
            f"{LOCK}: found another file than `plainview dossier freeze` writes ({fault}), expected that."
        ) from None


def hash_of_plan(folder: Path) -> str:
    path = folder / PLAN
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def opened(folder: Path) -> dict[str, str]:
    """Exhibits that were opened in a review of this folder, with the hash that they had."""
    path = folder / OPENED
    if not path.is_file():
        return {}
    try:
        return {str(file): str(sha256) for file, sha256 in json.loads(path.read_text("utf-8")).items()}
    except (ValueError, AttributeError):
        raise Mendable(
            f"{OPENED}: found another file than `plainview review` writes, expected that."
        ) from None


def note_opened(folder: Path, exhibits: Iterable[Exhibit]) -> None:
    """Written before the first check is asked. An OSError where the folder cannot be written to."""
    before = opened(folder)
    now = before | {one.file: one.sha256 for one in exhibits if one.sha256 and one.file not in before}
    if now != before:
        text = json.dumps(dict(sorted(now.items())), indent=1, ensure_ascii=False)
        (folder / OPENED).write_text(text + "\n", encoding="utf-8")
