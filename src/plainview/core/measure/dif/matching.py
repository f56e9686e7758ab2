"""Who knows as much as whom? Students are matched before items are compared.

In:   scores, who is in the group, what to match on.
Out:  for each item, level by level: how many of each side answered, and how many got it right.
Not here: what the counts say.

Three ways to match. ``"total"``: the number right, the item itself included (Holland & Thayer 1988); a
student with any gap is left out. ``"share"``: the share right among the items answered, in bands; for tests
in which everybody met much the same items. An array: an ability estimated elsewhere, one number a student
or, from *other* items, one for each student and item; this is the one for adaptive products. ``within``
adds strata that must be equal besides (who met the same items, the same school year).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.dif.item import FEWEST_STUDENTS
from plainview.core.measure.scores import Floats, checked, has_gaps, named
from plainview.core.plural import counted

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Match = str | ArrayLike


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counts:
    """Level x side x item; side 0 is the others, side 1 the group."""

    right: Floats  # (n_levels, 2, n_items)
    n: Floats
    levels: Floats  # (n_levels, n_items) where each level stands on the scale of the match
    exact: bool  # each level holds one value of the match


class Matching:
    """One test, one group, one way to match; counts for any set of items that may take part in the match."""

    def __init__(
        self,
        scores: ArrayLike,
        *,
        in_group: ArrayLike,
        match: Match,
        within: ArrayLike | None,
        names: Sequence[str] | None,
        n_bands: int,
    ) -> None:
        table = checked(scores)
        _only_right_or_wrong(table)
        self.names = named(names, table.shape[1])
        side = np.asarray(in_group)
        if side.shape != (len(table),) or side.dtype != np.bool_:
            raise ValueError(
                f"found in_group of shape {side.shape} and type {side.dtype}, "
                "expected yes or no for each student."
            )
        keep, self.kind, given = _who(table, match)
        self.table, self.side = table[keep] if not keep.all() else table, side[keep].astype(np.int64)
        self.given = None if given is None else given[keep]
        self.within = _codes(within, len(table))[keep]
        self.n_left_out, self.n_bands = int((~keep).sum()), n_bands
        self.n_group, self.n_others = int(self.side.sum()), int((1 - self.side).sum())
        # Without gaps everybody answered everything, and no table of who did is kept.
        self.there = (~np.isnan(self.table)).astype(np.float64) if has_gaps(self.table) else None
        self.filled = self.table if self.there is None else np.nan_to_num(self.table, nan=0.0)

    @property
    def matched_on(self) -> str:
        bands = f", in {self.n_bands} bands"
        said = {
            "total": "the number right, the item included",
            "share": f"the share right of the items answered{bands}",
        }
        return said.get(self.kind, f"a given ability{bands} where it has more values") + (
            "; within given strata" if self.within.any() else ""
        )

    def too_few(self, check: str) -> CannotSay | None:
        if min(self.n_group, self.n_others) >= FEWEST_STUDENTS:
            return None
        hint = (
            "; or match on the share right, or on an ability"
            if self.kind == "total" and self.n_left_out
            else ""
        )
        return CannotSay(
            question="Do the items favour one side among students who know as much?",
            reason=f"{counted(self.n_group, 'student')} of the group and {self.n_others} others "
            f"can be matched, {self.n_left_out} cannot",
            would_need=f"at least {FEWEST_STUDENTS} students on each side{hint}",
            check=check,
        )

    def counts(self, anchor: Bools, n_bands: int | None = None) -> Counts:
        """Counts for every item, matched on the items of ``anchor`` and on the item itself."""
        bands = n_bands or self.n_bands
        given = self.given
        if given is not None:
            if given.ndim == 1:
                return self._together(given, bands)
            return self._one_by_one(range(len(self.names)), lambda j: given[:, j], bands)
        right, n = self.filled @ anchor, self._answered(anchor)
        whole = self._together(self._on(right, n), bands)
        out = np.flatnonzero(~anchor)
        if not len(out):
            return whole
        own = self._one_by_one(
            out, lambda j: self._on(right + self.filled[:, j], n + self._answered_one(j)), bands
        )
        return _spliced(whole, own, out)

    def _answered(self, anchor: Bools) -> Floats:
        return np.full(len(self.table), float(anchor.sum())) if self.there is None else self.there @ anchor

    def _answered_one(self, j: int) -> Floats:
        return np.ones(len(self.table)) if self.there is None else self.there[:, j]

    def _on(self, right: Floats, n: Floats) -> Floats:
        if self.kind == "total":
            return right
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(n > 0, right / n, np.nan)

    def _together(self, values: Floats, bands: int) -> Counts:
        level, middles, exact = _levels(values, bands, exact=self.kind == "total")
        code, n_codes = self._crossed(level, len(middles))
        placed = (~np.isnan(values)).astype(np.float64)
        shape = (n_codes, len(self.table))
        sort = csr_array((placed, (code, np.arange(len(code)))), shape=shape)
        k = self.table.shape[1]
        right = (sort @ self.filled).reshape(-1, 2, k)
        n = sort.sum(axis=1)[:, None].repeat(k, axis=1) if self.there is None else sort @ self.there
        middles = np.tile(middles, n_codes // (2 * len(middles)))
        return Counts(
            right=right, n=n.reshape(-1, 2, k), levels=np.repeat(middles[:, None], k, axis=1), exact=exact
        )

    def _one_by_one(self, which: Iterable[int], values: Callable[[int], Floats], bands: int) -> Counts:
        made = [self._one(int(j), values(int(j)), bands) for j in which]
        most = max(len(m.right) for m in made)
        right, n, levels = (
            np.concatenate([_padded(getattr(m, f), most) for m in made], axis=-1)
            for f in ("right", "n", "levels")
        )
        return Counts(right=right, n=n, levels=levels, exact=all(m.exact for m in made))

    def _one(self, j: int, values: Floats, bands: int) -> Counts:
        keep = (self._answered_one(j) > 0) & ~np.isnan(values)
        level, middles, exact = _levels(np.where(keep, values, np.nan), bands, exact=self.kind == "total")
        code, n_codes = self._crossed(level, len(middles))
        n = np.bincount(code[keep], minlength=n_codes).astype(np.float64)
        right = np.bincount(code[keep], weights=self.filled[keep, j], minlength=n_codes).astype(np.float64)
        middles = np.tile(middles, n_codes // (2 * len(middles)))
        return Counts(
            right=right.reshape(-1, 2, 1), n=n.reshape(-1, 2, 1), levels=middles[:, None], exact=exact
        )

    def _crossed(self, level: Ints, n_levels: int) -> tuple[Ints, int]:
        n_within = int(self.within.max(initial=0)) + 1
        return (self.within * n_levels + level) * 2 + self.side, n_within * n_levels * 2


def _only_right_or_wrong(table: Floats) -> None:
    if not ((table == 0) | (table == 1) | np.isnan(table)).all():
        raise ValueError(
            "found points other than 0 and 1, expected right or wrong, or NaN where not answered."
        )


def _who(table: Floats, match: Match) -> tuple[Bools, str, Floats | None]:
    """Whom this match can place: everything answered, something answered, or an ability given."""
    if isinstance(match, str):
        if match not in ("total", "share"):
            raise ValueError(f"found match={match!r}, expected 'total', 'share' or an array.")
        gaps = np.isnan(table)
        left_out = gaps.any(axis=1) if match == "total" else gaps.all(axis=1)
        return np.asarray(~left_out), match, None
    given = np.asarray(match, dtype=np.float64)
    if given.shape not in ((len(table),), table.shape):
        raise ValueError(f"found a match of shape {given.shape}, expected ({len(table)},) or {table.shape}.")
    left_out = np.isnan(given) if given.ndim == 1 else np.isnan(given).all(axis=1)
    return np.asarray(~left_out), "given", given


def _codes(within: ArrayLike | None, n: int) -> Ints:
    if within is None:
        return np.zeros(n, dtype=np.int64)
    found = np.asarray(within)
    if found.shape != (n,):
        raise ValueError(f"found strata of shape {found.shape} for {n} students, expected one each.")
    return np.unique(found, return_inverse=True)[1].astype(np.int64)


def _levels(values: Floats, bands: int, *, exact: bool) -> tuple[Ints, Floats, bool]:
    """The level of each student, where each level stands, and whether a level is one value.

    Few values are levels themselves. Many are cut into bands of about equal numbers; a student without a
    value is put on level 0, and counted nowhere.
    """
    there = ~np.isnan(values)
    distinct, level = np.unique(values[there], return_inverse=True)
    if not exact and len(distinct) > bands:
        edges = np.unique(np.quantile(values[there], np.linspace(0, 1, bands + 1)[1:-1]))
        level = np.searchsorted(edges, values[there], side="right")
        n = np.bincount(level, minlength=len(edges) + 1)
        distinct = np.bincount(level, weights=values[there], minlength=len(n)) / np.maximum(n, 1)
        exact = False
    else:
        exact = True
    whole = np.zeros(len(values), dtype=np.int64)
    whole[there] = level
    return whole, distinct if len(distinct) else np.zeros(1), exact


def _padded(part: Floats, most: int) -> Floats:
    # A level that nobody stands on counts nothing.
    return np.concatenate([part, np.zeros((most - len(part), *part.shape[1:]))])


def _spliced(whole: Counts, own: Counts, out: Ints) -> Counts:
    most = max(len(whole.right), len(own.right))
    parts = {}
    for field in ("right", "n", "levels"):
        part, other = _padded(getattr(whole, field), most), _padded(getattr(own, field), most)
        part[..., out] = other
        parts[field] = part
    return Counts(**parts, exact=whole.exact and own.exact)
