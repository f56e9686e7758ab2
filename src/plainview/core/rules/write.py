"""From a rule's draft to a card with all ten parts, or to no card at all.

In:   what a rule has to say, the rule, the snapshot.
Out:  a card; or None where a card must not be shown, whatever the rule says.
Not here: the rule's own thought. These refusals hold for every rule, also for the next one.
"""

from datetime import timedelta

from plainview.core.learner.estimate import MODEL
from plainview.core.learner.piece import Piece
from plainview.core.rules.card import (
    FEWEST_CHOICES,
    LEAVE_IT,
    MOST_BECAUSE,
    Cap,
    Card,
    Choice,
    Cost,
    Doing,
    Fairness,
    Provenance,
    SupportsApplied,
)
from plainview.core.rules.doubt import how_sure, not_known, rests_on
from plainview.core.rules.fit import blocked
from plainview.core.rules.line import gettext_noop, line
from plainview.core.rules.rule import Draft, Rule
from plainview.core.rules.snapshot import Snapshot, model_as_json

LEAVE = gettext_noop("Leave it: nothing happens, and the plan stays as it is.")
STICKY = gettext_noop(
    "{student} was in a group of this kind in {n_groups} of the last 5 groups. Would another mix do?"
)
LOWERS = gettext_noop(
    "This asks for less than the grade's work. It needs your reason, and a look back by {until}."
)
TRAVELS = gettext_noop("For {student}: {supports}.")

ANOTHER_MIX = gettext_noop("Another mix: the same activity with others beside them.")

# The same group four times of five is no longer a group for a purpose; it is a track.
STICKY_OF, STICKY_FROM = 5, 4


def write(draft: Draft, rule: Rule, snapshot: Snapshot) -> Card | None:
    """The whole card; None when it must not be shown."""
    _check(draft, rule)
    if not may_be_shown(draft, snapshot):
        return None
    looked_at = draft.looks_at or (draft.competency,)
    needs = tuple(dict.fromkeys((draft.competency, *looked_at, *draft.needs)))
    sure = tuple(how_sure(snapshot, s, c) for s in draft.students for c in looked_at)
    return Card(
        key=":".join((rule.name, draft.competency, draft.about, ",".join(draft.students))),
        rule=rule.name,
        students=draft.students,
        competency=draft.competency,
        about=draft.about,
        is_group=len(draft.students) > 1,
        lowers_expectation=rule.lowers_expectation,
        as_of=snapshot.as_of,
        needs=needs,
        do=Doing(say=draft.do, task=draft.task),
        because=draft.because,
        rests_on=rests_on(sure, draft.carried_by or _linked(draft, needs, snapshot)),
        how_sure=sure,
        would_change=draft.would_change,
        choices=_choices(draft, rule, snapshot),
        does_not_know=(*draft.does_not_know, *not_known(snapshot, draft.students, draft.competency)),
        cost=_cost(draft, snapshot),
        fairness=_fairness(draft, rule, snapshot),
        supports=_supports(draft, snapshot),
        provenance=_provenance(rule, snapshot),
    )


def may_be_shown(draft: Draft, snapshot: Snapshot) -> bool:
    """Enough is known of everyone, everyone is here, nobody sits by one kept apart, no support clashes.

    And every reason has work to link to: a reason without is an opinion.
    """
    looked_at = draft.looks_at or (draft.competency,)
    return (
        all(reason.evidence for reason in draft.because)
        and all(s in snapshot.present for s in draft.students)
        and snapshot.may_work_together(draft.students)
        and all(snapshot.says_enough(s, c) for s in draft.students for c in looked_at)
        and not (draft.task.activity and blocked(snapshot, draft.students, draft.task.activity))
        and all(draft.task.screen_minutes <= snapshot.student[s].screen_minutes_left for s in draft.students)
    )


def _linked(draft: Draft, needs: tuple[str, ...], snapshot: Snapshot) -> tuple[Piece, ...]:
    """The pieces that the reasons link to, each once."""
    refs = {ref for reason in draft.because for ref in reason.evidence}
    return tuple(p for s in draft.students for c in needs for p in snapshot.pieces(s, c) if p.ref in refs)


def _check(draft: Draft, rule: Rule) -> None:
    """A fault here is the rule author's, and her tests find it."""
    if not 1 <= len(draft.because) <= MOST_BECAUSE:
        raise ValueError(f"{rule.name}: a card has one to {MOST_BECAUSE} lines of because.")
    if len({choice.name for choice in draft.choices} | {LEAVE_IT}) < FEWEST_CHOICES:
        raise ValueError(
            f"{rule.name}: a card has {FEWEST_CHOICES} other choices or more, one of them to leave it."
        )
    if not draft.would_change:
        raise ValueError(f"{rule.name}: a card says what would change our mind.")


def _choices(draft: Draft, rule: Rule, snapshot: Snapshot) -> tuple[Choice, ...]:
    open_ones = [
        c
        for c in draft.choices
        if not (c.task and c.task.activity and blocked(snapshot, draft.students, c.task.activity))
    ]
    if len(draft.students) > 1 and _sticky(draft, rule, snapshot):
        open_ones.append(Choice(name="another_mix", say=line(ANOTHER_MIX)))
    return (*open_ones, Choice(name=LEAVE_IT, say=line(LEAVE)))


def _cost(draft: Draft, snapshot: Snapshot) -> Cost:
    left = {s: snapshot.student[s].screen_minutes_left for s in draft.students}
    spent = draft.task.screen_minutes
    return Cost(
        teacher_minutes=draft.task.adult_minutes,
        student_minutes=draft.task.minutes,
        screen_minutes=spent,
        caps=tuple(Cap(student=s, minutes_left=m, minutes_left_after=m - spent) for s, m in left.items()),
    )


def _fairness(draft: Draft, rule: Rule, snapshot: Snapshot) -> Fairness:
    sticky = _sticky(draft, rule, snapshot)
    review_by = snapshot.as_of + timedelta(days=rule.review_within_days) if rule.lowers_expectation else None
    lines = [line(STICKY, student=s, n_groups=n) for s, n in sticky.items()]
    if review_by:
        lines.append(line(LOWERS, until=review_by.isoformat()))
    return Fairness(
        sticky=tuple(sticky),
        lowers_expectation=rule.lowers_expectation,
        needs_reason=rule.lowers_expectation,
        review_by=review_by,
        lines=tuple(lines),
    )


def _sticky(draft: Draft, rule: Rule, snapshot: Snapshot) -> dict[str, int]:
    """The children whose last five groups were nearly all of this rule's kind, with how many."""
    return {s: n for s in draft.students if (n := _groups_of(snapshot, s, rule.name)) >= STICKY_FROM}


def _groups_of(snapshot: Snapshot, student: str, purpose: str) -> int:
    past = sorted((g for g in snapshot.student[student].groups if g.on <= snapshot.as_of), key=lambda g: g.on)
    return sum(g.purpose == purpose for g in past[-STICKY_OF:])


def _supports(draft: Draft, snapshot: Snapshot) -> tuple[SupportsApplied, ...]:
    each = {s: snapshot.student[s].supports for s in draft.students}
    return tuple(
        SupportsApplied(student=s, supports=names, say=line(TRAVELS, student=s, supports=names))
        for s, names in each.items()
        if names
    )


def _provenance(rule: Rule, snapshot: Snapshot) -> Provenance:
    return Provenance(
        rule=rule.name,
        version=rule.version,
        title=rule.title,
        words=rule.words,
        written_by=rule.written_by,
        written_on=rule.written_on,
        may=rule.may,
        model=MODEL,
        parameters={"rule": dict(rule.parameters), **model_as_json(snapshot)},
    )
