"""How reliable are the abilities that this test gives?

In:   a fit.
Out:  marginal reliability (of the test, for a normal population) and empirical (of these students).
Not here: information at one ability (IrtFit.information), alpha and omega (classical).

Sources: Green, Bock, Humphreys, Linn & Reckase (1984), Journal of Educational Measurement 21, 347-360; the
form for posterior means, 1 - E[posterior variance], as in Thissen & Wainer (2001), Test Scoring, chapter 3.
"""

from dataclasses import dataclass

import numpy as np

from plainview.core.measure.irt.items import IrtFit
from plainview.core.measure.irt.model import grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    marginal: float  # 0..1: mean of I / (I + 1/sd^2) over the population, everybody answering every item
    empirical: float  # 0..1: Var(EAP) / (Var(EAP) + mean posterior variance), these students as they answered
    n_students: int


def reliability(fit: IrtFit) -> Reliability:
    """Of posterior-mean abilities, in the fit's own population and among the students who answered."""
    at = grid(fit.quadrature.spacing)
    weight = np.exp(at.log_weight)
    told = fit.information(at.nodes * fit.latent_sd) * fit.latent_sd**2
    there = np.isfinite(fit.eap)
    spread, doubt = float(np.var(fit.eap[there])), float(np.mean(fit.eap_sd[there] ** 2))
    return Reliability(
        marginal=float((weight * told / (told + 1)).sum() / weight.sum()),
        empirical=spread / (spread + doubt),
        n_students=int(there.sum()),
    )
