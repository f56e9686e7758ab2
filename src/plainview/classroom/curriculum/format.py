"""What a content file may say, field by field.

In:   what YAML made of one file.
Out:  the file as typed values, or every fault in it with the field where it stands.
Not here: whether names in one file exist in another (check.py), reading from disk (read.py).
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from .vocabulary import SUPPORTS, ActivityKind, ItemKind, Medium, Response

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$", max_length=40)]


def _number_as_words(value: Any) -> Any:
    """YAML reads `answer: 4` as a number, and an author need not know that a sum is words."""
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


Sum = Annotated[str, BeforeValidator(_number_as_words)]
Grade = Annotated[str, BeforeValidator(_number_as_words), StringConstraints(min_length=1, max_length=8)]
Support = Literal[tuple(SUPPORTS)]  # type: ignore[valid-type]
RANGE = re.compile(r"\s*(-?\d+)\s*\.\.\s*(-?\d+)\s*")
MOST_VALUES = 500


class Strict(BaseModel):
    """A field that nobody knows is a typing slip, so it is said aloud."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class UnitFile(Strict):
    unit: Slug
    title: Words
    grade: Grade
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$")] = "en"
    source: Words = "Plainview"
    licence: Words
    for_families: Words
    lists: dict[str, list[Any]] = {}
    order: int = 0


class CompetencyEntry(Strict):
    competency: Code
    short_name: Annotated[Words, StringConstraints(max_length=120)]
    grade: Grade
    statement: Words
    requires: list[Code] = []


class MisconceptionEntry(Strict):
    misconception: Slug
    name: Annotated[Words, StringConstraints(max_length=160)]
    what_it_looks_like: Words
    what_helps: Words


class WrongAnswer(Strict):
    """A wrong answer, as an amount (`is`) or in words (`says`), and the thinking behind it."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    value: Sum | None = Field(default=None, alias="is")
    says: Words | None = None
    misconception: Slug
    when: Sum | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> WrongAnswer:
        if (self.value is None) == (self.says is None):
            raise ValueError("either `is` (a sum) or `says` (words), one of the two")
        return self


class BottomForm(Strict):
    bottom: Sum


def _values(raw: Any) -> Any:
    """1..7 is the whole numbers from 1 to 7; a word is the name of a list."""
    if isinstance(raw, str) and (found := RANGE.fullmatch(raw)):
        low, high = int(found[1]), int(found[2])
        if not low <= high < low + MOST_VALUES:
            raise ValueError(f"a range that goes up, with at most {MOST_VALUES} numbers")
        return list(range(low, high + 1))
    return raw


Values = Annotated[list[Any] | Words, BeforeValidator(_values)]


class FamilyFile(Strict):
    family: Slug
    title: Words
    competency: Code
    kind: Literal[tuple(ItemKind.values)]  # type: ignore[valid-type]
    response: Literal[Response.CHOICE.value, Response.NUMBER.value, Response.FRACTION.value]
    make: Annotated[int, Field(ge=1, le=40)] = 8
    params: dict[str, Values]
    where: list[Sum] = []
    let: dict[str, Sum] = {}
    vary: list[str] | None = None
    easy_first: Sum | None = None
    stem: Words
    figure: dict[str, Any] | None = None
    answer: Sum | None = None
    answer_says: Words | None = None
    form: Literal["any", "mixed", "whole", "decimal"] | BottomForm = "any"
    wrong: list[WrongAnswer]
    choices: Annotated[int, Field(ge=1, le=5)] = 3
    order: list[Words] = []
    hints: Annotated[list[Words], Field(min_length=2)]
    worked: Words

    @model_validator(mode="after")
    def _one_answer(self) -> FamilyFile:
        if (self.answer is None) == (self.answer_says is None):
            raise ValueError("either `answer` (a sum) or `answer_says` (words), one of the two")
        if self.answer_says and self.response != Response.CHOICE.value:
            raise ValueError("`answer` as a sum when a child writes the answer; words only among choices")
        return self


class ActivityFile(Strict):
    activity: Slug
    title: Annotated[Words, StringConstraints(max_length=160)]
    kind: Literal[tuple(ActivityKind.values)]  # type: ignore[valid-type]
    competencies: Annotated[list[Code], Field(min_length=1)]
    misconceptions: list[Slug] = []
    minutes: Annotated[int, Field(ge=1, le=600)]
    adult_minutes: Annotated[int, Field(ge=0)]
    group: Annotated[list[Annotated[int, Field(ge=1, le=40)]], Field(min_length=2, max_length=2)]
    with_whom: Annotated[Words, StringConstraints(max_length=80)]
    medium: Literal[tuple(Medium.values)]  # type: ignore[valid-type]
    screen_minutes: Annotated[int, Field(ge=0)] = 0
    materials: list[Words] = []
    student_words: Annotated[Words, StringConstraints(max_length=300)]
    teacher: Words
    student: Words
    paper: Words
    practice: Annotated[list[Slug], Field(validate_default=True)] = []
    not_with_supports: list[Support] = []

    @field_validator("adult_minutes", "screen_minutes")
    @classmethod
    def _within_the_minutes(cls, part: int, info: ValidationInfo) -> int:
        if part > info.data.get("minutes", part):
            raise ValueError(f"no more than the {info.data['minutes']} minutes of the activity")
        return part

    @field_validator("screen_minutes")
    @classmethod
    def _only_on_a_screen(cls, screen_minutes: int, info: ValidationInfo) -> int:
        if screen_minutes and info.data.get("medium", Medium.SCREEN.value) != Medium.SCREEN.value:
            raise ValueError("0, since the medium is not screen")
        return screen_minutes

    @field_validator("group")
    @classmethod
    def _fewest_first(cls, group: list[int]) -> list[int]:
        if group[0] > group[1]:
            raise ValueError("the fewest children, then the most")
        return group

    @field_validator("practice")
    @classmethod
    def _has_questions(cls, practice: list[str], info: ValidationInfo) -> list[str]:
        if info.data.get("kind") == ActivityKind.PRACTICE.value and not practice:
            raise ValueError("the families whose questions the practice set uses")
        return practice
