"""Which of what is taught is never measured?

In:   a framework of competencies; which competency each item says it measures; what a class is taught.
Out:  competencies with no item, with few, by heading; item's claims that name no competency of the framework;
      competencies whose own words ask for what an item with one right answer cannot show.
Not here: whether an item measures what it says. Only a person who reads it can say.

What cannot be shown by choosing or typing one right answer is read off the statement's verbs (a short list of
our own, below): a reader holds it against the items.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plainview.core.formats.case import Competency, Framework

FEW = 3  # fewer items than this say little of one student
BEYOND = (
    "explain",
    "justify",
    "argue",
    "critique",
    "construct",
    "create",
    "design",
    "write",
    "draw",
    "sketch",
    "model",
    "prove",
    "derive",
    "discuss",
    "present",
    "collaborate",
    "investigate",
    "describe",
    "interpret",
    "build",
    "experiment",
    "plan",
    "conduct",
    "debate",
    "perform",
    "compose",
    "speak",
    "listen",
    "read aloud",
)
_BEYOND = re.compile(rf"\b({'|'.join(BEYOND)})(?:s|es|ing|ed)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    competency: Competency
    heading: str
    n_items: int
    is_taught: bool
    beyond: str  # the verb that an item with one right answer cannot show; "" where there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    each: tuple[Covered, ...]  # the competencies that are taught, in the framework's order
    n_items: int
    unknown: tuple[tuple[str, int], ...]  # codes that items name and the framework does not know
    n_without_code: int  # items that name no competency

    @property
    def none(self) -> tuple[Covered, ...]:
        return tuple(one for one in self.each if one.n_items == 0)

    @property
    def few(self) -> tuple[Covered, ...]:
        return tuple(one for one in self.each if 0 < one.n_items < FEW)

    @property
    def beyond(self) -> tuple[Covered, ...]:
        return tuple(one for one in self.each if one.beyond)

    @property
    def by_heading(self) -> tuple[tuple[str, int, int], ...]:
        """(heading, competencies, of them without an item), in the framework's order."""
        found: dict[str, list[int]] = {}
        for one in self.each:
            row = found.setdefault(one.heading, [0, 0])
            row[0] += 1
            row[1] += one.n_items == 0
        return tuple((heading, n, n_none) for heading, (n, n_none) in found.items())


def coverage(
    framework: Framework,
    items: Mapping[str, Sequence[str]],
    *,
    taught: Sequence[str] | None = None,
    grades: Sequence[str] = (),
) -> Coverage:
    """How items are spread over competencies.

    Parameters
    ----------
    framework : Framework
        Its leaves count; an item that names a heading measures none of them for certain.
    items : by item, the codes or identifiers it names
    taught : codes or identifiers, optional
        What is taught here; a heading stands for all below it. Without it, all of ``grades``, or everything.
    """
    known = {
        key: one.id for one in framework.competencies for key in (_plain(one.code), _plain(one.id)) if key
    }
    n: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for codes in items.values():
        for code in dict.fromkeys(filter(None, map(_plain, codes))):
            if code in known:
                n[known[code]] += 1
            else:
                unknown[code] += 1
    wanted = _wanted(framework, taught, grades, known)
    each = [
        Covered(
            competency=one,
            heading=framework.heading(one),
            n_items=n[one.id],
            is_taught=True,
            beyond=match[1].lower() if (match := _BEYOND.search(one.says)) else "",
        )
        for one in framework.leaves
        if wanted is None or one.id in wanted
    ]
    return Coverage(
        each=tuple(each),
        n_items=len(items),
        unknown=tuple(unknown.most_common()),
        n_without_code=sum(not any(map(_plain, codes)) for codes in items.values()),
    )


def _wanted(
    framework: Framework, taught: Sequence[str] | None, grades: Sequence[str], known: Mapping[str, str]
) -> set[str] | None:
    if taught is not None:
        chosen = {known[_plain(code)] for code in taught if _plain(code) in known}
        parent = {one.id: one.parent for one in framework.competencies}
        return {one.id for one in framework.leaves if _line(one.id, parent) & chosen}
    if grades:
        return {one.id for one in framework.leaves if set(one.grades) & set(map(str, grades))}
    return None


def _line(one: str, parent: Mapping[str, str]) -> set[str]:
    """Itself and everything it stands below."""
    found = set[str]()
    while one and one not in found:
        found.add(one)
        one = parent.get(one, "")
    return found


def _plain(code: str) -> str:
    """As people write it: in any case, with or without the name of the standards before it."""
    text = re.sub(r"\s+", "", code).lower()
    return text.removeprefix("ccss.math.content.").removeprefix("ccss.")
