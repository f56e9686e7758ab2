"""What a file may be called in a dossier.

In:   a name as somebody's browser, or an archive, says it.
Out:  the same name; or the sentence that says why not. No name is mended: a vendor must find its file again.
Not here: what is in it.
"""

import re
import unicodedata

from django.utils.translation import gettext as _

from plainview.lobby.people.policy import Denied

LONGEST = 120
FITS = re.compile(r"\w[\w .()+,=@-]*")
OURS = {"exhibits.toml"}
# What one system cannot store, another cannot unpack.
NOT_ON_EVERY_MACHINE = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


class NotTaken(Denied):
    """What was handed over cannot be kept as it stands. The sentence says why, and what to do instead."""


def checked(name: str) -> str:
    """One part of a path: letters and digits of any language, and a few marks between.

    Raises
    ------
    NotTaken
        Where a name leads elsewhere, hides, or holds what no file's name needs.
    """
    name = unicodedata.normalize("NFC", name)
    amiss = not FITS.fullmatch(name) or len(name) > LONGEST or name[-1] in ". "
    if amiss or NOT_ON_EVERY_MACHINE.match(name):
        raise NotTaken(
            _(
                "The file cannot be called “%(name)s”. Use letters, digits, spaces, dots and hyphens, up to "
                "%(n)s, beginning with a letter or a digit."
            )
            % {"name": name[:60], "n": LONGEST}
        )
    if name.lower() in OURS:
        raise NotTaken(_("We write exhibits.toml ourselves, from what you say of each file."))
    return name


def checked_path(path: str) -> str:
    """Parts with / between, as an archive or a folder has them."""
    return "/".join(checked(part) for part in path.split("/"))
