"""The checks of this question, a line each: what is asked, of what, and where the answer lies.

In:   nothing.
Out:  lines of the catalogue. Only words are loaded here; an answer is loaded when it is asked for.
Not here: answers.
"""

from plainview.core.audit.check import Bearing, Check, Question
from plainview.core.dossier.dossier import Kind

_HERE = "plainview.core.audit.soundness"
# Where an answer lies, by the name of its check; the others lie in ask_pool.
_WHERE = {
    "reliability": "ask_reliability",
    "items": "ask_items",
    "fit": "ask_scale",
    "decisions": "ask_scale",
    "speed": "ask_speed",
}
_EACH = {"pool": (Kind.LOG,), "coverage": (), "scoring": (Kind.SCORES,), "uses": ()}
_ANSWERS = "answers, students x items (responses.csv), or a learning log"


def _line(name: str, asks: str, needs: str, page: str, bearing: dict[str, Bearing] | None = None) -> Check:
    return Check(
        name=f"soundness.{name}/1",
        question=Question.SOUNDNESS,
        asks=asks,
        needs=needs,
        page=f"docs/methods/{page}.md",
        where=f"{_HERE}.{_WHERE.get(name, 'ask_pool')}:{name}",
        bearing=bearing or {},
        each_of=_EACH.get(name, (Kind.RESPONSES, Kind.LOG)),
    )


CHECKS: tuple[Check, ...] = (
    _line(
        "reliability",
        "Would the test order the same students alike again?",
        _ANSWERS,
        "soundness-reliability",
        {
            "for single students": Bearing.SUPPORTS,
            "for groups": Bearing.SUPPORTS,
            "too unsure": Bearing.CONTRADICTS,
        },
    ),
    _line(
        "items",
        "Does each item do its work?",
        f"{_ANSWERS}; for wrong options, letters and items.csv with the key",
        "soundness-items",
        {"all do": Bearing.SUPPORTS},
    ),
    _line(
        "fit",
        "Do the answers follow one scale?",
        _ANSWERS,
        "soundness-fit",
        {"they do": Bearing.SUPPORTS, "some do not": Bearing.LEAVES_OPEN},
    ),
    _line(
        "decisions",
        "How often would a decision at a cut come out otherwise?",
        f"{_ANSWERS}, and the cuts (exhibits.toml: cuts = [...])",
        "soundness-decisions",
        {"mostly right": Bearing.SUPPORTS, "often wrong": Bearing.CONTRADICTS},
    ),
    _line(
        "speed",
        "Do students run out of time?",
        f"{_ANSWERS}; of a log, response_ms",
        "soundness-speed",
        {"in time": Bearing.SUPPORTS, "short of time": Bearing.CONTRADICTS},
    ),
    _line(
        "pool",
        "Are items shown too often, or never?",
        "a learning log, and items.csv with the whole pool",
        "soundness-pool",
        {"spread": Bearing.SUPPORTS},
    ),
    _line(
        "coverage",
        "Which of what is taught is never measured?",
        "a framework (CASE, framework.json) and items.csv with the competency of each item",
        "soundness-coverage",
        {"all have items": Bearing.SUPPORTS, "some have none": Bearing.CONTRADICTS},
    ),
    _line(
        "scoring",
        "May the machine's scores stand for a person's?",
        "scores.csv: the same work scored by a person and by the machine",
        "soundness-scoring",
        {"they may": Bearing.SUPPORTS, "they may not": Bearing.CONTRADICTS},
    ),
    _line(
        "uses",
        "Is each use of the scores argued for?",
        "the uses (exhibits.toml: uses = [...]) and exhibits that say what they are evidence of",
        "soundness-uses",
        {"each is argued": Bearing.SUPPORTS},
    ),
)
