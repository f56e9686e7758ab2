"""`plainview dossier new | check | freeze DIR`: a dossier's folder, made, looked over, its plan fixed.

In:   a folder.
Out:  sentences. 0 done, 2 something to mend. No exhibit is opened: only hashed.
Not here: what a folder must hold (core.dossier).
"""

import argparse
import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from plainview.core.mendable import Mendable

DONE, TO_MEND = 0, 2
FROZEN = ("product.toml", "plan.toml")


def add_to(commands: Any) -> None:
    """The words after `dossier`."""
    dossiers = commands.add_parser(
        "dossier", help="a product's dossier: make one, look it over, fix its plan"
    )
    deeds = dossiers.add_subparsers(title="deeds", required=True, metavar="deed", dest="deed")
    deeds.add_parser("new", help="write a dossier's files with comments, into a folder that holds none")
    check = deeds.add_parser("check", help="every fault by file and place; no exhibit is opened")
    check.add_argument("--json", action="store_true", help="answer for a program")
    freeze = deeds.add_parser("freeze", help="fix the plan before the exhibits are opened: writes plan.lock")
    freeze.add_argument("--at", metavar="DAY", help="the day to write (today)")
    for parser in deeds.choices.values():
        parser.add_argument("folder")


def answer(asked: argparse.Namespace) -> int:
    """Do the deed; say what was done."""
    deed = {"new": _new, "check": _check, "freeze": _freeze}[asked.deed]
    return deed(asked, Path(asked.folder))


def _new(asked: argparse.Namespace, folder: Path) -> int:
    from plainview.core.dossier.new import new

    for path in new(folder):
        print(path)
    print("Fill them in, put what was handed over into exhibits/, then: plainview dossier freeze", folder)
    return DONE


def _check(asked: argparse.Namespace, folder: Path) -> int:
    from plainview.core.audit.left_out import left_out
    from plainview.core.audit.review import unknown_checks
    from plainview.core.dossier.folder import open_dossier

    with tempfile.TemporaryDirectory(prefix="plainview-dossier-") as aside:
        dossier = open_dossier(folder, aside=Path(aside))
    absent = left_out(folder)
    names = {one.file.rpartition("/")[2] for one in absent}
    # What was left out, and said to be, is nothing that whoever reads the dossier could mend.
    faults = [one for one in dossier.faults if not any(f"found no file '{name}'" in one for name in names)]
    faults += unknown_checks(dossier)
    exhibits = [(one.file, str(one.kind), one.n_bytes, one.sha256) for one in dossier.exhibits if one.sha256]
    if asked.json:
        keys = ("file", "kind", "n_bytes", "sha256")
        shown = [dict(zip(keys, one, strict=True)) for one in exhibits]
        told = {"faults": faults, "told": dossier.told, "exhibits": shown}
        print(json.dumps(told, ensure_ascii=False))
    else:
        for file, kind, n_bytes, sha256 in exhibits:
            print(f"{file}: {kind}, {n_bytes:,} bytes, sha256 {sha256}")
        lines = [*faults, *(f"{one}." for one in dossier.told), *(one.sentence for one in absent)]
        lines += _empty(dossier)
        print(*lines, f"{len(faults)} to mend." if faults else "Nothing to mend.", sep="\n")
    return TO_MEND if faults else DONE


def _empty(dossier: Any) -> list[str]:
    if dossier.exhibits or dossier.refusals:
        return []
    return ["exhibits/: nothing lies there yet, so a review could say nothing."]


def _freeze(asked: argparse.Namespace, folder: Path) -> int:
    from plainview.core.audit.review import unknown_checks
    from plainview.core.dossier.days import day
    from plainview.core.dossier.folder import open_dossier
    from plainview.core.dossier.freeze import freeze

    on = day(asked.at, called="--at") if asked.at else date.today().isoformat()
    with tempfile.TemporaryDirectory(prefix="plainview-dossier-") as aside:
        dossier = open_dossier(folder, aside=Path(aside))
    # An exhibit may wait; what is frozen cannot be mended any more.
    faults = [one for one in (*dossier.faults, *unknown_checks(dossier)) if one.startswith(FROZEN)]
    if faults:
        raise Mendable(*faults, "The plan was not frozen: mend this first.")
    lock = freeze(folder, dossier.exhibits, on=on)
    print(f"The plan is frozen: sha256 {lock.sha256}, written to {folder / 'plan.lock'}.")
    if lock.opened_before:
        print(
            f"These exhibits had been opened before: {', '.join(lock.opened_before)}. The report will say so."
        )
    return DONE
