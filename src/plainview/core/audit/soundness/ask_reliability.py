"""From a dossier to an answer: would the test order the same students alike again?

In:   a dossier with answers, students x items, or a learning log.
Out:  findings, one for each test.
Not here: how anything is reckoned (core.measure.classical).
"""

from collections.abc import Sequence

import numpy as np

from plainview.core.audit.check import Progress
from plainview.core.audit.soundness.responses import Floats, Responses
from plainview.core.audit.soundness.told import each_test, finding, in_100, taken_from, too_few, wide
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.dossier import Dossier
from plainview.core.finding import Answer, Number, Table
from plainview.core.measure.classical.alpha import Alpha, alpha, without_each
from plainview.core.measure.classical.error import at_each_score, standard_error
from plainview.core.measure.classical.omega import Omega, omega
from plainview.core.plural import agreeing, counted

# Nunnally & Bernstein (1994), Psychometric Theory, p. 265: .70 for research on groups, .90 where a decision
# hangs on one student's score. A plan may set others: bounds["soundness.reliability"].
FOR_GROUPS, FOR_ONE = 0.70, 0.90
MOST_ROWS = 200


def reliability(dossier: Dossier, progress: Progress) -> Sequence[Answer]:
    bounds = dossier.plan.bound
    for_groups = bounds("soundness.reliability", "for_groups", FOR_GROUPS)
    for_one = bounds("soundness.reliability", "for_single_students", FOR_ONE)
    return each_test("reliability", dossier, lambda test: _reliability(test, for_groups, for_one))


def _reliability(test: Responses, for_groups: float, for_one: float) -> Answer:
    if few := too_few("reliability", test):
        return few
    found, note = _alpha(test.scores)
    if isinstance(found, CannotSay):
        return taken_from(found, "reliability", test)
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
    sentence = f"Of the differences between students' scores, {in_100(found.value)} in 100 "
    sentence += f"({in_100(max(0.0, low))} to {in_100(found.interval.high)}) would show again."
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
    return finding(
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
        f"{wide(found.interval)}.",
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
