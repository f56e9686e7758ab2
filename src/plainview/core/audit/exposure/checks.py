"""The checks of this question, a line each: what is asked, of what, and where the answer lies.

In:   nothing.
Out:  lines of the catalogue. Only words are loaded here; an answer is loaded when it is asked for.
Not here: answers.
"""

from plainview.core.audit.check import Bearing, Check, Question
from plainview.core.dossier.dossier import Kind

_ASK = "plainview.core.audit.exposure.ask"
_HAR = "a capture of the browser's traffic (HAR)"
_CANARIES = "captures (HAR) of two made-up students and a teacher, and capture.toml with what was typed where"


def _line(name: str, asks: str, needs: str, page: str, bearing: dict[str, Bearing] | None = None) -> Check:
    return Check(
        name=f"exposure.{name}/1",
        question=Question.EXPOSURE,
        asks=asks,
        needs=needs,
        page=f"docs/methods/{page}.md",
        where=f"{_ASK}:{name}",
        bearing=bearing or {},
        each_of=(Kind.TABLE,) if name == "anonymity" else (Kind.HAR, Kind.CAPTURE),
    )


CHECKS: tuple[Check, ...] = (
    _line(
        "light",
        "Is it red, amber or green, for what was tried?",
        _CANARIES,
        "exposure-light",
        {"red": Bearing.CONTRADICTS, "green for what was tried": Bearing.SUPPORTS},
    ),
    _line(
        "parties",
        "Who gets requests from a child's browser?",
        _HAR,
        "exposure-parties",
        {"only the product": Bearing.SUPPORTS},
    ),
    _line(
        "trackers",
        "Are there trackers among them?",
        _HAR,
        "exposure-trackers",
        {"trackers seen": Bearing.CONTRADICTS},
    ),
    _line(
        "leaks",
        "Does what a child types reach others?",
        _CANARIES,
        "exposure-leaks",
        {"reaches trackers": Bearing.CONTRADICTS, "reaches others": Bearing.CONTRADICTS},
    ),
    _line(
        "identifiers",
        "Do cookies name a child's browser for months?",
        "captures (HAR) of two made-up students, better each twice",
        "exposure-identifiers",
        {"names her to others": Bearing.CONTRADICTS},
    ),
    _line(
        "scripts",
        "Is the browser told by its looks, or the visit filmed?",
        _HAR,
        "exposure-scripts",
        {"filmed": Bearing.CONTRADICTS, "told by its looks": Bearing.CONTRADICTS},
    ),
    _line(
        "pixels",
        "What are advertising and analytics told that the child did?",
        _HAR,
        "exposure-pixels",
        {"events sent": Bearing.CONTRADICTS},
    ),
    _line(
        "reconcile",
        "Do the contract, the policy and the traffic say the same?",
        f"{_HAR}, and product.toml with sub-processors or the schedule of data, or statements of the policy",
        "exposure-reconcile",
        {"they differ": Bearing.CONTRADICTS, "they agree": Bearing.SUPPORTS},
    ),
    _line(
        "rights",
        "Is a parent shown, given and rid of the record in time?",
        "rights.toml: what was asked, when, and when it was answered",
        "exposure-rights",
        {"in time": Bearing.SUPPORTS, "not in time": Bearing.CONTRADICTS},
    ),
    _line(
        "anonymity",
        "Could a row of a published table be somebody in particular?",
        "a table, and which of its columns somebody outside may know",
        "exposure-anonymity",
        {"rows stand out": Bearing.CONTRADICTS, "rows hide": Bearing.SUPPORTS},
    ),
)
