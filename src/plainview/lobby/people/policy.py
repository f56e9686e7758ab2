"""Who may see whom. Each check raises the sentence that the person will read; each has a query of its own.

In:   a person and a child (or a class), and the day.
Out:  nothing, or ``Denied`` with a sentence; ``NotSeen`` where even the existence is a secret.
Not here: what may be done with evidence, plans and suggestions: each room has a policy.
"""

from datetime import date

from django.db import connection
from django.http import Http404
from django.utils.translation import gettext as _

from plainview.lobby.people.models import Class, Person, Role


class Denied(Exception):
    """You may see it, but not do this. The message is the sentence the person reads."""


class NotSeen(Http404):
    """A row one may not see is not found, never forbidden: that it exists is a secret too."""


def check_may_see(person: Person | None, student: Person, *, on: date) -> None:
    if not Person.objects.seen_by(person, on=on).filter(pk=student.pk).exists():
        raise NotSeen


def student_seen_by(person: Person | None, pk: int, *, on: date) -> Person:
    """The child, or 'not found'."""
    student = Person.objects.seen_by(person, on=on).filter(pk=pk).first()
    if student is None:
        raise NotSeen
    return student


def class_seen_by(person: Person | None, pk: int, *, on: date) -> Class:
    """The class, or 'not found'."""
    school_class = Class.objects.seen_by(person, on=on).filter(pk=pk).first()
    if school_class is None:
        raise NotSeen
    return school_class


def classes_seen_by(person: Person, *, on: date) -> list[Class]:
    """As ``Class.objects.seen_by``, by title. Plain SQL: the class map asks it each time it is opened."""
    if person.role not in (Role.TEACHER, Role.SPECIALIST):
        return []
    with connection.cursor() as cursor:
        cursor.execute(CLASSES_SEEN, [person.pk, on, on])
        return [Class.from_db(connection.alias, CLASS_FIELDS, row) for row in cursor.fetchall()]


CLASS_FIELDS = [field.attname for field in Class._meta.concrete_fields]
CLASSES_SEEN = f"""
SELECT {", ".join(CLASS_FIELDS)} FROM people_class WHERE id IN (
  SELECT e.school_class_id FROM people_enrollment e
  WHERE e.person_id = %s AND e.role IN ('teacher', 'specialist')
  AND e.begins_on <= %s AND (e.ends_on IS NULL OR e.ends_on >= %s))
ORDER BY title, id
"""  # noqa: S608 - the columns of our own table


def check_teaches(person: Person, student: Person, *, on: date) -> None:
    """Only a teacher of this child decides for her. Specialists see and record; they do not decide."""
    check_may_see(person, student, on=on)
    if not teaches(person, student, on=on):
        raise Denied(_("Only a teacher of %(student)s decides this.") % {"student": student.short_name})


def teaches(person: Person, student: Person, *, on: date) -> bool:
    classes = Class.objects.taught_by(person, on=on)
    return Person.objects.in_classes(classes, on=on).filter(pk=student.pk).exists()


def check_teaches_class(person: Person, school_class: Class, *, on: date) -> None:
    if not Class.objects.seen_by(person, on=on).filter(pk=school_class.pk).exists():
        raise NotSeen
    if not teaches_class(person, school_class, on=on):
        raise Denied(_("Only a teacher of %(title)s decides this.") % {"title": school_class.title})


def teaches_class(person: Person, school_class: Class, *, on: date) -> bool:
    """Whether she decides in this class. Whoever teaches one class may serve another as a specialist."""
    return Class.objects.taught_by(person, on=on).filter(pk=school_class.pk).exists()


def check_serves(person: Person, student: Person, *, on: date) -> None:
    """A teacher or a specialist of this child's class: they see and write supports."""
    check_may_see(person, student, on=on)
    if person.role not in (Role.TEACHER, Role.SPECIALIST):
        raise Denied(_("Only the adults who teach %(student)s do this.") % {"student": student.short_name})


def check_is_family(person: Person, student: Person) -> None:
    """Choices and amendments are the family's; what a teacher thinks of them is not asked."""
    if (
        person.role != Role.GUARDIAN
        or not student.guardianships.filter(guardian=person, sees_record=True).exists()
    ):
        raise NotSeen


def may_see_supports(person: Person | None, student: Person, *, on: date) -> bool:
    """Sensitive facts: the class's adults and the family. Not the child's page, not other families."""
    if person is None or person.role == Role.STUDENT:
        return False
    return Person.objects.seen_by(person, on=on).filter(pk=student.pk).exists()
