"""One outcome of one study, counted: the effect, and all that says how far to trust it.

In:   what from_summary and from_rows found.
Out:  one shape for both.
Not here: words (say).
"""

from dataclasses import dataclass

from plainview.core.audit.efficacy.attrition import Attrition
from plainview.core.audit.efficacy.effect import Effect
from plainview.core.audit.efficacy.equivalence import Equivalence
from plainview.core.audit.efficacy.mdes import Mdes
from plainview.core.audit.efficacy.outcome import Outcome
from plainview.core.audit.efficacy.rating import Rated
from plainview.core.stats.cluster_robust import Estimate
from plainview.core.stats.mixed import Mixed


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    outcome: Outcome
    effect: Effect
    equivalence: Equivalence
    attritions: tuple[Attrition, ...]
    mdes: Mdes | None
    rated: Rated
    adjusted_for_before: bool
    n_clusters: int | None = None
    icc: float | None = None
    regression: Estimate | None = None  # in the outcome's own units, where rows were given
    mixed: Mixed | None = None  # a second opinion, where there are clusters
    said: tuple[str, ...] = ()  # what was decided on the way
