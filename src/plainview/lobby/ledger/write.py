"""Write a line: who looked, who recorded, who decided.

In:   a deed as a fixed word, and numbers.
Out:  lines that the database itself refuses to change.
Not here: transactions. A deed writes its line inside its own, last.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from plainview.lobby.ledger.models import Link

GENESIS = "0" * 64


ONE_LINE = "INSERT INTO ledger_line (at, deed, by, about, thing) VALUES (%s, %s, %s, %s, %s)"
# As many lines as children, in their order. Prepared once: line by line it takes twice the time.
A_LINE_EACH = """
INSERT INTO ledger_line (at, deed, by, about, thing)
SELECT %s, %s, %s, column1, %s FROM (VALUES {children}) AS children
"""
AT_A_TIME = 1000


def deed(deed: str, *, by: int, at: datetime, about: int | None = None, thing: int | None = None) -> None:
    """One line. Plain SQL: it goes with every answer of a school."""
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(ONE_LINE, [moment, deed, by, about, thing])


def looked(deed: str, *, by: int, at: datetime, about: Iterable[int], thing: int | None = None) -> None:
    """One line for each child whose row was shown. One commit, however many children."""
    moment, children = connection.ops.adapt_datetimefield_value(at), list(about)
    with transaction.atomic(), connection.cursor() as cursor:
        for start in range(0, len(children), AT_A_TIME):
            some = children[start : start + AT_A_TIME]
            sql = A_LINE_EACH.format(children=", ".join(["(%s)"] * len(some)))
            cursor.execute(sql, [moment, deed, by, thing, *some])


def chain(name: str, *, digest: str, at: datetime) -> Link:
    """Add one link: its hash covers the link before, its place, its digest and its time.

    Call it inside a transaction: the place is read and taken in one breath.
    """
    last = Link.objects.filter(chain=name).order_by("-number").first()
    number, previous = (last.number + 1, last.hash) if last else (1, GENESIS)
    return Link.objects.create(
        chain=name, number=number, digest=digest, hash=link_hash(previous, name, number, digest, at), at=at
    )


def link_hash(previous: str, name: str, number: int, digest: str, at: datetime) -> str:
    text = "\n".join([previous, name, str(number), digest, at.isoformat()])
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken_link(name: str) -> Link | None:
    """Walk the chain from its start; the first link that does not follow, or ``None`` where all do."""
    previous = GENESIS
    for number, link in enumerate(Link.objects.filter(chain=name).order_by("number").iterator(), start=1):
        if link.number != number or link.hash != link_hash(previous, name, number, link.digest, link.at):
            return link
        previous = link.hash
    return None
