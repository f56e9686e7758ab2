"""From a dossier to answers: do the answers follow one scale, and how sure is a decision at a cut?

In:   a dossier with answers, students x items, or a learning log; the cuts.
Out:  findings, one for each test.
Not here: how anything is reckoned (core.measure.irt, core.measure.classification).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plainview.core.audit.check import Progress
from plainview.core.audit.soundness.responses import Floats, Responses
from plainview.core.audit.soundness.told import cannot, clean, each_test, finding, finite, in_100, taken_from
from plainview.core.cannot_say import CannotSay
from plainview.core.charts import response
from plainview.core.charts.chart import Chart
from plainview.core.charts.items import information_curve
from plainview.core.charts.wright import wright_map
from plainview.core.dossier.dossier import Dossier
from plainview.core.finding import Answer, Number, Table
from plainview.core.measure.classical.alpha import alpha
from plainview.core.measure.classification.decision import Classification
from plainview.core.measure.classification.livingston_lewis import livingston_lewis
from plainview.core.measure.classification.rudner import rudner
from plainview.core.measure.irt.fit import fit as fit_model
from plainview.core.measure.irt.informative import reliability as ability_reliability
from plainview.core.measure.irt.items import IrtFit
from plainview.core.measure.irt.residuals import item_fit, q3
from plainview.core.plural import agreeing, counted

LEAST_RIGHT = 0.80  # of decisions at a cut; below it, one in five students stands on the wrong side
MOST_STUDENTS = 20_000  # that a model is fitted to; of more, so many are drawn
FEWEST_FOR_3PL = 1000
INFIT = (0.7, 1.3)
MOST_ROWS = 200
ABILITIES = np.linspace(-4, 4, 81)


def fit(dossier: Dossier, progress: Progress) -> Sequence[Answer]:
    return each_test("fit", dossier, lambda test: _fit(test, dossier.plan.seed, progress))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The model that describes a test best of those that were tried."""

    best: IrtFit
    tried: tuple[tuple[str, float, float, int], ...]  # model, log-likelihood, BIC, parameters
    scores: Floats
    columns: tuple[int, ...]
    said: tuple[str, ...]


def fitted(test: Responses, seed: int, progress: Progress) -> Fitted | CannotSay:
    """1PL, 2PL and (with many students) 3PL for right and wrong; graded responses for points. Least BIC."""
    scores, said = test.scores, []
    whole = np.isnan(scores) | (scores == np.round(scores)) & (scores >= 0) & (scores <= 30)
    columns = np.flatnonzero(whole.all(axis=0) & ((~np.isnan(scores)).sum(axis=0) >= 20))
    if len(columns) < scores.shape[1]:
        n = scores.shape[1] - len(columns)
        said.append(
            f"{counted(n, 'item')} with parts of points, or few answers, {agreeing(n, 'were')} left out."
        )
    scores = scores[:, columns]
    if len(scores) > MOST_STUDENTS:
        chosen = np.sort(np.random.default_rng(seed).choice(len(scores), MOST_STUDENTS, replace=False))
        scores = scores[chosen]
        said.append(f"Fitted to {MOST_STUDENTS:,} students, drawn with seed {seed}.")
    there = scores[~np.isnan(scores)]
    binary = bool(np.isin(there, (0.0, 1.0)).all())
    models = (
        ("1pl", "2pl", *(("3pl",) if len(scores) >= FEWEST_FOR_3PL else ())) if binary else ("pcm", "grm")
    )
    found, lacking = [], None
    for number, model in enumerate(models):
        progress(number, len(models), f"the {model} model")
        one = fit_model(scores, model=model)
        if isinstance(one, CannotSay):
            lacking = one
        else:
            found.append(one)
    if not found:
        return lacking or CannotSay(
            question="", reason="no model could be tried", would_need="answers", check=""
        )
    best = min(found, key=lambda one: one.bic)
    return Fitted(
        best=best,
        tried=tuple((one.model, one.log_likelihood, one.bic, one.n_parameters) for one in found),
        scores=scores,
        columns=tuple(columns.tolist()),
        said=tuple(said),
    )


def _fit(test: Responses, seed: int, progress: Progress) -> Answer:
    whole = fitted(test, seed, progress)
    if isinstance(whole, CannotSay):
        return taken_from(whole, "fit", test)
    best = whole.best
    names = [test.items[column] for column in whole.columns]
    fits = item_fit(best, whole.scores)
    unusual = [one for one in fits if not INFIT[0] <= one.infit <= INFIT[1]]
    pairs = q3(best, whole.scores)
    sentence = f"The answers to all {len(fits)} items follow one scale."
    if unusual or pairs.flagged:
        are, hang = agreeing(len(unusual), "are"), counted(len(pairs.flagged), "pair", "hang")
        sentence = (
            f"Of {counted(len(fits), 'item')}, {len(unusual)} {are} noisier or more regular than one scale "
            f"expects, and {hang} together beyond it."
        )
    by_item = {one.item: one for one in fits}
    rows = tuple(
        (
            names[item.item],
            item.slope,
            item.slope_se,
            item.b,
            item.guess,
            by_item[item.item].infit,
            by_item[item.item].outfit,
            "" if INFIT[0] <= by_item[item.item].infit <= INFIT[1] else "look again",
        )
        for item in best.items
        if item.is_fitted and item.item in by_item
    )
    doubled = tuple((names[pair.first], names[pair.second], pair.q3) for pair in pairs.flagged[:40])
    rel = ability_reliability(best)
    return finding(
        "fit",
        "some do not" if unusual or pairs.flagged else "they do",
        sentence,
        Number(name="items outside .7 to 1.3 (infit)", value=len(unusual), n=len(fits), of="items"),
        test,
        numbers=(
            Number(name="pairs above mean Q3 + .2", value=len(pairs.flagged)),
            Number(name="mean Q3", value=finite(pairs.mean)),
            Number(
                name="reliability of abilities",
                value=finite(rel.empirical),
                n=best.n_students,
                of="students",
            ),
        ),
        tables=(
            Table(
                title="Models",
                columns=("model", "log-likelihood", "BIC", "parameters"),
                rows=tuple((name, ll, bic, n) for name, ll, bic, n in whole.tried),
            ),
            Table(
                title="Items",
                columns=("item", "slope", "its error", "difficulty", "guessing", "infit", "outfit", "flag"),
                rows=tuple(tuple(clean(c) for c in row) for row in rows[:MOST_ROWS]),
            ),
            Table(title="Pairs that hang together", columns=("item", "item", "Q3"), rows=doubled),
        ),
        charts=_charts(best, names),
        said=(*whole.said, f"The {best.model} model has the least BIC. {best.ended.said}", *best.remarks[:5]),
        noise_floor="Infit is 1 and mean Q3 a little below 0 where answers follow the model.",
        power=f"{best.n_students} students, {best.n_answers:,} answers.",
        not_seen="Whether what all items share is the thing that the test is called after.",
    )


def _charts(best: IrtFit, names: Sequence[str]) -> tuple[Chart, ...]:
    drawn = [
        response.Item(
            name=names[one.item],
            slope=one.slope,
            slope_se=one.slope_se,
            difficulties=one.difficulties,
            difficulty_ses=one.difficulty_ses,
            guess=one.guess,
            guess_se=one.guess_se,
            graded=one.model == "grm",
        )
        for one in best.items
        if one.is_fitted and one.difficulties
    ]
    if not drawn:
        return ()
    curve = response.information(drawn, ABILITIES, name="the test")
    ses = [one.difficulty_ses[0] if one.difficulty_ses else float("nan") for one in drawn]
    places = [float(np.mean(one.difficulties)) for one in drawn]
    chart = wright_map(
        abilities=best.eap,
        ability_ses=best.eap_sd,
        items=[one.name for one in drawn],
        difficulties=places,
        difficulty_ses=ses,
    )
    return information_curve(ABILITIES, curve), chart


def decisions(dossier: Dossier, progress: Progress) -> Sequence[Answer]:
    least = dossier.plan.bound("soundness.decisions", "least_right", LEAST_RIGHT)
    return each_test("decisions", dossier, lambda test: _decisions(test, dossier.plan.seed, least, progress))


def _decisions(test: Responses, seed: int, least: float, progress: Progress) -> Answer:
    cuts = [float(cut) for cut in test.settings.get("cuts", ()) if isinstance(cut, int | float)]
    if not cuts:
        return cannot("decisions", "nobody says where the cuts are", "cuts = [...] in exhibits.toml", test)
    if test.settings.get("cuts_on") == "ability":
        found = _by_ability(test, seed, cuts, progress)
    else:
        found = _by_score(test, seed, cuts)
    if isinstance(found, CannotSay):
        return taken_from(found, "decisions", test)
    worst = min(found.each, key=lambda one: one.accuracy.value)
    right = worst.accuracy
    answer = (
        "mostly right"
        if right.interval.low >= least
        else "often wrong"
        if right.interval.high < least
        else "open"
    )
    sentence = (
        f"At the cut of {worst.cut:g}, {in_100(1 - right.value)} in 100 students are put on the wrong side "
        f"({in_100(1 - right.interval.high)} to {in_100(1 - right.interval.low)})."
    )
    rows = [
        (
            "all together" if one.cut is None else f"{one.cut:g}",
            one.accuracy.value,
            one.accuracy.interval.low,
            one.accuracy.interval.high,
            one.consistency.value,
            one.kappa.value,
            one.too_high.value,
            one.too_low.value,
        )
        for one in (*found.each, found.together)
    ]
    columns = ("cut", "decided rightly", "from", "to", "alike twice", "kappa", "put too high", "put too low")
    return finding(
        "decisions",
        answer,
        sentence,
        Number(
            name="decided rightly at the worst cut",
            value=right.value,
            unit="share",
            interval=right.interval,
            n=found.n_students,
            of="students",
        ),
        test,
        tables=(Table(title="Decisions", columns=columns, rows=tuple(rows)),),
        said=(f"{found.method}: {found.model}",),
        noise_floor="A test that knows nothing decides as a coin would, weighted by how many "
        "stand above the cut.",
        power=f"{found.n_students} students.",
        not_seen="Whether the cut is in the right place.",
        seed=seed,
    )


def _by_score(test: Responses, seed: int, cuts: list[float]) -> Classification | CannotSay:
    scores = test.scores[~np.isnan(test.scores).any(axis=1)]
    consistent = alpha(scores)
    if isinstance(consistent, CannotSay):
        return consistent
    highest = float(test.settings.get("highest", np.nansum(np.nanmax(test.scores, axis=0))))
    return livingston_lewis(
        scores.sum(axis=1), cuts=sorted(cuts), reliability=consistent, lowest=0.0, highest=highest, seed=seed
    )


def _by_ability(
    test: Responses, seed: int, cuts: list[float], progress: Progress
) -> Classification | CannotSay:
    whole = fitted(test, seed, progress)
    if isinstance(whole, CannotSay):
        return whole
    return rudner(ability=whole.best.eap, standard_error=whole.best.eap_sd, cuts=sorted(cuts))
