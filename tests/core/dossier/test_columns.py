"""A small table, read whole: blanks, numbers, yes and no, and every fault by its line."""

import numpy as np
import pytest

from plainview.core.dossier.columns import columns_of
from plainview.core.mendable import Mendable


def _table(folder, text, **rest):
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    return columns_of(path, file="t.csv", **rest)


def test_blanks_as_statistics_programs_write_them(tmp_path):
    table = _table(tmp_path, "a,b\n1,x\nNA,none\n.,\n 2.5 ,NULL\n")
    assert np.array_equal(table.number("a"), [1, np.nan, np.nan, 2.5], equal_nan=True)
    assert table.text("b").tolist() == ["x", "none", "", ""]


def test_yes_and_no_in_many_words(tmp_path):
    table = _table(tmp_path, "a,b\nyes,MathPath\n0,other\nTRUE,mathpath\n,\n")
    assert np.array_equal(table.yes("a"), [1, 0, 1, np.nan], equal_nan=True)
    assert np.array_equal(table.yes("b", is_yes="MathPath"), [1, 0, 1, np.nan], equal_nan=True)


def test_every_fault_stands_with_its_line(tmp_path):
    table = _table(tmp_path, "a\n1\ntwo\n3\nfour\n")
    with pytest.raises(Mendable) as fault:
        table.number("a")
    assert fault.value.faults == (
        "t.csv, line 3, column 'a': found 'two', expected a number.",
        "t.csv, line 5, column 'a': found 'four', expected a number.",
    )
    with pytest.raises(Mendable, match="found 'two', expected yes or no"):
        table.yes("a")


def test_a_column_that_is_not_there_is_told_beside_those_that_are(tmp_path):
    with pytest.raises(Mendable, match="found no column 'c' in a, b"):
        _table(tmp_path, "a,b\n1,2\n").number("c")


def test_columns_may_be_called_otherwise(tmp_path):
    assert _table(tmp_path, "their,b\n1,2\n", mapping={"ours": "their"}).number("ours").tolist() == [1]


def test_a_table_without_rows_is_empty(tmp_path):
    assert _table(tmp_path, "a,b\n").number("a").tolist() == []
