"""Minutes with an adult: promised only as far as the arithmetic carries, and delivered minutes beside.

In:   how long a check-in is, how often, what the adults have for it each day, how many children there are.
Out:  the sum, said aloud; a promise that fits; minutes promised and delivered.
Not here: who is due today (check_in.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plainview.classroom.plans import policy, turns
from plainview.classroom.plans.models import CheckIn, MentoringPromise
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people.models import Class, Enrollment, Person, Role
from plainview.lobby.people.policy import Denied
from plainview.lobby.people.school_days import add_school_days

# More than two hours of talk a day leave no lesson for anyone to talk about.
MOST_MINUTES_A_DAY = 120
PRESET_MINUTES, PRESET_SCHOOL_DAYS, PRESET_MINUTES_A_DAY = 5, 10, 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Children x minutes / school days, against what the adults have."""

    n_children: int
    minutes: int
    every_school_days: int
    minutes_a_day: int

    @property
    def minutes_in_all(self) -> int:
        return self.n_children * self.minutes

    @property
    def needs_a_day(self) -> int:
        """Whole minutes, rounded up: half a minute of talk needs a minute."""
        return -(-self.minutes_in_all // self.every_school_days)

    @property
    def does_fit(self) -> bool:
        return self.minutes_in_all <= self.minutes_a_day * self.every_school_days

    @property
    def fewest_school_days(self) -> int:
        return -(-self.minutes_in_all // self.minutes_a_day)

    @property
    def most_minutes(self) -> int:
        return self.minutes_a_day * self.every_school_days // max(1, self.n_children)

    @property
    def sentence(self) -> str:
        """The sum, as one would say it; and the mend, where it does not come out."""
        numbers = {
            "children": self.n_children,
            "minutes": self.minutes,
            "all": self.minutes_in_all,
            "days": self.every_school_days,
            "a_day": self.needs_a_day,
            "have": self.minutes_a_day,
            "fewest": self.fewest_school_days,
            "most": self.most_minutes,
        }
        sums = ngettext(
            "%(children)d child with %(minutes)d minutes makes %(all)d minutes. "
            "Over %(days)d school days that is %(a_day)d minutes a day.",
            "%(children)d children with %(minutes)d minutes each make %(all)d minutes. "
            "Over %(days)d school days that is %(a_day)d minutes a day.",
            self.n_children,
        )
        return f"{sums % numbers} {self._verdict % numbers}"

    @property
    def _verdict(self) -> str:
        if self.does_fit:
            return _("You have %(have)d. It fits.")
        if self.most_minutes:
            return _(
                "You have %(have)d. It does not fit. "
                "%(fewest)d school days would, or %(most)d minutes for each child."
            )
        return _("You have %(have)d. It does not fit. %(fewest)d school days would.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """Minutes promised and minutes held, over the last round of the promise."""

    promise: MentoringPromise
    since: date
    until: date
    n_children: int
    n_held: int
    minutes_promised: int
    minutes_held: int


def fits(*, n_children: int, minutes: int, every_school_days: int, minutes_a_day: int) -> Fit:
    """The sum. A promise of nothing, or for no time, is not one."""
    if minutes < 1 or every_school_days < 1 or not 1 <= minutes_a_day <= MOST_MINUTES_A_DAY:
        raise Denied(
            _("A promise has at least 1 minute, at least 1 school day, and 1 to %(most)d minutes a day.")
            % {"most": MOST_MINUTES_A_DAY}
        )
    return Fit(
        n_children=n_children,
        minutes=minutes,
        every_school_days=every_school_days,
        minutes_a_day=minutes_a_day,
    )


def set_promise(
    *,
    school_class: Class,
    minutes: int,
    every_school_days: int,
    minutes_a_day: int,
    by: Person,
    at: datetime,
) -> MentoringPromise:
    """Promise it, if it can be kept. The newest promise holds; the same one twice is one."""
    policy.check_may_decide_for_class(by, school_class, at=at)
    fit = fits(
        n_children=n_children(school_class, on=timezone.localdate(at)),
        minutes=minutes,
        every_school_days=every_school_days,
        minutes_a_day=minutes_a_day,
    )
    if not fit.does_fit:
        raise Denied(fit.sentence)
    said = {"minutes": minutes, "every_school_days": every_school_days, "minutes_a_day": minutes_a_day}
    with durable():
        turns.wait_for(school_class)
        held = promise_of(school_class)
        if held and all(getattr(held, name) == value for name, value in said.items()):
            return held
        made = MentoringPromise.objects.create(school_class=school_class, by=by, at=at, **said)
        write.deed("plans.promise.set", by=by.pk, at=at, thing=made.pk)
    return made


def promise_of(school_class: Class) -> MentoringPromise | None:
    return MentoringPromise.objects.filter(school_class=school_class).order_by("-pk").first()


def n_children(school_class: Class, *, on: date) -> int:
    return Person.objects.in_classes([school_class.pk], on=on).count()


def fit_now(promise: MentoringPromise, *, on: date) -> Fit:
    """Whether it still fits: children come and go after a promise was made."""
    return fits(
        n_children=n_children(promise.school_class, on=on),
        minutes=promise.minutes,
        every_school_days=promise.every_school_days,
        minutes_a_day=promise.minutes_a_day,
    )


def delivered(school_class: Class, *, on: date) -> Delivered | None:
    """What was held in the last round, beside what was promised for it; None where nothing is promised."""
    return delivered_in([school_class], on=on).get(school_class.pk)


def delivered_in(classes: Iterable[Class], *, on: date) -> dict[int, Delivered]:
    """The same by class, in three statements however many; a class that promised nothing is not in it."""
    promises = _newest_promises(classes)
    children = _children(promises, on=on)
    since = {room: add_school_days(on, 1 - promise.every_school_days) for room, promise in promises.items()}
    held = _held(since=min(since.values()), until=on) if since else {}
    return {
        room: _delivered(promise, children[room], held, since=since[room], until=on)
        for room, promise in promises.items()
    }


def _newest_promises(classes: Iterable[Class]) -> dict[int, MentoringPromise]:
    """By class; the newest holds."""
    made = MentoringPromise.objects.filter(school_class__in=classes).order_by("pk")
    return {promise.school_class_id: promise for promise in made}


def _children(classes: Iterable[int], *, on: date) -> dict[int, set[int]]:
    here = Enrollment.objects.filter(
        Enrollment.current(on), school_class__in=list(classes), role=Role.STUDENT
    )
    children: dict[int, set[int]] = defaultdict(set)
    for room, child in here.values_list("school_class", "person"):
        children[room].add(child)
    return children


def _held(*, since: date, until: date) -> dict[int, list[tuple[date, int]]]:
    """The days and minutes of each child's talks."""
    talks = CheckIn.objects.filter(held_at__date__gte=since, held_at__date__lte=until)
    held: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for child, day, minutes in talks.values_list("student", TruncDate("held_at"), "minutes"):
        held[child].append((day, minutes or 0))
    return held


def _delivered(
    promise: MentoringPromise,
    children: set[int],
    held: Mapping[int, list[tuple[date, int]]],
    *,
    since: date,
    until: date,
) -> Delivered:
    talks = [minutes for child in children for day, minutes in held.get(child, ()) if day >= since]
    return Delivered(
        promise=promise,
        since=since,
        until=until,
        n_children=len(children),
        n_held=len(talks),
        minutes_promised=len(children) * promise.minutes,
        minutes_held=sum(talks),
    )
