"""`plainview manage enrol`: a class from a list of names, and a teacher who can sign in."""

import getpass
import sys
from pathlib import Path

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from plainview.lobby.people import badge, enrol
from plainview.lobby.people.models import Person, Role


class Command(BaseCommand):
    help = "Make a class from a list of names, one a line ('-' reads standard input)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("names", help="a text file with one child's name a line")
        parser.add_argument("--school", required=True)
        parser.add_argument("--class", dest="title", required=True, help="what the class is called")
        parser.add_argument("--grade", default="4")
        parser.add_argument("--teacher", required=True, help="the name the teacher signs in with")
        parser.add_argument(
            "--teacher-name", default="", help="'Maria Delgado', for a teacher who is new here"
        )

    def handle(self, *, names, school, title, grade, teacher, teacher_name, **options) -> None:
        try:
            children = enrol.read_names(_text_of(names))
        except enrol.Faults as faults:
            raise CommandError(str(faults)) from faults
        who = self._teacher(teacher, teacher_name)
        room = enrol.enrol(
            children,
            school=school,
            title=title,
            grade=grade,
            teacher=who,
            on=timezone.localdate(),
            at=timezone.now(),
        )
        self.stdout.write(f"{room.title}: {len(children)} children, taught by {who.full_name}.")

    def _teacher(self, sign_in_name: str, name: str) -> Person:
        sign_in_name = sign_in_name.lower()
        found = Person.objects.filter(sign_in_name=sign_in_name, role=Role.TEACHER).first()
        if found:
            return found
        if Person.objects.filter(sign_in_name=sign_in_name).exists():
            raise CommandError(f"'{sign_in_name}' signs in here already and is no teacher. Use another name.")
        if not name:
            raise CommandError(
                f"There is no teacher '{sign_in_name}' yet: say --teacher-name 'Given Family'."
            )
        given, _space, family = name.partition(" ")
        person = Person(
            sign_in_name=sign_in_name,
            identifier=f"adult-{badge.new_code().lower()}",
            given_name=given,
            family_name=family,
            role=Role.TEACHER,
        )
        person.set_password(_new_password(person))
        person.save()
        return person


def _text_of(names: str) -> str:
    try:
        return sys.stdin.read() if names == "-" else Path(names).read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise CommandError(f"{names}: this file cannot be read ({fault.strerror}).") from fault
    except UnicodeDecodeError as fault:
        raise CommandError(f"{names}: found bytes that are no text, expected names in UTF-8.") from fault


def _new_password(person: Person) -> str:
    password = getpass.getpass(f"A password for {person.full_name}: ")
    try:
        validate_password(password, person)
    except ValidationError as fault:
        raise CommandError(" ".join(fault.messages)) from fault
    return password
