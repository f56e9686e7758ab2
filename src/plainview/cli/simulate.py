"""`plainview simulate MODEL OUT.csv`: a log of students whose truth is known, and the truth beside it.

In:   which model is true, how large a world, a seed.
Out:  OUT.csv as any log; truth-of-OUT.rows.csv, .students.csv and .items.csv or .skills.csv with the truth.
Not here: how they are simulated (core.learner.simulated_irt, core.learner.tracing.simulate).
"""

import os
from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np

from plainview.core.logs.coded import Coded
from plainview.core.mendable import Mendable
from plainview.core.plural import counted

MADE = 0
Columns = dict[str, Any]


def answer(asked: Namespace) -> int:
    """Simulate, write, say what was written."""
    if asked.model == "product":
        raise Mendable("`product` comes first: plainview simulate product KIND OUT.csv --seed N")
    if asked.model == "study":
        from plainview.cli import simulate_study

        return simulate_study.answer(asked)
    out = Path(asked.out)
    if out.suffix != ".csv":
        raise Mendable(f"{out}: expected a name that ends in .csv.")
    try:
        log, truths = {"irt": _irt, "bkt": _bkt}[asked.model](asked)
    except ValueError as fault:
        raise Mendable(str(fault)) from None
    written(out, _columns(log))
    for what, columns in truths.items():
        written(truth_of(out, what), columns)
    beside = ", ".join(str(truth_of(out, what)) for what in truths)
    print(
        f"{counted(log.n_rows, 'answer')} of {counted(log.n_students, 'student')} in {out}, "
        f"what was true in {beside}."
    )
    return MADE


def truth_of(out: Path, what: str) -> Path:
    """Named so that nobody, and no dossier in whose folder it lies, takes it for what was handed over."""
    return out.with_name(f"truth-of-{out.stem}.{what}.csv")


def _irt(asked: Namespace) -> tuple[Coded, dict[str, Columns]]:
    from plainview.core.learner.simulated_irt import World, simulate

    world = World(
        n_students=asked.students,
        n_items=asked.items,
        n_skills=asked.skills,
        n_answers=asked.answers,
        missing=asked.missing,
        gap=-asked.gap,
        half_life_days=10.0 if asked.forgetting else 1e9,
    )
    made = simulate(world, seed=asked.seed)
    log, truth = made.log, made.truth
    students = {
        "student": log.students,
        "ability": truth.ability,
        "pace": truth.pace,
        "in_group": truth.in_group,
    }
    items = {"item": log.items, "a": truth.discrimination, "b": truth.difficulty}
    return log, {"rows": {"p": truth.p}, "students": students, "items": items}


def _bkt(asked: Namespace) -> tuple[Coded, dict[str, Columns]]:
    from plainview.core.learner.tracing.simulate import World, simulate

    world = World(
        n_students=asked.students,
        n_skills=asked.skills,
        n_items_a_skill=max(1, asked.items // asked.skills),
        mean_length=max(1.0, asked.answers / asked.skills),
        forget=(0.02, 0.1) if asked.forgetting else (0.0, 0.0),
        gap_of_groups=asked.gap,
        missing=asked.missing,
    )
    made = simulate(world, seed=asked.seed)
    log, truth = made.log, made.truth
    students = {"student": log.students, "ability": truth.ability, "in_group": truth.group.astype(bool)}
    names = ("known", "learn", "guess", "slip", "forget")
    skills = {"skill": log.skills} | {name: getattr(truth, name) for name in names}
    rows = {"p": truth.p_right, "knew": truth.knew}
    return log, {"rows": rows, "students": students, "skills": skills}


def _columns(log: Coded) -> Columns:
    """A log in the columns of docs: student, at, item, skills, correct."""
    return {
        "student": np.array(log.students, dtype=object)[log.student],
        "at": _at(log),
        "item": np.array(log.items, dtype=object)[log.item],
        "skills": _skills(log),
        "correct": log.correct.astype(np.int8),
    }


def _at(log: Coded) -> Any:
    if log.at_ms is None:
        return np.arange(1, log.n_rows + 1)
    return np.datetime_as_string(log.at_ms.astype("datetime64[ms]"), unit="s", timezone="UTC")


def _skills(log: Coded) -> list[str]:
    names, codes, starts = log.skills, log.skill.tolist(), log.skill_from.tolist()
    return [";".join([names[k] for k in codes[starts[r] : starts[r + 1]]]) for r in range(log.n_rows)]


def written(path: Path, columns: Columns) -> None:
    """A table as CSV."""
    import pyarrow as pa
    from pyarrow import csv

    if not path.parent.is_dir():
        raise Mendable(f"{path.parent}: there is no such folder.")
    table = pa.table({name: pa.array(values) for name, values in columns.items()})
    try:
        csv.write_csv(table, str(path))
    except OSError as fault:
        raise Mendable(
            f"{path}: this file cannot be written ({os.strerror(fault.errno) if fault.errno else fault})."
        ) from None
