"""What could not be read: where, what was found, what was expected. All of it, not the first of it.

In:   one fault at a time, or many of a kind.
Out:  the first fifty as sentences, and how many there were in all, by column and by kind.
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
    place: str = "line"  # "row" where a file has no lines, "statement" in an array of them

    def __str__(self) -> str:
        place = f"{self.file}, {self.place} {self.line}" + (
            f", column '{self.column}'" if self.column else ""
        )
        return f"{place}: found {self.found}, expected {self.expected}."


@dataclass(slots=True, kw_only=True)
class Faults:
    file: str
    first: list[Fault] = field(default_factory=list)
    by_column: Counter[str] = field(default_factory=Counter)
    by_kind: Counter[tuple[str, str]] = field(default_factory=Counter)  # (column, what was expected)

    @property
    def n(self) -> int:
        return self.by_column.total()

    def add(self, line: int, column: str, *, found: str, expected: str) -> None:
        self.count(column, expected=expected, n=1)
        if len(self.first) < MOST_SHOWN:
            self.first.append(Fault(file=self.file, line=line, column=column, found=found, expected=expected))

    def count(self, column: str, *, expected: str, n: int) -> None:
        """So many of a kind; those that are shown are put into ``first`` by whoever knows their lines."""
        self.by_column[column] += n
        self.by_kind[column, expected] += n

    def lines(self) -> list[str]:
        """As a person reads them: each fault, then what was not shown."""
        told = [str(fault) for fault in self.first]
        if self.n > len(self.first):
            counts = ", ".join(f"{n} in {column or 'rows'}" for column, n in self.by_column.most_common())
            told.append(f"{self.file}: {self.n} faults in all ({counts}); the first {MOST_SHOWN} are shown.")
        return told

    def kinds(self) -> list[str]:
        """How many of each kind, the most first."""
        return [
            f"{n:,} in {f'column {column!r}' if column else 'whole rows'}: expected {expected}"
            for (column, expected), n in self.by_kind.most_common()
        ]


def quoted(cell: str) -> str:
    """A cell as it stood, shortened; what cannot be shown is shown as its code."""
    short = cell if len(cell) <= LONGEST_FOUND else cell[: LONGEST_FOUND - 1] + "…"
    return f"'{short}'" if short.isprintable() else ascii(short)
