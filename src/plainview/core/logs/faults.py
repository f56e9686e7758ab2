"""What could not be read: where, what was found, what was expected. All of it, not the first of it.

In:   one fault at a time.
Out:  the first fifty as sentences, and how many there were in all, by column.
Not here: who made the file. No blame, and no function names: they rot.
"""

from collections import Counter
from dataclasses import dataclass, field

MOST_SHOWN = 50
LONGEST_FOUND = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    file: str
    line: int
    column: str  # "" where the fault is the row's
    found: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" + (f", column '{self.column}'" if self.column else "")
        return f"{place}: found {self.found}, expected {self.expected}."


@dataclass(slots=True, kw_only=True)
class Faults:
    file: str
    first: list[Fault] = field(default_factory=list)
    by_column: Counter[str] = field(default_factory=Counter)

    @property
    def n(self) -> int:
        return self.by_column.total()

    def add(self, line: int, column: str, *, found: str, expected: str) -> None:
        self.by_column[column] += 1
        if len(self.first) < MOST_SHOWN:
            self.first.append(Fault(file=self.file, line=line, column=column, found=found, expected=expected))

    def lines(self) -> list[str]:
        """As a person reads them: each fault, then what was not shown."""
        told = [str(fault) for fault in self.first]
        if self.n > len(self.first):
            counts = ", ".join(f"{n} in {column or 'rows'}" for column, n in self.by_column.most_common())
            told.append(f"{self.file}: {self.n} faults in all ({counts}); the first {MOST_SHOWN} are shown.")
        return told


def quoted(cell: str) -> str:
    """A cell as it stood, shortened; what cannot be shown is shown as its code."""
    short = cell if len(cell) <= LONGEST_FOUND else cell[: LONGEST_FOUND - 1] + "…"
    return f"'{short}'" if short.isprintable() else ascii(short)
