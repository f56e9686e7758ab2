"""From a folder of content files to what they say.

In:   a unit's folder.
Out:  what each file says, with its lines kept; and every fault of every file.
Not here: whether the files agree with each other (check.py), the database (load.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from .faults import Fault, shown
from .format import ActivityFile, CompetencyEntry, FamilyFile, MisconceptionEntry, UnitFile

LARGEST_FILE = 200_000  # bytes; a file larger than this is not a content file
T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Generic[T]):
    """One entry of one file, and where each of its fields stands."""

    file: str
    says: T
    tree: object

    def line(self, *path: str | int) -> int:
        return _line(self.tree, path)

    def fault(self, *path: str | int, found: str, expected: str) -> Fault:
        return Fault(file=self.file, line=self.line(*path), field=_name(path), found=found, expected=expected)


@dataclass(slots=True, kw_only=True)
class UnitRead:
    """A unit as its files say it."""

    folder: Path
    unit: Said[UnitFile] | None = None
    competencies: list[Said[CompetencyEntry]] = field(default_factory=list)
    misconceptions: list[Said[MisconceptionEntry]] = field(default_factory=list)
    families: list[Said[FamilyFile]] = field(default_factory=list)
    activities: list[Said[ActivityFile]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def unit_folders(path: Path) -> list[Path]:
    """The folder itself when it is a unit, else every unit inside it."""
    if (path / "unit.yaml").exists():
        return [path]
    return sorted(found.parent for found in path.glob("*/unit.yaml"))


def read_unit(folder: Path, *, named_from: Path) -> UnitRead:
    read = UnitRead(folder=folder)
    units = list(_entries(folder / "unit.yaml", UnitFile, read.faults, named_from, many=False))
    read.unit = units[0] if units else None
    read.competencies = list(
        _entries(folder / "competencies.yaml", CompetencyEntry, read.faults, named_from, many=True)
    )
    read.misconceptions = list(
        _entries(folder / "misconceptions.yaml", MisconceptionEntry, read.faults, named_from, many=True)
    )
    for file in sorted((folder / "items").glob("*.yaml")):
        read.families += _entries(file, FamilyFile, read.faults, named_from, many=False)
    for file in sorted((folder / "activities").glob("*.yaml")):
        read.activities += _entries(file, ActivityFile, read.faults, named_from, many=False)
    return read


def _entries(
    file: Path, form: type[T], faults: list[Fault], named_from: Path, *, many: bool
) -> Iterator[Said[T]]:
    name = _file_name(file, named_from)
    tree = _tree(file, name, faults)
    if tree is None:
        return
    if many and not isinstance(tree, list):
        faults.append(
            Fault(file=name, line=1, found=shown(tree), expected="a list (each entry begins with -)")
        )
        return
    for entry in tree if many else [tree]:
        said = _entry(entry, form, name, faults)
        if said is not None:
            yield said


def _file_name(file: Path, named_from: Path) -> str:
    return str(file.relative_to(named_from)) if file.is_relative_to(named_from) else str(file)


def _tree(file: Path, name: str, faults: list[Fault]) -> object | None:
    try:
        text = _text(file)
        tree = YAML(typ="rt", pure=True).load(text)
    except OSError:
        faults.append(Fault(file=name, found="no such file", expected="a file that can be read"))
    except ValueError as problem:  # also: bytes that are not UTF-8
        faults.append(Fault(file=name, found=str(problem), expected="a text file in UTF-8"))
    except YAMLError as problem:
        faults.append(_cannot_be_read(name, problem))
    else:
        if tree is None:
            faults.append(
                Fault(file=name, line=1, found="an empty file", expected="what docs/content.md says")
            )
        return tree
    return None


def _text(file: Path) -> str:
    if file.stat().st_size > LARGEST_FILE:
        raise ValueError(f"a file of {file.stat().st_size} bytes")
    return file.read_text(encoding="utf-8")


def _cannot_be_read(name: str, problem: YAMLError) -> Fault:
    mark = getattr(problem, "problem_mark", None) if isinstance(problem, MarkedYAMLError) else None
    words = getattr(problem, "problem", None) or str(problem)
    return Fault(
        file=name,
        line=mark.line + 1 if mark else None,
        found=shown(words, 120),
        expected="YAML (are the spaces at the beginning of the line right?)",
    )


def _entry(entry: object, form: type[T], name: str, faults: list[Fault]) -> Said[T] | None:
    if not isinstance(entry, dict):
        faults.append(Fault(file=name, line=1, found=shown(entry), expected="names with values"))
        return None
    try:
        says = form.model_validate(_plain(entry))
    except ValidationError as problem:
        faults += [_fault(name, entry, error) for error in problem.errors(include_url=False)]
        return None
    return Said(file=name, says=says, tree=entry)


def _plain(value: object) -> object:
    """What YAML read, without the line numbers it carries along."""
    if isinstance(value, dict):
        return {_plain(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    for plain in (bool, int, float, str):
        if isinstance(value, plain):
            return plain(value)
    return value


def _fault(name: str, tree: object, error) -> Fault:
    loc = error["loc"]
    path = [step for step in loc if _is_a_field(step)]
    if error["type"] == "extra_forbidden":
        found, expected = shown(loc[-1]), "a field that docs/content.md names"
    else:
        found, expected = _found(error), _expected(error)
    return Fault(file=name, line=_line(tree, path), field=_name(path), found=found, expected=expected)


def _found(error) -> str:
    if error["type"] == "missing":
        return "nothing"
    return "what stands there" if isinstance(error["input"], dict) else shown(error["input"])


# What pydantic asks for, in an author's words.
WORDS = {
    "missing": "this field",
    "literal_error": "one of {expected}",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "string_type": "words",
    "string_too_short": "words",
    "string_too_long": "at most {max_length} characters",
    "string_pattern_mismatch": "small letters, numbers and hyphens (where a code is asked: such as 4.NF.A.1)",
    "too_short": "at least {min_length} of them",
    "too_long": "at most {max_length} of them",
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le} or less",
    "list_type": "a list",
    "dict_type": "names with values",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}


def _expected(error) -> str:
    words = WORDS.get(error["type"])
    if words is None:
        return error["msg"].removeprefix("Value error, ")
    return words.format(**error.get("ctx", {}))


def _is_a_field(step: str | int) -> bool:
    """pydantic names its own types within a path; a reader only knows the fields."""
    return isinstance(step, int) or not step.startswith(
        ("list[", "function-", "constrained", "Bottom", "literal")
    )


def _name(path) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def _line(tree: object, path) -> int:
    """The line (from 1) of a field; of the nearest thing around it when it is not there."""
    line = tree.lc.line if hasattr(tree, "lc") else 0
    for step in path:
        if isinstance(tree, dict) and step in tree:
            line = tree.lc.key(step)[0]
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            line = tree.lc.item(step)[0]
        else:
            break
        tree = tree[step]
    return line + 1
