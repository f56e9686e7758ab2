"""Groups: made by a person, ended by their day; nobody stays in the same one by habit.

In:   a teacher's decision, children of her class.
Out:  a group; pairs that are kept apart; the alarm when "look again together" sticks to a child.
Not here: who should be in it. That is a suggestion at most (guidance), and a person's word in any case.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.classroom.curriculum.models import Competency
from plainview.classroom.plans import policy, turns
from plainview.classroom.plans.models import Group, KeepApart
from plainview.lobby.ledger import write
from plainview.lobby.people.models import Class, Person
from plainview.lobby.people.policy import Denied

FEWEST_MEMBERS = 2
# "Look again together" four of the last five times: the group has begun to say who a child is.
STICKY_TIMES = 4
OF_THE_LAST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sticky:
    """How often, of the last times in any group, a child was asked to look again together."""

    student_pk: int
    n_times: int
    n_last: int

    @property
    def is_alarm(self) -> bool:
        return self.n_times >= STICKY_TIMES


@dataclass(frozen=True, slots=True, kw_only=True)
class PastGroup:
    on: date
    purpose: str
    members: tuple[int, ...]


@transaction.atomic
def make_group(
    *,
    school_class: Class,
    title: str,
    purpose: str,
    competency: Competency | None,
    members: Iterable[Person],
    begins_on: date,
    ends_on: date,
    by: Person,
    at: datetime,
) -> Group:
    """Put children together for a while. The same group pressed twice is made once."""
    members = list(members)
    policy.check_may_decide_for_class(by, school_class, at=at)
    _check_members(members, school_class, on=timezone.localdate(at))
    _check_days(begins_on, ends_on)
    check_apart(members)
    turns.wait_for(school_class)
    if there := _the_same(school_class, title, purpose, members, begins_on, ends_on):
        return there
    group = Group.objects.create(
        school_class=school_class,
        title=title,
        purpose=purpose,
        competency=competency,
        begins_on=begins_on,
        ends_on=ends_on,
        made_by=by,
        made_at=at,
    )
    group.members.set(members)
    for member in members:
        write.deed("plans.group.made", by=by.pk, at=at, about=member.pk, thing=group.pk)
    return group


def _the_same(school_class, title, purpose, members, begins_on, ends_on) -> Group | None:
    alike = Group.objects.filter(
        school_class=school_class,
        title=title,
        purpose=purpose,
        begins_on=begins_on,
        ends_on=ends_on,
        ended_at=None,
    )
    wanted = {member.pk for member in members}
    for group in alike.prefetch_related("members"):
        if {member.pk for member in group.members.all()} == wanted:
            return group
    return None


def _check_members(members: list[Person], school_class: Class, *, on: date) -> None:
    if len({member.pk for member in members}) < FEWEST_MEMBERS:
        raise Denied(_("A group has at least two children. Choose one more."))
    here = set(Person.objects.in_classes([school_class.pk], on=on).values_list("pk", flat=True))
    for member in members:
        if member.pk not in here:
            raise policy.NotSeen


def _check_days(begins_on: date, ends_on: date) -> None:
    if ends_on < begins_on:
        raise Denied(_("A group ends on the day it begins, or later. Choose another last day."))


@transaction.atomic
def end_group(group: Group, *, by: Person, at: datetime) -> Group:
    """End it before its day. It stays in the children's past groups."""
    policy.check_may_decide_for_class(by, group.school_class, at=at)
    if group.ended_at is None:
        group.ended_at = at
        group.save(update_fields=["ended_at"])
        for pk in group.members.values_list("pk", flat=True):
            write.deed("plans.group.ended", by=by.pk, at=at, about=pk, thing=group.pk)
    return group


def apart(students: Iterable[int]) -> set[tuple[int, int]]:
    """The pairs among these children that are kept apart, smaller number first."""
    pks = list(students)
    return set(KeepApart.objects.filter(one__in=pks, other__in=pks).values_list("one", "other"))


def check_apart(members: Iterable[Person]) -> None:
    names = {member.pk: member.short_name for member in members}
    for one, other in sorted(apart(names)):
        raise Denied(
            _("%(one)s and %(other)s are kept apart. Take one of them out, or make two groups.")
            % {"one": names[one], "other": names[other]}
        )


@transaction.atomic
def keep_apart(one: Person, other: Person, *, by: Person, at: datetime) -> KeepApart:
    """Two children are not put together. No reason is asked for, and none is kept."""
    for child in (one, other):
        policy.check_may_add(by, child, at=at)
    if one.pk == other.pk:
        raise Denied(_("Choose two different children."))
    first, second = sorted((one, other), key=lambda child: child.pk)
    pair, made = KeepApart.objects.get_or_create(one=first, other=second, defaults={"by": by})
    if made:
        for child in (first, second):
            write.deed("plans.apart.kept", by=by.pk, at=at, about=child.pk, thing=pair.pk)
    return pair


@transaction.atomic
def let_together(pair: KeepApart, *, by: Person, at: datetime) -> None:
    for child in (pair.one, pair.other):
        policy.check_may_add(by, child, at=at)
        write.deed("plans.apart.ended", by=by.pk, at=at, about=child.pk, thing=pair.pk)
    pair.delete()


def past_groups(students: Iterable[int], *, until: date) -> dict[int, list[PastGroup]]:
    """The groups each child has been in, newest first; those that begin later are not past."""
    pks = set(students)
    groups = Group.objects.filter(members__in=pks, begins_on__lte=until).distinct()
    past: dict[int, list[PastGroup]] = {pk: [] for pk in pks}
    for group in groups.order_by("-begins_on", "-pk").prefetch_related("members"):
        members = tuple(sorted(member.pk for member in group.members.all()))
        for pk in pks.intersection(members):
            past[pk].append(PastGroup(on=group.begins_on, purpose=group.purpose, members=members))
    return past


def sticky(students: Iterable[int], *, on: date, and_again: bool = False) -> dict[int, Sticky]:
    """Look at the last five times. ``and_again``: one more "look again together" is about to be made."""
    return {
        pk: _sticky(pk, [group.purpose for group in groups], and_again)
        for pk, groups in past_groups(students, until=on).items()
    }


def _sticky(pk: int, purposes: list[str], and_again: bool) -> Sticky:
    last = ([Group.Purpose.RETEACH.value] if and_again else []) + purposes
    last = last[:OF_THE_LAST]
    return Sticky(student_pk=pk, n_times=last.count(Group.Purpose.RETEACH), n_last=len(last))


def alarm_sentence(student: Person, found: Sticky) -> str:
    return _(
        "%(student)s was asked to look again together %(times)d of the last %(last)d times. "
        "Another company may do %(student)s good."
    ) % {"student": student.short_name, "times": found.n_times, "last": found.n_last}


def pairs_apart(school_class: Class, *, on: date) -> list[KeepApart]:
    here = Person.objects.in_classes([school_class.pk], on=on).values("pk")
    pairs = KeepApart.objects.filter(Q(one__in=here) & Q(other__in=here)).select_related("one", "other")
    return sorted(pairs, key=lambda pair: (pair.one.short_name, pair.other.short_name))
