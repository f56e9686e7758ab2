"""The checks of this question, a line each: what is asked, of what, and where the answer lies.

In:   nothing.
Out:  lines of the catalogue. Only words are loaded here; an answer is loaded when it is asked for.
Not here: answers.
"""

from plainview.core.audit.check import Bearing, Check, Question
from plainview.core.dossier.dossier import Kind

_ASK = "plainview.core.audit.adaptivity.ask"
_SKILLS = "a learning log that names skills, of at least 20 students"
_DEGREE = "a learning log that states each item's difficulty"
_PROBE = "a probe with made-up twins (plainview probe)"
_LOG = "a learning log in which the product gave at least 100 students about 20 items each"


def _line(name: str, asks: str, needs: str, page: str, bearing: dict[str, Bearing] | None = None) -> Check:
    return Check(
        name=f"adaptivity.{name}/1",
        question=Question.ADAPTIVITY,
        asks=asks,
        needs=needs,
        page=f"docs/methods/{page}.md",
        where=f"{_ASK}:{name}",
        bearing=bearing or {},
        each_of=(Kind.PROBE,) if needs.startswith(_PROBE) else (Kind.LOG,),
    )


CHECKS: tuple[Check, ...] = (
    _line(
        "log_test",
        "Does the next item depend on the answer just given?",
        _LOG,
        "log-test",
        {
            "adapts": Bearing.SUPPORTS,
            "shown not to": Bearing.CONTRADICTS,
            "fixed sequence": Bearing.CONTRADICTS,
        },
    ),
    _line(
        "differentiation",
        "Do different students see different content?",
        _LOG,
        "log-test",
        {"differentiates": Bearing.SUPPORTS, "same for all": Bearing.CONTRADICTS},
    ),
    _line(
        "memory",
        "Does anything before the last answer count?",
        _LOG,
        "memory-test",
        {"remembers older answers": Bearing.SUPPORTS},
    ),
    _line(
        "same_for_all",
        "Are students treated alike who answered alike?",
        f"{_LOG}, and a table of groups",
        "group-test",
        {"treats alike": Bearing.SUPPORTS, "reacts by group": Bearing.CONTRADICTS},
    ),
    _line("degree", "How adaptive is it, beside the best that the same pool allows?", _DEGREE, "degree"),
    _line(
        "wheel_spinning",
        "How many students go on with a skill without coming to master it?",
        _SKILLS,
        "economy",
    ),
    _line(
        "over_practice",
        "How much practice comes too late, and how much stops too soon?",
        _SKILLS,
        "economy",
    ),
    _line(
        "expected_opportunities",
        "How many attempts does a skill need until it is likely to be known?",
        _SKILLS,
        "economy",
    ),
    _line(
        "effort_and_score",
        "How much practice does a criterion ask for, and how well do students do after it?",
        _SKILLS,
        "economy",
    ),
    _line(
        "equity_of_stopping",
        "Does the rule that ends practice serve slower students as well as quick ones?",
        _SKILLS,
        "economy",
        {"serves both alike": Bearing.SUPPORTS, "stops slower students too soon": Bearing.CONTRADICTS},
    ),
    _line(
        "twin_probe",
        "Is a twin who answers otherwise given something else?",
        _PROBE,
        "twin-probe",
        {"adapts": Bearing.SUPPORTS, "shown not to": Bearing.CONTRADICTS},
    ),
    _line(
        "irrelevant",
        "Does who a student is make a difference, where it says nothing about what she knows?",
        _PROBE,
        "twin-probe",
        {"treats alike": Bearing.SUPPORTS, "reacts to who they are": Bearing.CONTRADICTS},
    ),
    _line(
        "stated_reasons",
        "Do its decisions change when the reason it gives changes?",
        _PROBE,
        "twin-probe",
        {"reasons hold": Bearing.SUPPORTS, "reasons do not hold": Bearing.CONTRADICTS},
    ),
    _line(
        "drills",
        "What does it do for one who is always wrong, always right, or suddenly otherwise?",
        _PROBE,
        "twin-probe",
    ),
)
