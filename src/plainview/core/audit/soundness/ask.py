"""From a dossier to answers about a test: consistent, fitting, sure at its cuts, in time.

In:   a dossier with answers, students x items, or a learning log.
Out:  findings, one for each test.
Not here: how anything is reckoned (core.measure, speed), the pool and what it covers (ask_pool).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from plainview.core.audit.check import Progress
from plainview.core.audit.soundness.checks import CHECKS
from plainview.core.audit.soundness.responses import Floats, Responses, responses_of
from plainview.core.audit.soundness.speed import (
    FEWEST_STUDENTS,
    RUSHED_SHARE,
    Reached,
    Rushed,
    reached,
    rushed,
)
from plainview.core.cannot_say import CannotSay
from plainview.core.charts import response
from plainview.core.charts.chart import Chart
from plainview.core.charts.items import information_curve
from plainview.core.charts.wright import wright_map
from plainview.core.dossier.dossier import Dossier, Exhibit, Kind
from plainview.core.dossier.log import logs_of
from plainview.core.finding import Answer, Cell, Finding, Number, Table
from plainview.core.logs.whole import Whole
from plainview.core.measure.classical.alpha import Alpha, alpha, without_each
from plainview.core.measure.classical.error import at_each_score, standard_error
from plainview.core.measure.classical.omega import Omega, omega
from plainview.core.measure.classification.decision import Classification
from plainview.core.measure.classification.livingston_lewis import livingston_lewis
from plainview.core.measure.classification.rudner import rudner
from plainview.core.measure.distractors import Choices, distractors
from plainview.core.measure.irt.fit import fit as fit_model
from plainview.core.measure.irt.informative import reliability as ability_reliability
from plainview.core.measure.irt.items import IrtFit
from plainview.core.measure.irt.residuals import item_fit, q3
from plainview.core.measure.items import LEAST_ITEM_REST, Item
from plainview.core.measure.items import items as each_item
from plainview.core.mendable import Mendable
from plainview.core.plural import agreeing, counted, part_of
from plainview.core.stats.interval import Interval

ASKS = {check.name.removeprefix("soundness.").removesuffix("/1"): check for check in CHECKS}
# Nunnally & Bernstein (1994), Psychometric Theory, p. 265: .70 for research on groups, .90 where a decision
# hangs on one student's score. A plan may set others: bounds["soundness.reliability"].
FOR_GROUPS, FOR_ONE = 0.70, 0.90
LEAST_RIGHT = 0.80  # of decisions at a cut; below it, one in five students stands on the wrong side
MOST_STUDENTS = 20_000  # that a model is fitted to; of more, so many are drawn
FEWEST_FOR_3PL = 1000
INFIT = (0.7, 1.3)
MOST_ROWS = 200
ABILITIES = np.linspace(-4, 4, 81)


def reliability(dossier: Dossier, progress: Progress) -> Sequence[Answer]:
    bounds = dossier.plan.bound
    for_groups = bounds("soundness.reliability", "for_groups", FOR_GROUPS)
    for_one = bounds("soundness.reliability", "for_single_students", FOR_ONE)
    return _each("reliability", dossier, lambda test: _reliability(test, for_groups, for_one))


def _reliability(test: Responses, for_groups: float, for_one: float) -> Answer:
    if few := _too_few("reliability", test):
        return few
    found, note = _alpha(test.scores)
    if isinstance(found, CannotSay):
        return _from(found, "reliability", test)
    error = standard_error(test.scores)
    whole = omega(test.scores)
    numbers = [_omega_number(whole)] if not isinstance(whole, CannotSay) else []
    low, answer = found.interval.low, "open"
    if low >= for_one:
        answer = "for single students"
    elif low >= for_groups:
        answer = "for groups"
    elif found.interval.high < for_groups:
        answer = "too unsure"
    sentence = f"Of the differences between students' scores, {_in_100(found.value)} in 100 "
    sentence += f"({_in_100(max(0.0, low))} to {_in_100(found.interval.high)}) would show again."
    if not isinstance(error, CannotSay):
        sentence += f" One student's score may be off by {error.value:.1f} points either way."
        numbers.append(
            Number(
                name="how far a score may be off (SEM)",
                value=error.value,
                unit="points",
                interval=error.interval,
                n=error.n_students,
                of="students",
            )
        )
    return _finding(
        "reliability",
        answer,
        sentence,
        Number(name="alpha", value=found.value, interval=found.interval, n=found.n_students, of="students"),
        test,
        numbers=tuple(numbers),
        tables=(*_at_each_score(test), *_without(test)),
        said=(
            *note,
            *(() if not isinstance(whole, CannotSay) else (f"Omega cannot be said: {whole.reason}.",)),
        ),
        noise_floor="Items that have nothing in common give an alpha around 0.",
        power=f"{found.n_students} students and {found.n_items} items put alpha within "
        f"{_wide(found.interval)}.",
        not_seen="Whether the items ask the right things; two tests on two days may agree less.",
    )


def _alpha(scores: Floats) -> tuple[Alpha | CannotSay, tuple[str, ...]]:
    """From complete rows; where these are few, from pairs of items, aloud."""
    whole = alpha(scores)
    n_complete = int((~np.isnan(scores).any(axis=1)).sum())
    if not isinstance(whole, CannotSay) and n_complete >= 0.5 * len(scores):
        return whole, (
            (
                f"{counted(whole.n_left_out, 'student')} with a gap "
                f"{agreeing(whole.n_left_out, 'were')} left out.",
            )
            if whole.n_left_out
            else ()
        )
    pairs = alpha(scores, missing="pairs")
    if isinstance(pairs, CannotSay):
        return whole, ()
    return pairs, ("Few students answered everything: each pair of items counts whoever answered both.",)


def _omega_number(whole: Omega) -> Number:
    return Number(name="omega", value=whole.value, interval=whole.interval, n=whole.n_students, of="students")


def _at_each_score(test: Responses) -> tuple[Table, ...]:
    found = at_each_score(test.scores, way="keats" if test.is_binary else "feldt-qualls")
    if isinstance(found, CannotSay):
        return ()
    rows = [
        (one.score, one.value, one.interval.low, one.interval.high, one.n_students)
        if one.n_students >= 10
        else (one.score, one.value, None, None, "fewer than 10")
        for one in found
    ]
    columns = ("score", "may be off by", "from", "to", "students")
    return (
        Table(
            title="How far a score may be off, at each score", columns=columns, rows=tuple(rows[:MOST_ROWS])
        ),
    )


def _without(test: Responses) -> tuple[Table, ...]:
    rows = [
        (name, one.value)
        for name, one in zip(test.items, without_each(test.scores, names=test.items), strict=True)
        if not isinstance(one, CannotSay)
    ]
    if not rows:
        return ()
    return (
        Table(title="Alpha without each item", columns=("without", "alpha"), rows=tuple(rows[:MOST_ROWS])),
    )


def items(dossier: Dossier, progress: Progress) -> Sequence[Answer]:
    return _each("items", dossier, _items)


def _items(test: Responses) -> Answer:
    if few := _too_few("items", test):
        return few
    found = each_item(test.scores, names=test.items)
    known = [one for one in found if isinstance(one, Item)]
    if not known:
        return _cannot("items", "no item was answered by three students", "more answers", test)
    flagged = [one for one in known if one.is_flagged]
    choices = _choices(test)
    odd = [one for one in choices if one.is_flagged]
    wanted = {one.name for one in flagged} | {one.name for one in odd}
    to_look_at = sorted(wanted, key=test.items.index)
    sentence = f"All {len(known)} items go with the rest of the test."
    if to_look_at:
        sentence = (
            f"{part_of(len(to_look_at), len(known), 'item', 'should')} be looked at: {_some(to_look_at)}."
        )
    rows = tuple(
        (
            one.name,
            one.n_students,
            one.difficulty,
            one.difficulty_interval.low,
            one.difficulty_interval.high,
            *_rest(one),
            "look again" if one.is_flagged else "",
        )
        for one in known[:MOST_ROWS]
    )
    columns = ("item", "students", "mean points", "from", "to", "item-rest", "from", "to", "flag")
    return _finding(
        "items",
        "some to look at" if to_look_at else "all do",
        sentence,
        Number(name="items to look at", value=len(to_look_at), n=len(known), of="items"),
        test,
        numbers=(
            Number(name=f"items below {LEAST_ITEM_REST} with the rest", value=len(flagged)),
            Number(name="items with an option to look at", value=len(odd))
            if choices
            else Number(name="items whose options were looked at", value=0),
        ),
        tables=(Table(title="Items", columns=columns, rows=rows), *_option_table(choices)),
        said=()
        if choices
        else (("Wrong options were not looked at: answers are points, or there is no key."),),
        noise_floor=f"With {len(test.scores)} students an item with no tie to the rest shows up to "
        f"{_chance_r(test)} by chance.",
        power=f"{len(test.scores)} students answered.",
        not_seen="Why an item does not go with the rest: its key, its words, or a thing the "
        "others do not ask.",
    )


def _rest(one: Item) -> tuple[Cell, Cell, Cell]:
    if isinstance(one.item_rest, CannotSay):
        return None, None, None
    return one.item_rest.value, one.item_rest.interval.low, one.item_rest.interval.high


def _chance_r(test: Responses) -> str:
    return f"{1.96 / max(np.sqrt(len(test.scores) - 3), 1):.2f}"


def _choices(test: Responses) -> list[Choices]:
    if test.chosen is None or test.key is None:
        return []
    found = distractors(test.chosen, right=test.key, names=test.items)
    return [one for one in found if isinstance(one, Choices)]


def _option_table(choices: Sequence[Choices]) -> tuple[Table, ...]:
    rows = tuple(
        (
            one.name,
            option.name,
            "key" if option.is_right else "",
            option.share.value,
            None if option.with_rest is None else option.with_rest.value,
            option.note,
        )
        for one in choices[:60]
        for option in one.options
    )
    columns = ("item", "option", "key", "share that chose it", "goes with the rest", "note")
    return (Table(title="Options", columns=columns, rows=rows),) if rows else ()


def fit(dossier: Dossier, progress: Progress) -> Sequence[Answer]:
    return _each("fit", dossier, lambda test: _fit(test, dossier.plan.seed, progress))


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
        return _from(whole, "fit", test)
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
    return _finding(
        "fit",
        "some do not" if unusual or pairs.flagged else "they do",
        sentence,
        Number(name="items outside .7 to 1.3 (infit)", value=len(unusual), n=len(fits), of="items"),
        test,
        numbers=(
            Number(name="pairs above mean Q3 + .2", value=len(pairs.flagged)),
            Number(name="mean Q3", value=_finite(pairs.mean)),
            Number(
                name="reliability of abilities",
                value=_finite(rel.empirical),
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
                rows=tuple(tuple(_clean(c) for c in row) for row in rows[:MOST_ROWS]),
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
    return _each("decisions", dossier, lambda test: _decisions(test, dossier.plan.seed, least, progress))


def _decisions(test: Responses, seed: int, least: float, progress: Progress) -> Answer:
    cuts = [float(cut) for cut in test.settings.get("cuts", ()) if isinstance(cut, int | float)]
    if not cuts:
        return _cannot("decisions", "nobody says where the cuts are", "cuts = [...] in exhibits.toml", test)
    if test.settings.get("cuts_on") == "ability":
        found = _by_ability(test, seed, cuts, progress)
    else:
        found = _by_score(test, seed, cuts)
    if isinstance(found, CannotSay):
        return _from(found, "decisions", test)
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
        f"At the cut of {worst.cut:g}, {_in_100(1 - right.value)} in 100 students are put on the wrong side "
        f"({_in_100(1 - right.interval.high)} to {_in_100(1 - right.interval.low)})."
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
    return _finding(
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


def speed(dossier: Dossier, progress: Progress) -> Sequence[Answer]:
    found, faults = list[Answer](), list[str]()
    if any(one.kind is Kind.RESPONSES for one in dossier.exhibits):
        faults += _as_far(found, (_speed(test) for test in responses_of(dossier)))
    logs = logs_of(dossier, ("response_ms",))
    faults += _as_far(found, (_hurry(exhibit, log) for exhibit, log in logs))
    if faults and not found:
        raise Mendable(*faults)
    return found or _each("speed", dossier, _speed)


def _as_far(found: list[Answer], answers: Iterable[Answer]) -> tuple[str, ...]:
    """Takes the answers; the faults, where nothing of the kind can be read: another kind may answer."""
    try:
        found += answers
    except Mendable as fault:
        return fault.faults
    return ()


def _speed(test: Responses) -> Answer:
    if not test.is_in_order:
        return _cannot("speed", "the items stand in no order", "answers in the order of the test", test)
    try:
        found = reached(test.scores)
    except ValueError as fault:
        return _cannot(
            "speed", str(fault).split(",")[0], f"at least {FEWEST_STUDENTS} students and 2 items", test
        )
    share = found.reach_last
    sentence = (
        f"{_in_100(share.value)} in 100 students ({_in_100(share.interval.low)} to "
        f"{_in_100(share.interval.high)}) "
        "come to the last item."
    )
    return _finding(
        "speed",
        _in_time(found),
        sentence,
        Number(
            name="students who reach the last item",
            value=share.value,
            unit="share",
            interval=share.interval,
            n=share.n,
            of="students",
        ),
        test,
        numbers=(
            Number(
                name=("students who reach three quarters of the items"),
                value=found.reach_most.value,
                unit="share",
                interval=found.reach_most.interval,
                n=share.n,
                of="students",
            ),
            Number(name="answers left out on the way", value=found.n_skipped),
            Number(name="spread of not-reached items, of that of lost points", value=found.ratio),
        ),
        tables=(
            Table(
                title="How many reach each item",
                columns=("item", "share that reaches it"),
                rows=tuple(zip(test.items, found.by_item, strict=True))[:MOST_ROWS],
            ),
        ),
        noise_floor="Where nobody is short of time, all reach the end.",
        power=f"{share.n} students.",
        not_seen="Students who guess at the end so as to leave nothing blank; a log with times shows them.",
    )


def _in_time(found: Reached) -> str:
    return "short of time" if found.is_speeded else "in time"


def _hurry(exhibit: Exhibit, log: Whole) -> Answer:
    ms = log.number("response_ms")
    name = exhibit.file
    if ms is None:
        return _cannot_of("speed", f"{name} has no times", "a column response_ms")
    try:
        found = rushed(
            student=log.coded.student.astype(np.int64), item=log.coded.item.astype(np.int64), ms=ms
        )
    except ValueError as fault:
        return _cannot_of(
            "speed", f"in {name}: {str(fault).split(',')[0]}", "20 students with 8 timed answers each"
        )
    return _hurried(found, name)


def _hurried(found: Rushed, name: str) -> Finding:
    low, high = found.interval.low, found.interval.high
    answer = "short of time" if low > 0 else "in time" if high < 0.05 else "open"
    more = 100 * found.more
    return Finding(
        check="soundness.speed/1",
        question=ASKS["speed"].asks,
        answer=answer,
        sentence=(
            f"Of a student's last 100 answers, {more:.0f} more ({100 * low:.0f} to "
            f"{100 * high:.0f}) are rushed than "
            "of her earlier ones."
        ),
        effect=Number(
            name="more answers rushed at the end",
            value=found.more,
            unit="share",
            interval=found.interval,
            n=found.n_students,
            of="students",
        ),
        numbers=(
            Number(name="rushed in the first three quarters", value=found.early, unit="share"),
            Number(name="rushed in the last quarter", value=found.late, unit="share"),
        ),
        said=(
            (
                f"From {name}. Rushed: in less than {RUSHED_SHARE:.0%} of the item's mean time, at "
                "most 10 seconds."
            ),
        ),
        noise_floor="Where students answer at one pace, the difference is around 0.",
        power=f"{found.n_students} students, {found.n_answers:,} answers.",
        not_seen="A student who is quick because she knows.",
    )


def _each(name: str, dossier: Dossier, ask: Callable[[Responses], Answer]) -> list[Answer]:
    tests = responses_of(dossier)
    if not tests:
        return [_cannot_of(name, "no answers were handed over", ASKS[name].needs)]
    return [ask(test) for test in tests]


def _finding(
    name: str,
    answer: str,
    sentence: str,
    effect: Number,
    test: Responses,
    *,
    noise_floor: str,
    power: str,
    not_seen: str,
    numbers: tuple[Number, ...] = (),
    tables: tuple[Table, ...] = (),
    charts: tuple[Chart, ...] = (),
    said: tuple[str, ...] = (),
    seed: int | None = None,
) -> Finding:
    return Finding(
        check=f"soundness.{name}/1",
        question=ASKS[name].asks,
        answer=answer,
        sentence=sentence,
        effect=effect,
        numbers=numbers,
        tables=tuple(table for table in tables if table.rows),
        charts=charts,
        said=(
            f"From {test.file}: {len(test.scores):,} students, {len(test.items)} items.",
            *test.told,
            *said,
        ),
        noise_floor=noise_floor,
        power=power,
        not_seen=not_seen,
        seed=seed,
    )


def _from(found: CannotSay, name: str, test: Responses) -> CannotSay:
    return _cannot(name, found.reason, found.would_need, test)


def _too_few(name: str, test: Responses) -> CannotSay | None:
    """Of a handful of students any coefficient is chance."""
    n = len(test.scores)
    if n >= FEWEST_STUDENTS:
        return None
    return _cannot(name, f"found {counted(n, 'student')}", f"at least {FEWEST_STUDENTS} students", test)


def _cannot(name: str, reason: str, would_need: str, test: Responses) -> CannotSay:
    return _cannot_of(name, f"of {test.file}: {reason}", would_need)


def _cannot_of(name: str, reason: str, would_need: str) -> CannotSay:
    return CannotSay(
        question=ASKS[name].asks, reason=reason, would_need=would_need, check=f"soundness.{name}/1"
    )


def _clean(value: Cell) -> Cell:
    """No number is "not a number" in a finding."""
    return None if isinstance(value, float) and not np.isfinite(value) else value


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _in_100(share: float) -> str:
    return f"{100 * share:.0f}"


def _wide(interval: Interval) -> str:
    return f"{interval.low:.2f} to {interval.high:.2f}"


def _some(names: Sequence[str], most: int = 5) -> str:
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"
