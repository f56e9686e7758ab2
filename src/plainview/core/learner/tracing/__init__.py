"""Knowledge tracing over whole logs: what students know of each skill, and how they come to know it.

In:   a coded log.
Out:  the four numbers of every skill with their doubt; how the fit ended; what to expect of a row, and why.
Not here: one student's estimate as a class is shown it (core.learner.estimate, plain Python alone).

Read in this order: fitting, climb, expect, alike; then pool, tops, doubt, vary; then fitted, forecast.
"""

from plainview.core.learner.tracing.fitted import FittedSkill, Number, TracingFit
from plainview.core.learner.tracing.fitting import PRIORS, fit
from plainview.core.learner.tracing.tops import OtherTop

__all__ = ["PRIORS", "FittedSkill", "Number", "OtherTop", "TracingFit", "fit"]
