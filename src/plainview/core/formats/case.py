"""CASE: competencies and how they hang together, from a framework that somebody published.

In:   JSON of CASE 1.0 or 1.1 (a CFPackage, as a server or an export gives it), or a plain list of standards
      with grade, domain and cluster codes.
Out:  competencies with code, statement, grade, and which stands below which; each fault by its place.
Not here: which of them anything measures (core.audit.soundness).

Source: 1EdTech, Competencies and Academic Standards Exchange 1.0, information model: CFPackage, CFItem,
CFAssociation ("isChildOf", "precedes").
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plainview.core.mendable import Mendable

MOST_BYTES = 256 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Competency:
    id: str
    code: str  # as people cite it: "5.NF.A.1"; "" where it has none
    says: str
    grades: tuple[str, ...]
    kind: str  # "Standard", "Cluster" ...
    parent: str  # id; "" at the top


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    title: str
    competencies: tuple[Competency, ...]
    precedes: tuple[tuple[str, str], ...]  # (earlier, later), ids
    faults: tuple[str, ...]

    @property
    def leaves(self) -> tuple[Competency, ...]:
        """Those that nothing stands below: what is to be learned, rather than a heading."""
        parents = {one.parent for one in self.competencies}
        return tuple(one for one in self.competencies if one.id not in parents)

    def heading(self, competency: Competency) -> str:
        """The code or words of what it stands under."""
        by_id = {one.id: one for one in self.competencies}
        above = by_id.get(competency.parent)
        if above is not None:
            return above.code or above.says
        return ".".join(competency.code.split(".")[:2]) if "." in competency.code else self.title


def read_case(path: Path, *, name: str = "") -> Framework:
    """Read a framework.

    Raises
    ------
    Mendable
        If it is no JSON, or holds no competency.
    """
    called = name or path.name
    if path.stat().st_size > MOST_BYTES:
        raise Mendable(f"{called}: found {path.stat().st_size:,} bytes, expected at most {MOST_BYTES:,}.")
    try:
        said = json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Mendable(f"{called}: found bytes that are not UTF-8, expected a file in UTF-8.") from None
    except json.JSONDecodeError as fault:
        place = f"{called}, line {fault.lineno}, column {fault.colno}"
        raise Mendable(f"{place}: found broken JSON ({fault.msg.lower()}), expected a framework.") from None
    except RecursionError:
        raise Mendable(f"{called}: found lists within lists a thousand deep, expected a framework.") from None
    return framework(said, name=called)


def framework(said: Any, *, name: str) -> Framework:
    faults: list[str] = []
    packages = list(_packages(said))
    if packages:
        found, precedes = _of_packages(packages, name, faults)
    else:
        found, precedes = tuple(_of_list(said, name, faults)), ()
    if not found:
        raise Mendable(*faults, f"{name}: found no competency, expected CFItems or a list of standards.")
    title = next((str(_table(one.get("CFDocument")).get("title", "")) for one in packages), "")
    return Framework(title=title or name, competencies=found, precedes=precedes, faults=tuple(faults))


def _packages(said: Any) -> Iterator[Mapping[str, Any]]:
    """A package as it is, inside a heading, or one of several."""
    if not isinstance(said, dict):
        return
    if isinstance(said.get("CFItems"), list):
        yield said
    for key in ("CFPackage", "CFPackages"):
        inner = said.get(key)
        for one in inner if isinstance(inner, list) else [inner]:
            if isinstance(one, dict) and isinstance(one.get("CFItems"), list):
                yield one


Precedes = tuple[tuple[str, str], ...]


def _of_packages(
    packages: list[Mapping[str, Any]], name: str, faults: list[str]
) -> tuple[tuple[Competency, ...], Precedes]:
    parent, precedes = {}, []
    for package in packages:
        for kind, origin, target in _associations(package):
            if kind == "ischildof":
                parent[origin] = target
            elif kind == "precedes":
                precedes.append((origin, target))
    found: dict[str, Competency] = {}
    for package in packages:
        for number, item in enumerate(package["CFItems"], start=1):
            place = f"{name}, CFItems {number}"
            if not isinstance(item, dict) or not item.get("identifier"):
                faults.append(f"{place}: found no identifier, expected one.")
                continue
            one = _item(item, parent)
            if one.id in found:
                faults.append(f"{place}: found the identifier of another item, expected each once.")
            found.setdefault(one.id, one)
    for one in found.values():
        if _is_in_a_circle(one.id, parent):
            faults.append(f"{name}: '{one.code or one.id}' stands below itself, expected a tree.")
            parent[one.id] = ""
    known = set(found)
    competencies = tuple(_held(one, parent, known) for one in found.values())
    return competencies, tuple((a, b) for a, b in precedes if a in known and b in known)


def _associations(package: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    rows = package.get("CFAssociations")
    for one in rows if isinstance(rows, list) else []:
        if isinstance(one, dict):
            ends = [_table(one.get(end)).get("identifier") for end in ("originNodeURI", "destinationNodeURI")]
            if all(isinstance(end, str) for end in ends):
                yield str(one.get("associationType", "")).lower(), str(ends[0]), str(ends[1])


def _item(item: Mapping[str, Any], parent: Mapping[str, str]) -> Competency:
    grades = item.get("educationLevel")
    return Competency(
        id=str(item["identifier"]),
        code=str(item.get("humanCodingScheme") or ""),
        says=" ".join(str(item.get("fullStatement") or "").split()),
        grades=tuple(map(str, grades)) if isinstance(grades, list) else (),
        kind=str(item.get("CFItemType") or ""),
        parent=parent.get(str(item["identifier"]), ""),
    )


def _held(one: Competency, parent: Mapping[str, str], known: set[str]) -> Competency:
    """A parent that is the document, or is not there, is no competency."""
    above = parent.get(one.id, "")
    return Competency(
        id=one.id,
        code=one.code,
        says=one.says,
        grades=one.grades,
        kind=one.kind,
        parent=above if above in known else "",
    )


def _is_in_a_circle(one: str, parent: Mapping[str, str]) -> bool:
    at, seen = parent.get(one, ""), set[str]()
    while at and at not in seen:
        if at == one:
            return True
        seen.add(at)
        at = parent.get(at, "")
    return False


def _of_list(said: Any, name: str, faults: list[str]) -> Iterator[Competency]:
    """{"standards": [{"grade_level_code": "5", "domain_code": "NF", "cluster_code": "A", ...}]}"""
    rows = said.get("standards") if isinstance(said, dict) else said
    for number, one in enumerate(rows if isinstance(rows, list) else [], start=1):
        if not isinstance(one, dict):
            faults.append(f"{name}, standard {number}: found no table, expected one.")
            continue
        code = str(one.get("code") or one.get("id") or _code(one))
        if not code:
            faults.append(f"{name}, standard {number}: found no code, expected one.")
            continue
        grade = str(one.get("grade_level_code") or one.get("grade") or "")
        yield Competency(
            id=code,
            code=code,
            says=" ".join(str(one.get("description") or one.get("statement") or "").split()),
            grades=(grade,) if grade else (),
            kind="Standard",
            parent=_above(one),
        )


def _code(one: Mapping[str, Any]) -> str:
    grade = f"{one.get('grade_level_code') or ''}{one.get('category_code') or ''}"
    counter = f"{one.get('standard_counter') or ''}"
    sub = one.get("substandard_counter")
    parts = (grade, one.get("domain_code") or "", one.get("cluster_code") or "", counter)
    return ".".join(str(part) for part in parts if part) + (f".{sub}" if sub else "")


def _above(one: Mapping[str, Any]) -> str:
    """A part of a standard stands below the standard."""
    return _code({**one, "substandard_counter": None}) if one.get("substandard_counter") else ""


def _table(said: Any) -> Mapping[str, Any]:
    return said if isinstance(said, dict) else {}
