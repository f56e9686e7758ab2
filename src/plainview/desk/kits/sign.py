"""Count a signature, and nothing of who signs.

In:   the product of a petition.
Out:  a number that is one larger.
Not here: whether a person signed twice. Whoever wants to know that must keep who signed; so the page says
      what such a count is worth, and offers paper to those who gather names.
"""

from django.db import transaction
from django.db.models import F

from plainview.desk.kits.models import Petition


def sign(product: str) -> int:
    with transaction.atomic():
        petition, _is_new = Petition.objects.get_or_create(product=product)
        Petition.objects.filter(pk=petition.pk).update(n_signed=F("n_signed") + 1)
    return count(product)


def count(product: str) -> int:
    return Petition.objects.filter(pk=product).values_list("n_signed", flat=True).first() or 0
