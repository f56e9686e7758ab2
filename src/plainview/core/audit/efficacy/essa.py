"""Which tier of evidence is that in the words of the law (Every Student Succeeds Act)?

In:   the rating of a finding, its sign and p, how many students at how many sites, what contradicts it.
Out:  tier 1 (strong) to 4 (a rationale), or none; and why.
Not here: the rating (rating).

1: without reservations, significant and positive, 350 students or more, 2 sites or more. 2: the same with
reservations. 3: significant and positive, with controls for who was better before; a study that meets the
rules but is too small for 1 and 2. 4: a reasoned model, and a study under way. A significant negative finding
of the same outcome in a study that meets the rules overrides 1, 2 and 3.

Sources: U.S. Department of Education (2016, revised 2023), Non-Regulatory Guidance: Using Evidence. What
Works Clearinghouse, Procedures and Standards Handbook 5.0 (2022), chapter VI.
"""

from dataclasses import dataclass
from enum import StrEnum

from plainview.core.audit.efficacy.rating import Kind, Rating
from plainview.core.plural import counted

FEWEST_STUDENTS, FEWEST_SITES = 350, 2
SIGNIFICANT = 0.05


class Tier(StrEnum):
    STRONG = "tier 1"
    MODERATE = "tier 2"
    PROMISING = "tier 3"
    RATIONALE = "tier 4"
    NONE = "no tier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiered:
    tier: Tier
    because: tuple[str, ...]


def tier(
    *,
    kind: Kind,
    rating: Rating,
    g: float,
    p_value: float,
    n_students: int,
    n_sites: int | None,
    controls_for_before: bool,
    overriding_negative: bool = False,
    has_logic_model: bool = False,
    study_under_way: bool = False,
    capped: bool = False,
) -> Tiered:
    """The tier of one finding. ``p_value`` is the one adjusted for its family.

    ``capped``: the outcome is the vendor's own, so that the finding carries no tier but the rationale's.
    """
    rationale = Tier.RATIONALE if has_logic_model and study_under_way else Tier.NONE
    last = (
        "There is a reasoned model, and a study is under way."
        if rationale == Tier.RATIONALE
        else "No reasoned model with a study under way was shown."
    )
    if stop := _no_finding(g, p_value, overriding_negative, capped):
        return Tiered(tier=rationale, because=(stop, last))
    if rating == Rating.NOT:
        if kind in (Kind.CORRELATIONAL, Kind.USAGE) and controls_for_before:
            why = "Those who used it more did better, with controls for who was better before."
            return Tiered(tier=Tier.PROMISING, because=(why,))
        return Tiered(tier=rationale, because=("The finding does not meet the rules.", last))
    small = _too_small(n_students, n_sites)
    if small:
        return Tiered(tier=Tier.PROMISING, because=(f"The finding {_meets(rating)}.", *small))
    found = Tier.STRONG if rating == Rating.WITHOUT else Tier.MODERATE
    why = f"The finding {_meets(rating)}. It is positive, and chance seldom does that."
    return Tiered(tier=found, because=(why,))


def _meets(rating: Rating) -> str:
    return f"{rating}".replace("meets", "meets the standards", 1)


def _no_finding(g: float, p_value: float, overriding_negative: bool, capped: bool) -> str:
    if capped:
        return "The outcome is the vendor's own test."
    if overriding_negative:
        return "Another finding of this outcome that meets the rules is negative."
    if not (g > 0 and p_value <= SIGNIFICANT):
        return "No positive effect was shown that chance alone would seldom make."
    return ""


def _too_small(n_students: int, n_sites: int | None) -> tuple[str, ...]:
    said = []
    if n_students < FEWEST_STUDENTS:
        said.append(f"It rests on {counted(n_students, 'student')}; {FEWEST_STUDENTS} are asked for.")
    if n_sites is None:
        said.append(f"How many sites there were is not known; {FEWEST_SITES} are asked for.")
    elif n_sites < FEWEST_SITES:
        said.append(f"It rests on one site; {FEWEST_SITES} are asked for.")
    return tuple(said)
