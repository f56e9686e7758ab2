"""OATutor's problems: each step of a problem becomes an item, each skill a competency.

In:   a folder or a file as oatutor_files.py reads it.
Out:  rows with source and licence; every fault by file and place. Read twice, it changes nothing.
Not here: mastery parameters. Those published with the collection are placeholders, and say so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import nh3
from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify

from ..amounts import read_typed
from ..faults import Fault, shown
from ..load import Loaded, put
from ..models import Competency, Item, ItemFamily, Unit
from ..vocabulary import ItemKind, Response
from .latex import CannotReadFormula, read_formula
from .oatutor_files import Found, read_problems
from .pictures import NoPicture, keep_picture

TAGS = {"b", "i", "em", "strong", "sub", "sup", "br", "p", "ul", "ol", "li", "table", "tr", "td", "th"}
# "-4<x<2" is mathematics, not a tag.
NO_TAG = re.compile(
    r"<(?!/?(?:b|i|em|strong|sub|sup|br|p|ul|ol|li|table|tr|td|th|a|img|span|div|script|style)\b)"
)
PICTURE = re.compile(r"##([\w.-]+)##")
LICENCES = {"CC4.0": "CC BY 4.0"}  # as some rows abbreviate it
ADDRESS_AND_NAME = re.compile(r"\s*(\S+)\s*<([^>]*)>\s*")


class Skip(Exception):
    """This step cannot become an item; the fault is already written down."""


@dataclass(slots=True, kw_only=True)
class _Course:
    """What the problems of one course come to."""

    title: str
    source: str
    licence: str
    competencies: dict[str, dict] = field(default_factory=dict)
    families: dict[str, dict] = field(default_factory=dict)
    items: dict[str, dict] = field(default_factory=dict)

    @property
    def identifier(self) -> str:
        return f"oatutor-{slugify(self.title)}"[:80]


def import_oatutor(path: Path, *, licence: str = "") -> Loaded:
    """Read a folder or a file. ``licence`` holds for rows that name none; without it those are left out."""
    loaded = Loaded()
    courses: dict[str, _Course] = {}
    with transaction.atomic():
        seen: set[str] = set()
        for found in read_problems(path, loaded.faults):
            _take_in(found, courses, seen, licence, loaded.faults)
        for course in courses.values():
            _put(course, loaded)
    return loaded


def _put(course: _Course, loaded: Loaded) -> None:
    unit, _made = Unit.objects.update_or_create(
        identifier=course.identifier,
        # After our own units: a school opens its own first.
        defaults={"title": course.title, "source": course.source, "licence": course.licence, "order": 900},
    )
    # A file may be one part of a course: what it does not name is left as it is.
    competencies = put(Competency, unit, course.competencies, loaded, retire=False)
    for words in (*course.families.values(), *course.items.values()):
        words["competency"] = competencies[words["competency"]]
    families = put(ItemFamily, unit, course.families, loaded, retire=False)
    for words in course.items.values():
        words["family"] = families[words["family"]]
    put(Item, unit, course.items, loaded, retire=False)


def _take_in(
    found: Found, courses: dict[str, _Course], seen: set[str], licence: str, faults: list[Fault]
) -> None:
    problem = found.problem
    identifier = problem.get("id")
    if not isinstance(identifier, str) or not identifier or not isinstance(problem.get("steps"), list):
        faults.append(found.fault("id", found=shown(identifier), expected="a problem with an id and steps"))
        return
    if identifier in seen:
        faults.append(found.fault("id", found=f"{shown(identifier)} again", expected="each problem once"))
        return
    seen.add(identifier)
    terms = _terms(problem.get("license")) or _terms(problem.get("licenceOfCourse")) or licence
    if not terms:
        faults.append(found.fault("license", found="nothing", expected="the terms on which it may be used"))
        return
    title = problem.get("courseName") or "OATutor"
    source = f"OATutor, {_terms(problem.get('oer')) or title}"[:200]
    course = courses.setdefault(title, _Course(title=str(title)[:200], source=source, licence=terms[:200]))
    for reader in _steps(found, faults):
        reader.add_to(course, source=source, licence=terms[:200])


def _terms(raw: object) -> str:
    """'https://... <CC BY 4.0>' as 'CC BY 4.0 (https://...)'."""
    text = str(raw or "").strip()
    if found := ADDRESS_AND_NAME.fullmatch(text):
        return f"{found[2]} ({found[1]})"
    return LICENCES.get(text, text)


def _steps(found: Found, faults: list[Fault]) -> Iterator[_Step]:
    for number, step in enumerate(found.problem["steps"], start=1):
        reader = _Step(found=found, number=number, step=step, faults=faults)
        if reader.is_usable():
            yield reader


@dataclass(slots=True, kw_only=True)
class _Step:
    """One step of a problem, on its way to an item."""

    found: Found
    number: int
    step: Any
    faults: list[Fault]

    def is_usable(self) -> bool:
        if not isinstance(self.step, dict) or not isinstance(self.step.get("id"), str):
            self._fault("id", found=shown(self.step), expected="a step with an id")
            return False
        return True

    def add_to(self, course: _Course, *, source: str, licence: str) -> None:
        try:
            self._add_to(course, {"source": source, "licence": licence})
        except Skip:
            return

    def _add_to(self, course: _Course, terms: dict[str, str]) -> None:
        skill = self._skill()
        words = self._words()
        competency = _code(f"{course.identifier}:{skill}", 160)
        family = _code(f"oatutor-{self.found.problem['id']}", 120)
        course.competencies.setdefault(competency, _competency(skill, len(course.competencies)) | terms)
        course.families.setdefault(
            family,
            {
                "title": self._title(),
                "competency": competency,
                "kind": ItemKind.OTHER,
                "order": len(course.families),
            }
            | terms,
        )
        course.items[_code(f"oatutor-{self.step['id']}", 140)] = (
            words | {"family": family, "competency": competency, "order": self.number} | terms
        )

    # --- what a step must have ---------------------------------------------------------------------

    def _skill(self) -> str:
        skills = [s for s in self.step.get("skills") or [] if isinstance(s, str) and s.strip()]
        if not skills:
            self._fault("skills", found="nothing", expected="the skill that it asks for")
            raise Skip
        if len(skills) > 1:
            self._fault(
                "skills", found=f"{len(skills)} skills", expected="one (the first is used)", heavy=False
            )
        return skills[0].strip().rstrip(".")

    def _words(self) -> dict[str, Any]:
        if self.step.get("variabilization"):
            self._fault(
                "variabilization", found="variables", expected="a question with its numbers filled in"
            )
            raise Skip
        problem, step = self.found.problem, self.step
        parts = [problem.get("title"), problem.get("body"), step.get("stepTitle"), step.get("stepBody")]
        stem = "".join(f"<p>{self._html(p, 'stem')}</p>" for p in parts if isinstance(p, str) and p.strip())
        if not stem:
            self._fault("stepTitle", found="nothing", expected="a question")
            raise Skip
        return self._answered() | {"stem_html": stem, "hints": self._hints(), "figure_svg": ""}

    def _answered(self) -> dict[str, Any]:
        answers = [a for a in self.step.get("stepAnswer") or [] if isinstance(a, str) and a.strip()]
        if not answers:
            self._fault("stepAnswer", found="nothing", expected="the answer")
            raise Skip
        kind = self.step.get("problemType")
        if kind == "MultipleChoice":
            return self._to_choose(answers)
        if kind != "TextBox":
            self._fault("problemType", found=shown(kind), expected="'MultipleChoice' or 'TextBox'")
            raise Skip
        return self._to_write(answers)

    def _to_choose(self, answers: list[str]) -> dict[str, Any]:
        given = [c for c in self.step.get("choices") or [] if isinstance(c, str)]
        different = list(dict.fromkeys(given))
        if len(different) < len(given):
            self._fault(
                "choices", found="one choice twice", expected="each once (it is kept once)", heavy=False
            )
        if len(different) < 2 or sum(choice in answers for choice in different) != 1:
            self._fault("choices", found=shown(answers), expected="one of at least two choices as the answer")
            raise Skip
        choices = [self._choice(text, right=text in answers) for text in different]
        right = next(choice for choice in choices if choice["right"])
        return {
            "response": Response.CHOICE,
            "choices": sorted(choices, key=lambda choice: choice["key"]),
            "answer": {"key": right["key"], "text": right["text"]},
            "worked_html": f"<p>{right['label_html']}</p>",
        }

    def _choice(self, text: str, *, right: bool) -> dict[str, Any]:
        key = hashlib.sha256(f"{self.step['id']}|{text}".encode()).hexdigest()[:8]
        # Others do not say what a wrong choice shows, so neither do we.
        return {
            "key": key,
            "label_html": self._html(text, "choices"),
            "text": _plain(text),
            "right": right,
            "misconception": "",
        }

    def _to_write(self, answers: list[str]) -> dict[str, Any]:
        accepted = list(dict.fromkeys(_plain(answer) for answer in answers))
        # Amounts are marked by size; an expression in words is right as written, else a person reads it.
        amounts = [read_typed(text) for text in accepted]
        kind = Response.TEXT
        if all(amounts):
            kind = Response.FRACTION if "/" in accepted[0] else Response.NUMBER
        return {
            "response": kind,
            "choices": [],
            "answer": {"text": accepted[0], "form": "any", "accept": accepted, "known_wrong": []},
            "worked_html": f"<p>{self._html(answers[0], 'stepAnswer')}</p>",
        }

    # --- hints and words ---------------------------------------------------------------------------

    def _hints(self) -> list[str]:
        hints = [hint for hint in self.step.get("hints") or [] if isinstance(hint, dict)]
        if not hints:
            self._fault("hints", found="nothing", expected="hints", heavy=False)
        known = {hint.get("id") for hint in hints}
        for number, hint in enumerate(hints, start=1):
            for before in hint.get("dependencies") or []:
                if before not in known:
                    place = f"hints.{number}.dependencies"
                    expected = "a hint of this step (shown without it)"
                    self._fault(place, found=shown(before), expected=expected, heavy=False)
        return [html for hint in hints if (html := self._hint(hint))]

    def _hint(self, hint: dict[str, Any]) -> str:
        """The hint with the answer to its own question; nothing when its picture is not there."""
        words = [hint.get("text"), *(f"→ {a}" for a in hint.get("hintAnswer") or [])]
        try:
            return " ".join(self._html(w, "hints") for w in words if isinstance(w, str) and w.strip())
        except Skip:
            return ""

    def _title(self) -> str:
        problem = self.found.problem
        for words in (problem.get("title"), problem.get("body"), self.step.get("stepTitle")):
            if isinstance(words, str) and words.strip():
                return _plain(words)[:200]
        return str(problem["id"])

    def _html(self, text: str, place: str) -> str:
        """Words, formulas between $$ and pictures between ##, cleaned and drawn."""
        pieces = text.replace("\\n", "\n").split("$$")
        if len(pieces) % 2 == 0:
            self._fault(place, found="one $$ without its other", expected="$$ in pairs", heavy=False)
            pieces.append("")
        html = [self._formula(p, place) if i % 2 else self._prose(p, place) for i, p in enumerate(pieces)]
        return "".join(html).strip()

    def _formula(self, source: str, place: str) -> str:
        try:
            return read_formula(source).html
        except CannotReadFormula as problem:
            self._fault(
                place, found=shown(source), expected=f"{problem} (shown as it was written)", heavy=False
            )
            return f"<code>{escape(source)}</code>"

    def _prose(self, text: str, place: str) -> str:
        if "<img" in text.lower():
            self._fault(
                place, found="a picture by its address", expected="a picture in the folder", heavy=False
            )
        parts = PICTURE.split(text)
        cleaned = [
            self._picture(part, place)
            if i % 2
            else nh3.clean(NO_TAG.sub("&lt;", part), tags=TAGS, attributes={})
            for i, part in enumerate(parts)
        ]
        return "".join(cleaned).replace("\n", "<br>")

    def _picture(self, name: str, place: str) -> str:
        """A question, or a hint, whose picture is not there is left out."""
        folder = self.found.pictures
        try:
            if folder is None or not (folder / name).is_file() or Path(name).name != name:
                raise NoPicture("the picture itself beside the problem")
            picture = keep_picture((folder / name).read_bytes())
        except NoPicture as problem:
            in_hint = place == "hints"
            expected = f"{problem} (the hint is left out)" if in_hint else str(problem)
            self._fault(place, found=shown(name), expected=expected, heavy=not in_hint)
            raise Skip from problem
        source = reverse("curriculum:picture", args=[picture.identifier])
        return (
            f'<img src="{source}" width="{picture.width}" height="{picture.height}"'
            f' alt="Picture of the question, as published">'
        )

    def _fault(self, place: str, *, found: str, expected: str, heavy: bool = True) -> None:
        where = f"steps.{self.number}.{place}"
        fault = self.found.fault(where, found=found, expected=expected, heavy=heavy)
        if fault not in self.faults[-20:]:
            self.faults.append(fault)


def _code(words: str, longest: int) -> str:
    """An identifier that can stand in an address: "add/subtract" cannot."""
    return re.sub(r"[^A-Za-z0-9._:-]+", "-", words)[:longest]


def _competency(skill: str, order: int) -> dict[str, Any]:
    words = skill.replace("_", " ").strip()
    name = (words[:1].upper() + words[1:])[:120]
    return {"short_name": name, "statement": f"{name}.", "grade": "", "order": order}


def _plain(text: str) -> str:
    """The words and signs alone, as a child would type them."""
    pieces = re.sub(r"##[^#]*##", "", text.replace("\\n", " ")).split("$$")
    return " ".join("".join(_formula_text(p) if i % 2 else p for i, p in enumerate(pieces)).split())


def _formula_text(source: str) -> str:
    try:
        return read_formula(source).text
    except CannotReadFormula:
        return source
