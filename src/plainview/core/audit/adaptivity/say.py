"""What the log test and its companions found, in words that a reader without statistics understands.

In:   results.
Out:  findings: a sentence with the effect and its doubt in it, numbers, tables, pictures.
Not here: how they were computed (log_test, memory_test, group_test).
"""

from plainview.core.audit.adaptivity.differ import Differ
from plainview.core.audit.adaptivity.group_test import CHECK as GROUP
from plainview.core.audit.adaptivity.group_test import Grouped, Reacts
from plainview.core.audit.adaptivity.log_test import (
    CHECK,
    QUESTION,
    Says,
    Test,
    Tested,
    clopper_pearson,
    slower,
)
from plainview.core.audit.adaptivity.memory_test import CHECK as MEMORY
from plainview.core.audit.adaptivity.memory_test import QUESTION as MEMORY_QUESTION
from plainview.core.audit.adaptivity.memory_test import Remembered, Remembers
from plainview.core.audit.adaptivity.next_item import NextClass, Strata
from plainview.core.audit.adaptivity.steps import Steps
from plainview.core.audit.in_100 import in_100
from plainview.core.charts.chart import Chart
from plainview.core.charts.followed import followed
from plainview.core.charts.intervals import IntervalsWords, Ranged, intervals
from plainview.core.finding import Finding, Number, Table
from plainview.core.stats.interval import Interval

DIFFERENTIATION = "adaptivity.differentiation/1"
SAME = 0.02  # of 100 pairs of students, two on different items: the same for all, but for slips


# In plain words: what is asked about the next item, and among whom.
ASKED = {
    NextClass.OCTILE: "how hard the next item is",
    NextClass.SKILL: "which skill comes next",
    NextClass.MOVE: "whether the skill stays, is new or comes back",
}
HELD = {Strata.ITEM: "after the same item", Strata.CALENDAR: "at the same time, after items as hard"}
IN_WORDS = {5: "five", 10: "ten"}


def of_100(value: float, interval: Interval) -> str:
    """About 9 (7 to 11)."""
    low, high = max(0.0, interval.low), max(0.0, interval.high)
    return f"about {in_100(max(0.0, value), Interval(low=low, high=high, level=interval.level))}"


def _sentence(tested: Tested) -> str:
    head = tested.head
    if head is None:
        return (
            "Everybody gets the same sequence: after nearly every item the same item follows. There is "
            "nothing "
            "that could depend on an answer."
        )
    would = f"{of_100(head.differ, head.differ_interval)} would have been different had the answer been"
    if tested.says == Says.ADAPTS:
        return f"The next item depends on the answer just given. Of 100 next steps, {would} different."
    if tested.says == Says.CALENDAR:
        return (
            f"Next items follow answers, but not clearly where the place in the sequence is held equal: "
            "this may "
            f"be a schedule and not a reaction. Of 100 next steps, {would} different."
        )
    most = max(0.0, 100 * head.differ_interval.high)
    if tested.says == Says.SHOWN_NOT_TO:
        return (
            f"The next item does not depend on the answer just given: of 100 next steps, at most "
            f"{most:.0f} would "
            "have been different had the answer been different, and the effect lies below the bound set. Nor "
            "was it seen to go with the last five or ten answers."
        )
    return (
        f"It was not shown that the next item depends on the answer just given. Of 100 next steps, up to "
        f"{most:.0f} may still have been different had the answer been different.{_slower(tested)}"
    )


def _slower(tested: Tested) -> str:
    """Where next items go with the last few answers, though not with the last one."""
    test = slower(tested.lately)
    if test is None:
        return ""
    return (
        f" But what came next went with how many of the last {IN_WORDS[test.last]} answers were right: the "
        "product may react more slowly, as at the end of a unit."
    )


def log_finding(tested: Tested) -> Finding:
    """The log test's answer."""
    head = tested.head
    numbers = () if head is None else _numbers(tested, head)
    return Finding(
        check=CHECK,
        question=QUESTION,
        answer=str(tested.says),
        sentence=_sentence(tested),
        effect=numbers[0] if numbers else None,
        numbers=numbers[1:],
        tables=_tables(tested),
        charts=_charts(tested),
        said=(
            f"{tested.n_steps:,} steps of {tested.n_students:,} students were tested",
            *tested.said,
            *(() if head is None else (_rests_on(head),)),
            f"of 100 steps, {100 * tested.usual:.0f} went to the item that most steps from the same item "
            "go to",
        ),
        noise_floor=(
            "Nothing was redrawn."
            if head is None
            else f"Where answers do not count, R is at most {head.r_floor:.4f} in 95 of {tested.draws} "
            "redrawn "
            "logs taken by the hundred."
        ),
        power=(
            "A sequence without variation cannot be tested."
            if head is None
            else f"In 80 of 100 such logs, R of {head.r_seen:.3f} would be seen."
        ),
        not_seen=(
            "A reaction that is slower than the last ten answers, to anything but right and wrong, or made "
            "of items of the same class. Whether the reaction is useful is another question."
        ),
        seed=tested.seed,
    )


def _rests_on(head: Test) -> str:
    return (
        f"the sentence rests on {ASKED[head.next_class]}, {HELD[head.strata]}, with {head.width} answers "
        "at a time drawn again"
    )


def _numbers(tested: Tested, head: Test) -> tuple[Number, ...]:
    return (
        Number(
            name="next steps that would have differed",
            value=head.differ,
            unit="share",
            interval=head.differ_interval,
            n=tested.n_students,
            of="students",
        ),
        Number(
            name="R: share of the next item's uncertainty that the answer explains",
            value=head.r,
            unit="share",
            interval=head.r_interval,
            n=tested.n_students,
            of="students",
        ),
        Number(name="p", value=head.p, interval=head.p_interval, n=tested.draws, of="redrawn logs"),
        Number(name="p, adjusted over the tests of the same strata", value=head.p_adjusted),
        Number(name="bound of R set beforehand", value=tested.bound, unit="share"),
    )


def _tables(tested: Tested) -> tuple[Table, ...]:
    return (_table(tested.tests), _last_table(tested.lately)) if tested.tests else ()


def _last_table(lately: tuple[Test, ...]) -> Table:
    """Each protects "shown not to"; none of them makes a product one that adapts."""
    return Table(
        title="The next item against the last few answers",
        columns=("most right of the last", "next item", "held equal", "p", "p adjusted", "R", "steps differ"),
        rows=tuple(
            (
                test.last,
                str(test.next_class),
                str(test.strata),
                test.p,
                test.p_adjusted,
                test.r,
                test.differ,
            )
            for test in lately
        ),
    )


def _table(tests: tuple[Test, ...]) -> Table:
    columns = ("window", "next item", "held equal", "p", "p adjusted", "R", "R from", "R to", "steps differ")
    return Table(
        title="Every test of the family",
        columns=columns,
        rows=tuple(
            (
                test.width,
                str(test.next_class),
                str(test.strata),
                test.p,
                test.p_adjusted,
                test.r,
                test.r_interval.low,
                test.r_interval.high,
                test.differ,
            )
            for test in tests
        ),
    )


def _charts(tested: Tested) -> tuple[Chart, ...]:
    bars = followed(tested.followed[0].tolist(), tested.followed[1].tolist())
    if not tested.tests:
        return (bars,)
    ranged = [
        Ranged(
            name=_capital(f"{ASKED[test.next_class]}, {HELD[test.strata]}, {test.width} at a time"),
            value=test.r,
            low=test.r_interval.low,
            high=test.r_interval.high,
        )
        for test in tested.tests
    ]
    words = IntervalsWords(
        title="How much the answer says about what comes next, in every test",
        along="R: share of what is open about the next item that the answer settles",
        what="test",
        value="R",
    )
    return (bars, intervals(ranged, bound=tested.bound, words=words))


def differ_finding(seen: Differ, steps: Steps) -> Finding:
    """Do different students see different content?"""
    share = seen.other_item or 0.0
    answer = "same for all" if share <= SAME else "differentiates"
    skills = (
        f" They were on different skills {in_100(seen.other_skill, seen.skill_interval)} times."
        if seen.other_skill is not None and answer == "differentiates"
        else ""
    )
    sentence = (
        "Different students see the same items in the same order."
        if answer == "same for all"
        else "Different students see different items. Of 100 times that two students were at the same step, "
        f"they were on different items {in_100(share, seen.item_interval)} times.{skills} That alone does "
        "not say that the product adapts."
    )
    return Finding(
        check=DIFFERENTIATION,
        question="Do different students see different content?",
        answer=answer,
        sentence=sentence,
        effect=Number(
            name="two students at the same step are on different items",
            value=seen.other_item,
            unit="share",
            interval=seen.item_interval,
            n=steps.n_students,
            of="students",
        ),
        numbers=(
            Number(
                name="on different skills",
                value=seen.other_skill,
                unit="share",
                interval=seen.skill_interval,
            ),
            Number(name="pairs of students at the same step", value=float(seen.n_pairs_of_steps)),
        ),
        said=steps.said,
        noise_floor="All pairs of the log were counted: no chance was used.",
        power="A count, not a test.",
        not_seen="Why content differs: chance, a teacher, a group, a choice, or the product.",
    )


def memory_finding(found: Remembered) -> Finding:
    """Does anything before the last answer count?"""
    head = found.head
    sentence = {
        Remembers.OLDER: "Older answers count too: what came next followed the answer before the last, among "
        f"students with the same item and the same last answer. It explains {100 * head.r:.1f} of 100 "
        "parts of "
        "what is uncertain about the next item.",
        Remembers.LAST_ONLY: "Nothing before the last answer was seen to count, beyond what the current item "
        f"already holds: at most {100 * max(head.r_high, 0):.1f} of 100 parts of what is uncertain about "
        "the next "
        "item.",
        Remembers.NO_REACTION: "No clear reaction to answers was seen, so there is nothing to remember.",
        Remembers.NOT_SHOWN: "It was not shown that anything before the last answer counts: it may explain "
        "up to "
        f"{100 * max(head.r_high, 0):.1f} of 100 parts of what is uncertain about the next item.",
    }[found.says]
    return Finding(
        check=MEMORY,
        question=MEMORY_QUESTION,
        answer=str(found.says),
        sentence=sentence,
        effect=Number(
            name="R of the answer before the last",
            value=head.r,
            unit="share",
            interval=Interval(low=head.r - head.r_floor, high=head.r_high, level=0.9),
            n=found.n_students,
            of="students",
        ),
        numbers=(
            Number(
                name="p",
                value=head.p,
                interval=clopper_pearson(round(head.p * (found.draws + 1)) - 1, found.draws),
                n=found.draws,
                of="redrawn logs",
            ),
            Number(name="p, adjusted over the classes of next items", value=head.p_adjusted),
            Number(name="bound of R set beforehand", value=found.bound, unit="share"),
        ),
        tables=(
            Table(
                title="By class of the next item",
                columns=("next item", "steps", "p", "p adjusted", "R", "R at most"),
                rows=tuple(
                    (str(t.next_class), t.n_steps, t.p, t.p_adjusted, t.r, t.r_high) for t in found.tests
                ),
            ),
        ),
        noise_floor=f"Where only the last answer counts, R is within {head.r_floor:.4f} in 90 of 100 "
        "redrawn logs.",
        power=f"R of {1.5 * head.r_floor + 0.005:.3f} would be seen in most such logs.",
        not_seen="A memory that the current item already holds, as in an adaptive test that chose it from "
        "all "
        "answers so far.",
        seed=found.seed,
    )


def group_finding(found: Grouped) -> Finding:
    """Are students of a group treated differently who have answered alike?"""
    sentence = {
        Reacts.GROUP: f"Students who had the same item, the same answer and the same score so far were given "
        f"different next items by '{found.column}': of 100 next steps, "
        f"{of_100(found.differ, found.differ_interval)} "
        "go with the group and not with the answers.",
        Reacts.ALIKE: f"Students who answered alike were treated alike, whatever their '{found.column}': "
        "it goes with "
        f"at most {100 * max(0.0, found.differ_interval.high):.0f} of 100 next steps.",
        Reacts.NOT_SHOWN: f"It was not shown that next items go with '{found.column}' among students who "
        "answered "
        f"alike; up to {100 * max(0.0, found.differ_interval.high):.0f} of 100 next steps may.",
    }[found.says]
    return Finding(
        check=GROUP,
        question=f"Are students treated alike who answered alike, whatever their '{found.column}'?",
        answer=str(found.says),
        sentence=sentence,
        effect=Number(
            name="next steps that go with the group",
            value=found.differ,
            unit="share",
            interval=found.differ_interval,
            n=found.n_students,
            of="students",
        ),
        numbers=(
            Number(name="R of the group", value=found.r, unit="share", n=found.n_steps, of="steps"),
            Number(name="p", value=found.p, interval=found.p_interval, n=found.draws, of="permutations"),
            Number(name="p, adjusted over the groupings", value=found.p_adjusted),
            Number(name="bound set beforehand", value=found.bound, unit="share"),
        ),
        said=found.said,
        noise_floor=f"By chance alone R is at most {found.r_floor:.4f} in 95 of 100 permutations.",
        power=f"R of {found.r_seen:.3f} would be seen in 80 of 100 such logs.",
        not_seen="Groups that never meet the same item; what a product knows of a student beyond her "
        "answers, "
        "where it goes with the group.",
        seed=found.seed,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
