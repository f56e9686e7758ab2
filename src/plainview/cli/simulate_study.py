"""`plainview simulate study OUT.csv`: a study whose truth is known, its design file, and the truth beside it.

In:   the effect, how many students and classes, how many are lost, a seed.
Out:  OUT.csv and OUT.toml as a study is handed over; truth-of-OUT.students.csv with what was true of each
      student.
Not here: how it is simulated (core.audit.efficacy.simulate).
"""

from argparse import Namespace
from pathlib import Path
from typing import Any

from plainview.cli import amount
from plainview.core.mendable import Mendable

DESIGN = """\
# A made-up trial. What was true stands in {truth}.
[study]
title = "{title}"
kind = "rct"
assigned = "{assigned}"

[rows]
file = "{rows}"
treated = "treated"
{cluster}site = "site"
use = "minutes"
recommended = 60

[[outcome]]
name = "posttest"
domain = "achievement"
standardised = true
after = "post"
before_columns = ["pre"]
"""


def add_to(asking: Any) -> None:
    """The words of `simulate study` beside those of the other worlds."""
    words = asking.add_argument_group("study")
    words.add_argument("--effect", type=amount.number, default=0.25, help="in standard deviations (0.25)")
    words.add_argument(
        "--clusters", type=amount.count_or_none, default=40, help="classes, both arms; 0: students (40)"
    )
    words.add_argument(
        "--icc", type=amount.share, default=0.15, help="how alike students of a class are (0.15)"
    )
    words.add_argument("--attrition", type=amount.share, default=0.1, help="share that is lost (0.1)")
    words.add_argument("--selective", action="store_true", help="the lowest of the treated arm are lost")


def answer(asked: Namespace) -> int:
    """Simulate, write, say what was written."""
    from plainview.cli.simulate import truth_of
    from plainview.core.audit.efficacy.simulate import World, simulate

    out = Path(asked.out)
    if out.suffix != ".csv":
        raise Mendable(f"{out}: expected a name that ends in .csv.")
    try:
        world = World(
            effect=asked.effect,
            n_clusters=asked.clusters,
            n_students=asked.students,
            icc=asked.icc,
            attrition=asked.attrition,
            selective=asked.selective,
        )
        made = simulate(world, seed=asked.seed)
    except ValueError as fault:
        raise Mendable(str(fault)) from None
    _write(out, made, has_clusters=bool(asked.clusters))
    lost = int((~made.stayed).sum())
    print(
        f"{len(made.treated):,} students, {lost:,} of them lost, are in {out}, the design in "
        f"{out.with_suffix('.toml')}, what was true in {truth_of(out, 'students')}."
    )
    return 0


def _write(out: Path, made: Any, *, has_clusters: bool) -> None:
    import numpy as np  # only now: `plainview --help` reads the words above

    from plainview.cli.simulate import truth_of
    from plainview.cli.simulate import written as write

    student = np.array([f"s{n + 1}" for n in range(len(made.treated))])
    post = [None if np.isnan(value) else float(value) for value in made.post]
    rows: dict[str, Any] = {"student": student, "treated": made.treated.astype(np.int8)}
    if has_clusters:
        rows["class"] = np.array([f"c{code + 1}" for code in made.cluster])
    rows |= {"site": np.array([f"site {code + 1}" for code in made.site]), "pre": made.pre, "post": post}
    write(out, rows | {"minutes": made.use})
    truth = {"student": student, "without": made.without, "with": made.with_it, "stayed": made.stayed}
    write(truth_of(out, "students"), truth)
    design = DESIGN.format(
        truth=truth_of(out, "students").name,
        title=out.stem,
        rows=out.name,
        assigned="clusters" if has_clusters else "students",
        cluster='cluster = "class"\n' if has_clusters else "",
    )
    try:
        out.with_suffix(".toml").write_text(design, encoding="utf-8")
    except OSError as fault:
        raise Mendable(f"{out}: this file cannot be written ({fault.strerror or fault}).") from None
