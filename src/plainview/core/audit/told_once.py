"""What is wrong with an exhibit is told once, however many checks ask for it.

In:   what the checks answered, the exhibits' names, what is told already.
Out:  the same answers, those that only repeat an exhibit's faults made short; the faults, each once.
Not here: finding faults (core.dossier, and the check that reads).

Ten checks that each say the same five lines bury the two that could answer.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from plainview.core.cannot_say import CannotSay
from plainview.core.finding import Answer

WOULD_NEED = "that file mended; what is wrong with it stands at the end"
_BEYOND = "... and "  # as core.mendable counts the fifty-first and later ones
Answered = Sequence[Answer]


def told_once(
    answered: Sequence[Answered], *, files: Sequence[str], told: Collection[str]
) -> tuple[tuple[tuple[Answer, ...], ...], tuple[str, ...]]:
    """Short answers, and the faults that stand in none of them any more.

    Parameters
    ----------
    answered : the answers of each check
    files : the exhibits
    told : the sentences that are told anyway
    """
    cannot = [one for answers in answered for one in answers if isinstance(one, CannotSay)]
    times = Counter(line for one in cannot for line in set(_lines(one)))
    often = {line for line, n in times.items() if n > 1} | set(told)

    def short(answer: Answer) -> Answer:
        of = _files(answer, files) if isinstance(answer, CannotSay) else ()
        if not isinstance(answer, CannotSay) or not of or not often.issuperset(_lines(answer)):
            return answer
        return replace(answer, reason=f"{_listed(of)} could not be read", would_need=WOULD_NEED)

    made = tuple(tuple(short(one) for one in answers) for answers in answered)
    kept = {line for answers in made for one in answers for line in _reason(one)}
    gone = dict.fromkeys(line for one in cannot for line in _lines(one) if line not in kept)
    return made, tuple(line for line in gone if line not in set(told))


def _reason(answer: Answer) -> tuple[str, ...]:
    return _lines(answer) if isinstance(answer, CannotSay) else ()


def _lines(answer: CannotSay) -> tuple[str, ...]:
    return tuple(f"{line.rstrip('.')}." for line in answer.reason.splitlines())


def _files(answer: CannotSay, files: Sequence[str]) -> tuple[str, ...]:
    """Whose faults its reason is made of; none where it says anything else."""
    lines = [line for line in _lines(answer) if not line.startswith(_BEYOND)]
    of = [next((file for file in files if line.startswith((f"{file}:", f"{file},"))), "") for line in lines]
    return tuple(dict.fromkeys(of)) if all(of) else ()


def _listed(files: Sequence[str]) -> str:
    return f"{', '.join(files[:-1])} and {files[-1]}" if len(files) > 1 else files[0]
