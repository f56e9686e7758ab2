"""What each part found when it was last written down, so that one can be measured again without the others.

In:   a file beside the pictures of the docs.
Out:  machine and figures of each part, in the order of the parts.
Not here: measuring (core), words (report).
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from plainview.cli.bench.figures import Figure
from plainview.cli.bench.machine import Machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part, and the machine as it was just before."""

    name: str
    machine: Machine
    figures: tuple[Figure, ...]


def read(file: Path) -> dict[str, Part]:
    """By name; nothing where nothing was written down."""
    told = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {
        name: Part(
            name=name,
            machine=Machine(**one["machine"]),
            figures=tuple(Figure(**figure) for figure in one["figures"]),
        )
        for name, one in told.items()
    }


def write(file: Path, parts: Iterable[Part]) -> None:
    told = {
        one.name: {"machine": asdict(one.machine), "figures": [asdict(figure) for figure in one.figures]}
        for one in parts
    }
    file.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
