"""One question of the catalogue: what it asks, what it needs, what its answers mean for a claim.

In:   words, and where the function that answers lies.
Out:  answers, asked for when somebody wants them.
Not here: the answers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from importlib import import_module

from plainview.core.dossier.dossier import Dossier, Kind
from plainview.core.dossier.unread import left_out
from plainview.core.finding import Answer, Finding


class Question(StrEnum):
    ADAPTIVITY = "adaptivity"
    EFFICACY = "efficacy"
    FAIRNESS = "fairness"
    SOUNDNESS = "soundness"
    EXPOSURE = "exposure"


class Bearing(StrEnum):
    """What an answer means for a claim that names its check."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    LEAVES_OPEN = "leaves open"
    MEASURES = "only measures"  # of a check no answer of which would speak for or against anything


# Steps done, steps in all, what is under way.
Progress = Callable[[int, int, str], None]
Asking = Callable[[Dossier, Progress], Answer | Sequence[Answer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A line of the catalogue."""

    name: str  # "adaptivity.log_test/1": a change of method gets a new version
    question: Question
    asks: str  # for people: "Does the next item depend on the answer just given?"
    needs: str  # "a log in which at least 100 students were given 20 items each by the product"
    page: str  # "docs/methods/log-test.md"
    where: str  # module:function, loaded when it is asked for
    bearing: Mapping[str, Bearing] = field(default_factory=dict)  # answers not named here leave a claim open
    each_of: tuple[Kind, ...] = ()  # kinds of which what cannot be opened is left out, and that is said

    def ask(self, dossier: Dossier, progress: Progress) -> tuple[Answer, ...]:
        module, _, name = self.where.partition(":")
        asking: Asking = getattr(import_module(module), name)
        found = asking(dossier, progress)
        answers = tuple(found) if isinstance(found, Sequence) else (found,)
        left = left_out(dossier, self.each_of) if self.each_of else ()
        return tuple(_saying(answer, left) for answer in answers)


def _saying(answer: Answer, left: Sequence[str]) -> Answer:
    """A finding that says what is not in it; one that says so already is left as it is."""
    if not isinstance(answer, Finding):
        return answer
    return replace(answer, said=(*answer.said, *(one for one in left if one not in answer.said)))
