"""A child chooses: takes an option, lays it back, is done with it. Going back costs nothing.

In:   a step on the child's plan.
Out:  the step, chosen, laid back or done; its screen minutes counted or given back.
Not here: what is on the plan (set.py); whether it was right (evidence).
"""

from datetime import date, datetime

from django.db import transaction

from plainview.classroom.evidence.models import Medium
from plainview.classroom.plans import options, policy, screen, twin
from plainview.classroom.plans.models import Stage, Step
from plainview.lobby.ledger import write
from plainview.lobby.people.models import Person


@transaction.atomic
def choose(step: Step, *, by: Person, at: datetime, on: date, on_paper: bool = False) -> Step:
    """Take it for today; on paper, if the child wants that or works on paper. A second press changes nothing.

    A step left over from another day is taken up again: its screen minutes count for today as well.
    """
    policy.check_may_choose(by, step, on=on)
    step = _held(step)
    wants_other_form = on_paper and step.medium == Medium.SCREEN
    if step.stage == Stage.CHOSEN and step.on == on and not wants_other_form:
        return step
    if step.stage != Stage.CHOSEN:
        policy.check_may_follow(step, Stage.CHOSEN)
    if on_paper or step.student_id in twin.on_paper([step.student_id], on=on):
        _take_paper(step, on=on)
    screen.count(step, on=on)
    step.stage, step.chosen_at, step.on = Stage.CHOSEN, at, on
    step.save(update_fields=["stage", "chosen_at", "on", "medium", "screen_minutes"])
    write.deed("plans.step.chosen", by=by.pk, at=at, about=step.student_id, thing=step.pk)
    options.top_up([step.student_id], by=by, at=at, on=on)
    return step


def _take_paper(step: Step, *, on: date) -> None:
    """The paper twin in place of the screen. What is off the screen already stays as it is."""
    if step.medium == Medium.SCREEN:
        screen.give_back(step, on=on)
        step.medium, step.screen_minutes = Medium.PAPER, 0


@transaction.atomic
def lay_back(step: Step, *, by: Person, at: datetime, on: date) -> Step:
    """Not now: it waits again with the others."""
    policy.check_may_choose(by, step, on=on)
    step = _held(step)
    if step.stage == Stage.OFFERED:
        return step
    policy.check_is_chosen(step)  # what a teacher set aside comes back by the teacher alone
    screen.give_back(step, on=on)
    step.stage, step.chosen_at = Stage.OFFERED, None
    step.save(update_fields=["stage", "chosen_at"])
    write.deed("plans.step.laid_back", by=by.pk, at=at, about=step.student_id, thing=step.pk)
    return step


@transaction.atomic
def finish(step: Step, *, by: Person, at: datetime, on: date) -> Step:
    """Done. It says nothing about how well: that is for evidence, and for talk."""
    policy.check_may_choose(by, step, on=on)
    step = _held(step)
    if step.stage == Stage.DONE:
        return step
    policy.check_may_follow(step, Stage.DONE)
    step.stage, step.ended_at = Stage.DONE, at
    step.save(update_fields=["stage", "ended_at"])
    write.deed("plans.step.done", by=by.pk, at=at, about=step.student_id, thing=step.pk)
    options.top_up([step.student_id], by=by, at=at, on=on)
    return step


def _held(step: Step) -> Step:
    """The row as it is now, held until the transaction ends."""
    held = Step.objects.select_for_update(of=("self",)).select_related("student", "activity")
    return held.get(pk=step.pk)
