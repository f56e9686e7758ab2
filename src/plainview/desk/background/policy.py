"""Who may write money, ties and declarations down. Reading them is anyone's right.

In:   a person.
Out:  nothing, or ``Denied`` with the sentence the person reads.
Not here: what a document may hold (irs, grants).
"""

from django.utils.translation import gettext as _

from plainview.desk.background.models import Declaration
from plainview.lobby.people.models import Person, Role
from plainview.lobby.people.policy import Denied

WHO_DECLARES = {
    Declaration.Office.DESK: Role.CHAIR,
    Declaration.Office.CHAIR: Role.CHAIR,
    Declaration.Office.STEWARD: Role.STEWARD,
}


def check_keeps_the_books(person: Person) -> None:
    if person.role != Role.CHAIR:
        raise Denied(_("Only whoever leads reviews writes down who pays whom."))


def check_may_declare(person: Person, office: str) -> None:
    """Everyone declares for the office they hold."""
    if WHO_DECLARES.get(office) != person.role:
        raise Denied(_("Interests are declared by whoever holds the office, and by nobody else."))
