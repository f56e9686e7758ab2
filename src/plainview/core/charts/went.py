"""Where data went: from the product to everybody else, by what they are in business for.

In:   recipients with how often they were sent something, grouped; which of them were sent what a child typed.
Out:  a Chart.
Not here: who is who (core.audit.exposure).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plainview.core.charts.chart import Chart, box, dot, label, line
from plainview.core.charts.labels import shorten, text_width
from plainview.core.charts.plane import finished

WIDTH, TOP, ROW, SOURCE, BARS = 460.0, 8.0, 20.0, 96.0, 90.0
MOST_ROWS = 40  # beyond it the rest is counted in one row


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    name: str  # "facebook.com"
    owner: str  # "Meta (Facebook)", or ""
    role: str  # "advertising"
    n_sent: int  # requests
    n_typed: int  # things that a child typed and that reached it


@dataclass(frozen=True, slots=True, kw_only=True)
class WentWords:
    title: str = "Where data went"
    sentence: str = (
        "From {product}, {n} requests went to {n_recipients} others; {n_typed} of the others got something "
        "that was typed in."
    )
    none: str = "From {product}, no request went to anybody else."
    recipient: str = "recipient"
    owner: str = "owner"
    role: str = "in business for"
    requests: str = "requests"
    typed: str = "things typed that reached it"
    rest: str = "{n} more"


WENT_WORDS = WentWords()


def where_data_went(product: str, recipients: Sequence[Recipient], *, words: WentWords = WENT_WORDS) -> Chart:
    """A line from the product to each recipient, under its role; a full dot where it got what was typed.

    Parameters
    ----------
    product : str
        What everything leaves from.
    recipients : sequence of Recipient
        In the order in which roles are shown; recipients of one role stand together.
    """
    shown = _shown(recipients, words)
    marks, y, role = [], TOP + ROW, None
    most = max((one.n_sent for one in shown), default=1)
    rows: list[tuple[float, Recipient]] = []
    for one in shown:
        if one.role != role:
            role = one.role
            marks.append(label(role, SOURCE + 34, y + 4, role="label soft"))
            y += ROW
        rows.append((y, one))
        y += ROW
    height = max(y, TOP + 3 * ROW)
    middle = height / 2
    for at, one in rows:
        marks += _row(one, at, middle, most)
    marks.append(box("axis", 4, middle - 14, SOURCE - 4, 28))
    marks.append(label(shorten(product, SOURCE - 12), SOURCE / 2 + 2, middle + 4, "middle"))
    sentence = _said(product, recipients, words)
    table = [(words.recipient, words.owner, words.role, words.requests, words.typed)]
    table += [(r.name, r.owner, r.role, str(r.n_sent), str(r.n_typed)) for r in recipients]
    return finished("where-data-went", words.title, sentence, (WIDTH, height), marks, tuple(table))


def _row(one: Recipient, y: float, middle: float, most: int) -> list[str]:
    start, name_at = SOURCE + 34, SOURCE + 46
    room = WIDTH - name_at - BARS - 40
    name = shorten(f"{one.name} ({one.owner})" if one.owner else one.name, room)
    bar = name_at + room + 8
    marks = [line("leader thin", SOURCE, middle, start, y)]
    marks.append(dot("estimate" if one.n_typed else "axis", start + 2, y, 4 if one.n_typed else 3))
    marks.append(label(name, name_at, y + 4))
    marks.append(box("count", bar, y - 5, BARS * one.n_sent / most, 10))
    number = str(one.n_sent)
    return [
        *marks,
        label(number, min(WIDTH - text_width(number) - 2, bar + BARS * one.n_sent / most + 4), y + 4),
    ]


def _shown(recipients: Sequence[Recipient], words: WentWords) -> list[Recipient]:
    if len(recipients) <= MOST_ROWS:
        return list(recipients)
    kept, rest = list(recipients[: MOST_ROWS - 1]), recipients[MOST_ROWS - 1 :]
    return [
        *kept,
        Recipient(
            name=words.rest.format(n=len(rest)),
            owner="",
            role=words.rest.format(n=len(rest)),
            n_sent=sum(one.n_sent for one in rest),
            n_typed=sum(one.n_typed for one in rest),
        ),
    ]


def _said(product: str, recipients: Sequence[Recipient], words: WentWords) -> str:
    if not recipients:
        return words.none.format(product=product)
    return words.sentence.format(
        product=product,
        n=sum(one.n_sent for one in recipients),
        n_recipients=len(recipients),
        n_typed=sum(one.n_typed > 0 for one in recipients),
    )
