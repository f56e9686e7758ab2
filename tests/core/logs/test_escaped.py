"""A byte that is not UTF-8 costs its row, whatever else is wrong with that row, and never the file."""

import random

import pytest

from plainview.core.logs.door import check_log
from plainview.core.logs.escaped import Escaping
from plainview.core.logs.sheet import open_sheet

HEADER = b"student,at,item,correct\n"


def cells(path):
    sheet = open_sheet(path)
    return [
        [row[n] if not hasattr(row[n], "as_py") else row[n].as_py() for n in range(len(sheet.header))]
        for window in sheet.windows(range(len(sheet.header)))
        for row in zip(*(window.columns[n].to_pylist() for n in range(len(sheet.header))), strict=True)
    ]


def test_a_short_row_with_such_a_byte_is_told_and_the_rest_is_read(tmp_path, capfd):
    path = tmp_path / "log.csv"
    path.write_bytes(HEADER + b"a,1,x,1\nb\xff,2,x\nc\xe9,3,x,0\nd,4,x,0\n")
    found = check_log(path)
    assert found.coded.students == ("a", "d")
    assert [(one.line, one.found) for one in found.faults.first] == [
        (3, "3 cells"),
        (4, "bytes that are not UTF-8"),
    ]
    assert "Exception ignored" not in capfd.readouterr().err


def test_every_other_byte_of_a_cell_comes_out_as_it_stands_in_the_file(tmp_path):
    path = tmp_path / "log.csv"
    names = [
        "é".encode(),
        b"\xe9",
        "\U0001f600".encode(),
        b"\xf0\x9f\x98",
        bytes(range(0x80, 0x100)),
        "语".encode(),
    ]
    rows = b"".join(name + b",1,x,1\n" for name in names)
    path.write_bytes(HEADER + rows + b"\xff,2\n")
    assert [row[0] for row in cells(path)] == names


@pytest.mark.parametrize("seed", range(4))
def test_pieces_may_end_anywhere(seed):
    """Blocks end in the middle of letters; what is whole UTF-8 passes as it is."""
    chance = random.Random(seed)
    text = "".join(chance.choice("aé语\U0001f600,\n") for _ in range(500)).encode()
    escaping, given, place = Escaping(), b"", 0
    while place < len(text):
        n = chance.randrange(1, 9)
        given += escaping.piece(text[place : place + n], is_last=False)
        place += n
    given += escaping.piece(b"", is_last=True)
    assert (given, escaping.any) == (text, False)


def test_a_large_table_of_another_encoding_is_read_to_its_end(tmp_path):
    path = tmp_path / "log.csv"
    row = "Zoé,{},x,1\n"
    path.write_bytes(HEADER + "".join(row.format(n) for n in range(200_000)).encode("latin-1") + b"\xe9,1\n")
    found = check_log(path)
    assert (found.n_rows, found.faults.n) == (200_001, 200_001)
