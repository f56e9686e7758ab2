"""Conditions, not people: what the principal reads of the school.

In:   the rooms below, all classes together.
Out:  minutes promised and delivered, supports delivered, screen minutes, what waits, the share of narrative.
Not here: a child, a teacher, a class of fewer than ten. There is no view of a teacher in this code.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, Sum

from plainview.classroom.evidence.models import Amendment, Evidence, Kind
from plainview.classroom.plans import promise
from plainview.classroom.plans.models import Contest, ScreenDay
from plainview.lobby.people.models import Class, Person, SupportGiven

FEWEST = 10  # below ten children a share may point at one
FOUR_WEEKS = timedelta(weeks=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    n_children: int
    since: date
    minutes_promised: int | None
    minutes_held: int | None
    supports_delivered: int | None  # None where fewer than ten children have one
    supports_ticked: int
    screen_minutes_a_day: float | None  # for each child and school day
    screen_caps: list[int]  # what the classes of the school allow a day, each once
    contests_open: int
    contests_overdue: int
    amendments_open: int
    amendments_overdue: int
    n_pieces: int
    n_narrative: int


def conditions(*, on: date) -> Conditions | None:
    """``None`` where fewer than ten children are in the school: nothing can be said without saying who."""
    children = Person.objects.in_classes(Class.objects.all(), on=on)
    n = children.count()
    if n < FEWEST:
        return None
    since = on - FOUR_WEEKS
    promised, held = _minutes(on=on)
    pieces = _pieces(since)
    supports = _supports(since)
    contests = Contest.objects.exclude(stage=Contest.Stage.SETTLED)
    amendments = Amendment.objects.filter(answered_at=None)
    return Conditions(
        n_children=n,
        since=since,
        minutes_promised=promised,
        minutes_held=held,
        supports_delivered=supports["delivered"],
        supports_ticked=supports["ticked"],
        screen_minutes_a_day=_screen(n, since=since),
        screen_caps=sorted(set(Class.objects.values_list("screen_minutes_a_day", flat=True))),
        contests_open=contests.count(),
        contests_overdue=contests.filter(due_on__lt=on, stage=Contest.Stage.SAID).count(),
        amendments_open=amendments.count(),
        amendments_overdue=amendments.filter(due_on__lt=on).count(),
        n_pieces=pieces.total(),
        n_narrative=pieces.total() - pieces[Kind.ANSWER],
    )


def _minutes(*, on: date) -> tuple[int | None, int | None]:
    """Over the classes of ten and more that promised any; one sum, so that it points at no class."""
    rounds = promise.delivered_in(Class.objects.all(), on=on).values()
    counted = [one for one in rounds if one.n_children >= FEWEST]
    if not counted:
        return None, None
    return sum(d.minutes_promised for d in counted), sum(d.minutes_held for d in counted)


def _supports(since: date) -> dict[str, int | None]:
    given = SupportGiven.objects.filter(on__gt=since).aggregate(
        ticked=Count("pk"),
        delivered=Count("pk", filter=Q(outcome=SupportGiven.Outcome.DELIVERED)),
        children=Count("support__student", distinct=True),
    )
    return given if given["children"] >= FEWEST else given | {"delivered": None}


def _screen(n_children: int, *, since: date) -> float | None:
    counted = ScreenDay.objects.filter(on__gt=since).aggregate(
        minutes=Sum("minutes"), days=Count("on", distinct=True)
    )
    return counted["minutes"] / counted["days"] / n_children if counted["days"] else None


def _pieces(since: date) -> Counter[str]:
    """What holds, by kind. A tenth of a year of a school is counted in an index, without a row being read;
    corrections are few, and are read. With two million rows that is 0.06 s; asking each row takes seconds.
    """
    recent = Evidence.objects.filter(on__gt=since)
    n = Counter(dict(recent.values("kind").annotate(n=Count("pk")).order_by().values_list("kind", "n")))
    # Not "is not null": for that SQLite walks every row; for this it has an index.
    corrections = Evidence.objects.filter(supersedes__gt=0)
    for kind, on, withdrawn, old_kind, old_on in corrections.values_list(
        "kind", "on", "withdrawn", "supersedes__kind", "supersedes__on"
    ):
        n[old_kind] -= old_on > since
        n[kind] -= withdrawn and on > since
    return n
