"""What was found, written down: the same dossier gives the same bytes.

In:   a review, and which versions made it.
Out:  findings.json; and the differences between two of them, number by number.
Not here: pictures. They are made from the numbers, for whoever looks.
"""

import json
import math
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from plainview.core.audit.claims import judged
from plainview.core.audit.experts import Experts
from plainview.core.audit.review import Asked, Review
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.dossier import Exhibit, Plan
from plainview.core.finding import Answer, Number
from plainview.core.version import VERSION

FORMAT = "plainview.findings/1"
PACKAGES = ("numpy", "scipy", "pyarrow", "duckdb", "numba")
# Another machine may sum in another order; what differs beyond nine digits differs.
SAME = 1e-9
# What a thing in a list may be called by.
NAMES = ("check", "name", "file", "id", "title")
Told = dict[str, Any]


def findings_of(review: Review, *, at: str | None = None) -> Told:
    """All of it as JSON has it. ``at`` is a day that whoever asks wants in it; none is read from a clock."""
    dossier = review.dossier
    return {
        "format": FORMAT,
        **({"at": at} if at else {}),
        "product": {name: getattr(dossier.product, name) for name in ("name", "vendor", "version")},
        "made_with": versions(),
        "plan": _plan(dossier.plan),
        "exhibits": [_exhibit(one) for one in dossier.exhibits],
        "logs": [asdict(one) for one in review.logs],
        "refused": [asdict(one) for one in dossier.refusals],
        "claims": [
            {
                "id": one.claim.id,
                "says": one.claim.says,
                "verdict": one.verdict,
                "sentence": one.sentence,
                "checks": [asdict(borne) for borne in one.checks],
            }
            for one in judged(review)
        ],
        "checks": [_asked(one) for one in review.asked],
        "experts": _experts(review.experts) if review.experts else None,
        "told": list(review.told),
    }


def versions() -> dict[str, str]:
    found = {"plainview": VERSION, "python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not here"
    return found


def _plan(plan: Plan) -> Told:
    return asdict(plan)


def _exhibit(one: Exhibit) -> Told:
    return {
        "file": one.file,
        "kind": one.kind,
        "sha256": one.sha256,
        "n_bytes": one.n_bytes,
        "settings": one.settings,
        "fault": one.fault,
    }


def _experts(found: Experts) -> Told:
    return asdict(found)


def _asked(one: Asked) -> Told:
    return {
        "check": one.check.name,
        "question": one.check.question,
        "asks": one.check.asks,
        "page": one.check.page,
        "answers": [answer_as_json(answer) for answer in one.answers],
    }


def answer_as_json(answer: Answer) -> Told:
    if isinstance(answer, CannotSay):
        return {"kind": "cannot say", **asdict(answer)}
    return {
        "kind": "finding",
        "check": answer.check,
        "question": answer.question,
        "answer": answer.answer,
        "sentence": answer.sentence,
        "effect": _number(answer.effect) if answer.effect else None,
        "numbers": [_number(one) for one in answer.numbers],
        "tables": [asdict(one) for one in answer.tables],
        "said": list(answer.said),
        "noise_floor": answer.noise_floor,
        "power": answer.power,
        "not_seen": answer.not_seen,
        "seed": answer.seed,
    }


def _number(one: Number) -> Told:
    return asdict(one)


def written(told: Told) -> str:
    """Stable order, one thing a line; a number that is none is null."""
    text = json.dumps(_plain(told), indent=1, ensure_ascii=False, allow_nan=False, default=str)
    return text + "\n"


def _plain(value: Any) -> Any:
    """As JSON can hold it: a tuple is a list, numpy's numbers are numbers, what is no number is null."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "item") and not isinstance(value, str):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def schema() -> Told:
    """What findings.json looks like, as it is published."""
    text = (resources.files(__package__) / "findings.schema.json").read_text(encoding="utf-8")
    found: Told = json.loads(text)
    return found


def differences(was: Told, now: Told) -> list[str]:
    """What differs, each a sentence. Versions are no difference by themselves; whoever asks tells them."""
    ignored = ("made_with", "at")
    before, after = ({k: v for k, v in one.items() if k not in ignored} for one in (was, now))
    return list(_different(before, after, ()))


def n_numbers(told: Any) -> int:
    """How many numbers there are to compare."""
    if isinstance(told, Mapping):
        return sum(map(n_numbers, told.values()))
    if isinstance(told, Sequence) and not isinstance(told, str):
        return sum(map(n_numbers, told))
    return int(isinstance(told, int | float) and not isinstance(told, bool))


def _different(was: Any, now: Any, way: tuple[str, ...]) -> Iterator[str]:
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys([*was, *now]):
            yield from _different(was.get(key), now.get(key), (*way, str(key)))
    elif _is_list(was) and _is_list(now):
        yield from _different_lists(was, now, way)
    elif not _same(was, now):
        yield f"{_said(way)}: was {_short(was)}, now is {_short(now)}."


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _different_lists(was: Sequence[Any], now: Sequence[Any], way: tuple[str, ...]) -> Iterator[str]:
    """Each thing beside the one of its own name: one file more must not make every other differ."""
    if all(isinstance(one, str) for one in (*was, *now)):
        yield from _different_words(was, now, way)
    elif key := _told_apart_by(was, now):
        here = {one[key]: one for one in now}
        for n, one in enumerate(was, start=1):
            if one[key] in here:
                yield from _different(one, here[one[key]], _at(way, n, one))
            else:
                yield f"{_said(way)}: {one[key]} was there then, and is no more."
        before = {one[key] for one in was}
        yield from (f"{_said(way)}: {name} is new." for name in here if name not in before)
    else:
        if len(was) != len(now):
            yield f"{_said(way)}: there were {len(was)}, now there are {len(now)}."
        for n, (one, other) in enumerate(zip(was, now, strict=False), start=1):
            yield from _different(one, other, _at(way, n, one))


def _different_words(was: Sequence[str], now: Sequence[str], way: tuple[str, ...]) -> Iterator[str]:
    gone, new = [one for one in was if one not in now], [one for one in now if one not in was]
    for one, other in zip(gone, new, strict=False):
        yield f"{_said(way)}: was {_short(one)}, now is {_short(other)}."
    yield from (f"{_said(way)}: said then, and no more: {_short(one)}." for one in gone[len(new) :])
    yield from (f"{_said(way)}: not said then: {_short(one)}." for one in new[len(gone) :])
    if not gone and not new and list(was) != list(now):
        yield f"{_said(way)}: the same, in another order or another number of times."


def _told_apart_by(was: Sequence[Any], now: Sequence[Any]) -> str | None:
    """The first of these that names every thing of both lists, and no two of one list alike."""
    names = (*NAMES, "question")
    return next(
        (name for name in names if was and now and all(_each_once(name, one) for one in (was, now))), None
    )


def _each_once(name: str, things: Sequence[Any]) -> bool:
    called = [one.get(name) if isinstance(one, Mapping) else None for one in things]
    return all(isinstance(one, str) and one for one in called) and len(set(called)) == len(called)


def _at(way: tuple[str, ...], n: int, thing: Any) -> tuple[str, ...]:
    return (*way[:-1], f"{way[-1]} {n}{_called(thing)}") if way else ()


def _called(value: Any) -> str:
    """A thing's own name says more than its place."""
    name = next((value[n] for n in NAMES if isinstance(value, Mapping) and value.get(n)), "")
    return f" ({name})" if name else ""


def _same(was: Any, now: Any) -> bool:
    numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in (was, now))
    if numbers:
        return math.isclose(was, now, rel_tol=SAME, abs_tol=SAME)
    return bool(was == now)


def _said(way: tuple[str, ...]) -> str:
    return ", ".join(way)


def _short(value: Any) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else text[:199] + "…"
