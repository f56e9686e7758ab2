"""Two thousand products are found by words, by mark, by claim and by vendor."""

import re
from time import perf_counter

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from tests.desk.published.three_products import FRACTAL, WORDWISE

from plainview.desk.public import shelf
from plainview.desk.published import words
from plainview.desk.published.cards import card_of
from plainview.desk.published.page import Mark, Row


def slugs(**asked: str) -> list[str]:
    return [one.slug for one in shelf.find(shelf.wanted(asked)).cards]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["fractal", "steady", "wordwise"]),
        ({"q": "FRACTIONS tablet"}, ["fractal"]),
        ({"q": "lantern"}, ["wordwise"]),
        ({"q": "no tracking"}, ["wordwise"]),
        ({"adapts": "shown_not_to"}, ["fractal"]),
        ({"adapts": "cannot_say", "leaves": "shown"}, ["wordwise"]),
        ({"claim": "safe"}, ["fractal", "wordwise"]),
        ({"vendor": "Acme Learning"}, ["fractal"]),
        ({"vendor": "acme"}, []),
        ({"adapts": "nonsense", "claim": "x", "page": "-3"}, ["fractal", "steady", "wordwise"]),
    ],
)
def test_what_is_asked_for_is_found(three, asked, found):
    assert slugs(**asked) == found


@given(
    asked=st.dictionaries(st.sampled_from(["q", "adapts", "claim", "vendor", "page"]), st.text(max_size=30))
)
def test_no_address_is_too_strange_to_be_understood(asked):
    wanted = shelf.wanted(asked)
    assert wanted.page >= 1
    assert set(wanted.marks) <= set(Row) and set(wanted.marks.values()) <= set(Mark)


def test_two_thousand_are_searched_within_a_blink(monkeypatch):
    cards = [
        card_of(page).model_copy(update={"slug": f"{page.product.slug}-{n}"})
        for n in range(1000)
        for page in (FRACTAL, WORDWISE)
    ]
    full = shelf.Shelf(cards=tuple(cards), by_slug={one.slug: one for one in cards}, vendors=())
    monkeypatch.setattr(shelf, "shelf", lambda: full)
    began = perf_counter()
    found = shelf.find(shelf.wanted(QueryDict("q=fractions&works=shown&page=3")))
    took = perf_counter() - began
    assert (found.n, found.page, found.n_pages, len(found.cards)) == (1000, 3, 20, 50)
    assert took < 0.5


def test_without_any_product_the_page_says_what_would_fill_it(client, db):
    assert "Nothing has been published yet" in client.get("/products/").content.decode()


def test_what_is_searched_for_is_never_markup(reader):
    found = reader.get('/products/?q="><script>alert(1)</script>&vendor=<b>').content.decode()
    assert "<script" not in found and "<b>" not in found


def test_at_most_four_stand_side_by_side_each_once(reader):
    found = reader.get("/products/compare/?p=wordwise&p=fractal&p=wordwise&p=nobody").content.decode()
    assert found.index(">Wordwise</a>") < found.index(">Fractal</a>")
    assert found.count('data-of="Wordwise"') == len(Row) + 1


@pytest.mark.parametrize(
    "address", ["/en/products/", "/en/products/compare/?p=fractal", "/en/products/fractal/"]
)
def test_a_mark_is_said_as_an_answer_to_its_question(reader, address):
    """ "What data leaves?" "Shown not to" would read as proof that nothing does."""
    found = " ".join(reader.get(address).content.decode().split())
    marked = re.findall(r"What data leaves\?</(?:dt|th|h3)>.*?</svg> ([^<]+)</span>", found)
    assert marked[0] == "seen to leave"


def test_every_row_answers_each_mark_in_both_languages():
    for row in Row:
        told = [words.both(lambda row=row, mark=mark: words.answer(row, mark)) for mark in Mark]
        assert all(one.en != one.es for one in told)
        assert len({one.en for one in told}) == len(Mark)


def test_what_is_chosen_by_reads_as_it_is_shown(reader):
    found = reader.get("/en/products/?leaves=shown_not_to").content.decode()
    assert '<option value="shown_not_to" selected>seen to leave</option>' in found
