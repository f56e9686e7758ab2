"""`plainview verify DIR`: do the numbers of findings.json come out again?

In:   a dossier with its findings.json.
Out:  which numbers differ, or that all agree. 0 all agree, 1 some differ, 2 something to mend.
Not here: how they are computed (core.audit).
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from plainview.core.mendable import Mendable

AGREE, DIFFER = 0, 1
MOST_BYTES = 256 << 20


def add_to(commands: Any) -> None:
    """The words after `verify`."""
    asking = commands.add_parser(
        "verify",
        help="compute a review's numbers again, and say which differ",
        description="Exit code: 0 all agree, 1 some differ, 2 something to mend.",
    )
    asking.add_argument("folder", help="a dossier with its findings.json")
    asking.add_argument("--findings", metavar="FILE", help="compare with this instead")
    asking.add_argument("--json", action="store_true", help="answer for a program")


def answer(asked: argparse.Namespace) -> int:
    """Ask again, compare, say."""
    from plainview.core.audit.findings import differences, n_numbers

    was = read(Path(asked.findings or Path(asked.folder) / "findings.json"))
    now = again(Path(asked.folder), was)
    found = differences(was, now)
    notes = other_versions(was, now)
    if asked.json:
        print(json.dumps({"agree": not found, "differences": found, "notes": notes}, ensure_ascii=False))
    else:
        print(*notes, *found, sep="\n")
        n = len(found)
        print(f"{n} {'thing differs' if n == 1 else 'things differ'}." if n else _all(n_numbers(was)))
    return DIFFER if found else AGREE


def _all(n: int) -> str:
    return f"All {n:,} numbers agree, and every sentence."


def read(path: Path) -> dict[str, Any]:
    """What was found then."""
    from plainview.core.audit.findings import FORMAT

    try:
        if path.stat().st_size > MOST_BYTES:
            raise Mendable(f"{path}: found {path.stat().st_size:,} bytes, expected at most {MOST_BYTES:,}.")
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Mendable(f"{path}: there is no such file. `plainview review` writes one.") from None
    except (ValueError, RecursionError) as fault:
        raise Mendable(f"{path}: found no JSON ({fault}), expected what `plainview review` writes.") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise Mendable(f"{path}: found another format, expected {FORMAT}.")
    return found


def again(folder: Path, was: dict[str, Any]) -> dict[str, Any]:
    """The same checks asked again, with the draws of then."""
    from plainview.cli.review import Lines, drawn
    from plainview.core.audit.catalogue import CHECKS
    from plainview.core.audit.findings import findings_of, written
    from plainview.core.audit.review import review
    from plainview.core.dossier.folder import open_dossier

    then = [one["check"] for one in was.get("checks", ()) if one.get("check") in CHECKS]
    with tempfile.TemporaryDirectory(prefix="plainview-verify-") as aside:
        dossier = open_dossier(folder, aside=Path(aside))
        draws = was.get("plan", {}).get("draws")
        dossier = drawn(dossier, draws if draws != dossier.plan.draws else None)
        found = review(dossier, checks={name: CHECKS[name] for name in then}, every=True, telling=Lines())
        now: dict[str, Any] = json.loads(written(findings_of(found)))
    return now


def other_versions(was: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """A note, no difference: which versions then, which here."""
    then, here = was.get("made_with", {}), now.get("made_with", {})
    return [
        f"Made with {name} {then.get(name, 'nothing')}, computed again with {here[name]}."
        for name in here
        if then.get(name) != here[name]
    ]
