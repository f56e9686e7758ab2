"""The picture of who gives to whom: readable aloud, safe, and no hairball."""

from decimal import Decimal

from defusedxml import ElementTree

from plainview.desk.background import flow
from plainview.desk.background.money import Flow

SVG = "{http://www.w3.org/2000/svg}"


def one(giver="Fund", receiver="Acme", amount=100) -> Flow:
    return Flow(
        giver=giver,
        receiver=receiver,
        amount=Decimal(amount),
        currency="USD",
        n_grants=1,
        first_year=2020,
        last_year=2020,
    )


def test_it_says_in_words_what_it_shows():
    root = ElementTree.fromstring(flow.picture([one(amount=900), one(giver="Other")], currency="USD"))
    assert root.find(f"{SVG}title").text == "Who gives to whom"
    assert "Fund gave Acme USD 900" in root.find(f"{SVG}desc").text
    assert root.get("role") == "img"


def test_a_band_is_as_wide_as_its_amount():
    root = ElementTree.fromstring(flow.picture([one(amount=300), one(giver="B", amount=100)], currency="USD"))
    heights = sorted(float(bar.get("height")) for bar in root.iter(f"{SVG}rect") if float(bar.get("x")) < 400)
    assert heights[1] / heights[0] == 3


def test_at_most_fourteen_bands_are_drawn_and_the_rest_is_said():
    root = ElementTree.fromstring(
        flow.picture([one(giver=f"G{i}", amount=100 - i) for i in range(40)], currency="USD")
    )
    assert len(list(root.iter(f"{SVG}path"))) == flow.MOST_DRAWN
    assert "26 smaller pairs" in root.find(f"{SVG}desc").text


def test_a_name_that_would_be_markup_stays_a_name():
    drawn = flow.picture([one(giver='<script>alert("1")</script>', receiver="A & B")], currency="USD")
    assert "<script" not in drawn
    ElementTree.fromstring(drawn)


def test_bands_of_two_givers_to_their_own_receivers_do_not_cross():
    flows = [one("A", "ya", 90), one("B", "xb", 50)]
    root = ElementTree.fromstring(flow.picture(flows, currency="USD"))
    right = [text.text for text in root.iter(f"{SVG}text") if text.text in ("ya", "xb")]
    assert right == ["ya", "xb"], "receivers stand in the order of who gives to them"


def test_nothing_is_drawn_of_nothing():
    assert flow.picture([], currency="USD") == "" == flow.picture([one(amount=0)], currency="USD")


def test_on_a_phone_each_flow_is_a_bar_as_long_as_its_amount():
    drawn = flow.bars([one(amount=300), one(giver="<b>B</b>", amount=100)], currency="USD")
    root = ElementTree.fromstring(drawn)
    longs = [float(bar.get("width")) for bar in root.iter(f"{SVG}rect")]
    assert longs == [210.0, 70.0]
    assert [text.text for text in root.iter(f"{SVG}text")][3:] == ["<b>B</b>", "→ Acme", "USD 100"]
    assert root.find(f"{SVG}title").text == "Who gives to whom"
    assert flow.bars([one(amount=0)], currency="USD") == ""
