"""A study's design file, and the rows beside it, read: every fault by file and place.

In:   study.toml; the table that it names, if any.
Out:  a Study.
Not here: counting (from_summary, from_rows). The format is told in docs/for-reviewers/study.md.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from plainview.core.audit.efficacy.attrition import Attrition, attrition
from plainview.core.audit.efficacy.effect import Arm
from plainview.core.audit.efficacy.outcome import Outcome
from plainview.core.audit.efficacy.rating import Kind
from plainview.core.audit.efficacy.study import (
    Asked,
    Before,
    Clusters,
    Design,
    Names,
    Reported,
    Rows,
    Share,
    Study,
)
from plainview.core.dossier.columns import Columns, columns_of
from plainview.core.dossier.shape import Shape
from plainview.core.mendable import Mendable
from plainview.core.plural import agreeing, counted
from plainview.core.toml import toml_of

Said = Mapping[str, Any]
SCHEMA = "study.schema.json"


def read_study(path: Path, *, file: str) -> Study:
    """Read a design file, and the table that it names.

    Raises
    ------
    Mendable
        With every fault of the file.
    """
    said = _toml(path, file)
    made, told = _design(said, file), tuple(_unknown(said, file))
    if "rows" in said:
        asked = tuple(_asked(one) for one in said["outcome"])
        rows, more = _rows(said, asked, path.parent, file)
        return Study(file=file, design=made, asked=asked, rows=rows, told=(*told, *more))
    faults: list[str] = []
    reported = tuple(
        one for n, given in enumerate(said["outcome"], 1) if (one := _reported(given, n, file, faults))
    )
    if faults:
        raise Mendable(*faults)
    return Study(file=file, design=made, reported=reported, told=told)


def _toml(path: Path, file: str) -> Said:
    try:
        text = path.read_text(encoding="utf-8-sig")
        said: Said = toml_of(text, file=file)
    except UnicodeDecodeError:
        raise Mendable(f"{file}: found bytes that are not UTF-8, expected text.") from None
    except OSError as fault:
        raise Mendable(f"{file}: this file cannot be read ({fault.strerror or fault}).") from None
    if faults := Shape(said, _schema(), file=file, text=text).faults:
        raise Mendable(*faults)
    return said


@cache
def _schema() -> Said:
    found: Said = json.loads(files(__package__).joinpath(SCHEMA).read_text(encoding="utf-8"))
    return found


def _unknown(said: Said, file: str) -> list[str]:
    return Shape(said, _schema(), file=file).unknown


# --- the design ---------------------------------------------------------------------------------------


def _design(said: Said, file: str) -> Design:
    study = said["study"]
    clusters, lost = said.get("clusters"), said.get("attrition", {})
    boundary = study.get("boundary", "cautious")
    return Design(
        title=study.get("title", Path(file).name),
        kind=Kind(study["kind"]),
        version=study.get("version", "5.0"),
        boundary=boundary,
        assigned=study.get("assigned", "students"),
        n_sites=study.get("sites"),
        is_compromised=study.get("is_compromised", False),
        confound=study.get("confound", ""),
        units_treated=study.get("units_treated"),
        units_control=study.get("units_control"),
        has_logic_model=study.get("has_logic_model", False),
        study_under_way=study.get("study_under_way", False),
        clusters=None if clusters is None else _clusters(clusters),
        attritions=tuple(
            _attrition(lost[level], level, boundary, file)
            for level in ("clusters", "students")
            if level in lost
        ),
    )


def _clusters(said: Said) -> Clusters:
    return Clusters(
        treated=said.get("treated", 0),
        control=said.get("control", 0),
        icc=said.get("icc"),
        counted=said.get("counted", False),
    )


def _attrition(said: Said, level: str, boundary: Any, file: str) -> Attrition:
    try:
        return attrition(
            assigned_treated=said["treated"]["assigned"],
            assigned_control=said["control"]["assigned"],
            analysed_treated=said["treated"]["analysed"],
            analysed_control=said["control"]["analysed"],
            boundary=boundary,
            level=level,
        )
    except ValueError as fault:
        raise Mendable(f"{file}, [attrition.{level}]: {fault}") from None


def _outcome(said: Said) -> Outcome:
    return Outcome(
        name=said["name"],
        domain=said.get("domain", ""),
        is_standardised=said.get("standardised", False),
        internal=said.get("internal"),
        retest=said.get("retest"),
        raters=said.get("raters"),
        has_face_validity=said.get("face_validity", True),
        is_vendors_own=said.get("vendors_own", False),
        is_over_aligned=said.get("over_aligned", False),
        same_in_both_arms=said.get("same_in_both_arms", True),
    )


# --- summary numbers ----------------------------------------------------------------------------------


def _reported(said: Said, n: int, file: str, faults: list[str]) -> Reported | None:
    where = f"{file}, outcome {n} ({said['name']})"
    arms = [_arm(said.get(arm), f"{where}, {arm}", faults) for arm in ("treated", "control")]
    before = _before(said.get("before"), where, faults)
    if arms[0] is None or arms[1] is None:
        return None
    return Reported(
        outcome=_outcome(said),
        treated=arms[0],
        control=arms[1],
        difference=said.get("difference"),
        standard_error=said.get("standard_error"),
        t=said.get("t"),
        r_squared=said.get("r_squared", 0.0),
        before=before,
    )


def _arm(said: Said | None, where: str, faults: list[str]) -> Arm | Share | None:
    said = said or {}
    try:
        if "share" in said:
            return Share(n=said["n"], share=float(said["share"]))
        return Arm(n=said["n"], mean=float(said["mean"]), sd=float(said["sd"]))
    except KeyError as absent:
        faults.append(f"{where}: found no {absent.args[0]!r}, expected n with mean and sd, or n with share.")
    except ValueError as fault:
        faults.append(f"{where}: {fault}")
    return None


def _before(said: Said | None, where: str, faults: list[str]) -> Before | None:
    if said is None:
        return None
    is_given = "g" in said
    arms = [
        None if is_given and arm not in said else _arm(said.get(arm), f"{where}, before, {arm}", faults)
        for arm in ("treated", "control")
    ]
    return Before(
        name=said.get("name", "the pretest"),
        treated=arms[0],
        control=arms[1],
        g=said.get("g"),
        is_same_test=said.get("same_test", False),
        is_adjusted=said.get("adjusted", False),
        r=said.get("r"),
        take_off=said.get("difference_in_differences", False),
    )


# --- rows ---------------------------------------------------------------------------------------------


def _asked(said: Said) -> Asked:
    return Asked(
        outcome=_outcome(said),
        after=said.get("after", said["name"]),
        before=_several(said.get("before_columns", ())),
        also=_several(said.get("also", ())),
    )


def _several(said: Any) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def _rows(said: Said, asked: tuple[Asked, ...], folder: Path, file: str) -> tuple[Rows, tuple[str, ...]]:
    where = said["rows"]
    name = str(where["file"])
    inside = (folder / name).resolve()
    if not inside.is_relative_to(folder.resolve()):
        raise Mendable(f"{file}, [rows]: found the file '{name}', expected one beside {file}.")
    table = columns_of(inside, file=name)
    wanted = {column for one in asked for column in (one.after, *one.before, *one.also)}
    exact = _several(where.get("exact", ()))
    table.need([where["treated"], *sorted(wanted), *exact])
    treated = table.yes(where["treated"], is_yes=where.get("treated_is"))
    there = ~np.isnan(treated)
    numbers = {column: table.number(column)[there] for column in wanted}
    rows = Rows(
        treated=treated[there] > 0,
        cluster=_names(table, where.get("cluster"), there),
        site=_names(table, where.get("site"), there),
        strata=_strata(table, _several(where.get("strata", ())), there),
        numbers=numbers,
        exact={column: table.text(column)[there] for column in exact},
        use=table.number(where["use"])[there] if "use" in where else None,
        recommended=where.get("recommended"),
        caliper=where.get("caliper"),
    )
    told = list(table.told)
    if not there.all():
        n = int((~there).sum())
        told.append(f"{name}: {counted(n, 'row', 'say')} of no arm and {agreeing(n, 'were')} left out.")
    return rows, tuple(told)


def _names(table: Columns, column: str | None, there: Any) -> Names | None:
    if column is None:
        return None
    found: Names = table.text(column)[there]
    return found


def _strata(table: Columns, columns: tuple[str, ...], there: Any) -> Names | None:
    if not columns:
        return None
    parts = [table.text(column)[there] for column in columns]
    joined: Names = parts[0]
    for part in parts[1:]:
        joined = np.char.add(np.char.add(joined, "\x1f"), part)
    return np.asarray(joined, np.str_)
