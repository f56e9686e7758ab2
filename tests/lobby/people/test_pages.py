"""The pages of this room: who sees them, and that each adult's look is written down."""

import pytest
from django.urls import reverse

from plainview.lobby.ledger.models import Line
from plainview.lobby.people import supports
from plainview.lobby.people.models import Badge, SupportGiven

pytestmark = pytest.mark.django_db


@pytest.fixture
def support(people, now, today):
    return supports.write_down(
        people.bo,
        plan="iep",
        term="spoken",
        words="Reads aloud",
        exempt=True,
        by=people.fay,
        at=now,
        on=today,
    )


def test_a_specialist_ticks_a_support_and_a_second_tick_corrects_the_first(signed_in_as, people, support):
    client = signed_in_as(people.fay)
    for outcome in ("delivered", "refused"):
        client.post(reverse("people:tick_support", args=[support.pk]), {"outcome": outcome})
    assert list(SupportGiven.objects.values_list("outcome", flat=True)) == ["refused"]


@pytest.mark.parametrize("who", ["bo", "cy", "dee", "eve", "gus", "hal"])
def test_nobody_else_ticks_it(who, signed_in_as, people, support):
    client = signed_in_as(getattr(people, who))
    said = client.post(reverse("people:tick_support", args=[support.pk]), {"outcome": "delivered"})
    assert said.status_code == 404
    assert not SupportGiven.objects.exists()


def test_a_support_that_ended_is_gone_from_view(people, support, today):
    support.ends_on = today
    support.save()
    assert supports.supports_of([people.bo], on=today)
    assert not supports.supports_of([people.bo], on=today.replace(day=5))


def test_looking_at_supports_is_written_down_for_each_child(signed_in_as, people, support):
    signed_in_as(people.ada).get(reverse("people:supports"))
    assert Line.objects.filter(deed="people.supports.looked", by=people.ada.pk, about=people.bo.pk).exists()


def test_the_family_reads_who_looked_staff_included(signed_in_as, people, support):
    signed_in_as(people.ada).get(reverse("people:supports"))
    page = signed_in_as(people.eve).get(reverse("people:who_looked", args=[people.bo.pk])).content.decode()
    assert "Ada Okafor" in page
    assert "looked at the supports" in page


def test_badges_print_for_the_classs_teacher_only(signed_in_as, people, now):
    Badge.objects.create(student=people.bo, code="OAK7", picture="fish", made_at=now)
    url = reverse("people:badges", args=[people.room_4b.pk])
    page = signed_in_as(people.ada).get(url).content.decode()
    assert "O&#x27;Neill" in page
    assert "data:image/svg+xml" in page
    assert "No badge yet" in page  # Dee has none
    for who in (people.cy, people.bo, people.eve, people.fay):
        assert signed_in_as(who).get(url).status_code == 404


def test_the_list_of_plans_begins_with_words_and_not_with_dashes(signed_in_as, people):
    page = signed_in_as(people.ada).get(reverse("people:new_support", args=[people.bo.pk])).content.decode()
    assert '<option value="" selected>Choose the plan it comes from</option>' in page
    assert "-----" not in page
