"""`plainview verify DIR`: do the numbers of findings.json come out again?

In:   a dossier with its findings.json.
Out:  which numbers differ, or that all agree. 0 all agree, 1 some differ, 2 something to mend, 3 what can be
      repeated agrees, and some cannot: exhibits were left out.
Not here: how they are computed (core.audit).
"""

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from plainview.core.mendable import Mendable

AGREE, DIFFER, PARTLY = 0, 1, 3
MOST_BYTES = 256 << 20
# "checks 15 (efficacy.effect/1), answers 1 ...": what a difference is a difference of.
_NAMED = re.compile(r"[a-z]+(?: \d+)? \(([^)]+)\)")


def add_to(commands: Any) -> None:
    """The words after `verify`."""
    asking = commands.add_parser(
        "verify",
        help="compute a review's numbers again, and say which differ",
        description="Exit code: 0 all agree, 1 some differ, 2 something to mend, 3 some cannot be repeated.",
    )
    asking.add_argument("folder", help="a dossier with its findings.json")
    asking.add_argument("--findings", metavar="FILE", help="compare with this instead")
    asking.add_argument("--json", action="store_true", help="answer for a program")


def answer(asked: argparse.Namespace) -> int:
    """Ask again, compare, say."""
    from plainview.core.audit.findings import n_numbers
    from plainview.core.audit.left_out import compared, left_out
    from plainview.core.dossier.folder import must_be_there

    folder = Path(asked.folder)
    must_be_there(folder)
    was = read(Path(asked.findings or folder / "findings.json"))
    absent = left_out(folder)
    now, asked_again = again(folder, was)
    found = compared(was, now, absent)
    if was["made_with"] == now["made_with"] and not absent and not found.differences:
        found = replace(found, differences=tuple(_reports(folder, was, asked_again)))
    notes = [*other_versions(was, now), *_not_asked(was, asked_again), *(one.sentence for one in absent)]
    if asked.json:
        told = {"agree": not found.differences, "differences": found.differences, "notes": notes}
        print(json.dumps(told | {"not_repeated": found.not_repeated}, ensure_ascii=False))
    else:
        lines = [*notes, *found.differences, *_cannot(found.not_repeated)]
        lines += [_differ(found.differences) if found.differences else _agrees(found, n_numbers(was))]
        print(*lines, sep="\n")
    if found.differences:
        return DIFFER
    return PARTLY if found.not_repeated else AGREE


def _differ(differences: Sequence[str]) -> str:
    """How many, and of what: whoever reads a hundred lines wants to know where they come from."""
    n = len(differences)
    of = Counter(name[1] for one in differences if (name := _NAMED.match(one)))
    places = ", ".join(f"{name} ({times})" if times > 1 else name for name, times in of.items())
    return f"{n} {'thing differs' if n == 1 else 'things differ'}{f': {places}' if n > 3 and places else ''}."


def _reports(folder: Path, was: dict[str, Any], found: Any) -> Iterator[str]:
    """People read the report, not findings.json: so it too must be what the same findings give."""
    from plainview.core.audit.report.html import html
    from plainview.core.audit.report.markdown import markdown
    from plainview.core.audit.report.page import page_of

    page = page_of(found, made_with=was["made_with"], at=was.get("at", ""))
    for name, written in (("report.html", html), ("report.md", markdown)):
        path = folder / name
        if path.is_file() and path.read_bytes() != written(page).encode():
            yield f"{name}: not what these findings give. `plainview review` writes it anew."


def _not_asked(was: dict[str, Any], found: Any) -> Iterator[str]:
    """A check that was left away then is compared with nothing now: that is said."""
    from plainview.core.audit.review import planned

    there = {one["check"] for one in was["checks"]}
    absent = [one.name for one in planned(found.dossier) if one.name not in there]
    if absent:
        yield f"The plan asks for these, and findings.json does not hold them: {', '.join(absent)}."


def _cannot(checks: Sequence[str]) -> list[str]:
    return [f"Cannot be repeated without what was left out: {', '.join(checks)}."] if checks else []


def _agrees(found: Any, n: int) -> str:
    return "All else agrees, and every sentence of it." if found.not_repeated else _all(n)


def _all(n: int) -> str:
    return f"All {n:,} numbers agree, and every sentence."


def read(path: Path) -> dict[str, Any]:
    """What was found then."""
    from plainview.core.audit.findings import FORMAT, schema
    from plainview.core.dossier.shape import Shape

    try:
        if path.stat().st_size > MOST_BYTES:
            raise Mendable(f"{path}: found {path.stat().st_size:,} bytes, expected at most {MOST_BYTES:,}.")
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Mendable(f"{path}: there is no such file. `plainview review` writes one.") from None
    except OSError as fault:
        raise Mendable(f"{path}: this file cannot be read ({fault.strerror or fault}).") from None
    except (ValueError, RecursionError) as fault:
        raise Mendable(f"{path}: found no JSON ({fault}), expected what `plainview review` writes.") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise Mendable(f"{path}: found another format, expected {FORMAT}.")
    if faults := Shape(found, schema(), file=str(path)).faults:
        raise Mendable(*faults, f"{path} is not as `plainview review` wrote it, and cannot be compared.")
    return found


def again(folder: Path, was: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    """The same checks asked again, with the draws of then: as JSON has it, and as a review."""
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
    return now, found


def other_versions(was: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """A note, no difference: which versions then, which here."""
    then, here = was.get("made_with", {}), now.get("made_with", {})
    return [
        f"Made with {name} {then.get(name, 'nothing')}, computed again with {here[name]}."
        for name in here
        if then.get(name) != here[name]
    ]
