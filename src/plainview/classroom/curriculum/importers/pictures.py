"""Pictures of other collections, drawn again pixel by pixel before they are kept.

In:   the bytes of a file that says it is a picture.
Out:  a PNG of our own making, without whatever else the file carried; or the sentence why not.
Not here: photographs of children's work (evidence.images).
"""

from __future__ import annotations

import hashlib
import io
import warnings

from PIL import Image, UnidentifiedImageError

from ..models import Picture

LARGEST_FILE = 5_000_000  # bytes
LARGEST_SIDE = 1600  # pixels: twice the width of a page
MOST_PIXELS = 20_000_000
FORMATS = ["PNG", "GIF", "JPEG", "WEBP"]


class NoPicture(Exception):
    """Why these bytes are not kept."""


def keep_picture(raw: bytes) -> Picture:
    """The row of this picture; the same bytes lead to the same row."""
    png, size = _drawn_again(raw)
    name = hashlib.sha256(png).hexdigest()
    return Picture.objects.get_or_create(
        identifier=name, defaults={"png": png, "width": size[0], "height": size[1]}
    )[0]


def _drawn_again(raw: bytes) -> tuple[bytes, tuple[int, int]]:
    if len(raw) > LARGEST_FILE:
        raise NoPicture(f"a picture of at most {LARGEST_FILE:,} bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _redrawn(raw)
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ) as problem:
        raise NoPicture("a PNG, GIF, JPEG or WebP picture that can be opened") from problem
    except Image.DecompressionBombWarning as problem:
        raise NoPicture(f"a picture of at most {MOST_PIXELS:,} pixels") from problem


def _redrawn(raw: bytes) -> tuple[bytes, tuple[int, int]]:
    with Image.open(io.BytesIO(raw), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise NoPicture(f"a picture of at most {MOST_PIXELS:,} pixels")
        # The first frame only: nothing on our pages moves.
        drawn = picture.convert("RGBA")
    drawn.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue(), drawn.size
