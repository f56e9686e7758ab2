"""Who publishes here, and answers for it.

In:   the settings.
Out:  the office's name, as it stands on every page; whether it is one of a demonstration.
Not here: people.
"""

from django.conf import settings


def office() -> str:
    return settings.OFFICE


def is_made_up() -> bool:
    """A demonstration's people declare and conclude nothing: what they publish of real products says so."""
    return settings.DEMO
