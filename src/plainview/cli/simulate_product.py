"""`plainview simulate product KIND OUT.csv`: a log of a product of which it is known whether it adapts.

In:   a tutor's name, what the students are like, a seed.
Out:  OUT.csv as a vendor would hand it over, with assigned_by and reason; OUT.groups.csv;
      truth-of-OUT.students.csv with what was true of each student. Says whether the product adapts.
Not here: the tutors (core.tutors.products), the students (core.tutors.taught).
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from plainview.cli import amount
from plainview.core.mendable import Mendable

MADE = 0
Columns = dict[str, Any]


def parser() -> argparse.ArgumentParser:
    from plainview.core.tutors.products import PRODUCTS

    asking = argparse.ArgumentParser(
        prog="plainview simulate product",
        description="Writes the log of a product of which it is known whether it adapts, OUT.csv, its "
        "groups, OUT.groups.csv, and what was true of each student, truth-of-OUT.students.csv: no dossier "
        "takes that for an exhibit.",
    )
    asking.add_argument("kind", choices=tuple(PRODUCTS), help="which product")
    asking.add_argument("out", help="the file to write, for example log.csv")
    asking.add_argument("--students", type=amount.count, default=150, help="how many (150)")
    asking.add_argument("--steps", type=amount.count, default=20, help="of each student (20)")
    asking.add_argument(
        "--gain", type=amount.number, default=0.0, help="log-odds that students gain over all steps (0)"
    )
    asking.add_argument("--guess", type=amount.share, default=0.0, help="chance to guess right (0)")
    asking.add_argument(
        "--unequal", type=amount.spread, default=0.0, help="how much items differ in discrimination (0)"
    )
    asking.add_argument(
        "--leaves", type=amount.share, default=0.0, help="chance to stop after each answer (0)"
    )
    asking.add_argument(
        "--gap", type=amount.number, default=0.0, help="log-odds by which group b starts lower (0)"
    )
    asking.add_argument("--seed", type=amount.seed, required=True, help="the same seed gives the same log")
    return asking


def answer(words: Sequence[str]) -> int:
    """Simulate, write, say what was written."""
    asked = parser().parse_args(list(words))
    out = Path(asked.out)
    if out.suffix != ".csv":
        raise Mendable(f"{out}: expected a name that ends in .csv.")
    from plainview.cli.simulate import truth_of
    from plainview.core.plural import counted
    from plainview.core.tutors.products import ADAPTS
    from plainview.core.tutors.taught import World, simulate

    world = World(
        n_students=asked.students,
        n_steps=asked.steps,
        gain=asked.gain,
        guess=asked.guess,
        unequal=asked.unequal,
        leaves=asked.leaves,
        gap=asked.gap,
        said_by_product=False,
    )
    made = simulate(asked.kind, world, seed=asked.seed)
    from plainview.cli.simulate import written as write

    for path, columns in _files(made, out):
        write(path, columns)
    adapts = "adapts" if ADAPTS[asked.kind] else "does not adapt"
    log = made.coded
    print(
        f"{counted(log.n_rows, 'answer')} of {counted(log.n_students, 'student')} in {out}, what was true of "
        f"them in {truth_of(out, 'students')}. The product {adapts}."
    )
    return MADE


def _files(made: Any, out: Path) -> list[tuple[Path, Columns]]:
    import numpy as np

    from plainview.cli.simulate import truth_of

    log = made.coded
    names = np.array(log.students, dtype=object)
    skills = np.array(log.skills, dtype=object)
    rows = {
        "student": names[log.student],
        "at": np.arange(1, log.n_rows + 1),
        "item": np.array(log.items, dtype=object)[log.item],
        "skills": skills[log.skill],
        "correct": log.correct.astype(np.int8),
        "assigned_by": _texts(made.assigned_by),
        "reason": _texts(made.reason),
        "difficulty": np.round(made.difficulty, 4),
    }
    profiles = [student.profile for student in made.students]
    groups = {
        "student": names,
        "group": [profile.group for profile in profiles],
        "school_poverty": [profile.school_poverty for profile in profiles],
    }
    truth = {
        "student": names,
        "ability": [student.ability for student in made.students],
        "gain": [student.gain for student in made.students],
        "placement": [profile.placement for profile in profiles],
    }
    return [
        (out, rows),
        (out.with_suffix(".groups.csv"), groups),
        (truth_of(out, "students"), truth),
    ]


def _texts(labels: Any) -> Any:
    import numpy as np

    return np.array(labels.names, dtype=object)[labels.codes]
