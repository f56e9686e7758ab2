"""Several names in a row, as a sentence says them.

In:   names, or other words.
Out:  "Bo, Dee and Kai", in the reader's language.
Not here: whose names; the order they come in.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

SOUNDS_LIKE_EE = ("i", "í", "hi")  # Spanish says "Ana y Bo", but "Ana e Inés"


def joined(words: Iterable[str]) -> str:
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    together = _("%(some)s and %(last)s")
    if words[-1].lower().startswith(SOUNDS_LIKE_EE):
        together = pgettext("the last begins like Isabel", "%(some)s and %(last)s")
    return together % {"some": ", ".join(words[:-1]), "last": words[-1]}
