"""`plainview fit LOG`: which model may speak for this log, and how well does it?

In:   a learning log of any format that core.logs reads.
Out:  a table and a sentence, or JSON; with --save the chosen model, with --charts its pictures.
      0 said, 2 something to mend, 3 cannot say. Progress goes to stderr.
Not here: the comparison (core.learner.choose).
"""

import json
import shutil
import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from plainview.cli.bar import Bar
from plainview.core.cannot_say import CannotSay
from plainview.core.learner.choose import saved
from plainview.core.learner.choose.compare import FEWEST_STUDENTS, MOST_ROWS, Comparison, compare
from plainview.core.learner.choose.models import BY_NAME, MODELS, Contender
from plainview.core.learner.choose.say import plain, sentence, table
from plainview.core.logs.coded import Coded
from plainview.core.logs.door import Opened, open_log
from plainview.core.mendable import Mendable
from plainview.core.plural import counted

SAID, CANNOT = 0, 3


def answer(asked: Namespace) -> int:
    """Read, compare, say; fit and save if that is wanted."""
    models = _models(asked.model)
    if asked.shard or is_part(asked.log):
        return _in_pieces(asked)
    opened = _open(asked)
    if asked.items:
        from plainview.cli import items

        return items.answer(asked, opened)
    found = _compare(opened.coded, models, asked)
    print(_for_programs(found, opened) if asked.json else _for_people(found, opened))
    if isinstance(found, CannotSay):
        return _nothing_made(asked)
    if asked.save or asked.charts:
        model, log = BY_NAME[found.chosen], opened.coded
        log = log if model.asks_when else replace(log, at_ms=None)
        del opened  # times are a fourth of a log: nobody holds what nobody asks for
        return _made(log, model, found, asked)
    return SAID


def _nothing_made(asked: Namespace) -> int:
    """Where nothing can be said, no older file may be taken for the answer."""
    for wanted, told in ((asked.save, "saved"), (asked.charts, "drawn")):
        if wanted:
            print(f"Nothing was {told}: {wanted} was not touched.", file=sys.stderr)
    return CANNOT


def _open(asked: Namespace) -> Opened:
    if asked.log != "-":
        return open_log(asked.log, format=asked.format, mapping=asked.mapping)
    # A log is read more than once, and a pipe can be read only once.
    with NamedTemporaryFile(suffix=".csv") as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        kept.flush()
        return open_log(kept.name, format=asked.format, mapping=asked.mapping)


def _models(names: list[str] | None) -> tuple[Contender, ...]:
    """The named ones, from the simplest to the richest."""
    unknown = [name for name in names or () if name not in BY_NAME]
    if unknown:
        raise Mendable(f"--model: found {', '.join(unknown)}, expected one of {', '.join(BY_NAME)}.")
    return tuple(model for model in MODELS if not names or model.name in names)


def _compare(log: Coded, models: tuple[Contender, ...], asked: Namespace) -> Comparison | CannotSay:
    # Where there are too few students for any number of folds, the comparison says so itself.
    if asked.folds < 2 or asked.folds > max(log.n_students, FEWEST_STUDENTS):
        raise Mendable(f"--folds: found {asked.folds}, expected from 2 to one a student ({log.n_students}).")
    try:
        return compare(
            log,
            models=models,
            n_folds=asked.folds,
            most_rows=asked.rows or MOST_ROWS,
            folder=Path(asked.resume) if asked.resume else None,
            progress=Bar(),
            seed=asked.seed,
        )
    except KeyboardInterrupt:
        if asked.resume:
            print(
                f"\nFinished folds are in {asked.resume}; the same words go on from there.", file=sys.stderr
            )
        raise


def is_part(log: str) -> bool:
    """Whether this is no log, but what has been counted of one."""
    if not log.endswith(".parquet") or not Path(log).is_file():
        return False
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return b"plainview" in (pq.read_schema(log).metadata or {})
    except (pa.ArrowInvalid, OSError):
        return False  # whoever opens it as a log says what is wrong with it


def _in_pieces(asked: Namespace) -> int:
    """Count one shard; or fit knowledge tracing to what was counted of all of them."""
    from plainview.cli import each
    from plainview.core.runners.histories import HISTORIES

    if asked.model not in (None, ["bkt"]):
        raise Mendable("--shard: found another model, expected bkt: only it can be fitted from counts.")
    if asked.shard:
        if not asked.out:
            raise Mendable("--shard: found no -o, expected the name of the part to write.")
        return each.shard(
            HISTORIES, asked.log, asked.shard, asked.out, format=asked.format, mapping=asked.mapping
        )
    fit = each.fit_sums([asked.log])
    if isinstance(fit, CannotSay):
        print(json.dumps(plain(fit), ensure_ascii=False) if asked.json else f"{fit.question}\n{fit}")
        return _nothing_made(asked)
    of = f"{counted(fit.n_rows, 'answer')} of {counted(fit.n_students, 'student')}"
    said = f"bkt, fitted to {of}: {fit.ended.said}."
    print(json.dumps({"said": said, "fit": plain(fit)}, ensure_ascii=False, indent=1) if asked.json else said)
    if asked.save:
        saved.write(asked.save, fit, model="bkt")
    return SAID


def _for_people(found: Comparison | CannotSay, opened: Opened) -> str:
    lines = [*opened.sentences(), *opened.faults.lines(), ""]
    if isinstance(found, CannotSay):
        return "\n".join([*lines, found.question, str(found)])
    left_out = [f"Left out: {one.name}: {one.why}." for one in found.left_out]
    return "\n".join([*lines, table(found), "", *left_out, sentence(found)])


def _for_programs(found: Comparison | CannotSay, opened: Opened) -> str:
    log: dict[str, Any] = {
        "format": opened.format,
        "n_rows": opened.coded.n_rows,
        "n_students": opened.coded.n_students,
        "n_faults": opened.faults.n,
        "told": list(opened.told),
    }
    said = str(found) if isinstance(found, CannotSay) else sentence(found)
    return json.dumps({"log": log, "said": said} | plain(found), ensure_ascii=False, indent=1)


def _made(log: Coded, model: Contender, found: Comparison, asked: Namespace) -> int:
    """The chosen model, fitted to every student: its file and its pictures."""
    fit = model.load()(log)
    if isinstance(fit, CannotSay):
        print(fit, file=sys.stderr)
        return _nothing_made(asked)
    if asked.save:
        saved.write(asked.save, fit, model=model.name, judged=plain(found.of(model.name)))
        print(f"{model.name}, fitted to {_rows_of(fit, log)}, is in {asked.save}.", file=sys.stderr)
    if asked.charts:
        from plainview.cli import pictures

        drawn = pictures.draw(asked.charts, found.of(model.name), log, fit.predict(log))
        print(f"{counted(len(drawn), 'picture')} in {asked.charts}.", file=sys.stderr)
    return SAID


def _rows_of(fit: Any, log: Coded) -> str:
    if fit.n_rows == log.n_rows:
        return f"all {counted(log.n_rows, 'answer')}"
    return f"{fit.n_rows:,} of {counted(log.n_rows, 'answer')} (evenly spaced students)"
