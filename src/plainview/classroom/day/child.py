"""A child's page for the adults of the class: goal, work and words first, then estimates.

In:   one child, the rooms below.
Out:  everything the page shows, in its order.
Not here: a number that stands alone, a place among others.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plainview.classroom.curriculum.models import Competency
from plainview.classroom.day.class_map import shown
from plainview.classroom.day.diary import Entry, diary
from plainview.classroom.evidence.judge import newest_judgements
from plainview.classroom.evidence.models import Judgement
from plainview.classroom.guidance.decided import OnPlan, decided
from plainview.classroom.guidance.estimate import as_core, estimates_of
from plainview.classroom.guidance.models import Decision, Estimate
from plainview.classroom.plans import voice
from plainview.classroom.plans.models import CheckIn, Contest, Goal, Stage, Step
from plainview.core.learner.estimate import aged
from plainview.lobby.people import days
from plainview.lobby.people.models import Person

N_DIARY = 12
N_DECISIONS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One competency: what the evidence says, how sure, what the teacher holds."""

    competency: Competency
    state: str  # as on the map: what was earned stands, though the estimate may have fallen since
    judgement: Judgement | None
    n_pieces: int
    age: str
    age_exact: str
    is_old: bool
    how_sure: str
    low: int  # whole percent, for the band; nothing is printed as a number
    mid: int
    high: int
    enough: bool

    @property
    def held(self) -> str:
        """The one state that every page tells: the teacher's word where there is one."""
        return self.judgement.state if self.judgement else self.state

    @property
    def width(self) -> int:
        return self.high - self.low


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildPage:
    child: Person
    goal: Goal | None
    entries: list[Entry]
    more: list[Entry]  # folded
    standings: list[Standing]
    decided: list[OnPlan]  # for these days, waiting or chosen
    waiting: list[Step]
    chosen: list[Step]
    done: list[Step]
    decisions: list[Decision]
    check_ins: list[CheckIn]
    contests: list[Contest]


def child_page(child: Person, *, on: date) -> ChildPage:
    steps, entries = _steps(child), diary(child, today=on)
    found = decided(child, on=on).among(steps[Stage.CHOSEN] + steps[Stage.OFFERED])
    others = {stage: _but(found, steps[stage]) for stage in (Stage.OFFERED, Stage.CHOSEN)}
    return ChildPage(
        child=child,
        goal=voice.goal_of(child),
        entries=entries[:N_DIARY],
        more=entries[N_DIARY:],
        standings=standings(child, on=on),
        decided=found,
        waiting=others[Stage.OFFERED],
        chosen=others[Stage.CHOSEN],
        done=steps[Stage.DONE][:N_DECISIONS],
        decisions=decisions_about(child)[:N_DECISIONS],
        check_ins=list(_held(child)[:6]),
        contests=list(
            Contest.objects.filter(student=child).select_related("competency__unit").order_by("-pk")
        ),
    )


def _but(found: list[OnPlan], steps: list[Step]) -> list[Step]:
    there = {one.step.pk for one in found}
    return [step for step in steps if step.pk not in there]


def standings(child: Person, *, on: date) -> list[Standing]:
    """Every competency that has evidence or a judgement, in the unit's order."""
    estimates = {about: row for (_child, about), row in estimates_of([child]).items()}
    judged = {about: row for (_child, about), row in newest_judgements([child]).items()}
    about = Competency.objects.filter(pk__in=[*estimates, *judged])
    about = about.select_related("unit").order_by("order", "pk")
    return [_standing(one, estimates.get(one.pk), judged.get(one.pk), on=on) for one in about]


def _standing(
    competency: Competency, row: Estimate | None, judgement: Judgement | None, *, on: date
) -> Standing:
    if row is None:
        return _only_judged(competency, judgement)
    old = aged(as_core(row), on=on)
    return Standing(
        competency=competency,
        state=shown(row.state, row.earned),
        judgement=judgement,
        n_pieces=row.n_pieces,
        age=days.said(row.newest_on, today=on),
        age_exact=days.exact(row.newest_on),
        is_old=old.is_old,
        how_sure=how_sure(row, is_old=old.is_old),
        low=round(100 * old.low),
        mid=round(100 * row.p_known),
        high=round(100 * old.high),
        enough=row.enough,
    )


def _only_judged(competency: Competency, judgement: Judgement) -> Standing:
    return Standing(
        competency=competency,
        state="not_looked",
        judgement=judgement,
        n_pieces=0,
        age="",
        age_exact="",
        is_old=False,
        how_sure=_("only the teacher's word, so far"),
        low=0,
        mid=0,
        high=0,
        enough=False,
    )


WIDE, NARROW = 0.5, 0.25  # of the range from 0 to 1


def how_sure(row: Estimate, *, is_old: bool) -> str:
    """Doubt in words first: how wide the range is, how many pieces, how many days and kinds."""
    pieces = ngettext("%(n)d piece", "%(n)d pieces", row.n_pieces) % {"n": row.n_pieces}
    several = ngettext("on %(n)d day", "on %(n)d days", row.n_days) % {"n": row.n_days}
    facts = (
        f"{pieces}, {several}"
        if row.n_days > 1 or row.n_pieces == 1
        else _("%(p)s, same day") % {"p": pieces}
    )
    if is_old:
        facts = _("%(facts)s, and it is old") % {"facts": facts}
    if not row.enough:
        return _("not enough to say: %(facts)s") % {"facts": facts}
    width = row.high - row.low
    if width > WIDE:
        return _("unsure: %(facts)s") % {"facts": facts}
    if width > NARROW:
        return _("fairly sure: %(facts)s") % {"facts": facts}
    return _("quite sure: %(facts)s") % {"facts": facts}


def decisions_about(child: Person):
    """What teachers decided for this child and still holds, newest first."""
    rows = Decision.objects.filter(students=child, superseded_by=None)
    return (
        rows.select_related("by", "competency__unit", "suggestion")
        .prefetch_related("notes")
        .order_by("-at", "-pk")
    )


def _steps(child: Person) -> dict[str, list[Step]]:
    by_stage: dict[str, list[Step]] = defaultdict(list)
    for step in (
        Step.objects.filter(student=child).select_related("activity__unit", "competency").order_by("-pk")
    ):
        by_stage[step.stage].append(step)
    return by_stage


def _held(child: Person):
    return (
        CheckIn.objects.filter(student=child, held_at__isnull=False)
        .select_related("adult")
        .order_by("-held_at")
    )
