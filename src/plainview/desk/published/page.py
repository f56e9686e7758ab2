"""What stands on a published page: the format plainview.page/1, said in this one place.

In:   what a room above composed from findings, ratings, verdicts and declarations.
Out:  a frozen ``Page``; its canonical bytes; the same page read back from them.
Not here: how it looks (render), how it is kept (freeze), what became of its conditions since (clocks).

Words for readers are ``Words``: one text a language. A sentence of the core stands in English, as the core
wrote it. Words of closed lists (mark, row, kind) are stored as keys, and said in the reader's language.
"""

import json
import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from defusedxml.ElementTree import fromstring
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

FORMAT = "plainview.page/1"
LANGUAGES = ("en", "es")


class Kept(BaseModel):
    """A part of a page: nothing is added that the format does not name, nothing changed once it is made."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        validate_by_name=True,
        validate_by_alias=True,
    )


class Words(Kept):
    """One text in each language. Where a language has none, readers are shown the English, marked as such."""

    en: str
    es: str = ""

    @model_validator(mode="before")
    @classmethod
    def one_text_is_english(cls, told: object) -> object:
        return {"en": told} if isinstance(told, str) else told


# --- closed lists ---------------------------------------------------------------------------------------
class Mark(StrEnum):
    """What the evidence says to one question of the label."""

    SHOWN = "shown"
    NOT_SHOWN = "not_shown"
    SHOWN_NOT_TO = "shown_not_to"
    CANNOT_SAY = "cannot_say"
    REFUSED = "refused"
    NOT_TESTED = "not_tested"


class Row(StrEnum):
    """The eight rows of the label, in the order in which every page has them."""

    ADAPTS = "adapts"
    FAIR = "fair"
    SOUND = "sound"
    WORKS = "works"
    LEAVES = "leaves"
    DECIDES = "decides"
    PAYS = "pays"
    TEACHERS = "teachers"


class ClaimKind(StrEnum):
    ADAPTS = "adapts"
    FAIR = "fair"
    SOUND = "sound"
    WORKS = "works"
    SAFE = "safe"
    OTHER = "other"


# --- what may stand in a field --------------------------------------------------------------------------
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {
    *("svg", "g", "title", "desc", "text", "tspan"),
    *("line", "rect", "circle", "polyline", "polygon", "path"),
}
# Places and sizes; never an address, a style or a deed.
DRAWN_WITH = {
    *("class", "role", "viewBox", "width", "height", "font-size", "x", "y", "x1", "y1", "x2", "y2"),
    *("cx", "cy", "r", "rx", "ry", "dx", "dy", "d", "points", "text-anchor", "transform", "aria-hidden"),
    *("fill-opacity", "stroke-width", "stroke-dasharray", "dominant-baseline"),
}


def only_drawn(svg: str) -> str:
    """Pictures stand in the page as they are, so only shapes and words are let through."""
    if not svg:
        return svg
    try:
        whole = fromstring(svg)
    except SyntaxError as fault:
        raise ValueError(f"a picture is not well-formed: {fault}") from fault
    if str(whole.tag).removeprefix(SVG) != "svg":
        raise ValueError("a picture is no SVG")
    for part in whole.iter():
        name = str(part.tag).removeprefix(SVG)
        if name not in DRAWN or not set(part.attrib) <= DRAWN_WITH:
            found = f"<{name}> with {sorted(part.attrib)}"
            raise ValueError(f"a picture holds {found}: expected shapes and words only")
    return svg


def an_address(url: str) -> str:
    if url and not re.fullmatch(r"https?://[^\s<>\"]+", url):
        raise ValueError(f"found {url[:80]!r}, expected an address that begins with https://")
    return url


Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
# /products/compare/ and /stories/tell/ are pages of their own, and so on.
TAKEN = {"compare", "tell", "withdraw", "moderation"}
Anchor = Annotated[str, Field(pattern=r"^[A-Za-z][\w-]*$|^$", max_length=80)]
Sha256 = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
Name = Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9._-]{0,118})?$")]
Address = Annotated[str, AfterValidator(an_address)]
Picture = Annotated[str, AfterValidator(only_drawn)]
Cell = str | int | float | None


# --- the parts, in the order of the page ----------------------------------------------------------------
class Product(Kept):
    slug: Slug
    name: str = Field(min_length=1)
    vendor: str = Field(min_length=1)
    version: str = ""  # as it was reviewed
    homepage: Address = ""
    one_line: str = ""  # what it is, in a sentence, the reviewer's words

    @model_validator(mode="after")
    def slug_is_free(self) -> "Product":
        if self.slug in TAKEN:
            raise ValueError(f"{self.slug!r} is an address of its own: a product needs another")
        return self


class LabelRow(Kept):
    """One row of the label: a question, a mark, a sentence, and how sure."""

    row: Row
    question: Words
    mark: Mark
    sentence: Words
    doubt: Words = Words(en="")  # "60 classes; the range is .10 to .66"
    evidence: Anchor = (
        ""  # the id on the page where the evidence stands: Finding.anchor, "experts", "stories" …
    )


class Claim(Kept):
    """What the vendor says, and what became of it."""

    id: Slug
    says: str  # the vendor's own words, where it is quoted; else the question is the reviewer's
    is_quoted: bool = True
    kind: ClaimKind
    verdict: Literal["supported", "not supported", "contradicted", "inconclusive", "refused", "not tested"]
    mark: Mark
    sentence: Words
    checks: tuple[str, ...] = ()  # "adaptivity.log_test/1"


class NotTested(Kept):
    what: Words
    why: Words


class Effect(Kept):
    """One number with its doubt. A share is 0 to 1 here; pages say it in 100."""

    name: str
    value: float | None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    level: float | None = None  # .95
    n: int | None = None
    of: str = ""  # what n counts: "students"


class Table(Kept):
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


CANNOT_SAY = "cannot say"


class Finding(Kept):
    """What one check answered, in the core's own words (English)."""

    check: str  # with its version: "adaptivity.log_test/1"
    question: str  # of the five: adaptivity, efficacy, fairness, soundness, exposure
    asks: str
    answer: str  # of the check's own closed list, or "cannot say"
    sentence: str
    effect: Effect | None = None
    numbers: tuple[Effect, ...] = ()
    chart_svg: Picture = ""
    chart_says: str = ""  # the picture's sentence
    chart_rows: tuple[tuple[str, ...], ...] = ()  # the picture's numbers; the first row is the heading
    tables: tuple[Table, ...] = ()
    said: tuple[str, ...] = ()  # what was decided or left out on the way
    not_seen: str = ""
    noise_floor: str = ""
    power: str = ""
    would_need: str = ""  # of "cannot say"
    seed: int | None = None

    @property
    def is_answered(self) -> bool:
        return self.answer != CANNOT_SAY

    @property
    def anchor(self) -> str:
        return anchor(self.check)


class Gateway(Kept):
    id: Literal["G1", "G2", "G3", "G4"]
    name: Words
    passed: bool | None  # None: cannot be said
    why: Words


class Rated(Kept):
    """One question of the bank as the experts rated it."""

    number: int
    asks: str
    levels: tuple[int, ...]  # each expert's, blind; in no order that names anyone
    score: int | None = None  # after they saw each other's; None where the spread forbids one


class Experts(Kept):
    n_raters: int
    alpha: float | None
    low: float | None
    high: float | None
    standing: str  # "rely", "tentative", "spread only", "cannot say"
    sentence: Words
    questions: tuple[Rated, ...] = ()


class Condition(Kept):
    """What must be done by when. What became of it is an event; that it is late follows from the day."""

    id: Slug
    words: Words
    owner: str  # who must do it
    deadline: date
    proves: Words  # what will show that it is met
    claim: str = ""  # the claim's id
    check: str = ""


class Refusal(Kept):
    """What was asked of the vendor and not given: itself a finding, with its date."""

    kind: str  # of exhibit: "log"
    asked_on: date | None = None  # none: a dossier that others began does not say
    refused_on: date | None = None
    silent_since: date | None = None
    says: str = ""  # the vendor's words


class Reply(Kept):
    words: str
    on: date
    by: str


class Theme(Kept):
    theme: Words
    n: int


class Stories(Kept):
    """Counts only. A story never enters a mark."""

    n: int = 0
    base: Words = Words(en="")  # of whom: "of 12 stories by verified educators in 4 districts"
    themes: tuple[Theme, ...] = ()
    since: date | None = None
    until: date | None = None
    silent: Words = Words(en="")  # what counts of stories cannot say


class Funder(Kept):
    giver: str = Field(alias="from")
    taker: str = Field(alias="to")
    amount: int | None = None  # US dollars
    year: int | None = None
    source: str = ""  # an address or a citation


class Money(Kept):
    who_pays: tuple[Words, ...] = ()
    owner: str = ""
    funders: tuple[Funder, ...] = ()


class Conflict(Kept):
    who: str  # a role; a name only where its bearer publishes it
    words: Words


class Document(Kept):
    """A file of this publication, or something that others publish."""

    title: str
    kind: str  # "findings", "dossier", "policy", "study" …
    file: Name = ""
    url: Address = ""
    sha256: Sha256 = ""


class Change(Kept):
    number: int
    on: date
    words: Words
    hash: Sha256 = ""  # of that publication; the newest one's own cannot stand in itself


class Repeat(Kept):
    """How anyone computes every number again."""

    steps: tuple[Words, ...] = ()
    seed: int | None = None
    draws: int | None = None
    versions: dict[str, str] = {}


class Method(Kept):
    check: str
    page: str  # "log-test": the page under /methods/


# --- the page -------------------------------------------------------------------------------------------
class Page(Kept):
    format: Literal["plainview.page/1"] = FORMAT
    product: Product
    number: int = Field(ge=1)  # of this product's publications
    published_on: date
    expires_on: date | None = None  # then it is looked at again
    office: str = Field(min_length=1)  # who publishes, and answers for it
    languages: tuple[Literal["en", "es"], ...] = LANGUAGES
    was_shown: bool = True  # to the vendor, before it was published; False where all of it was public before
    opening: Words = Words(en="")  # how the claims fared, in a sentence
    label: tuple[LabelRow, ...]
    claims: tuple[Claim, ...] = ()
    not_tested: tuple[NotTested, ...] = ()
    findings: tuple[Finding, ...] = ()
    gateways: tuple[Gateway, ...] = ()
    experts: Experts | None = None
    conditions: tuple[Condition, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    reply: Reply | None = None
    stories: Stories = Stories()
    money: Money = Money()
    conflicts: tuple[Conflict, ...] = ()
    documents: tuple[Document, ...] = ()
    changelog: tuple[Change, ...] = ()
    repeat: Repeat = Repeat()
    methods: tuple[Method, ...] = ()

    @model_validator(mode="after")
    def label_is_whole(self) -> "Page":
        if [one.row for one in self.label] != list(Row):
            raise ValueError(f"the label has {len(self.label)} rows: expected the eight, in the order of Row")
        return self

    @model_validator(mode="after")
    def names_are_told_apart(self) -> "Page":
        for parts in (self.claims, self.conditions):
            ids = [one.id for one in parts]
            if len(set(ids)) < len(ids):
                raise ValueError(f"an id stands twice among {ids}")
        return self

    def row(self, row: Row) -> LabelRow:
        return self.label[list(Row).index(row)]


def anchor(check: str) -> str:
    """The id on the page where a check's evidence stands: "adaptivity-log-test"."""
    return re.sub(r"[^a-z0-9]+", "-", check.split("/", maxsplit=1)[0].lower())


def canonical(page: Page) -> bytes:
    """The one way to write a page down: keys in order, no space, UTF-8. The same page, the same bytes."""
    return canonical_json(page.model_dump(mode="json", by_alias=True))


def canonical_json(told: object) -> bytes:
    return json.dumps(
        told, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def read(body: bytes) -> Page:
    return Page.model_validate_json(body)
