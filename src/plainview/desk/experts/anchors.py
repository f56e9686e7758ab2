"""What each level of each question looks like: one sentence a level, in the reader's language.

In:   anchors.toml beside this file.
Out:  a question with its five sentences.
Not here: the questions themselves and their numbers (core.dossier.bank).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.utils.translation import get_language

from plainview.core.dossier.bank import bank

LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchored:
    """One question as a rater reads it."""

    number: int
    about: str
    asks: str
    levels: tuple[str, ...]  # what was seen, from level 0 to level 4


@cache
def anchors(language: str) -> Mapping[int, Anchored]:
    """By number. Where we have no words in a language, the English ones stand."""
    text = (resources.files(__package__) / "anchors.toml").read_text(encoding="utf-8")
    spoken = language if language in LANGUAGES else "en"
    return {one["number"]: _anchored(one, spoken) for one in tomllib.loads(text)["question"]}


def _anchored(one: dict, language: str) -> Anchored:
    question = bank()[one["number"]]
    asks = question.asks if language == "en" else one[f"asks_{language}"]
    return Anchored(number=question.number, about=question.about, asks=asks, levels=tuple(one[language]))


def anchors_here() -> Mapping[int, Anchored]:
    """In the language that is set."""
    return anchors((get_language() or "en").split("-")[0])
