"""From the search's parameters to the items that people read.

In:   the top of the hill and how sure it is.
Out:  ItemParameters, each with its remark where something must be said.
Not here: the search (climb), the shapes of results (items).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.measure.irt.answers import Answers
from plainview.core.measure.irt.curves import Block
from plainview.core.measure.irt.hill import STEEPEST, Place
from plainview.core.measure.irt.items import NAN, ItemParameters
from plainview.core.measure.irt.sure import Sure

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Found:
    """One item as the search left it."""

    block: Block
    values: Floats
    covariance: Floats
    held: NDArray[np.bool_]


def read_items(
    table: Answers, models: list[str], place: Place, known: Sure, latent_sd: float | None
) -> tuple[ItemParameters, ...]:
    """``latent_sd``: where the slope is 1 by definition and the deviation of ability free; None otherwise."""
    items: dict[int, ItemParameters] = {}
    for block, covariances, held in zip(place.model.blocks, known.covariances, place.held, strict=True):
        for i, spot in enumerate(block.items):
            found = _Found(block=block, values=block.values[i], covariance=covariances[i], held=held[i])
            column = int(table.kept[spot])
            items[column] = _item(table, models[column], column, found, unit_slope=latent_sd is not None)
    return tuple(items.get(j) or _left_out(table, models[j], j) for j in range(len(models)))


def _item(table: Answers, model: str, column: int, found: _Found, *, unit_slope: bool) -> ItemParameters:
    block, values, n = found.block, found.values, found.block.n_categories
    slope = 1.0 if unit_slope else float(values[0])
    covariance = _without_slope(found.covariance) if unit_slope else found.covariance
    difficulties, difficulty_ses = _difficulties(block.kind, slope, values[1:n], covariance[:n, :n])
    ses = np.sqrt(np.einsum("pp->p", covariance))
    return ItemParameters(
        item=column,
        model=model,
        n_answers=int(table.n_answers[column]),
        slope=slope,
        slope_se=NAN if unit_slope else float(ses[0]),
        intercepts=tuple(float(d) for d in values[1:n]),
        intercept_ses=tuple(float(s) for s in ses[1:n]),
        difficulties=difficulties,
        difficulty_ses=difficulty_ses,
        guess=float(values[2]) if block.kind == "3pl" else 0.0,
        guess_se=float(ses[2]) if block.kind == "3pl" else NAN,
        categories=table.categories[column],
        remark=_remark(table.categories[column], found, ses),
    )


def _without_slope(covariance: Floats) -> Floats:
    out = covariance.copy()
    out[0], out[:, 0] = 0.0, 0.0
    return out


def _difficulties(
    kind: str, slope: float, intercepts: Floats, covariance: Floats
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """b = -d / a; for "steps" between neighbours, b_k = -(d_k - d_(k-1)) / a. Errors: delta method."""
    n = len(intercepts)
    picks = np.eye(n) - np.eye(n, k=-1) if kind == "steps" else np.eye(n)
    reached = picks @ intercepts
    with np.errstate(divide="ignore", invalid="ignore"):
        b = -reached / slope
        turn = np.column_stack([-b / slope, -picks / slope])
        variance = np.einsum("kp,pr,kr->k", turn, covariance, turn)
        ses = np.sqrt(variance)
    return tuple(float(x) for x in b), tuple(float(x) for x in ses)


def _remark(seen: tuple[int, ...], found: _Found, ses: Floats) -> str:
    said, held = [], found.held
    skipped = sorted(set(range(seen[-1])) - set(seen))
    if skipped:
        said.append(f"nobody's answer was {_listed(skipped)}; the categories that were used are counted on")
    if held[0]:
        said.append(f"its slope ran away and was stopped at {STEEPEST:g}: these answers only say 'steep'")
    elif found.values[0] < 0:
        said.append("it falls: students who know more get less of it; look at its key")
    if found.block.kind == "3pl" and held[2]:
        said.append("its guess is at the edge, where it has no standard error")
    if not held.any() and np.isnan(ses).any():
        said.append("these answers do not determine its parameters: no standard errors")
    return "; ".join(said)


def _listed(numbers: list[int]) -> str:
    return ", ".join(str(n) for n in numbers)


def _left_out(table: Answers, model: str, column: int) -> ItemParameters:
    seen = table.categories[column]
    remark = "nobody answered it; left out"
    if seen:
        remark = f"everybody's answer was {seen[0]}, which tells no two students apart; left out"
    return ItemParameters(
        item=column,
        model=model,
        n_answers=int(table.n_answers[column]),
        slope=NAN,
        slope_se=NAN,
        intercepts=(),
        intercept_ses=(),
        difficulties=(),
        difficulty_ses=(),
        guess=NAN,
        guess_se=NAN,
        categories=seen,
        remark=remark,
    )
