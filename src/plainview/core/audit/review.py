"""Every question that a plan asks of a dossier, answered one after the other.

In:   a dossier, the checks.
Out:  the answers of each check; where a check could not be asked, the sentence that says why. One check that
      ends badly stops no other.
Not here: what an answer means for a claim (claims), how it is written down (findings, report).
"""

import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from plainview.core.audit.catalogue import CHECKS, named
from plainview.core.audit.check import Check
from plainview.core.audit.experts import Experts, experts
from plainview.core.audit.told_once import told_once
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier import unread
from plainview.core.dossier.dossier import Dossier
from plainview.core.dossier.log import HowRead, how_read
from plainview.core.finding import Answer, Finding
from plainview.core.mendable import Mendable, sentence

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One check, and what it answered."""

    check: Check
    answers: tuple[Answer, ...]
    broke: bool = False  # by a mistake of ours

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(answer for answer in self.answers if isinstance(answer, Finding))


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A dossier and all that was answered about it."""

    dossier: Dossier
    asked: tuple[Asked, ...]
    experts: Experts | None
    told: tuple[str, ...]  # what the reader can mend or should know, each a sentence
    logs: tuple[HowRead, ...] = ()  # those that some check asked for

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for one in self.asked for finding in one.findings)


class Telling:
    """Told how far a review is. This one keeps it to itself."""

    def begins(self, check: Check, n: int, of: int) -> None: ...

    def goes_on(self, done: int, of: int, what: str) -> None: ...

    def ended(self, asked: Asked) -> None: ...


def review(
    dossier: Dossier,
    *,
    only: Iterable[str] = (),
    every: bool = False,
    checks: Mapping[str, Check] = CHECKS,
    telling: Telling = Telling(),  # noqa: B008 (it holds nothing)
) -> Review:
    """Ask.

    Parameters
    ----------
    dossier : Dossier
    only : names of checks, or of questions; empty is what the plan says, and all where it says nothing
    every : whether to ask all of ``checks``, whatever the plan says
    checks : the catalogue
    telling : told before each check and as it goes

    Raises
    ------
    Mendable
        If ``only`` holds a word that is no check. One that the plan holds is told, and the rest is answered.
    """
    chosen = named(only, checks=checks) if (only := tuple(only)) else planned(dossier, checks=checks)
    chosen = tuple(checks.values()) if every else chosen
    # Whether some are asked or all, now or again: what nobody knows is told the same.
    told = unknown_checks(dossier, checks={**CHECKS, **checks} if every else checks)
    asked = list[Asked]()
    for n, check in enumerate(chosen, start=1):
        telling.begins(check, n, len(chosen))
        asked.append(_ask(check, dossier, telling))
        telling.ended(asked[-1])
    faults = (*dossier.faults, *unread.told(dossier))
    short, once = told_once(
        [one.answers for one in asked], files=[one.file for one in dossier.exhibits], told=faults
    )
    return Review(
        dossier=dossier,
        asked=tuple(replace(one, answers=answers) for one, answers in zip(asked, short, strict=True)),
        experts=experts(dossier.ratings, seed=dossier.plan.seed, draws=dossier.plan.draws),
        told=(*faults, *once, *dossier.told, *told),
        logs=how_read(dossier),
    )


def planned(dossier: Dossier, *, checks: Mapping[str, Check] = CHECKS) -> tuple[Check, ...]:
    """What the plan asks for; a name that it holds and nobody knows is told by ``unknown_checks``."""
    if not dossier.plan.checks:
        return tuple(checks.values())
    wanted = {check.name for name in dossier.plan.checks for check in _known(name, checks)}
    return tuple(check for check in checks.values() if check.name in wanted)


def _known(name: str, checks: Mapping[str, Check]) -> tuple[Check, ...]:
    try:
        return named([name], checks=checks)
    except Mendable:
        return ()


def unknown_checks(dossier: Dossier, *, checks: Mapping[str, Check] = CHECKS) -> tuple[str, ...]:
    """Checks that the plan or a claim names and nobody knows: each a sentence with its place.

    Of a bound that no check reads the dossier itself tells (core.dossier.bounds).
    """
    plan = dossier.plan
    places = [
        ("plan.toml, 'checks'", plan.checks),
        *((f"product.toml, claim '{claim.id}', 'checks'", claim.checks) for claim in dossier.product.claims),
    ]
    return tuple(f"{place}: {line}" for place, names in places for line in _faults(names, checks))


def _faults(names: Iterable[str], checks: Mapping[str, Check]) -> tuple[str, ...]:
    try:
        named(names, checks=checks)
    except Mendable as fault:
        return fault.faults
    return ()


def _ask(check: Check, dossier: Dossier, telling: Telling) -> Asked:
    try:
        answers, broke = check.ask(dossier, telling.goes_on), False
    except Mendable as fault:
        answers, broke = (_cannot(check, sentence(fault.faults).rstrip("."), "the file mended"),), False
    except Exception as fault:  # whatever it is, the other checks are still asked
        answers, broke = (_broken(check, fault),), True
    return Asked(check=check, answers=tuple(_without_paths(one, dossier) for one in answers), broke=broke)


def _cannot(check: Check, reason: str, would_need: str) -> CannotSay:
    return CannotSay(question=check.asks, reason=reason, would_need=would_need, check=check.name)


def _broken(check: Check, fault: Exception) -> CannotSay:
    """Our own mistake, said as one: with the place in our files, and nothing of the machine's."""
    last = traceback.extract_tb(fault.__traceback__)[-1]
    where = f"{Path(last.filename).name}, line {last.lineno}"
    reason = f"the check itself broke ({type(fault).__name__} in {where}). That is a mistake of Plainview's"
    return _cannot(check, reason, "a mended check: please tell those who look after Plainview")


def _without_paths(answer: Answer, dossier: Dossier) -> Answer:
    """A report is read by others: where a file lies on this machine is nothing to them."""
    names = {str(one.path): one.file for one in dossier.exhibits if one.sha256}
    names |= {f"{dossier.aside}/": "", f"{dossier.folder.resolve()}/": "", f"{dossier.folder}/": ""}
    ordered = sorted(names.items(), key=lambda pair: -len(pair[0]))
    return _replaced(answer, [(was, now) for was, now in ordered if len(was) > 2])


def _replaced(value: T, names: Sequence[tuple[str, str]]) -> T:
    """Every text in it, however deep."""
    found: Any = value
    if isinstance(value, str):
        for was, now in names:
            found = found.replace(was, now)
    elif isinstance(value, tuple):
        found = tuple(_replaced(one, names) for one in value)
    elif is_dataclass(value) and not isinstance(value, type):
        texts = {one.name: _replaced(getattr(value, one.name), names) for one in fields(value) if one.init}
        found = replace(value, **texts)
    answer: T = found
    return answer
