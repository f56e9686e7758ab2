"""EdNet KT1: a folder with a file a student, and questions.csv with the right answers and the tags.

In:   the folder; questions.csv in it, in its folder ``contents``, or beside it.
Out:  a source like any other: windows of rows, and file and line of each.
Not here: EdNet's other levels (KT2 to KT4): they log deeds, not answers.

Many small files are read as one: their rows are put together before they are parsed, and who wrote them is
told by how many lines each has.

Source: Choi et al. (2020), EdNet: A Large-Scale Hierarchical Dataset in Education, AIED 2020.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from numpy.typing import NDArray

from plainview.core.logs.formats import Format
from plainview.core.logs.sheet import Skipped, Window
from plainview.core.mendable import Mendable

FORMAT = Format(
    name="ednet",
    says="EdNet KT1",
    columns={
        "student": ("file",),
        "at": ("timestamp",),
        "item": ("question_id",),
        "skills": ("tags",),
        "correct": ("user_answer",),
        "response_ms": ("elapsed_time",),
    },
    no_skill=frozenset({"", "-1"}),
    at="ms",
    told=(
        "an answer is right where it is the correct_answer of questions.csv",
        "skills are the tags of questions.csv",
    ),
)
_ANSWERS = ("timestamp", "solving_id", "question_id", "user_answer", "elapsed_time")
_QUESTIONS = ("question_id", "correct_answer", "tags")
HEADER = ("file", "timestamp", "question_id", "tags", "user_answer", "elapsed_time")
_TOGETHER = 32 << 20  # bytes of files that are parsed at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    ids: pa.Array
    right: pa.Array
    tags: pa.Array


@dataclass(slots=True, kw_only=True)
class Folder:
    """All students' files, in the order of their names."""

    files: tuple[Path, ...]
    questions: Questions
    header: tuple[str, ...] = HEADER
    place: str = "line"
    skipped: list[Skipped] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)  # the number of each file's first row

    def windows(self, columns: Sequence[int], *, plain: Collection[int] = ()) -> Iterator[Window]:
        self._starts, row = [], 0
        for files, bodies in _together(self.files):
            n_rows = np.array([body.count(b"\n") for body in bodies], np.int64)
            self._starts += (row + np.cumsum(n_rows) - n_rows).tolist()
            window = self._window(files, n_rows, b"".join(bodies), row)
            yield Window(columns={n: window.columns[n] for n in columns}, row=window.row)
            row += int(n_rows.sum())

    def _window(self, files: list[Path], n_rows: NDArray[np.int64], body: bytes, first: int) -> Window:
        skipped: list[int] = []

        def wrong(found: pa_csv.InvalidRow) -> str:
            number = first + found.number - 1
            cells = f"{found.actual_columns} cells"
            self.skipped.append(
                Skipped(row=number, found=cells, expected=f"{len(_ANSWERS)}, as in the header")
            )
            skipped.append(found.number - 1)
            return "skip"

        table = _parsed(body, wrong) if body else None
        there = np.delete(np.arange(int(n_rows.sum())), skipped)
        names = pa.array([file.stem for file in files], pa.string())
        who = pa.array(np.repeat(np.arange(len(files), dtype=np.int32), n_rows)[there])
        student = pa.DictionaryArray.from_arrays(who, names)
        if table is None:
            nothing = pa.array([], pa.string())
            return Window(columns={0: student} | dict.fromkeys(range(1, 6), nothing), row=there)
        right, tags = self._judged(table)
        columns = (student, table["timestamp"], table["question_id"], tags, right, table["elapsed_time"])
        return Window(
            columns={
                n: c.combine_chunks() if isinstance(c, pa.ChunkedArray) else c for n, c in enumerate(columns)
            },
            row=there + first,
        )

    def _judged(self, table: pa.Table) -> tuple[pa.Array, pa.Array]:
        """Whether each answer is right, as text: what cannot be said is said in words: a fault."""
        question = pc.index_in(table["question_id"], self.questions.ids)
        expected, answer = self.questions.right.take(question.combine_chunks()), table["user_answer"]
        right = pc.if_else(pc.equal(answer, expected), "1", "0")
        unknown = pc.binary_join_element_wise(answer, ", to a question that questions.csv does not hold", "")
        said = pc.if_else(pc.is_null(question), unknown, right)
        said = pc.if_else(pc.equal(answer, ""), "", said)
        return said, self.questions.tags.take(question.combine_chunks())

    def places(self, rows: Sequence[int]) -> dict[int, tuple[str, int]]:
        """File and line: the header is line 1."""
        found = dict[int, tuple[str, int]]()
        for row in rows:
            # Files without rows share their start with the next file: the last of them holds the row.
            n = bisect_right(self._starts, row) - 1
            found[row] = (str(self.files[n]), row - self._starts[n] + 2)
        return found


def _parsed(body: bytes, wrong: object) -> pa.Table:
    return pa_csv.read_csv(
        pa.BufferReader(body),
        read_options=pa_csv.ReadOptions(
            use_threads=False, column_names=list(_ANSWERS), block_size=_TOGETHER * 2
        ),
        parse_options=pa_csv.ParseOptions(
            quote_char=False, ignore_empty_lines=False, invalid_row_handler=wrong
        ),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict.fromkeys(_ANSWERS, pa.string()),
            include_columns=[name for name in _ANSWERS if name != "solving_id"],
            strings_can_be_null=False,
        ),
    )


def _together(files: tuple[Path, ...]) -> Iterator[tuple[list[Path], list[bytes]]]:
    held, bodies, n = list[Path](), list[bytes](), 0
    for file in files:
        body = _body(file)
        held.append(file)
        bodies.append(body)
        n += len(body)
        if n >= _TOGETHER:
            yield held, bodies
            held, bodies, n = [], [], 0
    if held:
        yield held, bodies


def _body(file: Path) -> bytes:
    """A file without its header, each row ended."""
    header, _, body = file.read_bytes().removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    if tuple(header.decode("utf-8", "replace").strip().split(",")) != _ANSWERS:
        raise Mendable(f"{file}, line 1: found another header, expected {','.join(_ANSWERS)}.")
    return body if not body or body.endswith(b"\n") else body + b"\n"


def open_folder(path: Path) -> tuple[Folder, Format]:
    """The students' files of a folder, and the questions.

    Raises
    ------
    Mendable
        If there is no such folder, no student's file in it, or no questions.csv.
    """
    if not path.is_dir():
        raise Mendable(f"{path}: found no folder, expected EdNet KT1's: a file a student (u1.csv ...).")
    files = tuple(sorted(path.glob("u*.csv"))) or tuple(sorted((path / "KT1").glob("u*.csv")))
    if not files:
        raise Mendable(f"{path}: found no student's file, expected u1.csv, u2.csv ... as EdNet KT1 has them.")
    return Folder(files=files, questions=_questions(path)), FORMAT


def _questions(path: Path) -> Questions:
    places = (path, path / "contents", path.parent, path.parent / "contents")
    file = next((found for place in places if (found := place / "questions.csv").is_file()), None)
    if file is None:
        raise Mendable(
            f"{path}: found no questions.csv in it, in contents or beside it: it says what is right."
        )
    try:
        table = pa_csv.read_csv(
            file,
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(_QUESTIONS, pa.string()),
                include_columns=list(_QUESTIONS),
                strings_can_be_null=False,
            ),
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError) as fault:
        said = str(fault).splitlines()[0]
        raise Mendable(f"{file}: found no table with {', '.join(_QUESTIONS)} ({said}).") from None
    return Questions(
        ids=table["question_id"].combine_chunks(),
        right=table["correct_answer"].combine_chunks(),
        tags=table["tags"].combine_chunks(),
    )
