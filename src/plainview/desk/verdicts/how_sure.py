"""How sure a row of the label is: how much could be asked, and the number behind it with its range.

In:   the checks of a row, and the one that the row points to.
Out:  a sentence or two in both languages, or nothing.
Not here: the row's own sentence and mark (label); all the other numbers, which stand with the finding.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plainview.desk.published.words import USUAL_LEVEL
from plainview.desk.verdicts.found import Asked
from plainview.desk.verdicts.tongues import NOTHING, Both, said


def of(asked: Sequence[Asked], leading: Asked | None) -> Both:
    told = counted(asked) if asked else NOTHING
    return told + number(leading) if leading and leading.findings else told


def counted(asked: Sequence[Asked]) -> Both:
    """How many checks could say anything, and how they fall out."""
    n = {
        "of": len(asked),
        "answered": sum(bool(one.findings) for one in asked),
        "pro": sum(one.speaks_for for one in asked),
        "con": sum(one.speaks_against for one in asked),
    }
    return said(lambda: _counted(n))


def _counted(n: Mapping[str, int]) -> str:
    if not n["answered"]:
        return ngettext(
            "The one check could not be answered.", "None of %(of)d checks could be answered.", n["of"]
        ) % {"of": n["of"]}
    return (
        ngettext(
            "%(answered)d of %(of)d check could be answered: %(pro)d for it, %(con)d against it.",
            "%(answered)d of %(of)d checks could be answered: %(pro)d for it, %(con)d against it.",
            n["of"],
        )
        % n
    )


# --- the number that the leading finding rests on ---------------------------------------------------------
def number(leading: Asked) -> Both:
    """A sentence that says what was counted; nothing where the finding has no number with a range."""
    effect = leading.findings[0]["effect"]
    if not effect or effect["value"] is None or not effect["interval"]:
        return NOTHING
    return said(lambda: _number(leading.name, effect))


def _number(check: str, effect: Mapping[str, Any]) -> str:
    is_below = effect["value"] < 0 and check in BELOW
    say = (BELOW if is_below else ABOVE).get(check, _anything)
    times = (100 if effect["unit"] == "share" else 1) * (-1 if is_below else 1)
    ends = sorted(effect["interval"][end] * times for end in ("low", "high"))
    told = {"value": _short(effect["value"] * times), "range": _range(ends, effect["interval"]["level"])}
    rests = effect["n"] is not None and effect.get("of") == "students"
    on = _("This rests on %(n)s students.") % {"n": f"{effect['n']:,}"} if rests else ""
    return f"{say() % (told | {'unit': _unit(effect['unit'])})} {on}".strip()


def _anything() -> str:
    return _("The number it rests on is %(value)s%(unit)s (%(range)s).")


# What the number of a leading check counts, and how it is said where it falls below nothing.
ABOVE: dict[str, Callable[[], str]] = {
    "adaptivity.log_test": lambda: _(
        "Of 100 next steps, %(value)s (%(range)s) would have been different with another answer."
    ),
    "adaptivity.differentiation": lambda: _(
        "Of 100 pairs of students at the same step, %(value)s (%(range)s) were on different items."
    ),
    "adaptivity.equity_of_stopping": lambda: _(
        "After practice had ended, slower students were right in %(value)s (%(range)s) fewer of 100 answers"
        " than faster ones."
    ),
    "soundness.reliability": lambda: _("Its reliability (alpha) is %(value)s (%(range)s); 1 is the most."),
    "efficacy.effect": lambda: _(
        "Students who got it scored %(value)s (%(range)s) standard deviations above those who did not."
    ),
    "efficacy.virtual_group": lambda: _(
        "Students who got it scored %(value)s (%(range)s) standard deviations above matched students."
    ),
}
BELOW: dict[str, Callable[[], str]] = {
    "adaptivity.equity_of_stopping": lambda: _(
        "After practice had ended, slower students were right in %(value)s (%(range)s) more of 100 answers"
        " than faster ones."
    ),
    "efficacy.effect": lambda: _(
        "Students who got it scored %(value)s (%(range)s) standard deviations below those who did not."
    ),
    "efficacy.virtual_group": lambda: _(
        "Students who got it scored %(value)s (%(range)s) standard deviations below matched students."
    ),
}


def _unit(unit: str) -> str:
    """In the reader's words: of a share, so many in 100."""
    known = {
        "share": _("in 100"),
        "standard deviations": _("standard deviations"),
        "percentage points": _("percentage points"),
    }
    return f" {known.get(unit, unit)}" if unit else ""


def _range(ends: Sequence[float], level: float) -> str:
    told = _("%(low)s to %(high)s") % {"low": _short(ends[0]), "high": _short(ends[1])}
    return told if level == USUAL_LEVEL else f"{told}, {100 * level:g} %"


def _short(value: float) -> str:
    """Two digits: a label is read, not computed with. All of them stand with the finding."""
    return (f"{value:.2g}" if abs(value) < 99.5 else f"{value:,.0f}").replace("-", "−")
