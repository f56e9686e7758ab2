"""`plainview ask QUESTION FILE ...`: one question, or one check, asked of files that lie anywhere.

In:   a question or a check by name; files; what they are, where their names do not tell.
Out:  each answer as a sentence, or JSON. 0 answered, 2 something to mend, 3 cannot say.
Not here: how it is answered (core.audit); folders (review).
"""

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from plainview.cli import amount
from plainview.core.mendable import Mendable

# What a file is taken for where neither its name nor anybody says.
USUAL = {
    "adaptivity": "log",
    "efficacy": "study",
    "fairness": "log",
    "soundness": "responses",
    "exposure": "har",
}
# Of the kind "other", and found by their names all the same.
KNOWN_BY_NAME = ("rights", "trackers", "easy", "fanboy", "adguard", "peterlowe", "truth-of-")


def add_to(commands: Any) -> None:
    """The words after `ask`."""
    asking = commands.add_parser(
        "ask",
        help="ask one question, or one check, of files",
        description="Exit code: 0 answered, 2 something to mend, 3 cannot say.",
    )
    asking.add_argument("question", nargs="?", help="a question or a check; --list names them all")
    asking.add_argument("files", nargs="*", metavar="FILE", help="or KIND=FILE: har=traffic.json")
    asking.add_argument("--list", action="store_true", help="name every check and what it needs")
    asking.add_argument("--groups", metavar="FILE", help="a table: student, and a column for each grouping")
    asking.add_argument("--format", help="of a log: whose it is, where its header does not tell")
    asking.add_argument("--mapping", metavar="FILE", help="TOML or JSON: which column is which of ours")
    asking.add_argument("--seed", type=amount.seed, default=1, help="chance begins here (1)")
    asking.add_argument("--draws", type=amount.count, metavar="N", help="how often to draw, 999 or more")
    asking.add_argument("--json", action="store_true", help="answer for a program")


def answer(asked: argparse.Namespace) -> int:
    """Ask; print."""
    if asked.list:
        return _list()
    if not asked.question or not (asked.files or asked.groups):
        raise Mendable(
            "plainview ask: found no question or no file, expected for example: ask fairness log.csv"
        )
    from plainview.cli.review import ANSWERED, CANNOT, Lines
    from plainview.core.audit.catalogue import named
    from plainview.core.audit.findings import findings_of, written
    from plainview.core.audit.review import review

    question = str(named([asked.question])[0].question)
    for word in asked.files:
        if (Path(word) / "product.toml").is_file():
            raise Mendable(
                f"{word}: found a dossier, expected a file: plainview review {word} --only {asked.question}"
            )
    with tempfile.TemporaryDirectory(prefix="plainview-ask-") as aside:
        found = review(_dossier(asked, question, Path(aside)), only=[asked.question], telling=Lines())
        told = findings_of(found)
    print(written(told) if asked.json else said(told))
    return ANSWERED if found.findings else CANNOT


def _list() -> int:
    from plainview.core.audit.catalogue import CHECKS, without_version

    for check in CHECKS.values():
        print(f"{without_version(check.name)}: {check.asks} It needs {check.needs}.")
    return 0


def _dossier(asked: argparse.Namespace, question: str, aside: Path) -> Any:
    """A dossier that nobody wrote down."""
    from plainview.cli.review import drawn
    from plainview.core.dossier.dossier import Dossier, Kind, Plan, Product
    from plainview.core.dossier.exhibits import exhibit_of_file

    settings = {name: getattr(asked, name) for name in ("format", "mapping") if getattr(asked, name)}
    named = [_kind_and_path(word, question) for word in asked.files]
    named += [(Kind.GROUPS, Path(asked.groups))] if asked.groups else []
    exhibits = [
        exhibit_of_file(path, kind, settings if kind == Kind.LOG else {}, aside=aside / f"exhibit-{n}")
        for n, (kind, path) in enumerate(named)
    ]
    product = Product(name="files", vendor="nobody named", version="", claims=(), said={})
    plan = Plan(seed=asked.seed, draws=999, checks=(), bounds={}, frozen_sha256=None, is_as_frozen=False)
    dossier = Dossier(folder=Path(), product=product, plan=plan, exhibits=tuple(exhibits), aside=aside)
    faults = tuple(one.fault for one in exhibits if one.fault)
    return drawn(replace(dossier, faults=faults), asked.draws)


def _kind_and_path(word: str, question: str) -> tuple[Any, Path]:
    """KIND=FILE, or a file that is known by its name, or what the question usually asks of."""
    from plainview.core.dossier.dossier import Kind
    from plainview.core.dossier.kinds import guessed

    kind, parted, file = word.partition("=")
    if parted and kind in list(Kind):
        return Kind(kind), Path(file)
    if parted and not Path(word).exists():
        raise Mendable(
            f"{word}: found '{kind}' before =, expected what the file is: one of {', '.join(Kind)}. "
            "For instance: har=traffic.json"
        )
    name = Path(word).name
    found = guessed(name)
    if found == Kind.OTHER and not name.lower().startswith(KNOWN_BY_NAME):
        return Kind(USUAL[question]), Path(word)
    return found, Path(word)


def said(told: dict[str, Any]) -> str:
    """The question, then its answer, as a person would tell it."""
    from plainview.cli.review import sentence

    lines = list[str]()
    for check in told["checks"]:
        lines += [check["asks"], *(sentence(one) for one in check["answers"])]
    return "\n".join([*lines, *told["told"]])
