"""How often a petition was signed. Nobody who signed is here, nor when."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Petition(models.Model):
    """A count for each product. It only grows, by one, and holds nothing else."""

    PRIVACY = {
        "product": _("nothing"),
        "n_signed": _("nothing: how often a button was pressed; who pressed it is written down nowhere"),
    }

    product = models.SlugField(max_length=60, primary_key=True)
    n_signed = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.product}: {self.n_signed}"
