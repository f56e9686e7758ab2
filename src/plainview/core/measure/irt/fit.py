"""Fit items to answers by marginal maximum likelihood.

In:   students x items, NaN where nobody answered; which model.
Out:  an IrtFit, or CannotSay.
Not here: the conditional likelihood (conditional), do the items follow the model (residuals, score_groups).

Sources: Bock & Lieberman (1970), Psychometrika 35, 179-197. Bock & Aitkin (1981), Psychometrika 46, 443-459.
Samejima (1969), Psychometrika Monograph 17. Muraki (1992), Applied Psychological Measurement 16, 159-176.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.cannot_say import CannotSay
from plainview.core.measure.irt.answers import Answers, coded
from plainview.core.measure.irt.climb import EM_CYCLES, Climbed, climb, em_cycle, step_up
from plainview.core.measure.irt.curves import Block, shift_information
from plainview.core.measure.irt.expect import Tables
from plainview.core.measure.irt.hill import Hill, Place
from plainview.core.measure.irt.items import KIND_OF, IrtFit, Quadrature, kind_of
from plainview.core.measure.irt.model import SPAN, Beta, Model, grid
from plainview.core.measure.irt.read_off import read_items
from plainview.core.measure.irt.sure import Sure, sure
from plainview.core.stats.ended import Ended

Floats = NDArray[np.float64]

CHECK = "measure.irt/1"
QUESTION = "What does each item ask, and how well does it tell students apart?"

# Twenty prior questions, a fifth of them guessed right: BILOG's habit for items with five choices.
GUESS_PRIOR = Beta(right=5, wrong=17)

FEWEST_STUDENTS = {"rasch": 20, "1pl": 20, "pcm": 30, "2pl": 50, "grm": 50, "gpcm": 50, "3pl": 100}
FEWEST_ITEMS = {"rasch": 2, "1pl": 2, "pcm": 2, "2pl": 3, "grm": 3, "gpcm": 3, "3pl": 3}
ONE_SLOPE = {"rasch", "1pl", "pcm"}
FREE_DEVIATION = {"rasch", "pcm"}
ONLY_RIGHT_OR_WRONG = {"rasch", "1pl", "2pl", "3pl"}

FIRST_SPACING = 0.25
COARSEST = 0.2
SPACING_OF_SHARPEST = (
    0.9  # nodes lie this many standard deviations apart where a student is placed most sharply
)
STABLE = 1e-8  # log-likelihood per student that doubling the grid may still change
MOST_DOUBLINGS = 6
PATIENCE = 150  # quasi-Newton steps; then Newton's own, where its second derivatives are at hand


class NotConverged(UserWarning):
    """A fit that did not settle says so where nobody can overlook it."""


def fit(
    answers: NDArray[np.generic],
    *,
    model: str | Sequence[str] = "2pl",
    guess_prior: Beta | None = GUESS_PRIOR,
    tolerance: float = 1e-9,
    most_steps: int = 500,
) -> IrtFit | CannotSay:
    """What does each item ask, and how well does it tell students apart?

    Parameters
    ----------
    answers : (n_students, n_items) float, int or bool
        Whole numbers from 0; NaN where a student did not answer. A missing answer says nothing: it is neither
        right nor wrong (if leaving out is a sign of not knowing, code it 0).
    model : str, or one for each item
        For answers 0 and 1: "rasch" (slope 1, free deviation of ability), "1pl" (one common slope), "2pl",
        "3pl". For more categories: "grm" (graded response), "gpcm" (generalised partial credit), "pcm"
        (partial credit: slope 1, free deviation). Per item: "2pl", "3pl", "grm", "gpcm".
    guess_prior : Beta or None
        On the lower asymptote of "3pl" items. None is plain maximum likelihood: many then end at 0.
    tolerance : float
        Stop when a further step promises less log-likelihood than this.
    most_steps : int
        Stop there in any case, aloud.

    Returns
    -------
    IrtFit
        With ``ended``, standard errors from the observed information, and the grid that was needed.
    CannotSay
        With fewer students or usable items than the model needs.

    Raises
    ------
    ValueError
        For anything but whole numbers from 0 to 30 and NaN, or a model that is not named above.

    Warns
    -----
    NotConverged
        When the search stopped before it settled; ``ended.converged`` is then False.

    Source
    ------
    Bock & Aitkin (1981), Psychometrika 46, 443-459.
    """
    table = coded(np.asarray(answers))
    models = _models(model, len(table.categories), table)
    no = _cannot(table, models)
    if no is not None:
        return no
    found = _search(table, _start(table, models, guess_prior), tolerance, most_steps)
    return _said(table, models, found)


def _models(model: str | Sequence[str], n_items: int, table: Answers) -> list[str]:
    models = [model] * n_items if isinstance(model, str) else list(model)
    if len(models) != n_items:
        raise ValueError(
            f"model: found {len(models)} names for {n_items} items, expected one or one an item."
        )
    for name in set(models):
        if name not in KIND_OF:
            raise ValueError(f"model: found '{name}', expected one of {', '.join(KIND_OF)}.")
    if len(set(models)) > 1 and set(models) & ONE_SLOPE:
        raise ValueError("model: a common slope is for all items together; expected 2pl, 3pl, grm or gpcm.")
    for column, (name, seen) in enumerate(zip(models, table.categories, strict=True)):
        if name in ONLY_RIGHT_OR_WRONG and max(seen, default=0) > 1:
            raise ValueError(f"answers, item {column}: found {max(seen)}, expected 0 or 1 under '{name}'.")
    return models


def _cannot(table: Answers, models: list[str]) -> CannotSay | None:
    names = {models[j] for j in table.kept} or set(models)
    students = max((FEWEST_STUDENTS[name] for name in names), default=20)
    items = max((FEWEST_ITEMS[name] for name in names), default=2)
    if len(table.kept) < items:
        reason = f"{len(table.kept)} of {len(models)} items were answered in more than one way"
        return _no(reason, f"at least {items} such items")
    if table.n_students < students:
        return _no(f"{table.n_students} students answered", f"at least {students} students")
    return None


def _no(reason: str, would_need: str) -> CannotSay:
    return CannotSay(question=QUESTION, reason=reason, would_need=would_need, check=CHECK)


def _start(table: Answers, models: list[str], guess_prior: Beta | None) -> Model:
    """Slope 1 everywhere, intercepts from the shares: the first pass over the answers does better at once."""
    groups: dict[tuple[str, int], list[int]] = {}
    for place, column in enumerate(table.kept):
        n_categories = len(table.categories[column])
        groups.setdefault((kind_of(models[column], n_categories), n_categories), []).append(place)
    blocks = tuple(
        Block(kind=kind, items=np.array(places), n_categories=n, values=_first_values(table, kind, n, places))
        for (kind, n), places in groups.items()
    )
    prior = guess_prior if "3pl" in {models[j] for j in table.kept} else None
    return Model(blocks=blocks, one_slope=models[0] in ONE_SLOPE, guess_prior=prior)


def _first_values(table: Answers, kind: str, n_categories: int, places: list[int]) -> Floats:
    codes = table.codes[:, places]
    counts = np.full((len(places), n_categories), 0.5)
    for rows in table.chunks():
        counts += _counted(table.times[rows], codes[rows], n_categories)
    shares = counts / counts.sum(axis=1, keepdims=True)
    if kind == "graded":
        at_least = shares[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:]
        intercepts = np.log(at_least / (1 - at_least))
    else:
        intercepts = np.log(shares[:, 1:] / shares[:, :1])
    slope = np.full((len(places), 1), 1.0 if kind == "graded" else 1 / (n_categories - 1))
    guess = [np.full((len(places), 1), 0.15)] if kind == "3pl" else []
    return np.concatenate([slope, intercepts, *guess], axis=1)


def _counted(times: Floats, codes: NDArray[np.int8], n_categories: int) -> Floats:
    """(n_items, n_categories)."""
    return np.stack([times @ (codes == k).astype(float) for k in range(n_categories)], axis=1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Found:
    hill: Hill
    climbed: Climbed
    n_steps: int
    moved: float
    sure: Sure


def _search(table: Answers, start: Model, tolerance: float, most_steps: int) -> _Found:
    hill = Hill(Tables(table), grid(FIRST_SPACING))
    place = hill.look(start)
    for _ in range(min(EM_CYCLES, most_steps)):
        place = em_cycle(hill, place, free_ability=True)
    place = _the_right_way_up(hill, place)
    n_steps, spacing = min(EM_CYCLES, most_steps), _spacing(place)
    for _ in range(MOST_DOUBLINGS):
        hill = Hill(hill.tables, grid(spacing), before=hill)
        patience = min(PATIENCE, most_steps - n_steps)
        climbed = climb(hill, hill.look(place.model), tolerance=tolerance, most_steps=patience)
        place, n_steps = climbed.place, n_steps + climbed.n_steps
        moved = _moved(hill, place)
        if abs(moved) <= STABLE:
            break
        spacing /= 2
    return _polished(hill, climbed, n_steps, moved, tolerance, most_steps)


def _the_right_way_up(hill: Hill, place: Place) -> Place:
    """The likelihood is the same with every slope and every ability reversed: most items shall rise."""
    if sum(float(values[:, 0].sum()) for values in place.model.values()) >= 0:
        return place
    turned = [
        values * np.where(np.arange(values.shape[1]) == 0, -1.0, 1.0) for values in place.model.values()
    ]
    return hill.look(place.model.at(turned))


def _spacing(place: Place) -> float:
    """Nodes no farther apart than the sharpest placing of a student, so that nobody falls between two."""
    information = np.zeros(len(place.nodes))
    share = 1.0 / place.expected.mass.sum()
    for block, found in zip(place.model.blocks, place.curves, strict=True):
        answered = place.expected.counts[: block.n_categories, block.items].sum() * share / len(block.items)
        information += (block.values[:, :1] ** 2 * shift_information(found)).sum(axis=0) * answered
    return min(COARSEST, SPACING_OF_SHARPEST / float(np.sqrt(1 + information.max())))


def _moved(hill: Hill, place: Place) -> float:
    finer = Hill(hill.tables, grid(hill.grid.spacing / 2), before=hill)
    n_students = hill.tables.answers.n_students
    return (finer.expect(place.model).log_likelihood - place.log_likelihood) / n_students


def _polished(
    hill: Hill, climbed: Climbed, n_steps: int, moved: float, tolerance: float, most_steps: int
) -> _Found:
    """Newton steps on the marginal likelihood where its second derivatives are at hand; else climb on."""
    place, known = climbed.place, sure(hill, climbed.place)
    while known.newton is not None and known.left > tolerance and n_steps < most_steps:
        after = step_up(hill, place, known.newton, known.left)
        if after is None:
            break
        place, n_steps = after, n_steps + 1
        known = sure(hill, place)
    left, settled = climbed.left, climbed.settled
    if known.newton is not None:
        left, settled = known.left, known.left <= max(tolerance, 1e-12 * abs(place.objective))
    if not settled and n_steps < most_steps:
        climbed = climb(hill, place, tolerance=tolerance, most_steps=most_steps - n_steps)
        place, n_steps, left = climbed.place, n_steps + climbed.n_steps, climbed.left
        settled, known = climbed.settled, sure(hill, climbed.place)
    ended = Climbed(place=place, n_steps=n_steps, left=left, settled=bool(settled and abs(moved) <= STABLE))
    return _Found(hill=hill, climbed=ended, n_steps=n_steps, moved=moved, sure=known)


def _said(table: Answers, models: list[str], found: _Found) -> IrtFit:
    place, name = found.climbed.place, models[0] if len(set(models)) == 1 else "mixed"
    free = name in FREE_DEVIATION
    latent_sd = abs(float(place.model.blocks[0].values[0, 0])) if free else 1.0
    items = read_items(table, models, place, found.sure, latent_sd if free else None)
    eap, eap_sd = _abilities(table, place, latent_sd)
    ended = _ended(found)
    if not ended.converged:
        warnings.warn(ended.said, NotConverged, stacklevel=3)
    variance = float(found.sure.covariances[0][0, 0, 0])
    return IrtFit(
        model=name,
        items=items,
        ended=ended,
        n_students=table.n_students,
        n_left_out=len(table.of_row) - table.n_students,
        n_answers=int(table.n_answers[table.kept].sum()),
        n_parameters=place.model.n_parameters,
        gradient_norm=float(np.abs(place.gradient).max()),
        left=found.climbed.left,
        standard_errors=found.sure.how,
        quadrature=_quadrature(found),
        latent_sd=latent_sd,
        latent_sd_se=float(np.sqrt(variance)) if free else float("nan"),
        eap=eap,
        eap_sd=eap_sd,
    )


def _ended(found: _Found) -> Ended:
    place, climbed = found.climbed.place, found.climbed
    promise = f"a further step promises {climbed.left:.1e} of log-likelihood"
    said = f"converged after {found.n_steps} steps: {promise}"
    if not climbed.settled:
        said = f"NOT converged: stopped after {found.n_steps} steps, and {promise}"
    if found.sure.newton is None and found.sure.is_exact:
        said += "; the answers do not determine every parameter, so no standard errors are given"
    return Ended(
        converged=climbed.settled,
        n_steps=found.n_steps,
        log_likelihood=place.log_likelihood,
        objective=place.objective,
        said=said,
    )


def _quadrature(found: _Found) -> Quadrature:
    at = found.hill.grid
    said = (
        f"{len(at.nodes)} nodes, {at.spacing:.3f} apart from -{SPAN:g} to {SPAN:g}; doubling them moves the "
        f"log-likelihood by {abs(found.moved):.1e} per student"
    )
    return Quadrature(n_nodes=len(at.nodes), spacing=at.spacing, span=SPAN, moved=found.moved, said=said)


def _abilities(table: Answers, place: Place, latent_sd: float) -> tuple[Floats, Floats]:
    there = table.of_row >= 0
    mean, deviation = np.full((2, len(there)), np.nan)
    mean[there] = place.expected.mean[table.of_row[there]] * latent_sd
    deviation[there] = place.expected.deviation[table.of_row[there]] * latent_sd
    return mean, deviation
