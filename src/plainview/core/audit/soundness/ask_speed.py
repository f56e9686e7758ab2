"""From a dossier to an answer: do students run out of time?

In:   a dossier with answers in the order of the test, or a learning log with times.
Out:  findings, one for each test and each log.
Not here: how anything is reckoned (speed).
"""

from collections.abc import Iterable, Sequence

import numpy as np

from plainview.core.audit.check import Progress
from plainview.core.audit.soundness.responses import Responses, responses_of
from plainview.core.audit.soundness.speed import (
    FEWEST_STUDENTS,
    RUSHED_SHARE,
    Reached,
    Rushed,
    reached,
    rushed,
)
from plainview.core.audit.soundness.told import ASKS, cannot, cannot_of, each_test, finding, in_100
from plainview.core.dossier.dossier import Dossier, Exhibit, Kind
from plainview.core.dossier.log import logs_of
from plainview.core.finding import Answer, Finding, Number, Table
from plainview.core.logs.whole import Whole
from plainview.core.mendable import Mendable

MOST_ROWS = 200


def speed(dossier: Dossier, progress: Progress) -> Sequence[Answer]:
    found, faults = list[Answer](), list[str]()
    if any(one.kind is Kind.RESPONSES for one in dossier.exhibits):
        faults += _as_far(found, (_speed(test) for test in responses_of(dossier)))
    logs = logs_of(dossier, ("response_ms",))
    faults += _as_far(found, (_hurry(exhibit, log) for exhibit, log in logs))
    if faults and not found:
        raise Mendable(*faults)
    return found or each_test("speed", dossier, _speed)


def _as_far(found: list[Answer], answers: Iterable[Answer]) -> tuple[str, ...]:
    """Takes the answers; the faults, where nothing of the kind can be read: another kind may answer."""
    try:
        found += answers
    except Mendable as fault:
        return fault.faults
    return ()


def _speed(test: Responses) -> Answer:
    if not test.is_in_order:
        return cannot("speed", "the items stand in no order", "answers in the order of the test", test)
    try:
        found = reached(test.scores)
    except ValueError as fault:
        return cannot(
            "speed", str(fault).split(",")[0], f"at least {FEWEST_STUDENTS} students and 2 items", test
        )
    share = found.reach_last
    sentence = (
        f"{in_100(share.value)} in 100 students ({in_100(share.interval.low)} to "
        f"{in_100(share.interval.high)}) "
        "come to the last item."
    )
    return finding(
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
        return cannot_of("speed", f"{name} has no times", "a column response_ms")
    try:
        found = rushed(
            student=log.coded.student.astype(np.int64), item=log.coded.item.astype(np.int64), ms=ms
        )
    except ValueError as fault:
        return cannot_of(
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
