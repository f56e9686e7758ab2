"""The ratings as a dossier holds them: letters, no names.

In:   a review.
Out:  sheets of its dossier, by their path inside; none before a round was opened.
Not here: writing the dossier. The room of reviews does that, and holds these sheets among its others.
"""

import csv
import io

from plainview.core.logs.safe import guard
from plainview.desk.experts.agree import opened_round
from plainview.desk.experts.table import Row, rows
from plainview.desk.reviews import sheets
from plainview.desk.reviews.models import Review

COLUMNS = ("rater", "question", "level", "note", "level_after_talk", "because")
NOT_RATED = "ratings/not-rated.txt"


def ratings_files(review: Review) -> dict[str, bytes]:
    """``ratings/ratings.csv``, and what nobody could rate with the reasons, as text."""
    round_ = opened_round(review)
    if round_ is None:
        return {}
    found = rows(round_)
    return {sheets.RATINGS: _table(found), NOT_RATED: _not_rated(found)}


def ratings_csv(review: Review) -> bytes:
    """The table alone; empty before a round was opened."""
    return ratings_files(review).get(sheets.RATINGS, b"")


def put_into_dossier(review: Review) -> None:
    """From the opening on, the dossier holds them; after a second thought, once more."""
    for name, body in ratings_files(review).items():
        sheets.keep(review, name, body)


def take_out_of_dossier(review: Review) -> None:
    """When a new round begins: whoever joins it is not to read there how the last one was rated."""
    for name in (sheets.RATINGS, NOT_RATED):
        sheets.drop(review, name)


def _table(found: list[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(line for row in found for line in _lines(row))
    return text.getvalue().encode()


def _lines(row: Row) -> list[tuple]:
    return [
        (
            one.letter,
            row.number,
            one.first.level,
            _cell(one.first.note),
            "" if one.again is None or one.again.level is None else one.again.level,
            _cell(one.again.because) if one.again else "",
        )
        for one in row.said
        if one.first.level is not None
    ]


def _not_rated(found: list[Row]) -> bytes:
    lines = [
        f"{one.letter}, question {row.number}: {_one_line(one.first.cannot_because)}\n"
        for row in found
        for one in row.said
        if one.first.level is None
    ]
    return "".join(lines).encode()


def _cell(text: str) -> str:
    """The core's reader takes one line a row, and a spreadsheet would calculate what looks like a formula."""
    return guard(_one_line(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())
