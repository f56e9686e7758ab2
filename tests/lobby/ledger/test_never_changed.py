"""The database itself refuses to change what was written."""

import pytest
from django.db import DatabaseError, connection, transaction

from plainview.lobby.ledger import write
from plainview.lobby.ledger.models import Line, Link

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(now):
    write.deed("test.deed", by=1, at=now, about=2)
    return Line.objects.get()


def refused(change) -> None:
    with pytest.raises(DatabaseError, match="added to, never changed"), transaction.atomic():
        change()


def test_a_line_cannot_be_changed_or_dropped_by_any_way(line):
    refused(lambda: Line.objects.update(by=9))
    refused(lambda: Line.objects.all().delete())
    refused(line.save)
    refused(lambda: connection.cursor().execute("DELETE FROM ledger_line"))
    assert Line.objects.get().by == 1


def test_looking_at_a_class_writes_a_line_for_each_child(now):
    write.looked("day.class_map.looked", by=1, at=now, about=[5, 6, 7])
    assert list(Line.objects.order_by("about").values_list("by", "about", "at")) == [
        (1, 5, now),
        (1, 6, now),
        (1, 7, now),
    ]


def test_a_look_at_any_number_of_children_writes_as_many_lines(now):
    for n in (0, 1, 2500):
        write.looked(f"looked.{n}", by=1, at=now, about=range(n), thing=4)
        lines = Line.objects.filter(deed=f"looked.{n}").order_by("pk")
        assert list(lines.values_list("about", "thing")) == [(child, 4) for child in range(n)]


def test_the_chain_holds_and_shows_where_it_was_broken(now):
    for digest in ("a" * 64, "b" * 64, "c" * 64):
        write.chain("class:1", digest=digest, at=now)
    assert write.first_broken_link("class:1") is None
    with connection.cursor() as cursor:  # what someone with the file in her hands could do
        cursor.execute("DROP TRIGGER ledger_link_no_UPDATE")
        cursor.execute("UPDATE ledger_link SET digest = %s WHERE number = 2", ["x" * 64])
    assert write.first_broken_link("class:1").number == 2


def test_each_chain_counts_for_itself(now):
    write.chain("class:1", digest="a" * 64, at=now)
    write.chain("class:2", digest="a" * 64, at=now)
    assert list(Link.objects.values_list("number", flat=True)) == [1, 1]
