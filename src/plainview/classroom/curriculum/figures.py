"""Pictures of fractions: number lines, bars, circles, grids, sets, fraction walls.

In:   a figure as docs/content.md describes it: one kind, with numbers that may be sums.
Out:  an SVG with a title and a description in words, colours by CSS class only.
Not here: photographs, and pictures of results (core.charts).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .amounts import Amount, amount, as_frac, dec
from .expressions import CannotWorkOut, number, work_out

WIDTH = 520
MARGIN = 24
BAR_HEIGHT = 48
SQUARE = 24
# More pieces than this are no longer seen as pieces on a phone 320 px wide.
MOST_PARTS = 100
WORDS = {"label", "shape", "alt", "caption"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The inside of a picture, before it has a frame and a name."""

    shapes: str
    width: int
    height: int
    title: str
    described: str


def draw(spec: Mapping, names: Mapping[str, object] | None = None) -> str:
    """The figure element: picture, and a caption where one was given."""
    spec = _worked_out(_expected_mapping(spec), names or {})
    alt, caption = spec.pop("alt", ""), spec.pop("caption", "")
    if len(spec) != 1 or next(iter(spec)) not in KINDS:
        raise CannotWorkOut(f"one of {', '.join(KINDS)}, not {', '.join(map(str, spec)) or 'nothing'}")
    (kind, what) = next(iter(spec.items()))
    return _framed(_drawing(kind, what), kind=kind, alt=alt, caption=caption)


def _drawing(kind: str, what: object) -> Drawing:
    draws = KINDS[kind]
    try:
        return draws(*what) if isinstance(what, list) else draws(**_expected_mapping(what))
    except TypeError as problem:
        # A name that the drawing does not know, or one that it needs and did not get.
        raise CannotWorkOut(f"a {kind} as docs/content.md describes it") from problem


def _expected_mapping(what: object) -> dict:
    if not isinstance(what, Mapping):
        raise CannotWorkOut(f"names with values, not {what!r}")
    # "from" is a word of Python's own.
    return {"start" if key == "from" else str(key): value for key, value in what.items()}


def _worked_out(what: object, names: Mapping[str, object], key: str = "") -> object:
    """Every number of the figure, worked out; words only have their {sums} filled in."""
    if isinstance(what, Mapping):
        return {k: _worked_out(v, names, str(k)) for k, v in what.items()}
    if isinstance(what, list):
        return [_worked_out(v, names, key) for v in what]
    if key in WORDS:
        from .render import plain  # render draws figures, and figures have words

        return plain(str(what), names)
    return work_out(what, names)


# --- the frame -------------------------------------------------------------------------------------


def _framed(drawing: Drawing, *, kind: str, alt: str, caption: str) -> str:
    described = escape(alt or drawing.described)
    title = escape(drawing.title)
    svg = (
        f'<svg class="fig fig-{kind.replace("_", "-")}" role="img" aria-label="{title}: {described}"'
        f' viewBox="0 0 {drawing.width} {drawing.height}" width="{drawing.width}" height="{drawing.height}"'
        ' xmlns="http://www.w3.org/2000/svg">'
        f"<title>{title}</title><desc>{described}</desc>{drawing.shapes}</svg>"
    )
    below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f'<figure class="figure">{svg}{below}</figure>'


# fill and stroke stand as attributes too, so that a picture taken out of Plainview is not a black box;
# the classes win wherever our style sheet is.
PART = 'class="part" fill="none" stroke="currentColor"'
SHADED = 'class="part-filled" fill="currentColor" fill-opacity=".35" stroke="currentColor"'
LINE = 'class="line" stroke="currentColor"'
POINT = 'class="mark" fill="currentColor"'


def _rect(x: float, y: float, width: float, height: float, *, shaded: bool) -> str:
    return (
        f'<rect {SHADED if shaded else PART} x="{_n(x)}" y="{_n(y)}" width="{_n(width)}"'
        f' height="{_n(height)}"/>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, css: str = LINE) -> str:
    return f'<line {css} x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"/>'


def _text(x: float, y: float, words: str, *, anchor: str = "middle") -> str:
    return (
        f'<text class="label" fill="currentColor" font-size="16" x="{_n(x)}" y="{_n(y)}"'
        f' text-anchor="{anchor}">{escape(words)}</text>'
    )


def _amount_text(x: float, y: float, value: Amount) -> str:
    """An amount under a mark; a fraction is stacked, as in the text."""
    wholes, slash, bottom = value.text.rpartition(" ")[2].partition("/")
    if not slash:
        return _text(x, y, value.text)
    before = value.text.rpartition(" ")[0]
    aside = _text(x - 12, y + 9, before, anchor="end") if before else ""
    return aside + _text(x, y, wholes) + _line(x - 9, y + 5, x + 9, y + 5) + _text(x, y + 20, bottom)


def _n(x: float) -> str:
    return f"{float(x):.2f}".rstrip("0").rstrip(".")


def _count(value: object, what: str, *, least: int = 1, most: int = MOST_PARTS) -> int:
    exact = number(value)
    if exact.denominator != 1 or not least <= exact <= most:
        raise CannotWorkOut(f"{what} as a whole number from {least} to {most}, not {exact}")
    return int(exact)


# --- number line -----------------------------------------------------------------------------------


def number_line(*, parts, start=0, to=1, points=(), labels=None, decimals=False) -> Drawing:
    parts, low, high = _count(parts, "parts"), number(start), number(to)
    n_spaces = (high - low) * parts
    if high <= low or n_spaces.denominator != 1 or n_spaces > MOST_PARTS:
        raise CannotWorkOut("a line that ends after it begins, on a mark, with at most 100 spaces")
    write = dec if decimals else as_frac
    named = _whole_numbers(low, high) if labels is None else labels
    named = [label if isinstance(label, Amount) else write(number(label)) for label in named]
    line = _Line(low=low, high=high, parts=parts)
    shapes = _line(MARGIN - 10, 60, WIDTH - MARGIN + 10, 60) + line.ticks() + line.labels(named)
    return Drawing(
        shapes=shapes + "".join(line.point(p) for p in points),
        width=WIDTH,
        height=112,
        title=_("Number line"),
        described=_line_in_words(line, named, points, write),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    low: Fraction
    high: Fraction
    parts: int

    def x(self, at: Fraction) -> float:
        return MARGIN + float((at - self.low) / (self.high - self.low)) * (WIDTH - 2 * MARGIN)

    def ticks(self) -> str:
        n_spaces = int((self.high - self.low) * self.parts)
        return "".join(self._tick(self.low + Fraction(i, self.parts)) for i in range(n_spaces + 1))

    def _tick(self, at: Fraction) -> str:
        half = 12 if at.denominator == 1 else 8
        return _line(self.x(at), 60 - half, self.x(at), 60 + half)

    def labels(self, named: list[Amount]) -> str:
        return "".join(_amount_text(self.x(label.value), 88, label) for label in named)

    def point(self, point: Mapping) -> str:
        at = number(point["at"])
        if not self.low <= at <= self.high:
            raise CannotWorkOut(f"a point on the line, not {at}")
        dot = f'<circle {POINT} cx="{_n(self.x(at))}" cy="60" r="6"/>'
        return dot + _text(self.x(at), 36, str(point.get("label", "")))


def _whole_numbers(low: Fraction, high: Fraction) -> list[int]:
    return list(range(math.ceil(low), math.floor(high) + 1))


def _line_in_words(line: _Line, named: list[Amount], points, write: Callable) -> str:
    said = [
        _("from %(low)s to %(high)s, each whole cut into %(parts)s equal spaces")
        % {"low": write(line.low), "high": write(line.high), "parts": line.parts}
    ]
    if named:
        said.append(_("labelled %(labels)s") % {"labels": ", ".join(label.text for label in named)})
    said += [_point_in_words(line, point) for point in sorted(points, key=lambda p: number(p["at"]))]
    return "; ".join(said)


def _point_in_words(line: _Line, point: Mapping) -> str:
    """What an eye sees: how many marks along, not what the point is worth."""
    spaces = (number(point["at"]) - line.low) * line.parts
    label = point.get("label", "")
    if spaces.denominator != 1:
        before = math.floor(spaces)
        return _("point %(label)s between marks %(before)s and %(after)s after the start") % {
            "label": label,
            "before": before,
            "after": before + 1,
        }
    return ngettext(
        "point %(label)s %(n)s space from the start",
        "point %(label)s %(n)s spaces from the start",
        int(spaces),
    ) % {"label": label, "n": int(spaces)}


# --- bars ------------------------------------------------------------------------------------------


def bar(*, shaded=0, parts=None, widths=None, wholes=1, label="") -> Drawing:
    if widths is not None:
        return _uneven_bar(widths, shaded, label)
    parts, wholes = _count(parts, "parts"), _count(wholes, "wholes", most=6)
    shaded = _count(shaded, "shaded", least=0, most=parts * wholes)
    rows = [
        _even_row(y=12 + i * (BAR_HEIGHT + 12), parts=parts, shaded=min(parts, max(0, shaded - i * parts)))
        for i in range(wholes)
    ]
    words = _parts_in_words(wholes, parts, shaded)
    return Drawing(
        shapes="".join(rows),
        width=WIDTH,
        height=12 + wholes * (BAR_HEIGHT + 12),
        title=_("Bar %(label)s") % {"label": label} if label else _("Bar"),
        described=words,
    )


def _even_row(*, y: float, parts: int, shaded: int, length: float = 1.0, x: float = MARGIN) -> str:
    each = (WIDTH - x - MARGIN) * length / parts
    return "".join(_rect(x + i * each, y, each, BAR_HEIGHT, shaded=i < shaded) for i in range(parts))


def _uneven_bar(widths, shaded, label: str) -> Drawing:
    sizes = [number(w) for w in widths]
    chosen = {int(number(s)) for s in (shaded if isinstance(shaded, list) else [])}
    if not sizes or min(sizes) <= 0 or len(sizes) > MOST_PARTS or not chosen <= set(range(1, len(sizes) + 1)):
        raise CannotWorkOut("widths above 0, and shaded as a list of places such as [1]")
    unit = (WIDTH - 2 * MARGIN) / float(sum(sizes))
    rects, x = [], float(MARGIN)
    for place, size in enumerate(sizes, start=1):
        rects.append(_rect(x, 12, float(size) * unit, BAR_HEIGHT, shaded=place in chosen))
        x += float(size) * unit
    even = len(set(sizes)) == 1
    words = _("%(n)s parts of the same size") if even else _("%(n)s parts that are not all the same size")
    return Drawing(
        shapes="".join(rects),
        width=WIDTH,
        height=24 + BAR_HEIGHT,
        title=_("Bar %(label)s") % {"label": label} if label else _("Bar"),
        described=words % {"n": len(sizes)} + "; " + _("sizes %(sizes)s") % {"sizes": _sizes(sizes, chosen)},
    )


def _sizes(sizes: list[Fraction], chosen: set[int]) -> str:
    shaded = _("(shaded)")
    return ", ".join(f"{s} {shaded}" if i in chosen else str(s) for i, s in enumerate(sizes, start=1))


def bars(*rows) -> Drawing:
    if not 1 <= len(rows) <= 6:
        raise CannotWorkOut("from 1 to 6 bars")
    shapes, words = [], []
    for i, row in enumerate(rows):
        label, length = str(row.get("label", "")), float(number(row.get("length", 1)))
        parts = _count(row.get("parts"), "parts")
        shaded = _count(row.get("shaded", 0), "shaded", least=0, most=parts)
        if not 0 < length <= 1:
            raise CannotWorkOut("a length above 0 and at most 1")
        top = 8 + i * (BAR_HEIGHT + 34)
        shapes.append(_text(MARGIN, top + 14, label, anchor="start"))
        shapes.append(_even_row(y=top + 22, parts=parts, shaded=shaded, length=length))
        words.append(f"{label}: {_parts_in_words(1, parts, shaded)}{_shorter(length)}")
    return Drawing(
        shapes="".join(shapes),
        width=WIDTH,
        height=8 + len(rows) * (BAR_HEIGHT + 34),
        title=_("Bars"),
        described="; ".join(words),
    )


def _shorter(length: float) -> str:
    return ", " + _("this bar is shorter") if length < 1 else ""


def _parts_in_words(wholes: int, parts: int, shaded: int) -> str:
    if wholes == 1:
        said = ngettext("%(n)s equal part", "%(n)s equal parts", parts) % {"n": parts}
    else:
        said = _("%(wholes)s wholes, each in %(n)s equal parts") % {"wholes": wholes, "n": parts}
    return said + "; " + ngettext("%(n)s shaded", "%(n)s shaded", shaded) % {"n": shaded}


# --- circles, grids, sets, walls -------------------------------------------------------------------


def circle(*, parts, shaded=0, wholes=1) -> Drawing:
    parts, wholes = _count(parts, "parts", most=24), _count(wholes, "wholes", most=6)
    shaded = _count(shaded, "shaded", least=0, most=parts * wholes)
    slices = [
        _slice(centre=80 + i * 160, parts=parts, place=place, shaded=i * parts + place < shaded)
        for i in range(wholes)
        for place in range(parts)
    ]
    return Drawing(
        shapes="".join(slices),
        width=160 * wholes,
        height=160,
        title=ngettext("Circle", "Circles", wholes),
        described=_parts_in_words(wholes, parts, shaded),
    )


def _slice(*, centre: float, parts: int, place: int, shaded: bool, radius: float = 68) -> str:
    css = SHADED if shaded else PART
    if parts == 1:
        return f'<circle {css} cx="{_n(centre)}" cy="80" r="{radius}"/>'
    (x1, y1), (x2, y2) = (_on_circle(centre, radius, Fraction(p, parts)) for p in (place, place + 1))
    return (
        f'<path {css} d="M{_n(centre)} 80 L{_n(x1)} {_n(y1)} A{radius} {radius} 0 0 1 {_n(x2)} {_n(y2)} Z"/>'
    )


def _on_circle(centre: float, radius: float, turn: Fraction) -> tuple[float, float]:
    """A point that far round, clockwise from the top."""
    angle = 2 * math.pi * float(turn)
    return centre + radius * math.sin(angle), 80 - radius * math.cos(angle)


def grid(*, rows, columns, shaded=0) -> Drawing:
    rows, columns = _count(rows, "rows", most=12), _count(columns, "columns", most=12)
    shaded = _count(shaded, "shaded", least=0, most=rows * columns)
    places = [(c, r) for c in range(columns) for r in range(rows)]
    words = _("%(rows)s rows and %(columns)s columns, %(n)s equal squares; %(shaded)s shaded")
    return Drawing(
        shapes=_squares(SHADED, places[:shaded]) + _squares(PART, places[shaded:]),
        width=24 + columns * SQUARE,
        height=24 + rows * SQUARE,
        title=_("Grid"),
        described=words % {"rows": rows, "columns": columns, "n": rows * columns, "shaded": shaded},
    )


def _squares(css: str, places: list[tuple[int, int]]) -> str:
    """Many squares as one path: a hundred rectangles would weigh ten times as much."""
    path = " ".join(f"M{12 + c * SQUARE} {12 + r * SQUARE}h{SQUARE}v{SQUARE}h-{SQUARE}z" for c, r in places)
    return f'<path {css} d="{path}"/>' if path else ""


SHAPES = {
    "circle": "M0 -14 A14 14 0 1 1 0 14 A14 14 0 1 1 0 -14 Z",
    "square": "M-13 -13 H13 V13 H-13 Z",
    "triangle": "M0 -15 L14 12 H-14 Z",
    "star": "M0 -16 L4.7 -5 16 -5 7 2.5 10 14 0 7 -10 14 -7 2.5 -16 -5 -4.7 -5 Z",
}


# Called `set` by authors; a set of things, not Python's.
def set_of_things(*, total, shaded=0, shape="circle") -> Drawing:
    total = _count(total, "total", most=40)
    shaded = _count(shaded, "shaded", least=0, most=total)
    if shape not in SHAPES:
        raise CannotWorkOut(f"a shape among {', '.join(SHAPES)}")
    in_a_row = 6 if total > 5 else total
    things = [_thing(i, in_a_row, SHAPES[shape], shaded=i < shaded) for i in range(total)]
    words = _("%(n)s things in rows of %(row)s; %(shaded)s shaded")
    return Drawing(
        shapes="".join(things),
        width=24 + in_a_row * 44,
        height=24 + math.ceil(total / in_a_row) * 44,
        title=_("Set"),
        described=words % {"n": total, "row": in_a_row, "shaded": shaded},
    )


def _thing(i: int, in_a_row: int, path: str, *, shaded: bool) -> str:
    row, column = divmod(i, in_a_row)
    at = f"translate({34 + column * 44} {34 + row * 44})"
    return f'<path {SHADED if shaded else PART} transform="{at}" d="{path}"/>'


def strips(*, parts, named=True) -> Drawing:
    rows = [_count(p, "parts", most=24) for p in parts]
    shapes = []
    for i, n in enumerate(rows):
        top = 12 + i * BAR_HEIGHT
        shapes.append(_even_row(y=top, parts=n, shaded=0))
        shapes += _names_of_pieces(n, top) if named else []
    words = [
        ngettext("one strip in %(n)s part", "one strip in %(n)s equal parts", n) % {"n": n} for n in rows
    ]
    return Drawing(
        shapes="".join(shapes),
        width=WIDTH,
        height=24 + len(rows) * BAR_HEIGHT,
        title=_("Fraction wall"),
        described="; ".join(words),
    )


def _names_of_pieces(n: int, top: float) -> list[str]:
    each = (WIDTH - 2 * MARGIN) / n
    name = amount(1) if n == 1 else amount(Fraction(1, n))
    down = 29 if n == 1 else 20
    return [_amount_text(MARGIN + (i + 0.5) * each, top + down, name) for i in range(n)]


KINDS: dict[str, Callable[..., Drawing]] = {
    "number_line": number_line,
    "bar": bar,
    "bars": bars,
    "circle": circle,
    "grid": grid,
    "set": set_of_things,
    "strips": strips,
}
