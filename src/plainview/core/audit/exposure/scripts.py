"""Scripts that can tell a browser by its drawing and its fonts, and scripts that film a visit.

In:   captures; what `plainview capture` noted of calls that scripts made.
Out:  each script with what it can do, or was seen to do; each recorder that was sent to.
Not here: cookies (identifiers), the light (light).

A script's text shows what it is able to do, not that it did. What was seen to happen is known only where the
capture noted the calls (`plainview capture` does), by the conditions of Englehardt & Narayanan (2016),
section 6: a canvas of at least 16 x 16, text in at least two colours or ten different letters, read back, and
neither ``save``, ``restore`` nor ``addEventListener``; 50 fonts or more measured on one text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plainview.core.audit.exposure.parties import Role, host_of, known, leaves, registrable
from plainview.core.formats.har import Capture, Entry

MOST_READ = 4 << 20
FEWEST_FONTS = 12  # names of rare fonts in one script
FONTS_MEASURED, LEAST_SIDE, LETTERS = 50, 16, 10
_FONTS = (
    "Andale Mono",
    "Arial Black",
    "Arial Narrow",
    "Bitstream Vera",
    "Book Antiqua",
    "Bookman Old Style",
    "Calibri",
    "Cambria",
    "Century Gothic",
    "Century Schoolbook",
    "Comic Sans MS",
    "Consolas",
    "Franklin Gothic",
    "Garamond",
    "Haettenschweiler",
    "Lucida Bright",
    "Lucida Console",
    "Lucida Fax",
    "Lucida Handwriting",
    "Marlett",
    "Monotype Corsiva",
    "MS Gothic",
    "MS Outlook",
    "MS Reference Sans Serif",
    "Palatino Linotype",
    "Segoe Print",
    "Segoe UI Light",
    "SimHei",
    "Trebuchet MS",
    "Univers",
    "Vrinda",
    "Wingdings 2",
    "ZWAdobeF",
    "Menlo",
)
_REPLAY = re.compile(rb'"type"\s*:\s*[2-4]\s*,\s*"data"\s*:\s*\{\s*"(?:source|node|href)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Ability:
    """What one script can do, or did."""

    what: str  # "canvas", "fonts", "recording"
    was_seen: bool  # done; otherwise its text shows that it can
    domain: str  # whose script it is
    address: str  # without its query
    entry: int
    file: str
    shown_by: str


def abilities(capture: Capture) -> tuple[Ability, ...]:
    """Each script and recorder once."""
    found: dict[tuple[str, str, bool], Ability] = {}
    for one in (*_able(capture), *_done(capture), *_recorders(capture)):
        found.setdefault((one.what, one.address, one.was_seen), one)
    return tuple(found.values())


def _able(capture: Capture) -> Iterator[Ability]:
    for entry in capture.entries:
        if not _is_script(entry) or not entry.response.text:
            continue
        text = entry.response.content()[:MOST_READ].decode("utf-8", "replace")
        for what, shown_by in _shown(text):
            yield _ability(capture, entry, what, shown_by, was_seen=False)


def _is_script(entry: Entry) -> bool:
    kind = entry.response.mime.lower()
    return "javascript" in kind or "ecmascript" in kind or entry.resource == "script" or "html" in kind


def _shown(text: str) -> Iterator[tuple[str, str]]:
    if "toDataURL" in text and "fillText" in text and re.search(r"fillStyle|textBaseline", text):
        yield "canvas", "it draws text on a canvas and reads the picture back"
    n_fonts = sum(name in text for name in _FONTS)
    if n_fonts >= FEWEST_FONTS and re.search(r"measureText|offsetWidth|\.check\(", text):
        yield "fonts", f"it measures text in {n_fonts} rare fonts"
    if "rrweb" in text and re.search(r"MutationObserver", text):
        yield "recording", "it holds a recorder of pages (rrweb)"


def _done(capture: Capture) -> Iterator[Ability]:
    """Of the calls that were noted: {"script", "canvas": {...}, "fonts": {...}}."""
    for said in capture.extra.get("calls", ()):
        if not isinstance(said, dict):
            continue
        address = str(said.get("script", ""))
        for what, shown_by in _met(said):
            yield Ability(
                what=what,
                was_seen=True,
                domain=registrable(host_of(address)) if leaves(address) else "",
                address=address.partition("?")[0],
                entry=0,
                file=capture.file,
                shown_by=shown_by,
            )


def _met(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    canvas = said.get("canvas")
    if isinstance(canvas, dict):
        is_large = min(_n(canvas, "width"), _n(canvas, "height")) >= LEAST_SIDE
        is_rich = _n(canvas, "colours") >= 2 or _n(canvas, "letters") >= LETTERS
        is_drawn_on = bool(_n(canvas, "kept"))  # save, restore or addEventListener: somebody draws with it
        if is_large and is_rich and _n(canvas, "read") and not is_drawn_on:
            yield "canvas", f"{_n(canvas, 'letters')} letters were drawn and the picture was read back"
    fonts = said.get("fonts")
    if isinstance(fonts, dict) and _n(fonts, "n") >= FONTS_MEASURED:
        yield "fonts", f"one text was measured in {_n(fonts, 'n')} fonts"


def _n(said: Mapping[str, Any], name: str) -> int:
    value = said.get(name, 0)
    return int(value) if isinstance(value, int | float) else 0


def _recorders(capture: Capture) -> Iterator[Ability]:
    for entry in capture.entries:
        if not leaves(entry.url):
            continue
        if line := _listed(host_of(entry.url)):
            shown = (
                "what the child does was sent to it"
                if entry.body or entry.frames
                else "its script was asked for"
            )
            yield _ability(
                capture, entry, "recording", shown, was_seen=bool(entry.body or entry.frames) or line
            )
        elif _REPLAY.search(entry.body) or any(_REPLAY.search(f.content) for f in entry.frames if f.is_sent):
            yield _ability(capture, entry, "recording", "a film of the page was sent to it", was_seen=True)


def _listed(host: str) -> bool:
    parts = host.split(".")
    lines = (known().get(".".join(parts[start:])) for start in range(len(parts) - 1))
    return next((line.role is Role.RECORDING for line in lines if line), False)


def _ability(capture: Capture, entry: Entry, what: str, shown_by: str, *, was_seen: bool) -> Ability:
    return Ability(
        what=what,
        was_seen=was_seen,
        domain=registrable(host_of(entry.url)),
        address=entry.url.partition("?")[0],
        entry=entry.number,
        file=capture.file,
        shown_by=shown_by,
    )


def able_in_all(captures: Sequence[Capture]) -> tuple[Ability, ...]:
    found: dict[tuple[str, str, bool], Ability] = {}
    for capture in captures:
        for one in abilities(capture):
            found.setdefault((one.what, one.address, one.was_seen), one)
    return tuple(found.values())
