"""Whose register this is. Another district's officer sees nothing of it: not found.

In:   a person, a contract, a subscription.
Out:  the row, or ``NotSeen``.
Not here: what may be done with it: an officer keeps the whole register of their district.
"""

from plainview.desk.register.models import Contract, District, Subscriber
from plainview.lobby.people.models import Person, Role
from plainview.lobby.people.policy import NotSeen


def districts_of(person: Person | None):
    """The districts whose register ``person`` keeps: one, or none."""
    if person is None or person.role != Role.OFFICER:
        return District.objects.none()
    return District.objects.filter(seats__person=person)


def contracts_seen_by(person: Person | None):
    return Contract.objects.filter(district__in=districts_of(person))


def check_keeps(person: Person | None, district: District) -> None:
    if not districts_of(person).filter(pk=district.pk).exists():
        raise NotSeen


def district_of(person: Person | None) -> District:
    found = districts_of(person).first()
    if found is None:
        raise NotSeen
    return found


def contract_seen_by(person: Person | None, pk: int) -> Contract:
    """The contract, or 'not found'."""
    found = contracts_seen_by(person).select_related("district").filter(pk=pk).first()
    if found is None:
        raise NotSeen
    return found


def subscriber_seen_by(person: Person | None, pk: int) -> Subscriber:
    found = Subscriber.objects.filter(district__in=districts_of(person), pk=pk).first()
    if found is None:
        raise NotSeen
    return found
