"""The way of every method through a test: set flagged items aside, ask of each, gather the answers.

In:   who is matched with whom; how a method counts, what it flags, what it says of one item.
Out:  all items together.
Not here: the methods.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.dif.item import Dif, ItemDif, Purify
from plainview.core.measure.dif.matching import Counts, Matching
from plainview.core.measure.dif.purify import purify as purified
from plainview.core.stats.multiplicity import adjusted


class Found(Protocol):
    """What a method counts of all items at once."""

    @property
    def p(self) -> NDArray[np.float64]: ...


F = TypeVar("F", bound=Found)


def over_items(
    matching: Matching,
    *,
    count: Callable[[Counts], F],
    flags: Callable[[F], NDArray[np.bool_]],
    say: Callable[[str, F, int, float], ItemDif | CannotSay],
    purify: Purify,
    method: str,
    group: str,
) -> Dif:
    """``say`` takes an item's name, what was found, its place, and its p-value adjusted for all items."""

    def ask(anchor: NDArray[np.bool_]) -> tuple[F, NDArray[np.bool_]]:
        found = count(matching.counts(anchor))
        return found, flags(found)

    # A match that was given holds no item of this test: there is nothing to set aside.
    how: Purify = "no" if matching.kind == "given" else purify
    found, rounds = purified(ask, how=how, names=matching.names)
    p_adjusted = adjusted(found.p)
    return Dif(
        items=tuple(say(name, found, j, float(p_adjusted[j])) for j, name in enumerate(matching.names)),
        method=method,
        group=group,
        matched_on=matching.matched_on,
        purified=rounds,
        n_group=matching.n_group,
        n_others=matching.n_others,
        n_left_out=matching.n_left_out,
    )
