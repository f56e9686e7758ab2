"""`plainview review DIR`: every question asked of a dossier.

In:   a dossier's folder.
Out:  findings.json, report.html and report.md; a sentence for each claim and each check. 0 answered, 2 to
      mend, 3 cannot say: nothing could be answered.
Not here: how anything is answered (core.audit), what a folder must hold (core.dossier).
"""

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from plainview.cli import amount, stop
from plainview.core.mendable import Mendable

ANSWERED, CANNOT = 0, 3
FEWEST_DRAWS = 999


def add_to(commands: Any) -> None:
    """The words after `review`."""
    asking = commands.add_parser(
        "review",
        help="ask every question of a product's dossier, and write the report",
        description="Writes findings.json, report.html and report.md into the folder. "
        "Exit code: 0 answered, 2 something to mend, 3 cannot say.",
    )
    asking.add_argument("folder", help="a dossier; `plainview dossier new` makes one")
    asking.add_argument("--only", action="append", default=[], metavar="CHECK", help="may be repeated")
    asking.add_argument("--draws", type=amount.count, metavar="N", help="how often to draw, 999 or more")
    asking.add_argument("--out", metavar="FOLDER", help="write there instead")
    asking.add_argument("--at", metavar="DAY", help="a day to be named in the report; no clock is read")
    asking.add_argument("--json", action="store_true", help="print findings.json too")


def answer(asked: argparse.Namespace) -> int:
    """Open, ask, write, say."""
    try:
        return _answer(asked)
    except KeyboardInterrupt:
        raise KeyboardInterrupt("no report was written, and none that was there was changed") from None


def _answer(asked: argparse.Namespace) -> int:
    from plainview.core.audit.findings import findings_of, written
    from plainview.core.audit.report.html import html
    from plainview.core.audit.report.markdown import markdown
    from plainview.core.audit.report.page import page_of
    from plainview.core.audit.review import review
    from plainview.core.dossier.days import day
    from plainview.core.dossier.folder import open_dossier

    folder, at = Path(asked.folder), day(asked.at, called="--at") if asked.at else ""
    out = Path(asked.out or folder)
    with tempfile.TemporaryDirectory(prefix="plainview-review-") as aside:
        dossier = drawn(open_dossier(folder, aside=Path(aside)), asked.draws)
        can_be_written(out, instead="" if asked.out else " `--out FOLDER` writes elsewhere.")
        noted(folder, dossier)
        found = review(dossier, only=asked.only, telling=Lines())
        told = findings_of(found, at=at)
        page = page_of(found, made_with=told["made_with"], at=at)
        files = {"findings.json": written(told), "report.html": html(page), "report.md": markdown(page)}
        write(out, files)
    print(written(told) if asked.json else said(told))
    return ANSWERED if found.findings else CANNOT


def drawn(dossier: Any, draws: int | None) -> Any:
    """The plan with another number of draws."""
    if draws is None:
        return dossier
    if draws < FEWEST_DRAWS:
        raise Mendable(f"--draws: found {draws}, expected {FEWEST_DRAWS} or more.")
    told = (
        f"chance was drawn {draws:,} times, as the command line asked; the plan says {dossier.plan.draws:,}"
    )
    return replace(dossier, plan=replace(dossier.plan, draws=draws), told=(*dossier.told, told))


def can_be_written(folder: Path, *, instead: str) -> None:
    """Known before anything is computed: an hour's work with nowhere to go helps nobody."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as fault:
        raise Mendable(f"{_not_there(folder, fault)}{instead}") from None


def noted(folder: Path, dossier: Any) -> None:
    """Which exhibits are about to be opened; a folder that nobody can write to is left as it is."""
    from plainview.core.dossier.freeze import OPENED, note_opened

    try:
        note_opened(folder, dossier.exhibits)
    except OSError as fault:
        print(f"{_not_there(folder, fault)} So {OPENED} does not say what was opened.", file=sys.stderr)


def write(folder: Path, files: dict[str, str]) -> None:
    """All of them whole, or what was there before: each is put in its place when all are written."""
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".plainview-") as beside:
            for name, text in files.items():
                (Path(beside) / name).write_text(text, encoding="utf-8", newline="\n")
            for name in files:
                (Path(beside) / name).replace(folder / name)
    except OSError as fault:
        raise Mendable(_not_there(folder, fault)) from None


def _not_there(folder: Path, fault: OSError) -> str:
    if folder.is_file():
        return f"{folder}: found a file, expected a folder; nothing can be written there."
    return f"{folder}: nothing can be written there ({fault.strerror or fault})."


def said(told: dict[str, Any]) -> str:
    """The claims first, then each check's first sentence."""
    lines = [f"{told['product']['name']}, {told['product']['version']}"]
    lines += [f"  {one['verdict']}: “{one['says']}” {one['sentence']}" for one in told["claims"]]
    for check in told["checks"]:
        lines += [f"{check['check']}: {sentence(one)}" for one in check["answers"]]
    return "\n".join([*lines, *told["told"]])


def sentence(answer: dict[str, Any]) -> str:
    if answer["kind"] == "finding":
        return f"{answer['answer']}. {answer['sentence']}"
    return f"cannot say: {answer['reason']}. It would need {answer['would_need']}."


class Lines:
    """A line for each check, on stderr; on a screen the one that is under way moves."""

    def __init__(self) -> None:
        self.on_screen, self.name, self.place, self.width = sys.stderr.isatty(), "", "", 0

    def begins(self, check: Any, n: int, of: int) -> None:
        self.name, self.place = check.name, f"[{n}/{of}]"
        self._moves("…")

    def goes_on(self, done: int, of: int, what: str) -> None:
        self._moves(f"{100 * done // max(1, of)} % {what}".rstrip())

    def ended(self, asked: Any) -> None:
        if stop.asked():  # and the check took it for a mistake of its own
            raise KeyboardInterrupt
        words = ", ".join(dict.fromkeys(getattr(one, "answer", "cannot say") for one in asked.answers))
        line = f"{self.place} {self.name}: {words or 'no answer'}"
        print(("\r" if self.on_screen else "") + line.ljust(self.width), file=sys.stderr, flush=True)
        self.width = 0

    def _moves(self, words: str) -> None:
        if self.on_screen:
            line = f"{self.place} {self.name} {words}"
            print("\r" + line.ljust(self.width), end="", file=sys.stderr, flush=True)
            self.width = len(line)
