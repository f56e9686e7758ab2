"""`plainview manage appoint`: somebody who works at the desk, and can sign in from now on."""

import getpass

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify

from plainview.lobby.people import badge
from plainview.lobby.people.models import Person, Role

ROLES = (Role.CHAIR, Role.EXPERT, Role.STEWARD, Role.OFFICER, Role.VENDOR)


class Command(BaseCommand):
    help = "Make an account for somebody who works at the desk. The password is asked for."

    def add_arguments(self, parser) -> None:
        parser.add_argument("sign_in_name", help="the name this person signs in with")
        parser.add_argument("--role", required=True, choices=[role.value for role in ROLES])
        parser.add_argument("--name", required=True, help="'Cora Lindqvist'")
        parser.add_argument("--email", default="", help="where letters of the desk go")
        parser.add_argument(
            "--language",
            default="en",
            choices=[code for code, _name in settings.LANGUAGES],
            help="of letters",
        )
        parser.add_argument("--vendor", default="", help="for a vendor's contact: the vendor's short name")
        parser.add_argument(
            "--district", default="", help="for an officer: the district's name, 'Oak District'"
        )

    def handle(self, *, sign_in_name, role, name, email, language, vendor, district, **options) -> None:
        sign_in_name = sign_in_name.lower()
        if Person.objects.filter(sign_in_name=sign_in_name).exists():
            raise CommandError(f"'{sign_in_name}' signs in here already. Use another name.")
        seat_of = _vendor(role, vendor) or _district(role, district)
        given, _space, family = name.partition(" ")
        person = Person(
            sign_in_name=sign_in_name,
            identifier=f"adult-{badge.new_code().lower()}",
            given_name=given,
            family_name=family,
            role=role,
            email=_checked(email),
            language=language,
        )
        person.set_password(_new_password(person))
        with transaction.atomic():
            person.save()
            if seat_of:
                seat_of.seats.create(person=person)
        self.stdout.write(f"{person.full_name} can sign in as '{sign_in_name}' ({Role(role).label}).")


def _vendor(role: str, slug: str):
    """The vendor that somebody speaks for; nobody where it is another role."""
    if (role == Role.VENDOR) != bool(slug):
        raise CommandError("--vendor is for a vendor's contact, and needed for one.")
    if not slug:
        return None
    if "desk" not in settings.FACES:
        raise CommandError("There is no desk here. See docs/settings.md#plainview_faces.")
    # Only a house with a desk has this table.
    from plainview.desk.reviews.models import Vendor

    found = Vendor.objects.filter(slug=slug).first()
    if found is None:
        there = ", ".join(Vendor.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"--vendor: found '{slug}', expected one of the vendors here: {there}.")
    return found


def _district(role: str, name: str):
    """The district whose register somebody keeps; made where it is the first of its people here."""
    if (role == Role.OFFICER) != bool(name):
        raise CommandError("--district is for a district's officer, and needed for one.")
    if not name:
        return None
    if "desk" not in settings.FACES:
        raise CommandError("There is no desk here. See docs/settings.md#plainview_faces.")
    # Only a house with a desk has this table.
    from plainview.desk.register.models import District

    slug = slugify(name)
    if not slug:
        raise CommandError(f"--district: found '{name}', expected a name such as 'Oak District'.")
    return District.objects.get_or_create(slug=slug[:60], defaults={"name": name[:120]})[0]


def _checked(email: str) -> str:
    try:
        if email:
            validate_email(email)
    except ValidationError as fault:
        raise CommandError(f"--email: found '{email}', expected an address of mail.") from fault
    return email


def _new_password(person: Person) -> str:
    password = getpass.getpass(f"A password for {person.full_name}: ")
    try:
        validate_password(password, person)
    except ValidationError as fault:
        raise CommandError(" ".join(fault.messages)) from fault
    return password
