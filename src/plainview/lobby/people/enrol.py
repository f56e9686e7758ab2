"""A class from a list of names: no district, no file format, no address, no birthday.

In:   a teacher, a class title, one name a line.
Out:  a class with its children and their badges; every fault of the list at once.
Not here: rosters of other systems.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from plainview.lobby.people import badge
from plainview.lobby.people.models import Badge, Class, Enrollment, Person, Role, School

LONGEST_NAME = 160
LONGEST_PART = 80  # of a given name, of a family name
LONGEST_SLUG = 40  # leaves room in an identifier for what tells two of the same name apart


class Faults(Exception):
    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    given: str
    family: str


def read_names(text: str) -> list[Name]:
    """'Given Family' or 'Family, Given', one a line; blank lines are passed over."""
    names, faults, seen = [], [], {}
    for number, line in enumerate(text.splitlines(), start=1):
        whole = " ".join(line.split())
        if not whole:
            continue
        if len(whole) > LONGEST_NAME:
            faults.append(
                _("Line %(n)d: found %(length)d characters, expected a name of at most %(most)d.")
                % {"n": number, "length": len(whole), "most": LONGEST_NAME}
            )
        elif fault := _fault_of(_split(whole)):
            faults.append(fault % {"n": number, "name": whole, "most": LONGEST_PART})
        elif whole.casefold() in seen:
            faults.append(
                _("Line %(n)d: '%(name)s' stands on line %(first)d already. Add a letter to tell them apart.")
                % {"n": number, "name": whole, "first": seen[whole.casefold()]}
            )
        else:
            seen[whole.casefold()] = number
            names.append(_split(whole))
    if faults:
        raise Faults(faults)
    return names


def _fault_of(name: Name) -> str:
    if not name.given:
        return _("Line %(n)d: found '%(name)s', expected a name such as 'Bo O'Neill' or 'O'Neill, Bo'.")
    if max(len(name.given), len(name.family)) > LONGEST_PART:
        return _("Line %(n)d: found '%(name)s', expected at most %(most)d characters a part.")
    return ""


def _split(whole: str) -> Name:
    if "," in whole:
        family, given = (part.strip() for part in whole.split(",", 1))
        return Name(given=given or family, family=family if given else "")
    given, _space, family = whole.partition(" ")
    return Name(given=given, family=family)


@transaction.atomic
def enrol(
    names: list[Name], *, school: str, title: str, grade: str, teacher: Person, on: date, at: datetime
) -> Class:
    """Make the class. Called again with more names, it adds those that are not there yet."""
    # Looked up by what people call them: two names may be one once they are squeezed into an identifier.
    where, _made = School.objects.get_or_create(name=school, defaults={"identifier": _identifier(school)})
    room, _made = Class.objects.get_or_create(
        school=where, title=title, defaults={"identifier": _identifier(f"{school} {title}"), "grade": grade}
    )
    if not Class.objects.taught_by(teacher, on=on).filter(pk=room.pk).exists():
        Enrollment.objects.create(person=teacher, school_class=room, role=Role.TEACHER, begins_on=on)
    here = {(p.given_name, p.family_name) for p in Person.objects.in_classes([room.pk], on=on)}
    for name in names:
        if (name.given, name.family) not in here:
            _add(name, room, on=on, at=at)
    return room


def _identifier(words: str) -> str:
    return f"{slugify(words)[:LONGEST_SLUG]}-{badge.new_code().lower()}".lstrip("-")


def _add(name: Name, room: Class, *, on: date, at: datetime) -> None:
    code = badge.new_code()
    child = Person(
        identifier=f"{room.identifier}-{code.lower()}",
        given_name=name.given,
        family_name=name.family,
        role=Role.STUDENT,
        language=room.language,
    )
    child.set_unusable_password()
    child.save()
    Enrollment.objects.create(person=child, school_class=room, role=Role.STUDENT, begins_on=on)
    Badge.objects.create(student=child, code=code, picture=badge.any_picture(), made_at=at)
