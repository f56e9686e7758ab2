"""A family chooses without explaining, and takes it back as easily."""

import pytest
from django.urls import reverse

from plainview.lobby.people.choices import choices_of, choose, chosen
from plainview.lobby.people.models import FamilyChoice
from plainview.lobby.people.policy import NotSeen

pytestmark = pytest.mark.django_db
PAPER = FamilyChoice.Kind.PAPER_ONLY


def test_the_newest_choice_holds(people, now):
    choose(people.bo, kind=PAPER, chosen=True, by=people.eve, at=now)
    assert chosen([people.bo.pk, people.dee.pk], PAPER) == {people.bo.pk}
    choose(people.bo, kind=PAPER, chosen=False, by=people.eve, at=now)
    assert chosen([people.bo.pk], PAPER) == set()


def test_nothing_is_chosen_until_a_family_chooses(people):
    assert not any(choices_of(people.bo).values())


@pytest.mark.parametrize("who", ["ada", "bo", "cy", "dee", "fay", "gus", "hal"])
def test_nobody_else_chooses_for_a_family(who, people, now):
    with pytest.raises(NotSeen):
        choose(people.bo, kind=PAPER, chosen=True, by=getattr(people, who), at=now)


def test_the_page_asks_for_no_reason(signed_in_as, people):
    client = signed_in_as(people.eve)
    page = client.get(reverse("people:choices", args=[people.bo.pk])).content.decode()
    assert "<textarea" not in page
    client.post(reverse("people:choices", args=[people.bo.pk]), {"kind": "no_photos", "chosen": "yes"})
    assert choices_of(people.bo)["no_photos"]


def test_another_familys_child_is_not_found(signed_in_as, people):
    client = signed_in_as(people.hal)
    assert client.get(reverse("people:choices", args=[people.bo.pk])).status_code == 404
