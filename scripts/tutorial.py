"""Runs docs/core/tutorial.md from top to bottom and puts under each block what it really prints.

In:   the page: blocks marked `sh` (each line begins with `$ `) and `python`, run in order in one folder.
Out:  the page, with a `text` block after each of them that prints something.
Not here: blocks marked `console`: they install packages or need the classroom, and are not run.

Run from the project's root: python scripts/tutorial.py
"""

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PAGE = Path(__file__).resolve().parent.parent / "docs" / "core" / "tutorial.md"
BLOCK = re.compile(
    r"^```(?P<kind>sh|python)\n(?P<code>.*?)^```\n(?:\n```text\n(?P<out>.*?)^```\n)?", re.M | re.S
)
# One thread: the same sums in the same order, and no more of a shared machine than is needed.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def in_shell(code: str) -> str:
    """What the lines that begin with `$ ` print; progress, on the other channel, is left aside."""
    return "".join(_said(line[2:]) for line in code.splitlines() if line.startswith("$ "))


def _said(line: str) -> str:
    word, *rest = shlex.split(line)
    if word != "plainview":
        raise SystemExit(f"tutorial.md: found {word!r}, expected `plainview` at the beginning of {line!r}.")
    command = [sys.executable, "-m", "plainview.cli", *rest]
    alone = os.environ | ONE_THREAD
    done = subprocess.run(command, capture_output=True, text=True, env=alone, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"{line}: ended with {done.returncode}.\n{done.stdout}{done.stderr}")
    return done.stdout


def in_python(code: str, names: dict[str, Any]) -> str:
    """What a block prints; its names stay for the next one."""
    with redirect_stdout(io.StringIO()) as printed:
        exec(compile(code, str(PAGE), "exec"), names)  # noqa: S102 - our own page
    return printed.getvalue()


def outputs(page: str) -> Iterator[tuple[re.Match[str], str]]:
    """Every block that is run, with what it prints now."""
    names: dict[str, Any] = {"__name__": "tutorial"}
    with TemporaryDirectory() as folder, chdir(folder):
        for block in BLOCK.finditer(page):
            is_shell = block["kind"] == "sh"
            yield block, in_shell(block["code"]) if is_shell else in_python(block["code"], names)


def filled(page: str) -> str:
    """The page, with what every block prints now."""
    parts, at = [], 0
    for block, printed in outputs(page):
        parts += [page[at : block.start()], f"```{block['kind']}\n{block['code']}```\n"]
        parts += [f"\n```text\n{_tidy(printed)}```\n"] if printed else []
        at = block.end()
    return "".join([*parts, page[at:]])


def _tidy(printed: str) -> str:
    """Without blanks at the ends of lines, which an editor would take away."""
    return "".join(f"{line.rstrip()}\n" for line in printed.rstrip().splitlines())


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
