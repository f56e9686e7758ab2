"""Who speaks for a vendor here.

In:   a vendor, a person with a vendor's account.
Out:  a seat: from now on they see their own products' reviews.
Not here: accounts (people).
"""

from datetime import datetime

from django.utils.translation import gettext as _

from plainview.desk.reviews import policy
from plainview.desk.reviews.models import Vendor, VendorSeat
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person, Role
from plainview.lobby.people.policy import Denied


def give(vendor: Vendor, person: Person, *, by: Person, at: datetime) -> VendorSeat:
    policy.check_leads_reviews(by)
    if person.role != Role.VENDOR:
        raise Denied(_("%(person)s has no vendor’s account.") % {"person": person.full_name})
    there = VendorSeat.objects.filter(person=person).first()
    if there is not None and there.vendor_id != vendor.pk:
        raise Denied(_("%(person)s speaks for another vendor already.") % {"person": person.full_name})
    with durable():
        seat, is_new = VendorSeat.objects.get_or_create(vendor=vendor, person=person)
        if is_new:
            deed("reviews.seat.given", by=by.pk, at=at, thing=vendor.pk)
    return seat


def take(seat: VendorSeat, *, by: Person, at: datetime) -> None:
    policy.check_leads_reviews(by)
    with durable():
        deed("reviews.seat.taken", by=by.pk, at=at, thing=seat.vendor_id)
        seat.delete()
