"""Who may write down, see, correct, take back and erase what a child showed.

In:   a person, a child or a row, and the day.
Out:  nothing, or the sentence that the person will read (``Denied``); ``NotSeen`` where the row is a secret.
Not here: the queries. ``Evidence.objects.seen_by`` and ``correctable_by`` tell the same story as rows, and
a test holds the two together.
"""

from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from plainview.classroom.evidence.models import Amendment, Evidence, Kind, Medium, Work
from plainview.lobby.people import policy as people_policy
from plainview.lobby.people.models import Class, FamilyChoice, Person, Role
from plainview.lobby.people.policy import Denied, NotSeen

# What a child writes down for herself. An observation is another's word, and so is a rating.
A_CHILDS_OWN = (Kind.ANSWER, Kind.SELF_ASSESSMENT, Kind.WORK)
ADULTS_OF_THE_CLASS = (Role.TEACHER, Role.SPECIALIST)


class NotTaken(Denied):
    """What was handed in cannot be kept as it stands. The sentence says why, and what to do instead."""


def check_may_see(person: Person | None, evidence: Evidence, *, on: date) -> None:
    if not Person.objects.seen_by(person, on=on).filter(pk=evidence.student_id).exists():
        raise NotSeen


def check_may_see_work(person: Person | None, work: Work, *, on: date) -> None:
    """A picture that was taken back may be another child's: only the class's adults see it."""
    people_policy.check_may_see(person, work.student, on=on)
    if person.role in ADULTS_OF_THE_CLASS:
        return
    if not Evidence.objects.filter(work=work, student=work.student_id).current().exists():
        raise NotSeen


def check_may_record(person: Person, student: Person, kind: Kind, *, on: date) -> None:
    """A child's own answer costs no query: the hot path of a whole school at nine o'clock."""
    if person.pk == student.pk and person.role == Role.STUDENT:
        if kind not in A_CHILDS_OWN:
            raise Denied(_("An adult of your class writes this down."))
        return
    people_policy.check_may_see(person, student, on=on)
    if person.role not in ADULTS_OF_THE_CLASS:
        raise Denied(
            _("Only the adults of %(student)s's class write here. You may ask to have a row put right.")
            % {"student": student.short_name}
        )


def check_may_correct(person: Person, evidence: Evidence, *, on: date) -> None:
    """The class teacher, or whoever wrote it down. What a child answered stays: she answers again."""
    check_may_see(person, evidence, on=on)
    is_own = evidence.by_id == person.pk
    if is_own and person.role in ADULTS_OF_THE_CLASS:
        return
    if person.role == Role.TEACHER:
        people_policy.check_teaches(person, evidence.student, on=on)
        return
    if is_own and person.role == Role.STUDENT and evidence.kind == Kind.SELF_ASSESSMENT:
        return
    if person.role == Role.GUARDIAN:
        raise Denied(_("Only the adults of the class correct a row. You may ask, and they must answer."))
    raise Denied(_("Only the class teacher, or whoever wrote this down, corrects it."))


def check_may_judge(person: Person, student: Person, *, on: date) -> None:
    people_policy.check_may_see(person, student, on=on)
    if person.role != Role.TEACHER:
        raise Denied(_("Only a teacher of %(student)s says this.") % {"student": student.short_name})
    people_policy.check_teaches(person, student, on=on)


def check_may_ask_for_amendment(person: Person, student: Person, *, on: date) -> None:
    people_policy.check_may_see(person, student, on=on)
    if person.role != Role.GUARDIAN:
        raise Denied(_("This is where a family asks. What you see to be wrong, you can correct on the row."))


def check_may_answer_amendment(person: Person, amendment: Amendment, *, on: date) -> None:
    people_policy.check_may_see(person, amendment.student, on=on)
    if person.role != Role.TEACHER:
        raise Denied(_("Only a teacher of the class answers the family."))
    people_policy.check_teaches(person, amendment.student, on=on)


def check_may_export(person: Person, school_class: Class, *, on: date) -> None:
    """A log leaves the building in a person's hands: the class teacher's, or the data manager's."""
    if person.role != Role.DATA_MANAGER:
        people_policy.check_teaches_class(person, school_class, on=on)


def check_may_erase(person: Person) -> None:
    """Deletion is an office, not a button in class."""
    if person.role != Role.DATA_MANAGER:
        raise Denied(_("Only the school's data manager erases records."))


def check_medium(student: Person, medium: Medium) -> None:
    if medium == Medium.SCREEN and family_chose(student.pk, FamilyChoice.Kind.PAPER_ONLY):
        raise NotTaken(
            _("%(student)s works on paper: the family chose so. The same questions can be printed.")
            % {"student": student.short_name}
        )


def check_photo(student: Person) -> None:
    if family_chose(student.pk, FamilyChoice.Kind.NO_PHOTOS):
        raise NotTaken(
            _("%(student)s's family chose no photos. Write down what you saw instead.")
            % {"student": student.short_name}
        )


def family_chose(student_pk: int, kind: FamilyChoice.Kind) -> bool:
    """The newest word of the family on this. Plain SQL: it stands in the way of every answer."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST_CHOICE, [student_pk, kind.value])
        row = cursor.fetchone()
    return bool(row and row[0])


NEWEST_CHOICE = """
SELECT chosen FROM people_familychoice WHERE student_id = %s AND kind = %s ORDER BY at DESC, id DESC LIMIT 1
"""
