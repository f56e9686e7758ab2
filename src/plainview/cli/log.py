"""`plainview log check IN` and `plainview log convert IN OUT`: can this log be read, and as our own?

In:   a log of any format that is known here, or of another with a mapping.
Out:  what it holds, what was decided on the way, every kind of fault with its count, the first fifty by line;
      0 where every row could be read, 1 where some could not, 2 where nothing could.
Not here: how it is read (core.logs). This asks and prints.
"""

import argparse
from pathlib import Path
from typing import Any

from plainview.core.mendable import Mendable
from plainview.core.plural import counted

READ, FAULTS = 0, 1


def add_to(commands: Any) -> None:
    """The words after `log`."""
    logs = commands.add_parser("log", help="can this log be read? and written as a learning log?")
    deeds = logs.add_subparsers(title="deeds", required=True, metavar="deed", dest="deed")
    check = deeds.add_parser(
        "check",
        help="what a log holds, what is decided on reading it, and every fault by line",
        description="Exit code: 0 every row could be read, 1 some could not, 2 nothing could.",
    )
    convert = deeds.add_parser("convert", help="the same log with our columns: one row an attempt, in order")
    for parser in (check, convert):
        _add_choices(parser)
    convert.add_argument("out", help="where to: a name that ends in .parquet, .csv or .csv.gz")
    convert.add_argument("--key", help="a file with a key: students are written by pseudonyms made with it")


def _add_choices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="CSV, tab, Parquet, Arrow or JSON, packed or not; or EdNet's folder")
    parser.add_argument("--format", help="a known format by its name, where the header does not tell")
    parser.add_argument("--mapping", help="a TOML or JSON file: which of their columns is which of ours")
    parser.add_argument("--scaffolds", action="store_true", help="keep scaffold questions as attempts")
    parser.add_argument("--json", action="store_true", help="answer for a program")


def answer(asked: argparse.Namespace) -> int:
    """Ask of one log; print the answer."""
    choices = {"format": asked.format, "mapping": asked.mapping, "scaffolds": asked.scaffolds}
    if asked.deed == "convert":
        from plainview.core.logs import table

        done = table.convert(asked.file, asked.out, **choices, key=_key(asked.key))
        n = f"{counted(done.n_attempts, 'attempt')} from {counted(done.n_rows, 'row')}"
        held = f"{n} ({done.format}), written to {asked.out}."
        said = [held, *(f"{told}." for told in done.told)]
        return _answer(said, done.faults, {"n_attempts": done.n_attempts, "format": done.format}, asked.json)
    from plainview.core.logs.door import check_log

    found = check_log(asked.file, **choices)
    log = found.coded
    counts = {"n_attempts": log.n_rows, "n_students": log.n_students, "n_items": log.n_items}
    counts |= {"n_skills": log.n_skills, "n_rows": found.n_rows}
    return _answer(found.sentences(), found.faults, {**counts, "format": found.format}, asked.json)


def _key(file: str | None) -> bytes | None:
    """The key of a file, without the end of its line."""
    if file is None:
        return None
    from plainview.core.logs.pseudonym import SHORTEST_KEY

    try:
        key = Path(file).read_bytes().strip()
    except OSError as fault:
        raise Mendable(f"{file}: this file cannot be read ({fault.strerror}).") from None
    if len(key) < SHORTEST_KEY:
        raise Mendable(f"{file}: found a key of {len(key)} bytes, expected at least {SHORTEST_KEY}.")
    return key


def _answer(said: list[str], faults: Any, counts: dict[str, object], as_json: bool) -> int:
    if as_json:
        told = {
            "said": said,
            "n_faults": faults.n,
            "kinds": faults.kinds(),
            "faults": list(map(str, faults.first)),
        }
        import json

        print(json.dumps({**counts, **told}, ensure_ascii=False))
    else:
        print("\n".join([*said, *_told(faults)]))
    return FAULTS if faults.n else READ


def _told(faults: Any) -> list[str]:
    if not faults.n:
        return ["Every row could be read."]
    shown = f", the first {len(faults.first)} by line" if faults.n > len(faults.first) else ", by line"
    return [
        f"{faults.n:,} faults:",
        *(f"  {kind}" for kind in faults.kinds()),
        f"Found{shown}:",
        *map(str, faults.first),
    ]
