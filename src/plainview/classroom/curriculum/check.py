"""Does the content hold together?

In:   a folder of content.
Out:  every fault of every file at once; none when all is well.
Not here: the database. A check can be run on files that nobody has loaded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils import translation

from . import render
from .expressions import CannotWorkOut
from .families import CannotMake, MadeItem, make_items
from .faults import Fault, one_of, shown
from .read import Said, UnitRead, read_unit, unit_folders


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A unit that was read, with its items made, and whatever is to be mended."""

    read: UnitRead
    items: dict[str, list[MadeItem]]  # by family
    faults: list[Fault]


def check_content(path: Path) -> list[Fault]:
    return [fault for unit in check_units(path) for fault in unit.faults]


def check_units(path: Path) -> list[Checked]:
    folders = unit_folders(path)
    if not folders:
        empty = UnitRead(folder=path)
        nothing = Fault(
            file=str(path), found="no unit.yaml", expected="a folder of content, or a folder of such"
        )
        return [Checked(read=empty, items={}, faults=[nothing])]
    return [check_unit(folder, named_from=path.parent) for folder in folders]


def check_unit(folder: Path, *, named_from: Path) -> Checked:
    read = read_unit(folder, named_from=named_from)
    language = read.unit.says.language if read.unit else "en"
    with translation.override(language):
        items, of_families = _make_all(read)
        faults = [
            *read.faults,
            *_twice(read),
            *_file_names(read),
            *_unknown_names(read),
            *_circles(read),
            *of_families,
            *_same_question_twice(read, items),
            *_texts(read),
        ]
    return Checked(read=read, items=items, faults=sorted(faults, key=lambda f: (f.file, f.line or 0)))


def _make_all(read: UnitRead) -> tuple[dict[str, list[MadeItem]], list[Fault]]:
    lists = read.unit.says.lists if read.unit else {}
    items, faults = {}, []
    for family in read.families:
        try:
            items[family.says.family] = make_items(family.says, lists)
        except CannotMake as problem:
            faults.append(
                family.fault(*problem.path, found=_found(family, problem.path), expected=problem.expected)
            )
    return items, faults


def _found(said: Said, path: Iterable[str | int]) -> str:
    value = said.tree
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return "nothing"
    return shown(value)


def _identified(read: UnitRead) -> Iterator[tuple[str, Said]]:
    for field, entries in (
        ("competency", read.competencies),
        ("misconception", read.misconceptions),
        ("family", read.families),
        ("activity", read.activities),
    ):
        yield from ((field, said) for said in entries)


def _twice(read: UnitRead) -> Iterator[Fault]:
    times = Counter((field, getattr(said.says, field)) for field, said in _identified(read))
    for field, said in _identified(read):
        identifier = getattr(said.says, field)
        if times[field, identifier] > 1:
            yield said.fault(field, found=f"{shown(identifier)} more than once", expected="each one once")


def _file_names(read: UnitRead) -> Iterator[Fault]:
    for field, said in _identified(read):
        if field in ("family", "activity") and Path(said.file).stem != getattr(said.says, field):
            yield said.fault(
                field, found=shown(getattr(said.says, field)), expected="the same name as the file has"
            )


def _unknown_names(read: UnitRead) -> Iterator[Fault]:
    competencies = {said.says.competency for said in read.competencies}
    misconceptions = {said.says.misconception for said in read.misconceptions}
    families = {said.says.family for said in read.families}
    for said in read.competencies:
        yield from _unknown(said, "requires", said.says.requires, competencies, "competencies.yaml")
    for said in read.families:
        yield from _unknown(said, "competency", [said.says.competency], competencies, "competencies.yaml")
        for i, wrong in enumerate(said.says.wrong):
            if wrong.misconception not in misconceptions:
                yield said.fault(
                    *("wrong", i, "misconception"),
                    found=shown(wrong.misconception),
                    expected=one_of(wrong.misconception, misconceptions, "misconceptions.yaml"),
                )
    for said in read.activities:
        yield from _unknown(said, "competencies", said.says.competencies, competencies, "competencies.yaml")
        yield from _unknown(
            said, "misconceptions", said.says.misconceptions, misconceptions, "misconceptions.yaml"
        )
        yield from _unknown(said, "practice", said.says.practice, families, "the families in items/")


def _unknown(said: Said, field: str, names: list[str], known: set[str], where: str) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            yield said.fault(field, found=shown(name), expected=one_of(name, known, where))


def _circles(read: UnitRead) -> Iterator[Fault]:
    requires = {said.says.competency: said.says.requires for said in read.competencies}
    for said in read.competencies:
        if said.says.competency in _all_before(said.says.competency, requires):
            yield said.fault(
                "requires",
                found="a circle that comes back to itself",
                expected="prerequisites that come before",
            )


def _all_before(competency: str, requires: dict[str, list[str]]) -> set[str]:
    before: set[str] = set()
    ahead = list(requires.get(competency, []))
    while ahead:
        this = ahead.pop()
        if this not in before:
            before.add(this)
            ahead += requires.get(this, [])
    return before


def _same_question_twice(read: UnitRead, items: dict[str, list[MadeItem]]) -> Iterator[Fault]:
    seen: dict[tuple[str, str], str] = {}
    for said in read.families:
        for item in items.get(said.says.family, []):
            question = (said.says.competency, item.stem_html + item.figure_svg)
            if question in seen:
                yield said.fault(
                    "stem",
                    found=f"a question that {seen[question]} asks too",
                    expected="questions that differ within a competency",
                )
            seen.setdefault(question, said.says.family)


def _texts(read: UnitRead) -> Iterator[Fault]:
    """Texts outside the families hold no sums with names, but pictures and fractions all the same."""
    for said in [read.unit] if read.unit else []:
        yield from _texts_of(said, "for_families")
    for said in read.misconceptions:
        yield from _texts_of(said, "what_it_looks_like", "what_helps")
    for said in read.activities:
        yield from _texts_of(said, "teacher", "student", "paper")


def _texts_of(said: Said, *fields: str) -> Iterator[Fault]:
    for field in fields:
        try:
            render.block(getattr(said.says, field))
        except CannotWorkOut as problem:
            yield said.fault(field, found="a sum or a figure", expected=str(problem))
