"""What practice costs and whom it serves, in words that a reader without statistics understands.

In:   counts of one log.
Out:  findings.
Not here: counting (wheel_spinning, over_practice, opportunities, white, stopping, degree).
"""

from collections.abc import Sequence

from plainview.core.audit.adaptivity import degree as degrees
from plainview.core.audit.adaptivity import opportunities, over_practice, stopping, wheel_spinning, white
from plainview.core.audit.in_100 import in_100, with_range
from plainview.core.charts.intervals import IntervalsWords, Ranged, intervals
from plainview.core.finding import Finding, Number, Table
from plainview.core.plural import counted
from plainview.core.stats.interval import Interval

BY_TRACING = "knowledge tracing at .95"
BY_RUN = "three right in a row"
HELD_FIXED = "The ranges hold the numbers of knowledge tracing fixed; their own doubt is not in them."
MEASURED = "measured"
MATTERS = 0.05  # a gap after the stop that teachers would notice


COUNTED = "A count: no chance was drawn. The ranges take the students for the sample."


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval.low, interval.high)


def wheel_finding(found: wheel_spinning.WheelSpinning) -> Finding:
    """How many go round and round."""
    told = found.n_mastered + found.n_spinning
    return Finding(
        check=wheel_spinning.CHECK,
        question="How many students go on with a skill without coming to master it?",
        answer=MEASURED,
        sentence=f"Of 100 times that a student worked at a skill and it can be told, about "
        f"{in_100(found.share_spinning, found.interval)} went on for ten attempts without three right in "
        "a row.",
        effect=Number(
            name="wheel-spinning",
            value=found.share_spinning,
            unit="share",
            interval=found.interval,
            n=told,
            of="students at a skill",
        ),
        numbers=(
            Number(name="mastered within ten attempts", value=float(found.n_mastered)),
            Number(name="ten attempts and not mastered", value=float(found.n_spinning)),
            Number(name="too few attempts to tell", value=float(found.n_indeterminate)),
            Number(
                name="attempts that lie in wheel-spinning",
                value=found.attempts_spinning,
                unit="share",
                interval=found.attempts_interval,
            ),
        ),
        noise_floor=COUNTED,
        power=f"{counted(found.n_students, 'student')}.",
        not_seen="Those who stopped before ten attempts; whether help was given outside the product.",
    )


def practice_finding(found: Sequence[over_practice.Practice]) -> Finding:
    """By both criteria."""
    first = found[0]
    over = [in_100(one.over, one.over_interval) for one in found]
    under = [in_100(one.under, one.under_interval) for one in found]
    ranged = [
        Ranged(name=f"{what}, {one.criterion}", value=value, low=interval.low, high=interval.high)
        for one in found
        for what, value, interval in (
            ("too much", one.over, one.over_interval),
            ("too little", one.under, one.under_interval),
        )
        if interval is not None
    ]
    words = IntervalsWords(title="Practice after and before mastery", along="share", what="by")
    return Finding(
        check=over_practice.CHECK,
        question="How much practice comes too late, and how much stops too soon?",
        answer=MEASURED,
        sentence=f"Of 100 attempts, {over[0]} came after the skill was mastered if that is "
        f"{first.criterion}, and {over[1]} if it is {found[1].criterion}. Of 100 times that a student "
        f"worked at a skill, {under[0]} ended before it by the first rule, and {under[1]} by the second.",
        effect=Number(
            name=f"attempts after mastery, by {first.criterion}",
            value=first.over,
            unit="share",
            interval=first.over_interval,
            n=first.n_students,
            of="students",
        ),
        tables=(
            Table(
                title="By both criteria",
                columns=("criterion", "after mastery", "from", "to", "stopped before", "from", "to"),
                rows=tuple(
                    (
                        one.criterion,
                        one.over,
                        *_ends(one.over_interval),
                        one.under,
                        *_ends(one.under_interval),
                    )
                    for one in found
                ),
            ),
        ),
        charts=(intervals(ranged, words=words),),
        said=(HELD_FIXED,),
        noise_floor=COUNTED,
        power=f"{counted(first.n_attempts, 'attempt')} of {counted(first.n_students, 'student')}.",
        not_seen="Review that is meant to come after mastery; why a student stopped.",
    )


def opportunities_finding(
    rows: Sequence[tuple[str, opportunities.Expected, float]],
    *,
    made: opportunities.Made,
    interval: Interval | None,
    n_students: int,
    seed: int,
) -> Finding:
    """Skill by skill: what the model expects, and how many attempts there were."""
    ordered = sorted(rows, key=lambda row: -row[1].attempts)
    mean = opportunities.mean_of([row[1] for row in rows])
    return Finding(
        check=opportunities.CHECK,
        question="How many attempts does a skill need until it is likely to be known?",
        answer=MEASURED,
        sentence=f"By knowledge tracing a skill needs about {with_range(mean, interval)} attempts until it "
        f"is likely to be known. Students made {with_range(made.mean, made.interval, digits=1)} on average.",
        effect=Number(
            name="attempts expected until .95, mean over skills",
            value=mean,
            unit="attempts",
            interval=interval,
            n=len(rows),
            of="skills",
        ),
        numbers=(
            Number(
                name="attempts made, mean over skills",
                value=made.mean,
                unit="attempts",
                interval=made.interval,
                n=n_students,
                of="students",
            ),
        ),
        tables=(
            Table(
                title="Skills that need most",
                columns=("skill", "expected until .95", "not reached after 200", "made"),
                rows=tuple((name, one.attempts, round(one.never, 4), n) for name, one, n in ordered[:20]),
            ),
        ),
        said=(
            "The numbers of each skill are fitted to this log with weak priors.",
            "The range of what is expected leaves out each of ten groups of students in turn, and fits again."
            if interval is not None
            else "Of so few students it has no range: 20 or more would be needed.",
        ),
        noise_floor="No chance was drawn but the ten groups.",
        power=f"{counted(n_students, 'student')}.",
        not_seen="Students who are not as the model says; two skills that help each other.",
        seed=seed,
    )


def white_finding(found: Sequence[white.White], *, n_students: int) -> Finding:
    """Effort and score over the criteria."""
    last = found[-1]
    score = (
        "nobody went on afterwards"
        if last.score is None
        else f"{in_100(last.score, last.score_interval)} of 100 answers were right"
    )
    return Finding(
        check=white.CHECK,
        question="How much practice does a criterion ask for, and how well do students do after it?",
        answer=MEASURED,
        sentence=f"Until it is likely to be known ({last.criterion:g}), students made "
        f"{with_range(last.effort, last.effort_interval, digits=1)} attempts at a skill. After it {score}.",
        effect=Number(
            name="share right after the criterion",
            value=last.score,
            unit="share",
            interval=last.score_interval,
            n=last.n_with_score,
            of="students at a skill",
        ),
        numbers=(
            Number(
                name="attempts until the criterion",
                value=last.effort,
                unit="attempts",
                interval=last.effort_interval,
                n=last.n_sequences,
                of="students at a skill",
            ),
            Number(
                name="share that reaches the criterion",
                value=last.reached,
                unit="share",
                interval=last.reached_interval,
                n=last.n_sequences,
                of="students at a skill",
            ),
        ),
        tables=(
            Table(
                title="Effort and score",
                columns=(
                    "criterion",
                    "attempts",
                    "from",
                    "to",
                    "share right after it",
                    "from",
                    "to",
                    "share that reaches it",
                    "from",
                    "to",
                ),
                rows=tuple(
                    (
                        one.criterion,
                        one.effort,
                        *_ends(one.effort_interval),
                        one.score,
                        *_ends(one.score_interval),
                        one.reached,
                        *_ends(one.reached_interval),
                    )
                    for one in found
                ),
            ),
        ),
        said=(HELD_FIXED,),
        noise_floor=COUNTED,
        power=f"{counted(n_students, 'student')}; together they worked at {last.n_sequences:,} skills, one "
        "counted for each student.",
        not_seen="Those who stop at the criterion: only who goes on has a score.",
    )


def stopping_finding(found: stopping.Stopping) -> Finding:
    """Slower and faster students."""
    gap, interval = found.gap or 0.0, found.gap_interval
    high, low = (interval.high, interval.low) if interval else (gap, gap)
    answer = (
        "stops slower students too soon"
        if low > 0 and gap >= MATTERS
        else "serves both alike"
        if abs(low) < MATTERS and abs(high) < MATTERS
        else "not shown"
    )
    halves = (found.slower, found.faster)
    after = [in_100(half.after or 0.0, half.after_interval) for half in halves]
    effort = [with_range(half.effort, half.effort_interval, digits=1) for half in halves]
    return Finding(
        check=stopping.CHECK,
        question="Does the rule that ends practice serve slower students as well as quick ones?",
        answer=answer,
        sentence=f"After the point at which practice may end, slower students are right in {after[0]} of 100 "
        f"answers, faster ones in {after[1]}. Slower ones had needed {effort[0]} attempts, faster ones "
        f"{effort[1]}.",
        effect=Number(
            name="share right afterwards, faster less slower",
            value=found.gap,
            unit="share",
            interval=interval,
            n=found.n_students,
            of="students",
        ),
        tables=(
            Table(
                title="Slower and faster students",
                columns=(
                    "students",
                    "how many",
                    "skills they worked at, counted for each",
                    "of these, came to the point",
                    "of these, went on",
                    "attempts until the point",
                    "from",
                    "to",
                    "share right afterwards",
                    "from",
                    "to",
                ),
                rows=tuple(
                    (
                        half.name,
                        half.n_students,
                        half.n_sequences,
                        half.n_reached,
                        half.n_with_after,
                        half.effort,
                        *_ends(half.effort_interval),
                        half.after,
                        *_ends(half.after_interval),
                    )
                    for half in halves
                ),
            ),
        ),
        said=(
            "Slower and faster at a skill: by the share right of first attempts at the student's other "
            "skills; so a student may count as slower at one skill and as faster at another.",
            HELD_FIXED,
        ),
        noise_floor=f"A gap below {MATTERS:g} is held to be alike.",
        power=f"{counted(found.n_students, 'student')}.",
        not_seen="Those who do stop at the point: only who goes on can be right afterwards.",
    )


def degree_finding(found: degrees.Degrees, *, seed: int, said: tuple[str, ...]) -> Finding:
    """Beside the best and beside chance."""
    rows = tuple(
        (name, one.correlation, one.spread, one.reduced, one.information)
        for name, one in (
            ("as given", found.seen),
            ("best possible", found.best),
            ("by chance", found.by_chance),
        )
    )
    seen = found.seen.reduced
    share, chance = found.seen.information, 100 * (found.by_chance.information or 0.0)
    ranges = found.ranges
    told = (
        "How adaptive the test is cannot be told: its items do not differ in difficulty."
        if share is None
        else f"What students were given tells {in_100(share, ranges.information)} of 100 parts of what the "
        f"best items of the same pool would have told; a draw by chance tells {chance:.0f}."
    )
    return Finding(
        check=degrees.CHECK,
        question="How adaptive is it, beside the best that the same pool allows?",
        answer=MEASURED,
        sentence=told,
        effect=Number(
            name="proportion of variance reduced",
            value=seen,
            unit="share",
            interval=ranges.reduced,
            n=found.n_students,
            of="students",
        ),
        numbers=(
            Number(
                name="correlation of ability and mean difficulty",
                value=found.seen.correlation,
                interval=ranges.correlation,
            ),
            Number(
                name="spread of difficulties over spread of abilities",
                value=found.seen.spread,
                interval=ranges.spread,
            ),
            Number(
                name="information, of the best possible",
                value=found.seen.information,
                unit="share",
                interval=ranges.information,
            ),
            Number(name="items in the pool", value=float(found.n_pool)),
        ),
        tables=(
            Table(
                title="Beside the best and beside chance",
                columns=("items", "correlation", "spread", "variance reduced", "information"),
                rows=rows,
            ),
        ),
        said=said,
        noise_floor="The row 'by chance' is what no adaptation looks like with this pool and these lengths.",
        power=f"{counted(found.n_students, 'student')}; no cut-off is set.",
        not_seen="Whether the difficulties are right, and whether answers or a teacher led to the items.",
        seed=seed,
    )
