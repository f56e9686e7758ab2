"""All ways of grouping that a check is asked of are one family of tests: of many, one differs by chance.

In:   what was found by each grouping, with its p, and how it would be told.
Out:  answers, their p adjusted over all groups of all groupings (Benjamini-Hochberg).
Not here: the tests, the words.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from plainview.core.audit.fairness.errors import OfGroup
from plainview.core.audit.fairness.gaps import Gap
from plainview.core.finding import Answer
from plainview.core.stats.multiplicity import adjusted

Gaps = tuple[Gap, ...]
Groups = tuple[OfGroup, ...]


def as_family(p_values: Sequence[Sequence[float]]) -> list[list[float]]:
    """Adjusted over all, in the shape in which they came."""
    every = [p for each in p_values for p in each]
    found = iter(adjusted(every).tolist() if every else [])
    return [[next(found) for _ in each] for each in p_values]


def gaps_told(asked: Sequence[tuple[Gaps, Callable[[Gaps], Answer]]]) -> list[Answer]:
    family = as_family([[one.p_value for one in found] for found, _ in asked])
    return [
        tell(tuple(replace(one, p_adjusted=p) for one, p in zip(found, mine, strict=True)))
        for (found, tell), mine in zip(asked, family, strict=True)
    ]


def errors_told(asked: Sequence[tuple[Groups, Callable[[Groups], Answer]]]) -> list[Answer]:
    family = as_family([[a.p_value for one in found for a in one.apart] for found, _ in asked])
    return [tell(_with(found, mine)) for (found, tell), mine in zip(asked, family, strict=True)]


def _with(found: Groups, p_values: Sequence[float]) -> Groups:
    p = iter(p_values)
    return tuple(
        replace(one, apart=tuple(replace(each, p_adjusted=next(p)) for each in one.apart)) for one in found
    )
