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
    asks_when: bool = False  # whether times, where a log has them, move its predictions

    def load(self) -> Fitter:
        """The function that fits it. Loading may need what is not installed."""
        module, _, function = self.where.partition(":")
        fit, options = getattr(import_module(module), function), dict(self.options)
        return lambda log: fit(log, **options)


_LEARNER = "plainview.core.learner"

_LOGISTIC = f"{_LEARNER}.logistic.fit:fit"
# Each step of a logistic fit's search goes through all rows it is given. With so many, what is still unsure
# of a weight is far below what a prediction shows; the fit says how many there were.
_ENOUGH = ("most_rows", 4_000_000)

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
        words="whether each skill is known, traced answer by answer",
        where=f"{_LEARNER}.tracing.fitting:fit",
    ),
    Contender(
        name="afm",
        words="ability, and how often each skill was practised",
        where=_LOGISTIC,
        options=(("model", "afm"), _ENOUGH),
    ),
    Contender(
        name="pfa",
        words="right and wrong answers so far at each skill",
        where=_LOGISTIC,
        options=(("model", "pfa"), _ENOUGH),
    ),
    Contender(
        name="ability",
        words="ability and strength by skill, each as sure as its answers make it, and how hard the item is",
        where=f"{_LEARNER}.ability_tracing:fit",
    ),
    Contender(
        name="best-lr",
        words="item, skill, and right and wrong answers so far in all and at each skill",
        where=_LOGISTIC,
        options=(("model", "best_lr"), _ENOUGH),
    ),
    Contender(
        name="extended",
        words="item, skill, counts, rates that fade, a running ability, and time where the log has it",
        where=_LOGISTIC,
        options=(("model", "extended"), _ENOUGH),
        asks_when=True,
    ),
)
BY_NAME = {model.name: model for model in MODELS}
