"""Tables to take along, as CSV that a spreadsheet may open.

In:   rows.
Out:  CSV in UTF-8. A cell that a spreadsheet would take for a formula begins with an apostrophe instead.
Not here: which rows.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from plainview.core.logs.safe import BEGINS_A_FORMULA


def cell(value: object) -> str:
    """As ``guard`` writes it; some spreadsheets skip spaces before a formula too."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" '").startswith(BEGINS_A_FORMULA) else text


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(one) for one in row] for row in rows)
    # The mark at the beginning tells spreadsheets that it is UTF-8.
    return ("\ufeff" + out.getvalue()).encode()
