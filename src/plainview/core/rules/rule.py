"""A rule: a colleague's way from what the evidence says to what might be done, in words and in code.

In:   a snapshot.
Out:  drafts: for whom, on what, why, what else would do. ``write`` makes cards of them.
Not here: what every card must have. A rule's author cannot forget it, because it is not hers to write.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from plainview.core.learner.piece import Piece
from plainview.core.rules.card import Choice, Task
from plainview.core.rules.line import Line
from plainview.core.rules.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a rule has to say. Everything else on the card is the same for all rules."""

    students: tuple[str, ...]
    competency: str
    do: Line
    task: Task
    because: tuple[Line, ...]
    would_change: tuple[Line, ...]
    choices: tuple[Choice, ...]
    does_not_know: tuple[Line, ...] = ()  # what only this rule can tell; the general doubts come after
    about: str = ""
    carried_by: tuple[Piece, ...] = ()  # the pieces it rests on, where there are more than ``because`` links
    looks_at: tuple[str, ...] = ()  # competencies whose estimates it rests on; the card's own if empty
    needs: tuple[str, ...] = ()  # further competencies it read


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. ``words`` say all of it: who reads them must be able to predict the card."""

    name: str
    version: int
    title: str
    words: str
    written_by: str
    written_on: date
    may: str
    propose: Callable[[Snapshot], Iterable[Draft]]
    parameters: Mapping[str, int | float] = field(default_factory=dict)
    lowers_expectation: bool = False
    review_within_days: int = 0

    def __post_init__(self) -> None:
        if self.lowers_expectation and not 0 < self.review_within_days <= MOST_DAYS_TO_REVIEW:
            raise ValueError(
                f"{self.name} lowers expectations: it needs a review within {MOST_DAYS_TO_REVIEW} days."
            )


# Three weeks: a child whose work was made easier is looked at again before it becomes her place.
MOST_DAYS_TO_REVIEW = 21
