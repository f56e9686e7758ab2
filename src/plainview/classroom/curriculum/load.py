"""From content files to rows.

In:   a folder of content.
Out:  rows that say what the files say, how many are new, changed, retired; of a unit with a fault, nothing.
Not here: deleting. What left the files is retired: old evidence and old plans still point at it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.db import models, transaction
from django.utils import translation

from . import render
from .check import Checked, check_units
from .faults import Fault
from .models import Activity, Competency, Item, ItemFamily, Misconception, Unit

Row = TypeVar("Row", bound=models.Model)


@dataclass(slots=True, kw_only=True)
class Loaded:
    """What a load did, by table."""

    made: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    retired: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def count(self, what: str, model: type[models.Model]) -> None:
        counts, name = getattr(self, what), str(model._meta.verbose_name_plural)
        counts[name] = counts.get(name, 0) + 1

    @property
    def is_whole(self) -> bool:
        return not any(fault.heavy for fault in self.faults)


def load_content(path: Path) -> Loaded:
    """Read every unit; each is loaded whole or not at all."""
    loaded = Loaded()
    for checked in check_units(path):
        loaded.faults += checked.faults
        if not any(fault.heavy for fault in checked.faults):
            with translation.override(checked.read.unit.says.language):
                _load_unit(checked, loaded)
    return loaded


@transaction.atomic
def _load_unit(checked: Checked, loaded: Loaded) -> None:
    unit = _unit(checked)
    competencies = _competencies(checked, unit, loaded)
    misconceptions = _misconceptions(checked, unit, loaded)
    families = _families(checked, unit, competencies, loaded)
    _items(checked, unit, families, loaded)
    _activities(checked, unit, competencies, misconceptions, families, loaded)


def _unit(checked: Checked) -> Unit:
    says = checked.read.unit.says
    words = {
        name: getattr(says, name) for name in ("title", "grade", "language", "source", "licence", "order")
    }
    words["for_families_html"] = render.block(says.for_families)
    return Unit.objects.update_or_create(identifier=says.unit, defaults=words)[0]


def _competencies(checked: Checked, unit: Unit, loaded: Loaded) -> dict[str, Competency]:
    said = [entry.says for entry in checked.read.competencies]
    wanted = {
        entry.competency: {
            "statement": render.plain(entry.statement),
            "short_name": entry.short_name,
            "grade": entry.grade,
            "order": order,
        }
        for order, entry in enumerate(said, start=1)
    }
    rows = put(Competency, unit, wanted, loaded)
    for entry in said:
        rows[entry.competency].requires.set([rows[code] for code in entry.requires])
    return rows


def _misconceptions(checked: Checked, unit: Unit, loaded: Loaded) -> dict[str, Misconception]:
    wanted = {
        entry.says.misconception: {
            "name": entry.says.name,
            "what_it_looks_like": render.block(entry.says.what_it_looks_like),
            "what_helps": render.block(entry.says.what_helps),
            "order": order,
        }
        for order, entry in enumerate(checked.read.misconceptions, start=1)
    }
    return put(Misconception, unit, wanted, loaded)


def _families(checked: Checked, unit: Unit, competencies, loaded: Loaded) -> dict[str, ItemFamily]:
    wanted = {
        entry.says.family: {
            "title": entry.says.title,
            "competency": competencies[entry.says.competency],
            "kind": entry.says.kind,
            "order": order,
        }
        for order, entry in enumerate(checked.read.families, start=1)
    }
    return put(ItemFamily, unit, wanted, loaded)


def _items(checked: Checked, unit: Unit, families: dict[str, ItemFamily], loaded: Loaded) -> None:
    wanted = {}
    for entry in checked.read.families:
        family = families[entry.says.family]
        for order, made in enumerate(checked.items[entry.says.family], start=1):
            wanted[made.identifier] = {
                "family": family,
                "competency": family.competency,
                "stem_html": made.stem_html,
                "figure_svg": made.figure_svg,
                "response": entry.says.response,
                "choices": made.choices,
                "answer": made.answer,
                "hints": made.hints,
                "worked_html": made.worked_html,
                "order": order,
            }
    put(Item, unit, wanted, loaded)


def _activities(checked: Checked, unit: Unit, competencies, misconceptions, families, loaded: Loaded) -> None:
    said = [entry.says for entry in checked.read.activities]
    wanted = {entry.activity: _activity(entry, order) for order, entry in enumerate(said, start=1)}
    rows = put(Activity, unit, wanted, loaded)
    for entry in said:
        row = rows[entry.activity]
        row.competencies.set([competencies[code] for code in entry.competencies])
        row.misconceptions.set([misconceptions[name] for name in entry.misconceptions])
        row.item_families.set([families[name] for name in entry.practice])


def _activity(entry, order: int) -> dict:
    same = ("title", "kind", "minutes", "adult_minutes", "medium", "screen_minutes", "with_whom", "materials")
    return {name: getattr(entry, name) for name in same} | {
        "group_min": entry.group[0],
        "group_max": entry.group[1],
        "student_words": render.plain(entry.student_words),
        "teacher_html": render.block(entry.teacher),
        "student_html": render.block(entry.student),
        "paper_html": render.block(entry.paper),
        "not_with_supports": entry.not_with_supports,
        "order": order,
    }


def put(
    model: type[Row], unit: Unit, wanted: dict[str, dict], loaded: Loaded, *, retire: bool = True
) -> dict[str, Row]:
    """Rows of a unit as they are wanted: made, changed or left as they are; the others retired."""
    there = {row.identifier: row for row in model.objects.filter(identifier__in=wanted)}
    origin = {"unit": unit, "source": unit.source, "licence": unit.licence, "retired": False}
    rows = {
        identifier: _put_one(model, there.get(identifier), identifier, origin | words, loaded)
        for identifier, words in wanted.items()
    }
    if retire:
        _retire_others(model, unit, wanted, loaded)
    return rows


def _retire_others(model: type[Row], unit: Unit, wanted: dict[str, dict], loaded: Loaded) -> None:
    for row in model.objects.filter(unit=unit, retired=False).exclude(identifier__in=wanted):
        row.retired = True
        row.save(update_fields=["retired"])
        loaded.count("retired", model)


def _put_one(model, row, identifier: str, words: dict, loaded: Loaded):
    if row is None:
        loaded.count("made", model)
        return model.objects.create(identifier=identifier, **words)
    differing = [name for name, value in words.items() if getattr(row, name) != value]
    if not differing:
        loaded.count("unchanged", model)
        return row
    for name in differing:
        setattr(row, name, words[name])
    row.save(update_fields=differing)
    loaded.count("changed", model)
    return row
