"""Tries are counted by place and hour, and what is kept of a place tells nobody where it is."""

import pickle
from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory

from plainview.lobby.people.from_here import from_here
from plainview.lobby.people.hourly import Tries

AT = datetime(2026, 11, 23, 15, 10, tzinfo=UTC)


def from_place(address: str, **headers):
    return RequestFactory(REMOTE_ADDR=address, headers=headers).post("/")


def test_so_many_an_hour_and_no_more():
    tries = Tries()
    taken = [tries.take(from_place("203.0.113.7"), of="a", most=2, at=AT) for _n in range(3)]
    assert taken == [True, True, False]


def test_another_place_and_another_form_have_counts_of_their_own():
    tries = Tries()
    tries.take(from_place("203.0.113.7"), of="a", most=1, at=AT)
    assert tries.take(from_place("203.0.113.8"), of="a", most=1, at=AT)
    assert tries.take(from_place("203.0.113.7"), of="b", most=1, at=AT)


def test_at_the_turn_of_the_hour_all_is_forgotten():
    tries = Tries()
    tries.take(from_place("203.0.113.7"), of="a", most=1, at=AT)
    key = tries._key
    assert tries.take(from_place("203.0.113.7"), of="a", most=1, at=AT + timedelta(hours=1))
    assert tries._key != key and len(tries._counts) == 1


def test_no_address_can_be_read_from_what_is_kept():
    """Not even by trying all addresses there are: the key goes with the hour."""
    tries, other = Tries(), Tries()
    for one in (tries, other):
        one.take(from_place("203.0.113.7"), of="a", most=1, at=AT)
    assert b"203.0.113.7" not in pickle.dumps(dict(tries._counts))
    assert set(tries._counts) != set(other._counts)


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({}, True),
        ({"origin": "http://testserver", "sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"origin": "https://elsewhere.example"}, False),
        ({"origin": "null"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
    ],
)
def test_a_form_comes_from_a_page_of_ours_or_is_not_taken(headers, is_ours):
    assert from_here(from_place("203.0.113.7", **headers)) == is_ours
