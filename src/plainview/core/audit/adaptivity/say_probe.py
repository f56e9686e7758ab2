"""What a probe showed, in words that a reader without statistics understands.

In:   a probe.
Out:  findings: does it react, to what it must not, are its reasons true, and how it behaves in drills.
Not here: how twins were run (twins) and told apart (twin_test).
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from plainview.core.audit.adaptivity.probe import Probe
from plainview.core.audit.adaptivity.twin_test import TwinTest, twin_test
from plainview.core.audit.adaptivity.twins import MUST_NOT_MATTER, Factor
from plainview.core.audit.in_100 import in_100
from plainview.core.cannot_say import CannotSay
from plainview.core.charts.intervals import IntervalsWords, Ranged, intervals
from plainview.core.charts.served import served
from plainview.core.finding import Answer, Finding, Number, Table
from plainview.core.plural import counted, part_of
from plainview.core.stats.interval import Interval
from plainview.core.stats.multiplicity import adjusted
from plainview.core.tutors.tutor import RestsOn

TWINS, IRRELEVANT = "adaptivity.twin_probe/1", "adaptivity.irrelevant/1"
REASONS, DRILLS = "adaptivity.stated_reasons/1", "adaptivity.drills/1"
BOUND = 0.10  # of D: twins less far apart than that are alike
SIGNIFICANT = 0.05

ASKS_TWINS = "Is a twin who answers otherwise given something else?"
ASKS_IRRELEVANT = "Does who a student is make a difference, where it says nothing about what she knows?"
ASKS_REASONS = "Do its decisions change when the reason it gives changes?"
ASKS_DRILLS = "What does it do for one who is always wrong, always right, or suddenly otherwise?"


class Twin(StrEnum):
    ADAPTS = "adapts"
    SHOWN_NOT_TO = "shown not to"
    NOT_SHOWN = "not shown"


class Alike(StrEnum):
    TREATS_ALIKE = "treats alike"
    REACTS = "reacts to who they are"
    NOT_SHOWN = "not shown"


class Reasons(StrEnum):
    TRUE = "reasons hold"
    FALSE = "reasons do not hold"
    NOT_SHOWN = "not shown"


# Which twins tell whether a stated reason holds; "True": they must differ, "False": they must not.
TELLS = {
    RestsOn.LAST_ANSWER: (Factor.LAST_ANSWER, True),
    RestsOn.ANSWERS_IN_A_ROW: (Factor.LAST_ANSWER, True),
    RestsOn.ANSWERS: (Factor.ANSWERS, True),
    RestsOn.ERROR: (Factor.ERROR, True),
    RestsOn.SPEED: (Factor.SPEED, True),
    RestsOn.HINTS: (Factor.HINTS, True),
    RestsOn.PLACEMENT: (Factor.PLACEMENT, True),
    RestsOn.PROFILE: (Factor.GROUP, True),
    RestsOn.ORDER: (Factor.ANSWERS, False),
    RestsOn.CHANCE: (Factor.ANSWERS, False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A probe with its tests."""

    probe: Probe
    tests: dict[Factor, TwinTest]


def judge(made: Probe) -> Judged:
    return Judged(probe=made, tests={one.factor: twin_test(one, seed=made.seed) for one in made.twins})


def _none(question: str, check: str, factor: str) -> CannotSay:
    return CannotSay(
        question=question,
        reason=f"the probe holds no twins that differ in {factor}",
        would_need="a probe with them (plainview probe)",
        check=check,
    )


def twin_finding(judged: Judged, *, bound: float = BOUND) -> Answer:
    """Right or wrong: the one factor that the claim "adapts" is about."""
    test = judged.tests.get(Factor.ANSWERS)
    if test is None:
        return _none(ASKS_TWINS, TWINS, str(Factor.ANSWERS))
    if test.p <= SIGNIFICANT and test.d > 0:
        answer, sentence = (
            Twin.ADAPTS,
            (
                f"Twins who answered right were given other content than twins who answered wrong: "
                f"{_size(test)} of 100 items differ beyond what differs between equal twins."
            ),
        )
        if test.harder is not None:
            way = "harder" if test.harder > 0 else "easier"
            sentence += f" After right answers items were {way}, by {abs(test.harder):.1f} log-odds."
    elif test.d_interval.high < bound:
        answer, sentence = (
            Twin.SHOWN_NOT_TO,
            (
                "Twins who answered right and twins who answered wrong were given the same: at most "
                f"{100 * max(test.d_interval.high, 0):.0f} of 100 items differ beyond what differs between "
                "equal twins."
            ),
        )
    else:
        answer, sentence = (
            Twin.NOT_SHOWN,
            (
                "It was not shown that twins who answer otherwise are given other content; up to "
                f"{100 * test.d_interval.high:.0f} of 100 items may differ beyond what differs between equal "
                "twins."
            ),
        )
    return _finding(
        judged, TWINS, ASKS_TWINS, str(answer), sentence, test, list(judged.tests.values()), bound
    )


def irrelevant_finding(judged: Judged, *, bound: float = BOUND) -> Answer:
    """Name, gender, locale, poverty of the school: a family of tests that must all be null."""
    tests = [
        judged.tests[factor]
        for factor in MUST_NOT_MATTER
        if factor in judged.tests and (factor != Factor.LOCALE or _tells_content(judged, factor))
    ]
    if not tests:
        return _none(ASKS_IRRELEVANT, IRRELEVANT, "who they are")
    p_values = adjusted([test.p for test in tests]).tolist()
    found = [test for test, p in zip(tests, p_values, strict=True) if p <= SIGNIFICANT and test.d > 0]
    worst = max(found or tests, key=lambda test: test.d if found else test.d_interval.high)
    names = ", ".join(str(test.factor) for test in tests)
    if found:
        answer = Alike.REACTS
        which = ", ".join(str(test.factor) for test in found)
        sentence = (
            f"Twins who answered alike were given different content for no other reason than: {which}. "
            f"{_size(worst)} of 100 items differ beyond what differs between equal twins."
        )
    elif all(test.d_interval.high < bound for test in tests):
        answer = Alike.TREATS_ALIKE
        sentence = (
            f"Twins who answered alike were given the same, whatever their {names}: at most "
            f"{100 * max(worst.d_interval.high, 0):.0f} of 100 items differ beyond what differs between "
            "equal twins."
        )
    else:
        answer = Alike.NOT_SHOWN
        sentence = (
            f"No difference was shown by {names}; but it cannot be ruled out that up to "
            f"{100 * worst.d_interval.high:.0f} of 100 items differ. More blocks of twins would tell."
        )
    return _finding(judged, IRRELEVANT, ASKS_IRRELEVANT, str(answer), sentence, worst, tests, bound)


def _tells_content(judged: Judged, factor: Factor) -> bool:
    """Whether skills or difficulties were told: of names of items alone, a translation is another item."""
    accounts = (one for twins in judged.probe.twins if twins.factor == factor for one in twins.accounts)
    return any(step.skill or step.difficulty is not None for one in accounts for step in one.observed)


def _size(test: TwinTest) -> str:
    low, high = max(0.0, test.d_interval.low), min(1.0, max(0.0, test.d_interval.high))
    return in_100(test.d, Interval(low=low, high=high, level=test.d_interval.level))


def _power(test: TwinTest) -> str:
    said = f"With {test.n_blocks} blocks, p can be {test.least_p:.4f} at least."
    if test.d_interval.high - test.d_interval.low > 1e-12:
        return said
    unseen = 100 * (1 - 0.05 ** (1 / test.n_blocks))
    return (
        f"{said} All blocks came out alike: what only {unseen:.0f} in 100 of them would show may go unseen."
    )


def _finding(
    judged: Judged,
    check: str,
    question: str,
    answer: str,
    sentence: str,
    test: TwinTest,
    tests: list[TwinTest],
    bound: float,
) -> Finding:
    made = judged.probe
    ranged = [
        Ranged(name=str(one.factor), value=one.d, low=one.d_interval.low, high=one.d_interval.high)
        for one in tests
    ]
    words = IntervalsWords(title="How much more twins differ who differ in this", along="D", what="factor")
    return Finding(
        check=check,
        question=question,
        answer=answer,
        sentence=sentence,
        effect=Number(
            name=f"D: {test.factor}",
            value=test.d,
            unit="share",
            interval=test.d_interval,
            n=test.n_blocks,
            of="blocks of four twins",
        ),
        numbers=(
            Number(name="p", value=test.p, interval=test.p_interval),
            Number(name="least p that so many blocks allow", value=test.least_p),
            Number(name="mean distance of twins treated alike", value=test.within, unit="share"),
            Number(name="difference in difficulty", value=test.harder, unit="log-odds"),
            Number(name="p of the difference in difficulty", value=test.p_harder),
            Number(name="bound of D set beforehand", value=bound, unit="share"),
        ),
        tables=(_table(tests),),
        charts=(intervals(ranged, bound=bound, words=words),),
        said=(
            f"probed: {made.of}",
            f"permission: {made.permission}",
            "all students were made up",
        ),
        noise_floor=f"Twins who were treated alike differ in {100 * test.within:.0f} of 100 items.",
        power=_power(test),
        not_seen="Reactions slower than the items watched; how it treats students who are not made up.",
        seed=made.seed,
    )


def _table(tests: list[TwinTest]) -> Table:
    return Table(
        title="Every factor",
        columns=("twins differ in", "D", "from", "to", "p", "harder by", "p of harder"),
        rows=tuple(
            (
                str(one.factor),
                one.d,
                one.d_interval.low,
                one.d_interval.high,
                one.p,
                one.harder,
                one.p_harder,
            )
            for one in tests
        ),
    )


def reasons_finding(judged: Judged) -> Answer:
    """Flip what a stated reason rests on: does the decision change?"""
    given = Counter(
        step.rests_on for twins in judged.probe.twins for account in twins.accounts for step in account.steps
    )
    rows, held, broken = list[tuple[str, int, str, float | None, str]](), 0, 0
    for said, n in given.most_common():
        factor, must = TELLS.get(RestsOn(said), (None, True)) if said in set(RestsOn) else (None, True)
        test = None if factor is None else judged.tests.get(factor)
        if test is None:
            rows.append((said, n, "", None, "not tested"))
            continue
        changed = test.p <= SIGNIFICANT and test.d > 0
        holds = changed == must
        held, broken = held + n * holds, broken + n * (not holds)
        rows.append((said, n, str(test.factor), test.p, "holds" if holds else "does not hold"))
    if not held + broken:
        return _none(ASKS_REASONS, REASONS, "what the stated reasons rest on")
    share = held / (held + broken)
    answer = Reasons.TRUE if broken == 0 else Reasons.FALSE
    sentence = (
        "The reasons that it states hold: where what a reason rests on was changed, so was the decision."
        if broken == 0
        else f"Of 100 stated reasons, {100 * (1 - share):.0f} do not hold: what they rest on was changed "
        "on a twin, "
        "and the decision was no other; or they name nothing of the student, and it was."
    )
    return Finding(
        check=REASONS,
        question=ASKS_REASONS,
        answer=str(answer),
        sentence=sentence,
        effect=Number(
            name="stated reasons that hold", value=share, unit="share", n=held + broken, of="stated reasons"
        ),
        tables=(
            Table(
                title="Stated reasons",
                columns=("rests on", "times", "twins that tell", "p", "holds"),
                rows=tuple(rows),
            ),
        ),
        said=(f"probed: {judged.probe.of}", f"permission: {judged.probe.permission}"),
        noise_floor="As in the twin probe: equal twins differ by chance.",
        power="A reason that matters rarely may seem not to hold; more blocks of twins would tell.",
        not_seen="Whether a reason is understood by those who read it.",
        seed=judged.probe.seed,
    )


def drills_finding(judged: Judged) -> Finding:
    """What it does for one who does one thing all along."""
    made = judged.probe.drills
    wrong = {
        "nothing": "For a student who is always wrong it does nothing else within 10 items.",
        "calls the teacher": f"For a student who is always wrong it calls the teacher after "
        f"{made.wrong_after}.",
        "stops": f"For a student who is always wrong it stops after {made.wrong_after}.",
        "changes approach": f"For a student who is always wrong it changes its approach after "
        f"{made.wrong_after}.",
        "gives easier items": f"For a student who is always wrong it gives easier items after "
        f"{made.wrong_after}.",
    }[made.wrong_reaction]
    right = (
        f" One who is always right is given {part_of(made.right_wasted, made.right_given, 'item')} in vain."
    )
    turned = (
        f" When right answers turn to wrong ones, half the change has come after "
        f"{counted(made.reversal_lag, 'item')}."
        if made.reversal_lag is not None
        else ""
        if made.reversal_shift is None
        else " When right answers turn to wrong ones, items hardly become easier."
    )
    held = made.override_holds
    override = "" if held is None else f" A teacher's word held for {100 * held:.0f} of 100 items after it."
    return Finding(
        check=DRILLS,
        question=ASKS_DRILLS,
        answer=made.wrong_reaction,
        sentence=wrong + right + turned + override,
        effect=Number(
            name="served difficulty on ability",
            value=made.slope,
            unit="log-odds a log-odds",
            interval=made.slope_interval,
            n=len(made.served),
            of="sessions",
        ),
        numbers=(
            Number(name="items until half the change, after a reversal", value=_float(made.reversal_lag)),
            Number(name="change in difficulty after a reversal", value=made.reversal_shift, unit="log-odds"),
            Number(name="items until it reacts to one always wrong", value=_float(made.wrong_after)),
            Number(
                name="items in vain for one always right",
                value=float(made.right_wasted),
                n=made.right_given,
                of="items",
            ),
            Number(name="items that obey a teacher's word", value=held, unit="share"),
        ),
        charts=(
            (served([one.ability for one in made.served], [one.difficulty for one in made.served]),)
            if made.served
            else ()
        ),
        said=(f"probed: {judged.probe.of}", f"permission: {judged.probe.permission}"),
        noise_floor="A change of difficulty counts from .75 log-odds on, over the mean of three accounts.",
        power="Few accounts each: what is told is what they were given.",
        not_seen="How it treats students who are not made up.",
        seed=judged.probe.seed,
    )


def _float(value: int | None) -> float | None:
    return None if value is None else float(value)


def all_findings(judged: Judged, *, bound: float = BOUND) -> tuple[Answer, ...]:
    """Everything that a probe shows."""
    return (
        twin_finding(judged, bound=bound),
        irrelevant_finding(judged, bound=bound),
        reasons_finding(judged),
        drills_finding(judged),
    )
