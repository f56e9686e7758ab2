"""What a text is wrapped in, undone layer by layer: percent, escapes, base64, hex, packing, in any order.

In:   bytes as they travelled.
Out:  everything that comes out of them, each piece once, with the ways that led to it.
Not here: each wrapping by itself (wrappings), what is sought (find), which request it came from (places).

Nothing is parsed: JSON in a string in JSON is text with escapes, and its escapes are undone; so a body that
is broken, or no JSON at all, gives up what it holds just the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from plainview.core.audit.exposure.wrappings import (
    DIGESTS,
    MOST_OF_ONE,
    SHORTEST_TOKEN,
    TEXT_WAYS,
    Undo,
    Undone,
    is_telling,
    is_text,
    lines_of_base64,
    of_lines,
    of_run,
    packed_inside,
    runs,
)
from plainview.core.formats.decompress import unpacked_by_look, unpacked_unmarked

DEEPEST = 8  # wrappings within wrappings; what lies deeper is not looked into
MOST_UNMARKED = 60_000  # stretches of texts that may be packed without a mark and are tried
LEAST_BYTES = 64 << 20  # pieces may come to this much, or to eight times what was given


@dataclass(slots=True)
class Piece:
    """One text, with what it was unwrapped from: (which piece, how)."""

    content: bytes
    ways: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Unwrapped:
    """All pieces; the first ``n_given`` are as they travelled, in the order in which they were given."""

    pieces: list[Piece]
    n_given: int
    layers: list[tuple[int, int]]  # the pieces of each depth: from, to
    said: list[str]

    def roots(self, piece: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The given texts that a piece came out of, and how, the shortest way to each."""
        seen = {piece}
        row: list[tuple[int, tuple[str, ...]]] = [(piece, ())]
        for at, how in row:
            if at < self.n_given:
                yield at, how
            for parent, name in self.pieces[at].ways:
                if parent not in seen:
                    seen.add(parent)
                    row.append((parent, (name, *how)))


def unwrap(given: Sequence[bytes], *, deepest: int = DEEPEST, tokens: bool = True) -> Unwrapped:
    """Undo every wrapping that shows, and what comes out again, to a depth.

    Parameters
    ----------
    given : sequence of bytes
        Each text once.
    deepest : int
        Wrappings within wrappings.
    tokens : bool
        Whether stretches of base64 and hex inside a text are undone too, and what is packed.
    """
    return _Work(given, tokens=tokens).run(deepest)


class _Work:
    def __init__(self, given: Sequence[bytes], *, tokens: bool) -> None:
        self.out = Unwrapped(
            pieces=[Piece(content) for content in given],
            n_given=len(given),
            layers=[(0, len(given))],
            said=[],
        )
        self.known = {content: number for number, content in enumerate(given)}
        self.opens_tokens = tokens
        self.tokens: dict[bytes, tuple[Undone, ...]] = {}
        self.left, self.unmarked_left = max(8 * sum(map(len, given)), LEAST_BYTES), MOST_UNMARKED

    def run(self, deepest: int) -> Unwrapped:
        for _ in range(deepest):
            begin, end = self.out.layers[-1]
            for number in range(begin, end):
                self._open(number)
            if len(self.out.pieces) == end or self.left < 0:
                break
            self.out.layers.append((end, len(self.out.pieces)))
        if self.left < 0:
            self.out.said.append("There was more to unwrap than fits: not every wrapping was undone.")
        if self.unmarked_left < 0:
            self.out.said.append(
                "There were more stretches that may be packed without a mark (Brotli, deflate) than were "
                "tried."
            )
        return self.out

    def _open(self, number: int) -> None:
        content = self.out.pieces[number].content
        for sign, name, undo in TEXT_WAYS:
            if sign in content and (whole := undo(content)) is not None and whole != content:
                self._keep(number, name, whole)
        if self.opens_tokens and len(content) >= SHORTEST_TOKEN:
            for name, part in (*self._packed(content), *self._in_tokens(content)):
                self._keep(number, name, part)

    def _keep(self, parent: int, name: str, content: bytes) -> None:
        """A piece that is known already (it may be one that was given) gets one more way."""
        if len(content) < 4 or self.left < 0:
            return
        known = self.known.get(content)
        if known is None:
            known = self.known[content] = len(self.out.pieces)
            self.out.pieces.append(Piece(content))
            self.left -= len(content)
        if known != parent:
            self.out.pieces[known].ways.append((parent, name))

    def _packed(self, content: bytes) -> Iterator[Undone]:
        if (found := unpacked_by_look(content, most=MOST_OF_ONE)) is not None:
            yield "packed", found.content
        elif not is_text(content):
            yield from packed_inside(content)
            yield from self._unmarked(content)

    def _unmarked(self, content: bytes) -> Iterator[Undone]:
        if len(content) > MOST_OF_ONE:
            return
        for found in unpacked_unmarked(content, most=MOST_OF_ONE):
            if is_text(found.content) or unpacked_by_look(found.content, most=64):
                yield "packed", found.content

    def _in_tokens(self, content: bytes) -> Iterator[Undone]:
        for run in runs(content):
            yield from self._kept(run, of_run)
        for lines in lines_of_base64(content):
            yield from self._kept(lines, of_lines)

    def _kept(self, token: bytes, undo: Undo) -> tuple[Undone, ...]:
        """The same stretch stands in many requests."""
        found = self.tokens.get(token)
        if found is None:
            found = self.tokens[token] = tuple(self._of_token(token, undo))
        return found

    def _of_token(self, token: bytes, undo: Undo) -> Iterator[Undone]:
        for name, plain in undo(token):
            if is_telling(plain):
                yield name, plain
            elif (found := unpacked_by_look(plain, most=MOST_OF_ONE)) is not None:
                yield f"{name}, packed", found.content
            elif len(plain) >= 12 and not (name == "hex" and len(plain) in DIGESTS):
                # A whole body is always tried; of stretches inside texts there may be a million.
                self.unmarked_left -= 1
                if self.unmarked_left < 0:
                    continue
                yield from ((f"{name}, {how}", inner) for how, inner in self._unmarked(plain))
