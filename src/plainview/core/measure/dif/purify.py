"""An item that favours one side spoils the score that students are matched on. Take it out, and match anew.

In:   a way to ask every item, given which items take part in the match.
Out:  the answers of the last round, and what happened on the way.
Not here: when an item counts as favouring one side (each method says).

Sources: Holland & Thayer (1988), in Wainer & Braun, Test Validity, 129-145 (once); Candell & Drasgow (1988),
Applied Psychological Measurement 12, 253-260 (until stable).
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from plainview.core.measure.dif.item import Purified, Purify

MOST_ROUNDS = 20
FEWEST_ITEMS = 3  # in the match
Bools = NDArray[np.bool_]
Answers = TypeVar("Answers")


def purify(
    ask: Callable[[Bools], tuple[Answers, Bools]], *, how: Purify, names: Sequence[str]
) -> tuple[Answers, Purified]:
    """Ask, keep out what was flagged, ask again: once, or until the same items are kept out twice."""
    anchor = np.ones(len(names), dtype=bool)
    answers, flagged = ask(anchor)
    seen, n_rounds, said = [anchor], 0, ""
    limit = {"no": 0, "once": 1, "until stable": MOST_ROUNDS}[how]
    while n_rounds < limit and not np.array_equal(~flagged, anchor):
        if (~flagged).sum() < FEWEST_ITEMS:
            said = f"stopped: fewer than {FEWEST_ITEMS} items would be left to match on"
            break
        if n_rounds and any(np.array_equal(~flagged, before) for before in seen[:-1]):
            said = f"stopped: the rounds go in a circle after {n_rounds}"
            break
        anchor = ~flagged
        seen.append(anchor)
        answers, flagged = ask(anchor)
        n_rounds += 1
    is_stable = bool(np.array_equal(~flagged, anchor))
    return answers, Purified(
        how=how,
        n_rounds=n_rounds,
        is_stable=is_stable,
        kept_out=tuple(name for name, kept in zip(names, anchor, strict=True) if not kept),
        said=said or _said(how, n_rounds, is_stable),
    )


def _said(how: Purify, n_rounds: int, is_stable: bool) -> str:
    if how == "no":
        return "not purified"
    if is_stable:
        return f"stable after {n_rounds} rounds" if n_rounds else "nothing to keep out"
    return f"{n_rounds} rounds; another one would keep out other items"
