"""Feeds and tables: what happened, told once; no cell that a spreadsheet would run."""

import csv
import io
from datetime import date

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.logs.safe import BEGINS_A_FORMULA
from plainview.desk.public import feed, tables

ATOM = "{http://www.w3.org/2005/Atom}"


def titles(body: bytes) -> list[str]:
    return [one.findtext(f"{ATOM}title") for one in fromstring(body).iter(f"{ATOM}entry")]


def test_what_ran_over_stands_in_the_feed_at_its_day(reader, on):
    on(date(2026, 12, 1))
    assert titles(reader.get("/products/fractal/feed.atom").content) == [
        "Fractal: owner changed",
        "Fractal: published",
    ]
    on(date(2026, 12, 20))
    body = reader.get("/products/fractal/feed.atom").content
    assert titles(body)[0] == "Fractal: overdue"
    first = next(fromstring(body).iter(f"{ATOM}entry"))
    assert first.findtext(f"{ATOM}updated").startswith("2026-12-02T00:00:00")


def test_an_entry_keeps_its_name_from_day_to_day(three):
    monday, friday = ({one.key for one in feed.entries("fractal", on=date(2026, 12, day))} for day in (7, 11))
    assert monday == friday


def test_all_products_share_one_feed(reader, on):
    on(date(2026, 11, 20))
    assert len(titles(reader.get("/products/feed.atom").content)) == 4


def test_every_mark_is_in_the_table(reader):
    body = reader.get("/products/products.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [one["slug"] for one in rows] == ["fractal", "steady", "wordwise"]
    assert rows[0]["adapts"] == "shown_not_to"
    assert rows[0]["leaves_says"] == "A child’s first name reached one advertising company."


@pytest.mark.parametrize("sign", BEGINS_A_FORMULA)
def test_no_sign_of_a_formula_begins_a_cell_the_full_width_ones_neither(sign):
    for before in ("", " ", "'"):
        assert tables.cell(f"{before}{sign}1+1") == f"'{before}{sign}1+1"


@given(st.text(max_size=20))
def test_no_cell_begins_a_formula(text):
    assert not tables.cell(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=20))
def test_a_cell_is_read_back_as_its_words(text):
    body = tables.table(["a"], [["x" + text]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(body, newline="")))[1] == ["x" + text]
