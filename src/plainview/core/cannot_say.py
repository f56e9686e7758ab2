"""The honest answer when the data cannot carry one.

In:   what was asked, why it cannot be said, what it would need.
Out:  a result like any other: stored, shown and tested.
Not here: callers' mistakes (a wrong shape raises ValueError), files that cannot be read (mendable).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CannotSay:
    """Readers see it as it stands."""

    question: str
    reason: str  # "the log holds 19 students of the group and 0 others"
    would_need: str  # "at least 20 students on each side"
    check: str  # who says so, with its version: "learner.tracing/1"

    def __str__(self) -> str:
        return f"Cannot say: {self.reason}. It would need {self.would_need}."
