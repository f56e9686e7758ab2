"""`plainview each WHAT LOG -o OUT`, `plainview merge PART ... -o OUT`: a log of any size, group by group.

In:   a log; what is asked of each skill, item or student; in threads, on Spark, or one shard of many.
Out:  one Parquet file; the same whichever way. 0 done, 2 something to mend, 3 cannot say. Progress on stderr.
Not here: what is computed, and by whom (core.runners).
"""

import argparse
import hashlib
import sys
from pathlib import Path
from typing import Any

from plainview.core.mendable import Mendable
from plainview.core.plural import counted

DONE, CANNOT = 0, 3
# What core.runners.catalogue holds, in words: it is not loaded to say what there is.
WHAT = {
    "skill": "how many students gave which answers at each skill: all that knowledge tracing needs",
    "item": "how hard each item is, and whether it goes with the rest",
    "dif": "whether each item favours a group of --groups, among students who know as much",
    "student": "how likely each answer was, one step ahead, by the fit of --fit",
}


def add_to(commands: Any) -> None:
    """The words after `each` and `merge`."""
    each = commands.add_parser(
        "each",
        help="ask of every skill, item or student of a log of any size",
        description="; ".join(f"{what}: {words}" for what, words in WHAT.items()) + ".",
    )
    each.add_argument("what", choices=tuple(WHAT))
    each.add_argument("log", help="a learning log of any format that is read here, or a folder of it")
    each.add_argument("-o", "--out", required=True, metavar="FILE", help="the Parquet file to write")
    each.add_argument("--shard", metavar="I/N", help="only the I-th of N shards of students: a part to merge")
    each.add_argument("--shards", type=int, metavar="N", help="how many shards the log is laid aside in (64)")
    each.add_argument("--runner", choices=("threads", "spark"), default="threads", help="who computes")
    each.add_argument("--threads", type=int, metavar="N", help="how many (one a processor)")
    each.add_argument("--resume", metavar="FOLDER", help="keep finished shards here, and go on from them")
    each.add_argument(
        "--fit",
        nargs="+",
        metavar="FILE",
        help="of `each student`: what `each skill` wrote, or a model that `plainview fit --save` wrote",
    )
    each.add_argument("--groups", metavar="FILE", help="of `each dif`: CSV of student and group")
    each.add_argument("--group", metavar="NAME", help="of `each dif`: whom the others are compared with")
    each.add_argument("--format", help="whose log it is, where its header does not tell")
    each.add_argument("--mapping", metavar="FILE", help="TOML or JSON: which column is which of ours")
    merge = commands.add_parser(
        "merge",
        help="put the parts of --shard together",
        description="All parts of one job, in any order. The same parts give the same bytes.",
    )
    merge.add_argument("parts", nargs="+", metavar="PART")
    merge.add_argument("-o", "--out", required=True, metavar="FILE", help="the Parquet file to write")


def answer(asked: argparse.Namespace) -> int:
    """Run, or put together; write; say what was written."""
    if asked.command == "merge":
        return _merge(asked)
    job = _dif(asked) if asked.what == "dif" else _job(asked.what, asked.fit)
    if asked.shard:
        return shard(job, asked.log, asked.shard, asked.out, format=asked.format, mapping=asked.mapping)
    if asked.shards is not None and asked.shards < 1:
        raise Mendable(f"--shards: found {asked.shards}, expected at least 1.")
    try:
        table = _run(job, asked)
    except KeyboardInterrupt:
        if asked.resume:
            told = f"Finished shards are in {asked.resume}; the same words go on from there."
            print(f"\n{told}", file=sys.stderr)
        raise
    return _written(table, job, asked.out)


def _run(job: Any, asked: argparse.Namespace) -> Any:
    from plainview.cli.bar import Bar
    from plainview.core.runners.run import N_SHARDS, run

    return run(
        job,
        asked.log,
        runner=asked.runner,
        n_shards=asked.shards or N_SHARDS,
        n_threads=asked.threads,
        folder=Path(asked.resume) if asked.resume else None,
        progress=Bar("shards"),
        format=asked.format,
        mapping=asked.mapping,
    )


def shard(
    job: Any, log: str, which: str, out: str, *, format: str | None = None, mapping: str | None = None
) -> int:
    """One shard of a log: its part, to be merged with the others."""
    from plainview.core.runners.run import run_shard

    i, of = shard_of(which)
    n = run_shard(job, log, Path(out), shard=i - 1, of=of, format=format, mapping=mapping)
    print(f"Shard {i} of {of}: {counted(n, 'row')}, written to {out}.", file=sys.stderr)
    return DONE


def shard_of(words: str) -> tuple[int, int]:
    """3/16 is the third of sixteen."""
    i, _, of = words.partition("/")
    if not (i.isdecimal() and of.isdecimal() and 1 <= int(i) <= int(of)):
        raise Mendable(f"--shard: found {words!r}, expected for example 3/16, the third of sixteen.")
    return int(i), int(of)


def _merge(asked: argparse.Namespace) -> int:
    from plainview.core.runners.keep import label_of, together

    parts = [Path(part) for part in asked.parts]
    kind = label_of(parts[0]).job.partition("/")[0]
    about = label_of(parts[0]).about
    job = _later(kind, about) if kind in ("student", "dif") else _job(kind, None)
    return _written(together(job, parts), job, asked.out)


def _later(kind: str, about: str) -> Any:
    """The job of parts that were made elsewhere: what they rest on is in their label."""
    if kind == "student":
        return _students(None, about)
    from plainview.core.runners import dif

    return dif.again(about)


def _job(what: str, fit: list[str] | None) -> Any:
    if what == "student":
        if not fit:
            raise Mendable("each student: found no --fit, expected what `plainview each skill` wrote.")
        return _students(*fit_of(fit))
    from plainview.core.runners.catalogue import JOBS

    return JOBS[what].load()


def _dif(asked: argparse.Namespace) -> Any:
    if not (asked.groups and asked.group):
        raise Mendable("each dif: found no --groups or --group, expected a CSV of student and group; a name.")
    from plainview.core.runners import dif

    return dif.job(groups_of(asked.groups, asked.group), group=asked.group)


def groups_of(path: str, group: str) -> dict[str, bool]:
    """Each student's side, from a table with the columns student and group."""
    import csv

    try:
        with Path(path).open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise Mendable(f"{path}: this file cannot be read ({fault}).") from None
    if not rows or not {"student", "group"} <= set(rows[0]):
        raise Mendable(f"{path}, line 1: expected the columns student and group.")
    if group not in {row["group"] for row in rows}:
        raise Mendable(f"{path}: found nobody of the group {group!r}.")
    return {row["student"]: row["group"] == group for row in rows if row["group"]}


def _students(fit: Any, about: str) -> Any:
    from plainview.core.runners import students

    return students.job(fit, about=about)


def fit_of(names: list[str]) -> tuple[Any, str]:
    """A saved model, or the fit of the sums in these files; and a name that changes with any of them."""
    if len(names) == 1 and names[0].endswith(".json"):
        from plainview.core.learner.choose.saved import read

        return read(names[0]).fit, hashlib.sha256(Path(names[0]).read_bytes()).hexdigest()[:32]
    from plainview.core.cannot_say import CannotSay

    found = fit_sums(names)
    if isinstance(found, CannotSay):
        raise Mendable(f"{', '.join(names)}: {found}")
    return found, hashlib.sha256("".join(map(repr, found.p.tolist())).encode()).hexdigest()[:32]


def fit_sums(names: list[str]) -> Any:
    """Knowledge tracing, fitted to what was counted; or what it would need."""
    from plainview.core.runners import histories
    from plainview.core.runners.keep import together

    return histories.fit(together(histories.HISTORIES, [Path(name) for name in names]))


def _written(table: Any, job: Any, out: str) -> int:
    from plainview.core.runners.keep import Label, put

    # Sums are sums still: the whole of them is the one part of one.
    whole = job.name if table.schema.names == job.schema.names else f"{job.name} together"
    put(table, Path(out), Label(job=whole, about=job.about, log="", shard=0, of=1))
    print(f"{counted(table.num_rows, 'row')} written to {out}.", file=sys.stderr)
    return DONE
