"""The two forms in which OATutor's problems are published, read as one.

In:   a folder with content-pool/, coursePlans.json, skillModel.json; or a .jsonl(.gz) file, a problem a line.
Out:  problem after problem with its place, and every file or line that cannot be read.
Not here: what a problem means (oatutor.py).
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..faults import Fault, shown

LONGEST_LINE = 2_000_000  # characters; the longest published problem has some 20,000
LARGEST_FILE = 2_000_000  # bytes of one JSON file


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One problem as it was published."""

    file: str
    line: int | None
    problem: dict[str, Any]
    pictures: Path | None  # the folder of its pictures, where the form has one

    def fault(self, field: str, *, found: str, expected: str, heavy: bool = True) -> Fault:
        return Fault(file=self.file, line=self.line, field=field, found=found, expected=expected, heavy=heavy)


def read_problems(path: Path, faults: list[Fault]) -> Iterator[Found]:
    """Every problem of a folder or of a file."""
    if path.is_dir() and (path / "content-pool").is_dir():
        yield from _of_folder(path, faults)
    elif path.is_file():
        yield from _of_lines(path, faults)
    else:
        faults.append(
            Fault(
                file=str(path), found="neither", expected="a folder with content-pool/, or a .jsonl(.gz) file"
            )
        )


def _of_lines(path: Path, faults: list[Fault]) -> Iterator[Found]:
    try:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            yield from _problems(path, lines, faults)
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as problem:
        faults.append(
            Fault(file=path.name, found=shown(problem), expected="a text file in UTF-8, or gzip of one")
        )


def _problems(path: Path, lines, faults: list[Fault]) -> Iterator[Found]:
    number = 0
    while line := lines.readline(LONGEST_LINE):
        number += 1
        if not line.strip():
            continue
        problem = _object(line, Fault(file=path.name, line=number, found="", expected=""), faults)
        if problem is not None:
            yield Found(file=path.name, line=number, problem=problem, pictures=None)


def _object(text: str, place: Fault, faults: list[Fault]) -> dict[str, Any] | None:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as problem:
        faults.append(
            Fault(file=place.file, line=place.line, found=shown(problem), expected="one problem as JSON")
        )
        return None
    if not isinstance(read, dict):
        faults.append(
            Fault(file=place.file, line=place.line, found=shown(text), expected="a problem in {...}")
        )
        return None
    return read


def _of_folder(path: Path, faults: list[Fault]) -> Iterator[Found]:
    skills = _json(path / "skillModel.json", path, dict, faults) or {}
    licences = _course_licences(path, faults)
    for folder in sorted(p for p in (path / "content-pool").iterdir() if p.is_dir()):
        problem = _json(folder / f"{folder.name}.json", path, dict, faults)
        if problem is None:
            continue
        problem["steps"] = [step for step in _steps(folder, path, skills, faults) if step]
        problem.setdefault("licenceOfCourse", licences.get(problem.get("courseName"), ""))
        place = str((folder / f"{folder.name}.json").relative_to(path))
        yield Found(file=place, line=None, problem=problem, pictures=folder / "figures")


def _steps(folder: Path, root: Path, skills: dict, faults: list[Fault]) -> Iterator[dict[str, Any] | None]:
    for step_folder in sorted(p for p in (folder / "steps").glob("*") if p.is_dir()):
        step = _json(step_folder / f"{step_folder.name}.json", root, dict, faults)
        if step is not None:
            pathway = step_folder / "tutoring" / f"{step_folder.name}DefaultPathway.json"
            step["hints"] = (_json(pathway, root, list, faults) or []) if pathway.exists() else []
            step["skills"] = skills.get(step_folder.name, [])
        yield step


def _course_licences(path: Path, faults: list[Fault]) -> dict[str, str]:
    courses = _json(path / "coursePlans.json", path, list, faults) or []
    return {
        course["courseName"]: str(course.get("courseLicense", ""))
        for course in courses
        if isinstance(course, dict) and isinstance(course.get("courseName"), str)
    }


def _json(file: Path, root: Path, kind: type, faults: list[Fault]) -> Any:
    name = str(file.relative_to(root))
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise ValueError(f"a file of {file.stat().st_size:,} bytes")
        read = json.loads(file.read_text(encoding="utf-8"))
    except OSError:
        faults.append(Fault(file=name, found="no such file", expected="a file that can be read"))
    except (ValueError, RecursionError) as problem:
        faults.append(Fault(file=name, found=shown(problem), expected="JSON in UTF-8"))
    else:
        if isinstance(read, kind):
            return read
        faults.append(Fault(file=name, found=shown(read), expected="a list" if kind is list else "{...}"))
    return None
