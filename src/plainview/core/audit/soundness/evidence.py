"""What of a dossier bears on a use of scores: exhibits that hold something, and of what they are evidence.

In:   a dossier; ``uses`` and ``evidence`` of its exhibits.
Out:  evidence; a sentence for each exhibit that bears on it and holds nothing, or names an unknown source.
Not here: what is argued with it (uses), whether it is good.
"""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from plainview.core.audit.soundness.responses import BLANK, STUDENT
from plainview.core.audit.soundness.uses import Evidence, Source
from plainview.core.dossier.dossier import Dossier, Exhibit, Kind
from plainview.core.dossier.log import log_of
from plainview.core.formats.case import read_case
from plainview.core.formats.sheet import read_sheet
from plainview.core.mendable import Mendable

KNOWN = {str(source): source for source in Source}
# What an exhibit is evidence of when it does not say so itself.
BY_KIND: Mapping[Kind, tuple[Source, ...]] = {
    Kind.RESPONSES: (Source.STRUCTURE,),
    Kind.LOG: (Source.STRUCTURE,),
    Kind.FRAMEWORK: (Source.CONTENT,),
    Kind.SCORES: (Source.RELATIONS,),
}
PERSON = ("person", "human", "human1", "rater1", "rater", "person1")
MACHINE = ("machine", "computer", "engine", "ai", "automated")
MOST_READ = 1 << 16  # bytes of a text, to see that it is not blank


def evidence_of(dossier: Dossier) -> tuple[list[Evidence], list[str]]:
    """By what exhibits.toml says (``evidence = ["response processes"]``), or by the exhibit's kind."""
    found, said = list[Evidence](), list[str]()
    for one in dossier.exhibits:
        named = words(one.settings.get("evidence"))
        said += [
            f"{one.file} names '{word}' as what it is evidence of, which is none of: {', '.join(KNOWN)}."
            for word in named
            if word not in KNOWN
        ]
        sources = tuple(KNOWN[word] for word in named if word in KNOWN) or BY_KIND.get(one.kind, ())
        if not sources:
            continue
        if _holds_something(dossier, one):
            uses = tuple(words(one.settings.get("uses")))
            found.append(Evidence(file=PurePosixPath(one.file).name, sources=sources, uses=uses))
        else:
            said.append(f"{one.file} holds nothing that could be read, and is counted as no evidence.")
    return found, said


def named_uses(dossier: Dossier) -> tuple[str, ...]:
    """Those that somebody named, each once."""
    return tuple(dict.fromkeys(use for one in dossier.exhibits for use in words(one.settings.get("uses"))))


def words(said: object) -> list[str]:
    if isinstance(said, str):
        return [said]
    return [str(one) for one in said] if isinstance(said, list | tuple) else []


def _holds_something(dossier: Dossier, one: Exhibit) -> bool:
    if one.fault:
        return False
    if one.kind is Kind.LOG:
        return _read(lambda: log_of(dossier, one).coded.n_rows > 0)
    return _read(lambda: _LOOKS.get(one.kind, _is_not_blank)(one))


def _read(looks: Callable[[], bool]) -> bool:
    try:
        return looks()
    except Mendable:
        return False


def _is_answered(one: Exhibit) -> bool:
    """A single answer is enough: how much it carries is said by the checks of the answers."""
    sheet = read_sheet(one.path, name=one.file)
    # Options count without a key: who chose what is an answer, though nobody said which is right.
    who = sheet.first_of(*STUDENT) or next(iter(sheet.columns))
    items = [cells for name, cells in sheet.columns.items() if name != who]
    return any(cell.strip().lower() not in BLANK for cells in items for cell in cells)


def _is_scored(one: Exhibit) -> bool:
    sheet = read_sheet(one.path, name=one.file)
    person, machine = sheet.first_of(*PERSON), sheet.first_of(*MACHINE)
    if person is None or machine is None:
        return False
    pairs = zip(sheet.columns[person], sheet.columns[machine], strict=True)
    return any(a.lower() not in BLANK and b.lower() not in BLANK for a, b in pairs)


def _has_competencies(one: Exhibit) -> bool:
    return bool(read_case(one.path, name=one.file).leaves)


def _is_not_blank(one: Exhibit) -> bool:
    with one.path.open("rb") as file:
        return bool(file.read(MOST_READ).strip())


_LOOKS: Mapping[Kind, Callable[[Exhibit], bool]] = {
    Kind.RESPONSES: _is_answered,
    Kind.SCORES: _is_scored,
    Kind.FRAMEWORK: _has_competencies,
}
