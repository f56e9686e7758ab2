"""The models that may be compared, from the simplest to the richest.

In:   a name.
Out:  the function that fits it, loaded when it is asked for; the words that say what it rests on.
Not here: how one is chosen (compare).

To add one: a line in ``MODELS``, at its place in the order of simplicity. The order is a judgement and is
stated, not computed: how much one must know to follow a prediction by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.explanation import Explanation
from plainview.core.logs.coded import Coded
from plainview.core.stats.ended import Ended


class Fitted(Protocol):
    """What every model's fit offers."""

    @property
    def ended(self) -> Ended: ...
    def predict(self, log: Coded) -> NDArray[np.float64]: ...
    def explain(self, log: Coded, row: int) -> Explanation: ...


Fitter = Callable[[Coded], "Fitted | CannotSay"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One model, by name."""

    name: str
    words: str  # what a prediction rests on
    where: str  # module:function, loaded when it is needed
    options: tuple[tuple[str, Any], ...] = ()

    def load(self) -> Fitter:
        """The function that fits it. Loading may need what is not installed."""
        module, _, function = self.where.partition(":")
        fit, options = getattr(import_module(module), function), dict(self.options)
        return lambda log: fit(log, **options)


_LEARNER = "plainview.core.learner"

# From the simplest to the richest.
MODELS: tuple[Contender, ...] = (
    Contender(
        name="skill-rate",
        words="how often the skill is answered rightly",
        where=f"{_LEARNER}.choose.skill_rate:fit",
    ),
    Contender(
        name="elo", words="ability, strength by skill, and how hard the item is", where=f"{_LEARNER}.elo:fit"
    ),
    Contender(
        name="bkt",
        words="whether the skill is known, traced answer by answer",
        where=f"{_LEARNER}.tracing.fit:fit",
    ),
)
BY_NAME = {model.name: model for model in MODELS}
