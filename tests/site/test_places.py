"""The menu: each role has somewhere to go, and every place in it has an address."""

import pytest
from django.urls import reverse

from plainview.lobby.people.models import Role
from plainview.site.places import PLACES, places_of


def test_every_role_has_somewhere_to_go():
    assert set(PLACES) == set(Role)


@pytest.mark.parametrize("role", PLACES)
def test_every_place_of_the_menu_has_an_address_and_words(role):
    """A name that is written wrong would vanish from the menu, as a face that is off does."""
    assert [reverse(name) for name, _words in PLACES[role]] == [
        address for address, _words in places_of(role)
    ]
    assert all(str(words) for _name, words in PLACES[role])
