"""Names and other traces in a story, marked so that the person may take them out before she sends it.

In:   what somebody wrote; the names of products and vendors, which stay.
Out:  each trace with its place, its kind, and the words that would stand instead.
Not here: deciding. The person does, trace by trace, and a steward reads what is left.

A list cannot know every name, and a capital letter does not always begin one. So too much is marked rather
than too little, and the page says that it may have missed something.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What a trace is. The label is what stands instead of it."""

    MAIL = "mail", pgettext_lazy("instead of", "[an e-mail address]")
    WEB = "web", pgettext_lazy("instead of", "[an address on the web]")
    HANDLE = "handle", pgettext_lazy("instead of", "[an account]")
    PHONE = "phone", pgettext_lazy("instead of", "[a phone number]")
    STREET = "street", pgettext_lazy("instead of", "[an address]")
    DAY = "day", pgettext_lazy("instead of", "[a day]")
    ROOM = "room", pgettext_lazy("instead of", "[a room]")
    NUMBER = "number", pgettext_lazy("instead of", "[a number]")
    SCHOOL = "school", pgettext_lazy("instead of", "[a school]")
    TITLED = "titled", pgettext_lazy("instead of", "[an adult]")
    NAME = "name", pgettext_lazy("instead of", "[a name]")
    CAPITAL = "capital", pgettext_lazy("instead of", "[left out]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    start: int
    end: int
    text: str
    kind: Kind

    @property
    def instead(self) -> str:
        return str(self.kind.label)


CAP = r"[A-ZÀ-ÖØ-Þ][\w’'-]*"
CAPS = rf"{CAP}(?:[ ](?:(?:de|del|la|los|las|of|the|y|St\.)[ ])?{CAP})*"
SCHOOLS = (
    r"Elementary|Middle|Junior|Intermediate|Primary|Preparatory|High|Charter|Montessori|Magnet|Academy|School|"
    r"Schools|College|ISD|USD|Unified|District|Primaria|Secundaria|Preparatoria|Kindergarten|Preschool"
)
SCHOOLS_BEFORE = r"(?:Escuela|Colegio|Instituto|Liceo|Academia|Distrito|CEIP|IES|P\.?S\.?)"
TITLES = (
    r"(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Sra?|Srta|Coach|Principal|Superintendent|Professor|Teacher|"
    r"Maestr[oa]|Profesora?|Directora?|Don|Doña)"
)
MONTHS = (
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
MESES = r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
STREETS = r"Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place"

# In this order: what an earlier pattern has taken, a later one leaves alone.
PATTERNS: tuple[tuple[Kind, re.Pattern], ...] = (
    (Kind.MAIL, re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+")),
    (Kind.WEB, re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|edu|gov|us|k12)\b\S*", re.I)),
    (Kind.HANDLE, re.compile(r"(?<!\w)@\w[\w.]+")),
    (Kind.PHONE, re.compile(r"(?<![\w.])(?:\+?\d{1,3}[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?!\w)")),
    (Kind.STREET, re.compile(rf"\b\d+[A-Za-z]?\s+(?:{CAP}\s+){{1,4}}(?:{STREETS})\b\.?|\b[Cc]alle\s+{CAPS}")),
    (Kind.DAY, re.compile(rf"\b(?:{MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?")),
    (Kind.DAY, re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTHS})\b(?:\s+\d{{4}})?")),
    (Kind.DAY, re.compile(rf"\b\d{{1,2}}\s+de\s+(?:{MESES})\b(?:\s+de\s+\d{{4}})?", re.I)),
    (Kind.DAY, re.compile(r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b")),
    (Kind.ROOM, re.compile(r"\b(?:[Rr]oom|[Ss]alón|[Aa]ula)\s+(?:\d+\w?|[A-Z]\d*)\b")),
    (Kind.NUMBER, re.compile(r"(?<![\w.,])#?\d{5,}(?!\w)|\b\d{3}-\d{2}-\d{4}\b")),
    (Kind.SCHOOL, re.compile(rf"\b{SCHOOLS_BEFORE}\s+(?:#?\d+|{CAPS})")),
    (Kind.SCHOOL, re.compile(rf"\b(?:{CAP}[ ]){{1,5}}(?:{SCHOOLS})(?:[ ](?:{SCHOOLS}))*\b")),
    (Kind.TITLED, re.compile(rf"\b{TITLES}\.?\s+{CAP}(?:[ ]{CAP}){{0,2}}|\b{TITLES}\.?\s+[A-Z]\b")),
)
WORD = re.compile(r"[^\W\d_][\w’'-]*")
ENDS_A_SENTENCE = re.compile(r"(?:^|[.!?:…»”\"\n\-–—(\[¿¡*])[\s”\"'’»¿¡“«(]*$")


def tidy(words: str) -> str:
    """As one reads it: nothing invisible, by which a text could be told from its copies."""
    same = unicodedata.normalize("NFC", words).replace("\r\n", "\n").replace("\r", "\n")
    seen = "".join(c for c in same if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs"))
    lines = [" ".join(line.split()) for line in seen.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def find(words: str, *, stay: Collection[str] = ()) -> list[Found]:
    """Every trace, in the order of the text. ``stay``: names that may stand, of product and vendor."""
    kept = [m.span() for name in stay if name for m in re.finditer(re.escape(name), words, re.I)]
    found: list[Found] = []
    for one in (*_by_pattern(words), *_by_word(words)):
        if not any(one.start < end and start < one.end for start, end in kept):
            found.append(one)
            kept.append((one.start, one.end))
    return sorted(found, key=lambda one: one.start)


def without(words: str, found: Collection[Found]) -> str:
    """The text with something else in the place of each of ``found``."""
    for one in sorted(found, key=lambda one: one.start, reverse=True):
        words = words[: one.start] + one.instead + words[one.end :]
    return words


def parts(words: str, found: Collection[Found]) -> list[tuple[str, int | None]]:
    """The text in pieces, each with the place in ``found`` of the trace that it is, or ``None``."""
    pieces, at = [], 0
    for n, one in enumerate(sorted(found, key=lambda one: one.start)):
        pieces += [(words[at : one.start], None), (one.text, n)]
        at = one.end
    return [*pieces, (words[at:], None)]


def _by_pattern(words: str) -> Iterator[Found]:
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(words):
            yield Found(start=match.start(), end=match.end(), text=match[0], kind=kind)


def _by_word(words: str) -> Iterator[Found]:
    for start, end in _runs([m for m in WORD.finditer(words) if _gives_away(m, words)], words):
        said = words[start:end]
        is_name = any(bare(part) in listed("given_names") for part in said.split())
        yield Found(start=start, end=end, text=said, kind=Kind.NAME if is_name else Kind.CAPITAL)


def _gives_away(match: re.Match, words: str) -> bool:
    word = bare(match[0])
    if word in listed("ordinary") or (
        match[0].isupper() and len(word) <= 4 and word not in listed("given_names")
    ):
        return False
    begins = bool(ENDS_A_SENTENCE.search(words[: match.start()]))
    if match[0][0].isupper() and not begins:
        return True
    return word in listed("given_names") and word not in listed("words_too")


def bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.lower())


def _runs(matches: list[re.Match], words: str) -> Iterator[tuple[int, int]]:
    """A first name and a family name are one trace."""
    start = end = -1
    for match in matches:
        if start >= 0 and words[end : match.start()] == " ":
            end = match.end()
            continue
        if start >= 0:
            yield start, end
        start, end = match.span()
    if start >= 0:
        yield start, end


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one of our own lists, which lie beside this file."""
    text = (resources.files(__package__) / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
