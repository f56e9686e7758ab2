"""The family's page: one thing she can do, one being tried, one question for tonight; the whole record.

In:   one child, the rooms below.
Out:  everything we keep about the child, in words; who looked stands in lobby.people.
Not here: other children, and anything the family chose not to have.
"""

from dataclasses import dataclass
from datetime import date

from plainview.classroom.day.child import N_DIARY, Standing, standings
from plainview.classroom.day.diary import Entry, diary
from plainview.classroom.evidence.models import Amendment
from plainview.classroom.plans import screen, voice
from plainview.classroom.plans.models import CheckIn, Contest, Goal, Stage, Step
from plainview.lobby.people.models import Person, Support
from plainview.lobby.people.supports import supports_of

CAN = ("steady", "getting_steady", "met_once")


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyPage:
    child: Person
    goal: Goal | None
    can: Standing | None  # one thing the child can do now
    trying: Step | None  # one thing being tried, and why
    entries: list[Entry]
    more: list[Entry]  # folded
    standings: list[Standing]
    steps: list[Step]
    check_ins: list[CheckIn]
    contests: list[Contest]
    amendments: list[Amendment]
    supports: list[Support]
    screen_days: list[screen.Day]


def family_page(child: Person, *, on: date) -> FamilyPage:
    known, entries = standings(child, on=on), diary(child, today=on)
    steps = list(
        Step.objects.filter(student=child).select_related("activity__unit", "competency").order_by("-pk")
    )
    steps.sort(key=lambda step: step.stage in (Stage.DONE, Stage.SET_ASIDE))  # what is under way comes first
    return FamilyPage(
        child=child,
        goal=voice.goal_of(child),
        can=_one_thing(known),
        trying=_tried(steps),
        entries=entries[:N_DIARY],
        more=entries[N_DIARY:],
        standings=known,
        steps=steps,
        check_ins=list(
            CheckIn.objects.filter(student=child, held_at__isnull=False)
            .select_related("adult")
            .order_by("-held_at")
        ),
        contests=list(
            Contest.objects.filter(student=child).select_related("competency__unit").order_by("-pk")
        ),
        amendments=list(Amendment.objects.filter(student=child).order_by("-pk")),
        supports=supports_of([child], on=on).get(child.pk, []),
        screen_days=screen.days(child, until=on),
    )


def _one_thing(known: list[Standing]) -> Standing | None:
    """The newest of what stands firmest. It is news for the kitchen table, not a report."""
    for state in CAN:
        of_state = [s for s in known if s.held == state]
        if of_state:
            return of_state[-1]
    return None


def _tried(steps: list[Step]) -> Step | None:
    for stage in (Stage.CHOSEN, Stage.OFFERED):
        of_stage = [step for step in steps if step.stage == stage]
        if of_stage:
            return next((step for step in of_stage if step.because), of_stage[0])
    return None
