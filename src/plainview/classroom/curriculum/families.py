"""From a family of questions to its items.

In:   a family file that reads well, and the word lists of its unit.
Out:  its items, always the same ones from the same file; or the field that does not work out, and why.
Not here: the database (load.py), which competencies and misconceptions exist (check.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from . import figures, render
from .amounts import Amount
from .expressions import CannotWorkOut, number, work_out
from .format import BottomForm, FamilyFile, WrongAnswer
from .vocabulary import Response

# After so many draws the file leaves too few combinations; its author should hear of it.
MOST_DRAWS = 4000


class CannotMake(Exception):
    """A family that does not give its items; `path` leads to the field."""

    def __init__(self, path: tuple[str | int, ...], expected: str) -> None:
        super().__init__(expected)
        self.path, self.expected = path, expected


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeItem:
    identifier: str
    stem_html: str
    figure_svg: str
    choices: list[dict[str, Any]]
    answer: dict[str, Any]
    hints: list[str]
    worked_html: str
    values: dict[str, Any]  # the numbers and words that were drawn: tests compute the answer again from them


@dataclass(frozen=True, slots=True, kw_only=True)
class _Option:
    html: str
    text: str
    size: Fraction | str  # two options of one size are one and the same
    misconception: str = ""


def make_items(family: FamilyFile, lists: Mapping[str, list[Any]]) -> list[MadeItem]:
    """The items of a family, the easiest first where the family says what is easy."""
    params = {name: _values(name, raw, lists) for name, raw in family.params.items()}
    made: list[tuple[Any, MadeItem]] = []
    numbers: set[str] = set()
    looks: set[str] = set()
    for drawn in _draws(family, params):
        if _numbers(family, drawn) in numbers:
            continue
        item = _item(family, drawn)
        if item is None or item.stem_html + item.figure_svg in looks:
            continue
        numbers.add(_numbers(family, drawn))
        looks.add(item.stem_html + item.figure_svg)
        made.append((_ease(family, item), item))
        if len(made) == family.make:
            return [item for _, item in sorted(made, key=lambda pair: pair[0])]
    raise CannotMake(("make",), f"at most {len(made)} (no more different items come out of these params)")


def _values(name: str, raw: list[Any] | str, lists: Mapping[str, list[Any]]) -> list[Any]:
    values = lists.get(raw) if isinstance(raw, str) else raw
    if not values:
        raise CannotMake(("params", name), "a list, a range such as 1..7, or a word list of unit.yaml")
    return [_exact(value) for value in values]


def _exact(value: Any) -> Any:
    return Fraction(str(value)) if isinstance(value, float) else value


def _draws(family: FamilyFile, params: Mapping[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """Combinations in an order that only the family's name decides, so no release of Python can change it."""
    for turn in range(MOST_DRAWS):
        drawn = {n: values[_chance(family.family, n, turn) % len(values)] for n, values in params.items()}
        for name, expression in family.let.items():
            drawn[name] = _worked(("let", name), expression, drawn)
        if all(_worked(("where", i), rule, drawn) for i, rule in enumerate(family.where)):
            yield drawn


def _chance(*what: object) -> int:
    return int(_digest(*what)[:12], 16)


def _digest(*what: object) -> str:
    return hashlib.sha256("|".join(map(str, what)).encode()).hexdigest()


def _worked(path: tuple[str | int, ...], expression: Any, names: Mapping[str, Any]) -> Any:
    return _or_say_where(path, lambda: work_out(expression, names))


def _or_say_where(path: tuple[str | int, ...], deed: Callable[[], Any]) -> Any:
    try:
        return deed()
    except CannotWorkOut as problem:
        raise CannotMake(path, str(problem)) from problem


def _item(family: FamilyFile, drawn: dict[str, Any]) -> MadeItem | None:
    """One item; None when these numbers leave too few wrong answers that differ."""
    right = _right(family, drawn)
    wrong = _wrong(family, drawn, right)
    if len(wrong) < (family.choices if family.response == Response.CHOICE else 1):
        return None
    identifier = f"{family.family}-{_digest(json.dumps(_drawn_params(family, drawn), default=str))[:6]}"
    is_choice = family.response == Response.CHOICE
    options = _options(identifier, family, right, wrong[: family.choices]) if is_choice else []
    answer = _key_to(options) if is_choice else _typed(family, drawn, right, wrong)
    return _dressed(family, drawn | {"answer": _answer_name(right)}, identifier, options, answer)


def _dressed(family, names, identifier, options, answer) -> MadeItem:
    return MadeItem(
        identifier=identifier,
        stem_html=_or_say_where(("stem",), lambda: render.block(family.stem, names)),
        figure_svg=_or_say_where(("figure",), lambda: figures.draw(family.figure, names))
        if family.figure
        else "",
        choices=options,
        answer=answer,
        hints=[
            _or_say_where(("hints", i), lambda hint=hint: render.inline(hint, names))
            for i, hint in enumerate(family.hints)
        ],
        worked_html=_or_say_where(("worked",), lambda: render.block(family.worked, names)),
        values=names,
    )


def _drawn_params(family: FamilyFile, drawn: Mapping[str, Any]) -> dict[str, Any]:
    return {name: drawn[name] for name in sorted(family.params)}


def _answer_name(right: _Option) -> Any:
    return right.text if isinstance(right.size, str) else right.size


def _right(family: FamilyFile, drawn: Mapping[str, Any]) -> _Option:
    if family.answer_says is not None:
        return _or_say_where(("answer_says",), lambda: _in_words(family.answer_says, drawn))
    value = _worked(("answer",), family.answer, drawn)
    return _or_say_where(("answer",), lambda: _as_option(value))


def _wrong(family: FamilyFile, drawn: Mapping[str, Any], right: _Option) -> list[_Option]:
    """The wrong answers that differ from the right one and from each other, in the author's order."""
    options, taken = [], {right.size}
    for i, wrong in enumerate(family.wrong):
        if wrong.when is not None and not _worked(("wrong", i, "when"), wrong.when, drawn):
            continue
        option = _wrong_option(i, wrong, drawn)
        if option.size not in taken:
            taken.add(option.size)
            options.append(option)
    return options


def _wrong_option(i: int, wrong: WrongAnswer, drawn: Mapping[str, Any]) -> _Option:
    if wrong.says is not None:
        return _or_say_where(("wrong", i, "says"), lambda: _in_words(wrong.says, drawn, wrong.misconception))
    value = _worked(("wrong", i, "is"), wrong.value, drawn)
    return _or_say_where(("wrong", i, "is"), lambda: _as_option(value, wrong.misconception))


def _in_words(template: str, names: Mapping[str, Any], misconception: str = "") -> _Option:
    text = render.plain(template, names)
    return _Option(
        html=render.inline(template, names), text=text, size=text.casefold(), misconception=misconception
    )


def _as_option(value: Any, misconception: str = "") -> _Option:
    if isinstance(value, str):
        return _Option(
            html=render.value_html(value), text=value, size=value.casefold(), misconception=misconception
        )
    size = number(value)
    if size < 0:
        raise CannotWorkOut(f"nothing below 0 in grade 4, not {size}")
    return _Option(
        html=render.value_html(value), text=render.value_text(value), size=size, misconception=misconception
    )


def _options(identifier: str, family: FamilyFile, right: _Option, wrong: list[_Option]) -> list[dict]:
    options = [right, *wrong]
    if family.order:
        options.sort(key=lambda option: _place(family, option))
    else:
        options.sort(key=lambda option: _digest(identifier, option.text))
    return [
        {
            # Says nothing about being right, and stays when another choice is reworded.
            "key": _digest("choice", identifier, option.text)[:6],
            "label_html": option.html,
            "text": option.text,
            "right": option is right,
            "misconception": option.misconception,
        }
        for option in options
    ]


def _place(family: FamilyFile, option: _Option) -> int:
    if option.text not in family.order:
        raise CannotMake(("order",), f"every choice in it, also {option.text}")
    return family.order.index(option.text)


def _key_to(options: list[dict]) -> dict[str, Any]:
    return next({"key": o["key"], "text": o["text"]} for o in options if o["right"])


def _typed(family: FamilyFile, drawn: Mapping[str, Any], right: _Option, wrong: list[_Option]) -> dict:
    form: Any = family.form
    if isinstance(form, BottomForm):
        form = {"bottom": int(number(_worked(("form", "bottom"), form.bottom, drawn)))}
    known = [{"text": option.text, "misconception": option.misconception} for option in wrong]
    return {"text": right.text, "form": form, "known_wrong": known}


def _numbers(family: FamilyFile, drawn: Mapping[str, Any]) -> str:
    """What must differ from item to item: the names of `vary`, or all params that are numbers."""
    names = family.vary if family.vary is not None else [n for n in family.params if _is_size(drawn[n])]
    if unknown := [n for n in names if n not in drawn]:
        raise CannotMake(("vary",), f"names of params, not {', '.join(unknown)}")
    return str([str(drawn[n]) for n in names or family.params])


def _is_size(value: Any) -> bool:
    return isinstance(value, (int, Fraction, Amount)) and not isinstance(value, bool)


def _ease(family: FamilyFile, item: MadeItem) -> Any:
    if family.easy_first is None:
        return 0
    return number(_worked(("easy_first",), family.easy_first, item.values))
