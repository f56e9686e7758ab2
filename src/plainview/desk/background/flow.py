"""Who gives, drawn: givers on the left, receivers on the right, a band between them as wide as the amount.

In:   flows of one currency.
Out:  SVG with a title and a description, and one of bars beneath each other for a phone. The same facts stand
      in a table beside it.
Not here: numbers for the page (money). Colours are CSS classes by role.

The largest are drawn, the rest is added up and said. Receivers stand in the order of who gives to them, so
that few bands cross.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from plainview.desk.background.money import Flow

MOST_DRAWN = 14  # more bands than this are a hairball: the table has them all
WIDTH, TOP, GAP, LABEL, NODE = 900, 26, 12, 270, 10
HEADINGS = (gettext_noop("Who gives to whom"), gettext_noop("gives"), gettext_noop("receives"))
INK_HEIGHT, THINNEST, LONGEST_NAME = 300, 1.5, 34
# On a phone: two lines of words and a bar for each flow.
NARROW, A_FLOW, BAR, LONGEST_ON_A_PHONE = 320, 62, 12, 42


@dataclass(slots=True, kw_only=True)
class _Side:
    """One side: where each organisation begins, and how much of its height is taken."""

    total: dict[str, Decimal]
    at: dict[str, float]
    height: dict[str, float]

    @property
    def bottom(self) -> float:
        return max(self.at[name] + self.height[name] for name in self.at)


def picture(flows: Sequence[Flow], *, currency: str) -> str:
    """The picture; empty where there is nothing to draw."""
    drawn = sorted(flows, key=lambda flow: -flow.amount)[:MOST_DRAWN]
    drawn = [flow for flow in drawn if flow.amount > 0]
    if not drawn:
        return ""
    scale = INK_HEIGHT / float(sum(flow.amount for flow in drawn))
    givers = _side(drawn, scale, key=lambda flow: flow.giver, order={})
    order = _by_who_gives(drawn, givers)
    receivers = _side(drawn, scale, key=lambda flow: flow.receiver, order=order)
    height = max(givers.bottom, receivers.bottom) + GAP
    titled, gives, receives = (escape(_(said)) for said in HEADINGS)
    return "".join(
        [
            f'<svg class="chart flow" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
            f'role="img"><title>{titled}</title>',
            f"<desc>{escape(_described(flows, drawn, currency))}</desc>",
            _word(gives, x=LABEL - 6, y=14, anchor="end"),
            _word(receives, x=WIDTH - LABEL + 6, y=14, anchor="start"),
            *_bands(drawn, givers, receivers, scale),
            *_names(givers, x=LABEL - NODE, anchor="end", currency=currency),
            *_names(receivers, x=WIDTH - LABEL, anchor="start", currency=currency),
            "</svg>",
        ]
    )


def bars(flows: Sequence[Flow], *, currency: str) -> str:
    """The same for a phone: the largest first, each a bar as long as its amount; empty as the picture is."""
    drawn = [flow for flow in sorted(flows, key=lambda flow: -flow.amount)[:MOST_DRAWN] if flow.amount > 0]
    if not drawn:
        return ""
    height, titled = A_FLOW * len(drawn), escape(_(HEADINGS[0]))
    return "".join(
        [
            f'<svg class="chart flow" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {NARROW} {height}" '
            f'role="img"><title>{titled}</title>',
            f"<desc>{escape(_described(flows, drawn, currency))}</desc>",
            *(_bar(flow, drawn[0].amount, y=A_FLOW * n, currency=currency) for n, flow in enumerate(drawn)),
            "</svg>",
        ]
    )


def _bar(flow: Flow, largest: Decimal, *, y: float, currency: str) -> str:
    amount = escape(f"{currency} {flow.amount:,.0f}")
    long = max(float(flow.amount / largest) * (NARROW - 110), THINNEST)
    return (
        _word(escape(_short(flow.giver, LONGEST_ON_A_PHONE)), x=0, y=y + 13, anchor="start")
        + _word(f"→ {escape(_short(flow.receiver, LONGEST_ON_A_PHONE))}", x=0, y=y + 29, anchor="start")
        + f'<rect class="bar" x="0" y="{y + 36:.1f}" width="{long:.1f}" height="{BAR}"/>'
        + _word(amount, x=long + 6, y=y + 47, anchor="start")
    )


def _short(name: str, longest: int) -> str:
    return name if len(name) <= longest else name[: longest - 1] + "…"


def _word(escaped: str, *, x: float, y: float, anchor: str) -> str:
    return f'<text class="label" x="{x:g}" y="{y:.1f}" font-size="13" text-anchor="{anchor}">{escaped}</text>'


def _side(drawn: Sequence[Flow], scale: float, *, key, order: dict[str, float]) -> _Side:
    total: dict[str, Decimal] = defaultdict(Decimal)
    for flow in drawn:
        total[key(flow)] += flow.amount
    names = sorted(total, key=lambda name: (order.get(name, 0.0), -total[name], name))
    at, height, y = {}, {}, float(TOP)
    for name in names:
        at[name], height[name] = y, max(float(total[name]) * scale, THINNEST)
        y += max(height[name], 32) + GAP  # room for a name and an amount
    return _Side(total=total, at=at, height=height)


def _by_who_gives(drawn: Sequence[Flow], givers: _Side) -> dict[str, float]:
    """Each receiver's place: the mean place of its givers, weighed by what they give."""
    pull: dict[str, float] = defaultdict(float)
    total: dict[str, float] = defaultdict(float)
    for flow in drawn:
        pull[flow.receiver] += givers.at[flow.giver] * float(flow.amount)
        total[flow.receiver] += float(flow.amount)
    return {name: pull[name] / total[name] for name in pull}


def _bands(drawn: Sequence[Flow], givers: _Side, receivers: _Side, scale: float) -> list[str]:
    left, right, bands = dict(givers.at), dict(receivers.at), []
    middle = WIDTH / 2
    for flow in sorted(drawn, key=lambda flow: (givers.at[flow.giver], receivers.at[flow.receiver])):
        wide = max(float(flow.amount) * scale, THINNEST)
        y1, y2 = left[flow.giver] + wide / 2, right[flow.receiver] + wide / 2
        left[flow.giver] += wide
        right[flow.receiver] += wide
        bands.append(
            f'<path class="doubt" d="M{LABEL} {y1 - wide / 2:.1f}C{middle} {y1 - wide / 2:.1f} {middle} '
            f"{y2 - wide / 2:.1f} {WIDTH - LABEL} {y2 - wide / 2:.1f}V{y2 + wide / 2:.1f}C{middle} "
            f'{y2 + wide / 2:.1f} {middle} {y1 + wide / 2:.1f} {LABEL} {y1 + wide / 2:.1f}Z"/>'
        )
    return bands


def _names(side: _Side, *, x: float, anchor: str, currency: str) -> list[str]:
    beside = x - 6 if anchor == "end" else x + NODE + 6
    drawn = []
    for name, y in side.at.items():
        drawn.append(
            f'<rect class="bar" x="{x}" y="{y:.1f}" width="{NODE}" height="{side.height[name]:.1f}"/>'
        )
        said = escape(_short(name, LONGEST_NAME))
        drawn.append(_word(said, x=beside, y=y + 12, anchor=anchor))
        drawn.append(_word(escape(f"{currency} {side.total[name]:,.0f}"), x=beside, y=y + 28, anchor=anchor))
    return drawn


def _described(flows: Sequence[Flow], drawn: Sequence[Flow], currency: str) -> str:
    """What an eye would take from it first, and what was left to the table."""
    largest = drawn[0]
    said = [
        _("The largest band: %(giver)s gave %(receiver)s %(amount)s.")
        % {
            "giver": largest.giver,
            "receiver": largest.receiver,
            "amount": f"{currency} {largest.amount:,.0f}",
        }
    ]
    n = len(flows) - len(drawn)
    if n:
        said.append(
            ngettext(
                "One smaller pair is in the table alone.", "%(n)s smaller pairs are in the table alone.", n
            )
            % {"n": n}
        )
    return " ".join(said)
