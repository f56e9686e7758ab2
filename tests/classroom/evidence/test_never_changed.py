"""The database itself refuses to change or drop what was written. (Invariant 1.)"""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from plainview.classroom.evidence import amend, judge
from plainview.classroom.evidence.models import Amendment, Erasure, Evidence, Judgement, Work

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(seen, people, content, now, today):
    seen()
    judge.judge(student=people.bo, competency=content.equal, state="steady", words="", by=people.ada, at=now)
    Work.objects.create(student=people.bo, title="A strip", made_on=today, by=people.ada, at=now)
    amend.ask(student=people.bo, evidence=None, words="He was ill.", by=people.eve, at=now)


def refused(change) -> None:
    with pytest.raises(DatabaseError, match=r"never changed|answered once"), transaction.atomic():
        change()


def dropped(table: str) -> None:
    """As someone would who writes SQL by hand."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608


def overwritten(table: str, by: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET by_id = %s", [by])  # noqa: S608


@pytest.mark.parametrize("model", [Evidence, Judgement, Work, Amendment])
def test_no_way_leads_to_dropping_a_row(rows, model):
    table = model._meta.db_table
    refused(lambda: model.objects.all().delete())
    refused(lambda: model.objects.all()._raw_delete("default"))
    refused(lambda: dropped(table))
    assert model.objects.count() == 1


@pytest.mark.parametrize("model", [Evidence, Judgement, Work])
def test_no_way_leads_to_changing_a_row(rows, model, people):
    refused(lambda: model.objects.update(by=people.fay))
    refused(model.objects.get().save)
    refused(lambda: overwritten(model._meta.db_table, people.fay.pk))
    assert model.objects.get().by == people.ada


def test_a_row_is_not_replaced_under_its_own_number(rows):
    """SQLite's REPLACE deletes without asking the triggers, unless it is told to ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM evidence_evidence")
        row = cursor.fetchone()
        refused(
            lambda: cursor.execute(
                f"INSERT OR REPLACE INTO evidence_evidence VALUES ({', '.join(['%s'] * len(row))})",  # noqa: S608
                row,
            )
        )


def test_the_familys_words_stay_and_the_answer_comes_once(rows, people, now):
    refused(lambda: Amendment.objects.update(words="something kinder"))
    refused(lambda: Amendment.objects.update(student=people.dee))
    amend.answer(Amendment.objects.get(), words="I put it right.", by=people.ada, at=now)
    refused(lambda: Amendment.objects.update(answer="I did not."))


def test_an_open_certificate_opens_the_gate_for_its_own_child_only(rows, seen, people, now, key):
    seen(student=people.dee, client_key=key(2))
    opened = {"ground": "right", "done_by_number": 1, "at": now}
    certificate = Erasure.objects.create(student_number=people.bo.pk, is_open=True, **opened)
    refused(lambda: Evidence.objects.filter(student=people.dee)._raw_delete("default"))
    refused(lambda: Evidence.objects.filter(student=people.bo).update(shown=0))
    Amendment.objects.filter(student=people.bo)._raw_delete("default")
    Evidence.objects.filter(student=people.bo)._raw_delete("default")
    assert [row.student for row in Evidence.objects.all()] == [people.dee]
    certificate.is_open = False
    certificate.save()
    refused(lambda: dropped("evidence_judgement"))


def test_a_certificate_stays_and_does_not_open_again(people, now):
    closed = Erasure.objects.create(
        student_number=people.bo.pk, is_open=False, ground="right", done_by_number=1, at=now
    )
    refused(lambda: Erasure.objects.update(is_open=True))
    refused(closed.delete)


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ({"shown": 1.5}, "shown_is_a_share"),
        ({"kind": "answer"}, "an_answer_has_an_item"),
        ({"withdrawn": True}, "only_a_correction_withdraws"),
    ],
)
def test_the_database_holds_the_shape_of_a_row(seen, people, content, now, today, key, fault, rule):
    sound = {"student": people.bo, "kind": "observation", "medium": "paper", "on": today, "at": now}
    sound |= {"by": people.ada, "client_key": key(3)}
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Evidence.objects.create(**(sound | fault))
    first = Evidence.objects.create(**sound)
    with pytest.raises(IntegrityError, match="a_correction_has_a_reason"), transaction.atomic():
        Evidence.objects.create(**(sound | {"supersedes": first, "client_key": key(4)}))
