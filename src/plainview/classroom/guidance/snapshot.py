"""What the rules may see of a class on one day: references and evidence, no names.

In:   the rooms below: people, curriculum, evidence, plans; and the estimates that stand.
Out:  a core snapshot, from which a rule makes its cards.
Not here: children whose family chose no estimates. A suggestion rests on estimates, so none is made of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from plainview.classroom.curriculum.models import Activity, Competency, Misconception
from plainview.classroom.evidence.judge import newest_judgements
from plainview.classroom.evidence.read import pieces
from plainview.classroom.guidance import estimate, switch
from plainview.classroom.guidance.look import Sight, look
from plainview.classroom.guidance.models import Estimate
from plainview.classroom.plans import group, screen, twin
from plainview.classroom.plans.models import Group, Step
from plainview.core.learner import estimate as learner
from plainview.core.learner.piece import Medium, Piece
from plainview.core.learner.states import State
from plainview.core.learner.weights import Weights
from plainview.core.rules.snapshot import (
    ActivityView,
    CompetencyView,
    GroupRecord,
    Snapshot,
    StudentView,
)
from plainview.lobby.people.models import Absence, Class, Person

Rows = Mapping[estimate.Cell, Estimate]
# A rule knows a group's purpose by its own name. Whatever else a teacher made a group for keeps her word.
PURPOSE_OF_RULE = {
    "reteach_together": Group.Purpose.RETEACH,
    "pair_up": Group.Purpose.MIX,
}
RULE_OF_PURPOSE = {purpose.value: rule for rule, purpose in PURPOSE_OF_RULE.items()}


def ref(pk: int) -> str:
    return f"s{pk}"


def pk_of(student_ref: str) -> int:
    return int(student_ref.removeprefix("s"))


def snapshot(school_class: Class, *, on: date, sight: Sight | None = None) -> Snapshot:
    """``sight`` saves a look where the caller has just had one."""
    sight = sight or look(school_class, on=on)
    students = [pk for pk in sight.students if pk not in sight.without]
    codes = dict(Competency.objects.values_list("pk", "identifier"))
    showed, rows = pieces(students), estimate.estimates_of(students)
    weights = switch.weights_of(school_class)
    activities = _activities(codes)
    taught = {code for view in activities for code in view.competencies}
    shown = {codes[about] for _, about in showed}
    return Snapshot(
        as_of=on,
        class_ref=f"c{school_class.pk}",
        students=_students(students, showed, rows, codes, on=on),
        competencies=_competencies(taught | shown),
        activities=activities,
        misconceptions=_with_a_lesson(),
        language=school_class.language,
        weights=weights,
        known=_known(rows, showed, codes, sight, weights),
    )


def _students(
    students: list[int],
    showed: Mapping[estimate.Cell, list[Piece]],
    rows: Rows,
    codes: Mapping[int, str],
    *,
    on: date,
) -> tuple[StudentView, ...]:
    by_child: dict[int, dict[str, tuple[Piece, ...]]] = defaultdict(dict)
    for (student, about), found in showed.items():
        by_child[student][codes[about]] = tuple(found)
    absent = set(Absence.objects.filter(student__in=students, on=on).values_list("student", flat=True))
    supports = twin.support_terms(students, on=on)
    languages = dict(Person.objects.filter(pk__in=students).values_list("pk", "language"))
    minutes, holds = _minutes_left(students, on=on), _holds(students)
    apart, groups = _apart(students), _groups(students, on=on)
    judged, earned = _judged(students, codes), _earned(rows, codes)
    return tuple(
        StudentView(
            ref=ref(pk),
            pieces=by_child[pk],
            absent=pk in absent,
            supports=tuple(sorted(supports.get(pk, ()))),
            language=languages[pk],
            screen_minutes_left=minutes[pk],
            holds=holds[pk],
            apart_from=apart[pk],
            groups=groups[pk],
            judged=judged[pk],
            earned=earned[pk],
        )
        for pk in students
    )


def _minutes_left(students: list[int], *, on: date) -> dict[int, int]:
    """A child who works on paper has no minutes left to spend: the rules then offer the twin."""
    on_paper = twin.on_paper(students, on=on)
    return {pk: 0 if pk in on_paper else left for pk, left in screen.minutes_left(students, on=on).items()}


def _holds(students: list[int]) -> dict[int, tuple[str, ...]]:
    rows = Step.objects.open().filter(student__in=students, activity__isnull=False)
    return _by_child(rows.order_by("activity__identifier").values_list("student", "activity__identifier"))


def _apart(students: list[int]) -> dict[int, tuple[str, ...]]:
    pairs = sorted(group.apart(students))
    return _by_child(
        [(one, ref(other)) for one, other in pairs] + [(other, ref(one)) for one, other in pairs]
    )


def _groups(students: list[int], *, on: date) -> dict[int, tuple[GroupRecord, ...]]:
    return {
        pk: tuple(
            GroupRecord(
                on=past.on,
                purpose=RULE_OF_PURPOSE.get(past.purpose, past.purpose),
                members=tuple(map(ref, past.members)),
            )
            for past in found
        )
        for pk, found in group.past_groups(students, until=on).items()
    }


def _judged(students: list[int], codes: Mapping[int, str]) -> dict[int, dict[str, State]]:
    judged: dict[int, dict[str, State]] = defaultdict(dict)
    for (student, about), said in newest_judgements(students).items():
        judged[student][codes[about]] = State(said.state)
    return judged


def _earned(rows: Rows, codes: Mapping[int, str]) -> dict[int, dict[str, State]]:
    """As the map and the child's page have it: a card says no other word."""
    earned: dict[int, dict[str, State]] = defaultdict(dict)
    for (student, about), row in rows.items():
        if row.earned not in ("", State.NOT_LOOKED):
            earned[student][codes[about]] = State(row.earned)
    return earned


def _by_child(pairs: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for student, one in pairs:
        found[student] += (one,)
    return found


def _competencies(codes: Collection[str]) -> tuple[CompetencyView, ...]:
    rows = Competency.objects.filter(identifier__in=codes).prefetch_related("requires", "unlocks")
    return tuple(
        CompetencyView(
            ref=row.identifier,
            grade=int(row.grade) if row.grade.isdigit() else 0,
            requires=tuple(sorted(one.identifier for one in row.requires.all())),
            next=tuple(sorted(one.identifier for one in row.unlocks.all())),
        )
        for row in rows
    )


def _activities(codes: Mapping[int, str]) -> tuple[ActivityView, ...]:
    rows = (
        Activity.objects.offered()
        .prefetch_related("competencies", "misconceptions")
        .defer("teacher_html", "student_html", "paper_html")
    )
    return tuple(
        ActivityView(
            ref=row.identifier,
            competencies=tuple(sorted(codes[one.pk] for one in row.competencies.all())),
            kind=row.kind,
            minutes=row.minutes,
            adult_minutes=row.adult_minutes,
            group_min=row.group_min,
            group_max=row.group_max,
            medium=Medium(row.medium),
            screen_minutes=row.screen_minutes,
            # "No screen" blocks nothing: there the paper twin is the answer.
            blocked_by=tuple(sorted(set(row.not_with_supports) - {twin.NO_SCREEN})),
            misconceptions=tuple(sorted(one.identifier for one in row.misconceptions.all())),
        )
        for row in rows
    )


def _with_a_lesson() -> tuple[str, ...]:
    """A way of thinking that no lesson is about is a slip, as far as the rules go."""
    found = Misconception.objects.filter(retired=False, activities__retired=False)
    return tuple(sorted(set(found.values_list("identifier", flat=True))))


def _known(
    rows: Rows,
    showed: Mapping[estimate.Cell, list[Piece]],
    codes: Mapping[int, str],
    sight: Sight,
    weights: Weights,
) -> dict[tuple[str, str], learner.Estimate]:
    """The estimates that stand, where they were made of these very pieces, heard with these very weights."""
    return {
        (ref(student), codes[about]): estimate.as_core(row)
        for (student, about), row in rows.items()
        if sight.heard[student].now == weights and row.n_pieces == len(showed.get((student, about), ()))
    }
