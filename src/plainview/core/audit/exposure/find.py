"""Many needles in one haystack, in one pass: every place where one of thousands of forms stands.

In:   forms; bytes of any length.
Out:  each hit: which form, where.
Not here: what the bytes came from (places), what they were wrapped in (unwrap).

Each needle is known by eight neighbouring bytes of it (four, where it is shorter). All stretches of eight
bytes are hashed at once; where the hash is one of a needle's, the needle itself is compared. What is found is
exact; the hash only says where to look.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from plainview.core.audit.exposure.canary import Form

AT_ONCE = 1 << 17
BITS = 18  # the marks fit a processor's nearest memory; one stretch in 700 is looked at in vain
_SPREAD = {8: 0x9E3779B97F4A7C15, 4: 0x9E3779B1}
_NOISE_RUN = 24  # letters and digits in a row: no word, but something encoded
_RUN = re.compile(rb"[A-Za-z0-9+/_=-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    form: Form
    start: int


class Finder:
    """Made once of all forms, asked for many haystacks."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self.any_case = [
            _Table(width, [f for f in forms if f.any_case and _width(f) == width]) for width in (8, 4)
        ]
        self.exact = [
            _Table(width, [f for f in forms if not f.any_case and _width(f) == width]) for width in (8, 4)
        ]

    def hits(self, hay: bytes) -> Iterator[Hit]:
        for table in self.exact:
            yield from table.hits(hay)
        small = hay.lower() if any(table.forms for table in self.any_case) else b""
        for table in self.any_case:
            yield from table.hits(small, whole=hay)


def _width(form: Form) -> int:
    return 8 if len(form.needle) >= 8 else 4


@dataclass
class _Table:
    """The needles of one width of stretch."""

    width: int
    forms: Sequence[Form]
    known: dict[bytes, list[tuple[Form, int]]] = field(init=False)
    marked: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.known, self.marked = {}, np.zeros(1 << BITS, dtype=bool)
        for form in self.forms:
            offset = _telling(form.needle, self.width)
            self.known.setdefault(form.needle[offset : offset + self.width], []).append((form, offset))
        if self.known:
            joined = np.frombuffer(b"".join(self.known), dtype=f"<u{self.width}")
            self.marked[_places(joined, self.width)] = True

    def hits(self, hay: bytes, whole: bytes | None = None) -> Iterator[Hit]:
        whole = hay if whole is None else whole
        if not self.forms or len(hay) < self.width:
            return
        for at in self._candidates(hay):
            for form, offset in self.known.get(hay[at : at + self.width], ()):
                start = at - offset
                if start >= 0 and hay.startswith(form.needle, start) and stands(whole, start, form):
                    yield Hit(form=form, start=start)

    def _candidates(self, hay: bytes) -> Iterator[int]:
        """Where the hash of a stretch is a needle's: of those that begin at 0, 8, 16 ..., then at 1, 9 ..."""
        step = self.width
        for begin in range(step):
            for first in range(begin, len(hay) - step + 1, AT_ONCE):
                count = (min(len(hay), first + AT_ONCE) - first) // step
                numbers = np.frombuffer(hay, dtype=f"<u{step}", offset=first, count=count)
                yield from (np.flatnonzero(self.marked[_places(numbers, step)]) * step + first).tolist()


def _places(numbers: NDArray[np.unsignedinteger], width: int) -> NDArray[np.unsignedinteger]:
    spread = numbers * numbers.dtype.type(_SPREAD[width])
    return np.asarray(spread >> numbers.dtype.type(width * 8 - BITS))


def _telling(needle: bytes, width: int) -> int:
    """Where in a needle the stretch begins that is rarest: most different signs."""
    starts = range(len(needle) - width + 1)
    return max(starts, key=lambda s: (len(set(needle[s : s + width])), -s))


def stands(hay: bytes, start: int, form: Form) -> bool:
    """A short form counts only where it is no part of something longer that chance could have made."""
    end = start + len(form.needle)
    before, behind = hay[start - 1 : start] if start else b"", hay[end : end + 1]
    if form.needle.isdigit() and (before.isdigit() or behind.isdigit()):
        return False
    if not form.alone or not (_goes_on(before) or _goes_on(behind)):
        return True
    if form.n_shared < 6:
        return False
    left = _RUN.match(hay[max(0, start - _NOISE_RUN) : start][::-1])
    right = _RUN.match(hay, end, end + _NOISE_RUN)
    run = (left.end() if left else 0) + len(form.needle) + ((right.end() - end) if right else 0)
    return run < _NOISE_RUN


def _goes_on(sign: bytes) -> bool:
    return sign.isalnum()
