"""One student's answers at one skill, in plain Python: the slow way that the fast one is held to.

In:   what was asked, with its guess and slip; P(known) at the start, learn and forget.
Out:  the steps, as core.learner.bkt tells them.
Not here: the fast way (expect, kernels).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plainview.core.learner.bkt import Step, if_known, if_unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One answer, and how likely it is by guess and slip."""

    shown: float
    p_guess: float
    p_slip: float


def p_right(p_known: float, asked: Asked) -> float:
    return p_known * (1 - asked.p_slip) + (1 - p_known) * asked.p_guess


def steps(asked: Sequence[Asked], p_known: float, p_learn: float, p_forget: float = 0.0) -> tuple[Step, ...]:
    """Without forgetting and with one guess and slip this is ``bkt.trace``."""
    told: list[Step] = []
    for one in asked:
        likely_known = if_known(one.shown, 1.0, one.p_slip)
        likely_unknown = if_unknown(one.shown, 1.0, one.p_guess)
        known, unknown = p_known * likely_known, (1 - p_known) * likely_unknown
        # As in bkt.after_answer: what the model holds impossible tells nothing.
        then = known / (known + unknown) if known + unknown else p_known
        after = then * (1 - p_forget) + (1 - then) * p_learn
        told.append(
            Step(
                shown=one.shown,
                weight=1.0,
                p_before=p_known,
                if_known=likely_known,
                if_unknown=likely_unknown,
                p_after_evidence=then,
                p_after=after,
            )
        )
        p_known = after
    return tuple(told)
