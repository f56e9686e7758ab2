"""Equal in value is right; a known wrong answer keeps its name; what cannot be read counts neither way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.classroom.curriculum.amounts import read_typed
from plainview.classroom.curriculum.mark import can_be_read, mark
from plainview.classroom.curriculum.models import Item

CHOICES = [
    {"key": "k1", "label_html": "3/5", "text": "3/5", "right": False, "misconception": "part-to-part"},
    {"key": "k2", "label_html": "3/8", "text": "3/8", "right": True, "misconception": ""},
]


def typed(text, form="any", known_wrong=(), response="fraction"):
    return Item(response=response, answer={"text": text, "form": form, "known_wrong": list(known_wrong)})


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("3/4", "3/4"),
        (" 3 / 4 ", "3/4"),
        ("2 1/4", "2 1/4"),
        ("2 and 1/4", "2 1/4"),
        ("2+1/4", "2 1/4"),
        ("2¼", "2 1/4"),
        ("¾", "3/4"),
        ("0,5", "0.5"),
        (".5", ".5"),
        ("12", "12"),
        ("10/4", "10/4"),
    ],
)
def test_what_a_child_writes_is_read_as_it_is_meant(words, value):
    assert read_typed(words).text == value


@pytest.mark.parametrize(
    "words", ["", "three", "3/0", "1/2/3", "--3", "1e5", "9" * 60, "3/", "½½", "1 2", "<b>", "٣x"]
)
def test_what_is_no_amount_is_not_guessed_at(words):
    assert read_typed(words) is None
    assert not can_be_read(typed("1/2"), words)
    assert mark(typed("1/2"), words).right is None


@pytest.mark.parametrize(
    ("item", "given", "right"),
    [
        (typed("3/4"), "3/4", True),
        (typed("3/4"), "6/8", True),
        (typed("3/4"), "0.75", True),
        (typed("5/4"), "1 1/4", True),
        (typed("3/4"), "4/3", False),
        (typed("3/4", {"bottom": 12}), "9/12", True),
        (typed("3/4", {"bottom": 12}), "3/4", False),
        (typed("5/4", "mixed"), "1 1/4", True),
        (typed("5/4", "mixed"), "5/4", False),
        (typed("9/4", "mixed"), "1 5/4", False),
        (typed("3", "whole"), "3", True),
        (typed("3", "whole"), "12/4", False),
        (typed("0.3", "decimal"), "0.30", True),
        (typed("0.3", "decimal"), "3/10", False),
    ],
)
def test_a_typed_answer(item, given, right):
    assert mark(item, given).right is right


def test_the_right_amount_in_another_writing_is_told_apart_from_a_wrong_one():
    assert mark(typed("5/4", "mixed"), "5/4").equal_but_written_otherwise
    assert not mark(typed("5/4", "mixed"), "6/4").equal_but_written_otherwise


def test_a_known_wrong_answer_keeps_its_name_however_it_is_written():
    item = typed("3/4", known_wrong=[{"text": "1/2", "misconception": "gap-thinking"}])
    assert mark(item, "2/4").misconception == "gap-thinking"
    assert mark(item, "1/5").misconception == ""
    assert mark(item, "3/4").misconception == ""


def test_a_choice_is_known_by_its_key_and_on_paper_by_its_words():
    item = Item(response="choice", choices=CHOICES, answer={"key": "k2", "text": "3/8"})
    assert mark(item, "k2").right is True
    assert mark(item, "3/5").misconception == "part-to-part"
    assert mark(item, "k9").right is None
    assert not can_be_read(item, "k9")


def test_words_of_others_are_right_or_left_to_a_person():
    item = Item(response="text", answer={"text": "4x+12", "accept": ["4x+12", "12+4x"]})
    assert mark(item, " 12+4x ").right is True
    assert mark(item, "4(x+3)").right is None


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789/ .,-+½¾ and", max_size=12) | st.text(max_size=50))
def test_whatever_is_typed_is_an_amount_or_is_asked_for_once_more(words):
    read = read_typed(words)
    assert (read is not None) == can_be_read(typed("1/2"), words)
    if read is not None:
        assert read_typed(read.text).value == read.value  # what we show back means the same
