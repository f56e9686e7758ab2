"""One way to write a thing down."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.learner.piece import Kind
from plainview.core.rules.canonical import as_bytes, plain


@dataclass
class Thing:
    with_: int = 1
    unseen: int = field(default=2, compare=False)


def test_numbers_are_rounded_to_six_decimals():
    assert plain([0.1 + 0.2, 1e-9, -1e-9, 2]) == [0.3, 0.0, 0.0, 2]
    assert as_bytes(-1e-9) == b"0.0\n"


def test_the_order_of_fields_does_not_matter():
    assert (
        as_bytes({"b": 1, "a": "ü"}) == as_bytes({"a": "ü", "b": 1}) == '{\n "a": "ü",\n "b": 1\n}\n'.encode()
    )


def test_what_is_kept_for_speed_only_is_not_written():
    assert plain(Thing()) == {"with": 1}


def test_a_word_of_a_closed_list_is_written_as_the_word():
    assert plain({Kind.TALK: Kind.ANSWER}) == {"talk": "answer"}


@given(st.sampled_from([float("nan"), float("inf"), -float("inf")]))
def test_a_number_without_end_cannot_be_written(number):
    with pytest.raises(ValueError, match="finite"):
        as_bytes({"low": number})
