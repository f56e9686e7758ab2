"""Every check there is, by its name. To add one: a line in the checks.py of its question.

In:   the five questions' lines.
Out:  one table, in the order in which a report tells them.
Not here: the checks. They are loaded when they are asked.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from plainview.core.audit.adaptivity import checks as adaptivity
from plainview.core.audit.check import Check, Question
from plainview.core.audit.efficacy import checks as efficacy
from plainview.core.audit.exposure import checks as exposure
from plainview.core.audit.fairness import checks as fairness
from plainview.core.audit.soundness import checks as soundness
from plainview.core.mendable import Mendable

_ALL = (*adaptivity.CHECKS, *efficacy.CHECKS, *fairness.CHECKS, *soundness.CHECKS, *exposure.CHECKS)
CHECKS: Mapping[str, Check] = {check.name: check for check in _ALL}
if len(CHECKS) != len(_ALL):
    raise ValueError("two checks have one name.")


def without_version(name: str) -> str:
    """adaptivity.log_test of adaptivity.log_test/1."""
    return name.partition("/")[0]


def named(names: Iterable[str], *, checks: Mapping[str, Check] = CHECKS) -> tuple[Check, ...]:
    """The checks that these words mean: a name, with its version or without, or a whole question.

    Raises
    ------
    Mendable
        For words that mean none.
    """
    wanted, faults = set[str](), list[str]()
    for name in names:
        found = {check.name for check in checks.values() if name in words_for(check)}
        wanted |= found
        if not found:
            faults.append(f"found the check '{name}', expected {_perhaps(name, checks)}")
    if faults:
        raise Mendable(*faults)
    return tuple(check for check in checks.values() if check.name in wanted)


def _perhaps(name: str, checks: Mapping[str, Check]) -> str:
    """Fifty names would bury the one that was meant."""
    words = sorted({without_version(word) for check in checks.values() for word in words_for(check)})
    near = get_close_matches(name, words, n=2, cutoff=0.7)
    perhaps = f"perhaps {' or '.join(near)}" if near else f"for instance {Question.FAIRNESS}"
    return f"one that there is, {perhaps}. `plainview ask --list` names them all."


def words_for(check: Check) -> tuple[str, ...]:
    """By which a plan, a claim or a command may mean it."""
    return (check.name, without_version(check.name), str(check.question))
