"""A picture that can also be read aloud, and the few marks that all our pictures are made of.

In:   numbers in the picture's own units, words already in the reader's language.
Out:  SVG with a title and a description; every word escaped, every colour a class by its role.
Not here: colours, fonts, sizes on the page. They stand in the site's one file of tokens.

Roles: axis, zero, doubt, estimate, bar, cap, label. Minutes promised are an axis in outline, minutes spent or
delivered a bar. The text's size is in the picture's units; everything else is the page's.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

TEXT_SIZE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The same thing three times: to see, to hear, to look up."""

    svg: str
    sentence: str
    rows: tuple[tuple[str, ...], ...]  # the first row is the heading


# What XML forbids even escaped, half surrogates included: one such character would blank the picture.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def words(text: str) -> str:
    return escape(_NOT_XML.sub("", text), quote=True)


def number(value: float) -> str:
    """A tenth of a unit is finer than any screen, and keeps the page light."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def line(role: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{role}" x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"/>'


def box(role: str, x: float, y: float, width: float, height: float) -> str:
    return (
        f'<rect class="{role}" x="{number(x)}" y="{number(y)}" '
        f'width="{number(max(0.0, width))}" height="{number(max(0.0, height))}"/>'
    )


def dot(role: str, x: float, y: float, radius: float) -> str:
    return f'<circle class="{role}" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>'


def path(role: str, points: Iterable[tuple[float, float]]) -> str:
    joined = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return f'<polyline class="{role}" points="{joined}"/>'


def area(role: str, points: Iterable[tuple[float, float]]) -> str:
    joined = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return f'<polygon class="{role}" points="{joined}"/>'


def label(text: str, x: float, y: float, anchor: str = "start", role: str = "label") -> str:
    return f'<text class="{role}" x="{number(x)}" y="{number(y)}" text-anchor="{anchor}">{words(text)}</text>'


def picture(
    name: str,
    title: str,
    sentence: str,
    width: float,
    height: float,
    marks: Iterable[str],
    *,
    text_size: float = TEXT_SIZE,
) -> str:
    """``name`` is the picture's own class. No ids: the same picture may stand on a page twice."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart {name}" role="img" '
        f'viewBox="0 0 {number(width)} {number(height)}" width="{number(width)}" height="{number(height)}" '
        f'font-size="{number(text_size)}">'
        f"<title>{words(title)}</title><desc>{words(sentence)}</desc>{''.join(marks)}</svg>"
    )
