"""Who looked: every adult, in words, newest first, to the very first look."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from plainview.lobby.ledger import write
from plainview.lobby.people import who_looked
from plainview.lobby.people.who_looked import DEEDS, looks

pytestmark = pytest.mark.django_db
SRC = Path(__file__).parents[3] / "src" / "plainview"
WRITTEN = re.compile(r"""(?:deed|looked)\(\s*["']([a-z_]+(?:\.[a-z_]+)+)["']""")


def test_every_deed_that_the_code_writes_has_words_on_the_page():
    written = {
        deed
        for path in SRC.rglob("*.py")
        if "bench" not in path.parts
        for deed in WRITTEN.findall(path.read_text())
    }
    assert len(written) > 30
    assert written <= set(DEEDS)


def test_the_childs_own_deeds_are_not_looking(people, now, today):
    write.deed("evidence.recorded", by=people.bo.pk, at=now, about=people.bo.pk)
    assert looks(people.bo, today=today) == []


def test_another_childs_lines_stay_there(people, now, today):
    write.deed("day.child.looked", by=people.ada.pk, at=now, about=people.dee.pk)
    assert looks(people.bo, today=today) == []


def test_the_newest_stands_first_with_name_role_and_deed(people, now, today):
    write.deed("day.child.looked", by=people.ada.pk, at=now - timedelta(days=1), about=people.bo.pk)
    write.deed("people.supports.looked", by=people.fay.pk, at=now, about=people.bo.pk)
    found = looks(people.bo, today=today)
    assert [(look.name, str(look.role_words), str(look.why_words)) for look in found] == [
        ("Fay Mbeki", "specialist", "looked at the supports"),
        ("Ada Okafor", "teacher", "read the child's page"),
    ]


def test_whoever_is_gone_is_said_to_be_gone(people, now, today):
    write.deed("day.child.looked", by=999_999, at=now, about=people.bo.pk)
    assert looks(people.bo, today=today)[0].name == "someone who is no longer here"


def test_the_list_goes_back_to_the_first_look(signed_in_as, people, now, monkeypatch):
    monkeypatch.setattr(who_looked, "A_PAGE", 3)
    for days in range(7):
        at = now - timedelta(days=days)
        write.deed("day.child.looked", by=people.ada.pk, at=at, about=people.bo.pk)
    client, url, n_rows = signed_in_as(people.eve), reverse("people:who_looked", args=[people.bo.pk]), 0
    # Eve's own looks are added at the top meanwhile, so a row may come twice; none is ever passed over.
    for _page in range(6):
        page = client.get(url).content.decode()
        n_rows += page.count("Ada Okafor")
        if not (older := re.search(r'href="(\?skip=\d+)"', page)):
            break
        url = reverse("people:who_looked", args=[people.bo.pk]) + older[1]
    assert n_rows >= 7


@pytest.mark.parametrize("skip", ["-1", "many", "9" * 40, "²"])
def test_a_way_back_that_makes_no_sense_is_no_error(skip, signed_in_as, people):
    url = reverse("people:who_looked", args=[people.bo.pk])
    assert signed_in_as(people.eve).get(url, {"skip": skip}).status_code == 200


@pytest.mark.parametrize("who", ["bo", "cy", "dee", "fay", "gus", "hal"])
def test_the_list_is_the_familys_and_the_teachers(who, signed_in_as, people):
    url = reverse("people:who_looked", args=[people.bo.pk])
    assert signed_in_as(getattr(people, who)).get(url).status_code == 404


def test_looking_at_the_list_is_looking(signed_in_as, people, today):
    signed_in_as(people.ada).get(reverse("people:who_looked", args=[people.bo.pk]))
    assert str(looks(people.bo, today=today)[0].why_words) == "looked at this list"


def test_two_hundred_rows_cost_two_queries(people, now, today, django_assert_num_queries):
    for n in range(250):
        write.deed("day.child.looked", by=people.ada.pk, at=now - timedelta(minutes=n), about=people.bo.pk)
    with django_assert_num_queries(2):
        assert len(looks(people.bo, today=today)) == 200


def test_many_looks_of_one_adult_within_an_hour_are_one_line_that_opens(people, now, today, signed_in_as):
    for minutes in (5, 20, 50, 62, 70):
        write.deed(
            "day.child.looked", by=people.ada.pk, at=now - timedelta(minutes=minutes), about=people.bo.pk
        )
    found = who_looked.folded(looks(people.bo, today=today))
    assert [line.n for line in found] == [4, 1]
    assert sum(line.n for line in found) == len(looks(people.bo, today=today))
    page = signed_in_as(people.eve).get(reverse("people:who_looked", args=[people.bo.pk])).content.decode()
    assert "<summary>4 looks within an hour" in page
    assert page.count("<li>read the child&#x27;s page") == 4


def test_what_was_done_and_another_adults_look_stand_on_lines_of_their_own(people, now, today):
    for minutes, by, deed in (
        (1, people.ada, "day.child.looked"),
        (2, people.ada, "evidence.corrected"),
        (3, people.ada, "day.child.looked"),
        (4, people.fay, "day.child.looked"),
    ):
        write.deed(deed, by=by.pk, at=now - timedelta(minutes=minutes), about=people.bo.pk)
    assert [line.n for line in who_looked.folded(looks(people.bo, today=today))] == [1, 1, 1, 1]
