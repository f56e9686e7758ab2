"""Screen minutes: counted from what was chosen, capped for the day; at the cap the paper twin is offered.

In:   steps that are chosen for a screen, the class's cap.
Out:  minutes of a day, minutes left, and a sentence where a step does not fit any more.
Not here: watching. Nobody's eyes, mouse or seconds are counted: the minutes are those the plan says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Min, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plainview.classroom.evidence.models import Evidence, Medium
from plainview.classroom.plans import policy, turns
from plainview.classroom.plans.models import ScreenDay, Step
from plainview.lobby.ledger import write
from plainview.lobby.people.models import Class, Enrollment, Person, Role
from plainview.lobby.people.policy import Denied
from plainview.lobby.people.supports import supports_of

# The most that a class may allow a child in a day, by grade. A district may set other numbers here.
PRESETS = {"K": 0, "1": 0, "2": 10, "3": 20, "4": 20, "5": 20, "6": 30, "7": 30, "8": 30}
PRESET_OF_OLDER = 40


class CapReached(Denied):
    """The day has no room for this on a screen. On paper it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    on: date
    minutes: int
    cap: int | None  # none where a screen is a support


def preset(grade: str) -> int:
    return PRESETS.get(grade, PRESET_OF_OLDER)


def caps(students: Iterable[int], *, on: date) -> dict[int, int]:
    """The cap that binds each child: the smallest of the child's classes."""
    rows = (
        Enrollment.objects.filter(Enrollment.current(on), person__in=list(students), role=Role.STUDENT)
        .values("person")
        .annotate(cap=Min("school_class__screen_minutes_a_day"))
        .order_by()
    )
    return {row["person"]: row["cap"] for row in rows}


def minutes_counted(students: Iterable[int], *, since: date, until: date) -> dict[tuple[int, date], int]:
    """Planned screen minutes by child and day; days without any are not named."""
    rows = (
        ScreenDay.objects.filter(student__in=list(students), on__gte=since, on__lte=until)
        .values("student", "on")
        .annotate(minutes=Sum("minutes"))
        .order_by()
    )
    return {(row["student"], row["on"]): row["minutes"] for row in rows}


def minutes_left(students: Iterable[Person | int], *, on: date) -> dict[int, int]:
    """What remains of the cap today. With a screen as a support it is the cap itself."""
    pks = [student if isinstance(student, int) else student.pk for student in students]
    counted = minutes_counted(pks, since=on, until=on)
    exempt = exempt_from_cap(pks, on=on)
    left = {}
    for pk, cap in caps(pks, on=on).items():
        taken = 0 if pk in exempt else counted.get((pk, on), 0)
        left[pk] = max(0, cap - taken)
    return {pk: left.get(pk, 0) for pk in pks}


def exempt_from_cap(students: Iterable[int], *, on: date) -> set[int]:
    held = supports_of(students, on=on)
    return {pk for pk, supports in held.items() if any(s.exempt_from_screen_cap for s in supports)}


def check_cap(student: Person, minutes: int, *, on: date) -> None:
    """Raise the sentence when ``minutes`` more on a screen would pass the cap of the day."""
    left = minutes_left([student], on=on)[student.pk]
    if minutes <= left or student.pk in exempt_from_cap([student.pk], on=on):
        return
    if left == 0:
        raise CapReached(_("The screen minutes of today are all used. You can do this on paper."))
    raise CapReached(
        ngettext(
            "There is %(left)d screen minute left today. This takes %(minutes)d. You can do it on paper.",
            "There are %(left)d screen minutes left today. This takes %(minutes)d. You can do it on paper.",
            left,
        )
        % {"left": left, "minutes": minutes}
    )


def count(step: Step, *, on: date) -> None:
    """Take the step's screen minutes from that day, once; the cap is asked first.

    Call it inside a transaction: two presses at once take turns, so that they cannot pass the cap together.
    """
    if step.medium != Medium.SCREEN or ScreenDay.objects.filter(step=step, on=on).exists():
        return
    turns.wait_for(step.student)
    check_cap(step.student, step.screen_minutes, on=on)
    ScreenDay.objects.create(student=step.student, step=step, on=on, minutes=step.screen_minutes)


def give_back(step: Step, *, on: date) -> None:
    """A step laid back before anything was answered took no screen time of the day."""
    if not was_worked_on(step, on=on):
        ScreenDay.objects.filter(step=step, on=on).delete()


def was_worked_on(step: Step, *, on: date) -> bool:
    if step.activity_id is None:
        return False
    answered = Evidence.objects.filter(student=step.student_id, on=on, medium=Medium.SCREEN)
    return answered.filter(item__family__activities=step.activity_id).exists()


def days(student: Person, *, until: date, n_days: int = 14) -> list[Day]:
    """Screen minutes by day, newest first, each beside the cap. For the family and the teacher."""
    since = until - timedelta(days=n_days - 1)
    counted = minutes_counted([student.pk], since=since, until=until)
    exempt = exempt_from_cap([student.pk], on=until)
    cap = None if exempt else caps([student.pk], on=until).get(student.pk, 0)
    dates = [until - timedelta(days=n) for n in range(n_days)]
    return [Day(on=on, minutes=counted.get((student.pk, on), 0), cap=cap) for on in dates]


@transaction.atomic
def set_cap(school_class: Class, minutes: int, *, by: Person, at: datetime) -> Class:
    """Allow so many screen minutes a day: the grade's preset, or fewer."""
    policy.check_may_decide_for_class(by, school_class, at=at)
    most = preset(school_class.grade)
    if not 0 <= minutes <= most:
        raise Denied(
            _("Grade %(grade)s has at most %(most)d screen minutes a day here. You may allow fewer.")
            % {"grade": school_class.grade, "most": most}
        )
    school_class.screen_minutes_a_day = minutes
    school_class.save(update_fields=["screen_minutes_a_day"])
    write.deed("plans.screen.cap_set", by=by.pk, at=at, thing=school_class.pk)
    return school_class
