"""A page as HTML that stands alone, as plain text, and how it looks.

In:   a page, a language, the files that go with it.
Out:  bytes: the same page gives the same bytes.
Not here: keeping them (freeze), what happened since (public shows that above the frozen page).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from plainview.desk.published import addresses, plain_text, words
from plainview.desk.published.page import Cell, Finding, Page, anchor

HERE = Path(__file__).resolve().parent
MOST_ROWS = 8  # of one table on a page; all of them stand in page.json


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file that can be fetched with the page."""

    name: str
    n_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A table as far as a page shows it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    n_left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finding on the page. A check may answer more than once; its anchor stands at the first."""

    told: Finding
    is_first: bool
    method: str
    tables: tuple[Shown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One of the five questions, with what its checks answered."""

    key: str
    title: str
    first: tuple[Told, ...]  # what the label or a claim rests on: always open, so that a link finds it
    further: tuple[Told, ...]
    unanswered: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One line of the documents."""

    title: str
    address: str
    kind: str
    is_elsewhere: bool = False
    n_bytes: int = 0
    sha256: str = ""


def css() -> bytes:
    return (HERE / "static" / "published" / "page.css").read_bytes()


def html(page: Page, language: str, *, kept: Sequence[Kept], at: datetime) -> bytes:
    """The whole document. Its links say its language: it was frozen in one."""
    asked = addresses.asked_in.set(f"/{language}")
    try:
        with translation.override(language):
            return render_to_string("published/page.html", _told(page, language, kept, at)).encode()
    finally:
        addresses.asked_in.reset(asked)


def text(page: Page, language: str) -> bytes:
    with translation.override(language):
        return plain_text.text(page).encode()


def _told(page: Page, language: str, kept: Sequence[Kept], at: datetime) -> dict:
    slug = page.product.slug
    groups = tuple(_groups(page))
    path = addresses.publication(slug, page.number)
    return {
        "page": page,
        "language": language,
        "at": at,
        "path": path,
        "address": f"/{language}{path}",
        "styles": addresses.file(slug, page.number, "page.css"),
        "newest": addresses.product(slug),
        "data": addresses.file(slug, page.number, "page.json"),
        "stories": addresses.stories_of(slug),
        "kits": addresses.kits_of(slug),
        "marks": words.MARKS_MEAN.items(),
        "over_claims": words.over_claims(page),
        "no_reply": words.no_reply(page),
        "findings": groups,
        "anchors": {one.anchor for one in page.findings} | _sections(page),
        "contents": _contents(page),
        "documents": tuple(_documents(page, kept)),
        "changes": tuple(_changes(page)),
    }


def _groups(page: Page) -> Iterator[Group]:
    told, rested_on = _told_findings(page), _rested_on(page)
    for key in dict.fromkeys([*words.QUESTIONS, *(one.question for one in page.findings)]):
        own = [one for one in told if one.told.question == key]
        answered = [one for one in own if one.told.is_answered]
        # Where nothing rests on any of them, the first stands for all.
        first = [one for one in own if one.told.anchor in rested_on] or answered[:1]
        if own:
            yield Group(
                key=key,
                title=words.QUESTIONS.get(key, key),
                first=tuple(first),
                further=tuple(one for one in answered if one not in first),
                unanswered=tuple(one for one in own if not one.told.is_answered and one not in first),
            )


def _told_findings(page: Page) -> list[Told]:
    methods = {one.check: addresses.method(one.page) for one in page.methods}
    firsts = {finding.check: n for n, finding in reversed(list(enumerate(page.findings)))}
    return [
        Told(
            told=one,
            is_first=firsts[one.check] == n,
            method=methods.get(one.check, ""),
            tables=tuple(_tables(one)),
        )
        for n, one in enumerate(page.findings)
    ]


def _rested_on(page: Page) -> set[str]:
    of_claims = {anchor(check) for claim in page.claims for check in claim.checks}
    return {row.evidence for row in page.label} | of_claims


def _tables(finding: Finding) -> Iterator[Shown]:
    """The numbers of the picture, then the check's own tables."""
    if finding.chart_rows:
        yield _shown(_("The numbers of the picture"), finding.chart_rows[0], finding.chart_rows[1:])
    for one in finding.tables:
        yield _shown(one.title, one.columns, one.rows)


def _shown(title: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Shown:
    return Shown(
        title=title,
        columns=tuple(columns),
        rows=tuple(tuple(words.cell(one) for one in row) for row in rows[:MOST_ROWS]),
        n_left_out=max(0, len(rows) - MOST_ROWS),
    )


def _sections(page: Page) -> set[str]:
    """The other places that a row of the label may lead to, where they stand on this page."""
    here = {
        "experts": page.experts,
        "refusals": page.refusals,
        "gateways": page.gateways,
        "claims": page.claims,
    }
    always = {"stories", "money", "conditions", "reply", "documents", "not-tested", "evidence"}
    return always | {name for name, held in here.items() if held}


def _contents(page: Page) -> list[tuple[str, str]]:
    found = [
        ("claims", _("Claims")) if page.claims else None,
        ("not-tested", _("Not tested")),
        ("evidence", _("Evidence")),
        ("experts", _("Experts")) if page.experts else None,
        ("conditions", _("Conditions")),
        ("reply", _("Vendor’s reply")),
        ("stories", _("Stories")),
        ("money", _("Money")),
        ("documents", _("Downloads")),
        ("changelog", _("Changes")),
        ("repeat", _("Repeat it")),
    ]
    return [one for one in found if one]


def _documents(page: Page, kept: Sequence[Kept]) -> Iterator[Fetched]:
    """What the page names, then every other file that can be fetched with it."""
    by_name = {one.name: one for one in kept}
    for one in page.documents:
        if one.file:
            own = by_name.pop(one.file)
            yield _fetched(page, own, one.title, one.kind)
        else:
            yield Fetched(
                title=one.title,
                address=one.url,  # none: only its hash is told
                kind=one.kind,
                is_elsewhere=bool(one.url),
                sha256=one.sha256,
            )
    for own in by_name.values():
        yield _fetched(page, own, own.name, "")


def _fetched(page: Page, own: Kept, title: str, kind: str) -> Fetched:
    return Fetched(
        title=title,
        address=addresses.file(page.product.slug, page.number, own.name),
        kind=kind,
        n_bytes=own.n_bytes,
        sha256=own.sha256,
    )


def _changes(page: Page) -> Iterator[dict]:
    """The newest first."""
    for one in reversed(page.changelog):
        address = addresses.publication(page.product.slug, one.number)
        yield {"number": one.number, "on": one.on, "words": one.words, "hash": one.hash, "address": address}
