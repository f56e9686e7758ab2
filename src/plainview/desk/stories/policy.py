"""Who may do what with stories. Each check raises the sentence that the person will read.

In:   a person, and what she wants to do.
Out:  nothing, or ``Denied``; ``NotSeen`` where a row is not hers to know of.
Not here: who may tell a story. Anyone may, and nobody is asked who it is.
"""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from plainview.desk.reviews.models import BEFORE_THE_VENDOR_IS_TOLD, Product, Review, VendorSeat
from plainview.desk.stories.models import Reply, Standing, Story
from plainview.lobby.people.models import Person, Role
from plainview.lobby.people.policy import Denied, NotSeen


def check_looks_after_stories(person: Person | None) -> None:
    if person is None or person.role != Role.STEWARD:
        raise Denied(_("Only a steward of stories does this."))


def products_known_to_all() -> QuerySet[Product]:
    """Not what was only asked for, or written down: its vendor does not see that either."""
    told = Review.objects.exclude(stage__in=BEFORE_THE_VENDOR_IS_TOLD)
    return Product.objects.filter(pk__in=told.values("product"))


def stories_seen_by(person: Person | None) -> QuerySet[Story]:
    """What a person may read. A vendor reads what everyone reads: nothing sooner, nothing more."""
    if person is not None and person.role == Role.STEWARD:
        return Story.objects.all()
    return Story.objects.filter(standing=Standing.RELEASED)


def check_may_see(person: Person | None, story: Story) -> None:
    if not stories_seen_by(person).filter(pk=story.pk).exists():
        raise NotSeen


def check_may_reply(person: Person | None, story: Story) -> VendorSeat:
    """The vendor of the product that the story is about, once the story can be read by everyone."""
    check_may_see(None, story)
    seat = VendorSeat.objects.select_related("vendor").filter(person=person).first() if person else None
    if person is None or person.role != Role.VENDOR or seat is None:
        raise Denied(_("Only the vendor replies to a story."))
    if seat.vendor_id != story.product.vendor_id:
        raise Denied(_("Only the vendor of %(product)s replies to this story.") % {"product": story.product})
    return seat


def replies_seen_by(person: Person | None) -> QuerySet[Reply]:
    """A reply is read by everyone once a steward let it; before, by the steward and by who wrote it."""
    if person is not None and person.role == Role.STEWARD:
        return Reply.objects.all()
    shown = Reply.objects.filter(shown_at__isnull=False)
    if person is not None and person.role == Role.VENDOR:
        return shown | Reply.objects.filter(vendor__seats__person=person)
    return shown
