"""A study as it was handed over: its design, and what was found in each outcome.

In:   words and numbers of a design file (read_study).
Out:  frozen shapes that the checks of this question count with.
Not here: counting; reading files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.efficacy.attrition import Attrition, Boundary
from plainview.core.audit.efficacy.effect import Arm, Version
from plainview.core.audit.efficacy.outcome import Outcome
from plainview.core.audit.efficacy.rating import Kind

Floats = NDArray[np.float64]
Names = NDArray[np.str_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """Classes or schools that students were assigned or taught in."""

    treated: int
    control: int
    icc: float | None = None  # None: the handbook's default
    counted: bool = False  # the study's own errors counted them

    @property
    def n(self) -> int:
        return self.treated + self.control


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What holds for all outcomes of a study."""

    title: str
    kind: Kind
    version: Version = "5.0"
    boundary: Boundary = "cautious"
    assigned: str = "students"  # or "clusters"
    n_sites: int | None = None
    is_compromised: bool = False
    confound: str = ""
    units_treated: int | None = None
    units_control: int | None = None
    has_logic_model: bool = False
    study_under_way: bool = False
    clusters: Clusters | None = None
    attritions: tuple[Attrition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one arm did, where the outcome is yes or no."""

    n: int
    share: float  # 0..1


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """How the arms stood before it began, the analysed students alone."""

    name: str = "the pretest"
    treated: Arm | Share | None = None
    control: Arm | Share | None = None
    g: float | None = None  # where the study gives the effect and no means
    is_same_test: bool = False
    is_adjusted: bool = False
    r: float | None = None  # correlation with the outcome
    take_off: bool = False  # difference in differences


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """One outcome as summary numbers."""

    outcome: Outcome
    treated: Arm | Share
    control: Arm | Share
    difference: float | None = None  # adjusted for covariates
    standard_error: float | None = None  # of it
    t: float | None = None
    r_squared: float = 0.0
    before: Before | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One outcome as columns of rows."""

    outcome: Outcome
    after: str
    before: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # other covariates


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """Students, a row each: all who were assigned, those who were lost too."""

    treated: NDArray[np.bool_]
    cluster: Names | None
    site: Names | None
    strata: Names | None  # one word a row, of all stratum columns together
    numbers: Mapping[str, Floats]  # outcomes, pretests, covariates; NaN where not known
    exact: Mapping[str, Names] = field(default_factory=dict)  # what a match must have in common
    use: Floats | None = None  # minutes, sessions: how much of the product
    recommended: float | None = None  # as much use as the vendor asks for
    caliper: float | None = None  # how far a match may start away, in standard deviations


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """Either ``reported`` or ``asked`` with ``rows``."""

    file: str
    design: Design
    reported: tuple[Reported, ...] = ()
    asked: tuple[Asked, ...] = ()
    rows: Rows | None = None
    told: tuple[str, ...] = ()
