"""A fitted model in a file, and back: the same predictions, to the last digit.

In:   a fit of one of the models that can be chosen, or a file that was written here.
Out:  a JSON file that people and programs can read; the fit again, or a sentence that says what is wrong.
Not here: which model (compare), whom it foresees (whoever asks ``fit.predict``).

A file is data, never code: it holds names and numbers, and what is read is built field by field from what the
model's own classes say they hold. Sizes and places are checked, for compiled walks do not look where they
step. Student names stay behind but for AFM, whose students have weights of their own. NaN is null, the
infinities are words; every other number is written so that it is read back as it was.
"""

import json
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from importlib import import_module
from math import inf, isinf, isnan, nan
from pathlib import Path
from typing import Any

import numpy as np

from plainview.core.learner.choose import sizes
from plainview.core.learner.choose.models import BY_NAME, Fitted
from plainview.core.mendable import Mendable
from plainview.core.version import VERSION

KIND = "plainview model/1"
EXPECTED = "expected a model that `plainview fit --save` has written"
_WORDS = {"inf": inf, "-inf": -inf}


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What stands in a file."""

    model: str
    made_by: str  # "plainview 0.3.0"
    fit: Fitted


def write(path: str | Path, fit: Any, *, model: str, **beside: Any) -> None:
    """Write a fit; ``beside`` is what else the file shall say, in what JSON can hold.

    Raises
    ------
    Mendable
        If the file cannot be written.
    """
    told = {"kind": KIND, "made_by": f"plainview {VERSION}", "model": model, "rests_on": BY_NAME[model].words}
    text = json.dumps(told | beside | {"fit": _plain(_without_students(fit))}, allow_nan=False)
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as fault:
        raise Mendable(f"{path}: this file cannot be written ({fault.strerror or fault}).") from None


def read(path: str | Path) -> Saved:
    """The fit that ``write`` has written: its predictions are the same numbers.

    Raises
    ------
    Mendable
        If there is no such file, or it holds anything but such a fit: one sentence says what was found.
    """
    told = _json(Path(path))
    model = told.get("model")
    if told.get("kind") != KIND or model not in BY_NAME:
        raise _fault(path, f"found {_shown(told.get('kind'))} of {_shown(model)}")
    try:
        fit = _built(_class_of(model), told.get("fit"), "fit")
        sizes.check(str(model), fit)
    except (ValueError, TypeError, OverflowError, KeyError, RecursionError) as fault:
        raise _fault(path, str(fault).rstrip(".")) from None
    return Saved(model=str(model), made_by=str(told.get("made_by")), fit=fit)


def _json(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Mendable(f"{path}: there is no such file.") from None
    except OSError as fault:
        raise Mendable(f"{path}: this file cannot be read ({fault.strerror or fault}).") from None
    except (ValueError, RecursionError):
        raise _fault(path, "found no JSON") from None
    if not isinstance(told, dict):
        raise _fault(path, "found JSON of another kind")
    return told


def _fault(path: str | Path, found: str) -> Mendable:
    return Mendable(f"{path}: {found}; {EXPECTED}.")


def _shown(found: object) -> str:
    return repr(found)[:40] if isinstance(found, str) else "nothing" if found is None else "no name"


def _without_students(fit: Any) -> Any:
    """Names of students only where students have weights."""
    layout, names = getattr(fit, "layout", None), getattr(fit, "names", None)
    if names is None or "student" in getattr(layout, "blocks", ()):
        return fit
    return replace(fit, names=replace(names, students=()))


# --- out ------------------------------------------------------------------------------------------------


def _plain(thing: Any) -> Any:
    if is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: _plain(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, np.ndarray):
        return _plain(thing.tolist())
    if isinstance(thing, np.generic):
        return _plain(thing.item())
    if isinstance(thing, Mapping):
        return {str(key): _plain(value) for key, value in thing.items()}
    if isinstance(thing, float):
        return None if isnan(thing) else str(thing) if isinf(thing) else thing
    if thing is None or isinstance(thing, (str, int, bool)):
        return thing
    return [_plain(one) for one in thing]


# --- back -----------------------------------------------------------------------------------------------


def _class_of(model: str) -> type:
    """The class of a model's fit: what its ``fit`` says it returns, beside CannotSay."""
    module, _, function = BY_NAME[model].where.partition(":")
    gives = typing.get_type_hints(getattr(import_module(module), function))["return"]
    found: type = next(kind for kind in typing.get_args(gives) if kind.__name__ != "CannotSay")
    return found


def _built(kind: Any, told: Any, where: str) -> Any:
    """``told`` as ``kind`` says: a class, an array, a tuple, a mapping, or a plain value."""
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return _built_class(kind, told, where)
    if origin is np.ndarray:
        return _array(inside[1], told, where)
    if origin in (typing.Union, types.UnionType):
        some = [one for one in inside if one is not types.NoneType]
        return None if told is None else _built(some[0], told, where)
    if origin in (tuple, Sequence):
        return tuple(_built(inside[0], one, where) for one in _as(list, told, where))
    if origin in (dict, Mapping):
        return {name: _built(inside[1], one, where) for name, one in _as(dict, told, where).items()}
    if kind is float:
        return _number(told, where)
    return _as(kind, told, where)


def _built_class(kind: type, told: Any, where: str) -> Any:
    found, hints = _as(dict, told, where), typing.get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    if absent := [name for name in names if name not in found]:
        raise ValueError(f"{where}: found no '{absent[0]}'")
    return kind(**{name: _built(hints[name], found[name], f"{where}.{name}") for name in names})


def _array(kind: Any, told: Any, where: str) -> Any:
    as_floats = np.array(_as(list, told, where), dtype=object)
    number = typing.get_args(kind)[0]
    if number is np.bool_ or issubclass(number, np.integer):
        if not all(isinstance(one, int) for one in as_floats.flat):
            raise ValueError(f"{where}: found what is no whole number")
        return as_floats.astype(number)
    flat = [_number(one, where) for one in as_floats.flat]
    return np.array(flat, dtype=number).reshape(as_floats.shape)


def _number(told: Any, where: str) -> float:
    if told is None:
        return nan
    if isinstance(told, str) and told in _WORDS:
        return _WORDS[told]
    if isinstance(told, bool) or not isinstance(told, (int, float)):
        raise ValueError(f"{where}: found what is no number")
    return float(told)


def _as(kind: Any, told: Any, where: str) -> Any:
    whole = kind is int and isinstance(told, bool)
    if not isinstance(told, kind) or whole:
        raise ValueError(f"{where}: found {type(told).__name__}, expected {kind.__name__}")
    return told
