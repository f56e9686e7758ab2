"""A fit beside answers: where each student may stand, once the items are known.

In:   a fit, answers to the same items (those it was fitted to, or others).
Out:  the answers' table, the curves for a standard ability, and one pass over the students.
Not here: what is made of it (residuals, score_groups).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from plainview.core.measure.irt.answers import Answers, coded
from plainview.core.measure.irt.expect import Pass, Tables, Windows
from plainview.core.measure.irt.items import IrtFit, blocks_of
from plainview.core.measure.irt.model import Grid, Model, grid

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Beside:
    table: Answers
    model: Model  # for an ability with standard deviation 1
    grid: Grid

    def standings(self) -> Pass:
        log_p = self.model.log_p(self.grid.nodes)
        return Pass(Tables(self.table), log_p, self.grid, Windows(self.table, len(self.grid.nodes)))


def beside(fit: IrtFit, answers: NDArray[np.generic]) -> Beside:
    """The fit's categories, its grid, its items."""
    table = coded(np.asarray(answers), categories=tuple(item.categories for item in fit.items))
    place = np.full(len(fit.items), -1, dtype=np.intp)
    place[table.kept] = np.arange(len(table.kept))
    blocks = tuple(replace(block, items=place[block.items]) for block in blocks_of(fit, standard=True))
    model = Model(blocks=blocks, one_slope=False, guess_prior=None)
    return Beside(table=table, model=model, grid=grid(fit.quadrature.spacing))
