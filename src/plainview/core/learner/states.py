"""What may be said of a competency, by stated rules.

In:   the pieces seen so far (how many, of which kinds, on which days) and what is believed.
Out:  one of five states; and whether there is enough to say anything.
Not here: where the belief comes from (belief); how old it is (estimate.aged).
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from plainview.core.learner.belief import Belief
from plainview.core.learner.piece import Helped, Kind, Medium, Piece


class State(StrEnum):
    NOT_LOOKED = "not_looked"
    NOT_ENOUGH = "not_enough"
    MET_ONCE = "met_once"
    GETTING_STEADY = "getting_steady"
    STEADY = "steady"


ORDER = tuple(State)


def further(one: State, other: State) -> State:
    return max(one, other, key=ORDER.index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The thresholds, each with its reason. A child's own word moves the estimate, but no count here."""

    shows: float = 0.75  # "partly" is not yet a showing
    enough_pieces: int = 3  # two can both be luck
    enough_days: int = 2  # one day is one mood, one lesson still warm
    getting_steady_p: float = 0.6
    steady_pieces: int = 5
    steady_ways: int = 2  # kinds or media: a skill that lives in one format is not yet steady
    steady_days_apart: int = 7  # still there a week later
    steady_shown: int = 4  # four of the last five: every second time is not steadiness
    steady_of_last: int = 5
    steady_p: float = 0.85
    steady_low: float = 0.6  # even the doubtful end of the range says rather known than not


@dataclass(slots=True)
class Seen:
    """What the rules count, kept up piece by piece."""

    n_looked: int = 0  # with the child's own words
    showings: list[bool] = field(default_factory=list)  # alone, or with a friend's or a tool's help
    days: set[date] = field(default_factory=set)
    kinds: set[Kind] = field(default_factory=set)
    media: set[Medium] = field(default_factory=set)

    def add(self, piece: Piece, rules: Rules) -> None:
        self.n_looked += 1
        if piece.kind is Kind.SELF_ASSESSMENT:
            return
        self.days.add(piece.on)
        self.kinds.add(piece.kind)
        self.media.add(piece.medium)
        # With an adult's help it was shown together, which is good, and not yet alone.
        self.showings.append(piece.shown >= rules.shows and piece.helped is not Helped.ADULT)

    def is_enough(self, rules: Rules) -> bool:
        return len(self.showings) >= rules.enough_pieces and len(self.days) >= rules.enough_days

    def may_be_steady(self, rules: Rules) -> bool:
        return (
            len(self.showings) >= rules.steady_pieces
            and sum(self.showings[-rules.steady_of_last :]) >= rules.steady_shown
            and max(len(self.kinds), len(self.media)) >= rules.steady_ways
            and (max(self.days) - min(self.days)).days >= rules.steady_days_apart
        )


def state(seen: Seen, belief: Belief, rules: Rules) -> State:
    if not seen.n_looked:
        return State.NOT_LOOKED
    if not any(seen.showings):
        return State.NOT_ENOUGH
    if not seen.is_enough(rules) or belief.p_known < rules.getting_steady_p:
        return State.MET_ONCE
    if seen.may_be_steady(rules) and belief.p_known >= rules.steady_p and belief.range[0] >= rules.steady_low:
        return State.STEADY
    return State.GETTING_STEADY
