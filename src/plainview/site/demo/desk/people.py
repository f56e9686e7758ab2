"""The people of the demonstration's desk. All of them are made up.

In:   nothing.
Out:  an account for each, which nobody can guess: one enters by link.
Not here: what they do (told).
"""

from dataclasses import dataclass

from plainview.lobby.people.models import Person, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    chair: Person
    experts: tuple[Person, Person, Person]
    steward: Person
    officer: Person
    vendor: Person  # speaks for Acme Learning


def make() -> Desk:
    return Desk(
        chair=_person("chair", "Cora", "Lindqvist", Role.CHAIR),
        experts=(
            _person("expert", "Edmund", "Asare", Role.EXPERT),
            _person("expert2", "Florence", "Nakamura", Role.EXPERT),
            _person("expert3", "Gustavo", "Petrov", Role.EXPERT),
        ),
        steward=_person("steward", "Sten", "Halloran", Role.STEWARD),
        officer=_person("officer", "Oluchi", "Adebayo", Role.OFFICER),
        vendor=_person("vendor", "Victoria", "Moreau", Role.VENDOR),
    )


def _person(word: str, given: str, family: str, role: Role) -> Person:
    person = Person(
        identifier=f"desk-{word}",
        given_name=given,
        family_name=family,
        role=role,
        sign_in_name=f"desk-{word}",
        email=f"{word}@desk.example",
    )
    person.set_unusable_password()
    person.save()
    return person
