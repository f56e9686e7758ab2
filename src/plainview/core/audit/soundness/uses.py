"""Is each use of the scores argued for? One test can be sound for one use and not for another.

In:   the uses that are made of scores; exhibits, each with what it is evidence of.
Out:  for each use, which of the five sources of validity evidence the dossier holds.
Not here: whether the evidence is good. Each check says that of its own; people weigh it.

Source: American Educational Research Association, American Psychological Association & National Council on
Measurement in Education (2014), Standards for Educational and Psychological Testing, chapter 1: test content,
response processes, internal structure, relations to other variables, consequences of testing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    CONTENT = "test content"
    PROCESS = "response processes"
    STRUCTURE = "internal structure"
    RELATIONS = "relations to other variables"
    CONSEQUENCES = "consequences of testing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One exhibit, as far as it bears on uses."""

    file: str
    sources: tuple[Source, ...]
    uses: tuple[str, ...]  # empty: it says nothing of a use, so it counts for each, as indirect


@dataclass(frozen=True, slots=True, kw_only=True)
class Argued:
    use: str
    direct: Mapping[Source, tuple[str, ...]]  # files that name this use
    indirect: Mapping[Source, tuple[str, ...]]  # files about the scores, whatever they are used for

    @property
    def n_direct(self) -> int:
        return sum(bool(files) for files in self.direct.values())

    @property
    def n_any(self) -> int:
        return sum(bool(self.direct[source] or self.indirect[source]) for source in Source)

    @property
    def is_argued(self) -> bool:
        """Every source has something, and at least one exhibit is about this very use."""
        return self.n_any == len(Source) and self.n_direct > 0


def argued(uses: Sequence[str], evidence: Sequence[Evidence]) -> tuple[Argued, ...]:
    """Each use by itself."""
    return tuple(
        Argued(
            use=use,
            direct={source: _files(evidence, source, use, direct=True) for source in Source},
            indirect={source: _files(evidence, source, use, direct=False) for source in Source},
        )
        for use in uses
    )


def _files(evidence: Sequence[Evidence], source: Source, use: str, *, direct: bool) -> tuple[str, ...]:
    return tuple(
        one.file
        for one in evidence
        if source in one.sources and (use in one.uses if direct else not one.uses)
    )
