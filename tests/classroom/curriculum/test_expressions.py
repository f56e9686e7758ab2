"""The small sums of a content file: exact, and unable to reach beyond themselves."""

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainview.classroom.curriculum.amounts import Amount
from plainview.classroom.curriculum.expressions import CannotWorkOut, work_out

NAMES = {"a": 2, "b": 6, "name": "Ada", "food": {"thing": "pizza"}}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("a / b", Fraction(1, 3)),
        ("a * b - 1", 11),
        ("7 % 4", 3),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("a < b and gcd(a, b) == 2", True),
        ("'more' if a > b else 'less'", "less"),
        ("food.thing", "pizza"),
        ("sign(a / b, 1 / 3)", "="),
        ("one_of(a, 'slice', 'slices')", "2 slices"),
        ("letter(3)", "C"),
        ("val(frac(a, b)) + 1", Fraction(4, 3)),
    ],
)
def test_what_an_expression_gives(expression, value):
    assert work_out(expression, NAMES) == value


@pytest.mark.parametrize(
    ("expression", "text", "spoken"),
    [
        ("frac(a, b)", "2/6", "2 sixths"),
        ("2/4", "2/4", "2 fourths"),
        ("2 1/4", "2 1/4", "2 and 1 fourth"),
        ("as_mixed(9 / 4)", "2 1/4", "2 and 1 fourth"),
        ("as_frac(a / b)", "1/3", "1 third"),
        ("dec(3 / 100)", "0.03", "0.03"),
        ("dec(3 / 10, 2)", "0.30", "0.30"),
        ("frac(3, 2)", "3/2", "3 halves"),
        ("frac(1, 37)", "1/37", "1 over 37"),
    ],
)
def test_an_amount_keeps_the_way_it_is_written(expression, text, spoken):
    found = work_out(expression, NAMES)
    assert isinstance(found, Amount)
    assert (found.text, found.spoken) == (text, spoken)


@pytest.mark.parametrize(
    "expression",
    [
        "a.__class__",
        "a.real",
        "frac(1, 2).value.limit_denominator",
        "'words'.upper()",
        "().__class__.__mro__",
        "__import__('os')",
        "open('/etc/passwd')",
        "[x for x in (1, 2)]",
        "'%1000000000d' % 1",
        "9 ** 9 ** 9 ** 9",
        "'a' * 10 ** 9",
        "lambda: 1",
        "a := 3",
        "2/0",
        "frac(1, 0)",
        "dec(1 / 3)",
        "unknown",
        "(" * 300,
        "1 + " * 200 + "1",
    ],
)
def test_what_is_refused(expression):
    with pytest.raises(CannotWorkOut):
        work_out(expression, NAMES)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="abfrc012345(),./*+-<>=%'\" [].{}:", max_size=40) | st.text(max_size=20))
def test_whatever_stands_in_a_file_either_has_a_value_or_is_refused(expression):
    """An author's slip never becomes an error of ours."""
    with contextlib.suppress(CannotWorkOut):
        work_out(expression, NAMES)
