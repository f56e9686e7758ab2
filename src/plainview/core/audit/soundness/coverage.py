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
# What is asked for: the bare verb, or its -ing at the beginning ("Explaining why ..."). A participle further
# on ("presented in line plots", "without performing the multiplication") asks for nothing.
_BEYOND = re.compile(rf"\b({'|'.join(BEYOND)})\b|^({'|'.join(BEYOND)})(?:e?s|ing)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    competency: Competency
    heading: str
    n_items: int  # that name it
    n_above: int  # that name a heading it stands below: whether they measure it is not said
    beyond: str  # the verb that an item with one right answer cannot show; "" where there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    each: tuple[Covered, ...]  # the competencies that are taught, in the framework's order
    n_items: int
    headings: tuple[tuple[str, int, int], ...]  # code, items that name it, competencies below it
    n_elsewhere: int  # items that name only what is not taught here
    unknown: tuple[tuple[str, int], ...]  # codes that items name and the framework does not know
    n_without_code: int  # items that name no competency

    @property
    def none(self) -> tuple[Covered, ...]:
        return tuple(one for one in self.each if one.n_items == one.n_above == 0)

    @property
    def perhaps(self) -> tuple[Covered, ...]:
        """Nothing names them; something names a heading above them."""
        return tuple(one for one in self.each if one.n_items == 0 < one.n_above)

    @property
    def few(self) -> tuple[Covered, ...]:
        return tuple(one for one in self.each if 0 < one.n_items < FEW)

    @property
    def beyond(self) -> tuple[Covered, ...]:
        return tuple(one for one in self.each if one.beyond)

    @property
    def by_heading(self) -> tuple[tuple[str, int, int, int], ...]:
        """(heading, competencies, of them perhaps, of them without an item), in the framework's order."""
        found: dict[str, list[int]] = {}
        for one in self.each:
            row = found.setdefault(one.heading, [0, 0, 0])
            row[0] += 1
            row[1] += one.n_items == 0 < one.n_above
            row[2] += one.n_items == one.n_above == 0
        return tuple((heading, n, perhaps, none) for heading, (n, perhaps, none) in found.items())


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
    below = _Below(framework)
    wanted = _wanted(framework, taught, grades, below)
    n, above, headings, unknown = (Counter[str](), Counter[str](), Counter[str](), Counter[str]())
    n_elsewhere = 0
    for codes in items.values():
        named = {plain: code.strip() for code in codes if (plain := _plain(code))}
        leaves = {code: below.of(code) for code in named}
        n_elsewhere += any(leaves.values()) and not any(found & wanted for found in leaves.values())
        for code, found in leaves.items():
            if not found:
                unknown[named[code]] += 1
            elif below.is_leaf(code):
                n.update(found)
            else:
                headings[named[code]] += 1
                above.update(found)
    each = [
        Covered(
            competency=one,
            heading=framework.heading(one),
            n_items=n[one.id],
            n_above=above[one.id],
            beyond=(match[1] or match[2]).lower() if (match := _BEYOND.search(one.says)) else "",
        )
        for one in framework.leaves
        if one.id in wanted
    ]
    return Coverage(
        each=tuple(each),
        n_items=len(items),
        headings=tuple((code, times, len(below.of(_plain(code)))) for code, times in headings.most_common()),
        n_elsewhere=n_elsewhere,
        unknown=tuple(unknown.most_common()),
        n_without_code=sum(not any(map(_plain, codes)) for codes in items.values()),
    )


class _Below:
    """What stands below a code: by the framework's tree; or by how the code begins, where it is no row."""

    def __init__(self, framework: Framework) -> None:
        parent = {one.id: one.parent for one in framework.competencies}
        self._leaves = {one.id: _line(one.id, parent) for one in framework.leaves}
        self._id = {
            key: one.id for one in framework.competencies for key in (_plain(one.code), _plain(one.id)) if key
        }
        self._codes = {one.id: _plain(one.code) for one in framework.leaves}

    def of(self, code: str) -> set[str]:
        """Leaves; a leaf stands for itself; none where the framework does not know the code."""
        if (one := self._id.get(code)) is not None:
            return {leaf for leaf, line in self._leaves.items() if one in line}
        return {leaf for leaf, full in self._codes.items() if full.startswith(f"{code}.")}

    def is_leaf(self, code: str) -> bool:
        return self._id.get(code) in self._leaves


def _wanted(
    framework: Framework, taught: Sequence[str] | None, grades: Sequence[str], below: _Below
) -> set[str]:
    if taught is not None:
        return {leaf for code in taught for leaf in below.of(_plain(code))}
    if grades:
        return {one.id for one in framework.leaves if set(one.grades) & set(map(str, grades))}
    return {one.id for one in framework.leaves}


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
