"""Items that favour a side, in plain words.

In:   what core.measure.dif found, by group.
Out:  findings. Cells of few students are not shown.
Not here: counting.
"""

from collections.abc import Sequence

from plainview.core.audit.fairness.words import (
    DIF,
    WHOSE_FAULT,
    Items,
)
from plainview.core.cannot_say import CannotSay
from plainview.core.finding import Cell, Finding, Number, Table
from plainview.core.measure.dif.item import Dif, ItemDif
from plainview.core.plural import part_of


def dif(grouping: str, asked: Sequence[tuple[str, Dif, Dif | None]], *, matched: str) -> Finding:
    """Which items favour a side among students who know as much? One method each for even and uneven ones."""
    rows, flagged, n_items = list[tuple[Cell, ...]](), dict[str, str](), 0
    for group, even, uneven in asked:
        other = {} if uneven is None else {i.name: i for i in uneven.items if isinstance(i, ItemDif)}
        for item in even.items:
            n_items += 1
            if isinstance(item, CannotSay):
                continue
            two = other.get(item.name)
            worst = max([item.grade, *([two.grade] if two else [])])
            if worst != "A":
                flagged[item.name] = max(flagged.get(item.name, "A"), worst)
                rows.append(_item_row(group, item, two))
    n_large = sum(grade == "C" for grade in flagged.values())
    answer = Items.LARGE if n_large else Items.SOME if flagged else Items.OPEN
    n_names = len({item.name for _, even, _ in asked for item in even.items if isinstance(item, ItemDif)})
    first = asked[0][1]
    return Finding(
        check=DIF,
        question=f"Do items favour a side by {grouping}, among students who know as much?",
        answer=answer,
        sentence=_items_sentence(grouping, len(flagged), n_large, n_names),
        effect=Number(name="items to be read by people", value=float(len(flagged)), n=n_names, of="items"),
        numbers=(
            Number(name="items of class C", value=float(n_large), n=n_names, of="items"),
            *(
                Number(name=f"students, {group}", value=float(even.n_group), of="students")
                for group, even, _ in asked
            ),
        ),
        tables=(
            Table(
                title="Items of class B or C",
                columns=("group", "item", "D", "low", "high", "p adjusted", "class", "class, uneven"),
                rows=tuple(rows),
            ),
        ),
        said=(f"Matched on {matched}.", first.purified.said),
        noise_floor="With 200 students a side, 4 of 100 items that favour nobody are of class B or C.",
        power="With 200 students a side, an item at D = 1.5 is found in about 70 of 100 such tests.",
        not_seen="A difference that all items share: matching on the test itself hides it. " + WHOSE_FAULT,
    )


def _item_row(group: str, item: ItemDif, two: ItemDif | None) -> tuple[Cell, ...]:
    ends = item.interval
    return (
        group,
        item.name,
        item.effect,
        ends.low,
        ends.high,
        item.p_adjusted,
        item.grade,
        two.grade if two else None,
    )


def _items_sentence(grouping: str, n: int, n_large: int, n_items: int) -> str:
    if not n:
        return (
            f"By {grouping}, none of {n_items} items was shown to favour a side among students who know as "
            "much."
        )
    large = f", {n_large} of them strongly" if n_large else ""
    return (
        f"By {grouping}, {part_of(n, n_items, 'item', 'seem')} to favour a side among students who know as "
        f"much{large}. People should read {'it' if n == 1 else 'them'}."
    )
