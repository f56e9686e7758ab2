"""The checks of this question, a line each: what is asked, of what, and where the answer lies.

In:   nothing.
Out:  lines of the catalogue. Only words are loaded here; an answer is loaded when it is asked for.
Not here: answers.
"""

from plainview.core.audit.check import Bearing, Check, Question
from plainview.core.dossier.dossier import Kind

_ASK = "plainview.core.audit.efficacy.ask"
_STUDY = "a study with a design file: summary numbers, or rows of students"
_PAGE = "docs/methods/effect-study.md"


def _line(name: str, asks: str, needs: str, page: str, bearing: dict[str, Bearing] | None = None) -> Check:
    return Check(
        name=f"efficacy.{name}/1",
        question=Question.EFFICACY,
        asks=asks,
        needs=needs,
        page=page,
        where=f"{_ASK}:{name}",
        bearing=bearing or {},
        each_of=(Kind.STUDY,),
    )


CHECKS: tuple[Check, ...] = (
    _line(
        "effect",
        "Did students who got it learn more?",
        _STUDY,
        _PAGE,
        {
            "learned more": Bearing.SUPPORTS,
            "learned less": Bearing.CONTRADICTS,
            "no difference that matters": Bearing.CONTRADICTS,
        },
    ),
    _line(
        "rating",
        "How far can it be trusted to be the product's doing?",
        _STUDY,
        _PAGE,
        {"meets without reservations": Bearing.SUPPORTS, "meets with reservations": Bearing.SUPPORTS},
    ),
    _line(
        "attrition",
        "Who was lost on the way, and more of one arm?",
        "the numbers assigned and analysed, by arm",
        "docs/methods/attrition.md",
        {"low": Bearing.SUPPORTS},
    ),
    _line(
        "baseline",
        "Were the arms alike before it began?",
        "a pretest of the analysed students, by arm",
        "docs/methods/baseline.md",
        {"alike": Bearing.SUPPORTS, "alike after adjustment": Bearing.SUPPORTS},
    ),
    _line(
        "essa",
        "Which tier of evidence is it in the words of the law?",
        _STUDY,
        "docs/methods/essa.md",
        {"tier 1": Bearing.SUPPORTS, "tier 2": Bearing.SUPPORTS, "tier 3": Bearing.SUPPORTS},
    ),
    _line("power", "How small an effect could the study have seen?", _STUDY, "docs/methods/mdes.md"),
    _line(
        "virtual_group",
        "How do students who got it compare with matched records of other schools?",
        "rows of students who got it and of a pool, with start scores",
        "docs/methods/virtual-group.md",
        {
            "scored higher than matched records": Bearing.SUPPORTS,
            "scored lower than matched records": Bearing.CONTRADICTS,
        },
    ),
    _line(
        "usage",
        "Do students who used it more do better, and did they before?",
        "rows with how much each student used it",
        "docs/methods/usage.md",
    ),
    _line(
        "as_recommended",
        "What of students who used it as recommended?",
        "rows of a study with use, and how much is recommended",
        "docs/methods/usage.md",
    ),
)
