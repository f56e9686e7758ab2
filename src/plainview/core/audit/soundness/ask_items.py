"""From a dossier to an answer: does each item of a test do its work?

In:   a dossier with answers, students x items, or a learning log; for options, letters and the key.
Out:  findings, one for each test.
Not here: how anything is reckoned (core.measure.items, core.measure.distractors).
"""

from collections.abc import Sequence

import numpy as np

from plainview.core.audit.check import Progress
from plainview.core.audit.soundness.responses import Responses
from plainview.core.audit.soundness.told import cannot, each_test, finding, some, too_few
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.dossier import Dossier
from plainview.core.finding import Answer, Cell, Number, Table
from plainview.core.measure.distractors import Choices, distractors
from plainview.core.measure.items import LEAST_ITEM_REST, Item
from plainview.core.measure.items import items as each_item
from plainview.core.plural import part_of

MOST_ROWS = 200


def items(dossier: Dossier, progress: Progress) -> Sequence[Answer]:
    return each_test("items", dossier, _items)


def _items(test: Responses) -> Answer:
    if few := too_few("items", test):
        return few
    found = each_item(test.scores, names=test.items)
    known = [one for one in found if isinstance(one, Item)]
    if not known:
        return cannot("items", "no item was answered by three students", "more answers", test)
    flagged = [one for one in known if one.is_flagged]
    choices = _choices(test)
    odd = [one for one in choices if one.is_flagged]
    wanted = {one.name for one in flagged} | {one.name for one in odd}
    to_look_at = sorted(wanted, key=test.items.index)
    sentence = f"All {len(known)} items go with the rest of the test."
    if to_look_at:
        sentence = (
            f"{part_of(len(to_look_at), len(known), 'item', 'should')} be looked at: {some(to_look_at)}."
        )
    rows = tuple(
        (
            one.name,
            one.n_students,
            one.difficulty,
            one.difficulty_interval.low,
            one.difficulty_interval.high,
            *_rest(one),
            "look again" if one.is_flagged else "",
        )
        for one in known[:MOST_ROWS]
    )
    columns = ("item", "students", "mean points", "from", "to", "item-rest", "from", "to", "flag")
    return finding(
        "items",
        "some to look at" if to_look_at else "all do",
        sentence,
        Number(name="items to look at", value=len(to_look_at), n=len(known), of="items"),
        test,
        numbers=(
            Number(name=f"items below {LEAST_ITEM_REST} with the rest", value=len(flagged)),
            Number(name="items with an option to look at", value=len(odd))
            if choices
            else Number(name="items whose options were looked at", value=0),
        ),
        tables=(Table(title="Items", columns=columns, rows=rows), *_option_table(choices)),
        said=()
        if choices
        else (("Wrong options were not looked at: answers are points, or there is no key."),),
        noise_floor=f"With {len(test.scores)} students an item with no tie to the rest shows up to "
        f"{_chance_r(test)} by chance.",
        power=f"{len(test.scores)} students answered.",
        not_seen="Why an item does not go with the rest: its key, its words, or a thing the "
        "others do not ask.",
    )


def _rest(one: Item) -> tuple[Cell, Cell, Cell]:
    if isinstance(one.item_rest, CannotSay):
        return None, None, None
    return one.item_rest.value, one.item_rest.interval.low, one.item_rest.interval.high


def _chance_r(test: Responses) -> str:
    return f"{1.96 / max(np.sqrt(len(test.scores) - 3), 1):.2f}"


def _choices(test: Responses) -> list[Choices]:
    if test.chosen is None or test.key is None:
        return []
    found = distractors(test.chosen, right=test.key, names=test.items)
    return [one for one in found if isinstance(one, Choices)]


def _option_table(choices: Sequence[Choices]) -> tuple[Table, ...]:
    rows = tuple(
        (
            one.name,
            option.name,
            "key" if option.is_right else "",
            option.share.value,
            None if option.with_rest is None else option.with_rest.value,
            option.note,
        )
        for one in choices[:60]
        for option in one.options
    )
    columns = ("item", "option", "key", "share that chose it", "goes with the rest", "note")
    return (Table(title="Options", columns=columns, rows=rows),) if rows else ()
