"""HTML from words: everything that is not markup is escaped, because nothing else is let through.

In:   names of elements, their attributes, words.
Out:  markup.
Not here: which words (page), how it looks (report.css).
"""

from collections.abc import Iterable
from typing import TypeAlias

from plainview.core.charts.chart import words


class Markup(str):
    """Text that is markup already. Only this room makes it."""

    __slots__ = ()


Part: TypeAlias = "str | Markup | Iterable[Part] | None"
_VOID = ("meta", "br", "hr")


def tag(name: str, /, *parts: Part, **attributes: str | None) -> Markup:
    """An element. ``class_`` is class, an underscore is a hyphen; an attribute of None is left out."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{words(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{told}>")
    return Markup(f"<{name}{told}>{inside(parts)}</{name}>")


def inside(part: Part) -> Markup:
    """Words escaped, markup as it is."""
    if part is None:
        return Markup("")
    if isinstance(part, Markup):
        return part
    if isinstance(part, str):
        return Markup(words(part))
    return Markup("".join(inside(one) for one in part))
