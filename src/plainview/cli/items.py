"""`plainview fit LOG --items MODEL`: what each item of a log asks, by a response model.

In:   a log, one of the response models.
Out:  what was collapsed, how the fit ended, a line an item; or JSON. 0 said, 3 cannot say.
Not here: the table (core.measure.responses), the model (core.measure.irt).
"""

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.choose.say import plain
from plainview.core.logs.door import Opened
from plainview.core.measure.irt.fit import fit
from plainview.core.measure.irt.informative import reliability
from plainview.core.measure.irt.items import KIND_OF, IrtFit, ItemParameters
from plainview.core.measure.responses import Responses, responses
from plainview.core.mendable import Mendable
from plainview.core.version import VERSION

SAID, CANNOT = 0, 3
OF_STEPS = ("grm", "gpcm", "pcm")
HEAD = ("item", "students", "slope (SE)", "difficulty (SE)", "guess", "remark")


def answer(asked: Namespace, opened: Opened) -> int:
    """Lay the table out, fit, say."""
    if asked.items not in KIND_OF:
        raise Mendable(f"--items: found {asked.items}, expected one of {', '.join(KIND_OF)}.")
    n_categories = asked.categories or 2
    if asked.items not in OF_STEPS and n_categories != 2:
        raise Mendable(
            f"--categories: found {n_categories}, expected it with --items {' or '.join(OF_STEPS)}."
        )
    try:
        table = responses(opened.coded, n_categories=n_categories)
    except ValueError as fault:
        raise Mendable(f"--categories: {fault}") from None
    found = table if isinstance(table, CannotSay) else fit(table.answers, model=asked.items)
    print(_for_programs(table, found) if asked.json else _for_people(opened, table, found))
    if isinstance(table, CannotSay) or isinstance(found, CannotSay):
        if asked.save:
            print(f"Nothing was saved: {asked.save} was not touched.", file=sys.stderr)
        return CANNOT
    if asked.save:
        _save(Path(asked.save), _for_programs(table, found))
    return SAID


def _save(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise Mendable(f"{path}: this file cannot be written ({fault.strerror or fault}).") from None
    print(f"The items are in {path}.", file=sys.stderr)


def _for_people(opened: Opened, table: Responses | CannotSay, found: IrtFit | CannotSay) -> str:
    lines = [*opened.sentences(), *opened.faults.lines()]
    if isinstance(table, Responses):
        lines += [f"{said}." for said in table.said]
    if isinstance(found, CannotSay) or isinstance(table, CannotSay):
        return "\n".join([*lines, "", str(found)])
    return "\n".join([*lines, "", *_lines(found, table), "", _ended(found)])


def _ended(found: IrtFit) -> str:
    return (
        f"{found.model}, log-likelihood {found.log_likelihood:.3f}, {found.n_parameters} numbers; "
        f"{found.ended.said}. {found.quadrature.said}. "
        f"Reliability of abilities, marginal: {reliability(found).marginal:.2f}."
    )


def _lines(found: IrtFit, table: Responses) -> list[str]:
    cells = [HEAD, *(_cells(item, table.items[item.item]) for item in found.items)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    return ["  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in cells]


def _cells(item: ItemParameters, name: str) -> tuple[str, ...]:
    at = ", ".join(_with_error(b, se) for b, se in zip(item.difficulties, item.difficulty_ses, strict=True))
    slope = _with_error(item.slope, item.slope_se) if item.is_fitted else "-"
    return (
        name,
        f"{item.n_answers:,}",
        slope,
        at or "-",
        f"{item.guess:.2f}" if item.guess else "",
        item.remark,
    )


def _with_error(value: float, error: float) -> str:
    return f"{value:.2f}" if error != error else f"{value:.2f} ({error:.2f})"


def _for_programs(table: Responses | CannotSay, found: IrtFit | CannotSay) -> str:
    told: dict[str, Any] = {"made_by": f"plainview {VERSION}"}
    if isinstance(table, CannotSay):
        return json.dumps(told | plain(table), ensure_ascii=False, indent=1)
    told |= {"said": list(table.said), "names": list(table.items)}
    if isinstance(found, CannotSay):
        return json.dumps(told | plain(found), ensure_ascii=False, indent=1)
    # It is about items: what each student can do stays with whoever holds the log.
    of_items = {name: value for name, value in plain(found).items() if name not in ("eap", "eap_sd")}
    return json.dumps(told | {"fit": of_items}, ensure_ascii=False, indent=1)
