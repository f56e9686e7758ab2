"""Minutes: on the screen by day, beside the cap; with an adult, promised beside delivered.

In:   minutes by day or by week, already counted, with their labels in the reader's language.
Out:  a Chart. Zero is always on the axis; no bar is compared with another child's.
Not here: the counting; the cap's rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plainview.core.charts.chart import Chart, box, label, line, picture

LEFT, RIGHT, TOP, BAR_AREA, BOTTOM = 30.0, 10.0, 10.0, 90.0, 22.0
DAY_WIDTH, ROW_HEIGHT = 34.0, 34.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMinutes:
    label: str  # "Mon"
    minutes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenWords:
    title: str = "Minutes on a screen"
    sentence: str = "{total} minutes on a screen in {n} days, {most} on the fullest; the cap is {cap} a day."
    no_cap: str = "{total} minutes on a screen in {n} days, {most} on the fullest."
    none: str = "No screen minutes yet."
    day: str = "day"
    minutes: str = "minutes"
    cap: str = "cap"


SCREEN_WORDS = ScreenWords()


def screen_minutes(
    days: Sequence[DayMinutes], *, cap: float | None, words: ScreenWords = SCREEN_WORDS
) -> Chart:
    """A bar a day, and the cap as a line across."""
    for day in days:
        _check(day.label, day.minutes)
    width = LEFT + max(1, len(days)) * DAY_WIDTH + RIGHT
    most = max((day.minutes for day in days), default=0.0)
    scale = BAR_AREA / max(most, cap or 0.0, 1.0)
    ground = TOP + BAR_AREA
    marks = [line("axis", LEFT, TOP, LEFT, ground)]
    for i, day in enumerate(days):
        x, height = LEFT + i * DAY_WIDTH, day.minutes * scale
        marks.append(box("bar minutes", x + 6, ground - height, DAY_WIDTH - 12, height))
        marks.append(label(day.label, x + DAY_WIDTH / 2, ground + 15, "middle"))
    marks.append(line("zero", LEFT, ground, width - RIGHT, ground))
    marks.append(label("0", LEFT - 4, ground + 4, "end"))
    if cap is not None:
        marks.append(line("cap", LEFT, ground - cap * scale, width - RIGHT, ground - cap * scale))
        marks.append(label(f"{cap:g}", LEFT - 4, ground - cap * scale + 4, "end"))
    sentence = _screen_said(days, cap, most, words)
    return Chart(
        svg=picture("screen-minutes", words.title, sentence, width, ground + BOTTOM, marks),
        sentence=sentence,
        rows=(
            (words.day, words.minutes),
            *((day.label, f"{day.minutes:g}") for day in days),
            *(((words.cap, f"{cap:g}"),) if cap is not None else ()),
        ),
    )


def _screen_said(days: Sequence[DayMinutes], cap: float | None, most: float, words: ScreenWords) -> str:
    if not most:
        return words.none
    total = sum(day.minutes for day in days)
    said = words.no_cap if cap is None else words.sentence
    return said.format(total=f"{total:g}", n=len(days), most=f"{most:g}", cap=f"{cap or 0:g}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMinutes:
    label: str  # "week of 1 Sep"
    promised: float
    delivered: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseWords:
    title: str = "Minutes promised and delivered"
    sentence: str = "{delivered} of {promised} promised minutes were delivered."
    none: str = "No minutes were promised."
    when: str = "when"
    promised: str = "promised"
    delivered: str = "delivered"


PROMISE_WORDS = PromiseWords()


def promised_delivered(rows: Sequence[PromiseMinutes], *, words: PromiseWords = PROMISE_WORDS) -> Chart:
    """Two bars a row: what was promised, as an outline; what was delivered, full, beneath it."""
    for row in rows:
        _check(row.label, row.promised)
        _check(row.label, row.delivered)
    left, inner = 10.0, 220.0
    width, height = left + inner + RIGHT, TOP + max(1, len(rows)) * ROW_HEIGHT + 4
    scale = inner / max([1.0, *(max(row.promised, row.delivered) for row in rows)])
    marks = []
    for i, row in enumerate(rows):
        y = TOP + i * ROW_HEIGHT
        marks.append(label(f"{row.label}: {row.delivered:g} / {row.promised:g}", left + 4, y + 9))
        marks.append(box("axis promised", left, y + 13, row.promised * scale, 14))
        marks.append(box("bar delivered", left, y + 16, row.delivered * scale, 8))
    marks.append(line("zero", left, TOP, left, height - 4))
    sentence = _promise_said(rows, words)
    return Chart(
        svg=picture("promised-delivered", words.title, sentence, width, height, marks),
        sentence=sentence,
        rows=(
            (words.when, words.promised, words.delivered),
            *((row.label, f"{row.promised:g}", f"{row.delivered:g}") for row in rows),
        ),
    )


def _promise_said(rows: Sequence[PromiseMinutes], words: PromiseWords) -> str:
    promised = sum(row.promised for row in rows)
    delivered = sum(row.delivered for row in rows)
    if not promised and not delivered:
        return words.none
    return words.sentence.format(promised=f"{promised:g}", delivered=f"{delivered:g}")


def _check(what: str, minutes: float) -> None:
    if not 0 <= minutes < float("inf"):
        raise ValueError(f"{what}: found {minutes} minutes, expected 0 or more.")
