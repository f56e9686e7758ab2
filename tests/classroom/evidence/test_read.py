"""Reading a class out of two million rows: short statements that walk an index."""

from uuid import UUID

import pytest
from django.db import connection

from plainview.classroom.evidence import correct, read
from plainview.classroom.evidence.models import Evidence
from plainview.core.learner.piece import Helped, Kind, Medium, Piece

pytestmark = pytest.mark.django_db


def plan_of(sql: str, numbers: list[int]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", numbers)
        return "\n".join(row[3] for row in cursor.fetchall())


def test_a_piece_says_what_the_core_needs(answered, people, content, today):
    row = answered("b2", helped="peer", hints=1)
    assert read.pieces([people.bo.pk]) == {
        (people.bo.pk, content.compare.pk): [
            Piece(
                ref=f"e{row.pk}",
                kind=Kind.ANSWER,
                shown=0.0,
                on=today,
                helped=Helped.PEER,
                medium=Medium.SCREEN,
                source="which-is-more",
                misconception="bigger-bottom-is-bigger",
            )
        ]
    }


def test_only_what_holds_and_says_something_is_a_piece(seen, people, content, now, key):
    said = {"by": people.ada, "at": now, "why": "typed wrong"}
    seen(client_key=key(1), shown=None)  # words alone
    seen(client_key=key(2), competency=None)  # about nothing in particular
    correct.withdraw(seen(client_key=key(3)), client_key=key(4), **said)
    kept = correct.correct(seen(client_key=key(5)), client_key=key(6), shown=0.5, **said)
    found = read.pieces([people.bo.pk])
    assert {where: [(p.ref, p.shown) for p in pieces] for where, pieces in found.items()} == {
        (people.bo.pk, content.equal.pk): [(f"e{kept.pk}", 0.5)]
    }
    as_models = Evidence.objects.current().filter(competency__isnull=False, shown__isnull=False)
    assert [row.pk for row in as_models] == [kept.pk]


def test_children_and_competencies_are_chosen(seen, people, content, key):
    seen(client_key=key(1))
    seen(client_key=key(2), competency=content.compare)
    seen(client_key=key(3), student=people.dee)
    bo, dee = people.bo.pk, people.dee.pk
    assert set(read.pieces([bo, dee])) == {
        (bo, content.equal.pk),
        (bo, content.compare.pk),
        (dee, content.equal.pk),
    }
    assert set(read.pieces([bo], [content.compare.pk])) == {(bo, content.compare.pk)}
    assert read.pieces([], [content.equal.pk]) == read.pieces([bo], []) == {}


def test_a_large_school_is_read_some_at_a_time(seen, people, monkeypatch, key):
    monkeypatch.setattr(read, "AT_A_TIME", 1)
    seen(client_key=key(1))
    seen(client_key=key(2), student=people.dee)
    assert {student for student, _ in read.pieces([people.bo.pk, people.dee.pk])} == {
        people.bo.pk,
        people.dee.pk,
    }


def test_the_newest_row_moves_with_every_row_and_correction(seen, people, now, key):
    assert read.newest_ids([people.bo.pk, people.dee.pk]) == {people.bo.pk: None, people.dee.pk: None}
    row = seen()
    assert read.newest_ids([people.bo.pk])[people.bo.pk] == row.pk
    later = correct.withdraw(row, by=people.ada, at=now, why="typed wrong", client_key=key(2))
    assert read.newest_ids([people.bo.pk])[people.bo.pk] == later.pk


def test_what_was_noted_last_comes_first(seen, people, content, key):
    seen(client_key=key(1), competency=content.compare)
    seen(client_key=key(2), competency=content.equal, student=people.dee)
    seen(client_key=key(3), competency=None)
    both = [people.bo.pk, people.dee.pk]
    assert read.noted_last(both) == [content.equal.pk, content.compare.pk]
    assert read.noted_last([people.bo.pk]) == [content.compare.pk]


def test_the_history_of_a_row_is_told_from_its_first_writing(seen, people, now):
    first = seen()
    said = {"by": people.ada, "at": now, "why": "typed wrong"}
    second = correct.correct(first, **said, client_key=UUID(int=2), shown=0.0)
    third = correct.withdraw(second, **said, client_key=UUID(int=3))
    assert read.history(first) == read.history(second) == read.history(third) == [first, second, third]


def test_what_changed_since_it_was_last_read(seen, people, content, now, key):
    bo, dee = people.bo.pk, people.dee.pk
    first = seen(client_key=key(1))
    seen(client_key=key(2), student=people.dee, competency=None)
    assert read.changed_since({bo: None, dee: None}) == {bo: {content.equal.pk}, dee: set()}
    assert read.changed_since({bo: first.pk, dee: 99}) == {}
    said = {"by": people.ada, "at": now, "why": "the other skill", "client_key": key(3)}
    correct.correct(first, competency=content.compare, **said)
    assert read.changed_since({bo: first.pk}) == {bo: {content.equal.pk, content.compare.pk}}


def test_the_newest_rows_of_a_class_are_told_newest_first(seen, people, now, key):
    rows = [seen(client_key=key(n), student=[people.bo, people.dee][n % 2]) for n in range(4)]
    correct.withdraw(rows[3], by=people.ada, at=now, why="typed wrong", client_key=key(9))
    both = [people.bo.pk, people.dee.pk]
    assert read.newest_of(both, n=2) == [rows[2], rows[1]]
    assert read.newest_of([people.dee.pk], n=5) == [rows[1]]


# What ANALYZE wrote about a table with a year of a thousand children (2 million rows).
A_YEAR = {
    "evidence_newest_of_student": "1996341 1981 1",
    "evidence_of_a_student": "1996341 1981 50 1",
    "sqlite_autoindex_evidence_evidence_1": "1996341 1",
    "sqlite_autoindex_evidence_evidence_2": "1996341 1996341",
}


@pytest.fixture(params=["no statistics", "a year's statistics"])
def however_much_it_knows(request, db):
    """SQLite chooses its way by statistics where it has them; a school's file may or may not."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1")
        if request.param == "a year's statistics":
            lines = [("evidence_evidence", index, stat) for index, stat in A_YEAR.items()]
            cursor.executemany("INSERT INTO sqlite_stat1 VALUES (%s, %s, %s)", lines)
        cursor.execute("ANALYZE sqlite_master")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("ANALYZE sqlite_master")


def test_pieces_walk_the_index_of_each_child(however_much_it_knows):
    plan = plan_of(read.PIECES.format(students="%s, %s", competencies="IS NOT NULL"), [1, 2])
    assert "SEARCH e USING INDEX evidence_of_a_student (student_id=? AND competency_id>?)" in plan
    assert "SEARCH later USING COVERING INDEX" in plan
    assert "SCAN" not in plan


def test_pieces_of_one_competency_walk_both_columns(however_much_it_knows):
    plan = plan_of(read.PIECES.format(students="%s", competencies="IN (%s, %s)"), [1, 2, 3])
    assert "SEARCH e USING INDEX evidence_of_a_student (student_id=? AND competency_id=?)" in plan


def test_the_newest_row_is_one_step_down_an_index(however_much_it_knows):
    plan = plan_of(read.NEWEST.format(students="%s, %s"), [1, 2])
    assert "SEARCH e USING COVERING INDEX evidence_newest_of_student (student_id=?)" in plan
    assert "SCAN" not in plan


def test_what_changed_walks_only_what_is_new(however_much_it_knows):
    plan = plan_of(read.CHANGED.format(pairs="(%s, %s), (%s, %s)"), [1, 7, 2, 9])
    assert "SEARCH e USING INDEX evidence_newest_of_student (student_id=? AND id>?)" in plan
    assert "SEARCH was USING INTEGER PRIMARY KEY" in plan
    assert "SCAN e" not in plan


def test_the_newest_rows_of_each_child_walk_an_index(however_much_it_knows):
    plan = plan_of(read.NEWEST_OF_EACH.format(students="%s, %s", each=8), [1, 2])
    assert "SEARCH n USING INDEX evidence_newest_of_student (student_id=?)" in plan
    assert "SEARCH e USING INTEGER PRIMARY KEY" in plan
    assert "SCAN" not in plan
