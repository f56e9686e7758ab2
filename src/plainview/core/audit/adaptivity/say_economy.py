"""What practice costs and whom it serves, in words that a reader without statistics understands.

In:   counts of one log.
Out:  findings.
Not here: counting (wheel_spinning, over_practice, opportunities, white, stopping, degree).
"""

from collections.abc import Sequence

from plainview.core.audit.adaptivity import degree as degrees
from plainview.core.audit.adaptivity import opportunities, over_practice, stopping, wheel_spinning, white
from plainview.core.charts.intervals import IntervalsWords, Ranged, intervals
from plainview.core.finding import Finding, Number, Table
from plainview.core.stats.interval import Interval

BY_TRACING = "knowledge tracing at .95"
BY_RUN = "three right in a row"
MEASURED = "measured"
MATTERS = 0.05  # a gap after the stop that teachers would notice


def _per_100(value: float, interval: Interval) -> str:
    return f"{100 * value:.0f} ({100 * interval.low:.0f} to {100 * interval.high:.0f})"


def wheel_finding(found: wheel_spinning.WheelSpinning, *, seed: int) -> Finding:
    """How many go round and round."""
    told = found.n_mastered + found.n_spinning
    return Finding(
        check=wheel_spinning.CHECK,
        question="How many students go on with a skill without coming to master it?",
        answer=MEASURED,
        sentence=f"Of 100 times that a student worked at a skill and it can be told, about "
        f"{_per_100(found.share_spinning, found.interval)} went on for ten attempts without three right in "
        "a row.",
        effect=Number(
            name="wheel-spinning",
            value=found.share_spinning if told else None,
            unit="share",
            interval=found.interval,
            n=told,
            of="students at a skill",
        ),
        numbers=(
            Number(name="mastered within ten attempts", value=float(found.n_mastered)),
            Number(name="ten attempts and not mastered", value=float(found.n_spinning)),
            Number(name="too few attempts to tell", value=float(found.n_indeterminate)),
            Number(name="attempts that lie in wheel-spinning", value=found.attempts_spinning, unit="share"),
        ),
        noise_floor="A count: nothing was drawn but students, for the interval.",
        power=f"{found.n_students:,} students.",
        not_seen="Those who stopped before ten attempts; whether help was given outside the product.",
        seed=seed,
    )


def practice_finding(found: Sequence[over_practice.Practice], *, seed: int) -> Finding:
    """By both criteria."""
    first = found[0]
    told = "; ".join(
        f"by {one.criterion}, {_per_100(one.over, one.over_interval)} of 100 attempts came after the skill "
        "was "
        f"mastered, and {_per_100(one.under, one.under_interval)} of 100 students at a skill stopped "
        "before it"
        for one in found
    )
    ranged = [
        Ranged(name=f"{what}, {one.criterion}", value=value, low=interval.low, high=interval.high)
        for one in found
        for what, value, interval in (
            ("too much", one.over, one.over_interval),
            ("too little", one.under, one.under_interval),
        )
    ]
    words = IntervalsWords(title="Practice after and before mastery", along="share", what="by")
    return Finding(
        check=over_practice.CHECK,
        question="How much practice comes too late, and how much stops too soon?",
        answer=MEASURED,
        sentence=f"{told[:1].upper()}{told[1:]}.",
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
                        one.over_interval.low,
                        one.over_interval.high,
                        one.under,
                        one.under_interval.low,
                        one.under_interval.high,
                    )
                    for one in found
                ),
            ),
        ),
        charts=(intervals(ranged, words=words),),
        noise_floor="A count: nothing was drawn but students, for the intervals.",
        power=f"{first.n_attempts:,} attempts of {first.n_students:,} students.",
        not_seen="Review that is meant to come after mastery; why a student stopped.",
        seed=seed,
    )


def opportunities_finding(
    rows: Sequence[tuple[str, opportunities.Expected, float]], *, n_students: int
) -> Finding:
    """Skill by skill: what the model expects, and how many attempts there were."""
    ordered = sorted(rows, key=lambda row: -row[1].attempts)
    mean = sum(row[1].attempts for row in rows) / len(rows)
    given = sum(row[2] for row in rows) / len(rows)
    return Finding(
        check=opportunities.CHECK,
        question="How many attempts does a skill need until it is likely to be known?",
        answer=MEASURED,
        sentence=f"By knowledge tracing a skill needs about {mean:.0f} attempts until it is likely to be "
        "known; "
        f"students made {given:.0f} on average.",
        effect=Number(
            name="attempts expected until .95, mean over skills",
            value=mean,
            unit="attempts",
            n=len(rows),
            of="skills",
        ),
        numbers=(Number(name="attempts made, mean over skills", value=given, unit="attempts"),),
        tables=(
            Table(
                title="Skills that need most",
                columns=("skill", "expected until .95", "not reached after 200", "made"),
                rows=tuple((name, one.attempts, one.never, made) for name, one, made in ordered[:20]),
            ),
        ),
        said=("the numbers of each skill are fitted to this log with weak priors",),
        noise_floor="No chance was used.",
        power=f"{n_students:,} students.",
        not_seen="Students who are not as the model says; two skills that help each other.",
    )


def white_finding(found: Sequence[white.White], *, n_students: int) -> Finding:
    """Effort and score over the criteria."""
    last = found[-1]
    score = (
        "nobody went on afterwards"
        if last.score is None
        else f"{100 * last.score:.0f} of 100 answers were right"
    )
    return Finding(
        check=white.CHECK,
        question="How much practice does a criterion ask for, and how well do students do after it?",
        answer=MEASURED,
        sentence=f"Until it is likely to be known ({last.criterion:g}), students made {last.effort:.1f} "
        "attempts at a "
        f"skill; after it {score}.",
        effect=Number(
            name="share right after the criterion",
            value=last.score,
            unit="share",
            n=last.n_with_score,
            of="students at a skill",
        ),
        numbers=(Number(name="attempts until the criterion", value=last.effort, unit="attempts"),),
        tables=(
            Table(
                title="Effort and score",
                columns=("criterion", "attempts", "share right after it", "share that reaches it"),
                rows=tuple((one.criterion, one.effort, one.score, one.reached) for one in found),
            ),
        ),
        noise_floor="No chance was used.",
        power=f"{last.n_sequences:,} sequences of {n_students:,} students.",
        not_seen="Those who stop at the criterion: only who goes on has a score.",
    )


def stopping_finding(found: stopping.Stopping, *, seed: int) -> Finding:
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
    after = [100 * (half.after or 0.0) for half in (found.slower, found.faster)]
    return Finding(
        check=stopping.CHECK,
        question="Does the rule that ends practice serve slower students as well as quick ones?",
        answer=answer,
        sentence=f"After the point at which practice may end, slower students are right in {after[0]:.0f} "
        "of 100 "
        f"answers and faster ones in {after[1]:.0f} of 100. They had needed {found.slower.effort:.1f} and "
        f"{found.faster.effort:.1f} attempts.",
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
                    "attempts until then",
                    "from",
                    "to",
                    "share right afterwards",
                    "sequences",
                ),
                rows=tuple(
                    (
                        half.name,
                        half.effort,
                        half.effort_interval.low,
                        half.effort_interval.high,
                        half.after,
                        half.n_sequences,
                    )
                    for half in (found.slower, found.faster)
                ),
            ),
        ),
        said=("slower and faster: by the share right of first attempts at the student's other skills",),
        noise_floor=f"A gap below {MATTERS:g} is held to be alike.",
        power=f"{found.n_students:,} students.",
        not_seen="Those who do stop at the point: only who goes on can be right afterwards.",
        seed=seed,
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
    share = None if found.seen.information is None else 100 * found.seen.information
    chance = 100 * (found.by_chance.information or 0.0)
    told = (
        "How adaptive the test is cannot be told: its items do not differ in difficulty."
        if share is None
        else f"What students were given tells {share:.0f} of 100 parts of what the best items of the same "
        "pool would "
        f"have told; a draw by chance tells {chance:.0f}."
    )
    return Finding(
        check=degrees.CHECK,
        question="How adaptive is it, beside the best that the same pool allows?",
        answer=MEASURED,
        sentence=told,
        effect=Number(
            name="proportion of variance reduced", value=seen, unit="share", n=found.n_students, of="students"
        ),
        numbers=(
            Number(name="correlation of ability and mean difficulty", value=found.seen.correlation),
            Number(name="spread of difficulties over spread of abilities", value=found.seen.spread),
            Number(name="information, of the best possible", value=found.seen.information, unit="share"),
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
        power=f"{found.n_students:,} students; no cut-off is set.",
        not_seen="Whether the difficulties are right, and whether answers or a teacher led to the items.",
        seed=seed,
    )
