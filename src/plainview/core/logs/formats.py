"""What other systems' logs look like: which of their columns is which of ours, and what is decided for each.

In:   a header, or a mapping that somebody wrote.
Out:  a format: their columns by ours, what is kept, and what the reader is told about it.
Not here: reading (sheet, rows), systems that write events or folders (events, ednet).

Column sets: ASSISTments data of 2009-10, 2012-13, 2015 and 2017, as their public pages have them;
PSLC DataShop, export of transactions and of student-steps, and the KDD Cup 2010 form of the latter.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from plainview.core.logs.attempt import COLUMNS, REQUIRED
from plainview.core.mendable import Mendable

TIMES = ("either", "order", "s", "ms", "us")  # what a number in their time column means; text is a time
BETWEEN = " / "  # two columns that make one name


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Rows that count as attempts: those whose cell is one of these."""

    column: str  # theirs
    values: frozenset[str]
    left_out: str  # what the others are, for the sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    name: str
    says: str
    known_by: tuple[frozenset[str], ...] = ()  # any of these sets of columns in a header
    columns: Mapping[str, tuple[str, ...]]  # ours: theirs, the first that is there
    joined: frozenset[str] = frozenset()  # ours that are made of all of theirs
    skills_between: str = ";"
    no_skill: frozenset[str] = frozenset({"", "na", "nan", "null", "none"})  # in small letters
    skill_label: str = ""  # their column with the name of the skill, where ``skills`` holds its number
    at: str = "either"
    at_format: str = ""  # as strptime has it
    words: Mapping[str, float] = field(default_factory=dict)  # their words for right and wrong, small letters
    out_of: float = 1.0
    keep: tuple[Keep, ...] = ()
    delimiter: str = ""  # "" is: whatever the header has
    quoted: bool = True
    encoding: str = "utf-8"
    guarded: bool = False  # text may carry the apostrophe that keeps spreadsheets from calculating
    told: tuple[str, ...] = ()


_MAIN_ONLY = Keep(
    column="original",
    values=frozenset({"1", "1.0", "true"}),
    left_out="scaffold questions (original = 0): asked only after help, they are no first attempts",
)
_FIRST_ONLY = Keep(
    column="Attempt At Step",
    values=frozenset({"1", "1.0"}),
    left_out="later attempts at a step: only the first counts",
)
_OUTCOMES = {"correct": 1.0, "ok": 1.0, "incorrect": 0.0, "bug": 0.0, "error": 0.0, "hint": 0.0}
_OUTCOMES |= {"initial_hint": 0.0, "hint_level_change": 0.0, "1": 1.0, "0": 0.0}
_HINT_IS_WRONG = "whoever asked for a hint first counts as not right, as the system itself has it"

OURS = Format(
    name="plainview",
    says="the learning log's own columns",
    known_by=(frozenset(REQUIRED),),
    columns={column: (column,) for column in COLUMNS},
    no_skill=frozenset({""}),
    guarded=True,
)

KNOWN: tuple[Format, ...] = (
    OURS,
    Format(
        name="assistments2009",
        says="ASSISTments 2009-10, skill builder or not",
        known_by=(frozenset({"order_id", "user_id", "problem_id", "correct"}),),
        columns={
            "student": ("user_id",),
            "at": ("order_id",),
            "item": ("problem_id",),
            "correct": ("correct",),
            "skills": ("skill_id", "skill_name"),
            "response_ms": ("ms_first_response", "ms_first_response_time"),
            "hints": ("hint_count",),
            "attempts": ("attempt_count",),
            "activity": ("sequence_id",),
            "class": ("student_class_id",),
            "school": ("school_id",),
        },
        skills_between="_",
        skill_label="skill_name",
        at="order",
        keep=(_MAIN_ONLY,),
        encoding="latin-1",
        told=("order_id is the order; the file has no times", _HINT_IS_WRONG),
    ),
    Format(
        name="assistments2012",
        says="ASSISTments 2012-13, with or without the affect predictions",
        known_by=(frozenset({"user_id", "problem_id", "start_time", "correct"}),),
        columns={
            "student": ("user_id",),
            "at": ("start_time",),
            "item": ("problem_id",),
            "correct": ("correct",),
            "skills": ("skill_id", "skill"),
            "response_ms": ("ms_first_response",),
            "hints": ("hint_count",),
            "attempts": ("attempt_count",),
            "activity": ("sequence_id",),
            "class": ("student_class_id",),
            "school": ("school_id",),
        },
        skills_between="_",
        skill_label="skill",
        keep=(_MAIN_ONLY,),
        encoding="latin-1",
        told=("times are start_time, taken as UTC", _HINT_IS_WRONG),
    ),
    Format(
        name="assistments2017",
        says="ASSISTments 2017 competition, one row an action",
        known_by=(
            frozenset({"studentId", "problemId", "startTime", "correct"}),
            frozenset({"ITEST_id", "problemId", "startTime", "correct"}),
        ),
        columns={
            "student": ("studentId", "ITEST_id"),
            "at": ("startTime",),
            "item": ("problemId",),
            "correct": ("correct",),
            "skills": ("skill",),
            "hints": ("hintCount",),
            "attempts": ("attemptCount",),
            "activity": ("assignmentId",),
            "school": ("MiddleSchoolId", "SchoolId"),
        },
        skills_between="",
        no_skill=frozenset({"", "na", "noskill", "null"}),
        at="s",
        keep=(_MAIN_ONLY,),
        encoding="latin-1",
        told=("times are startTime, in seconds since 1970", _HINT_IS_WRONG),
    ),
    Format(
        name="assistments2015",
        says="ASSISTments 2015, 100 skill builders",
        known_by=(frozenset({"user_id", "log_id", "sequence_id", "correct"}),),
        columns={
            "student": ("user_id",),
            "at": ("log_id",),
            "item": ("sequence_id",),
            "correct": ("correct",),
            "skills": ("sequence_id",),
        },
        skills_between="",
        at="order",
        told=(
            "log_id is the order; the file has no times",
            "the file names no items: the problem set (sequence_id) stands for the item and for the skill",
        ),
    ),
    Format(
        name="datashop",
        says="PSLC DataShop, tab-delimited transactions",
        known_by=(frozenset({"Anon Student Id", "Time", "Outcome", "Step Name"}),),
        columns={
            "student": ("Anon Student Id",),
            "session": ("Session Id",),
            "at": ("Time",),
            "item": ("Problem Name", "Step Name"),
            "correct": ("Outcome",),
            "activity": ("Problem Name",),
            "class": ("Class",),
            "school": ("School",),
        },
        joined=frozenset({"item"}),
        skills_between="~~",
        words=_OUTCOMES,
        keep=(
            _FIRST_ONLY,
            Keep(
                column="Outcome",
                values=frozenset(_OUTCOMES),
                left_out="transactions without an outcome of the student's",
            ),
        ),
        delimiter="\t",
        quoted=False,
        told=("an item is a problem with its step", "times are taken as UTC", _HINT_IS_WRONG),
    ),
    Format(
        name="datashop-steps",
        says="PSLC DataShop, tab-delimited student-steps (KDD Cup 2010 included)",
        known_by=(
            frozenset({"Anon Student Id", "Problem Name", "Step Name", "First Attempt"}),
            frozenset({"Anon Student Id", "Problem Name", "Step Name", "Correct First Attempt"}),
        ),
        columns={
            "student": ("Anon Student Id",),
            "at": ("First Transaction Time", "Step Start Time"),
            "item": ("Problem Name", "Step Name"),
            "correct": ("First Attempt", "Correct First Attempt"),
            "hints": ("Hints",),
            "activity": ("Problem Hierarchy",),
        },
        joined=frozenset({"item"}),
        skills_between="~~",
        words=_OUTCOMES,
        delimiter="\t",
        quoted=False,
        told=("an item is a problem with its step", "times are taken as UTC", _HINT_IS_WRONG),
    ),
)

EVENTS = {
    "xapi": "xAPI statements, one a line or in one array",
    "caliper": "Caliper 1.2 events, one a line, in one array or in envelopes",
    "ednet": "EdNet KT1: a folder with a file a student, and questions.csv",
}
NAMES = (*(known.name for known in KNOWN), *EVENTS)


def named(name: str) -> Format:
    for known in KNOWN:
        if known.name == name:
            return known
    raise Mendable(
        f"'{name}' is no format that is known here: expected one of {', '.join(NAMES)}, or a mapping."
    )


def recognised(header: Sequence[str]) -> Format | None:
    """The first known format whose columns are all in this header."""
    there = frozenset(header)
    return next((known for known in KNOWN if any(columns <= there for columns in known.known_by)), None)


_KC = re.compile(r"KC ?\((?P<model>.*)\)")


def with_skills_of_its_model(known: Format, header: Sequence[str]) -> Format:
    """DataShop: skills are in columns named after their model. The first model is taken, and named."""
    if not known.name.startswith("datashop") or "skills" in known.columns:
        return known
    models = list(dict.fromkeys(match["model"] for column in header if (match := _KC.fullmatch(column))))
    if not models:
        return replace(known, told=(*known.told, "the file names no skills"))
    column = next(column for column in header if (match := _KC.fullmatch(column)))
    others = f"; it also holds {', '.join(models[1:])}" if len(models) > 1 else ""
    return replace(
        known,
        columns={**known.columns, "skills": (column,)},
        joined=known.joined | {"skills"},
        told=(*known.told, f"skills are those of the model '{models[0]}'{others}"),
    )


_OPTIONS = ("skills_between", "at", "at_format", "out_of", "delimiter", "encoding")
_MORE = ("columns", "right", "wrong", "no_skill", "keep", "joined", "options")


def mapped(mapping: Mapping[str, Any], *, on: Format | None = None) -> Format:
    """A format from a mapping that somebody wrote: their columns by ours, and options.

    Parameters
    ----------
    mapping : ours = theirs ("student", "at", "item", "correct" must be there, unless ``on`` has them)
        Columns stand at the top or under ``columns``; a list of theirs is the first that is there. Under
        ``options``: ``skills_between``, ``at`` (what a number is: order, s, ms, us), ``at_format``
        (strptime), ``out_of`` (full marks), ``right`` and ``wrong`` (lists of words), ``no_skill`` (a list),
        ``joined`` (ours that are made of all of theirs), ``keep`` (their column = the values that are
        attempts), ``delimiter``, ``encoding``.
    on : the format that is changed, if any

    Raises
    ------
    Mendable
        If a word of it is not known, or a column that must be there is not named.
    """
    options = dict(mapping.get("options", {}))
    columns = dict(mapping.get("columns", {})) | {
        ours: theirs for ours, theirs in mapping.items() if ours not in ("options", "columns")
    }
    unknown = [ours for ours in columns if ours not in COLUMNS]
    unknown += [option for option in options if option not in (*_OPTIONS, *_MORE)]
    if unknown:
        raise Mendable(
            f"mapping: found '{unknown[0]}', expected one of our columns ({', '.join(COLUMNS)}) "
            f"or, under options, one of {', '.join((*_OPTIONS, *_MORE[1:6]))}."
        )
    start = on or Format(name="mapping", says="a mapping", columns={})
    made = replace(
        start,
        columns={**start.columns, **{ours: _theirs(theirs) for ours, theirs in columns.items()}},
        joined=(start.joined - set(columns)) | frozenset(options.get("joined", ())),
        skill_label="" if "skills" in columns else start.skill_label,
        words={**start.words, **_words(options)},
        no_skill=frozenset(word.lower() for word in options["no_skill"]) | {""}
        if "no_skill" in options
        else start.no_skill,
        keep=(*start.keep, *_keeps(options.get("keep", {}))),
        **{name: options[name] for name in _OPTIONS if name in options},
    )
    return _checked(made)


def _theirs(theirs: str | Sequence[str]) -> tuple[str, ...]:
    return (theirs,) if isinstance(theirs, str) else tuple(theirs)


def _words(options: Mapping[str, Any]) -> dict[str, float]:
    right = {str(word).lower(): 1.0 for word in options.get("right", ())}
    return right | {str(word).lower(): 0.0 for word in options.get("wrong", ())}


def _keeps(keep: Mapping[str, Any]) -> tuple[Keep, ...]:
    return tuple(
        Keep(
            column=column,
            values=frozenset(
                str(value).lower() for value in ([values] if isinstance(values, str) else values)
            ),
            left_out=f"rows whose {column} is none of those to keep",
        )
        for column, values in keep.items()
    )


def _checked(made: Format) -> Format:
    if wanting := [column for column in REQUIRED if column not in made.columns]:
        raise Mendable(f"mapping: found no column for {', '.join(wanting)}, expected one for each.")
    if made.at not in TIMES:
        raise Mendable(f"mapping: found at = '{made.at}', expected one of {', '.join(TIMES)}.")
    if not made.out_of > 0:
        raise Mendable(f"mapping: found out_of = {made.out_of}, expected full marks above 0.")
    return made
