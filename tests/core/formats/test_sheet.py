"""A small table, read; and nothing that others read is read otherwise for it."""

import csv

import pytest

from plainview.core.formats.sheet import read_sheet
from plainview.core.mendable import Mendable


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "a,a\n1,2\n"])
def test_how_long_a_cell_may_be_elsewhere_stays_as_it_was(tmp_path, text):
    """The limit of Python's csv holds for the whole process: a log was read otherwise after a table."""
    path, before = tmp_path / "items.csv", csv.field_size_limit()
    path.write_text(text)
    try:
        assert read_sheet(path).columns == {"a": ["1"], "b": ["2"]}
    except Mendable as fault:
        assert "the heading 'a' more than once" in str(fault)
    assert csv.field_size_limit() == before
