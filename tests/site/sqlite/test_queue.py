"""Those who write stand in a queue: one at a time in a process, in the order in which they came."""

import threading
import time

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from plainview.lobby.people.models import School

pytestmark = pytest.mark.django_db(transaction=True)
N_WRITERS, N_EACH = 6, 5


def in_a_thread(deed) -> tuple[threading.Thread, list]:
    said: list = []

    def run() -> None:
        try:
            said.append(deed())
        except Exception as fault:
            said.append(fault)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, said


def write(name: str) -> str:
    with transaction.atomic():
        School.objects.create(identifier=name, name=name)
        time.sleep(0.002)
    return name


def test_many_writers_lose_nothing():
    def each(n: int):
        return lambda: [write(f"{n}-{k}") for k in range(N_EACH)]

    threads = [in_a_thread(each(n)) for n in range(N_WRITERS)]
    for thread, _said in threads:
        thread.join()
    assert School.objects.filter(identifier__contains="-").count() == N_WRITERS * N_EACH


def test_who_comes_while_another_writes_waits_for_the_end():
    with transaction.atomic():
        School.objects.create(identifier="first", name="First")
        thread, said = in_a_thread(lambda: write("second"))
        thread.join(0.1)
        assert not said
    thread.join()
    assert said == ["second"]


def test_a_writer_who_fails_gives_up_the_turn():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        1 / 0  # noqa: B018
    thread, said = in_a_thread(lambda: write("after"))
    thread.join(5)
    assert said == ["after"]


def test_a_connection_that_closes_gives_up_the_turn():
    def leave() -> None:
        with transaction.atomic():
            connection.close()

    thread, _said = in_a_thread(leave)
    thread.join(5)
    assert write("after") == "after"


def test_who_waits_too_long_is_told_so(monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    with transaction.atomic():
        thread, said = in_a_thread(lambda: write("late"))
        thread.join()
    assert isinstance(said[0], OperationalError)


def test_a_block_inside_a_block_takes_no_second_turn():
    with transaction.atomic(), transaction.atomic(), CaptureQueriesContext(connection) as asked:
        School.objects.create(identifier="inner", name="Inner")
    assert not any("BEGIN" in one["sql"] for one in asked)
