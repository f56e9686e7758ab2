"""The made-up products to practise on, with their known levels and the reasons.

In:   practice.toml beside this file.
Out:  three products in the reader's language; the key.
Not here: what an expert answered (practise).
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from django.utils.translation import get_language

from plainview.desk.experts.anchors import LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The level of one question of one made-up product, and why it is that one."""

    question: int
    level: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUp:
    slug: str
    name: str
    told: tuple[str, ...]
    key: tuple[Known, ...]


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "practice.toml").read_text(encoding="utf-8"))


def key_name() -> str:
    return _file()["key"]


@cache
def products(language: str) -> tuple[MadeUp, ...]:
    spoken = language if language in LANGUAGES else "en"
    return tuple(_made_up(one, spoken) for one in _file()["product"])


def _made_up(one: dict, language: str) -> MadeUp:
    key = tuple(Known(question=k["question"], level=k["level"], why=k[f"why_{language}"]) for k in one["key"])
    told = tuple(one[f"told_{language}"])
    return MadeUp(slug=one["slug"], name=one[f"name_{language}"], told=told, key=key)


def products_here() -> tuple[MadeUp, ...]:
    return products((get_language() or "en").split("-")[0])


def key() -> dict[tuple[str, int], int]:
    """The level of every question of every made-up product."""
    return {(one.slug, known.question): known.level for one in products("en") for known in one.key}
