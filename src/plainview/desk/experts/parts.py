"""What the nine parts of the bank are called, in its order."""

from django.utils.translation import gettext_lazy as _

PARTS = {
    "purpose": _("Purpose"),
    "algorithm": _("Algorithm"),
    "pedagogy": _("Teaching"),
    "teacher": _("The teacher"),
    "assessment": _("Tests"),
    "evidence": _("Evidence"),
    "data": _("Data"),
    "access": _("Access"),
    "governance": _("Rules and appeals"),
}
