"""How anyone repeats a review: commands, versions, hashes, seeds; and the rules that every check keeps.

In:   the plan, the exhibits, the versions.
Out:  words for the last part of the report, how each log was read among them.
Not here: markup.
"""

from collections.abc import Mapping, Sequence

from plainview.core.audit.experts import Experts
from plainview.core.dossier.dossier import Dossier, Plan
from plainview.core.dossier.log import HowRead
from plainview.core.plural import counted

RATED_COLUMNS = ("No.", "Question", "Levels", "Score")
EXHIBIT_COLUMNS = ("File", "What it is", "Bytes", "SHA-256")
REPEAT = (
    "Anyone who holds the same folder can compute every number again. The second command says which numbers "
    "differ, or that all agree."
)
RULES = (
    "Rules that every check keeps: an effect is called absent only where its whole range lies inside a bound "
    "that was set beforehand, never because a test found nothing. A probability by drawing is (1 + draws as "
    "extreme) / (draws + 1). Families of tests are held to a false discovery rate by Benjamini and Hochberg. "
    "Numbers of groups with fewer than 10 students are not shown. No student's name is in this report."
)


def chance_told(plan: Plan) -> str:
    return f"Chance began at seed {plan.seed}; it was drawn {plan.draws:,} times where it was needed."


def exhibits_told(dossier: Dossier) -> list[tuple[str, str, str, str]]:
    return [
        (one.file, str(one.kind), f"{one.n_bytes:,}" if one.sha256 else "", one.sha256 or one.fault)
        for one in dossier.exhibits
    ]


def logs_told(logs: Sequence[HowRead]) -> list[tuple[str, tuple[str, ...]]]:
    """Of each log: what it holds and what was decided; then its faults, the kinds before the lines."""
    return [(_held(one), (*one.told, *_faults(one))) for one in logs]


def _held(one: HowRead) -> str:
    read = "every row could be read" if not one.n_faults else counted(one.n_faults, "fault")
    return f"{one.file}: {one.held[:-1]}; {read}."


def _faults(one: HowRead) -> tuple[str, ...]:
    if not one.n_faults:
        return ()
    beyond = one.n_faults - len(one.first)
    rest = (f"{counted(beyond, 'more fault', 'are')} counted above.",) if beyond else ()
    return (*(f"Faults: {kind}." for kind in one.kinds), *one.first, *rest)


def rated_told(found: Experts) -> list[tuple[str, str, str, str]]:
    """Number, question, what each rater gave, and a score where the raters agree well enough."""
    return [
        (
            str(one.number),
            one.asks,
            " ".join(map(str, one.levels)),
            "–" if one.score is None else f"{one.score:g}",
        )
        for one in found.rated
    ]


def commands(made_with: Mapping[str, str]) -> str:
    return "\n".join(
        (
            f"pip install plainview=={made_with.get('plainview', '')}",
            "plainview verify FOLDER    # computes again, and compares with findings.json",
            "plainview review FOLDER    # asks again, and writes this report",
        )
    )
