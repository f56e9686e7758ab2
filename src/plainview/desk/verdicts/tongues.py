"""One text in both languages of a page.

In:   what somebody wrote twice; or a sentence of our own, whose Spanish stands in the house's translations.
Out:  both, side by side.
Not here: which language a reader sees.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import get_language

from plainview.desk.published.words import both


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """English and Spanish."""

    en: str
    es: str

    def stripped(self) -> "Both":
        return Both(en=self.en.strip(), es=self.es.strip())

    def __add__(self, other: "Both") -> "Both":
        return Both(en=f"{self.en} {other.en}".strip(), es=f"{self.es} {other.es}".strip())


NOTHING = Both(en="", es="")


def in_readers(row: object, name: str) -> str:
    """The text of a row that holds it twice, in the reader's language: ``why_en`` or ``why_es``."""
    tongue = "es" if (get_language() or "").startswith("es") else "en"
    return getattr(row, f"{name}_{tongue}")


def said(say: Callable[[], object]) -> Both:
    """A sentence of our own in both languages: ``say`` is asked once in each."""
    found = both(say)
    return Both(en=found.en, es=found.es)
