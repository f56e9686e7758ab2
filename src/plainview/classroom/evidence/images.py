"""A photograph of a child's work: trusted only after we have drawn it again ourselves.

In:   bytes that someone says are a picture.
Out:  a JPEG of our own making, without anything a camera or an author put beside the pixels; or a sentence.
Not here: who may upload and look (policy, views); whether the family allows photos (policy).
"""

import hashlib
import io
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from plainview.classroom.evidence.policy import NotTaken

LARGEST = 8 * 1024 * 1024  # bytes; a phone's photograph is 2 to 6 MB
MOST_PIXELS = 50_000_000  # what phones take today; beyond it, decoding alone would fill the server's memory
LONGEST_SIDE = 1600  # enough to read a child's pencil on a screen and in print
FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as we keep it."""

    jpeg: bytes
    digest: str  # sha256 of jpeg
    width: int
    height: int


def redraw(upload: IO[bytes]) -> Picture:
    """The picture, drawn again: upright, at most 1600 pixels a side, and nothing else in the file."""
    raw = _read(upload)
    image = _open(raw)
    upright = _upright(image)
    jpeg = io.BytesIO()
    upright.save(jpeg, "JPEG", quality=85, optimize=True)
    return Picture(
        jpeg=jpeg.getvalue(),
        digest=hashlib.sha256(jpeg.getvalue()).hexdigest(),
        width=upright.width,
        height=upright.height,
    )


def store(picture: Picture, *, student_pk: int) -> str:
    """Put the picture in the child's private folder, under its fingerprint; the path inside MEDIA_ROOT."""
    path = f"{student_pk}/{picture.digest}.jpg"
    place = Path(settings.MEDIA_ROOT) / path
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Written beside and moved: whoever reads meanwhile sees no picture or a whole one.
    descriptor, beside = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(picture.jpeg)
    Path(beside).replace(place)
    return path


def open_stored(path: str) -> IO[bytes]:
    return (Path(settings.MEDIA_ROOT) / path).open("rb")


def remove_all_of(student_pk: int) -> None:
    """Every picture of a child; called when the rows that speak of them are gone."""
    folder = Path(settings.MEDIA_ROOT) / str(student_pk)
    if folder.exists():
        shutil.rmtree(folder)


def _read(upload: IO[bytes]) -> bytes:
    raw = upload.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise NotTaken(too_big())
    if not raw:
        raise NotTaken(_("The file is empty. Take the picture once more."))
    return raw


def too_big() -> str:
    return _("The picture is larger than 8 MB. Take it once more with a smaller size, or crop it.")


def _open(raw: bytes) -> Image.Image:
    """Checked by content, never by name; then opened again, because a check uses an image up."""
    try:
        _look(raw).verify()
        image = _look(raw)
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded no larger than needed
        image.load()
    except NotTaken:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise NotTaken(_too_many_pixels()) from bomb
    except Exception as fault:
        # Hostile bytes bring nearly every exception out of a decoder; to the person they mean one thing.
        raise NotTaken(_what_is_wrong(raw)) from fault
    return image


def _look(raw: bytes) -> Image.Image:
    """The header only: the size is asked before a single pixel is decoded."""
    image = Image.open(io.BytesIO(raw), formats=FORMATS)
    if image.width * image.height > MOST_PIXELS:
        raise NotTaken(_too_many_pixels())
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera says, then made small, then laid on white paper where it was see-through."""
    try:
        turned = ImageOps.exif_transpose(image)
    except Exception:
        turned = image  # what the camera says cannot be read; the pixels can
    if turned.mode.startswith("I"):
        # A scan with 65,536 greys; "convert" alone would turn all but the darkest into white.
        turned = turned.point(lambda grey: grey * (1 / 256)).convert("L")
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if not turned.has_transparency_data:
        return _bare(turned.convert("RGB"))
    pixels = turned.convert("RGBA")
    paper = Image.new("RGBA", pixels.size, "white")
    return _bare(Image.alpha_composite(paper, pixels).convert("RGB"))


def _bare(image: Image.Image) -> Image.Image:
    """Pixels and nothing else: what a camera wrote down (where, when, whose) stays behind."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    return bare


def _too_many_pixels() -> str:
    return _("The picture has more than 50 million pixels. Take it once more with a smaller size.")


def _what_is_wrong(raw: bytes) -> str:
    start = raw[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if raw.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or raw[:4] + raw[8:12] == b"RIFFWEBP":
        return _("The picture is damaged or only half there. Take or choose it once more.")
    if raw[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheim", b"ftyphevc"):
        return _("This is a HEIC picture. Choose JPEG in the camera's settings, or send a screenshot.")
    if start.startswith(b"%pdf"):
        return _("This is a PDF. Photograph the page, or save it as a picture.")
    if start.startswith(b"<"):
        return _(
            "This is a web page or a drawing in text, not a photograph. Send a JPEG, PNG or WEBP picture."
        )
    if start.startswith(b"#!") or _reads_as_text(raw):
        return _("This file holds text, whatever its name says. Send a JPEG, PNG or WEBP picture.")
    return _("We cannot read this as a picture. Send a JPEG, PNG or WEBP picture.")


def _reads_as_text(raw: bytes) -> bool:
    try:
        return raw[:512].decode("ascii").isprintable() or b"\n" in raw[:512]
    except UnicodeDecodeError:
        return False
