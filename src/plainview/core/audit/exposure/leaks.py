"""Does what a child typed reach anybody else? Canaries, found in whatever they were wrapped.

In:   the entries of captures; the canaries that were typed.
Out:  each place in which each canary stood: in what form, under which wrappings, in which request.
Not here: who the recipient is and whether that was declared (parties, reconcile), the light (light).

Source: Englehardt & Narayanan (2016), Online tracking: a 1-million-site measurement, CCS '16; Starov, Gill &
Nikiforakis (2016), PETS 2016(1), 20-33, and Senol et al. (2022), USENIX Security 31, for leaks in encoded and
hashed forms.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from plainview.core.audit.exposure.canary import Canary, forms
from plainview.core.audit.exposure.find import Finder
from plainview.core.audit.exposure.places import Place, Stood, Texts, received, sent
from plainview.core.audit.exposure.unwrap import DEEPEST, Unwrapped, unwrap
from plainview.core.formats.har import Entry
from plainview.core.formats.without_sweeping import without_sweeping

CAME_BACK_DEEPEST = 2  # of what came back the outer wrappings are undone: it tells who knows, not what left
_BETWEEN = b"\n\x00\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """One canary in one place of one request."""

    canary: int  # its place in the row of canaries
    entry: int  # its place in the row of entries
    place: Place
    name: str  # of the parameter, cookie or header
    clothes: str  # "as typed", "small letters, sha256"
    wrapped: tuple[str, ...]  # outermost first: ("percent", "base64")

    @property
    def form(self) -> str:
        """How it stood there, in words: "small letters, sha256, in base64, in percent"."""
        return ", in ".join((self.clothes, *reversed(self.wrapped)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaks:
    found: tuple[Leak, ...]
    n_texts: int  # texts that were searched, each counted once
    n_pieces: int  # texts and all that came out of them
    said: tuple[str, ...]


class Search:
    """Made once of the canaries."""

    def __init__(self, canaries: Sequence[Canary]) -> None:
        self.finder = Finder(forms(canaries))

    def sent(self, entries: Iterable[tuple[int, Entry]], *, deepest: int = DEEPEST) -> Leaks:
        with without_sweeping():
            return self._in(sent(entries), deepest)

    def received(self, entries: Iterable[tuple[int, Entry]], *, deepest: int = CAME_BACK_DEEPEST) -> Leaks:
        with without_sweeping():
            return self._in(received(entries), deepest, tokens=False)

    def _in(self, texts: Texts, deepest: int, *, tokens: bool = True) -> Leaks:
        pieces = unwrap(texts.contents, deepest=deepest, tokens=tokens)
        best: dict[tuple[int, Stood], Leak] = {}
        for piece, canary, clothes in self._hits(pieces):
            for root, wrapped in pieces.roots(piece):
                for stood in texts.stood[root]:
                    leak = _leak(canary, stood, clothes, wrapped)
                    known = best.setdefault((canary, stood), leak)
                    if len(leak.wrapped) < len(known.wrapped):
                        best[(canary, stood)] = leak
        found = sorted(best.values(), key=lambda leak: (leak.entry, leak.canary, leak.place, leak.name))
        return Leaks(
            found=tuple(found), n_texts=len(texts.stood), n_pieces=len(pieces.pieces), said=tuple(pieces.said)
        )

    def _hits(self, pieces: Unwrapped) -> Iterator[tuple[int, int, str]]:
        """(piece, canary, clothes), each canary once in a piece, in its plainest form."""
        for begin, end in pieces.layers:
            contents = [pieces.pieces[number].content for number in range(begin, end)]
            starts, at = [], 0
            for content in contents:
                starts.append(at)
                at += len(content) + len(_BETWEEN)
            found: dict[tuple[int, int], str] = {}
            for hit in self.finder.hits(_BETWEEN.join(contents)):
                piece = begin + bisect_right(starts, hit.start) - 1
                known = found.get((piece, hit.form.canary))
                if known is None or _plainer(hit.form.clothes, known):
                    found[(piece, hit.form.canary)] = hit.form.clothes
            for (piece, canary), clothes in found.items():
                yield piece, canary, clothes


def _plainer(one: str, other: str) -> bool:
    return (one.count(","), len(one), one) < (other.count(","), len(other), other)


def _leak(canary: int, stood: Stood, clothes: str, wrapped: tuple[str, ...]) -> Leak:
    return Leak(
        canary=canary, entry=stood.entry, place=stood.place, name=stood.name, clothes=clothes, wrapped=wrapped
    )
