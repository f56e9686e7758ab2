"""The words that the answers of this question are made of.

In:   nothing.
Out:  names of checks, closed vocabularies.
Not here: sentences (say_items, say_curves, say_means).
"""

from enum import StrEnum

SIGNIFICANT = 0.05
DIF, ABROCA, ERRORS = "fairness.dif/1", "fairness.abroca/1", "fairness.errors_by_group/1"
PARITY, LEARNER = "fairness.decision_parity/1", "fairness.learner_error/1"
PRACTICE, BELOW = "fairness.over_practice/1", "fairness.below_grade/1"
WHOSE_FAULT = "Why the groups differ. A difference is a reason to look, not a verdict on anybody."


class Word(StrEnum):
    DIFFERS = "differs by group"
    ALIKE = "alike within the bound"
    OPEN = "no difference shown"
    FLAG = "flagged"


class Items(StrEnum):
    LARGE = "items to read"
    SOME = "items to look at"
    OPEN = "none shown"
