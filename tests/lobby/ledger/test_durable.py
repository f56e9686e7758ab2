"""What must not be lost is on the disk when the deed returns; inside a transaction, the outermost chose."""

import pytest
from django.db import connection, transaction

from plainview.lobby.ledger.durable import durable

NORMAL, FULL = 1, 2


def synchronous() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_must_last_waits_for_the_disk_and_the_next_one_does_not():
    with durable():
        assert synchronous() == FULL
        assert connection.in_atomic_block
    assert synchronous() == NORMAL


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_fails_leaves_nothing_and_the_pace_as_it_was():
    with pytest.raises(RuntimeError), durable():
        raise RuntimeError
    assert synchronous() == NORMAL
    assert not connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_one_durable_deed_inside_another_keeps_waiting_for_the_disk_to_the_end():
    with durable():
        with durable():
            pass
        assert synchronous() == FULL
    assert synchronous() == NORMAL


@pytest.mark.django_db(transaction=True)
def test_inside_a_plain_transaction_it_joins_and_changes_no_pragma():
    with transaction.atomic(), durable():
        assert synchronous() == NORMAL
