"""The bank of 45 questions that experts rate; each by its number, which never changes.

In:   questions.toml beside this file.
Out:  the questions, in the order of their numbers.
Not here: ratings (ratings), what a level means for a question (the desk).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

FIRST, LAST = 1, 45
LOWEST, HIGHEST = 0, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class BankQuestion:
    """One question of the bank."""

    number: int
    about: str  # purpose, algorithm, pedagogy, teacher, assessment, evidence, data, access, governance
    asks: str
    answered_by: str  # "experts", "exhibit", or a check without its version


@cache
def bank() -> Mapping[int, BankQuestion]:
    """By number."""
    text = (resources.files(__package__) / "questions.toml").read_text(encoding="utf-8")
    found = [BankQuestion(**one) for one in tomllib.loads(text)["question"]]
    return {one.number: one for one in found}
