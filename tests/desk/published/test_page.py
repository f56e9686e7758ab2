"""The format of a published page: what it lets in, and that it is written down in one way only."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.desk.published.three_products import FRACTAL, GAIN, STEADY, WORDWISE

from plainview.desk.published import page as p
from plainview.desk.published.words import plain

texts = st.text(st.characters(codec="utf-8"), max_size=40)
effects = st.builds(
    p.Effect,
    name=texts,
    value=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    unit=st.sampled_from(["share", "", "points"]),
    n=st.none() | st.integers(0, 10**9),
    of=texts,
)


@pytest.mark.parametrize("page", [FRACTAL, WORDWISE, STEADY], ids=lambda page: page.product.slug)
def test_a_page_is_read_back_as_it_was_written(page):
    assert p.read(p.canonical(page)) == page
    assert p.canonical(p.read(p.canonical(page))) == p.canonical(page)


@given(name=texts.filter(str.strip), says=texts, effect=effects)
def test_whatever_words_and_numbers_stand_in_it_come_back(name, says, effect):
    finding = FRACTAL.findings[0].model_copy(update={"sentence": says, "effect": effect})
    product = FRACTAL.product.model_copy(update={"name": name})
    page = FRACTAL.model_copy(update={"product": product, "findings": (finding,)})
    assert p.read(p.canonical(page)) == page


def test_keys_stand_in_order_and_nothing_is_spaced():
    told = json.loads(p.canonical(FRACTAL))
    assert list(told) == sorted(told)
    assert b'": ' not in p.canonical(STEADY)


def test_the_label_has_its_eight_rows_in_their_order():
    with pytest.raises(ValidationError, match="the eight, in the order"):
        p.Page.model_validate(FRACTAL.model_dump() | {"label": FRACTAL.model_dump()["label"][::-1]})


def test_nothing_is_let_in_that_the_format_does_not_name():
    with pytest.raises(ValidationError, match="Extra inputs"):
        p.Page.model_validate(FRACTAL.model_dump() | {"score": 4})


def test_money_goes_from_somebody_to_somebody():
    told = {"from": "A", "to": "B", "amount": 5, "year": 2024, "source": "990"}
    assert p.Funder.model_validate(told).giver == "A"
    assert json.loads(p.canonical(FRACTAL))["money"]["funders"][0]["from"] == "Bright Foundation"


def test_one_text_is_english():
    assert p.Theme.model_validate({"theme": "Time", "n": 1}).theme == p.Words(en="Time")


@pytest.mark.parametrize(
    "svg",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://elsewhere.example/x.png"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><a href="javascript:alert(1)"><text>x</text></a></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><rect style="fill:url(https://elsewhere.example)"/></svg>',
        '<!DOCTYPE svg [<!ENTITY x "y">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>',
        "<p>no picture</p>",
        "<svg",
    ],
)
def test_a_picture_holds_shapes_and_words_alone(svg):
    with pytest.raises(ValidationError):
        p.Finding(**FRACTAL.findings[0].model_dump() | {"chart_svg": svg})


def test_our_own_pictures_are_let_through():
    assert p.only_drawn(GAIN.svg) == GAIN.svg


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//elsewhere.example", "ftp://x"])
def test_a_link_leads_to_a_page(url):
    with pytest.raises(ValidationError, match="begins with https"):
        p.Document(title="x", kind="policy", url=url)


@pytest.mark.parametrize("slug", ["compare", "A", "a b", "../a", ""])
def test_a_product_has_an_address_of_its_own(slug):
    with pytest.raises(ValidationError):
        p.Product(slug=slug, name="x", vendor="y")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (4.0, "4"),
        (0.36, "0.36"),
        (-0.0512, "−0.0512"),
        (61240, "61,240"),
        (1e-9, "1e-09"),
        (12.345, "12.3"),
    ],
)
def test_numbers_are_told_with_three_digits(value, said):
    assert plain(value) == said
