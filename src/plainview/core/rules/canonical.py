"""One way to write a thing down, so that two machines write the same bytes.

In:   plain values: mappings, lists, words, numbers, dates.
Out:  JSON with sorted keys, numbers rounded to six decimals, one value a line, a line's end at the end.
Not here: what the values mean.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

# The last digits of a float differ between machines' mathematics; six decimals do not.
DECIMALS = 6


def plain(value: Any) -> Any:
    """The value as JSON has it: dataclasses become objects, dates ISO words, floats are rounded."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return _rounded(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        # "with_" only because "with" is taken in Python; the file says "with".
        return {f.name.removesuffix("_"): plain(getattr(value, f.name)) for f in fields(value) if f.compare}
    if isinstance(value, Mapping):
        return {_key(k): plain(v) for k, v in value.items()}
    return [plain(v) for v in value]


def as_bytes(value: Any) -> bytes:
    """The one way of writing it."""
    text = json.dumps(plain(value), sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode()


def _rounded(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be written down: every number here is finite.")
    # Adding 0.0 turns a negative zero into zero: the two are equal and would be written differently.
    return round(value, DECIMALS) + 0.0


def _key(key: Any) -> str:
    return str(key.value if isinstance(key, Enum) else key)
