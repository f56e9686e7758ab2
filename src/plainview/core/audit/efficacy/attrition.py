"""Who was lost on the way, and was it more of one arm? Held against the published boundary.

In:   how many were assigned to each arm, how many were analysed.
Out:  overall and differential attrition, the highest differential that counts as low there, low or high.
Not here: why they left. Cautious by default: students whom a product fails stop using it, so leaving may
well depend on the product.

The boundary is a table by whole per cents of overall attrition (attrition_boundary.csv); between two rows it
is taken along the line between them. Both sides are rounded to a tenth of a point, as the table is.

Source: What Works Clearinghouse, Standards Handbook 4.0 (2017), table II.1; the same in 4.1 and 5.0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import floor
from typing import Literal

Boundary = Literal["cautious", "optimistic"]
TABLE = "attrition_boundary.csv"
RECALLED_FROM = 58  # rows of the table that were not read from the handbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Attrition:
    """Of one level: students, or clusters."""

    level: str  # "students", "clusters"
    assigned_treated: int
    assigned_control: int
    analysed_treated: int
    analysed_control: int
    boundary: Boundary
    highest: float | None  # differential that still counts as low here, percentage points; None: none does

    @property
    def overall(self) -> float:
        """Per cent."""
        assigned = self.assigned_treated + self.assigned_control
        return 100 * (1 - (self.analysed_treated + self.analysed_control) / assigned)

    @property
    def differential(self) -> float:
        """Percentage points, without a sign."""
        return abs(self.lost_treated - self.lost_control)

    @property
    def lost_treated(self) -> float:
        return 100 * (1 - self.analysed_treated / self.assigned_treated)

    @property
    def lost_control(self) -> float:
        return 100 * (1 - self.analysed_control / self.assigned_control)

    @property
    def is_low(self) -> bool:
        return self.highest is not None and round(self.differential, 1) <= round(self.highest, 1)

    @property
    def rests_on_recalled_rows(self) -> bool:
        return self.overall > RECALLED_FROM - 1 and self.boundary == "optimistic"


def attrition(
    *,
    assigned_treated: int,
    assigned_control: int,
    analysed_treated: int,
    analysed_control: int,
    boundary: Boundary = "cautious",
    level: str = "students",
) -> Attrition:
    """Overall and differential attrition against the boundary.

    Raises
    ------
    ValueError
        If more were analysed than assigned, or nobody was assigned to an arm.

    Source
    ------
    What Works Clearinghouse, Standards Handbook 4.0, table II.1.
    """
    pairs = ((assigned_treated, analysed_treated), (assigned_control, analysed_control))
    for assigned, analysed in pairs:
        if not 0 <= analysed <= assigned or assigned == 0:
            raise ValueError(
                f"{level}: found {analysed} analysed of {assigned} assigned, expected no more than assigned."
            )
    overall = 100 * (1 - (analysed_treated + analysed_control) / (assigned_treated + assigned_control))
    return Attrition(
        level=level,
        assigned_treated=assigned_treated,
        assigned_control=assigned_control,
        analysed_treated=analysed_treated,
        analysed_control=analysed_control,
        boundary=boundary,
        highest=highest_differential(overall, boundary=boundary),
    )


def highest_differential(overall: float, *, boundary: Boundary = "cautious") -> float | None:
    """The highest differential attrition (points) that counts as low at this overall one (per cent)."""
    rows = boundary_table(boundary)
    # 1 - 80/100 is a hair above .2; the table's rows are meant.
    overall = round(overall, 9)
    below = floor(overall)
    if below not in rows:
        return None
    if overall == below:
        return rows[below]
    if below + 1 not in rows:
        return None
    part = overall - below
    return rows[below] * (1 - part) + rows[below + 1] * part


@cache
def boundary_table(boundary: Boundary) -> Mapping[int, float]:
    """Per cent overall -> points of differential. Where nothing counts as low there is no row."""
    text = files(__package__).joinpath(TABLE).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")][1:]
    which = 1 if boundary == "cautious" else 2
    cells = [line.split(",") for line in lines]
    return {int(row[0]): float(row[which]) for row in cells if row[which]}
