"""Reviews our own demonstration school as any vendor's product is, and writes docs/for-reviewers/demo-school.

In:   product.toml, plan.toml and exhibits.toml of that folder, which people wrote; the demonstration school,
      built anew or found in --home.
Out:  exhibits/log.csv as the school exports it; plan.lock; findings.json, report.html, report.md.
Not here: answers (core.audit), the export (classroom.evidence.export).

Run from the project's root: python scripts/review_demo.py [--home FOLDER] [--report]
With --report the log stays as it is, and only the questions are asked again.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "for-reviewers" / "demo-school"
# These children do not exist, so nobody can be found with their key; the same key gives the same pseudonyms.
KEY = b"the made-up children of Room 4B, nobody's secret"
CLASS, TEACHER, FROZEN_ON = "maple-4b", "delgado", "2026-01-05"


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--home", type=Path, help="where a demonstration school stands already")
    asked.add_argument("--report", action="store_true", help="ask again; the log stays as it is")
    words = asked.parse_args()
    if not words.report:
        with TemporaryDirectory() as folder:
            home = words.home or _built(Path(folder) / "school")
            exported(home, FOLDER / "exhibits" / "log.csv", key=Path(folder) / "key")
        (FOLDER / "opened.json").unlink(missing_ok=True)
        (FOLDER / "plan.lock").unlink(missing_ok=True)
        _plainview("dossier", "freeze", str(FOLDER), "--at", FROZEN_ON)
    _plainview("review", str(FOLDER), allowed=(0, 3))


def _built(home: Path) -> Path:
    _plainview("demo", "--only-build", home=home)
    return home


def exported(home: Path, out: Path, *, key: Path) -> None:
    """The class's learning log, as its teacher takes it out."""
    key.write_bytes(KEY)
    words = ("manage", "export_log", CLASS, "--by", TEACHER, "--key-file", str(key), "--out", str(out))
    _plainview(*words, home=home)


def _plainview(*words: str, home: Path | None = None, allowed: tuple[int, ...] = (0,)) -> None:
    here = os.environ | ({"PLAINVIEW_HOME": str(home)} if home else {})
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own module
        [sys.executable, "-m", "plainview.cli", *words], env=here, stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode not in allowed:
        raise SystemExit(f"plainview {' '.join(words)} ended with {done.returncode}.")


if __name__ == "__main__":
    main()
