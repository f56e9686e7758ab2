"""What opens a district's feed and its interface for programs: shown once, kept as a fingerprint.

In:   a district, an officer; or a secret that somebody brings.
Out:  a new secret; or whose it is.
Not here: what it opens (feed, api).
"""

import secrets
from datetime import datetime
from hashlib import sha256

from plainview.desk.register import policy
from plainview.desk.register.models import District, Secret
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person


def renew(district: District, *, opens: str, by: Person, at: datetime) -> str:
    """A new secret; the one before opens nothing from now on."""
    policy.check_keeps(by, district)
    drawn = secrets.token_urlsafe(32)
    with durable():
        Secret.objects.update_or_create(
            district=district, opens=opens, defaults={"sha256": _print(drawn), "made_by": by, "made_at": at}
        )
        deed("register.secret_renewed", by=by.pk, at=at, thing=district.pk)
    return drawn


def end(district: District, *, opens: str, by: Person, at: datetime) -> None:
    policy.check_keeps(by, district)
    with durable():
        Secret.objects.filter(district=district, opens=opens).delete()
        deed("register.secret_ended", by=by.pk, at=at, thing=district.pk)


def district_by(secret: str, *, opens: str) -> District | None:
    found = Secret.objects.select_related("district").filter(sha256=_print(secret), opens=opens).first()
    return found.district if found else None


def _print(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
