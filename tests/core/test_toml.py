"""Whoever writes TOML for the first time is told the line, what stands there, and what was expected."""

import pytest

from plainview.core.mendable import Mendable
from plainview.core.toml import toml_of


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "a = 1\nchecks = [adaptivity]\n",
            "line 2: found 'checks = [adaptivity]', expected a value: text in",
        ),
        (
            'name = "it\nx = 1\n',
            "line 1: found 'name = \"it', expected text whose quotes are closed on the same",
        ),
        ("name = it is\n", "line 1: found 'name = it is', expected a value"),
        ("a = 1\nseed\n", "line 2: found 'seed', expected name = value."),
        ("seed = 1\nseed = 2\n", "line 2: found 'seed = 2', expected each name once in its table."),
        ("seed = 1 2\n", "line 1: found 'seed = 1 2', expected one value on a line, and no more."),
        (
            "[[a]\nseed = 1\n",
            "line 1: found '[[a]', expected as many brackets at the end as at the beginning.",
        ),
        ("a = [1, 2\nseed = 1\n", "line 2: found 'seed = 1', expected a list that is closed with ]."),
        ('a = 1\nb = """x', 'line 2: found \'b = """x\', expected text whose quotes are closed.'),
        ('a = "C:\\path"\n', "line 1: found 'a = \"C:\\path\"', expected in double quotes \\\\ for each \\"),
        ("[a]\n[a]\n", "line 2: found '[a]', expected each [table] once"),
        ("on = 2026-02-31\n", "line 1: found 'on = 2026-02-31', expected a day that there is"),
        ("x = \n", "line 1: found 'x =', expected a value"),
        ("a. = 3\n", "line 1: found 'a. = 3', expected a name for the value."),
        ("%\n", "line 1: found '%', expected name = value, or [table]."),
    ],
)
def test_what_is_wrong_is_told_with_its_line_in_plain_words(text, told):
    with pytest.raises(Mendable) as fault:
        toml_of(text, file="plan.toml")
    assert str(fault.value).startswith(f"plan.toml, {told}")
    assert "toml.io" not in str(fault.value)


def test_what_nobody_foresaw_is_told_with_its_line_all_the_same():
    with pytest.raises(Mendable, match=r"^plan\.toml, line 1: found 'a = \{b = 1,\}', expected "):
        toml_of("a = {b = 1,}\n", file="plan.toml")


def test_lists_within_lists_without_end_are_a_sentence():
    with pytest.raises(Mendable, match=r"plan\.toml: found lists within lists"):
        toml_of("a = " + "[" * 100_000, file="plan.toml")


def test_what_is_well_written_is_read():
    assert toml_of('a = "b"\n[c]\nd = [1]\n', file="x") == {"a": "b", "c": {"d": [1]}}
