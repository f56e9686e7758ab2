"""Do the parts of a fit that came from a file belong together? Sizes, places and chances, model by model.

In:   a model's name, a fit that was built from a file.
Out:  nothing; or a ValueError that says which part does not fit.
Not here: the file (saved). A fit that was made here needs no such look.

Compiled walks step through arrays by code and do not look whether there is ground: so this does.
"""

from collections.abc import Callable
from dataclasses import astuple
from typing import Any

import numpy as np

from plainview.core.learner.logistic import columns
from plainview.core.learner.logistic import layout as shapes
from plainview.core.learner.logistic.design import places
from plainview.core.learner.tracing.arrange import N_FORMS

FARTHEST = 300.0  # log-odds; beyond it nothing is told apart, and sums run over


def check(model: str, fit: Any) -> None:
    """Raises ValueError where parts differ in size, point nowhere, or hold no number."""
    if len(set(getattr(fit, "items", ()))) != len(getattr(fit, "items", ())):
        raise ValueError("fit.items: found a name twice")
    _OF[model](fit)


def _sized(what: str, part: Any, *shape: int) -> None:
    if np.shape(part) != shape:
        raise ValueError(f"{what}: found the shape {np.shape(part)}, expected {shape}")
    if not bool(np.isfinite(part).all()):
        raise ValueError(f"{what}: found what is no number")


def _log_odds(what: str, part: Any, *shape: int) -> None:
    _sized(what, part, *shape)
    if np.size(part) and float(np.abs(part).max()) > FARTHEST:
        raise ValueError(f"{what}: found a number beyond {FARTHEST:g}, in log-odds")


def _between(what: str, part: Any, *shape: int) -> None:
    """Chances that are neither 0 nor 1: what is impossible cannot be weighed."""
    _chances(what, part, *shape)
    if not bool(np.all((np.asarray(part) > 0) & (np.asarray(part) < 1))):
        raise ValueError(f"{what}: found a certainty")


def _chances(what: str, part: Any, *shape: int) -> None:
    _sized(what, part, *shape)
    if not bool(np.all((np.asarray(part) >= 0) & (np.asarray(part) <= 1))):
        raise ValueError(f"{what}: found what is no chance between 0 and 1")


def _places(what: str, part: Any, least: int, beyond: int) -> None:
    if np.ndim(part) != 1 or (np.size(part) and not (np.min(part) >= least and np.max(part) < beyond)):
        raise ValueError(f"{what}: found a place outside {least} to {beyond - 1}")


def _skill_rate(fit: Any) -> None:
    _chances("fit.rate", fit.rate, len(fit.skills))
    _chances("fit.middle", fit.middle)


def _elo(fit: Any) -> None:
    _log_odds("fit.difficulty", fit.difficulty, len(fit.items))
    _log_odds("fit.ease", fit.ease, len(fit.skills))
    _sized("fit.n_of_item", fit.n_of_item, len(fit.items))
    _sized("fit.n_of_skill", fit.n_of_skill, len(fit.skills))
    steps = astuple(fit.steps)
    _log_odds("fit.steps, fit.middle", [*steps, fit.middle], len(steps) + 1)
    _chances("fit.floor", fit.floor)
    if min(steps) < 0 or fit.floor == 1:
        raise ValueError("fit.steps, fit.floor: found a step backwards, or a floor of 1")


def _ability(fit: Any) -> None:
    for what, names in (("difficulty", fit.items), ("ease", fit.skills)):
        _log_odds(f"fit.{what}", getattr(fit, what), len(names))
        _log_odds(f"fit.{what}_sd", getattr(fit, f"{what}_sd"), len(names))
    told = (*astuple(fit.spread), fit.middle, fit.sureness)
    _log_odds("fit.spread, fit.middle, fit.sureness", told, len(told))


def _tracing(fit: Any) -> None:
    n_skills = len(fit.skills)
    _tracing_layout("fit.layout", fit, fit.layout, max(n_skills, 1))
    _places("fit.layout.cell_skill", np.array([len(fit.layout.cell_skill)]), max(n_skills, 1), n_skills + 2)
    _between("fit.p", fit.p, fit.layout.n)
    _chances("fit.share_right", fit.share_right)
    _sized("fit.answers_of", fit.answers_of, n_skills)
    for kind in fit.layout.kinds:
        _sized(f"fit.priors.{kind}", [fit.priors[kind].a, fit.priors[kind].b], 2)
    if fit.own is not None:
        _own(fit, fit.own)
    elif fit.variant.by_item or fit.variant.by_student:
        raise ValueError("fit.own: found none, expected one where items or students differ")


def _own(fit: Any, own: Any) -> None:
    n_skills = max(len(fit.skills), 1)
    _tracing_layout("fit.own.layout", fit, own.layout, n_skills * (N_FORMS if fit.variant.by_student else 1))
    _between("fit.own.p", own.p, own.layout.n)
    if fit.variant.by_item and (own.cell_item is None or len(own.cell_item) != len(own.layout.cell_skill)):
        raise ValueError("fit.own.cell_item: found other cells than the layout's")
    if own.cell_item is not None:
        _places("fit.own.cell_item", own.cell_item, 0, max(len(fit.items), 1))
    if fit.variant.by_student and own.form is None:
        raise ValueError("fit.own.form: found none, expected one where students differ")
    if own.form is not None:
        _chances("fit.own.form.rates", own.form.rates, len(fit.skills))
        _sized("fit.own.form.cuts", own.form.cuts, N_FORMS - 2)


def _tracing_layout(what: str, fit: Any, layout: Any, n_starts: int) -> None:
    if layout.n_skills != max(len(fit.skills), 1) or layout.forgets != fit.variant.forgets:
        raise ValueError(f"{what}: found one of other skills")
    _places(f"{what}.start_skill", layout.start_skill, 0, layout.n_skills)
    _places(f"{what}.cell_skill", layout.cell_skill, 0, layout.n_skills)
    _places(f"{what}.start_skill", np.array([len(layout.start_skill)]), n_starts, n_starts + 1)


def _logistic(fit: Any) -> None:
    layout, names, people = fit.layout, fit.names, fit.population
    if layout.model not in shapes.MODELS or any(
        b not in shapes.blocks_of(layout.model) for b in layout.blocks
    ):
        raise ValueError("fit.layout: found a model or block that is not known")
    _places("fit.layout.past", np.array(layout.past), 0, len(columns.PAST))
    _places("fit.layout.times", np.array(layout.times), 0, len(columns.TIMES))
    if layout.counts and (layout.past or layout.times):
        raise ValueError("fit.layout: found counts beside other columns")
    n_dense = 1 + len(layout.columns)
    ends = [end for _, _, end in places(layout, names)]
    _log_odds("fit.coefficients", fit.coefficients, n_dense + (ends[-1] if ends else 0))
    if not all(layout.penalty.get(block, 0) > 0 for block in layout.blocks):
        raise ValueError("fit.layout.penalty: found none above 0 for some block")
    _sized("fit.means", fit.means, n_dense)
    if np.shape(fit.covariance) != (n_dense, n_dense):
        raise ValueError(
            f"fit.covariance: found the shape {np.shape(fit.covariance)}, expected {n_dense} x {n_dense}"
        )
    if np.any(np.diff(names.followed) <= 0):
        raise ValueError("fit.names.followed: found pairs of items that do not rise")
    _places("fit.names.followed", names.followed, 0, 2 * max(len(names.items), 1) ** 2)
    _chances("fit.population.share", people.share)
    _chances("fit.population.skill_share", people.skill_share, len(people.skills))
    if np.shape(people.item_share) != (len(people.items),):
        raise ValueError("fit.population.item_share: found other items than their names")
    known = np.isfinite(people.item_share)
    _between("fit.population.item_share", np.where(known, people.item_share, 0.5), len(people.items))
    if bool(np.isinf(people.item_share).any()):
        raise ValueError("fit.population.item_share: found what is no share")


_OF: dict[str, Callable[[Any], None]] = {
    "skill-rate": _skill_rate,
    "elo": _elo,
    "ability": _ability,
    "bkt": _tracing,
    **dict.fromkeys(("afm", "pfa", "best-lr", "extended"), _logistic),
}
