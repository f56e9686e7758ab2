"""A child's own pages: what she wants, what she may choose, what she and her teacher think she can do.

In:   the child, the rooms below.
Out:  my week and my learning. Words, work and choices.
Not here: numbers, ranks, bars; what others do; anything taken off.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plainview.classroom.curriculum.models import Competency
from plainview.classroom.day.child import standings
from plainview.classroom.evidence import tell
from plainview.classroom.evidence.models import Evidence
from plainview.classroom.guidance import registers
from plainview.classroom.guidance.decided import OnPlan, decided
from plainview.classroom.guidance.registers import ForStudent
from plainview.classroom.plans import check_in, screen, voice
from plainview.classroom.plans.models import CheckIn, Contest, Goal, Group, Proposal, Stage, Step
from plainview.classroom.plans.tiles import Tile, tile
from plainview.lobby.people import days
from plainview.lobby.people.models import Person

N_WORKS = 2  # pieces that say so, beside each competency
N_LOOKED_AT = 12  # of the newest
SHOWN = 0.75
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class MyWeek:
    child: Person
    goal: Goal | None
    decided: list[Tile]  # for these days, waiting to be begun
    chosen: list[Step]
    options: list[Step]
    done: list[Step]
    groups: list[Group]
    check_in: CheckIn | None  # asked for, and waiting
    last_promise: str
    proposals: list[Proposal]
    minutes_left: int
    told: list[ForStudent]  # what was decided before, and why


@dataclass(frozen=True, slots=True, kw_only=True)
class CanDo:
    """One thing, in a word, with the work that says so, and what was said about it."""

    competency: Competency
    state: str
    by_teacher: bool
    teacher_words: str
    works: list[tell.Told]
    contests: list[Contest]

    @property
    def is_open(self) -> bool:
        return any(c.stage != Contest.Stage.SETTLED for c in self.contests)


def my_week(child: Person, *, on: date) -> MyWeek:
    steps = list(Step.objects.filter(student=child).select_related("activity__unit", "group").order_by("pk"))
    held = CheckIn.objects.filter(student=child, held_at__isnull=False).order_by("-held_at").first()
    found = decided(child, on=on).among(s for s in steps if s.stage == Stage.OFFERED)
    there = {one.step.pk for one in found}
    return MyWeek(
        child=child,
        decided=[_decided(one, on=on) for one in found],
        goal=voice.goal_of(child),
        chosen=[s for s in steps if s.stage == Stage.CHOSEN],
        options=[s for s in steps if s.stage == Stage.OFFERED and s.pk not in there],
        done=[s for s in steps if s.stage == Stage.DONE and _since(s.ended_at, on - A_WEEK)],
        groups=list(
            Group.objects.filter(members=child)
            .current(on)
            .prefetch_related("steps__activity__unit")
            .exclude(pk__in={one.step.group_id for one in found if one.step.group_id})
        ),
        check_in=check_in.open_asks([child]).get(child.pk),
        last_promise=held.promise if held else "",
        proposals=list(_recent_ideas(child, on=on)),
        minutes_left=screen.minutes_left([child], on=on)[child.pk],
        told=registers.for_student(child, on=on, but_not=[one.decision for one in found]),
    )


def _decided(one: OnPlan, *, on: date) -> Tile:
    said = {
        "who": one.decision.by.full_name,
        "day": days.said(one.decision.at, today=on),
        "last": date_format(one.until, "l, j F"),
    }
    about = one.decision.competency_id
    return replace(
        tile(one.step),
        decided_words=_("%(who)s decided it: %(day)s, for the days until %(last)s.") % said,
        answer_url=reverse("plans:contest", args=[about]) if about else "",
    )


def _since(at: datetime | None, day: date) -> bool:
    return at is not None and timezone.localdate(at) > day


def _recent_ideas(child: Person, *, on: date):
    waiting = Q(answer__in=[Proposal.Answer.OPEN, Proposal.Answer.LATER])
    recent = Q(answered_at__date__gt=on - 2 * A_WEEK)
    return Proposal.objects.filter(waiting | recent, student=child).order_by("-pk")


def my_learning(child: Person, *, on: date) -> list[CanDo]:
    """Where the teacher has said what she holds, her word stands. Otherwise what was earned stands."""
    contests = Contest.objects.filter(student=child).order_by("-pk")
    by_competency: dict[int, list[Contest]] = {}
    for one in contests:
        by_competency.setdefault(one.competency_id, []).append(one)
    known = standings(child, on=on)
    works = _works(child, [one.competency for one in known], today=on)
    return [
        CanDo(
            competency=standing.competency,
            state=standing.held,
            by_teacher=standing.judgement is not None,
            teacher_words=standing.judgement.words if standing.judgement else "",
            works=works.get(standing.competency.pk, []),
            contests=by_competency.get(standing.competency.pk, []),
        )
        for standing in known
    ]


def _works(child: Person, about: list[Competency], *, today: date) -> dict[int, list[tell.Told]]:
    """The newest pieces that show each thing; a picture or words before an answer. One statement for all."""
    newest = Window(RowNumber(), partition_by="competency", order_by=[F("on").desc(), F("pk").desc()])
    rows = Evidence.objects.filter(student=child, competency__in=about, shown__gte=SHOWN).current()
    rows = rows.annotate(place=newest).filter(place__lte=N_LOOKED_AT).order_by("competency", "place")
    found: dict[int, list[tell.Told]] = {}
    for competency, some in groupby(
        rows.select_related("competency__unit", "item__family__unit", "work", "by"),
        key=lambda row: row.competency_id,
    ):
        telling = sorted(some, key=lambda row: row.work_id is None and not row.words)
        found[competency] = tell.tell(telling[:N_WORKS], today=today, with_task=True)
    return found
