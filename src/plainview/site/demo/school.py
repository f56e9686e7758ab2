"""The people of the demonstration school. All of them are made up.

In:   the day the story begins.
Out:  a school, two classes, 28 children with what they bring, and the adults around them.
Not here: what happened in the eight weeks. See history.py.
"""

from dataclasses import dataclass
from datetime import date, datetime

from plainview.lobby.people import badge
from plainview.lobby.people.models import (
    Badge,
    Class,
    Enrollment,
    FamilyChoice,
    Guardianship,
    Person,
    Role,
    School,
    Support,
)
from plainview.site.demo.links import IDENTIFIER

# given name, family name, language at home, what the child hopes for
CHILDREN = [
    ("Amara", "Adeyemi", "en", "I want to read a recipe all by myself."),
    ("Mateo", "Alvarez", "es", "Quiero entender la recta numérica."),
    ("Yusuf", "Aydın", "tr", "I want to build a kite with the right measures."),
    ("Chloé", "Baptiste", "ht", "I want to help my little brother with his homework."),
    ("Linh", "Bùi", "vi", "I want to be quick at sharing things fairly."),
    ("Rosa", "Cárdenas", "es", "Quiero hacer un juego de fracciones."),
    ("Mei-Lin", "Chen", "zh", "I want to write music with quarter notes."),
    ("Noah", "D'Angelo", "en", "I want to know how big a batting average is."),
    ("Fatima", "El-Amin", "ar", "I want to draw a garden to scale."),
    ("Jaylen", "Foster", "en", "I want to explain my thinking out loud."),
    ("Hana", "Fujimoto", "ja", "I want to fold paper into eighths without lines."),
    ("Santiago", "Gutiérrez Villanueva de la Cruz", "es", "Quiero ganar a mi abuela en dominó."),
    ("Grace", "Hoffman", "en", "I want to bake for the whole class."),
    ("Ayaan", "Hussein", "so", "I want to measure the playground."),
    ("Isabela", "Lima", "pt", "Quero entender números mistos."),
    ("Elijah", "Brooks", "en", "I want to make a comic about fractions."),
    ("Nadia", "Kowalczyk", "pl", "I want to find mistakes in tricky problems."),
    ("Kai", "Kealoha", "en", "I want to learn tides and clocks."),
    ("Priya", "Narayanan", "ta", "I want to teach someone what I know."),
    ("Siobhán", "O'Neill", "en", "I want to make a quilt pattern."),
    ("Daniel", "Okonkwo", "en", "I want to get better at word problems."),
    ("Zuri", "Mwangi", "sw", "I want to share beads in equal parts."),
    ("Theo", "Papadakis", "el", "I want to know what is between two fractions."),
    ("Luca", "Rossi", "en", "I want to mix paint in the right parts."),
    ("Esperanza", "Ruiz", "es", "Quiero contar historias con números."),
    ("Tallulah", "Whitehorse", "en", "I want to weave a pattern and write it down."),
    ("Oliver", "Wu", "en", "I want to understand decimals on price tags."),
    ("Marie-Ange", "Xavier", "ht", "I want to dance in time and count it."),
]

# One adult of each family, in the order of the children.
GUARDIANS = [
    "Folake", "Lucía", "Elif", "Roseline", "Hương", "Beatriz", "Jing", "Angela", "Samira", "Tasha",
    "Kenji", "Carmen", "Ruth", "Hodan", "Paulo", "Denise", "Marek", "Leilani", "Kavitha", "Maeve",
    "Chinedu", "Wanjiru", "Eleni", "Marco", "Pilar", "Joseph", "Ying", "Jean-Robert",
]  # fmt: skip

PICTURES = list(badge.PICTURES)

# given name, plan, PNP term, words, whether screen minutes with it are counted
SUPPORTS = [
    ("Jaylen", "iep", "spoken", "Reads instructions aloud, or has them read", True),
    ("Jaylen", "iep", "additional-time", "Takes the time it takes", False),
    ("Noah", "504", "large-print", "Large print, 18 point or more", False),
    ("Grace", "504", "breaks", "A short break when she asks for one", False),
    ("Elijah", "iep", "scribe", "Someone writes down what he says", False),
    ("Zuri", "504", "quiet-place", "A quiet place for writing", False),
    ("Mateo", "el", "keyword-translation", "A word list in English and Spanish", False),
    ("Chloé", "el", "keyword-translation", "A word list in English and Haitian Creole", False),
    ("Fatima", "el", "item-translation", "Texts in the home language beside the English", False),
    ("Ayaan", "el", "item-translation", "Texts in the home language beside the English", False),
    ("Linh", "el", "speech-to-text", "Explains by speaking; someone or something writes", False),
    ("Isabela", "el", "keyword-translation", "A word list in English and Portuguese", False),
]

# The family without devices, and others who chose.
FAMILY_CHOICES = [
    ("Ayaan", FamilyChoice.Kind.PAPER_ONLY),
    ("Nadia", FamilyChoice.Kind.NO_PHOTOS),
    ("Theo", FamilyChoice.Kind.NO_ESTIMATES),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSchool:
    room: Class
    teacher: Person
    specialist: Person
    principal: Person
    students: tuple[Person, ...]
    guardians: tuple[Person, ...]


def make(*, begins_on: date, at: datetime) -> DemoSchool:
    school = School.objects.create(identifier=IDENTIFIER, name="Maple Street School")
    room = _class(school, "maple-4b", "Room 4B")
    next_door = _class(school, "maple-4c", "Room 4C")
    teacher = _adult("delgado", "Maria", "Delgado", Role.TEACHER)
    colleague = _adult("lindgren", "Tomas", "Lindgren", Role.TEACHER)
    specialist = _adult("whitfield", "Denise", "Whitfield", Role.SPECIALIST)
    principal = _adult("achebe", "Ngozi", "Achebe", Role.PRINCIPAL)
    for who, where, role in [
        (teacher, room, Role.TEACHER),
        (colleague, next_door, Role.TEACHER),
        (specialist, room, Role.SPECIALIST),
    ]:
        Enrollment.objects.create(person=who, school_class=where, role=role, begins_on=begins_on)
    students = tuple(_child(n, row, room, begins_on, at) for n, row in enumerate(CHILDREN, start=1))
    guardians = tuple(_guardian(child, n) for n, child in enumerate(students, start=1))
    _supports(students, specialist, begins_on)
    _choices(students, guardians, at)
    return DemoSchool(
        room=room,
        teacher=teacher,
        specialist=specialist,
        principal=principal,
        students=students,
        guardians=guardians,
    )


def _class(school: School, identifier: str, title: str) -> Class:
    return Class.objects.create(
        identifier=identifier, school=school, title=title, grade="4", screen_minutes_a_day=20
    )


def _adult(name: str, given: str, family: str, role: Role) -> Person:
    """No password: in the demonstration one enters by link, and an account nobody can guess is safest."""
    person = Person(
        identifier=f"maple-{name}", given_name=given, family_name=family, role=role, sign_in_name=name
    )
    person.set_unusable_password()
    person.save()
    return person


def _child(number: int, row: tuple, room: Class, begins_on: date, at: datetime) -> Person:
    given, family, language, _goal = row
    child = Person(
        identifier=f"maple-s{number:02d}",
        given_name=given,
        family_name=family,
        language=language,
        role=Role.STUDENT,
    )
    child.set_unusable_password()
    child.save()
    Enrollment.objects.create(person=child, school_class=room, role=Role.STUDENT, begins_on=begins_on)
    Badge.objects.create(
        student=child, code=f"MAPLE{number:02d}", picture=PICTURES[number % len(PICTURES)], made_at=at
    )
    return child


def _guardian(child: Person, number: int) -> Person:
    guardian = _adult(f"family{number:02d}", GUARDIANS[number - 1], child.family_name, Role.GUARDIAN)
    guardian.language = child.language if child.language in ("en", "es") else "en"
    guardian.save(update_fields=["language"])
    Guardianship.objects.create(guardian=guardian, student=child)
    return guardian


def _supports(students: tuple[Person, ...], specialist: Person, begins_on: date) -> None:
    by_name = {child.given_name: child for child in students}
    for given, plan, term, words, exempt in SUPPORTS:
        Support.objects.create(
            student=by_name[given],
            plan=plan,
            term=term,
            words=words,
            exempt_from_screen_cap=exempt,
            begins_on=begins_on,
            written_by=specialist,
        )


def _choices(students: tuple[Person, ...], guardians: tuple[Person, ...], at: datetime) -> None:
    families = {child.given_name: (child, by) for child, by in zip(students, guardians, strict=True)}
    for given, kind in FAMILY_CHOICES:
        child, by = families[given]
        FamilyChoice.objects.create(student=child, kind=kind, chosen=True, by=by, at=at)
