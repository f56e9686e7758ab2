"""What a log costs by its rows: makes logs, measures `plainview fit` on them, draws docs/pictures/size-*.svg.

In:   a folder with room (100 million rows take half a gigabyte), how many rows.
Out:  docs/pictures/size.json with a figure a run, and the pictures.
Not here: real students; the words (docs/size.md).

Run from the project's root: python scripts/size.py FOLDER 1e6 3e6 10e6
After a -- may stand further words for `plainview fit`: -- --model elo --model bkt
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from plainview.core.charts.chart import Chart, dot, label, path
from plainview.core.charts.plane import Plane, Scale, finished, numbers_along, said
from plainview.core.charts.standalone import standalone

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
EACH, SKILLS, ITEMS, AT_ONCE = 100, 150, 20_000, 10_000  # answers a student; students at a time


# ---- Logs ------------------------------------------------------------------------------------------------


def make(n_rows: int, out: Path) -> None:
    """Students who differ, items that differ, skills that are learned; not in the order of time."""
    rng = np.random.default_rng(1)
    hard, pace = rng.normal(0, 1, ITEMS), rng.uniform(0.05, 0.6, SKILLS)
    ease = rng.normal(0.3, 0.7, SKILLS)
    writer = None
    for first in range(0, n_rows // EACH, AT_ONCE):
        table = _students(rng, first, min(AT_ONCE, n_rows // EACH - first), hard, pace, ease)
        writer = writer or pq.ParquetWriter(out, table.schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()


def _students(rng, first, n, hard, pace, ease) -> pa.Table:
    who, place = np.repeat(np.arange(n), EACH), np.tile(np.arange(EACH) % 10, n)
    ten = (
        rng.integers(0, SKILLS, n)[:, None] + np.arange(10) * 13
    ) % SKILLS  # ten skills, ten answers at each
    k = np.repeat(ten, 10, axis=1).ravel()
    item = k * (ITEMS // SKILLS) + rng.integers(0, ITEMS // SKILLS, n * EACH)
    beyond = np.repeat(rng.normal(0, 1, n), EACH) - hard[item] + ease[k] + pace[k] * place
    right = rng.random(n * EACH) < 0.15 + 0.85 / (1 + np.exp(-beyond))
    hour, began = np.tile(np.arange(EACH), n), (who + first) * 7919 % 600_000
    at = 1_735_689_600_000 + hour * 3_600_000 + began
    skills = pa.array([[f"skill {s}"] for s in range(SKILLS)], pa.list_(pa.string()))
    return pa.table(
        {
            "student": pa.array([f"s{s}" for s in range(first, first + n)]).take(pa.array(who)),
            "at": pa.array(at).cast(pa.timestamp("ms", "UTC")),
            "item": pa.array([f"q{i}" for i in range(ITEMS)]).take(pa.array(item)),
            "skills": skills.take(pa.array(k)),
            "correct": pa.array(right.astype(np.int8)),
        }
    )


# ---- Figures ---------------------------------------------------------------------------------------------


def measure(what: str, n_rows: int, words: list[str]) -> dict[str, float | str]:
    """One run in a process of its own: CPU seconds, seconds, and the most memory it held."""
    began, load = time.perf_counter(), os.getloadavg()[0]
    command = [sys.executable, "-m", "plainview.cli", *words]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603  (our own words)
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(words)}: ended with {os.waitstatus_to_exitcode(status)}")
    return {
        "what": what,
        "rows": n_rows,
        "cpu_s": round(used.ru_utime + used.ru_stime, 1),
        "s": round(time.perf_counter() - began, 1),
        "gb": round(used.ru_maxrss * 1024 / 1e9, 2),
        "load_before": round(load, 1),
    }


def run(folder: Path, rows: list[int], words: list[str]) -> None:
    what = " ".join(["fit", *words])
    for n_rows in rows:
        log = folder / f"rows_{n_rows}.parquet"
        if not log.exists():
            make(n_rows, log)
        saved = folder / "fit.json"
        figure = measure(what, n_rows, ["fit", str(log), *words, "--save", str(saved)])
        figure["chosen"] = json.loads(saved.read_text())["model"]
        sys.stdout.write(f"{figure}\n")
        kept = [one for one in figures() if (one["what"], one["rows"]) != (what, n_rows)]
        by = sorted([*kept, figure], key=lambda one: (one["what"], one["rows"]))
        (PICTURES / "size.json").write_text(json.dumps(by, indent=1) + "\n")


def figures() -> list[dict]:
    file = PICTURES / "size.json"
    return json.loads(file.read_text()) if file.exists() else []


# ---- Pictures --------------------------------------------------------------------------------------------


def curve(name: str, title: str, unit: str, of: str, runs: list[dict], bound: float | None) -> Chart:
    """A number over rows; zero is on both axes, so that a straight line is a linear cost."""
    xs, ys = [run["rows"] / 1e6 for run in runs], [run[of] for run in runs]
    width, height = 480.0, 260.0
    top = max([*ys, bound or 0.0]) * 1.08
    x = Scale(low=0, high=max(xs) * 1.02, start=52, end=width - 12)
    y = Scale(low=0, high=top, start=height - 44, end=30)
    plane = Plane(x=x, y=y)
    marks = [plane.across("grid", tick) for tick in y.ticks(5)]
    marks += [label(said(tick), x.start - 8, y(tick) + 4, "end", "label soft") for tick in y.ticks(5)]
    marks += [label(unit, 4, 14), *numbers_along(plane, "million rows", x.ticks(6))]
    if bound is not None:
        marks += [plane.across("zero", bound), label(f"{bound:g} GB", x.end, y(bound) - 4, "end")]
    marks += [path("estimate", plane.points(xs, ys))] + [
        dot("estimate", *point, 3) for point in plane.points(xs, ys)
    ]
    told = "; ".join(f"{a:g} million rows: {b:g}" for a, b in zip(xs, ys, strict=True))
    rows = (("million rows", unit), *((f"{a:g}", f"{b:g}") for a, b in zip(xs, ys, strict=True)))
    return finished(name, title, f"{title}. {told}.", (width, height), marks, rows)


def draw(what: str) -> None:
    runs = [one for one in figures() if one["what"] == what]
    charts = {
        "size-cpu": curve("size", "What a fit costs, by rows", "CPU seconds", "cpu_s", runs, None),
        "size-memory": curve("size", "What a fit holds at most, by rows", "GB of memory", "gb", runs, 6.0),
    }
    for name, chart in charts.items():
        (PICTURES / f"{name}.svg").write_text(standalone(chart), encoding="utf-8")


if __name__ == "__main__":
    at = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    words = sys.argv[at + 1 :]
    run(Path(sys.argv[1]), [int(float(rows)) for rows in sys.argv[2:at]], words)
    draw(" ".join(["fit", *words]))
