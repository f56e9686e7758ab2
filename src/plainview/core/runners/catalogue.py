"""The jobs that can be named from a shell, each with what it answers.

To add one: a module with a pure function on tables and its ``Job``, a line here, a test that every runner
gives the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from plainview.core.runners.job import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    words: str
    where: str  # module:name, loaded when it is asked for

    def load(self) -> Job:
        module, _, name = self.where.partition(":")
        found: Job = getattr(import_module(module), name)
        return found


_HERE = "plainview.core.runners"
JOBS: Mapping[str, Named] = {
    "skill": Named(
        words="how many students gave which answers at each skill: all that knowledge tracing needs",
        where=f"{_HERE}.histories:HISTORIES",
    ),
    "item": Named(
        words="how hard each item is, and whether it goes with the rest", where=f"{_HERE}.items:ITEMS"
    ),
}
