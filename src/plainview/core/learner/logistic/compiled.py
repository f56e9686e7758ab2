"""The walks of `past` and `times`, compiled. Import it only where it pays: it loads the compiler.

In:   the plain functions.
Out:  the same functions, some hundred times as fast.
Not here: when to use them (design).

The source is not written twice: each plain function's own code is compiled, its callees first, so that the
names inside it mean the compiled ones.
"""

from collections.abc import Callable
from types import FunctionType
from typing import Any

from numba import njit

from plainview.core.learner.logistic import past, times


def _compiled(parts: tuple[Callable[..., Any], ...], module: Any) -> Callable[..., Any]:
    """The last of ``parts``, compiled together with all before it."""
    names = dict(vars(module))
    for part in parts:
        assert isinstance(part, FunctionType)  # noqa: S101 - for the type checker
        plain = FunctionType(part.__code__, names, part.__name__, part.__defaults__)
        plain.__module__ = module.__name__
        plain.__qualname__ = part.__qualname__
        names[part.__name__] = njit(cache=True, nogil=True)(plain)
    walk: Callable[..., Any] = names[parts[-1].__name__]
    return walk


walk = _compiled(past.PARTS, past)
walk_times = _compiled(times.PARTS, times)
