"""Which difficulty was served to which ability: a dot a session, and the line on which both are equal.

In:   abilities and served difficulties, in log-odds.
Out:  a Chart.
Not here: who sat the sessions (core.audit.adaptivity.drills).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plainview.core.charts.chart import Chart, dot, label, line
from plainview.core.charts.plane import TEXT, WIDTH, Plane, Scale, finished, numbers_along, said, wide_enough

LEFT, RIGHT, TOP, HEIGHT, FOOT = 34.0, 10.0, 26.0, 220.0, 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedWords:
    title: str = "Served difficulty by ability"
    sentence: str = (
        "From the least able made-up student to the most able ({low} to {high}), the difficulty served "
        "went from "
        "{first} to {last}."
    )
    none: str = "No difficulty is known."
    along: str = "ability (log-odds)"
    up: str = "difficulty served"
    same: str = "difficulty = ability"


SERVED_WORDS = ServedWords()


def served(
    abilities: Sequence[float], difficulties: Sequence[float], *, words: ServedWords = SERVED_WORDS
) -> Chart:
    """A dot for each session; zero is on both axes."""
    if not abilities:
        return Chart(svg="", sentence=words.none, rows=((words.along, words.up),))
    low, high = wide_enough([*abilities, *difficulties], least=2.0)
    plane = Plane(
        x=Scale(low=low, high=high, start=LEFT, end=WIDTH - RIGHT),
        y=Scale(low=low, high=high, start=TOP + HEIGHT, end=TOP),
    )
    marks = [
        plane.across("zero", 0.0),
        plane.upright("zero", 0.0),
        line("bound", plane.x(low), plane.y(low), plane.x(high), plane.y(high)),
        label(words.same, plane.x(high) - 4, plane.y(high) + TEXT, "end", "label soft halo"),
    ]
    marks += [label(said(tick), LEFT - 6, plane.y(tick) + 4, "end", "label soft") for tick in plane.y.ticks()]
    marks += [dot("estimate", x, y, 3.5) for x, y in plane.points(abilities, difficulties)]
    marks += [label(words.up, 4, TEXT + 2), *numbers_along(plane, words.along, plane.x.ticks())]
    pairs = sorted(zip(abilities, difficulties, strict=True))
    sentence = words.sentence.format(
        low=said(pairs[0][0]),
        high=said(pairs[-1][0]),
        first=said(round(pairs[0][1], 2)),
        last=said(round(pairs[-1][1], 2)),
    )
    rows = ((words.along, words.up), *((said(a), said(round(d, 2))) for a, d in pairs))
    return finished("served", words.title, sentence, (WIDTH, TOP + HEIGHT + FOOT), marks, rows)
