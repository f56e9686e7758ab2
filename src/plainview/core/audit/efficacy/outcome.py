"""Can this outcome carry the question? A test must be reliable, fair to both arms, and not the vendor's own.

In:   what is known of the test.
Out:  whether it is fit, and if not, why; whether it caps what can be said.
Not here: the effect on it.

Reliability: internal consistency at least .50, of two occasions at least .40, of two raters at least .50. A
standardised test or a record of the school is taken as reliable. Over-aligned: the test asks what only one
arm was shown; a product's own embedded test is, and what it shows stays inconclusive.

Source: What Works Clearinghouse, Procedures and Standards Handbook 5.0 (2022), chapter II (outcomes).
"""

from dataclasses import dataclass

LEAST_INTERNAL, LEAST_RETEST, LEAST_RATERS = 0.50, 0.40, 0.50


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    name: str
    domain: str = ""  # outcomes of one domain are one family of tests
    is_standardised: bool = False  # a published test, or a record of the school
    internal: float | None = None  # alpha or the like
    retest: float | None = None
    raters: float | None = None
    has_face_validity: bool = True
    is_vendors_own: bool = False  # built into the product, or written by who sells it
    is_over_aligned: bool = False  # holds what only one arm was shown
    same_in_both_arms: bool = True  # taken in the same way, at the same time

    @property
    def is_reliable(self) -> bool | None:
        """None where nothing is known."""
        known = (
            (self.internal, LEAST_INTERNAL),
            (self.retest, LEAST_RETEST),
            (self.raters, LEAST_RATERS),
        )
        held = [value >= least for value, least in known if value is not None]
        if held:
            return any(held)
        return True if self.is_standardised else None

    @property
    def faults(self) -> tuple[str, ...]:
        """Why the test cannot carry the question; nothing where it can."""
        said = {
            "its reliability is too small": self.is_reliable is False,
            "its reliability is not known": self.is_reliable is None,
            "it does not measure what it is named after": not self.has_face_validity,
            "it asks what only one arm was shown": self.is_over_aligned and not self.is_vendors_own,
            "it was not taken in the same way in both arms": not self.same_in_both_arms,
        }
        return tuple(sentence for sentence, is_so in said.items() if is_so)

    @property
    def is_capped(self) -> bool:
        """Whatever it shows stays inconclusive."""
        return self.is_vendors_own
