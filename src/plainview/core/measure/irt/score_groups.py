"""Does an item follow the model among students with the same sum score? S-X2.

In:   a fit and its answers.
Out:  for each item a chi-square with its degrees of freedom and p, and how the cells were joined.
Not here: residuals at estimated abilities (residuals).

Because students are grouped by a score that is seen, not by an ability that was estimated from the same
answers, the statistic keeps its distribution on short tests.

Sources: Orlando & Thissen (2000), Applied Psychological Measurement 24, 50-64; Kang & Chen (2008), Journal of
Educational Measurement 45, 391-406, for more than two categories.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.irt.items import IrtFit
from plainview.core.measure.irt.stand import Beside, beside
from plainview.core.measure.irt.sum_scores import of_all, without_each
from plainview.core.plural import counted

Floats = NDArray[np.float64]

CHECK = "measure.irt.s_x2/1"
QUESTION = "Does each item follow the model among students with the same sum score?"
FEWEST_EXPECTED = 1.0  # students expected in a cell; score groups are joined until every cell has them
FEWEST_STUDENTS = 50
N_OF_MODEL = {"rasch": 0, "1pl": 0, "pcm": 0, "2pl": 1, "grm": 1, "gpcm": 1, "3pl": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class SX2:
    item: int
    statistic: float
    df: int
    p: float  # NaN where too few cells remain
    n_groups: int  # score groups after joining
    n_students: int  # who answered every fitted item


def s_x2(fit: IrtFit, answers: NDArray[np.generic]) -> tuple[SX2, ...] | CannotSay:
    """S-X2 of every fitted item, from students who answered all of them.

    Score groups are joined, from the lowest score upward, until in each group every category that the model
    allows there expects at least one student; what remains at the top joins the group before. Degrees of
    freedom: cells less groups, less the item's own parameters (a slope that all items share is not counted).

    Source
    ------
    Orlando & Thissen (2000); Kang & Chen (2008).
    """
    here = beside(fit, answers)
    complete = (here.table.codes >= 0).all(axis=1)
    n_students = int(here.table.times[complete].sum())
    if n_students < FEWEST_STUDENTS:
        reason = f"{counted(n_students, 'student')} answered every item"
        need = f"at least {FEWEST_STUDENTS} students with complete answers"
        return CannotSay(question=QUESTION, reason=reason, would_need=need, check=CHECK)
    codes, times = here.table.codes[complete].astype(np.int64), here.table.times[complete]
    scores = codes.sum(axis=1)
    out = []
    for place, expected in enumerate(_expected_shares(here)):
        n_categories = expected.shape[1]
        seen = np.zeros(expected.shape)
        np.add.at(seen, (scores, codes[:, place]), times)
        column = int(here.table.kept[place])
        own = n_categories - 1 + N_OF_MODEL[fit.items[column].model]
        out.append(_item(column, expected, seen, own, n_students))
    return tuple(out)


def _expected_shares(here: Beside) -> list[Floats]:
    """For each item (n_scores, n_categories): P(category | sum score)."""
    p = np.exp(here.model.log_p(here.grid.nodes))
    categories = here.table.n_categories
    items = [p[: categories[j], j] for j in range(here.model.n_items)]
    weight = np.exp(here.grid.log_weight)
    of_score = of_all(items) @ weight
    out = []
    for item, others in zip(items, without_each(items), strict=True):
        share = np.zeros((len(of_score), len(item)))
        for k, chance in enumerate(item):
            share[k : k + len(others), k] = (others * chance) @ weight
        out.append(share / of_score[:, None])
    return out


def _item(column: int, expected: Floats, seen: Floats, own: int, n_students: int) -> SX2:
    there = seen.sum(axis=1)
    # At the lowest and the highest score every answer is known: these groups say nothing of the item.
    inner = slice(1, len(seen) - 1)
    groups = _joined(expected[inner] * there[inner, None], seen[inner])
    statistic = sum(float(((o - e)[e > 0] ** 2 / e[e > 0]).sum()) for e, o in groups)
    df = sum(int((e > 0).sum()) - 1 for e, _ in groups) - own
    p = float(chdtrc(df, statistic)) if df > 0 else float("nan")
    return SX2(
        item=column, statistic=statistic, df=max(df, 0), p=p, n_groups=len(groups), n_students=n_students
    )


def _joined(expected: Floats, seen: Floats) -> list[tuple[Floats, Floats]]:
    groups: list[tuple[Floats, Floats]] = []
    e, o = np.zeros(expected.shape[1]), np.zeros(expected.shape[1])
    for more_e, more_o in zip(expected, seen, strict=True):
        e, o = e + more_e, o + more_o
        if (e[e > 0] >= FEWEST_EXPECTED).all() and e.sum() > 0:
            groups.append((e, o))
            e, o = np.zeros_like(e), np.zeros_like(o)
    if e.sum() > 0 and groups:
        last_e, last_o = groups.pop()
        e, o = last_e + e, last_o + o
    return [*groups, (e, o)] if e.sum() > 0 else groups
