"""Were twins given different content? Distances between conditions against distances within.

In:   what each twin of a factor was given.
Out:  D with its exact p; the difference in difficulty with its own.
Not here: how the twins were run (twins).

D is the mean distance between a treated and an untreated account of one block, less the mean distance of the
two that were treated alike. Distance is the total variation between what two accounts were given (the mean of
that of skills and that of difficulties in steps of half a log-odds; of items where neither is known). If the
factor makes no difference, all ways of naming two of four "treated" are alike: 3 a block that D can tell
apart, 6 that a direction can. So the least p are 3**-blocks and 6**-blocks.

Source: Fisher (1935), The design of experiments, chapter II (the lady and the tea).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.adaptivity.log_test import clopper_pearson
from plainview.core.audit.adaptivity.twins import Account, Factor, Given, Twins
from plainview.core.stats.interval import Interval

Floats = NDArray[np.float64]
MOST_EXACT = 200_000  # relabelings that are gone through one by one
DRAWS = 99_999


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinTest:
    factor: Factor
    d: float  # 0 where the factor makes no difference
    d_interval: Interval  # over blocks
    within: float  # mean distance of two who were treated alike: the noise
    p: float
    p_interval: Interval | None  # Clopper-Pearson, where relabelings were drawn; None where all were counted
    least_p: float
    harder: float | None  # mean difficulty, treated less untreated, in log-odds
    p_harder: float | None  # two-sided
    n_blocks: int
    n_accounts: int
    is_exact: bool


def twin_test(found: Twins, *, seed: int) -> TwinTest:
    """D of one factor; the same seed draws the same relabelings where there are too many to go through."""
    blocks = _blocks(found.accounts)
    by_split = np.array([_splits(block) for block in blocks])
    d_of_blocks = by_split[:, 0]
    sums = _all_sums(by_split, seed)
    p = float((sums >= d_of_blocks.sum() - 1e-9).mean())
    harder, p_harder = _direction(blocks, seed)
    return TwinTest(
        factor=found.factor,
        d=float(d_of_blocks.mean()),
        d_interval=_of_blocks(d_of_blocks),
        within=float(np.mean([_within(block) for block in blocks])),
        p=p,
        p_interval=None
        if 3 ** len(blocks) <= MOST_EXACT
        else clopper_pearson(round(p * (DRAWS + 1)) - 1, DRAWS),
        least_p=3.0 ** -len(blocks),
        harder=harder,
        p_harder=p_harder,
        n_blocks=len(blocks),
        n_accounts=len(found.accounts),
        is_exact=3 ** len(blocks) <= MOST_EXACT,
    )


def _blocks(accounts: Iterable[Account]) -> list[list[Account]]:
    """The four accounts of each block, the treated ones first."""
    by_block = dict[int, list[Account]]()
    for account in accounts:
        by_block.setdefault(account.block, []).append(account)
    blocks = [sorted(block, key=lambda account: not account.treated) for block in by_block.values()]
    for block in blocks:
        if len(block) != 4 or sum(account.treated for account in block) != 2:
            raise ValueError(f"block {block[0].block}: expected four accounts, two of them treated.")
    return blocks


def distance(a: Sequence[Given], b: Sequence[Given]) -> float:
    """Total variation between what two accounts were given, 0 to 1."""
    parts = list[float]()
    if any(step.skill for step in (*a, *b)):
        parts.append(_apart(a, b, lambda step: step.skill))
    if any(step.difficulty is not None for step in (*a, *b)):
        parts.append(
            _apart(a, b, lambda step: None if step.difficulty is None else round(2 * step.difficulty))
        )
    if any(step.approach not in ("", "practice") for step in (*a, *b)):
        parts.append(_apart(a, b, lambda step: step.approach))
    return sum(parts) / len(parts) if parts else _apart(a, b, lambda step: step.item)


def _apart(a: Sequence[Given], b: Sequence[Given], of: Callable[[Given], object]) -> float:
    one, other = Counter(of(step) for step in a), Counter(of(step) for step in b)
    n, m = max(len(a), 1), max(len(b), 1)
    return 0.5 * sum(abs(one[key] / n - other[key] / m) for key in {*one, *other})


def _splits(block: list[Account]) -> list[float]:
    """D of the three ways to part four accounts into two pairs; the first is how it was."""
    between = [[distance(a.observed, b.observed) for b in block] for a in block]
    return [
        sum(between[i][j] for i in pair for j in other) / 4
        - (between[pair[0]][pair[1]] + between[other[0]][other[1]]) / 2
        for pair, other in (((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2)))
    ]


def _within(block: list[Account]) -> float:
    return (
        distance(block[0].observed, block[1].observed) + distance(block[2].observed, block[3].observed)
    ) / 2


def _all_sums(ways: Floats, seed: int) -> Floats:
    """The sum over blocks, for every way or for many drawn ones; the way it was is among them."""
    n_blocks, n_ways = ways.shape
    if n_ways**n_blocks <= MOST_EXACT:
        return np.array([sum(choice) for choice in product(*ways)])
    chance = np.random.default_rng(seed)
    drawn = chance.integers(0, n_ways, (DRAWS, n_blocks))
    return np.append(ways[np.arange(n_blocks), drawn].sum(axis=1), ways[:, 0].sum())


def _direction(blocks: list[list[Account]], seed: int) -> tuple[float | None, float | None]:
    means = [[_mean_difficulty(account.observed) for account in block] for block in blocks]
    if any(mean is None for block in means for mean in block):
        return None, None
    ways = np.array([_differences([mean or 0.0 for mean in block]) for block in means])
    sums = _all_sums(ways, seed)
    seen = ways[:, 0].sum()
    return float(seen / len(blocks)), float((np.abs(sums) >= abs(seen) - 1e-9).mean())


def _differences(means: list[float]) -> list[float]:
    """Treated less untreated, for the six ways to name two of four; the first is how it was."""
    return [
        sum(means[k] for k in pair) / 2 - sum(means[k] for k in range(4) if k not in pair) / 2
        for pair in combinations(range(4), 2)
    ]


def _mean_difficulty(steps: Sequence[Given]) -> float | None:
    found = [step.difficulty for step in steps if step.difficulty is not None]
    return sum(found) / len(found) if found else None


def _of_blocks(values: Floats, level: float = 0.95) -> Interval:
    """Student's t over blocks."""
    from scipy.stats import t

    half = float(t.ppf((1 + level) / 2, len(values) - 1) * values.std(ddof=1) / sqrt(len(values)))
    return Interval(low=float(values.mean()) - half, high=float(values.mean()) + half, level=level)
