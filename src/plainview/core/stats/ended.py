"""How a fit ended: a number that was searched for never travels without it.

In:   what the search knows of itself.
Out:  one frozen answer, the same fields for every model.
Not here: the numbers that were found.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Read ``converged`` first. ``said`` is a sentence for people, and says it too."""

    converged: bool
    n_steps: int
    log_likelihood: float  # of the data alone, without any prior
    objective: float  # what was made largest: with the prior, where there is one
    said: str  # "converged after 31 steps" / "stopped at 500 steps, still moving by 0.002 a step"
