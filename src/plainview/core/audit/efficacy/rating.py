"""How far can a study's finding be trusted to be the product's doing? The clearinghouse's rating.

In:   the design; attrition, baseline, outcome, confound of one finding.
Out:  meets without reservations, with reservations, or does not meet; and the steps that led there.
Not here: whether the effect is large (effect), the tier in the law's words (essa).

Trial by lot, low attrition, assignment kept: without reservations. Trial with high attrition or a broken
assignment, or a comparison without a lot: with reservations if the analysed students were alike before. Else,
or with an outcome that is not fit, or a confound (one unit an arm): does not meet.

Source: What Works Clearinghouse, Procedures and Standards Handbook 5.0 (2022), chapters II-IV.
"""

from dataclasses import dataclass
from enum import StrEnum

from plainview.core.audit.efficacy.attrition import Attrition
from plainview.core.audit.efficacy.equivalence import Equivalence
from plainview.core.audit.efficacy.outcome import Outcome


class Kind(StrEnum):
    """How students came to be in an arm."""

    TRIAL = "rct"  # by lot
    QUASI = "qed"  # compared with others who were like them
    VIRTUAL = "virtual"  # compared with records of other schools, matched (match)
    CORRELATIONAL = "correlational"  # with statistical controls, no comparison group of its own
    USAGE = "usage"  # users against those who used it less: no comparison group at all


class Rating(StrEnum):
    WITHOUT = "meets without reservations"
    WITH = "meets with reservations"
    NOT = "does not meet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    rating: Rating
    because: tuple[str, ...]  # each step a sentence, in the order taken


def rate(
    *,
    kind: Kind,
    outcome: Outcome,
    attritions: tuple[Attrition, ...],
    equivalence: Equivalence,
    is_compromised: bool = False,
    confound: str = "",
    units_treated: int | None = None,
    units_control: int | None = None,
) -> Rated:
    """Rate one finding.

    Parameters
    ----------
    attritions : tuple of Attrition
        Of the students; where clusters were assigned, of the clusters too. Empty: not known, taken as high.
    units_treated, units_control : int, optional
        Schools, classes or teachers of each arm, where whole units were assigned.
    """
    if stop := _cannot_meet(kind, outcome, confound, units_treated, units_control):
        return Rated(rating=Rating.NOT, because=(stop,))
    if kind == Kind.TRIAL:
        steps, whole = _lot(attritions, is_compromised)
        if whole:
            return Rated(rating=Rating.WITHOUT, because=steps)
    else:
        steps = ("Students were not assigned by lot.",)
    alike = f"Before it began the analysed students were {equivalence.says} on {equivalence.measure}."
    if equivalence.g is None:
        alike = f"Whether the analysed students were alike before on {equivalence.measure} is not known."
    rating = Rating.WITH if equivalence.is_satisfied else Rating.NOT
    return Rated(rating=rating, because=(*steps, alike))


def _cannot_meet(
    kind: Kind, outcome: Outcome, confound: str, units_treated: int | None, units_control: int | None
) -> str:
    if kind in (Kind.CORRELATIONAL, Kind.USAGE):
        return "There is no comparison group: users are held against those who used it less, or a trend."
    if outcome.faults:
        return f"The outcome is not fit: {', and '.join(outcome.faults)}."
    if confound:
        return f"Something else differs between the arms just as the product does: {confound.rstrip('.')}."
    if 1 in (units_treated, units_control):
        return "One arm is a single school, class or teacher: its ways cannot be told from the product's."
    return ""


def _lot(attritions: tuple[Attrition, ...], is_compromised: bool) -> tuple[tuple[str, ...], bool]:
    steps = ["Students or clusters were assigned by lot."]
    if is_compromised:
        steps.append("The assignment was not kept.")
    if not attritions:
        steps.append("How many were assigned is not known, so attrition is taken as high.")
    steps += [_said(one) for one in attritions]
    low = bool(attritions) and all(one.is_low for one in attritions)
    return tuple(steps), low and not is_compromised


def _said(one: Attrition) -> str:
    most = "no difference" if one.highest is None else f"a difference up to {one.highest:.1f} points"
    return (
        f"Attrition of {one.level} is {'low' if one.is_low else 'high'}: {one.overall:.1f} per cent left, "
        f"{one.differential:.1f} points more of one arm, where {most} counts as low ({one.boundary})."
    )
