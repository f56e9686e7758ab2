"""An address as a picture, for paper: badges and paper twins.

In:   an address of this house.
Out:  a picture that stands inside the page: no request of its own, nothing sent anywhere.
Not here: what is behind the address. Who scans it signs in like anyone else.
"""

from base64 import b64encode
from io import BytesIO

import qrcode
from qrcode.image.svg import SvgPathImage


def qr(address: str) -> str:
    out = BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, border=1).save(out)
    return "data:image/svg+xml;base64," + b64encode(out.getvalue()).decode()
