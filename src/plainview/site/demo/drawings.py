"""Made-up work on paper: a strip or a number line, drawn with an unsteady hand on squared paper.

In:   a fraction and a seed.
Out:  the bytes of a JPEG, as a phone would hand them over.
Not here: real work of real children.
"""

import random
from io import BytesIO

from PIL import Image, ImageDraw

WIDTH, HEIGHT, SQUARE = 900, 560, 28
PAPER, RULES, PENCIL, CRAYONS = "#fbfaf4", "#d7e2ea", "#3a3f46", ["#c9773f", "#4f8a78", "#5b7fb3", "#b3658c"]


def strip(top: int, bottom: int, *, seed: int) -> bytes:
    """A bar cut into ``bottom`` parts, ``top`` of them coloured."""
    chance = random.Random(seed)
    page, pen = _paper()
    left, right, upper, lower = 90, WIDTH - 90, 200, 330
    edges = [
        left + (right - left) * i / bottom + chance.gauss(0, 3) * (0 < i < bottom) for i in range(bottom + 1)
    ]
    crayon = chance.choice(CRAYONS)
    for i in range(top):
        _hatch(pen, edges[i], edges[i + 1], upper, lower, crayon, chance)
    for edge in edges:
        _line(pen, (edge, upper), (edge, lower), chance)
    for level in (upper, lower):
        _line(pen, (left, level), (right, level), chance)
    _write(pen, (left, lower + 50), f"{top}/{bottom}")
    return _jpeg(page)


def number_line(top: int, bottom: int, *, seed: int) -> bytes:
    """A line from 0 to 1 with ``bottom`` spaces and a dot at ``top``."""
    chance = random.Random(seed)
    page, pen = _paper()
    left, right, level = 90, WIDTH - 90, 290
    _line(pen, (left, level), (right, level), chance)
    for i in range(bottom + 1):
        at = left + (right - left) * i / bottom + chance.gauss(0, 2)
        _line(pen, (at, level - 22), (at, level + 22), chance)
    dot = left + (right - left) * top / bottom
    pen.ellipse((dot - 12, level - 12, dot + 12, level + 12), fill=chance.choice(CRAYONS))
    for at, text in ((left, "0"), (right, "1"), (dot, f"{top}/{bottom}")):
        _write(pen, (at - 14, level + 44), text)
    return _jpeg(page)


def _paper() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    page = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(page)
    for at in range(0, WIDTH, SQUARE):
        pen.line((at, 0, at, HEIGHT), fill=RULES)
    for at in range(0, HEIGHT, SQUARE):
        pen.line((0, at, WIDTH, at), fill=RULES)
    return page, pen


def _line(pen: ImageDraw.ImageDraw, start: tuple, end: tuple, chance: random.Random) -> None:
    """Six short strokes, each a little beside the last: a hand, not a ruler."""
    points = [
        tuple(a + (b - a) * i / 6 + chance.gauss(0, 1.4) for a, b in zip(start, end, strict=True))
        for i in range(7)
    ]
    pen.line(points, fill=PENCIL, width=4, joint="curve")


def _hatch(pen, left: float, right: float, upper: float, lower: float, colour: str, chance) -> None:
    at = left + 6
    while at < right - 4:
        pen.line((at, upper + 8, at + chance.gauss(6, 2), lower - 8), fill=colour, width=6)
        at += 11


def _write(pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str) -> None:
    pen.text(at, text, fill=PENCIL, font_size=38)


def _jpeg(page: Image.Image) -> bytes:
    out = BytesIO()
    page.save(out, "JPEG", quality=82)
    return out.getvalue()
