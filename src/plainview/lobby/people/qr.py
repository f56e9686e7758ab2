"""An address as a picture, for paper: badges and paper twins.

In:   an address of this house.
Out:  a picture that stands inside the page: no request of its own, nothing sent anywhere. Dark squares that
      touch are one line, so that a sheet of 28 badges stays light.
Not here: what is behind the address. Who scans it signs in like anyone else.
"""

from itertools import groupby
from urllib.parse import quote

from qrcode import QRCode

PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -.5 {size} {size}">'
    '<path fill="none" stroke="#000" d="{path}"/></svg>'
)


def qr(address: str) -> str:
    code = QRCode(border=1)
    code.add_data(address)
    rows = code.get_matrix()
    path = "".join(_lines(row, y) for y, row in enumerate(rows))
    return "data:image/svg+xml," + quote(PICTURE.format(size=len(rows), path=path), safe=",:/='")


def _lines(row: list[bool], y: int) -> str:
    found, x = "", 0
    for is_dark, squares in groupby(row):
        length = len(list(squares))
        found += f"M{x},{y}h{length}" if is_dark else ""
        x += length
    return found
