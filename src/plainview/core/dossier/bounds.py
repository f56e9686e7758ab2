"""The bounds that a plan may set: of which check, by which name, and what each means.

In:   a plan's bounds.
Out:  a sentence for each that no check would ever read: it would look set, and would not be.
Not here: the checks; each reads its own bound (Plan.bound), and a test holds this table to them.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

BOUND = "below it, an effect is too small to matter"
BOUNDS: Mapping[str, Mapping[str, str]] = {
    "adaptivity.log_test": {"bound": BOUND},
    "adaptivity.memory": {"bound": BOUND},
    "adaptivity.same_for_all": {"bound": BOUND},
    "adaptivity.twin_probe": {"bound": BOUND},
    "adaptivity.irrelevant": {"bound": BOUND},
    "efficacy.effect": {"bound": BOUND},
    "fairness.errors_by_group": {"bound": BOUND, "threshold": "from it on, a prediction counts as yes"},
    "fairness.decision_parity": {"bound": "ratios from it to one divided by it are alike"},
    "fairness.learner_error": {"bound": BOUND},
    "fairness.over_practice": {"bound": BOUND},
    "fairness.below_grade": {"bound": BOUND},
    "soundness.reliability": {
        "for_groups": "from it on, scores may speak of groups",
        "for_single_students": "from it on, scores may speak of one student",
    },
    "soundness.decisions": {"least_right": "the share of right decisions that is enough"},
    "soundness.pool": {"bound": "the share of students to whom one item may be shown"},
    "exposure.anonymity": {"k": "how many rows must look alike"},
}


def never_read(bounds: Mapping[str, Mapping[str, Any]], lines: Mapping[Any, int]) -> Iterator[str]:
    """A sentence for each bound that no check would read.

    Parameters
    ----------
    lines : where each key stands in plan.toml, as shape.places gives them
    """
    for check, named in bounds.items():
        line = lines.get(("bounds", check), 1)
        if check not in BOUNDS:
            near = get_close_matches(check.partition("/")[0], BOUNDS, n=1)
            perhaps = f"perhaps '{near[0]}'; " if near else ""
            yield (
                f"plan.toml, line {line}, bounds: found '{check}', expected a check that reads a bound: "
                f"{perhaps}there are {', '.join(BOUNDS)}."
            )
            continue
        for name in named:
            if name not in BOUNDS[check]:
                place = f"plan.toml, line {lines.get(('bounds', check, name), line)}, bounds, {check}"
                yield f"{place}: found '{name}', expected {' or '.join(BOUNDS[check])}."
