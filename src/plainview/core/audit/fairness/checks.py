"""The checks of this question, a line each: what is asked, of what, and where the answer lies.

In:   nothing.
Out:  lines of the catalogue. Only words are loaded here; an answer is loaded when it is asked for.
Not here: answers.
"""

from plainview.core.audit.check import Bearing, Check, Question
from plainview.core.dossier.dossier import Kind

_ASK = "plainview.core.audit.fairness.ask"
_ELSEWHERE = {"dif": "_items", "over_practice": "_logs", "below_grade": "_logs"}
_EACH = {"dif": (Kind.RESPONSES, Kind.LOG), "over_practice": (Kind.LOG,), "below_grade": (Kind.LOG,)}
_FORETOLD = "predictions with what came (or a log with the product's own estimates), and groups"
_ALIKE = {"alike within the bound": Bearing.SUPPORTS, "differs by group": Bearing.CONTRADICTS}


def _line(name: str, asks: str, needs: str, page: str, bearing: dict[str, Bearing]) -> Check:
    return Check(
        name=f"fairness.{name}/1",
        question=Question.FAIRNESS,
        asks=asks,
        needs=needs,
        page=f"docs/methods/{page}.md",
        where=f"{_ASK}{_ELSEWHERE.get(name, '')}:{name}",
        bearing=bearing,
        each_of=_EACH.get(name, (Kind.PREDICTIONS, Kind.LOG)),
    )


CHECKS: tuple[Check, ...] = (
    _line(
        "dif",
        "Do items favour a side, among students who know as much?",
        "responses or a log, and groups of at least 20 students",
        "dif-of-a-product",
        {"items to read": Bearing.CONTRADICTS},
    ),
    _line(
        "abroca",
        "Does the prediction tell right from wrong as well for every group?",
        _FORETOLD,
        "abroca",
        {"differs by group": Bearing.CONTRADICTS},
    ),
    _line(
        "errors_by_group",
        "Does the prediction err as often for every group?",
        _FORETOLD,
        "errors-by-group",
        _ALIKE,
    ),
    _line(
        "decision_parity",
        "Are students who did as well decided upon alike?",
        "decisions with how well each student did, and groups",
        "decision-parity",
        {**_ALIKE, "flagged": Bearing.LEAVES_OPEN, "differs by group": Bearing.LEAVES_OPEN},
    ),
    _line(
        "learner_error",
        "Does the product's picture of a student miss by as much for every group?",
        _FORETOLD,
        "gaps-by-group",
        _ALIKE,
    ),
    _line(
        "over_practice",
        "Is every group kept practising as long after it has shown that it can?",
        "a log with skills, and groups",
        "gaps-by-group",
        _ALIKE,
    ),
    _line(
        "below_grade",
        "Is every group given as much work below its grade?",
        "a log, grades of items and of students, and groups",
        "gaps-by-group",
        {"alike within the bound": Bearing.SUPPORTS, "differs by group": Bearing.LEAVES_OPEN},
    ),
)
