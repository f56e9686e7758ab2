"""What was found, for people, for programs, and for a page of the docs.

In:   the machine, the figures.
Out:  a table in words, JSON, or a page's part in Markdown.
Not here: judging. A figure knows whether it holds.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from plainview.cli.bench import machine as machines
from plainview.cli.bench.figures import Figure, all_hold
from plainview.cli.bench.machine import Machine

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
VERDICTS = {True: "holds", False: "does not hold", None: ""}


class NoPage(Exception):
    """There is no page to write into, or it has no place for figures."""


def number(value: float | None, digits: int = 3) -> str:
    """Three figures that say something; counts as they are."""
    if value is None:
        return "cannot say"
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 10 ** (digits - 1) else f"{value:.{digits}g}"


def measured(figure: Figure) -> str:
    told = number(figure.measured, figure.digits)
    return told if figure.measured is None else f"{told} {figure.unit}".strip()


def bar(figure: Figure) -> str:
    sides = (("at least", figure.at_least), ("at most", figure.at_most))
    told = [f"{side} {number(value, figure.digits)}" for side, value in sides if value is not None]
    return f"{' and '.join(told)} {figure.unit}".strip() if told else ""


def verdict(figure: Figure) -> str:
    if figure.is_judged and figure.measured is None:
        return "cannot say"
    return VERDICTS[figure.holds]


def table(machine: Machine, figures: Sequence[Figure]) -> str:
    lines = [machines.sentence(machine)]
    for group, of_it in groupby(figures, key=lambda figure: figure.group):
        lines += ["", group]
        for one in of_it:
            line = f"  {one.what:<58} {measured(one):>16}  {bar(one):<18} {verdict(one)}"
            lines.append(line.rstrip())
            lines += [f"      {one.note}"] if one.note else []
    return "\n".join([*lines, "", conclusion(figures)])


def conclusion(figures: Sequence[Figure]) -> str:
    judged = [one for one in figures if one.is_judged]
    n_held = sum(one.holds is True for one in judged)
    return f"{n_held} of {len(judged)} bars hold."


def as_json(machine: Machine, figures: Sequence[Figure]) -> str:
    told = [asdict(one) | {"holds": one.holds} for one in figures]
    return json.dumps(
        {"machine": asdict(machine), "figures": told, "all_hold": all_hold(figures)},
        indent=2,
        ensure_ascii=False,
    )


def markdown(machine: Machine, figures: Sequence[Figure]) -> str:
    return "\n".join([f"Measured on {machines.sentence(machine)}.", "", *_rows(figures)])


def page(parts: Sequence[tuple[str, Machine, Sequence[Figure]]]) -> str:
    """Parts that were measured one by one: each with its own load, one machine after the other."""
    lines = []
    for about, of_it in groupby(parts, key=lambda part: machines.about(part[1])):
        loads = ", ".join(f"{name} {here.busy_before:g}" for name, here, _figures in of_it)
        lines.append(f"Measured on {about}; load of the minute before: {loads}.")
    return "\n".join(
        [*lines, "", *_rows([figure for _name, _machine, figures in parts for figure in figures])]
    )


def _rows(figures: Sequence[Figure]) -> list[str]:
    lines = ["| | measured | bar | |", "|---|---|---|---|"]
    for group, of_it in groupby(figures, key=lambda figure: figure.group):
        lines.append(f"| **{group}** | | | |")
        lines += [f"| {_what(one)} | {measured(one)} | {bar(one)} | {verdict(one)} |" for one in of_it]
    return [*lines, "", conclusion(figures)]


def _what(figure: Figure) -> str:
    return f"{figure.what} ({figure.note})" if figure.note else figure.what


def write_into(page: Path, text: str) -> None:
    """Between the two marks; the words around them are a person's and stay."""
    if not page.exists():
        raise NoPage(f"{page}: there is no such page. Run this from a copy of the source.")
    before, begin, rest = page.read_text().partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise NoPage(f"{page}: found no place for figures, expected the lines {BEGIN} and {END}.")
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")
