"""Could a row of this table be somebody in particular? k-anonymity and uniqueness.

In:   a table; the columns that somebody outside may know of a child (quasi-identifiers).
Out:  the smallest group of rows that look alike, how many rows stand alone or in small groups, the columns
      that single them out most, and how alike what is confidential is within a group.
Not here: whether somebody will try.

Source: Sweeney (2002), Int. Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 10, 557-570
(k-anonymity); Machanavajjhala et al. (2007), ACM TKDD 1(1) (l-diversity, here the number of distinct values).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LEAST_K = 10  # the house's rule for what is published: no cell below 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Anonymity:
    k: int  # rows in the smallest group that looks alike
    n_rows: int
    n_groups: int
    n_unique: int  # rows that look like no other
    n_small: int  # rows in groups below the bound
    bound: int
    least_diverse: (
        int | None
    )  # distinct confidential values in the group with fewest; None without such a column
    n_given_away: int | None  # rows whose group holds one confidential value only
    without_each: tuple[tuple[str, int], ...]  # unique rows that remain when a column is left out

    @property
    def share_unique(self) -> float:
        return self.n_unique / self.n_rows


def anonymity(
    columns: Mapping[str, Sequence[str]],
    *,
    known: Sequence[str],
    confidential: Sequence[str] = (),
    bound: int = LEAST_K,
) -> Anonymity:
    """How far rows hide among each other.

    Parameters
    ----------
    columns : by name, (n_rows,) text
    known : columns that somebody outside may know
    confidential : columns that nobody should learn
    bound : int
        Groups smaller than this are counted as small.

    Raises
    ------
    ValueError
        If there are no rows, or a column is not there.
    """
    absent = [name for name in (*known, *confidential) if name not in columns]
    if absent or not known:
        raise ValueError(f"found no column {absent or 'to go by'}, expected one of {', '.join(columns)}.")
    keys = list(zip(*(columns[name] for name in known), strict=True))
    if not keys:
        raise ValueError("found no rows, expected at least one.")
    sizes = Counter(keys)
    values = list(zip(*(columns[name] for name in confidential), strict=True)) if confidential else None
    diverse = _diverse(keys, values) if values else None
    return Anonymity(
        k=min(sizes.values()),
        n_rows=len(keys),
        n_groups=len(sizes),
        n_unique=sum(size == 1 for size in sizes.values()),
        n_small=sum(size for size in sizes.values() if size < bound),
        bound=bound,
        least_diverse=min(diverse.values()) if diverse else None,
        n_given_away=sum(sizes[key] for key, n in diverse.items() if n == 1) if diverse else None,
        without_each=_without_each(columns, known) if len(known) > 1 else (),
    )


def _diverse(
    keys: Sequence[tuple[str, ...]], values: Sequence[tuple[str, ...]]
) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for key, value in zip(keys, values, strict=True):
        found[key].add(value)
    return {key: len(distinct) for key, distinct in found.items()}


def _without_each(columns: Mapping[str, Sequence[str]], known: Sequence[str]) -> tuple[tuple[str, int], ...]:
    found = []
    for left_out in known:
        rest = [columns[name] for name in known if name != left_out]
        sizes = Counter(zip(*rest, strict=True))
        found.append((left_out, sum(size == 1 for size in sizes.values())))
    return tuple(sorted(found, key=lambda one: (one[1], one[0])))
