"""Who publishes here, and answers for it.

In:   the settings.
Out:  the office's name, as it stands on every page.
Not here: people.
"""

from django.conf import settings


def office() -> str:
    return settings.OFFICE
