"""The picture on a badge is the code, square by square, and light enough for a sheet of them."""

import re
from urllib.parse import unquote

from qrcode import QRCode

from plainview.lobby.people.qr import qr

ADDRESS = "https://plainview.school.example/people/badge/MAPLE10/"


def dark_squares(picture: str) -> set[tuple[int, int]]:
    lines = re.findall(r"M(\d+),(\d+)h(\d+)", unquote(picture))
    return {(int(x) + step, int(y)) for x, y, length in lines for step in range(int(length))}


def test_every_dark_square_is_drawn_and_no_other():
    code = QRCode(border=1)
    code.add_data(ADDRESS)
    squares = {(x, y) for y, row in enumerate(code.get_matrix()) for x, dark in enumerate(row) if dark}
    assert len(squares) > 200
    assert dark_squares(qr(ADDRESS)) == squares


def test_a_class_of_badges_is_a_light_page():
    assert len(qr(ADDRESS)) < 4_000
