"""One press at a time: two requests about the same child, or the same class, wait for each other.

In:   a child or a class, inside a transaction.
Out:  nothing; the second request goes on when the first has ended, and then finds what the first one wrote.
Not here: SQLite. There every transaction that writes has waited for its turn when it begins (IMMEDIATE).
"""

from django.db import connection

from plainview.lobby.people.models import Class, Person


def wait_for(row: Person | Class) -> None:
    if connection.features.has_select_for_update:
        type(row).objects.select_for_update().values_list("pk").get(pk=row.pk)
