"""Items that favour a side, in plain words.

In:   what core.measure.dif found, by group.
Out:  findings. Cells of few students are not shown.
Not here: counting.

A class (ETS, or Jodoin & Gierl's) is about one item. Of many items and several groups some reach class B or C
by chance, in small groups most of all: such items are to be looked at. An item is to be read where its p also
holds in the family of all items, groups, ways of grouping and both methods (Benjamini-Hochberg).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plainview.core.audit.fairness.words import DIF, SIGNIFICANT, WHOSE_FAULT, Items
from plainview.core.cannot_say import CannotSay
from plainview.core.finding import Cell, Finding, Number, Table
from plainview.core.measure.dif.item import Dif, ItemDif
from plainview.core.plural import counted, part_of
from plainview.core.stats.multiplicity import adjusted

MOST_ROWS = 400
MOST_NAMED = 3
Asked = Sequence[tuple[str, Dif, Dif | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One item, one group, both methods."""

    group: str
    even: ItemDif
    uneven: ItemDif | None
    p: float  # adjusted over the family: the smaller of the two

    @property
    def grade(self) -> str:
        return max(self.even.grade, self.uneven.grade if self.uneven else "A")

    @property
    def is_seen(self) -> bool:
        return self.grade != "A"

    @property
    def is_told(self) -> bool:
        """Beyond what chance makes of so many items."""
        return self.is_seen and self.p <= SIGNIFICANT

    @property
    def harder_for(self) -> str:
        """The side that gets it right less often than others who know as much."""
        favours = self.even.favours if self.even.grade != "A" or self.uneven is None else self.uneven.favours
        return {"group": "the rest", "others": self.group, "neither": "now one, now the other"}[favours]


def dif(
    grouping: str, asked: Asked, *, matched: str, said: Sequence[str] = (), beside: Sequence[float] = ()
) -> Finding:
    """Which items favour a side among students who know as much? One method each for even and uneven ones.

    ``beside`` are the p of all other groupings that are asked: one family.
    """
    rows = _rows(asked, beside)
    seen = sorted((one for one in rows if one.is_seen), key=lambda one: (not one.is_told, one.p))
    told = {one.even.name for one in seen if one.is_told}
    large = {one.even.name for one in seen if one.is_told and one.grade == "C"}
    n_names, n_seen = len({one.even.name for one in rows}), len({one.even.name for one in seen})
    return Finding(
        check=DIF,
        question=f"Do items favour a side by {grouping}, among students who know as much?",
        answer=Items.LARGE if large else Items.SOME if seen else Items.OPEN,
        sentence=_sentence(grouping, seen, n_names),
        effect=Number(
            name="items that favour a side beyond chance", value=float(len(told)), n=n_names, of="items"
        ),
        numbers=(
            Number(name="items of class C among them", value=float(len(large)), n=n_names, of="items"),
            Number(
                name="items of class B or C as chance alone can make them",
                value=float(n_seen - len(told)),
                n=n_names,
                of="items",
            ),
            *(
                Number(name=f"students, {group}", value=float(even.n_group), of="students")
                for group, even, _ in asked
            ),
        ),
        tables=_tables(rows, seen),
        said=(
            f"Matched on {matched}.",
            *(_purified(group, even) for group, even, _ in asked),
            "Classes are those of ETS (D); where the side turns around with ability, of Jodoin and Gierl.",
            *said,
        ),
        noise_floor="Where none of 20 items favours anybody, 1 in 20 such tests names an item beyond chance, "
        "and two in three have one of class B or C.",
        power="With 200 students a side, an item at D = 1.5 is of class B or C in 66 of 100 such tests, and "
        "beyond chance in 22; with 400, in 94 and 75.",
        not_seen="A difference that all items share: matching on the test itself hides it. " + WHOSE_FAULT,
    )


def p_of(asked: Asked) -> list[float]:
    """Of all items, groups and both methods."""
    pairs = _pairs(asked)
    return [item.p_value for _, item, _ in pairs] + [two.p_value for *_, two in pairs if two]


def _pairs(asked: Asked) -> list[tuple[str, ItemDif, ItemDif | None]]:
    pairs = list[tuple[str, ItemDif, ItemDif | None]]()
    for group, even, uneven in asked:
        other = {} if uneven is None else {i.name: i for i in uneven.items if isinstance(i, ItemDif)}
        pairs += [
            (group, item, other.get(item.name)) for item in even.items if not isinstance(item, CannotSay)
        ]
    return pairs


def _rows(asked: Asked, beside: Sequence[float] = ()) -> list[_Row]:
    pairs = _pairs(asked)
    p = adjusted([*p_of(asked), *beside])
    second = iter(p[len(pairs) :].tolist())
    return [
        _Row(group=group, even=item, uneven=two, p=min(float(q), next(second) if two else 1.0))
        for (group, item, two), q in zip(pairs, p, strict=False)
    ]


def _tables(rows: Sequence[_Row], seen: Sequence[_Row]) -> tuple[Table, ...]:
    columns = (
        "group",
        "item",
        "harder for",
        "D",
        "low",
        "high",
        "p",
        "p adjusted",
        "class",
        "class, uneven",
        "students",
    )
    every = Table(title="Each item", columns=columns, rows=tuple(map(_cells, rows[:MOST_ROWS])))
    if not seen:
        return (every,)
    return Table(title="Items of class B or C", columns=columns, rows=tuple(map(_cells, seen))), every


def _cells(one: _Row) -> tuple[Cell, ...]:
    item, two = one.even, one.uneven
    return (
        one.group,
        item.name,
        one.harder_for if one.is_seen else "",
        item.effect,
        item.interval.low,
        item.interval.high,
        item.p_value,
        one.p,
        item.grade,
        two.grade if two else None,
        item.n_group + item.n_others,
    )


def _purified(group: str, even: Dif) -> str:
    out = even.purified.kept_out
    kept = f"{counted(len(out), 'item', 'were')} kept out of the match" if out else "no item was kept out"
    return f"'{group}': {kept} ({even.purified.how})."


def _sentence(grouping: str, seen: Sequence[_Row], n_items: int) -> str:
    told = [one for one in seen if one.is_told]
    n, n_seen = (len({one.even.name for one in some}) for some in (told, seen))
    if not n_seen:
        return (
            f"By {grouping}, none of {counted(n_items, 'item')} was shown to favour a side among students "
            "who know as much. One may still."
        )
    if not n:
        return (
            f"By {grouping}, {part_of(n_seen, n_items, 'item')} may favour a side among students who know as "
            f"much. Chance alone can do that.{_directions(seen)}"
        )
    more = n_seen - n
    rest = f" So may {more} more; chance alone can do that." if more else ""
    return (
        f"By {grouping}, {part_of(n, n_items, 'item', 'favour')} a side among students who know as much."
        f"{_directions(told)}{rest} People should read {'it' if n == 1 else 'them'}."
    )


def _directions(some: Sequence[_Row]) -> str:
    """For whom each is harder."""
    of: dict[str, list[str]] = {}
    for one in some:
        names = of.setdefault(_side(one), [])
        if one.even.name not in names:
            names.append(one.even.name)
    return "".join(f" Harder for {side}: {_some(names)}." for side, names in of.items())


def _side(one: _Row) -> str:
    who = one.harder_for
    return f"'{who}'" if who == one.group else f"all but '{one.group}'" if who == "the rest" else who


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
