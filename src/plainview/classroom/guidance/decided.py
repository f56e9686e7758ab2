"""What a teacher decided for these days of a child's week, step by step.

In:   a child and the day.
Out:  which steps stand there because of a decision: whose, since when, until when.
Not here: what is only offered to choose from, and what became of a step (plans).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from plainview.classroom.guidance.act import A_GROUP_LASTS
from plainview.classroom.guidance.models import ACCEPTS, Decision
from plainview.classroom.plans.models import Step
from plainview.lobby.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPlan:
    """A step, and the decision behind it."""

    step: Step
    decision: Decision

    @property
    def until(self) -> date:
        return until(self.decision)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    by_step: Mapping[int, Decision]
    by_group: Mapping[int, Decision]  # a step that waited already is taken into the group

    def behind(self, step: Step) -> Decision | None:
        return self.by_step.get(step.pk) or self.by_group.get(step.group_id)

    def among(self, steps: Iterable[Step]) -> list[OnPlan]:
        """Those of the steps that were decided, the newest decision first."""
        found = [OnPlan(step=step, decision=made) for step in steps if (made := self.behind(step))]
        return sorted(found, key=lambda one: -one.decision.pk)


def decided(student: Person, *, on: date) -> Decided:
    """What still stands, and is for today or later; last month's lesson is no longer this week's."""
    since = on - A_GROUP_LASTS
    rows = Decision.objects.filter(students=student, verdict__in=ACCEPTS, from_on__gte=since).standing_now()
    rows = [one for one in rows.select_related("by").order_by("pk") if until(one) >= on]
    return Decided(
        by_step={pk: one for one in rows for pk in one.made.get("steps", [])},
        by_group={one.made["group"]: one for one in rows if "group" in one.made},
    )


def until(decision: Decision) -> date:
    """The last of the days it is for. A school's week for what has no end of its own."""
    return decision.to_on or decision.from_on + A_GROUP_LASTS
