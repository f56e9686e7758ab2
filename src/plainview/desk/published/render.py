"""A page as HTML that stands alone, as plain text, and how it looks.

In:   a page, a language, the files that go with it.
Out:  bytes: the same page gives the same bytes.
Not here: keeping them (freeze), what happened since (public shows that above the frozen page).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from plainview.desk.published.page import Page

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file that can be fetched with the page."""

    name: str
    n_bytes: int
    sha256: str


def css() -> bytes:
    return (HERE / "static" / "published" / "page.css").read_bytes()


def html(page: Page, language: str, *, kept: Sequence[Kept], at: datetime) -> bytes:
    with translation.override(language):
        told = {"page": page, "language": language, "kept": kept, "at": at}
        return render_to_string("published/page.html", told).encode()


def text(page: Page, language: str) -> bytes:
    with translation.override(language):
        return render_to_string("published/page.txt", {"page": page, "language": language}).encode()
